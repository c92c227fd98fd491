using System.Collections.Frozen;
using System.Text.Json;

namespace NationalReferral.Platform;

/// <summary>What a problem says to a person, in English or Urdu; one file holds both (sentences.json beside this one).</summary>
public static class Sentences
{
    private static readonly FrozenDictionary<string, (string En, string Ur)> All = Load();

    public static IEnumerable<string> Codes => All.Keys;

    /// <param name="code">A code of the registry of problems, or of one field error.</param>
    /// <param name="urdu">True for Urdu, else English.</param>
    /// <param name="facts">Fill the places written <c>{name}</c>.</param>
    public static string Of(string code, bool urdu, IEnumerable<(string Name, string Value)> facts)
    {
        if (!All.TryGetValue(code, out var pair))
        {
            return code;
        }
        var sentence = urdu ? pair.Ur : pair.En;
        foreach (var (name, value) in facts)
        {
            sentence = sentence.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }
        return sentence;
    }

    /// <summary>The first of English and Urdu that the header names; English when it names neither.</summary>
    public static bool PrefersUrdu(HttpRequest request)
    {
        foreach (var language in request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1))
        {
            if (language.Value.StartsWith("ur", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }
        return false;
    }

    private static FrozenDictionary<string, (string, string)> Load()
    {
        using var stream = typeof(Sentences).Assembly.GetManifestResourceStream("sentences.json")
            ?? throw new InvalidOperationException("sentences.json is not embedded.");
        using var document = JsonDocument.Parse(stream);
        return document.RootElement.EnumerateObject().ToFrozenDictionary(
            entry => entry.Name,
            entry => (entry.Value.GetProperty("en").GetString()!, entry.Value.GetProperty("ur").GetString()!),
            StringComparer.Ordinal);
    }
}
