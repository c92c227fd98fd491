using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>What every operation says beside its shapes: headers, pages, how it can refuse, who may call it.</summary>
internal sealed class Operation : IOperationFilter
{
    private static readonly string[] OfTheHost = ["call", "keys", "districts", "taxonomies", "paging"];

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var method = context.ApiDescription.HttpMethod;
        var takesPage = context.MethodInfo.GetParameters().Any(p => p.ParameterType == typeof(Paging));
        operation.Parameters = [.. (operation.Parameters ?? []).Where(p => !OfTheHost.Contains(p.Name))];
        if (takesPage)
        {
            operation.Parameters.Add(Query("limit", "Rows on the page.", new OpenApiSchema
            {
                Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "200", Default = 50,
            }));
            operation.Parameters.Add(Query("cursor", "From the page before, for the same filters.", new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 64 }));
        }
        var refusals = metadata.OfType<RefusesMetadata>().SelectMany(m => m.Kinds).DistinctBy(kind => kind.Code).ToArray();
        if (refusals.Contains(GeneralRefusals.MatchRequired))
        {
            operation.Parameters.Add(Header("If-Match", "The ETag that was read.", required: true));
        }
        if (method == "POST" && refusals.Contains(GeneralRefusals.KeyReused))
        {
            operation.Parameters.Add(Header("Idempotency-Key", "8 to 100 characters; the same key answers the same for 14 days.", required: false));
        }
        if (operation.Parameters.Any(parameter => parameter.In == ParameterLocation.Header))
        {
            refusals = [.. refusals.Append(GeneralRefusals.Unreadable).Distinct()];
        }
        operation.Responses ??= [];
        foreach (var group in refusals.GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            operation.Responses[$"{group.Key}"] = new OpenApiResponse
            {
                Description = string.Join(", ", group.Select(kind => $"`{kind.Code}`")),
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Whole.Problem, context.Document) },
                },
            };
        }
        Permit(operation, context, metadata);
    }

    private static void Permit(OpenApiOperation operation, OperationFilterContext context, IEnumerable<object> metadata)
    {
        if (metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [];
            return;
        }
        if (metadata.OfType<PermissionMetadata>().LastOrDefault()?.Permission is not { } permission)
        {
            return;
        }
        List<string> scopes = permission.Scope is { } scope ? [scope] : [];
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("session", context.Document)] = scopes }];
        operation.Description = $"{operation.Description}\n\nWorkers: {string.Join(", ", permission.Roles.Select(role => $"`{role.Code()}`"))}. "
            + (permission.Scope is null ? "No partner client." : $"Partner clients: scope `{permission.Scope}`.");
    }

    private static OpenApiParameter Query(string name, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema };

    private static OpenApiParameter Header(string name, string description, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 100 },
    };
}
