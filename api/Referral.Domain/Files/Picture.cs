using System.Buffers.Binary;

namespace NationalReferral;

/// <summary>
/// Pictures are walked part by part (ISO/IEC 10918-1 for JPEG, ISO/IEC 15948 for PNG, the RIFF container of WebP). What a
/// picture needs to be seen is known by name; anything else that it carries (Exif, XMP, IPTC, comments, a film behind its
/// end) can tell where and when it was taken and by which phone, and is not sent on.
/// </summary>
public static class Picture
{
    private const int PngHead = 8;
    private const int RiffHead = 12;

    /// <summary>Pixels, palettes, transparency and colour.</summary>
    private static readonly HashSet<string> PngParts =
        ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "bKGD", "pHYs", "hIST", "cICP", "mDCV", "cLLI"];

    private static readonly HashSet<string> WebPParts = ["VP8 ", "VP8L", "VP8X", "ALPH", "ICCP"];

    private enum Finding
    {
        Broken,
        Plain,
        Talks,
    }

    /// <returns>Null for what is no picture, or one that is cut short.</returns>
    public static FileKind? KindOf(ReadOnlySpan<byte> file) => Walk(file) is (var kind, not Finding.Broken) ? kind : null;

    /// <summary>It says more than what is seen on it: perhaps where it was taken.</summary>
    public static bool Talks(ReadOnlySpan<byte> file) => Walk(file) is (_, Finding.Talks);

    private static (FileKind? Kind, Finding Finding) Walk(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? (FileKind.Jpeg, WalkJpeg(file))
        : file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]) ? (FileKind.Png, WalkPng(file))
        : file.Length >= RiffHead && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? (FileKind.WebP, WalkWebP(file))
        : (null, Finding.Broken);

    private static Finding WalkJpeg(ReadOnlySpan<byte> file)
    {
        var finding = Finding.Plain;
        var isDrawn = false;
        for (var at = 2; at + 1 < file.Length;)
        {
            if (file[at] != 0xFF)
            {
                return Finding.Broken;
            }
            var marker = file[at + 1];
            at += marker == 0xFF ? 1 : 2;
            if (marker is 0xFF)
            {
                continue;
            }
            if (marker is 0xD9)
            {
                return !isDrawn ? Finding.Broken : at == file.Length ? finding : Finding.Talks;
            }
            if (at + 2 > file.Length || BinaryPrimitives.ReadUInt16BigEndian(file[at..]) is var length && (length < 2 || at + length > file.Length))
            {
                return Finding.Broken;
            }
            if (!IsNeeded(marker, file[(at + 2)..(at + length)]))
            {
                finding = Finding.Talks;
            }
            at += length;
            if (marker is 0xDA)
            {
                isDrawn = true;
                at = AfterScan(file, at);
            }
        }
        return Finding.Broken;
    }

    /// <summary>Tables, frames, scans, and of the application's parts those for colour alone.</summary>
    private static bool IsNeeded(byte marker, ReadOnlySpan<byte> part) => marker switch
    {
        0xE0 => part.StartsWith("JFIF\0"u8),
        0xE2 => part.StartsWith("ICC_PROFILE\0"u8),
        0xEE => part.StartsWith("Adobe"u8),
        >= 0xE0 and <= 0xEF or 0xFE => false,
        _ => true,
    };

    /// <summary>To the next marker: within a scan 0xFF is followed by 0 or by a restart marker.</summary>
    private static int AfterScan(ReadOnlySpan<byte> file, int at)
    {
        while (at + 1 < file.Length && !(file[at] == 0xFF && file[at + 1] is not (0 or (>= 0xD0 and <= 0xD7))))
        {
            at++;
        }
        return at;
    }

    private static Finding WalkPng(ReadOnlySpan<byte> file)
    {
        var finding = Finding.Plain;
        var isFirst = true;
        for (var at = PngHead; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                return Finding.Broken;
            }
            var name = NameAt(file, at + 4);
            if (isFirst != name is "IHDR")
            {
                return Finding.Broken;
            }
            isFirst = false;
            if (!PngParts.Contains(name))
            {
                finding = Finding.Talks;
            }
            at += (int)length + 12;
            if (name is "IEND")
            {
                return at == file.Length ? finding : Finding.Talks;
            }
        }
        return Finding.Broken;
    }

    private static Finding WalkWebP(ReadOnlySpan<byte> file)
    {
        var end = BinaryPrimitives.ReadUInt32LittleEndian(file[4..]) + 8L;
        if (end > file.Length || end <= RiffHead)
        {
            return Finding.Broken;
        }
        var finding = end == file.Length ? Finding.Plain : Finding.Talks;
        long at = RiffHead;
        while (at + 8 <= end)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(file[((int)at + 4)..]);
            if (length > end - at - 8)
            {
                return Finding.Broken;
            }
            if (!WebPParts.Contains(NameAt(file, (int)at)))
            {
                finding = Finding.Talks;
            }
            at += 8 + length + (length % 2);
        }
        return at >= end ? finding : Finding.Broken;
    }

    private static string NameAt(ReadOnlySpan<byte> file, int at) => System.Text.Encoding.Latin1.GetString(file.Slice(at, 4));
}
