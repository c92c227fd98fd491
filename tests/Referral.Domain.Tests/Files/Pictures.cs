using System.Buffers.Binary;
using System.Text;

namespace NationalReferral.Tests;

/// <summary>Pictures put together from their parts, as cameras and programs do; nothing is seen on them but a dot.</summary>
internal static class Pictures
{
    /// <summary>One grey dot.</summary>
    public static byte[] Plain() => Png();

    /// <summary>A PNG of one dot, with more parts before its pixels.</summary>
    public static byte[] Png(params (string Name, byte[] Body)[] parts) =>
    [
        0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A,
        .. Part("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        .. parts.SelectMany(part => Part(part.Name, part.Body)),
        .. Part("IDAT", Convert.FromBase64String("eJxjaAAAAIIAgQ==")),
        .. Part("IEND", []),
    ];

    /// <summary>A JPEG's frame around a scan that says nothing, with more parts at its beginning.</summary>
    public static byte[] Jpeg(params (byte Marker, byte[] Body)[] parts) =>
    [
        0xFF, 0xD8,
        .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]),
        .. parts.SelectMany(part => Segment(part.Marker, part.Body)),
        .. Segment(0xDB, [0, .. new byte[64]]),
        .. Segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]),
        .. Segment(0xC4, [0, 1, .. new byte[15], 0]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]),
        0x12, 0xFF, 0x00, 0x34, 0xFF, 0xD0, 0x56,
        0xFF, 0xD9,
    ];

    public static byte[] WebP(params (string Name, byte[] Body)[] parts)
    {
        byte[] inside = [.. "WEBP"u8, .. Chunk("VP8L", [0x2F, 0, 0, 0, 0, 0, 0, 0]), .. parts.SelectMany(part => Chunk(part.Name, part.Body))];
        return [.. "RIFF"u8, .. Little(inside.Length), .. inside];
    }

    public static byte[] Pdf(int size = 100) => [.. "%PDF-1.7\n"u8, .. Enumerable.Repeat((byte)' ', size), .. "\n%%EOF\n"u8];

    /// <summary>What a telephone writes: Exif with a pointer to where it was.</summary>
    public static byte[] Exif() => [.. "Exif\0\0MM\0*\0\0\0\u0008\0\u0001"u8, 0x88, 0x25, 0, 4, 0, 0, 0, 1, 0, 0, 0, 26, 0, 0, 0, 0];

    private static byte[] Part(string name, byte[] body) => [.. Big(body.Length), .. Encoding.ASCII.GetBytes(name), .. body, 0, 0, 0, 0];

    private static byte[] Segment(byte marker, byte[] body) => [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    private static byte[] Chunk(string name, byte[] body) => [.. Encoding.ASCII.GetBytes(name), .. Little(body.Length), .. body, .. new byte[body.Length % 2]];

    private static byte[] Big(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Little(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, number);
        return bytes;
    }
}
