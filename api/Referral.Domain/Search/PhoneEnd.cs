using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NationalReferral;

/// <summary>
/// The last seven digits of a telephone number: what stays the same in every writing of it (0300-1234567, +92 300 1234567,
/// ۱۲۳۴۵۶۷), and what somebody who half remembers a number still knows.
/// </summary>
public static class PhoneEnd
{
    public const int Length = 7;

    /// <summary>ITU-T E.164: no number is longer.</summary>
    private const int Longest = 15;

    /// <summary>Of a number that was checked: see <see cref="PhoneNumber"/>.</summary>
    public static string Of(string e164) => e164[^Math.Min(Length, e164.Length)..];

    /// <returns>False for what has letters, or fewer than seven digits.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out string? end)
    {
        var digits = string.Concat(Numerals.Western(text ?? string.Empty).Where(c => !Separates(c)));
        end = digits.Length is >= Length and <= Longest && digits.All(char.IsAsciiDigit) ? digits[^Length..] : null;
        return end is not null;
    }

    private static bool Separates(char c) =>
        char.IsWhiteSpace(c) || c is '+' or '(' or ')' or '.' or '/' || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation;
}
