using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>
/// UUIDv7 (RFC 9562) whose low 16 bits of time are random: rows made within the same minute (a family, the referrals
/// of one rescue) cannot be recognised as siblings by their ids, and inserts still stay near the end of an index.
/// </summary>
public static class Ids
{
    public static Guid New(DateTimeOffset now)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        var milliseconds = now.ToUnixTimeMilliseconds();
        bytes[0] = (byte)(milliseconds >> 40);
        bytes[1] = (byte)(milliseconds >> 32);
        bytes[2] = (byte)(milliseconds >> 24);
        bytes[3] = (byte)(milliseconds >> 16);
        bytes[6] = (byte)(0x70 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }
}
