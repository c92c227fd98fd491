namespace NationalReferral;

/// <summary>Why a file is not taken.</summary>
public static class FileRefusals
{
    /// <summary>None of the kinds that are taken, whatever it calls itself; or cut short.</summary>
    public static readonly RefusalKind NotTaken = new("file_not_taken", 422);

    /// <summary>A picture that carries more than what is seen on it, and so perhaps where it was taken.</summary>
    public static readonly RefusalKind TellsMore = new("file_tells_more", 422);

    /// <summary>The virus scanner found something in it.</summary>
    public static readonly RefusalKind Infected = new("file_infected", 422);

    /// <returns>Null when a file of this kind and content may be kept.</returns>
    public static RefusalKind? Judge(ReadOnlySpan<byte> file) =>
        FileKind.Of(file) is null ? NotTaken
        : Picture.Talks(file) ? TellsMore
        : null;
}
