using System.Collections.Frozen;
using System.Text;

namespace NationalReferral;

/// <summary>
/// The one spelling of an enumeration: <c>InfoRequested</c> is <c>info_requested</c> in JSON, in the database, in
/// files and in <c>taxonomies.json</c>.
/// </summary>
public static class Codes
{
    public static string Code<T>(this T value) where T : struct, Enum => Of<T>.Codes[value];

    /// <returns>False when no member of <typeparamref name="T"/> has this code; case matters.</returns>
    public static bool TryParse<T>(string? code, out T value) where T : struct, Enum =>
        Of<T>.Values.TryGetValue(code ?? string.Empty, out value);

    /// <summary>For codes that the product itself wrote (database, reference data).</summary>
    /// <exception cref="FormatException">The code is unknown: the data is from a newer version or damaged.</exception>
    public static T Parse<T>(string code) where T : struct, Enum =>
        TryParse<T>(code, out var value) ? value : throw new FormatException($"'{code}' is no code of {typeof(T).Name}.");

    public static IReadOnlyList<string> All<T>() where T : struct, Enum => Of<T>.InOrder;

    private static string Snake(string name)
    {
        var code = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && code.Length > 0)
            {
                code.Append('_');
            }
            code.Append(char.ToLowerInvariant(letter));
        }
        return code.ToString();
    }

    private static class Of<T> where T : struct, Enum
    {
        public static readonly IReadOnlyList<string> InOrder = [.. Enum.GetNames<T>().Select(Snake)];
        public static readonly FrozenDictionary<T, string> Codes = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => Snake(v.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Codes.ToFrozenDictionary(p => p.Value, p => p.Key);
    }
}
