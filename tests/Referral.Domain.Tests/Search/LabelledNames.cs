namespace NationalReferral.Tests;

/// <summary>What a search by spelling found in one half of the labelled set.</summary>
/// <param name="Precision">Of the names found, the share that is right.</param>
/// <param name="Recall">Of the names to find, the share found.</param>
/// <param name="Pairs">A spelling and a name that it is a spelling of.</param>
/// <param name="SharedKeys">Share of the pairs with a key in common: what no ranking can make up for.</param>
/// <param name="NotAsked">Spellings of which every word is on the stop list: nobody can search by them alone, and they do not count.</param>
internal sealed record NamesFound(double Precision, double Recall, int Pairs, double SharedKeys, int NotAsked)
{
    public override string ToString() => FormattableString.Invariant(
        $"{Pairs} pairs, precision {Precision:0.000}, recall {Recall:0.000}, share a key {SharedKeys:0.000}, not asked (stop list) {NotAsked}");
}

/// <summary>
/// The labelled set: each row of name-variants.csv that is no title is one name, with the spellings that people use for it.
/// Even rows are for training, odd ones are held out: rules are corrected by the mistakes in the first half alone.
/// </summary>
internal static class LabelledNames
{
    public const int Training = 0;
    public const int HeldOut = 1;

    /// <summary>Asks for every Latin spelling among the Urdu forms of its half. Right is every row that lists the spelling.</summary>
    public static NamesFound Measure(string root, int half)
    {
        var rows = File.ReadLines(Path.Combine(root, "api", "Referral.Api", "Reference", "name-variants.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(cells => cells[0] != "title")
            .Where((_, i) => i % 2 == half)
            .Select(cells => (Urdu: cells[2], Latin: cells[3].Split('|'), Keys: NameKeys.Of(cells[2])))
            .ToArray();
        int right = 0, wrong = 0, missed = 0, apart = 0, notAsked = 0;
        foreach (var spelling in rows.SelectMany(row => row.Latin))
        {
            var keys = NameKeys.Of(spelling);
            notAsked += keys.Count == 0 ? 1 : 0;
            foreach (var row in keys.Count == 0 ? [] : rows)
            {
                var shares = row.Keys.Intersect(keys).Any();
                var found = shares && NameLikeness.Between(spelling, row.Urdu) >= NameLikeness.Likely;
                var same = row.Latin.Contains(spelling, StringComparer.OrdinalIgnoreCase);
                right += same && found ? 1 : 0;
                wrong += !same && found ? 1 : 0;
                missed += same && !found ? 1 : 0;
                apart += same && !shares ? 1 : 0;
            }
        }
        double pairs = right + missed;
        return new(right / (double)(right + wrong), right / pairs, right + missed, 1 - (apart / pairs), notAsked);
    }
}
