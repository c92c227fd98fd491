using System.Text.Json;
using System.Text.Json.Nodes;

namespace NationalReferral.Tests;

/// <summary>A body that can be read, made from the contract's schema: every member has a value, every list one item.</summary>
internal static class ValidBodies
{
    /// <summary>What a schema cannot say: texts that are a district, a number, a time of day, a scope.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["district"] = "PK-PB-KSR",
        ["districts"] = "PK-PB-KSR",
        ["coverage"] = "PK-PB-KSR",
        ["province"] = "PK-PB",
        ["number"] = "03001234567",
        ["nationalId"] = "35202-1234567-1",
        ["caseCode"] = CaseCode.Make("PK-PB", 2026, 7).Text,
        ["followCode"] = FollowCode.Make(7).Text,
        ["phone"] = "03001234567",
        ["cnic"] = "35202-1234567-1",
        ["scopes"] = "directory.read",
        ["OpeningStretch.from"] = "08:00",
        ["OpeningStretch.to"] = "16:00",
        ["ur"] = "کلثوم",
        ["latin"] = "Kulsoom",
    };

    /// <returns>Null when the operation takes none.</returns>
    public static JsonObject? Of(PublishedOperation operation) => operation.BodyShape is { } shape ? Shaped(shape) : null;

    public static string Text(PublishedOperation operation) => Of(operation)?.ToJsonString() ?? "";

    public static JsonObject Shaped(string shape)
    {
        var body = new JsonObject();
        foreach (var member in PublishedOperations.Schema(shape).GetProperty("properties").EnumerateObject())
        {
            body[member.Name] = Value(shape, member.Name, member.Value);
        }
        return body;
    }

    /// <summary>An item of a list.</summary>
    public static JsonNode Item(string shape, string name, JsonElement list) => Value(shape, name, list.GetProperty("items"));

    private static JsonNode Value(string shape, string name, JsonElement schema)
    {
        if (PublishedOperations.ShapeOf(schema) is { } inner)
        {
            return Shaped(inner);
        }
        if (schema.TryGetProperty("enum", out var codes))
        {
            return codes[0].GetString()!;
        }
        return PublishedOperations.TypeOf(schema) switch
        {
            "array" => new JsonArray(Item(shape, name, schema)),
            "boolean" => false,
            "integer" or "number" => schema.TryGetProperty("minimum", out var least) ? least.GetInt32() : 1,
            _ => Word(shape, name, schema),
        };
    }

    private static JsonNode Word(string shape, string name, JsonElement schema) => PublishedOperations.FormatOf(schema) switch
    {
        "uuid" => Guid.CreateVersion7().ToString(),
        "date" => "2026-01-31",
        "date-time" => "2026-01-31T10:00:00Z",
        _ => Known.GetValueOrDefault($"{shape}.{name}") ?? Known.GetValueOrDefault(name) ?? "word",
    };
}
