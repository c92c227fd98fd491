using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace NationalReferral.Tests;

/// <summary>
/// What the screens say, found by its English, so that a story is written once and runs in every language of the client: the sentences of
/// the client (<c>text.json</c>), the words of codes, and the names of districts and of the demo country.
/// </summary>
internal static partial class Words
{
    /// <summary>A sentence with places in it, such as <c>Send {count} referrals</c>.</summary>
    private sealed record Template(Regex English, string Urdu);

    private const string Anything = ".+?";

    private static readonly FrozenDictionary<string, string[]> Sentences;
    private static readonly Template[] Templates;

    static Words()
    {
        var pairs = Texts().Concat(Codes()).Concat(Names()).Distinct().ToArray();
        Sentences = pairs.Where(pair => !Place().IsMatch(pair.English))
            .GroupBy(pair => pair.English, pair => pair.Urdu, StringComparer.Ordinal)
            .ToFrozenDictionary(same => same.Key, same => same.Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        Templates = [.. pairs.Where(pair => Place().IsMatch(pair.English) && SaysSomething().IsMatch(Place().Replace(pair.English, " "))).Select(pair => new Template(Matcher(pair.English), pair.Urdu))];
    }

    /// <summary>What the screen says for these English words, as a pattern: one English word can stand for several of another language.</summary>
    /// <param name="language">That the screen speaks: <c>en</c> or <c>ur</c>.</param>
    /// <param name="english">A whole sentence, label or name, with its numbers, or <c>…</c> in their place; several are parted by a comma.</param>
    /// <exception cref="ArgumentException">No screen says so.</exception>
    public static string Pattern(string language, string english) => language == "en" ? Written(english)
        : Translate(english) is { Length: > 0 } said ? $"(?:{string.Join('|', said)})"
        : throw new ArgumentException($"No screen says \"{english}\". Is it the whole sentence?", nameof(english));

    private static string[] Translate(string english)
    {
        var said = Sentences.GetValueOrDefault(english, []).Select(Regex.Escape)
            .Concat(Templates.Select(template => (template.Urdu, Match: template.English.Match(english))).Where(one => one.Match.Success).Select(one => Fill(one.Urdu, one.Match)))
            .Distinct(StringComparer.Ordinal).ToArray();
        return said.Length > 0 ? said
            : Numbered().Match(english) is { Success: true } row ? [.. Translate(row.Groups["words"].Value).Select(words => Regex.Escape(row.Groups["number"].Value) + words)]
            : english.Contains(", ", StringComparison.Ordinal) ? Together(english.Split(", "))
            : english == "…" ? [Anything] : [];
    }

    /// <summary>Several words in a row; none when one of them is unknown.</summary>
    private static string[] Together(string[] parts)
    {
        var each = parts.Select(Translate).ToArray();
        return each.All(one => one.Length > 0) ? [string.Join("،\\s*", each.Select(one => $"(?:{string.Join('|', one)})"))] : [];
    }

    /// <summary>What stands in the places is said in the other language where it can be; what somebody wrote stays.</summary>
    private static string Fill(string urdu, Match match)
    {
        var parts = Place().Split(urdu);
        return string.Concat(parts.Select((part, i) => i % 2 == 0 ? Regex.Escape(part) : Inside(match.Groups[part])));
    }

    private static string Inside(Group place) => !place.Success ? Anything
        : Translate(place.Value) is { Length: > 0 } said ? $"(?:{string.Join('|', said)})"
        : Written(place.Value);

    private static string Written(string text) => Regex.Escape(text).Replace("…", Anything, StringComparison.Ordinal);

    private static Regex Matcher(string english)
    {
        var parts = Place().Split(english);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return new($"^{string.Concat(parts.Select((part, i) => i % 2 == 0 ? Regex.Escape(part) : !seen.Add(part) ? $"\\k<{part}>" : part == "count" ? "(?<count>\\d+|…)" : $"(?<{part}>.+?)"))}$", RegexOptions.CultureInvariant);
    }

    private static IEnumerable<(string English, string Urdu)> Texts() =>
        from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "web-client", "src"), "text.json", SearchOption.AllDirectories)
        from text in Read(file).EnumerateObject()
        from pair in Forms(text.Value.GetProperty("en").GetString()!, text.Value.GetProperty("ur").GetString()!)
        select pair;

    /// <summary>A sentence that counts has one form for each number: <c>{count, plural, one {# day} other {# days}}</c>.</summary>
    private static IEnumerable<(string English, string Urdu)> Forms(string english, string urdu) =>
        Counted().Match(english) is not { Success: true } counted ? [(english, urdu)]
            : FormOf().Matches(counted.Groups["forms"].Value).Select(form => (Form(english, form.Groups["number"].Value), Form(urdu, form.Groups["number"].Value)));

    private static string Form(string sentence, string number) => Counted().Replace(sentence, counted =>
    {
        var forms = FormOf().Matches(counted.Groups["forms"].Value);
        var form = forms.FirstOrDefault(one => one.Groups["number"].Value == number) ?? forms.Single(one => one.Groups["number"].Value == "other");
        return form.Groups["text"].Value.Replace("#", "{count}", StringComparison.Ordinal);
    });

    private static IEnumerable<(string English, string Urdu)> Codes() =>
        from set in Read(Path.Combine(Repository.Root, "api", "Referral.Api", "Reference", "taxonomies.json")).GetProperty("sets").EnumerateObject()
        from code in set.Value.GetProperty("codes").EnumerateArray()
        let labels = code.GetProperty("labels")
        select (labels.GetProperty("en").GetString()!, labels.GetProperty("ur").GetString()!);

    private static IEnumerable<(string English, string Urdu)> Names() =>
    [
        .. Csv.Rows("districts.csv").Select(row => (row("name_en"), row("name_ur"))),
        .. DemoWorld.Agencies.Select(agency => (agency.NameEn, agency.NameUr)),
        .. DemoWorld.Services.Select(service => (service.Draft.NameEn, service.Draft.NameUr)),
        .. DemoWorld.Workers.Select(worker => (worker.Name, worker.Name)),
    ];

    private static JsonElement Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        return document.RootElement.Clone();
    }

    [GeneratedRegex(@"\{(\w+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex(@"^(?<number>\d+\.? )(?<words>.+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    [GeneratedRegex(@"\p{L}{3}", RegexOptions.CultureInvariant)]
    private static partial Regex SaysSomething();

    [GeneratedRegex(@"\{count, plural, (?<forms>(?:[=\w]+ \{[^{}]*\} ?)+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Counted();

    [GeneratedRegex(@"(?<number>[=\w]+) \{(?<text>[^{}]*)\}", RegexOptions.CultureInvariant)]
    private static partial Regex FormOf();
}
