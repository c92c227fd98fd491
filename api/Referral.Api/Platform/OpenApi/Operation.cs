using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>What every operation says beside its shapes: headers, pages, how it can refuse, who may call it.</summary>
internal sealed class Operation : IOperationFilter
{
    private static readonly string[] OfTheHost = ["call", "keys", "districts", "taxonomies", "paging", "scan", "file"];

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
                Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = $"{Paging.Most}", Default = Paging.Usual,
            }));
            operation.Parameters.Add(Query("cursor", "From the page before, for the same filters.", Text(64, Patterns.Cursor)));
        }
        var refusals = metadata.OfType<RefusesMetadata>().SelectMany(m => m.Kinds).DistinctBy(kind => kind.Code).ToArray();
        if (refusals.Contains(GeneralRefusals.MatchRequired))
        {
            operation.Parameters.Add(Header("If-Match", "The ETag that was read.", Text(40, Patterns.Tag), required: true));
        }
        if (method == "POST" && refusals.Contains(GeneralRefusals.KeyReused))
        {
            operation.Parameters.Add(Header("Idempotency-Key", "8 to 100 characters; the same key answers the same for 14 days.", Text(100, Patterns.Key), required: false));
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
                Headers = group.Key is 429 or 503 ? Headers(("Retry-After", "Seconds to wait.", WholeSeconds))
                    : group.Contains(GeneralRefusals.SignInAgain) ? Headers(("WWW-Authenticate", "With `sign_in_again`: how long ago a sign-in may be (RFC 9470).", Text(200, Patterns.Challenge)))
                    : null,
                Content = new Dictionary<string, IOpenApiMediaType>
                {
                    ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(Whole.Problem, context.Document) },
                },
            };
        }
        Head(operation, context.MethodInfo.ReturnType, isRead: method == "GET");
        foreach (var file in metadata.OfType<FileMetadata>())
        {
            Carry(operation, file);
        }
        Permit(operation, context, metadata);
    }

    /// <summary>The headers of a success follow from the result that the handler returns.</summary>
    private static void Head(OpenApiOperation operation, Type returned, bool isRead)
    {
        foreach (var result in returned.GetGenericArguments())
        {
            var kind = result.IsGenericType ? result.GetGenericTypeDefinition() : result;
            if (kind == typeof(Found<>))
            {
                Add(operation, "200", ("ETag", "For If-Match.", Text(40, Patterns.Tag)));
                Hold(operation, Patterns.Tag, isRead);
            }
            else if (kind == typeof(Made<>))
            {
                Add(operation, "201", ("Location", "Where it can be read.", Text(300, Patterns.Address)), ("ETag", "For If-Match, where it can be changed.", Text(40, Patterns.Tag)));
            }
            else if (kind == typeof(Listed<>))
            {
                var isPaged = operation.Parameters?.Any(parameter => parameter.Name == "cursor") == true;
                Add(
                    operation, "200",
                    [
                        .. isRead ? [("ETag", "Of this page, for If-None-Match.", Text(40, Patterns.ListTag))] : NoHeaders,
                        .. isPaged ? [("Link", "The next page (RFC 8288); absent on the last.", Text(2000, Patterns.Link))] : NoHeaders,
                    ]);
                Hold(operation, Patterns.ListTag, isRead);
            }
            else
            {
                Head(operation, result, isRead);
            }
        }
    }

    private static readonly (string Name, string Description, OpenApiSchema Schema)[] NoHeaders = [];

    /// <summary>What can be asked for again without being sent again.</summary>
    private static void Hold(OpenApiOperation operation, string pattern, bool isRead)
    {
        if (isRead)
        {
            operation.Parameters?.Add(Header("If-None-Match", "The ETag of what is held already.", Text(40, pattern), required: false));
            operation.Responses?.TryAdd("304", new OpenApiResponse { Description = "What is held already stands unchanged." });
        }
    }

    private static void Add(OpenApiOperation operation, string status, params (string Name, string Description, OpenApiSchema Schema)[] headers)
    {
        if (operation.Responses?.TryGetValue(status, out var found) == true && found is OpenApiResponse response)
        {
            response.Headers = Headers(headers);
        }
    }

    /// <summary>A body that is no JSON but the bytes of a file.</summary>
    private static void Carry(OpenApiOperation operation, FileMetadata file)
    {
        var content = FileKind.All.ToDictionary(
            kind => kind.MediaType,
            IOpenApiMediaType (_) => new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", MaxLength = FileKind.Most } });
        if (file.IsAnswer)
        {
            operation.Responses!["200"] = new OpenApiResponse { Description = "The file, to be saved.", Content = content };
        }
        else
        {
            operation.RequestBody = new OpenApiRequestBody { Description = "The file itself.", Required = true, Content = content };
        }
    }

    private static Dictionary<string, IOpenApiHeader> Headers(params (string Name, string Description, OpenApiSchema Schema)[] headers) =>
        headers.ToDictionary(header => header.Name, header => (IOpenApiHeader)new OpenApiHeader { Description = header.Description, Schema = header.Schema });

    private static OpenApiSchema WholeSeconds => new() { Type = JsonSchemaType.Integer, Format = "int32", Minimum = "1", Maximum = "3600" };

    private static OpenApiSchema Text(int most, string pattern) => new() { Type = JsonSchemaType.String, MaxLength = most, Pattern = pattern };

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

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema, bool required) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Required = required,
        Schema = schema,
    };
}
