using System.Globalization;
using System.Text;

namespace NationalReferral;

/// <summary>Numbers as people in Pakistan type them: 0-9, ۰-۹ (Urdu, Sindhi, Pashto) and ٠-٩ (Arabic keyboards).</summary>
public static class Numerals
{
    /// <summary>Every decimal digit of any script as 0-9; format characters (zero width, direction marks) are left out.</summary>
    public static string Western(string text)
    {
        var western = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            var digit = CharUnicodeInfo.GetDecimalDigitValue(c);
            if (digit >= 0)
            {
                western.Append((char)('0' + digit));
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.Format)
            {
                western.Append(c);
            }
        }
        return western.ToString();
    }
}
