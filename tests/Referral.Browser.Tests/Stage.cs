using Microsoft.Playwright;
using NUnit.Framework;

// Somebody who waits for a page leaves the processor to others.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(3)]

namespace NationalReferral.Tests;

/// <summary>One product and one browser for all tests; everybody who acts has a browser context of their own.</summary>
[SetUpFixture]
public sealed class Stage
{
    private static readonly string[] Arguments =
    [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private static Product? _product;
    private static IPlaywright? _playwright;
    private static IBrowser? _browser;

    internal static string Address => _product!.Address;

    internal static Product Product => _product!;

    internal static IBrowser Browser => _browser!;

    [OneTimeSetUp]
    public async Task OpenAsync()
    {
        var starting = Product.StartAsync();
        var chromium = await Chromium.FindAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium.Executable,
            Args = Arguments,
            Env = chromium.Libraries is { Length: > 0 } libraries ? new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = libraries } : null,
            Timeout = 60_000,
        });
        _product = await starting;
    }

    [OneTimeTearDown]
    public async Task CloseAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }
        _playwright?.Dispose();
        if (_product is not null)
        {
            await _product.DisposeAsync();
        }
    }
}
