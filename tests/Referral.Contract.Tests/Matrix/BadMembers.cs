using System.Text.Json;
using System.Text.Json.Nodes;
using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>One member of a body spoilt in one way.</summary>
/// <param name="Pointer">Where; the answer has to name it.</param>
/// <param name="Fault">What was done, for the test's output.</param>
/// <param name="Body">The whole body, valid in everything else.</param>
internal sealed record BadMember(string Pointer, string Fault, string Body);

/// <summary>Every way in which a body made from the contract's schema can be spoilt in one place.</summary>
internal static class BadMembers
{
    private const string ZeroWidth = "\u200b\u200d\u2060";

    /// <summary>Stands for half of a surrogate pair, which no writer of JSON would write.</summary>
    private const string Half = "half-a-character";

    public static IEnumerable<BadMember> Of(PublishedOperation operation)
    {
        foreach (var place in PlacesOf(operation.BodyShape!, []))
        {
            foreach (var (fault, value) in FaultsOf(place))
            {
                yield return new BadMember(place.Pointer, fault, Spoilt(operation, place, body => body.Set(value)));
            }
            if (place.IsRequired)
            {
                yield return new BadMember(place.Pointer, "missing", Spoilt(operation, place, body => body.Remove()));
                yield return new BadMember(place.Pointer, "null", Spoilt(operation, place, body => body.Set(null)));
            }
        }
    }

    /// <summary>Words as people write them, in every text: to be taken, or refused by name.</summary>
    public static IEnumerable<BadMember> Words(PublishedOperation operation) =>
        from place in PlacesOf(operation.BodyShape!, [])
        where IsText(place.Schema)
        from word in new[] { "قلم", "\U0001F642\U0001F469\u200D\U0001F467", "کلثوم\u200Cبی بی ' \" <b>" }
        select new BadMember(place.Pointer, word, Spoilt(operation, place, body => body.Set(word)));

    private static IEnumerable<(string Fault, JsonNode? Value)> FaultsOf(Place place)
    {
        var schema = place.Schema;
        if (schema.TryGetProperty("enum", out _))
        {
            yield return ("unknown code", "no_such_code");
            yield break;
        }
        switch (PublishedOperations.TypeOf(schema), PublishedOperations.FormatOf(schema))
        {
            case ("integer" or "number", _) when schema.TryGetProperty("maximum", out var most):
                yield return ("too much", most.GetDouble() + 1);
                yield return ("too little", schema.GetProperty("minimum").GetDouble() - 1);
                break;
            case ("array", _):
                yield return ("too many", new JsonArray([.. Enumerable.Range(0, schema.GetProperty("maxItems").GetInt32() + 1).Select(_ => ValidBodies.Item(place.Shape, place.Name, schema))]));
                break;
            case ("string", "uuid"):
                yield return ("no id", "nobody");
                break;
            case ("string", "date"):
                yield return ("31 February", "2026-02-31");
                yield return ("a time", "2026-01-31T10:00:00Z");
                if (IsPast(place))
                {
                    yield return ("future", "2999-01-01");
                }
                break;
            case ("string", "date-time"):
                yield return ("31 February", "2026-02-31T10:00:00Z");
                yield return ("a day", "2026-01-31");
                if (IsPast(place))
                {
                    yield return ("future", "2999-01-01T00:00:00Z");
                }
                break;
            case ("string", _):
                yield return ("too long", new string('x', schema.GetProperty("maxLength").GetInt32() + 1));
                yield return ("zero width", ZeroWidth);
                yield return ("half a character", Half);
                yield return ("control character", "a\u0000b");
                break;
        }
    }

    /// <summary>The contract has no word for "not in the future"; the shape in the code has.</summary>
    private static bool IsPast(Place place) => typeof(Reading).Assembly.GetType($"{nameof(NationalReferral)}.{place.Shape}") is { } shape
        && (shape.GetProperty(char.ToUpperInvariant(place.Name[0]) + place.Name[1..])?.IsDefined(typeof(PastAttribute), false) == true
            || shape.GetConstructors().SelectMany(c => c.GetParameters()).Any(p => string.Equals(p.Name, place.Name, StringComparison.OrdinalIgnoreCase) && p.IsDefined(typeof(PastAttribute), false)));

    internal static bool IsText(JsonElement schema) =>
        PublishedOperations.TypeOf(schema) == "string" && PublishedOperations.FormatOf(schema) is null && !schema.TryGetProperty("enum", out _);

    internal static IEnumerable<Place> PlacesOf(string shape, IReadOnlyList<string> above)
    {
        var schema = PublishedOperations.Schema(shape);
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()).ToArray() : [];
        foreach (var member in schema.GetProperty("properties").EnumerateObject())
        {
            string[] path = [.. above, member.Name];
            if (PublishedOperations.ShapeOf(member.Value) is { } inner)
            {
                foreach (var place in PlacesOf(inner, path))
                {
                    yield return place;
                }
                continue;
            }
            yield return new Place(shape, member.Name, path, member.Value, required.Contains(member.Name) && !HasDefault(shape, member.Name));
            if (PublishedOperations.TypeOf(member.Value) == "array")
            {
                var item = member.Value.GetProperty("items");
                var places = PublishedOperations.ShapeOf(item) is { } itemShape ? PlacesOf(itemShape, [.. path, "0"]) : [new Place(shape, member.Name, [.. path, "0"], item, false)];
                foreach (var place in places)
                {
                    yield return place;
                }
            }
        }
    }

    /// <summary>Required in what is given; may be left out of what is taken.</summary>
    private static bool HasDefault(string shape, string name) => typeof(Reading).Assembly.GetType($"{nameof(NationalReferral)}.{shape}")?
        .GetConstructors().SelectMany(c => c.GetParameters()).Any(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase) && p.HasDefaultValue) == true;

    internal static string Spoilt(PublishedOperation operation, Place place, Action<Spot> spoil)
    {
        var body = ValidBodies.Of(operation)!;
        JsonNode parent = body;
        foreach (var step in place.Path.SkipLast(1))
        {
            parent = (parent is JsonArray array ? array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : parent[step])!;
        }
        spoil(new Spot(parent, place.Path[^1]));
        return body.ToJsonString().Replace(Half, "\\ud83d", StringComparison.Ordinal);
    }

    /// <param name="Shape">The shape that has the member.</param>
    internal sealed record Place(string Shape, string Name, IReadOnlyList<string> Path, JsonElement Schema, bool IsRequired)
    {
        public string Pointer => $"/{string.Join('/', Path)}";
    }

    internal sealed record Spot(JsonNode Parent, string Step)
    {
        public void Set(JsonNode? value)
        {
            if (Parent is JsonArray array)
            {
                array[0] = value;
            }
            else
            {
                Parent[Step] = value;
            }
        }

        public void Remove() => ((JsonObject)Parent).Remove(Step);
    }
}
