using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NationalReferral;

/// <summary>
/// What people say on the telephone instead of a name: <c>PB-26-7F3K2Q</c> is province, year of registration, five
/// random characters and a check character. It says nothing about the person.
/// </summary>
/// <remarks>
/// The characters after the year and the last one are those of <see cref="CheckedCode"/>.
/// </remarks>
public sealed record CaseCode
{
    public const int RandomBits = 25;

    private const int Length = CheckedCode.Length;

    private static readonly SearchValues<char> ProvinceLetters = SearchValues.Create("ABCDEFGHIJKMNPQRSTVWXYZ");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Characters = SearchValues.Create(CheckedCode.Alphabet);

    private CaseCode(string text) => Text = text;

    public string Text { get; }

    /// <param name="provinceCode">ISO 3166-2, <c>PK-PB</c>, or a district code that begins with it.</param>
    /// <param name="random">The low <see cref="RandomBits"/> bits are used.</param>
    public static CaseCode Make(string provinceCode, int year, uint random)
    {
        Span<char> code = stackalloc char[Length];
        provinceCode.AsSpan(3, 2).CopyTo(code);
        (year % 100).TryFormat(code[2..4], out _, "00", CultureInfo.InvariantCulture);
        for (var i = 4; i < Length - 1; i++, random >>= 5)
        {
            code[i] = CheckedCode.Alphabet[(int)(random & 31)];
        }
        code[Length - 1] = CheckedCode.CheckOf(code[..(Length - 1)]);
        return new($"{code[..2]}-{code[2..4]}-{code[4..]}");
    }

    /// <summary>As people type it: any case, any dashes or spaces, Urdu digits, O for 0, I or L for 1.</summary>
    /// <returns>False when it is no code at all, or the check character does not fit.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CaseCode? code)
    {
        code = null;
        Span<char> plain = stackalloc char[Length];
        if (!CheckedCode.TryRead(text, plain, letters: 2)
            || plain[..2].ContainsAnyExcept(ProvinceLetters)
            || plain[2..4].ContainsAnyExcept(Digits)
            || plain[4..].ContainsAnyExcept(Characters)
            || CheckedCode.CheckOf(plain[..^1]) != plain[^1])
        {
            return false;
        }
        code = new($"{plain[..2]}-{plain[2..4]}-{plain[4..]}");
        return true;
    }

    public override string ToString() => Text;
}
