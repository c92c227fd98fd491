namespace NationalReferral.Platform;

/// <summary>The route takes a file, or answers with one.</summary>
internal sealed class FileMetadata
{
    public bool IsAnswer { get; init; }
}
