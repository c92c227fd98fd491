using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>Shows the files of contracts/examples where they belong: what is sent at its operation, what comes back at its status.</summary>
internal sealed class Examples : IOperationFilter
{
    private const string Folder = "examples/";

    private static readonly ILookup<string, (string Case, JsonElement Text)> ByOperation = Load();

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        foreach (var (name, text) in ByOperation[operation.OperationId ?? string.Empty])
        {
            var summary = text.GetProperty("summary").GetString();
            var sent = text.GetProperty("send");
            foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
            {
                if (sent.TryGetProperty(PlaceOf(parameter), out var place) && place.TryGetProperty(parameter.Name!, out var value))
                {
                    parameter.Examples = With(parameter.Examples, name, summary, AsItIsMeant(parameter, value));
                }
            }
            var answer = text.GetProperty("answer");
            // What cannot be read does not fit its schema, and would teach the wrong thing beside the right ones.
            if (sent.TryGetProperty("body", out var body) && answer.GetProperty("status").GetInt32() != StatusCodes.Status400BadRequest)
            {
                Show(operation.RequestBody?.Content, name, summary, body);
            }
            if (answer.TryGetProperty("body", out var answered) && operation.Responses?.TryGetValue($"{answer.GetProperty("status")}", out var response) == true)
            {
                Show(response.Content, name, summary, answered);
            }
        }
    }

    /// <summary>What is sent in an address is text; of a number the contract shows the number.</summary>
    private static JsonElement AsItIsMeant(OpenApiParameter parameter, JsonElement value) =>
        parameter.Schema?.Type is JsonSchemaType.Integer && value.ValueKind == JsonValueKind.String ? JsonElement.Parse(value.GetString()!) : value;

    private static string PlaceOf(OpenApiParameter parameter) => parameter.In switch
    {
        ParameterLocation.Path => "path",
        ParameterLocation.Query => "query",
        _ => "headers",
    };

    private static void Show(IDictionary<string, IOpenApiMediaType>? content, string name, string? summary, JsonElement value)
    {
        foreach (var media in content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            media.Examples = With(media.Examples, name, summary, value);
        }
    }

    private static IDictionary<string, IOpenApiExample> With(IDictionary<string, IOpenApiExample>? examples, string name, string? summary, JsonElement value)
    {
        examples ??= new Dictionary<string, IOpenApiExample>();
        examples[name] = new OpenApiExample { Summary = summary, Value = JsonNode.Parse(value.GetRawText()) };
        return examples;
    }

    private static ILookup<string, (string, JsonElement)> Load()
    {
        var assembly = typeof(Examples).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Folder, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(resource =>
            {
                using var document = JsonDocument.Parse(assembly.GetManifestResourceStream(resource)!);
                var name = resource[Folder.Length..].Split('.');
                return (Operation: name[0], Case: name[1], Text: document.RootElement.Clone());
            })
            .ToLookup(file => file.Operation, file => (file.Case, file.Text), StringComparer.Ordinal);
    }
}
