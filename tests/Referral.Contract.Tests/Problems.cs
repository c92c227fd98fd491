using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using NationalReferral.Platform;

namespace NationalReferral.Tests;

/// <summary>Every way in which the system says no, as partners read it: <c>contracts/problems.md</c>.</summary>
internal static partial class Problems
{
    private const int Exceptions = 15;

    private static readonly string[] OfAll = ["type", "title", "status", "detail", "code", "traceId", "errors"];

    /// <summary>All that exist, by where they are declared: static fields of the product.</summary>
    public static IReadOnlyList<RefusalKind> Registry { get; } =
    [
        .. from assembly in new[] { typeof(RefusalKind).Assembly, typeof(GeneralRefusals).Assembly }
           from type in assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
           from field in type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
           where field.FieldType == typeof(RefusalKind)
           let kind = (RefusalKind)field.GetValue(null)!
           orderby kind.Status, kind.Code
           select kind,
    ];

    public static string Page(EndpointDataSource routes)
    {
        var operations = routes.Endpoints
            .Where(e => PublishedOperations.All.Any(o => o.Name == NameOf(e)))
            .ToDictionary(NameOf, e => e.Metadata.GetOrderedMetadata<RefusesMetadata>().SelectMany(m => m.Kinds).ToHashSet());
        var page = new StringBuilder("""
            # Problems

            What an answer of 400 and above holds: RFC 9457 problem details with a `code` that never changes its meaning. Branch on the code,
            show `detail` (English, or Urdu with `Accept-Language: ur`), give `traceId` to the help desk. Written by the tests from the
            registry of refusals; members stand as the examples show them.

            | status | code | says | members | operations |
            | --- | --- | --- | --- | --- |

            """.ReplaceLineEndings("\n"));
        var members = MembersSeen();
        foreach (var kind in Registry)
        {
            var names = Placeholders(kind.Code).Concat(members.GetValueOrDefault(kind.Code) ?? []).Distinct().Order(StringComparer.Ordinal);
            page.Append(CultureInfo.InvariantCulture, $"| {kind.Status} | `{kind.Code}` | {Sentence(kind.Code)} | {string.Join(", ", names.Select(n => $"`{n}`"))} | {Where(kind, operations)} |\n");
        }
        page.Append("""

            ## In `errors`
            Where single places are wrong, `errors` names each by `pointer` (into the body, RFC 6901; or the name of a parameter or header),
            with what would have been taken in `allowed` where that can be listed.

            | code | says |
            | --- | --- |

            """.ReplaceLineEndings("\n"));
        foreach (var code in Sentences.Codes.Except(Registry.Select(kind => kind.Code)).Order(StringComparer.Ordinal))
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{code}` | {Sentence(code)} |\n");
        }
        return page.ToString();
    }

    private static string NameOf(Microsoft.AspNetCore.Http.Endpoint endpoint) => endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? string.Empty;

    private static string Sentence(string code) => Sentences.Of(code, urdu: false, []).Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<string> Placeholders(string code) => Placeholder().Matches(Sentences.Of(code, urdu: false, [])).Select(match => match.Groups[1].Value);

    private static string Where(RefusalKind kind, Dictionary<string, HashSet<RefusalKind>> operations)
    {
        var with = operations.Where(o => o.Value.Contains(kind)).Select(o => o.Key).Order(StringComparer.Ordinal).ToArray();
        var without = operations.Keys.Except(with).Order(StringComparer.Ordinal).ToArray();
        return with.Length == 0 ? "any request, before an operation is found or once it has failed"
            : without.Length == 0 ? "every operation"
            : without.Length <= Exceptions ? $"every operation but {string.Join(", ", without)}"
            : string.Join(", ", with);
    }

    private static Dictionary<string, string[]> MembersSeen() => Example.Story
        .Select(name => Example.Load(name).Answer?["body"])
        .OfType<JsonObject>()
        .Where(body => body["type"]?.ToString().StartsWith("urn:nrs:problem:", StringComparison.Ordinal) == true)
        .GroupBy(body => body["code"]!.ToString())
        .ToDictionary(group => group.Key, group => group.SelectMany(body => body.Select(member => member.Key)).Except(OfAll).ToArray());

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
