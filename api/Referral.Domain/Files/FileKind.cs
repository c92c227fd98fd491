namespace NationalReferral;

/// <summary>What a file is by what stands in it; what its sender or its name says counts for nothing.</summary>
/// <param name="MediaType">As it is served.</param>
/// <param name="Ending">Of the name that it is saved under, without a dot.</param>
public sealed record FileKind(string MediaType, string Ending)
{
    /// <summary>Bytes of the largest file that is taken: a page photographed by a phone has a tenth of that.</summary>
    public const int Most = 5 * 1024 * 1024;

    public static readonly FileKind Jpeg = new("image/jpeg", "jpg");
    public static readonly FileKind Png = new("image/png", "png");
    public static readonly FileKind WebP = new("image/webp", "webp");
    public static readonly FileKind Pdf = new("application/pdf", "pdf");

    /// <summary>All that is taken: pictures and printed pages, nothing that can run.</summary>
    public static readonly IReadOnlyList<FileKind> All = [Jpeg, Png, WebP, Pdf];

    /// <exception cref="ArgumentOutOfRangeException">A media type that was never taken.</exception>
    public static FileKind Of(string mediaType) =>
        All.FirstOrDefault(kind => kind.MediaType == mediaType) ?? throw new ArgumentOutOfRangeException(nameof(mediaType), "No such kind of file.");

    /// <returns>Null when it is none of <see cref="All"/>, or is cut short or otherwise broken.</returns>
    public static FileKind? Of(ReadOnlySpan<byte> file) =>
        Picture.KindOf(file) is { } picture ? picture
        : IsPdf(file) ? Pdf
        : null;

    /// <summary>ISO 32000-2, 7.5: the header first, the end marker within the last 1,024 bytes.</summary>
    private static bool IsPdf(ReadOnlySpan<byte> file) =>
        file.StartsWith("%PDF-"u8) && file[^Math.Min(1024, file.Length)..].IndexOf("%%EOF"u8) >= 0;
}
