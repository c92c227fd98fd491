using System.Diagnostics;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The web client's own checks, so that one command runs everything.</summary>
[NonParallelizable]
public sealed class WebClientTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(8);

    [TestCase("types")]
    [TestCase("lint")]
    [TestCase("test")]
    [TestCase("generate", "--check")]
    [TestCase("size")]
    public async Task The_web_client_passes_its_own_check(params string[] script)
    {
        var start = new ProcessStartInfo("npm", ["run", "-s", script[0], "--", .. script.Skip(1)])
        {
            WorkingDirectory = Path.Combine(Repository.Root, "web-client"),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("npm did not start.");
        using var ends = new CancellationTokenSource(Longest);
        var output = process.StandardOutput.ReadToEndAsync(ends.Token);
        var errors = process.StandardError.ReadToEndAsync(ends.Token);
        await process.WaitForExitAsync(ends.Token);

        Assert.That(process.ExitCode, Is.Zero, $"{await output}\n{await errors}");
    }
}
