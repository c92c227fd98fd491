using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>
/// Writes the attributes of Wire.cs into the schemas: codes, lengths, numbers; gives every text a form and every number its
/// ends; says which members can be null; closes every object.
/// </summary>
internal sealed class Shapes(Taxonomies taxonomies) : ISchemaFilter
{
    private const int UsualCharacters = 200;
    private const int UsualItems = 50;

    /// <summary>What a JSON number carries exactly (RFC 8259, 6).</summary>
    private const string MostExact = "9007199254740991";

    private static readonly NullabilityInfoContext Nullability = new();

    public static string NameOf(Type type) => type.IsGenericType
        ? $"{type.GetGenericTypeDefinition().Name.Split('`')[0]}Of{string.Concat(type.GetGenericArguments().Select(NameOf))}"
        : type.Name;

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema whole)
        {
            return;
        }
        if (context.MemberInfo is { } member)
        {
            Rule(whole, [.. member.GetCustomAttributes(), .. ConstructorsOwn(member)], member.Name);
        }
        else if (context.ParameterInfo is { } parameter)
        {
            if (parameter.ParameterType == typeof(Id))
            {
                whole.Format = "uuid";
            }
            Rule(whole, [.. parameter.GetCustomAttributes()], parameter.Name);
        }
        else if (whole.Type == JsonSchemaType.Object && whole.Properties is { Count: > 0 })
        {
            whole.AdditionalPropertiesAllowed = false;
            AdmitNull(whole, context.Type);
            AdmitAbsence(whole, context.Type);
        }
    }

    /// <summary>A reference has no type of its own to which null could be added.</summary>
    private static void AdmitNull(OpenApiSchema schema, Type type)
    {
        foreach (var property in type.GetProperties())
        {
            var name = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            if (schema.Properties?.TryGetValue(name, out var found) == true && found is OpenApiSchemaReference reference
                && Nullability.Create(property).ReadState == NullabilityState.Nullable)
            {
                schema.Properties[name] = new OpenApiSchema
                {
                    Description = reference.Description,
                    AnyOf = [new OpenApiSchemaReference(reference.Reference.Id!, reference.Reference.HostDocument), new OpenApiSchema { Type = JsonSchemaType.Null }],
                };
            }
        }
    }

    /// <summary>What has a default can be left out.</summary>
    private static void AdmitAbsence(OpenApiSchema schema, Type type)
    {
        foreach (var parameter in Taken(type).Where(parameter => parameter.HasDefaultValue))
        {
            schema.Required?.Remove(JsonNamingPolicy.CamelCase.ConvertName(parameter.Name!));
        }
    }

    private static IEnumerable<Attribute> ConstructorsOwn(MemberInfo member) =>
        member.DeclaringType is { } type ? Taken(type).FirstOrDefault(p => p.Name == member.Name)?.GetCustomAttributes() ?? [] : [];

    private static ParameterInfo[] Taken(Type type) =>
        type.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()?.GetParameters() ?? [];

    private void Rule(OpenApiSchema schema, IReadOnlyList<Attribute> attributes, string? name)
    {
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.Object && schema.AdditionalProperties is OpenApiSchema value)
        {
            Rule(value, [], null);
            return;
        }
        if (type == JsonSchemaType.Array)
        {
            schema.MaxItems ??= attributes.OfType<MostAttribute>().FirstOrDefault()?.Items ?? UsualItems;
            if (schema.Items is OpenApiSchema item)
            {
                Rule(item, [.. attributes.Where(a => a is not MostAttribute)], name);
            }
            return;
        }
        if (attributes.OfType<WithinAttribute>().FirstOrDefault() is { } within)
        {
            schema.Minimum = within.Least.ToString(System.Globalization.CultureInfo.InvariantCulture);
            schema.Maximum = within.Most.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        else if (type == JsonSchemaType.Integer)
        {
            schema.Minimum ??= "0";
            schema.Maximum ??= schema.Format == "int64" ? MostExact : $"{int.MaxValue}";
        }
        if (type != JsonSchemaType.String)
        {
            return;
        }
        if (attributes.OfType<CodeOfAttribute>().FirstOrDefault() is { } code)
        {
            var codes = code.Only.Length > 0 ? code.Only : [.. taxonomies.Codes(code.Set), .. code.Also];
            schema.Enum = [.. codes.Select(c => (JsonNode)JsonValue.Create(c)!)];
            if ((schema.Type & JsonSchemaType.Null) != 0)
            {
                schema.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }
        else if (schema.Format is null)
        {
            schema.MaxLength ??= attributes.OfType<TextAttribute>().FirstOrDefault()?.Most ?? UsualCharacters;
            schema.Pattern ??= Patterns.Of(name);
        }
        else
        {
            schema.MaxLength ??= schema.Format switch
            {
                "uuid" => 36,
                "date" => 10,
                "date-time" => 40,
                _ => null,
            };
        }
    }
}
