namespace NationalReferral.Platform;

/// <summary>Lists of codes in one column, apart by spaces.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Split(string? words) => (words ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Join(IEnumerable<string>? words) => string.Join(' ', words ?? []);
}
