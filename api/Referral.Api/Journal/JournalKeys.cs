using System.Security.Cryptography;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The two secrets of the journal, both outside the database: whoever can write its rows can make neither a row's MAC
/// nor a seal's signature. Each has its own source and rotates by itself.
/// </summary>
internal sealed class JournalKeys(KeyRing macs, KeyRing signing)
{
    public string NewestMac => macs.Newest.Id;

    public string NewestSigning => signing.Newest.Id;

    /// <returns>HMAC-SHA256.</returns>
    public byte[] Mac(string keyId, ReadOnlySpan<byte> row) => HMACSHA256.HashData(macs.Find(keyId).Secret, row);

    /// <returns>ECDSA on P-256, 64 bytes (IEEE P1363).</returns>
    public byte[] Sign(string keyId, byte[] hash)
    {
        using var key = SigningKey(keyId);
        return key.SignHash(hash);
    }

    public bool IsSigned(string keyId, byte[] hash, byte[] signature)
    {
        using var key = SigningKey(keyId);
        return key.VerifyHash(hash, signature);
    }

    private ECDsa SigningKey(string keyId)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(signing.Find(keyId).Secret, out _);
        return key;
    }
}
