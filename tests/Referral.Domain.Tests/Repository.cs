using System.Text.Json;

namespace NationalReferral.Tests;

/// <summary>Files of the repository that say the same as the code and are compared with it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static JsonDocument Json(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, path)));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Referral.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Referral.sln is in no folder above the tests.");
        }
        return folder.FullName;
    }
}
