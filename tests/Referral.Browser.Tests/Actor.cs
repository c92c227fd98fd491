using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>How somebody looks at the product.</summary>
internal sealed record Look(string Language = "en", bool IsWide = false, bool IsDark = false)
{
    /// <summary>As the stories are lived: on a phone, in Urdu; <c>NRS_LANGUAGE=en</c> lives them in English.</summary>
    public static Look Phone { get; } = new(Environment.GetEnvironmentVariable("NRS_LANGUAGE") is { Length: > 0 } language ? language : "ur");

    public override string ToString() => $"{(IsWide ? "1280x800" : "360x740")}.{Language}.{(IsDark ? "dark" : "light")}";
}

/// <summary>A worker at a phone or a desk. Taps and reads by role and label, as people do.</summary>
internal sealed class Actor : IAsyncDisposable
{
    public const string Password = "kites over kasur";
    public const string ReferralLink = "main a[href^='/referrals/'][href*='-']";
    private const float Patience = 45_000;

    private const string SendScript = """
        async ([method, path, body, read]) => {
          const headers = { 'Content-Type': 'application/json', 'X-NRS': '1' };
          if (read) {
            headers['If-Match'] = (await fetch(read)).headers.get('ETag');
          }
          const answer = await fetch(path, { method, headers, body });
          const said = await answer.text();
          if (!answer.ok) {
            throw new Error(`${path} answered ${answer.status}: ${said}`);
          }
          return said || '{}';
        }
        """;


    /// <summary>Everybody signs in once; who acts again later is still signed in. Not where a story ends its session.</summary>
    private static readonly ConcurrentDictionary<string, IReadOnlyList<Cookie>> Sessions = new(StringComparer.Ordinal);

    private readonly List<string> _faults = [];
    private readonly List<string> _planted = [];
    private readonly IBrowserContext _context;
    private readonly bool _isKept;
    private readonly bool _isExamined;
    private string _language;

    private Actor(IBrowserContext context, IPage page, string language, bool isExamined, bool isKept)
    {
        _isExamined = isExamined;
        _isKept = isKept;
        _context = context;
        _language = language;
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
    /// <param name="isExamined">
    /// Somebody who only looks: a test may put a script of its own into the page, past the content security policy, and what is tapped
    /// need not be drawn first. A loaded machine may draw a page that nobody looks at only after minutes.
    /// </param>
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
        return new Actor(context, await context.NewPageAsync(), look.Language, isExamined, isKept);
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
        _language = look.Language;
        await Page.SetViewportSizeAsync(look.IsWide ? 1280 : 360, look.IsWide ? 800 : 740);
        await Page.EmulateMediaAsync(new() { ColorScheme = look.IsDark ? ColorScheme.Dark : ColorScheme.Light });
        if (await Page.EvaluateAsync<bool>("language => document.documentElement.lang !== language && (document.querySelector('.header .switch')?.click(), true)", look.Language))
        {
            await Page.WaitForFunctionAsync("language => document.documentElement.lang === language", look.Language);
        }
    }

    /// <summary>What the API answers this worker.</summary>
    public async Task<JsonElement> AsksAsync(string path) =>
        JsonElement.Parse(await Page.EvaluateAsync<string>("path => fetch('/api/v1' + path).then(it => it.text())", path));

    /// <summary>A change by this worker past the screens, to set up what a screen shows; the answer's body.</summary>
    /// <param name="read">What is read first when the change needs the version of it.</param>
    public async Task<JsonElement> SendsAsync(string method, string path, object body, string? read = null) =>
        JsonElement.Parse(await Page.EvaluateAsync<string>(SendScript, new object?[] { method, "/api/v1" + path, JsonSerializer.Serialize(body), read is null ? null : "/api/v1" + read }));

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

    /// <summary>Signs in; the day begins where this worker's does.</summary>
    /// <param name="email">Of a worker of the demo country.</param>
    /// <param name="isManifold">Works in several agencies, and has to choose one first.</param>
    public async Task SignInAsync(string email, bool isManifold = false)
    {
        var begins = isManifold ? ".choice" : "nav.nav";
        if (!_isKept && Sessions.TryGetValue(email, out var begun))
        {
            await _context.AddCookiesAsync(begun);
            await Page.GotoAsync("/");
            await Page.Locator(begins).First.WaitForAsync();
            await ArrivedAsync();
            return;
        }
        await GoAsync($"/web/signin?return=%2F&lang={_language}");
        await Page.Locator("#email").FillAsync(email);
        await Page.Locator("#password").FillAsync(Password);
        await Page.Locator("#password").PressAsync("Enter");
        await Page.Locator(begins).First.WaitForAsync();
        await ArrivedAsync();
        if (!_isKept)
        {
            Sessions.TryAdd(email, [.. (await _context.CookiesAsync()).Select(one => new Cookie
            {
                Name = one.Name, Value = one.Value, Domain = one.Domain, Path = one.Path, HttpOnly = one.HttpOnly, Secure = one.Secure, SameSite = one.SameSite,
            })]);
        }
    }

    /// <summary>In a tab that what is tapped here opens: signs in, and is told to go back to this one.</summary>
    public async Task SignInBesideAsync(string email, Func<Task> tapAsync)
    {
        var tab = Watched(await _context.RunAndWaitForPageAsync(tapAsync));
        await tab.Locator("#email").FillAsync(email);
        await tab.Locator("#password").FillAsync(Password);
        await tab.Locator("#password").PressAsync("Enter");
        await tab.Locator("main").GetByText(Whole("Done. Go back to the page before.")).WaitForAsync();
        await tab.CloseAsync();
    }

    /// <summary>Something on the page by its role and by the English of its name, whatever language the page speaks.</summary>
    /// <param name="starts">A longer name that begins so is meant too: a choice with its hint.</param>
    public ILocator Named(AriaRole role, string name, ILocator? inside = null, bool starts = false)
    {
        var whole = Whole(name, starts);
        return inside?.GetByRole(role, new() { NameRegex = whole }) ?? Page.GetByRole(role, new() { NameRegex = whole });
    }

    /// <summary>A field by the English of its label.</summary>
    public ILocator Field(string label) => Page.GetByLabel(Whole(label));

    /// <summary>What the page says, by its English.</summary>
    public ILocator Said(string words, bool isWhole = false, string inside = "main") =>
        Page.Locator(inside).GetByText(isWhole ? Whole(words) : new Regex(Words.Pattern(_language, words), RegexOptions.IgnoreCase));

    /// <summary>The sheet over the page.</summary>
    public ILocator Sheet => Page.GetByRole(AriaRole.Dialog);

    /// <summary>What a list says of one case.</summary>
    public ILocator Card(string caseCode) => Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = caseCode });

    public Task TapAsync(string name, bool starts = false) => TapAsync(Named(AriaRole.Button, name, starts: starts).First);

    public Task TapLinkAsync(string name, bool starts = false) => TapAsync(Named(AriaRole.Link, name, starts: starts).First);

    public async Task TapAsync(ILocator what)
    {
        if (!_isExamined)
        {
            await what.ClickAsync();
            return;
        }
        await what.WaitForAsync();
        await Assertions.Expect(what).ToBeEnabledAsync(new() { Timeout = Patience });
        await what.DispatchEventAsync("click");
    }

    /// <summary>Unfolds what is folded under these words.</summary>
    public Task UnfoldAsync(string words) => TapAsync(Page.Locator("summary").Filter(new() { HasTextRegex = new Regex(Words.Pattern(_language, words)) }).First);

    /// <summary>The button of the sheet repeats the verb that opened it.</summary>
    public Task ConfirmAsync(string verb) => TapAsync(Named(AriaRole.Button, verb, Sheet));

    public async Task TickAsync(AriaRole role, string name, bool starts = false)
    {
        var box = Named(role, name, starts: starts).First;
        if (!_isExamined)
        {
            await box.CheckAsync();
        }
        else if (!await box.IsCheckedAsync())
        {
            await TapAsync(box);
            await Assertions.Expect(box).ToBeCheckedAsync(new() { Timeout = Patience });
        }
    }

    public Task WriteAsync(string label, string text) => Field(label).FillAsync(text);

    /// <summary>From a list that opens: the option with these words.</summary>
    public async Task ChooseAsync(string label, string option)
    {
        var list = Field(label);
        var chosen = list.Locator("option").Filter(new() { HasTextRegex = Whole(option) }).First;
        await chosen.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await list.SelectOptionAsync(new SelectOptionValue { Value = await chosen.GetAttributeAsync("value") });
    }

    public Task SeesHeadingAsync(string name) => Named(AriaRole.Heading, name).First.WaitForAsync();

    /// <summary>What the client says, in the language of the page.</summary>
    public Task SeesAsync(string words) => Said(words).First.WaitForAsync();

    /// <summary>What somebody wrote, as it was written.</summary>
    public Task SeesWrittenAsync(string text) => Page.Locator("main").GetByText(text).First.WaitForAsync();

    private Regex Whole(string words, bool starts = false) => new($"^\\s*{Words.Pattern(_language, words)}{(starts ? "" : "\\s*$")}");

    public Task<string> ReadsAsync() => Page.Locator("body").InnerTextAsync();

    /// <summary>Opens a referral from the list that is shown, however far down it stands.</summary>
    public async Task OpenReferralAsync(string caseCode)
    {
        var card = Card(caseCode);
        var more = Named(AriaRole.Button, "Show more");
        await ListArrivedAsync();
        while (await card.CountAsync() == 0 && await more.CountAsync() > 0)
        {
            await more.ClickAsync();
            await ArrivedAsync();
        }
        await card.GetByRole(AriaRole.Link).ClickAsync();
        await ReferralArrivedAsync();
    }

    /// <summary>Opens what a list says of one case.</summary>
    public async Task OpenCardAsync(string caseCode)
    {
        await Card(caseCode).First.GetByRole(AriaRole.Link).First.ClickAsync();
        await ArrivedAsync();
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
