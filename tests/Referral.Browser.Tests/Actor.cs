using System.Text.Json;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>How somebody looks at the product.</summary>
internal sealed record Look(string Language = "en", bool IsWide = false, bool IsDark = false)
{
    public override string ToString() => $"{(IsWide ? "1280x800" : "360x740")}.{Language}.{(IsDark ? "dark" : "light")}";
}

/// <summary>A worker at a phone or a desk. Taps and reads by role and label, as people do.</summary>
internal sealed class Actor : IAsyncDisposable
{
    public const string Password = "kites over kasur";
    public const string ReferralLink = "main a[href^='/referrals/'][href*='-']";
    private const float Patience = 45_000;
    private readonly List<string> _faults = [];
    private readonly List<string> _planted = [];
    private readonly IBrowserContext _context;

    private Actor(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = Watched(page);
    }

    public IPage Page { get; private set; }

    private IPage Watched(IPage page)
    {
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !_planted.Exists(path => message.Location.Contains(path, StringComparison.Ordinal)))
            {
                _faults.Add($"{message.Text} {message.Location}");
            }
        };
        return page;
    }

    /// <param name="look">Size, language and colours.</param>
    /// <param name="isExamined">Lets a test put a script of its own into the page, past the content security policy.</param>
    /// <param name="isKept">The browser keeps the client, so that it opens without a connection; else each page comes from the server.</param>
    public static async Task<Actor> EnterAsync(Look look, bool isExamined = false, bool isKept = false)
    {
        var context = await Stage.Browser.NewContextAsync(new()
        {
            BaseURL = Stage.Address,
            ViewportSize = look.IsWide ? new() { Width = 1280, Height = 800 } : new() { Width = 360, Height = 740 },
            Locale = look.Language == "ur" ? "ur-PK" : "en-GB",
            TimezoneId = "Asia/Karachi",
            ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            BypassCSP = isExamined,
            ServiceWorkers = isKept ? ServiceWorkerPolicy.Allow : ServiceWorkerPolicy.Block,
        });
        context.SetDefaultTimeout(Patience);
        return new Actor(context, await context.NewPageAsync());
    }

    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        await ArrivedAsync();
    }

    /// <summary>To another screen without loading the client anew.</summary>
    public async Task TurnToAsync(string path)
    {
        // By way of another screen, so that nothing stays open of what this one showed before.
        await Page.EvaluateAsync("() => history.pushState(null, '', '/nowhere')");
        await Page.Locator("main:not(.question):not(.has-action-bar) .sunk").First.WaitForAsync();
        await Page.EvaluateAsync("path => history.pushState(null, '', path)", path);
        await Page.Locator("h1").First.WaitForAsync();
        await ArrivedAsync();
    }

    /// <summary>The same screen as somebody else would look at it.</summary>
    public async Task LookAsync(Look look)
    {
        await Page.SetViewportSizeAsync(look.IsWide ? 1280 : 360, look.IsWide ? 800 : 740);
        await Page.EmulateMediaAsync(new() { ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light });
        if (await Page.EvaluateAsync<bool>("language => document.documentElement.lang !== language && (document.querySelector('.header .switch')?.click(), true)", look.Language))
        {
            await Page.WaitForFunctionAsync("language => document.documentElement.lang === language", look.Language);
        }
    }

    /// <summary>What the API answers this worker.</summary>
    public async Task<JsonElement> AsksAsync(string path) =>
        (await Page.EvaluateAsync<JsonElement?>("path => fetch('/api/v1' + path).then(it => it.json())", path))!.Value;

    /// <summary>From now on the API answers so to whatever has this in its address; its refusal is not a fault.</summary>
    public async Task PlantAsync(string path, int status, string code)
    {
        _planted.Add(path);
        await Page.RouteAsync(address => address.Contains(path, StringComparison.Ordinal), route => route.FulfillAsync(new()
        {
            Status = status,
            ContentType = "application/problem+json",
            Headers = [new("Retry-After", "30")],
            Body = $$"""{"status":{{status}},"code":"{{code}}","traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}""",
        }));
    }

    /// <summary>As on a poor connection, in both directions.</summary>
    public async Task SlowDownAsync(int kilobits, int latency)
    {
        var session = await _context.NewCDPSessionAsync(Page);
        await session.SendAsync("Network.enable");
        await session.SendAsync("Network.emulateNetworkConditions", new()
        {
            ["offline"] = false,
            ["latency"] = latency,
            ["downloadThroughput"] = kilobits * 1000 / 8,
            ["uploadThroughput"] = kilobits * 1000 / 8,
        });
    }

    /// <summary>Without a connection, or with one again.</summary>
    public Task DisconnectAsync(bool isOffline = true) => _context.SetOfflineAsync(isOffline);

    /// <summary>The tab is killed, and the client opened anew.</summary>
    public async Task ReopenAsync(string path)
    {
        await Page.CloseAsync();
        Page = Watched(await _context.NewPageAsync());
        await GoAsync(path);
    }

    /// <summary>A list that somebody can work with: its first card stands.</summary>
    public Task SeesCardAsync() => Page.Locator(ReferralLink).First.WaitForAsync();

    public async Task UprootAsync() => await Page.UnrouteAllAsync();

    /// <summary>What this address answers, a refusal too, is part of the test.</summary>
    public void Expects(string path) => _planted.Add(path);

    /// <summary>The heading stands, and no part of the page waits for the server any more.</summary>
    public async Task ArrivedAsync()
    {
        await Page.Locator("h1").First.WaitForAsync();
        await Assertions.Expect(Page.Locator("main p.quiet[role=status], button[aria-busy=true]")).ToHaveCountAsync(0, new() { Timeout = Patience });
    }

    public async Task SignInAsync(string email, string language = "en")
    {
        await GoAsync($"/web/signin?return=%2Freferrals%2Freceived&lang={language}");
        await Page.Locator("#email").FillAsync(email);
        await Page.Locator("#password").FillAsync(Password);
        await Page.Locator("#password").PressAsync("Enter");
        await Page.Locator("nav.tabs").WaitForAsync();
        await ArrivedAsync();
    }

    public Task TapAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).First.ClickAsync();

    public Task TapLinkAsync(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true }).First.ClickAsync();

    public Task TickAsync(AriaRole role, string name) => Page.GetByRole(role, new() { Name = name, Exact = true }).CheckAsync();

    public Task WriteAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task SeesHeadingAsync(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true }).First.WaitForAsync();

    public Task SeesAsync(string text) => Page.Locator("main").GetByText(text).First.WaitForAsync();

    public Task<string> ReadsAsync() => Page.Locator("body").InnerTextAsync();

    /// <summary>Opens a referral from the list that is shown, however far down it stands.</summary>
    public async Task OpenReferralAsync(string caseCode)
    {
        var card = Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = caseCode });
        var more = Page.GetByRole(AriaRole.Button, new() { Name = "Show more", Exact = true });
        await ListArrivedAsync();
        while (await card.CountAsync() == 0 && await more.CountAsync() > 0)
        {
            await more.ClickAsync();
            await ArrivedAsync();
        }
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await ReferralArrivedAsync();
    }

    public async Task OpenFirstReferralAsync()
    {
        await Page.Locator(ReferralLink).First.ClickAsync();
        await ReferralArrivedAsync();
    }

    /// <summary>What outlives the page or shows outside it: title, address, and what the browser keeps.</summary>
    public async Task<string> LeavesBehindAsync() =>
        await Page.EvaluateAsync<string>("() => [document.title, location.href, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join('\\n')");

    /// <summary>With <c>NRS_SHOTS</c> set, a picture into that folder.</summary>
    public async Task PictureAsync(string screen, Look look)
    {
        if (Environment.GetEnvironmentVariable("NRS_SHOTS") is { Length: > 0 } folder)
        {
            await Page.EvaluateAsync("() => document.fonts.ready.then(() => null)");
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{screen}.{look}.png") });
        }
    }

    private async Task ListArrivedAsync()
    {
        await Page.Locator(ReferralLink).First.WaitForAsync();
        await ArrivedAsync();
    }

    private async Task ReferralArrivedAsync()
    {
        await Page.Locator("#shared").WaitForAsync();
        await ArrivedAsync();
    }

    public IReadOnlyList<string> Faults => _faults;

    public void HadNoFaults() => Assert.That(_faults, Is.Empty);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
