using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>What stands once in the document: the problem, and what the tags mean.</summary>
internal sealed class Whole : IDocumentFilter
{
    public const string Problem = "Problem";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        swaggerDoc.Components ??= new OpenApiComponents();
        swaggerDoc.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        swaggerDoc.Components.Schemas["FieldError"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "One thing that is wrong.",
            Required = new HashSet<string> { "pointer", "code", "detail" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["pointer"] = Text("JSON pointer into the body (RFC 6901), or the name of the parameter or header."),
                ["code"] = Text("What is wrong with it."),
                ["detail"] = Text("A sentence, in English or Urdu by Accept-Language."),
                ["allowed"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text("A code that would have been taken."), MaxItems = 200 },
            },
        };
        swaggerDoc.Components.Schemas[Problem] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description = "RFC 9457 problem details. Branch on code; members beside these belong to single codes (contracts/problems.md).",
            Required = new HashSet<string> { "type", "title", "status", "detail", "code" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("urn:nrs:problem:<code>"),
                ["title"] = Text("The code in words."),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "400", Maximum = "599" },
                ["detail"] = Text("What to do, in English or Urdu by Accept-Language."),
                ["code"] = Text("Permanent."),
                ["traceId"] = Text("For the help desk; absent where nothing may be told apart."),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("FieldError", swaggerDoc), MaxItems = 200,
                },
            },
        };
        swaggerDoc.Tags = new HashSet<OpenApiTag>(
            (context.ApiDescriptions.SelectMany(api => api.ActionDescriptor.EndpointMetadata.OfType<Microsoft.AspNetCore.Http.Metadata.ITagsMetadata>())
                .SelectMany(tags => tags.Tags).Distinct().Order(StringComparer.Ordinal)).Select(tag => new OpenApiTag { Name = tag, Description = Says(tag) }));
    }

    private static string Says(string tag) => tag switch
    {
        "Victims" => "The persons protected: their shells, documents, items and needs.",
        "Access" => "Who may open what, and who must never know.",
        "Bases" => "What allows sharing.",
        "Referrals" => "Requests from a sending agency to a provider's service.",
        "Agencies" => "Organisations, their units, people and partner clients.",
        "Services" => "What providers offer, their places, the directory.",
        "Reference" => "Places, codes, holidays and helplines.",
        "Clocks" => "Deadlines and what waits for whom.",
        "Journal" => "Who did and saw what.",
        _ => tag,
    };

    private static OpenApiSchema Text(string description) => new()
    {
        Type = JsonSchemaType.String, MaxLength = 1000, Pattern = Patterns.Free, Description = description,
    };
}
