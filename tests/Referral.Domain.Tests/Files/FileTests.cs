namespace NationalReferral.Tests;

/// <summary>What is taken for a file, and what a picture may carry.</summary>
public sealed class FileTests
{
    private static IEnumerable<TestCaseData> Plain =>
    [
        new TestCaseData(Pictures.Png(), "image/png").SetArgDisplayNames("png"),
        new TestCaseData(Pictures.Png(("gAMA", [0, 0, 0, 1]), ("pHYs", new byte[9])), "image/png").SetArgDisplayNames("png with colour"),
        new TestCaseData(Pictures.Jpeg(), "image/jpeg").SetArgDisplayNames("jpeg"),
        new TestCaseData(Pictures.Jpeg((0xE2, [.. "ICC_PROFILE\0"u8, 1, 1]), (0xEE, [.. "Adobe"u8, 0, 100])), "image/jpeg").SetArgDisplayNames("jpeg with colour"),
        new TestCaseData(Pictures.WebP(), "image/webp").SetArgDisplayNames("webp"),
        new TestCaseData(Pictures.WebP(("ALPH", [1, 2, 3])), "image/webp").SetArgDisplayNames("webp with transparency"),
        new TestCaseData(Pictures.Pdf(), "application/pdf").SetArgDisplayNames("pdf"),
    ];

    private static IEnumerable<TestCaseData> Talking =>
    [
        new TestCaseData(Pictures.Jpeg((0xE1, Pictures.Exif()))).SetArgDisplayNames("jpeg, Exif"),
        new TestCaseData(Pictures.Jpeg((0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>"u8]))).SetArgDisplayNames("jpeg, XMP"),
        new TestCaseData(Pictures.Jpeg((0xED, [.. "Photoshop 3.0\0"u8]))).SetArgDisplayNames("jpeg, IPTC"),
        new TestCaseData(Pictures.Jpeg((0xE2, [.. "MPF\0"u8]))).SetArgDisplayNames("jpeg, more pictures"),
        new TestCaseData(Pictures.Jpeg((0xFE, [.. "31.4N 73.1E"u8]))).SetArgDisplayNames("jpeg, comment"),
        new TestCaseData((byte[])[.. Pictures.Jpeg(), .. "ftypmp42"u8]).SetArgDisplayNames("jpeg, a film behind it"),
        new TestCaseData(Pictures.Png(("eXIf", Pictures.Exif()))).SetArgDisplayNames("png, Exif"),
        new TestCaseData(Pictures.Png(("tEXt", [.. "Comment\0Kasur"u8]))).SetArgDisplayNames("png, text"),
        new TestCaseData(Pictures.Png(("zTXt", [.. "Raw profile type exif\0\0"u8]))).SetArgDisplayNames("png, packed text"),
        new TestCaseData(Pictures.Png(("tIME", new byte[7]))).SetArgDisplayNames("png, when"),
        new TestCaseData((byte[])[.. Pictures.Png(), 1]).SetArgDisplayNames("png, something behind it"),
        new TestCaseData(Pictures.WebP(("EXIF", Pictures.Exif()))).SetArgDisplayNames("webp, Exif"),
        new TestCaseData(Pictures.WebP(("XMP ", [.. "<x:xmpmeta/>"u8]))).SetArgDisplayNames("webp, XMP"),
        new TestCaseData((byte[])[.. Pictures.WebP(), 1]).SetArgDisplayNames("webp, something behind it"),
    ];

    private static IEnumerable<TestCaseData> Strange =>
    [
        new TestCaseData((byte[])[]).SetArgDisplayNames("nothing"),
        new TestCaseData((byte[])[0xFF]).SetArgDisplayNames("one byte"),
        new TestCaseData((byte[])[0xFF, 0xD8, 0xFF, 0xD9]).SetArgDisplayNames("a JPEG without a picture"),
        new TestCaseData((byte[])[0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 1]).SetArgDisplayNames("a part longer than the file"),
        new TestCaseData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()).SetArgDisplayNames("svg"),
        new TestCaseData("<html><script>"u8.ToArray()).SetArgDisplayNames("html"),
        new TestCaseData("MZ\u0090\0"u8.ToArray()).SetArgDisplayNames("a program"),
        new TestCaseData("%PDF-1.7 cut short"u8.ToArray()).SetArgDisplayNames("a PDF without its end"),
        new TestCaseData("GIF89a"u8.ToArray()).SetArgDisplayNames("gif"),
        new TestCaseData((byte[])[.. "RIFF"u8, 0xFF, 0xFF, 0xFF, 0x7F, .. "WEBP"u8]).SetArgDisplayNames("a WebP longer than the file"),
    ];

    [TestCaseSource(nameof(Plain))]
    public void What_is_only_seen_is_taken_as_what_it_is(byte[] file, string mediaType)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(FileKind.Of(file)?.MediaType, Is.EqualTo(mediaType));
            Assert.That(FileRefusals.Judge(file), Is.Null);
        }
    }

    [TestCaseSource(nameof(Talking))]
    public void A_picture_that_says_more_is_not(byte[] file) => Assert.That(FileRefusals.Judge(file), Is.EqualTo(FileRefusals.TellsMore));

    [TestCaseSource(nameof(Strange))]
    public void Nothing_else_is_taken(byte[] file) => Assert.That(FileRefusals.Judge(file), Is.EqualTo(FileRefusals.NotTaken));

    /// <summary>Cut anywhere it is no picture, and with any byte changed it is judged without a fault.</summary>
    [TestCaseSource(nameof(Plain))]
    public void A_broken_file_is_judged_all_the_same(byte[] file, string mediaType)
    {
        for (var i = 0; i < file.Length; i++)
        {
            if (mediaType.StartsWith("image/", StringComparison.Ordinal))
            {
                Assert.That(FileRefusals.Judge(file.AsSpan(0, i)), Is.EqualTo(FileRefusals.NotTaken), $"cut at {i}");
            }
            foreach (var value in new byte[] { 0, 1, 0x7F, 0xFF })
            {
                var changed = (byte[])file.Clone();
                changed[i] = value;
                Assert.That(() => FileRefusals.Judge(changed), Throws.Nothing, $"{value} at {i}");
            }
        }
    }
}
