using System.Globalization;

namespace NationalReferral;

/// <summary>
/// What free text may hold, before anything stores it. Lengths are in UTF-16 code units, as SQL Server's nvarchar
/// counts them, so that what is let in always fits.
/// </summary>
public static class TextRules
{
    public const int Name = 120;
    public const int Line = 200;
    public const int Note = 4_000;
    public const int Story = 20_000;

    /// <returns>Null when <paramref name="text"/> may be stored as it is.</returns>
    public static FieldError? Check(string pointer, string text, int max) =>
        string.IsNullOrWhiteSpace(text) ? new(pointer, "blank")
        : text.Length > max ? new(pointer, "too_long", [max.ToString(CultureInfo.InvariantCulture)])
        : HasUnpairedSurrogate(text) ? new(pointer, "not_unicode")
        : text.Any(IsForbidden) ? new(pointer, "control_character")
        : null;

    /// <summary>Half a character cannot be encoded: it would change on its way through UTF-8.</summary>
    public static bool HasUnpairedSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[++i]))
            {
                return true;
            }
        }
        return false;
    }

    // Line breaks and tabs are text. The bidirectional overrides can make a line read as what it does not say
    // (Unicode TR 36, 2.7); marks and isolates are needed to write Urdu beside Latin.
    private static bool IsForbidden(char c) =>
        (char.IsControl(c) && c is not ('\n' or '\r' or '\t')) || c is (>= '\u202A' and <= '\u202E') or '\uFFFE' or '\uFFFF';
}
