using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace NationalReferral.Platform;

/// <summary>What may be sealed as JSON: it knows the number of its shape, and how to read its older ones.</summary>
public interface ISealed
{
    /// <summary>1 for the first shape. Raised with every change that an older reader would not understand.</summary>
    public static abstract int Schema { get; }

    /// <summary>Brings a body of an older shape to the present one, in place. Called on read; nothing is rewritten.</summary>
    public static virtual void Upgrade(int from, JsonObject body) =>
        throw new JsonException($"Nothing here reads sealed JSON of schema {from}.");
}

/// <summary>The text inside a seal: two bytes of schema number (big endian), then the JSON.</summary>
internal static class SealedJson
{
    private const int Prefix = 2;

    public static byte[] Write<T>(T value, JsonTypeInfo<T> type) where T : ISealed
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, type);
        var text = new byte[Prefix + json.Length];
        BinaryPrimitives.WriteUInt16BigEndian(text, checked((ushort)T.Schema));
        json.CopyTo(text, Prefix);
        CryptographicOperations.ZeroMemory(json);
        return text;
    }

    /// <summary>Whether sealing one instead of the other would change nothing.</summary>
    public static bool AreSame<T>(T one, T other, JsonTypeInfo<T> type) where T : ISealed => Write(one, type).AsSpan().SequenceEqual(Write(other, type));

    /// <exception cref="JsonException">The text is of a newer schema than this version knows, or no JSON of it.</exception>
    public static T Read<T>(ReadOnlySpan<byte> text, JsonTypeInfo<T> type) where T : ISealed
    {
        var schema = BinaryPrimitives.ReadUInt16BigEndian(text);
        var json = text[Prefix..];
        if (schema > T.Schema)
        {
            throw new JsonException($"Sealed JSON is of schema {schema}; this version knows {T.Schema}.");
        }
        if (schema == T.Schema)
        {
            return Present(JsonSerializer.Deserialize(json, type));
        }
        var body = Present(JsonNode.Parse(json)).AsObject();
        T.Upgrade(schema, body);
        return Present(body.Deserialize(type));
    }

    private static TValue Present<TValue>(TValue? value) => value ?? throw new JsonException("Sealed JSON is null.");
}
