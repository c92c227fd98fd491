using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NationalReferral;

/// <summary>
/// What people say on the telephone instead of a name: <c>PB-26-7F3K2Q</c> is province, year of registration, five
/// random characters and a check character. It says nothing about the person.
/// </summary>
/// <remarks>
/// The characters after the year are Crockford's base 32, without I, L, O and U (they are read as 1, 1, 0; U is refused).
/// The check character makes the sum of a^i * x_i zero in the field of 32 elements, over all ten characters, where a is a
/// root of x^5 + x^2 + 1. The ten weights are different and none is zero, so every wrong character and every two
/// characters that changed places, adjacent or not, are found; ISO 7064 MOD 37,36 misses some of the latter and would
/// need characters that are easily misread.
/// </remarks>
public sealed record CaseCode
{
    public const int RandomBits = 25;

    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int Polynomial = 0b100101;
    private const int Length = 10;

    private static readonly SearchValues<char> ProvinceLetters = SearchValues.Create("ABCDEFGHIJKMNPQRSTVWXYZ");
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

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
            code[i] = Alphabet[(int)(random & 31)];
        }
        code[Length - 1] = Check(code[..(Length - 1)]);
        return new($"{code[..2]}-{code[2..4]}-{code[4..]}");
    }

    /// <summary>As people type it: any case, any dashes or spaces, Urdu digits, O for 0, I or L for 1.</summary>
    /// <returns>False when it is no code at all, or the check character does not fit.</returns>
    public static bool TryParse(string? text, [NotNullWhen(true)] out CaseCode? code)
    {
        code = null;
        Span<char> plain = stackalloc char[Length];
        var length = 0;
        foreach (var c in Numerals.Western(text ?? string.Empty))
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.DashPunctuation || c == '_')
            {
                continue;
            }
            if (length == Length)
            {
                return false;
            }
            plain[length] = Read(c, length);
            length++;
        }
        if (length < Length
            || plain[..2].ContainsAnyExcept(ProvinceLetters)
            || plain[2..4].ContainsAnyExcept(Digits)
            || plain[4..].ContainsAnyExcept(Characters)
            || Check(plain[..^1]) != plain[^1])
        {
            return false;
        }
        code = new($"{plain[..2]}-{plain[2..4]}-{plain[4..]}");
        return true;
    }

    public override string ToString() => Text;

    private static char Read(char c, int position) => (char.ToUpperInvariant(c), position) switch
    {
        ('O', > 1) => '0',
        ('I' or 'L', > 1) => '1',
        var (upper, _) => upper,
    };

    // Horner's scheme: the first character gets the highest power, the check character the power zero.
    private static char Check(ReadOnlySpan<char> code)
    {
        var sum = 0;
        foreach (var c in code)
        {
            sum = Double(sum) ^ Value(c);
        }
        return Alphabet[Double(sum)];
    }

    // IS is the one province with a letter outside the alphabet; no other letter of a province has the value of 1.
    private static int Value(char c) => c == 'I' ? 1 : Alphabet.IndexOf(c, StringComparison.Ordinal);

    private static int Double(int x) => (x << 1) > 31 ? (x << 1) ^ Polynomial : x << 1;
}
