using System.Globalization;

namespace NationalReferral;

/// <summary>
/// Codes of ten characters that people say on the telephone and write on paper, the last of which finds mistakes.
/// </summary>
/// <remarks>
/// The characters are Crockford's base 32, without I, L, O and U (they are read as 1, 1, 0; U is refused).
/// The check character makes the sum of a^i * x_i zero in the field of 32 elements, over all ten characters, where a is a
/// root of x^5 + x^2 + 1. The ten weights are different and none is zero, so every wrong character and every two
/// characters that changed places, adjacent or not, are found; ISO 7064 MOD 37,36 misses some of the latter and would
/// need characters that are easily misread.
/// </remarks>
public static class CheckedCode
{
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    public const int Length = 10;
    private const int Polynomial = 0b100101;

    /// <summary>As people type it: any case, any dashes or spaces, Urdu digits, O for 0, I or L for 1.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="plain">Ten characters, to be filled.</param>
    /// <param name="letters">So many at the beginning are letters of a name, in which O, I and L are themselves.</param>
    /// <returns>False when it has not ten characters. Whether they are of the alphabet, and fit, is not asked.</returns>
    public static bool TryRead(string? text, Span<char> plain, int letters = 0)
    {
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
            plain[length] = Read(c, length >= letters);
            length++;
        }
        return length == Length;
    }

    // Horner's scheme: the first character gets the highest power, the check character the power zero.
    public static char CheckOf(ReadOnlySpan<char> code)
    {
        var sum = 0;
        foreach (var c in code)
        {
            sum = Double(sum) ^ Value(c);
        }
        return Alphabet[Double(sum)];
    }

    private static char Read(char c, bool isOfAlphabet) => (char.ToUpperInvariant(c), isOfAlphabet) switch
    {
        ('O', true) => '0',
        ('I' or 'L', true) => '1',
        var (upper, _) => upper,
    };

    // IS is the one province with a letter outside the alphabet; no other letter of a province has the value of 1.
    private static int Value(char c) => c == 'I' ? 1 : Alphabet.IndexOf(c, StringComparison.Ordinal);

    private static int Double(int x) => (x << 1) > 31 ? (x << 1) ^ Polynomial : x << 1;
}
