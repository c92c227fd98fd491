using System.Text;

namespace NationalReferral;

/// <summary>Under which keys a name is found. Keys collide on purpose: likeness decides among those that share one.</summary>
public static class NameKeys
{
    /// <summary>
    /// The key of every word that is not on the stop list, and of every two neighbours written as one (گل ناز, Gulnaz). Each once;
    /// empty when the name says too little to search by.
    /// </summary>
    public static IReadOnlyList<string> Of(string? name)
    {
        var words = NameWords.Of(name);
        var single = words.Where(word => !NameWords.IsCommon(word));
        var pairs = words.Zip(words.Skip(1), (one, next) => one + next);
        return [.. single.Concat(pairs).Select(KeyOf).Where(key => key.Length > 0).Distinct()];
    }

    /// <summary>
    /// A whole name as one key, for whom it must mean and nobody else: the keys of its words, whatever their order, without those
    /// that half the country has; where it has no others, with them.
    /// </summary>
    /// <returns>Empty when there is no name.</returns>
    public static string Whole(string? name)
    {
        var words = NameWords.Of(name).ToArray();
        var own = words.Where(word => !NameWords.IsCommon(word)).ToArray();
        return string.Join('.', (own.Length > 0 ? own : words).Select(KeyOf).Where(key => key.Length > 0).Distinct().Order(StringComparer.Ordinal));
    }

    /// <summary>The consonants of a word, kh as k, gh as g, sh as s, doubled ones once; in front, whether it begins with a vowel.</summary>
    private static string KeyOf(string word)
    {
        var key = new StringBuilder();
        foreach (var sound in NameSounds.Of(word))
        {
            if (NameSounds.IsVowel(sound))
            {
                if (key.Length == 0)
                {
                    key.Append('a');
                }
                continue;
            }
            var coarse = sound switch { 'K' => 'k', 'G' => 'g', 'X' => 's', _ => sound };
            if (key.Length == 0 || key[^1] != coarse)
            {
                key.Append(coarse);
            }
        }
        return key.ToString();
    }
}
