using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>
/// The one layout of everything sealed: a format byte, a random 96-bit nonce, the ciphertext, a 128-bit tag
/// (AES-256-GCM, NIST SP 800-38D). A new cipher gets a new format byte; old ones keep opening.
/// </summary>
internal static class Envelope
{
    public const int KeySize = 32;
    private const byte AesGcmFormat = 1;
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private const int Overhead = 1 + NonceSize + TagSize;

    /// <param name="place">Additional data: what must be the same again for the bytes to open.</param>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> place)
    {
        var bytes = new byte[plain.Length + Overhead];
        bytes[0] = AesGcmFormat;
        var nonce = bytes.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, bytes.AsSpan(1 + NonceSize, plain.Length), bytes.AsSpan(bytes.Length - TagSize), place);
        return bytes;
    }

    /// <exception cref="CryptographicException">Other key, other place, changed bytes, or a format of a newer version.</exception>
    public static byte[] Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> place)
    {
        if (bytes.Length < Overhead || bytes[0] != AesGcmFormat)
        {
            throw new CryptographicException("Sealed bytes are cut short, or of a format that this version does not know.");
        }
        var plain = new byte[bytes.Length - Overhead];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(bytes.Slice(1, NonceSize), bytes[(1 + NonceSize)..^TagSize], bytes[^TagSize..], plain, place);
        return plain;
    }
}
