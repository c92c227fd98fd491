using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace NationalReferral;

public enum NameScript
{
    /// <summary>Urdu and its neighbours in Arabic letters.</summary>
    Ur,
    Latin,
}

/// <summary>
/// A person's name in one script: composed (NFC), without control and invisible characters, single spaces. A name in the
/// wrong field is refused, because a search in one script would never find it.
/// </summary>
public sealed record PersonName
{
    private const char ZeroWidthNonJoiner = '\u200C';

    private PersonName(string text, NameScript script) => (Text, Script) = (text, script);

    public string Text { get; }

    public NameScript Script { get; }

    /// <returns>False with the code of what is wrong: <c>blank</c>, <c>too_long</c>, <c>not_unicode</c>, <c>wrong_script</c>.</returns>
    public static bool TryParse(string? text, NameScript script, [NotNullWhen(true)] out PersonName? name, [NotNullWhen(false)] out string? wrong)
    {
        name = null;
        wrong = null;
        if (TextRules.HasUnpairedSurrogate(text ?? string.Empty))
        {
            wrong = "not_unicode";
            return false;
        }
        var clean = Clean((text ?? string.Empty).Normalize(NormalizationForm.FormC));
        wrong =
            clean.Length == 0 ? "blank"
            : clean.Length > TextRules.Name ? "too_long"
            : clean.EnumerateRunes().All(rune => IsWritten(rune, script)) && clean.EnumerateRunes().Any(Rune.IsLetter) ? null
            : "wrong_script";
        name = wrong is null ? new(clean, script) : null;
        return name is not null;
    }

    public override string ToString() => Text;

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (c == ZeroWidthNonJoiner ? JoinsHere(clean, text, i) : !IsInvisible(c))
            {
                clean.Append(c);
            }
        }
        return clean.ToString().TrimEnd(' ');
    }

    // It is spelling between two Arabic letters (نور‌الدین), and a way to hide a difference anywhere else.
    private static bool JoinsHere(StringBuilder before, string text, int i) =>
        before.Length > 0 && i + 1 < text.Length && IsArabic(before[^1]) && IsArabic(text[i + 1]);

    private static bool IsInvisible(char c) => char.GetUnicodeCategory(c) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsWritten(Rune rune, NameScript script) => rune.Value switch
    {
        ' ' or '-' or '.' or '\'' or '\u2019' => true,
        '\u06D4' or '\u060C' or ZeroWidthNonJoiner => script == NameScript.Ur,
        _ when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark => script == NameScript.Latin || IsArabic(rune.Value),
        _ => Rune.IsLetter(rune) && (script == NameScript.Ur ? IsArabic(rune.Value) : IsLatin(rune.Value)),
    };

    private static bool IsArabic(int c) => c is (>= 0x0600 and <= 0x06FF) or (>= 0x0750 and <= 0x077F) or (>= 0x0870 and <= 0x08FF)
        or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC);

    private static bool IsLatin(int c) => c is (>= 0x0041 and <= 0x024F) or (>= 0x1E00 and <= 0x1EFF) or 0x02BB or 0x02BC or 0x02BF or 0x02BE;
}
