using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>One operation of the committed contract.</summary>
public sealed record PublishedOperation(string Name, HttpMethod Method, string Path, bool IsOpen, string? BodyShape, IReadOnlyList<string> Query, IReadOnlySet<string> Statuses)
{
    /// <summary>The first word of the path: victims, referrals, …</summary>
    public string Collection => Path["/api/v1/".Length..].Split('/')[0];

    /// <summary>The parts of the path that stand for ids, in order; codes, dates and names of sets are none.</summary>
    public IReadOnlyList<string> Ids =>
        [.. Path.Split('/').Where(part => part.StartsWith('{')).Select(part => part.Trim('{', '}')).Where(name => name.EndsWith("id", StringComparison.OrdinalIgnoreCase))];

    /// <summary>The path with ids that nothing has, below /api/v1.</summary>
    /// <summary>The path to what nobody has; what is not an id can be read all the same.</summary>
    public string WithRandomIds() => Filled(name => name switch
    {
        "date" => "2031-01-01",
        "number" => "999",
        _ => Guid.NewGuid().ToString(),
    });

    public string Filled(Func<string, string> value) =>
        string.Join('/', Path["/api/v1".Length..].Split('/').Select(part => part.StartsWith('{') ? value(part.Trim('{', '}')) : part));

    public override string ToString() => Name;
}

/// <summary>Every operation that partners are told of.</summary>
public static class PublishedOperations
{
    private static readonly JsonElement Document = JsonDocument.Parse(File.ReadAllText(Contracts.PathOf("referral.v1.json"))).RootElement;

    public static IReadOnlyList<PublishedOperation> All { get; } =
    [
        .. from path in Document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           select new PublishedOperation(
               operation.Value.GetProperty("operationId").GetString()!,
               new HttpMethod(operation.Name.ToUpperInvariant()),
               path.Name,
               operation.Value.TryGetProperty("security", out var security) && security.GetArrayLength() == 0,
               BodyOf(operation.Value),
               [.. QueryOf(operation.Value)],
               operation.Value.GetProperty("responses").EnumerateObject().Select(r => r.Name).ToHashSet()),
    ];

    /// <param name="operation">Whose.</param>
    /// <param name="place">query or header.</param>
    public static IReadOnlyList<(string Name, JsonElement Schema)> Parameters(PublishedOperation operation, string place) =>
        Document.GetProperty("paths").GetProperty(operation.Path).GetProperty(operation.Method.Method.ToLowerInvariant()).TryGetProperty("parameters", out var parameters)
            ? [.. parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == place).Select(p => (p.GetProperty("name").GetString()!, p.GetProperty("schema")))]
            : [];

    /// <summary>False where the body may be left out.</summary>
    public static bool NeedsBody(PublishedOperation operation) =>
        Document.GetProperty("paths").GetProperty(operation.Path).GetProperty(operation.Method.Method.ToLowerInvariant()).GetProperty("requestBody")
            .TryGetProperty("required", out var required) && required.GetBoolean();

    /// <returns>The name of the shape that a member holds; null when it holds anything else.</returns>
    public static string? ShapeOf(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!.Split('/')[^1]
        : schema.TryGetProperty("anyOf", out var choices) ? choices.EnumerateArray().Select(ShapeOf).FirstOrDefault(shape => shape is not null)
        : null;

    /// <summary>Without "or null".</summary>
    public static string? TypeOf(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? null
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).First(one => one != "null")
        : type.GetString();

    public static string? FormatOf(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() : null;

    public static JsonElement Schema(string name) => Document.GetProperty("components").GetProperty("schemas").GetProperty(name);

    /// <summary>A file has no shape.</summary>
    private static string? BodyOf(JsonElement operation) =>
        operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
            ? ShapeOf(json.GetProperty("schema"))
            : null;

    private static IEnumerable<string> QueryOf(JsonElement operation) =>
        operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)
            : [];
}
