using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace NationalReferral.Platform;

/// <summary>The contract: one OpenAPI 3.1 document made from the routes, and the page that shows it.</summary>
internal static class ContractSetup
{
    public const string Document = "v1";

    /// <summary>The scope of the identity server that lets a worker act through the API.</summary>
    private const string WorkerScope = "referral";

    public static IServiceCollection AddContract(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Document, new OpenApiInfo
            {
                Title = "National Referral System",
                Version = "1.0.0",
                Description = "From the person who found a trafficked or bonded child to the people who can help, and what became of her. "
                    + "Codes are those of GET /taxonomies; times are RFC 3339 in UTC; problems are RFC 9457 with a stable code.",
                Contact = new OpenApiContact { Name = "National Referral System", Url = new Uri("https://example.org/national-referral") },
                License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            });
            options.AddServer(new OpenApiServer
            {
                Url = "/",
                Description = "Where this document was read: local, staging or production.",
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(JsonValue.Create(false)) },
            });
            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomOperationIds(api => api.ActionDescriptor.EndpointMetadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName);
            options.CustomSchemaIds(Shapes.NameOf);
            options.MapType<Id>(() => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid", MaxLength = 36 });
            options.SchemaFilter<Shapes>();
            options.OperationFilter<Operation>();
            options.OperationFilter<Examples>();
            options.DocumentFilter<Whole>();
            options.IncludeXmlComments(typeof(ContractSetup).Assembly);
            options.AddSecurityDefinition("session", new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "A worker, signed in on this page, or a partner client with its scopes. Access tokens are JWTs of type at+jwt, "
                    + "checked as RFC8725 asks: issuer, audience, type, signature by RS256, PS256 or ES256, lifetime; and a closed account is refused at its next request.",
                Flows = new OpenApiOAuthFlows
                {
                    AuthorizationCode = new OpenApiOAuthFlow
                    {
                        AuthorizationUrl = new Uri("/connect/authorize", UriKind.Relative),
                        TokenUrl = new Uri("/connect/token", UriKind.Relative),
                        RefreshUrl = new Uri("/connect/token", UriKind.Relative),
                        Scopes = new Dictionary<string, string> { ["openid"] = "who you are", [WorkerScope] = "act as a worker" },
                    },
                    ClientCredentials = new OpenApiOAuthFlow
                    {
                        TokenUrl = new Uri("/connect/token", UriKind.Relative),
                        Scopes = Permissions.ClientScopes.ToDictionary(scope => scope, scope => scope.Replace('.', ' ')),
                    },
                },
            });
        });
        return services;
    }

    /// <summary>Swagger UI; on demo data one click signs in.</summary>
    public static void UseContract(this WebApplication app) =>
        // Its middleware matches patterns against every path that passes it.
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/swagger"), contract =>
        {
            contract.UseSwagger(options => options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1);
            contract.UseSwaggerUI(options =>
            {
                options.SwaggerEndpoint($"/swagger/{Document}/swagger.json", "National Referral System v1");
                options.OAuthClientId("swagger");
                options.OAuthUsePkce();
                options.OAuthScopes("openid", WorkerScope);
                options.DocumentTitle = "National Referral System: the contract";
                options.EnableTryItOutByDefault();
                options.EnablePersistAuthorization();
            });
        });
}
