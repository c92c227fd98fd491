using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NationalReferral.Tests;

/// <summary>One place of a request where somebody may write what they like, and what this test writes there and nowhere else.</summary>
/// <param name="Pointer">Every item of a list is its item 0.</param>
public sealed record Mark(string Operation, string Pointer, string Shape, string Name, int MaxLength)
{
    private const string UrduLetters = "ابپتجچخدرزسشفقکگلمنوہی";

    /// <summary>Texts that the contract can only call texts, and the product reads as something else: a mark there is refused.</summary>
    private static readonly HashSet<string> Codes =
    [
        "putOwnContact /quietFrom", "putOwnContact /quietTo", "actOnReferral /reason", "addEntry /codes/0",
        "recordDuty /instrumentId", "breakGlass /caseCode",
        "proposeLawRelease /instruments/0/id", "proposeLawRelease /instruments/0/jurisdiction",
        "proposeLawRelease /instruments/0/inForceFrom", "proposeLawRelease /instruments/0/inForceTo",
        "proposeLawRelease /rules/0/id", "proposeLawRelease /rules/0/jurisdiction", "proposeLawRelease /rules/0/instrumentId", "followStatus /followCode", "followMessage /followCode", "followFeedback /followCode",
    ];

    /// <summary>What everybody may read: names, numbers and doors of agencies and services, holidays, what laws say, the names under which staff and systems work.</summary>
    private static readonly HashSet<string> Public =
    [
        "createAgency /nameEn", "createAgency /nameUr", "createAgency /helpline", "putAgency /nameEn", "putAgency /nameUr", "putAgency /helpline",
        "createService /nameEn", "createService /nameUr", "putService /nameEn", "putService /nameUr", "putHoliday /items/0/nameEn", "putHoliday /items/0/nameUr",
        "proposeLawRelease /note", "proposeLawRelease /instruments/0/shortName", "proposeLawRelease /instruments/0/fullTitle",
        "proposeLawRelease /instruments/0/subject", "proposeLawRelease /instruments/0/source", "proposeLawRelease /instruments/0/note", "proposeLawRelease /rules/0/note", "decideLawRelease /line",
        "createClient /name", "putMe /displayName", "putWorker /displayName",
    ];

    public static IReadOnlyList<Mark> All { get; } =
    [
        .. from operation in PublishedOperations.All
           where operation.BodyShape is not null
           from place in BadMembers.PlacesOf(operation.BodyShape!, [])
           where BadMembers.IsText(place.Schema) && IsFree(place.Schema)
           select new Mark(operation.Name, place.Pointer, place.Shape, place.Name, place.Schema.GetProperty("maxLength").GetInt32()),
    ];

    public string Place => $"{Operation} {Pointer}";

    public bool IsCode => Codes.Contains(Place);

    public bool IsPublic => Public.Contains(Place);

    /// <summary>A number or an address stands instead of the example's; words are added to it.</summary>
    public bool IsNumber => Name is "phone" or "number" or "nationalId" or "cnic" or "email";

    /// <summary>In every spelling in which it could be stored.</summary>
    public IReadOnlyList<string> Spellings => Name switch
    {
        "phone" or "number" => [$"312{Digits(7)}"],
        "nationalId" or "cnic" => [National, National.Replace("-", "", StringComparison.Ordinal)],
        "ur" or "nameUr" => [Letters(UrduLetters)],
        _ => [Letters("abcdefghjkmnopqrstuvwxyz")],
    };

    private string National => $"35202-{Digits(7)}-6";

    /// <summary>What is sent.</summary>
    /// <param name="before">What the example says there; null: nothing.</param>
    public string Written(string? before) => Name switch
    {
        "phone" or "number" => $"0{Spellings[0]}",
        "nationalId" or "cnic" => National,
        "email" => $"{Spellings[0]}@invented.example",
        _ => before is null || before.Length + Spellings[0].Length >= MaxLength ? Spellings[0] : $"{before} {Spellings[0]}",
    };

    public override string ToString() => Place;

    /// <summary>Any character may stand there but those that no text holds.</summary>
    private static bool IsFree(JsonElement schema) => schema.GetProperty("pattern").GetString()!.StartsWith("^[^", StringComparison.Ordinal);

    private string Letters(string alphabet) => string.Concat(Hash().Take(10).Select(b => alphabet[b % alphabet.Length]));

    private string Digits(int count) => string.Concat(Hash().Take(count).Select(b => (b % 10).ToString(CultureInfo.InvariantCulture)));

    private byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Place));
}

/// <summary>Writes marks into the bodies of examples.</summary>
internal static class Marking
{
    private static readonly Dictionary<string, Mark> ByPlace = Mark.All.ToDictionary(mark => mark.Place);

    /// <returns>The example with a mark in each free text that it has, and which.</returns>
    /// <param name="example">As it is committed.</param>
    /// <param name="more">Also writes the free texts that the example leaves out.</param>
    public static (Example Marked, IReadOnlyList<Mark> Marks) Marked(this Example example, bool more)
    {
        var text = (JsonObject)example.Text.DeepClone();
        var marks = new List<Mark>();
        if (text["send"]!["body"] is JsonObject body && PublishedOperations.All.Single(operation => operation.Name == example.Operation).BodyShape is { } shape)
        {
            var isRefused = (int)example.Answer!["status"]! >= 400;
            Fill(example.Operation, shape, body, "", mark => !(mark.IsNumber && isRefused), more, marks);
        }
        return (example with { Text = text }, marks);
    }

    /// <returns>The example with words where a code belongs; null: it has nothing that holds one.</returns>
    public static Example? With(this Example example, Mark code)
    {
        var text = (JsonObject)example.Text.DeepClone();
        JsonNode? at = text["send"]!["body"];
        var isItem = code.Pointer.EndsWith("/0", StringComparison.Ordinal);
        var steps = code.Pointer[1..(isItem ? ^2 : ^0)].Split('/');
        foreach (var step in steps.SkipLast(1))
        {
            at = at is JsonArray items ? items.ElementAtOrDefault(int.Parse(step, CultureInfo.InvariantCulture)) : at?[step];
        }
        if (at is not JsonObject thing)
        {
            return null;
        }
        thing[steps[^1]] = isItem ? new JsonArray(code.Written(null)) : code.Written(null);
        return example with { Text = text };
    }

    private static void Fill(string operation, string shape, JsonObject body, string above, Func<Mark, bool> may, bool more, List<Mark> marks)
    {
        foreach (var member in PublishedOperations.Schema(shape).GetProperty("properties").EnumerateObject())
        {
            var at = $"{above}/{member.Name}";
            switch (body[member.Name])
            {
                case JsonObject inner when PublishedOperations.ShapeOf(member.Value) is { } shaped:
                    Fill(operation, shaped, inner, at, may, more, marks);
                    break;
                case JsonArray list when member.Value.TryGetProperty("items", out var item) && PublishedOperations.ShapeOf(item) is { } items:
                    foreach (var one in list.OfType<JsonObject>())
                    {
                        Fill(operation, items, one, $"{at}/0", may, more, marks);
                    }
                    break;
                case null when more && PublishedOperations.ShapeOf(member.Value) is { } names && IsTexts(names):
                    body[member.Name] = new JsonObject();
                    Fill(operation, names, (JsonObject)body[member.Name]!, at, may, more, marks);
                    break;
                case JsonValue or null when ByPlace.TryGetValue($"{operation} {at}", out var mark) && !mark.IsCode && may(mark) && (body[member.Name] is not null || more):
                    body[member.Name] = mark.Written((string?)body[member.Name]);
                    marks.Add(mark);
                    break;
            }
        }
    }

    /// <summary>Such as a name in two spellings.</summary>
    private static bool IsTexts(string shape) => PublishedOperations.Schema(shape).GetProperty("properties").EnumerateObject().All(member => BadMembers.IsText(member.Value));
}
