using System.Diagnostics;
using System.Security.Cryptography;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The contract as the rules of OpenAPI and of OWASP read it (contracts/tools); examples are valid against their own schemas.</summary>
public sealed class LintTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private static string Tools => Contracts.PathOf("tools");

    [OneTimeSetUp]
    public async Task InstallAsync()
    {
        // What was installed from is kept beside it: another lock file is another installation.
        var stamp = Path.Combine(Tools, "node_modules", ".installed-from");
        var wanted = Convert.ToHexString(SHA256.HashData(await File.ReadAllBytesAsync(Path.Combine(Tools, "package-lock.json"))));
        if (File.Exists(stamp) && await File.ReadAllTextAsync(stamp) == wanted)
        {
            return;
        }
        var (code, output) = await NpmAsync("ci", "--ignore-scripts", "--no-audit", "--no-fund");
        Assert.That(code, Is.Zero, output);
        await File.WriteAllTextAsync(stamp, wanted);
    }

    [Test]
    public async Task The_contract_has_no_fault_that_a_reader_could_name()
    {
        var (code, output) = await NpmAsync("run", "-s", "lint");

        Assert.That(code, Is.Zero, output);
    }

    private static async Task<(int Code, string Output)> NpmAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("npm", arguments) { WorkingDirectory = Tools, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        using var ends = new CancellationTokenSource(Longest);
        var output = process.StandardOutput.ReadToEndAsync(ends.Token);
        var errors = process.StandardError.ReadToEndAsync(ends.Token);
        await process.WaitForExitAsync(ends.Token);
        return (process.ExitCode, $"{await output}\n{await errors}");
    }
}
