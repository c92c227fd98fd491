using System.Globalization;
using System.Text.Json;
using CsvHelper;

namespace NationalReferral.Tests;

/// <summary>Files of the repository that say the same as the code and are compared with it.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static JsonDocument Json(string path) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Root, path)));

    /// <summary>Its rows, by the names of their columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Csv(string path)
    {
        using var csv = new CsvReader(new StreamReader(Path.Combine(Root, path)), CultureInfo.InvariantCulture);
        return [.. csv.GetRecords<dynamic>().Select(row => ((IDictionary<string, object>)row).ToDictionary(cell => cell.Key, cell => (string)cell.Value))];
    }

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
