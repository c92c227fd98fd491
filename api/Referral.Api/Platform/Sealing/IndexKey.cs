using System.Security.Cryptography;
using System.Text;

namespace NationalReferral.Platform;

/// <summary>
/// Keyed fingerprints (HMAC-SHA256) of what must be found or compared again without being kept: search tokens, tokens
/// of blocks, bodies under an idempotency key. Different purposes never share a fingerprint.
/// </summary>
public sealed class IndexKey(KeyRing ring)
{
    public const int MacSize = 32;

    /// <summary>The generation that <see cref="Mac(string, ReadOnlySpan{byte})"/> works with; at most 40 characters.</summary>
    public string Version => ring.Newest.Id;

    /// <summary>Every generation still at hand, the newest first: a search asks for the tokens of each.</summary>
    public IReadOnlyList<string> Versions => [.. ring.Keys.Select(key => key.Id)];

    /// <returns>32 bytes, under the newest generation.</returns>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> value) => Mac(ring.Newest, purpose, value);

    /// <returns>32 bytes over the text's UTF-8, under the newest generation.</returns>
    public byte[] Mac(string purpose, string value) => Mac(purpose, Encoding.UTF8.GetBytes(value));

    /// <returns>32 bytes under the generation named.</returns>
    public byte[] Mac(string purpose, ReadOnlySpan<byte> value, string version) => Mac(ring.Find(version), purpose, value);

    /// <returns>True when any generation at hand gives this fingerprint. Takes the same time wherever they differ.</returns>
    public bool Matches(string purpose, ReadOnlySpan<byte> value, ReadOnlySpan<byte> mac)
    {
        foreach (var key in ring.Keys)
        {
            if (CryptographicOperations.FixedTimeEquals(Mac(key, purpose, value), mac))
            {
                return true;
            }
        }
        return false;
    }

    private static byte[] Mac(SecretKey key, string purpose, ReadOnlySpan<byte> value)
    {
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key.Secret);
        mac.AppendData(new CanonicalBytes().Add(purpose).Written);
        mac.AppendData(value);
        return mac.GetHashAndReset();
    }
}
