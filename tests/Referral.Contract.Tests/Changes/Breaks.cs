using System.Globalization;
using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>
/// What a newer document takes from those who built against an older one. A request may only widen and an answer may only
/// grow; codes that are new in an answer are allowed, for the contract says that readers must expect them (README).
/// </summary>
internal sealed class Breaks
{
    private readonly JsonElement _old;
    private readonly JsonElement _new;
    private readonly List<string> _found = [];
    private readonly HashSet<(string, string, bool)> _seen = [];

    private Breaks(JsonElement old, JsonElement @new) => (_old, _new) = (old, @new);

    public static IReadOnlyList<string> Between(JsonElement old, JsonElement @new)
    {
        var breaks = new Breaks(old, @new);
        foreach (var path in old.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                breaks.Operation(operation.Value.GetProperty("operationId").GetString()!, operation.Value, At(@new, "paths", path.Name, operation.Name));
            }
        }
        return breaks._found;
    }

    private void Operation(string name, JsonElement old, JsonElement? @new)
    {
        if (@new is not { } now)
        {
            _found.Add($"{name}: gone");
            return;
        }
        if (Text(now, "operationId") != name)
        {
            _found.Add($"{name}: renamed to {Text(now, "operationId")}");
        }
        Parameters(name, Members(old, "parameters"), Members(now, "parameters"));
        Body(name, At(old, "requestBody"), At(now, "requestBody"));
        foreach (var response in old.GetProperty("responses").EnumerateObject())
        {
            Answer($"{name} {response.Name}", response.Value, At(now, "responses", response.Name));
        }
        Scopes(name, old, now);
    }

    private void Parameters(string name, IReadOnlyList<JsonElement> old, IReadOnlyList<JsonElement> now)
    {
        static string Key(JsonElement parameter) => $"{Text(parameter, "in")} {Text(parameter, "name")}";
        foreach (var parameter in old)
        {
            var twin = now.Where(p => Key(p) == Key(parameter)).ToArray();
            if (twin.Length == 0)
            {
                _found.Add($"{name}: parameter {Key(parameter)} is gone");
                continue;
            }
            Schema($"{name}: {Key(parameter)}", parameter.GetProperty("schema"), twin[0].GetProperty("schema"), sent: true);
        }
        _found.AddRange(
            from parameter in now
            where IsTrue(parameter, "required") && !old.Any(p => Key(p) == Key(parameter) && IsTrue(p, "required"))
            select $"{name}: {Key(parameter)} is required now");
    }

    private void Body(string name, JsonElement? old, JsonElement? now)
    {
        if (now is { } asked && IsTrue(asked, "required") && (old is null || !IsTrue(old.Value, "required")))
        {
            _found.Add($"{name}: a body is required now");
        }
        Contents(name, old, now, sent: true);
    }

    private void Answer(string where, JsonElement old, JsonElement? now)
    {
        if (now is null)
        {
            _found.Add($"{where}: gone");
            return;
        }
        foreach (var header in Properties(old, "headers").Where(header => At(now.Value, "headers", header.Name) is null))
        {
            _found.Add($"{where}: header {header.Name} is gone");
        }
        Contents(where, old, now, sent: false);
    }

    private void Contents(string where, JsonElement? old, JsonElement? now, bool sent)
    {
        foreach (var media in old is null ? default : Properties(old.Value, "content"))
        {
            if (now is null || At(now.Value, "content", media.Name) is not { } twin)
            {
                _found.Add($"{where}: {media.Name} is gone");
                continue;
            }
            Schema(where, media.Value.GetProperty("schema"), twin.GetProperty("schema"), sent);
        }
    }

    private void Scopes(string name, JsonElement old, JsonElement now)
    {
        static string Asked(JsonElement operation) => string.Join(' ',
            from requirement in Members(operation, "security")
            from scheme in requirement.EnumerateObject()
            from scope in scheme.Value.EnumerateArray()
            select scope.GetString());
        var isOpen = Members(old, "security").Count == 0;
        if ((isOpen && Members(now, "security").Count > 0) || (Asked(old) != Asked(now) && Asked(old).Length > 0))
        {
            _found.Add($"{name}: asks for more than '{(isOpen ? "nothing" : Asked(old))}'");
        }
    }

    /// <param name="sent">True for what callers send: it may only widen. False for what they get: it may only grow.</param>
    private void Schema(string where, JsonElement old, JsonElement now, bool sent)
    {
        if (!_seen.Add((old.GetRawText(), now.GetRawText(), sent)))
        {
            return;
        }
        (old, now) = (Whole(_old, old), Whole(_new, now));
        Types(where, old, now, sent);
        Codes(where, old, now, sent);
        if (sent)
        {
            Limits(where, old, now);
        }
        var required = Words(old, "required");
        var requiredNow = Words(now, "required");
        _found.AddRange((sent ? requiredNow.Except(required) : required.Except(requiredNow))
            .Select(member => $"{where}: {member} is {(sent ? "required now" : "no longer always there")}"));
        foreach (var member in Properties(old, "properties"))
        {
            if (At(now, "properties", member.Name) is not { } twin)
            {
                _found.Add($"{where}: {member.Name} is gone");
                continue;
            }
            Schema($"{where}: {member.Name}", member.Value, twin, sent);
        }
        if (At(old, "items") is { } item && At(now, "items") is { } itemNow)
        {
            Schema($"{where}[]", item, itemNow, sent);
        }
    }

    private void Types(string where, JsonElement old, JsonElement now, bool sent)
    {
        var types = Words(old, "type");
        var typesNow = Words(now, "type");
        var lost = (sent ? types.Except(typesNow) : typesNow.Except(types)).ToArray();
        if (lost.Length > 0)
        {
            _found.Add($"{where}: {(sent ? "no longer takes" : "can now be")} {string.Join(", ", lost)}");
        }
        if (Text(old, "format") != Text(now, "format") && (sent ? Text(now, "format") : Text(old, "format")) is not null)
        {
            _found.Add($"{where}: the format was {Text(old, "format") ?? "free"} and is {Text(now, "format") ?? "free"}");
        }
    }

    /// <summary>An answer that loses a code is a promise withdrawn: who waits for that state waits for ever.</summary>
    private void Codes(string where, JsonElement old, JsonElement now, bool sent)
    {
        var codes = Words(old, "enum");
        var codesNow = Words(now, "enum");
        if (codes.Count == 0 && codesNow.Count > 0 && sent)
        {
            _found.Add($"{where}: only some codes are taken now");
        }
        if (codesNow.Count > 0)
        {
            _found.AddRange(codes.Except(codesNow).Select(code => $"{where}: the code {code} is gone"));
        }
    }

    private void Limits(string where, JsonElement old, JsonElement now)
    {
        foreach (var (limit, isUpper) in new[] { ("maxLength", true), ("maxItems", true), ("maximum", true), ("minLength", false), ("minItems", false), ("minimum", false) })
        {
            if (Number(now, limit) is { } bound && (Number(old, limit) is not { } before || (isUpper ? bound < before : bound > before)))
            {
                _found.Add($"{where}: {limit} is {bound.ToString(CultureInfo.InvariantCulture)} now");
            }
        }
        if (Text(now, "pattern") is { } pattern && pattern != Text(old, "pattern"))
        {
            _found.Add($"{where}: another pattern");
        }
        if (At(now, "additionalProperties") is { ValueKind: JsonValueKind.False } && At(old, "additionalProperties") is not { ValueKind: JsonValueKind.False })
        {
            _found.Add($"{where}: unknown members are refused now");
        }
    }

    /// <summary>A reference, or one of a reference and null, followed to what it names; null stays a type.</summary>
    private static JsonElement Whole(JsonElement document, JsonElement schema)
    {
        while (Text(schema, "$ref") is { } reference)
        {
            schema = At(document, [.. reference.Split('/').Skip(1)]) ?? throw new InvalidDataException($"{reference} leads nowhere.");
        }
        if (Members(schema, "anyOf") is not { Count: 2 } choices || !choices.Any(c => Text(c, "type") == "null"))
        {
            return schema;
        }
        var other = Whole(document, choices.First(c => Text(c, "type") != "null"));
        var members = other.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.Clone());
        members["type"] = JsonDocument.Parse($"[\"null\",{members["type"].GetRawText()}]").RootElement;
        return JsonDocument.Parse($"{{{string.Join(',', members.Select(m => $"\"{m.Key}\":{m.Value.GetRawText()}"))}}}").RootElement;
    }

    private static JsonElement? At(JsonElement element, params string[] names)
    {
        foreach (var name in names)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return null;
            }
        }
        return element;
    }

    private static JsonElement.ObjectEnumerator Properties(JsonElement element, string name) =>
        At(element, name) is { ValueKind: JsonValueKind.Object } members ? members.EnumerateObject() : default;

    private static IReadOnlyList<JsonElement> Members(JsonElement element, string name) =>
        At(element, name) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray()] : [];

    private static IReadOnlyList<string> Words(JsonElement element, string name) => At(element, name) switch
    {
        { ValueKind: JsonValueKind.String } one => [one.GetString()!],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(word => word.ToString())],
        _ => [],
    };

    private static string? Text(JsonElement element, string name) => At(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static double? Number(JsonElement element, string name) => At(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static bool IsTrue(JsonElement element, string name) => At(element, name) is { ValueKind: JsonValueKind.True };
}
