using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NationalReferral.Identity;

[NonParallelizable]
public sealed class SignInTests
{
    private string _email = null!;
    private IdentityHost _host = null!;
    private string _subject = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _host = await IdentityHost.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>A person of its own, on a day of its own, so that tests can share the server.</summary>
    [SetUp]
    public async Task GivenAnAccountAsync()
    {
        _host.Clock.Advance(TimeSpan.FromHours(25));
        _email = $"{Guid.NewGuid():N}@shelter.example";
        _subject = await _host.Accounts.CreateAsync(_email, IdentityHost.Password, default);
    }

    [Test]
    public async Task The_page_speaks_english_or_urdu_and_lets_nothing_in()
    {
        using var browser = _host.Browser();
        using var english = await browser.GetAsync("/identity/signin");
        browser.DefaultRequestHeaders.Add("Accept-Language", "ur-PK,en;q=0.5");
        var urdu = await browser.GetStringAsync("/identity/signin");
        var back = await browser.GetStringAsync("/identity/signin?lang=en");
        var html = await english.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.Contain("<html lang=\"en\" dir=\"ltr\">").And.Contain("<label for=\"email\">").And.Contain("Leave now"));
            Assert.That(html, Does.Not.Contain("<script").And.Not.Contain(" style=").And.Not.Contain("onclick"));
            Assert.That(urdu, Does.Contain("<html lang=\"ur\" dir=\"rtl\">").And.Contain("پاس ورڈ"));
            Assert.That(back, Does.Contain("<html lang=\"en\""));
            Assert.That(english.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; style-src 'self'").And.Contain("frame-ancestors 'none'"));
            Assert.That(english.Headers.GetValues("Set-Cookie"), Has.All.Contains("httponly"));
        }
    }

    [Test]
    public async Task What_is_typed_comes_back_encoded_and_the_fault_is_read_first()
    {
        using var browser = _host.Browser();
        using var answer = await IdentityHost.SignInAsync(browser, "\"><script>alert(1)</script>", "wrong");
        var html = await answer.Content.ReadAsStringAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(html, Does.Not.Contain("<script"));
            Assert.That(html, Does.Contain("role=\"alert\" tabindex=\"-1\" autofocus").And.Contain("aria-invalid=\"true\"").And.Contain("href=\"#password\""));
        }
    }

    [Test]
    public async Task A_form_of_another_site_is_refused()
    {
        using var browser = _host.Browser();
        using var form = new FormUrlEncodedContent([new("email", _email), new("password", IdentityHost.Password)]);
        using var answer = await browser.PostAsync("/identity/signin", form);
        using var json = await browser.PostAsync("/identity/signin", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(json.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    [TestCase("//evil.example/")]
    [TestCase("https://evil.example/connect/authorize?")]
    [TestCase("/connect/authorizeX?x")]
    public async Task Signing_in_leads_nowhere_else(string returnUrl)
    {
        using var browser = _host.Browser();
        using var answer = await IdentityHost.SignInAsync(browser, _email, IdentityHost.Password, $"/identity/signin?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.That(answer.Headers.Location?.OriginalString, Is.EqualTo("/"));
    }

    [Test]
    public async Task Guessing_slows_down_and_a_known_device_does_not_notice()
    {
        using var known = _host.Browser();
        using var first = await IdentityHost.SignInAsync(known, _email, IdentityHost.Password);
        using var stranger = _host.Browser();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 8; i++)
        {
            using var answer = await IdentityHost.SignInAsync(stranger, _email, $"guess number {i}");
            answers.Add(answer.StatusCode);
        }
        using var rightButEarly = await IdentityHost.SignInAsync(stranger, _email, IdentityHost.Password);
        using var owner = await IdentityHost.SignInAsync(known, _email, IdentityHost.Password);
        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        using var later = await IdentityHost.SignInAsync(stranger, _email, IdentityHost.Password);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(5), Has.All.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(answers.Skip(5), Has.All.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(rightButEarly.StatusCode, Is.EqualTo(HttpStatusCode.TooManyRequests));
            Assert.That(rightButEarly.Headers.RetryAfter?.Delta, Is.EqualTo(TimeSpan.FromSeconds(1)));
            Assert.That(owner.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "a known device is counted apart");
            Assert.That(later.StatusCode, Is.EqualTo(HttpStatusCode.Redirect), "and nobody is locked out");
        }
    }

    [Test]
    public async Task The_delay_grows_and_unknown_accounts_are_slowed_alike()
    {
        using var browser = _host.Browser();
        var waits = new List<double>();
        for (var i = 0; i < 9; i++)
        {
            using var answer = await IdentityHost.SignInAsync(browser, "nobody@nowhere.example", "guess");
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                var wait = answer.Headers.RetryAfter!.Delta!.Value;
                waits.Add(wait.TotalSeconds);
                _host.Clock.Advance(wait);
            }
        }
        Assert.That(waits, Is.EqualTo(new double[] { 1, 2 }), "5 tries free, then each costs twice the wait before");
    }

    [Test]
    public async Task A_hundred_guesses_at_once_get_no_further_than_one_after_another()
    {
        using var browser = _host.Browser();
        var token = Regex.Match(await browser.GetStringAsync("/identity/signin"), "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value;
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            using var form = new FormUrlEncodedContent([new("form-token", WebUtility.HtmlDecode(token)), new("email", _email), new("password", $"guess {i}")]);
            using var answer = await browser.PostAsync("/identity/signin", form);
            return answer.StatusCode;
        }));

        Assert.That(answers.Count(status => status == HttpStatusCode.BadRequest), Is.LessThanOrEqualTo(5));
    }

    [Test]
    public async Task An_account_that_does_not_exist_takes_as_long_as_one_that_does()
    {
        async Task<double> TookAsync(string email)
        {
            _host.Clock.Advance(TimeSpan.FromHours(25));
            using var browser = _host.Browser();
            var started = Stopwatch.GetTimestamp();
            using var answer = await IdentityHost.SignInAsync(browser, email, "guess");
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }
        await TookAsync("warm@nowhere.example");
        var (exists, unknown) = (new List<double>(), new List<double>());
        for (var i = 0; i < 9; i++)
        {
            // By turns, and the quickest of each: whatever else the machine does only makes one slower.
            exists.Add(await TookAsync(_email));
            unknown.Add(await TookAsync($"nobody{i}@nowhere.example"));
        }

        Assert.That(unknown.Min() / exists.Min(), Is.InRange(0.6, 1.6), $"{exists.Min()} ms and {unknown.Min()} ms");
    }

    [Test]
    public async Task A_one_time_link_sets_a_password_once()
    {
        var (subject, link) = await _host.Accounts.InviteAsync("new-" + _email, default);
        using var browser = _host.Browser();
        async Task<HttpResponseMessage> ChooseAsync(string password)
        {
            using var shown = await browser.GetAsync(link.PathAndQuery);
            var token = Regex.Match(await shown.Content.ReadAsStringAsync(), "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value;
            using var form = new FormUrlEncodedContent([new("form-token", WebUtility.HtmlDecode(token)), new("password", password)]);
            return await browser.PostAsync(link.PathAndQuery, form);
        }
        using var common = await ChooseAsync("Pakistan@12345");
        using var saved = await ChooseAsync("seven blue kites over Kasur");
        using var again = await browser.GetAsync(link.PathAndQuery);
        using var signIn = await IdentityHost.SignInAsync(browser, "new-" + _email, "seven blue kites over Kasur");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Guid.TryParse(subject, out _), Is.True);
            Assert.That(common.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
            Assert.That(signIn.StatusCode, Is.EqualTo(HttpStatusCode.Redirect));
        }
    }

    [Test]
    public async Task A_one_time_link_dies_after_a_day_and_with_the_account()
    {
        var (_, link) = await _host.Accounts.InviteAsync(_email, default);
        await _host.Accounts.DeactivateAsync(_subject, default);
        await _host.Accounts.ActivateAsync(_subject, default);
        using var browser = _host.Browser();
        using var dead = await browser.GetAsync(link.PathAndQuery);

        Assert.That(dead.StatusCode, Is.EqualTo(HttpStatusCode.Gone));
    }

    [Test]
    public async Task The_log_and_the_database_hold_no_password_and_no_link()
    {
        var (_, link) = await _host.Accounts.InviteAsync("new-" + _email, default);
        using var browser = _host.Browser();
        using var wrong = await IdentityHost.SignInAsync(browser, _email, "a planted wrong password");
        using var right = await IdentityHost.SignInAsync(browser, _email, IdentityHost.Password);
        var token = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(link.Query)["token"].ToString();

        using var opened = await browser.GetAsync(link.PathAndQuery);
        var log = string.Join('\n', _host.Log.All);
        foreach (var secret in new[] { "a planted wrong password", IdentityHost.Password, token })
        {
            Assert.That(log, Does.Not.Contain(secret));
            foreach (var file in Directory.EnumerateFiles(_host.Folder, "*.db*", SearchOption.AllDirectories))
            {
                await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                Assert.That(await reader.ReadToEndAsync(), Does.Not.Contain(secret), file);
            }
        }
    }
}
