using System.Diagnostics.CodeAnalysis;

namespace NationalReferral.Platform;

/// <summary>
/// An id in a URL. What does not parse becomes an id that nothing has, so that it gets the same answer as any other
/// id that the caller cannot see (design: access, 6).
/// </summary>
public readonly record struct Id(Guid Value) : IParsable<Id>
{
    public static implicit operator Guid(Id id) => id.Value;

    public Guid ToGuid() => Value;

    public static Id Parse(string s, IFormatProvider? provider) => new(Guid.TryParseExact(s, "D", out var value) ? value : Guid.Empty);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Id result)
    {
        result = Parse(s ?? string.Empty, provider);
        return true;
    }
}
