using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace NationalReferral;

/// <summary>A name cut into the words that tell people apart: folded, without titles and words of kinship.</summary>
public static class NameWords
{
    private const int Most = 8;

    /// <summary>Written before or between names, in no fixed way: they say nothing about who it is.</summary>
    private static readonly FrozenSet<string> Particles = Set(
        "mst", "musammat", "mussamat", "mosammat", "dr", "doctor", "haji", "hajji", "maulana", "molana", "syed", "sayed", "sayyid", "saiyad",
        "mian", "miyan", "s/o", "d/o", "w/o", "so", "do", "wo", "son", "daughter", "wife", "of", "walad", "dukhtar", "zoja", "zauja",
        "bin", "ibn", "bint", "binte", "مسماۃ", "مسماة", "ڈاکٹر", "حاجی", "مولانا", "سید", "میاں", "ولد", "دختر", "زوجہ", "بن", "ابن", "بنت");

    /// <summary>So common that alone they would find everybody: they count only together with another word.</summary>
    private static readonly FrozenSet<string> Commonest = Set(
        "m", "md", "mohd", "muhd", "muhammad", "mohammad", "mohammed", "muhammed", "mohamed", "ali", "aly", "ahmad", "ahmed", "khan", "khaan", "bibi", "bebe",
        "shah", "begum", "begam", "hussain", "husain", "hussein", "abdul", "abdur", "allah", "ullah", "ghulam", "gulam", "gul", "jan", "noor", "nur",
        "malik", "محمد", "علی", "احمد", "خان", "بی", "شاہ", "بیگم", "حسین", "عبد", "اللہ", "غلام", "گل", "جان", "نور", "ملک");

    /// <summary>The words of <paramref name="name"/>, at most eight; titles stay where there is nothing else.</summary>
    public static IReadOnlyList<string> Of(string? name)
    {
        var all = Fold(name ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var telling = all.Where(word => !Particles.Contains(word)).ToArray();
        return [.. Together(telling.Length > 0 ? telling : all).Take(Most)];
    }

    /// <returns>True for a word on the stop list.</returns>
    public static bool IsCommon(string word) => Commonest.Contains(word) || Particles.Contains(word);

    /// <summary>One spelling of every letter: small, without marks, Arabic forms as Urdu ones, what is no letter as a space.</summary>
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var c in name.Normalize(NormalizationForm.FormKD).ToLowerInvariant())
        {
            var kind = char.GetUnicodeCategory(c);
            if (kind is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format or UnicodeCategory.ModifierLetter || c is '\'' or '\u2019' or '/')
            {
                continue;
            }
            folded.Append(c switch
            {
                'ي' or 'ى' => 'ی',
                'ك' => 'ک',
                'ه' or 'ۀ' => 'ہ',
                _ => char.IsLetter(c) ? c : ' ',
            });
        }
        return folded.ToString();
    }

    // عبدالرحمن, Abdul Rehman, Abdur Rahman and Abdurrehman are one name: "abd" and what follows.
    private static IEnumerable<string> Together(string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = words[i];
            if (i + 1 < words.Length && word is "abdul" or "abdur" or "abdus" or "abd" or "عبد")
            {
                var next = words[++i];
                yield return word == "عبد" ? "عبد" + Cut(next, "ال") : "abd" + next;
            }
            else
            {
                yield return word.StartsWith("عبدال", StringComparison.Ordinal) ? "عبد" + word[5..]
                    : word.Length > 5 && word.StartsWith("abd", StringComparison.Ordinal) && word[3] is 'u' or 'a' && word[4] is 'l' or 'r' or 's' ? "abd" + word[5..]
                    : word;
            }
        }
    }

    private static string Cut(string word, string prefix) => word.StartsWith(prefix, StringComparison.Ordinal) ? word[prefix.Length..] : word;

    private static FrozenSet<string> Set(params string[] words) => words.Select(word => Fold(word).Trim()).ToFrozenSet(StringComparer.Ordinal);
}
