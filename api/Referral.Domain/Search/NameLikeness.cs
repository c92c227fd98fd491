namespace NationalReferral;

/// <summary>How near two names are, whatever script each is in: 1 for the same sounds, 0 for nothing in common.</summary>
public static class NameLikeness
{
    private const double Vowel = 0.3;
    private const double Near = 0.35;

    /// <summary>At least this much is likely the same name. Chosen, not fitted: tests/benchmarks/README.md says what it finds.</summary>
    public const double Likely = 0.75;

    /// <summary>Names written as one, or word by word where one of them leaves words out.</summary>
    public static double Between(string? one, string? other)
    {
        var (left, right) = (NameWords.Of(one), NameWords.Of(other));
        if (left.Count == 0 || right.Count == 0)
        {
            return 0;
        }
        var whole = OfSounds(NameSounds.Of(string.Concat(left)), NameSounds.Of(string.Concat(right)));
        return Math.Max(whole, WordByWord(left, right));
    }

    // A word that the other name lacks weighs a little; a common word weighs half of a telling one.
    private static double WordByWord(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var (few, many) = left.Count <= right.Count ? (left, right) : (right, left);
        var free = many.Select(NameSounds.Of).ToList();
        double sum = 0, weights = 0;
        foreach (var word in few)
        {
            var sounds = NameSounds.Of(word);
            var best = free.Count == 0 ? string.Empty : free.MaxBy(candidate => OfSounds(sounds, candidate))!;
            free.Remove(best);
            var weight = NameWords.IsCommon(word) ? 0.5 : 1;
            sum += weight * OfSounds(sounds, best);
            weights += weight;
        }
        return sum / weights * (1 - (0.05 * Math.Min(3, many.Count - few.Count)));
    }

    private static double OfSounds(string one, string other)
    {
        var length = Math.Max(Weight(one), Weight(other));
        return length == 0 ? 0 : Math.Max(0, 1 - (Distance(one, other) / length));
    }

    private static double Weight(string sounds) => sounds.Sum(Cost);

    private static double Cost(char sound) => NameSounds.IsVowel(sound) ? Vowel : 1;

    private static double Distance(string one, string other)
    {
        var before = new double[other.Length + 1];
        for (var j = 0; j < other.Length; j++)
        {
            before[j + 1] = before[j] + Cost(other[j]);
        }
        foreach (var sound in one)
        {
            var now = new double[other.Length + 1];
            now[0] = before[0] + Cost(sound);
            for (var j = 0; j < other.Length; j++)
            {
                now[j + 1] = Math.Min(
                    before[j] + Swap(sound, other[j]), Math.Min(before[j + 1] + Cost(sound), now[j] + Cost(other[j])));
            }
            before = now;
        }
        return before[^1];
    }

    private static double Swap(char one, char other) =>
        one == other ? 0
        : NameSounds.IsVowel(one) && NameSounds.IsVowel(other) ? Vowel / 2
        : (one, other) is ('k', 'K') or ('K', 'k') or ('g', 'G') or ('G', 'g') or ('s', 'X') or ('X', 's') or ('w', 'u') or ('u', 'w') or ('y', 'i') or ('i', 'y') ? Near
        : Math.Max(Cost(one), Cost(other));
}
