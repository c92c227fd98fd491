using System.Diagnostics.CodeAnalysis;
using PhoneNumbers;

namespace NationalReferral;

/// <summary>A number that can be rung, as E.164: <c>+923001234567</c>. Read as in Pakistan unless it names a country.</summary>
public sealed record PhoneNumber
{
    private static readonly PhoneNumberUtil Plan = PhoneNumberUtil.GetInstance();

    private PhoneNumber(string e164) => E164 = e164;

    public string E164 { get; }

    public static bool TryParse(string? text, [NotNullWhen(true)] out PhoneNumber? number)
    {
        number = null;
        try
        {
            var parsed = Plan.Parse(Numerals.Western(text ?? string.Empty), "PK");
            if (Plan.IsValidNumber(parsed) && !parsed.HasExtension)
            {
                number = new(Plan.Format(parsed, PhoneNumberFormat.E164));
            }
        }
        catch (NumberParseException)
        {
            // The library has no other way to say that a text is no number.
        }
        return number is not null;
    }

    public override string ToString() => E164;
}
