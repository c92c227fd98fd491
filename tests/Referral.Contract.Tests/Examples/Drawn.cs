using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace NationalReferral.Tests;

/// <summary>
/// What the product draws at random (ids, case codes, secrets, signatures) is another in every run. The committed files
/// hold the values of one run; this knows which of today's stands for which of those.
/// </summary>
internal sealed partial class Drawn
{
    private static readonly HashSet<string> Members = ["caseCode", "followCode", "clientId", "clientSecret", "traceId", "hash", "previous", "macKey", "signature", "signingKey", "next"];

    private readonly Dictionary<string, string> _today = [];
    private readonly Dictionary<string, string> _committed = [];

    /// <summary>A committed text as it has to be sent today.</summary>
    public string Today(string committed) => Replace(committed, _today);

    /// <summary>Today's answer as it would have been on the day of the files.</summary>
    public string Committed(string today) => Replace(today, _committed);

    /// <summary>Learns from an answer and its committed twin, place by place. A value without a twin is kept as it is.</summary>
    public void Learn(JsonNode? committed, JsonNode? today, string member = "")
    {
        switch (today)
        {
            case JsonObject thing:
                foreach (var (name, value) in thing)
                {
                    Learn((committed as JsonObject)?[name], value, name);
                }
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Learn(committed is JsonArray twins && i < twins.Count ? twins[i] : null, list[i], member);
                }
                break;
            case JsonValue value when member is "ETag" or "tag":
                PairTags((string?)committed ?? string.Empty, (string?)value ?? string.Empty);
                break;
            case JsonValue value when value.TryGetValue<string>(out var text) && (Members.Contains(member) || Guid.TryParse(text, out _)):
                Pair(committed is JsonValue twin && twin.TryGetValue<string>(out var old) ? old : text, text);
                break;
        }
    }

    /// <summary>
    /// A tag is a version, which must be the same, and a print of what is seen, which can hold ids. The tag of what never
    /// changes while the product runs is the build's, and that of a list is of what stands in it.
    /// </summary>
    private void PairTags(string committed, string today)
    {
        if (VersionOf(committed) == VersionOf(today))
        {
            Pair(committed.Split('"')[1], today.Split('"')[1]);
        }
    }

    private static string VersionOf(string tag) => Build().IsMatch(tag) ? "build" : Moving().Match(tag) is { Success: true } moving ? moving.Groups[1].Value : tag.Split('-')[0];

    private void Pair(string committed, string today)
    {
        if (_committed.TryAdd(today, committed))
        {
            _today.TryAdd(committed, today);
        }
    }

    private static string Replace(string text, Dictionary<string, string> pairs) =>
        Token().Replace(text, match => pairs.GetValueOrDefault(match.Value, match.Value));

    [GeneratedRegex("^(W/)?\"[0-9a-f]{32}\"$")]
    private static partial Regex Build();

    /// <summary>Nine digits of what moves without a new version stand behind it.</summary>
    [GeneratedRegex("^(\"[0-9]+)[0-9]{9}-")]
    private static partial Regex Moving();

    [GeneratedRegex("[A-Za-z0-9_-]{8,}")]
    private static partial Regex Token();
}
