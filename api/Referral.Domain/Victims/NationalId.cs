using System.Diagnostics.CodeAnalysis;

namespace NationalReferral;

/// <summary>
/// A CNIC or B-form number: thirteen digits, printed 35202-1234567-1. Only its form is checked: NADRA publishes no check
/// digit, and this system asks nobody whether a number exists.
/// </summary>
public sealed record NationalId
{
    private NationalId(string digits) => Digits = digits;

    /// <summary>What is compared and indexed.</summary>
    public string Digits { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out NationalId? id)
    {
        var digits = string.Concat(Numerals.Western(text ?? string.Empty).Where(c => !Separates(c)));
        id = digits.Length == 13 && digits.All(char.IsAsciiDigit) && digits.Distinct().Skip(1).Any() ? new(digits) : null;
        return id is not null;
    }

    public override string ToString() => $"{Digits[..5]}-{Digits[5..12]}-{Digits[12..]}";

    private static bool Separates(char c) => char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.DashPunctuation;
}
