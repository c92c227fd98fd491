using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The committed contract files, and the one way to rewrite them.</summary>
internal static class Contracts
{
    public static string Folder { get; } = Find();

    /// <summary>UPDATE_CONTRACTS=1 rewrites golden files instead of comparing them.</summary>
    public static bool Rewrites { get; } = Environment.GetEnvironmentVariable("UPDATE_CONTRACTS") == "1";

    public static string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Fails where the file differs from what the code says now.</summary>
    public static void Golden(string name, string now)
    {
        if (Rewrites)
        {
            File.WriteAllText(PathOf(name), now);
        }
        var before = File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : string.Empty;
        Assert.That(before == now, Is.True, $"contracts/{name} is not what the code says: {FirstDifference(before, now)}. "
            + "Run the tests with UPDATE_CONTRACTS=1, read the change, and give it a line in contracts/CHANGELOG.md.");
    }

    private static string FirstDifference(string before, string now)
    {
        var old = before.Split('\n');
        var fresh = now.Split('\n');
        var line = Enumerable.Range(0, Math.Max(old.Length, fresh.Length)).FirstOrDefault(i => old.ElementAtOrDefault(i) != fresh.ElementAtOrDefault(i));
        return $"line {line + 1}: '{old.ElementAtOrDefault(line)}' against '{fresh.ElementAtOrDefault(line)}'";
    }

    private static string Find([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "contracts"));
}
