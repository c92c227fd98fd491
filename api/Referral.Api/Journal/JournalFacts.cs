using System.Buffers;
using System.Text;
using System.Text.Json;

namespace NationalReferral;

/// <summary>The column <c>facts</c>: one flat JSON object of codes and ids, in the open.</summary>
internal static class JournalFacts
{
    private const int ValueLimit = 80;
    private const int Limit = 1000;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.:,/+");

    /// <exception cref="ArgumentException">A value is no code, id, number or instant: it might be somebody's name.</exception>
    public static string? Write(IReadOnlyList<(string Name, string Value)> facts)
    {
        if (facts.Count == 0)
        {
            return null;
        }
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            foreach (var (name, value) in facts)
            {
                if (value.Length > ValueLimit || value.AsSpan().ContainsAnyExcept(Allowed))
                {
                    throw new ArgumentException($"The fact '{name}' is no code, id, number or instant.", nameof(facts));
                }
                json.WriteString(name, value);
            }
            json.WriteEndObject();
        }
        return buffer.WrittenCount <= Limit
            ? Encoding.UTF8.GetString(buffer.WrittenSpan)
            : throw new ArgumentException("There are more facts than a journal row holds.", nameof(facts));
    }

    public static IReadOnlyDictionary<string, string> Read(string? facts)
    {
        if (facts is null)
        {
            return new Dictionary<string, string>();
        }
        using var json = JsonDocument.Parse(facts);
        return json.RootElement.EnumerateObject().ToDictionary(fact => fact.Name, fact => fact.Value.GetString() ?? string.Empty);
    }
}
