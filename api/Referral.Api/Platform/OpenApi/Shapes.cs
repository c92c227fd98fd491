using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace NationalReferral.Platform;

/// <summary>Writes the attributes of Wire.cs into the schemas: codes, lengths, numbers; and closes every object.</summary>
internal sealed class Shapes(Taxonomies taxonomies) : ISchemaFilter
{
    private const int UsualCharacters = 200;
    private const int UsualItems = 50;

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
            Rule(whole, [.. member.GetCustomAttributes(), .. ConstructorsOwn(member)]);
        }
        else if (context.ParameterInfo is { } parameter)
        {
            Rule(whole, [.. parameter.GetCustomAttributes()]);
        }
        else if (whole.Type == JsonSchemaType.Object && whole.Properties is { Count: > 0 })
        {
            whole.AdditionalPropertiesAllowed = false;
        }
    }

    private static IEnumerable<Attribute> ConstructorsOwn(MemberInfo member) =>
        member.DeclaringType?.GetConstructors().OrderByDescending(c => c.GetParameters().Length).FirstOrDefault()?
            .GetParameters().FirstOrDefault(p => p.Name == member.Name)?.GetCustomAttributes() ?? [];

    private void Rule(OpenApiSchema schema, IReadOnlyList<Attribute> attributes)
    {
        var type = schema.Type & ~JsonSchemaType.Null;
        if (type == JsonSchemaType.Array)
        {
            schema.MaxItems ??= attributes.OfType<MostAttribute>().FirstOrDefault()?.Items ?? UsualItems;
            if (schema.Items is OpenApiSchema item)
            {
                Rule(item, [.. attributes.Where(a => a is not MostAttribute)]);
            }
            return;
        }
        if (attributes.OfType<WithinAttribute>().FirstOrDefault() is { } within)
        {
            schema.Minimum = within.Least.ToString(System.Globalization.CultureInfo.InvariantCulture);
            schema.Maximum = within.Most.ToString(System.Globalization.CultureInfo.InvariantCulture);
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
