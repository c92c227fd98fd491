using System.Diagnostics;

namespace NationalReferral.Tests;

/// <summary>A Chromium on this machine; the one of the npm package @sparticuz/chromium where there is none.</summary>
/// <param name="Executable">Its program.</param>
/// <param name="Libraries">Where the libraries lie that it brought along; null where the machine has them.</param>
internal sealed record Chromium(string Executable, string? Libraries)
{
    private const string Package = "@sparticuz/chromium@147.0.0";

    /// <summary>The package unpacks its libraries too when it believes to stand in this environment.</summary>
    private const string UnpacksLibraries = "AWS_Lambda_nodejs20.x";

    private const string Ask = "import('@sparticuz/chromium').then(async it => console.log(await it.default.executablePath() + '\\n' + (process.env.LD_LIBRARY_PATH ?? '')))";

    public static async Task<Chromium> FindAsync()
    {
        string?[] places = [Environment.GetEnvironmentVariable("CHROMIUM_PATH"), "/usr/bin/chromium", "/usr/bin/google-chrome"];
        return Array.Find(places, File.Exists) is { } found ? new(found, null) : await InstallAsync();
    }

    private static async Task<Chromium> InstallAsync()
    {
        var cache = Directory.CreateDirectory(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "referral-browser"));
        if (!Directory.Exists(Path.Combine(cache.FullName, "node_modules", "@sparticuz")))
        {
            await RunAsync(cache, "npm", "install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", cache.FullName, Package);
        }
        var lines = (await RunAsync(cache, "node", "-e", Ask)).Split('\n', StringSplitOptions.TrimEntries);
        return File.Exists(lines[0]) ? new(lines[0], lines.ElementAtOrDefault(1))
            : throw new FileNotFoundException($"No Chromium: set CHROMIUM_PATH to one. {Package} answered '{lines[0]}'.");
    }

    private static async Task<string> RunAsync(DirectoryInfo folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            Environment = { ["AWS_EXECUTION_ENV"] = UnpacksLibraries, ["TMPDIR"] = folder.FullName },
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said
            : throw new InvalidOperationException($"No Chromium: set CHROMIUM_PATH to one. {program} ended with {process.ExitCode}. {said}");
    }
}
