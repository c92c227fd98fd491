using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using NationalReferral.Identity;
using NUnit.Framework;

namespace NationalReferral.Platform;

/// <summary>Whoever decides what needs a second person has proved lately who they are.</summary>
public sealed class ProofTests
{
    private static readonly string Nothing = $"/api/v1/approvals/{Guid.AllBitsSet}/decide";
    private string _email = null!;
    private AuthHost _host = null!;
    private Guid _agency;

    [OneTimeSetUp]
    public async Task StartAsync() => _host = await AuthHost.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>A person of its own, on a day of its own, so that tests can share the server.</summary>
    [SetUp]
    public async Task GivenASupervisorAsync()
    {
        _host.Clock.Advance(TimeSpan.FromHours(25));
        _email = $"{Guid.NewGuid():N}@police.example";
        _agency = await _host.AgencyAsync("Police");
        await _host.WorkerAsync(_email, (_agency, "supervisor"));
    }

    [Test]
    public async Task A_sign_in_counts_for_a_quarter_of_an_hour_and_the_session_lives_on()
    {
        using var supervisor = await SignedInAsync();
        using var fresh = await DecideAsync(supervisor);
        _host.Clock.Advance(TimeSpan.FromMinutes(14));
        using var still = await DecideAsync(supervisor);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var late = await DecideAsync(supervisor);
        using var reads = await supervisor.GetAsync("/api/v1/approvals");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fresh.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), await fresh.Content.ReadAsStringAsync());
            Assert.That(still.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(late.Headers.WwwAuthenticate.ToString(), Is.EqualTo("Bearer error=\"insufficient_user_authentication\", max_age=\"900\""));
            Assert.That(await CodeOfAsync(late), Is.EqualTo("sign_in_again"));
            Assert.That(reads.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase("approvals/01930000-0000-7000-8000-000000000001/decide")]
    [TestCase("referral-groups/01930000-0000-7000-8000-000000000001/decide")]
    [TestCase("law/releases/2/decide")]
    [TestCase("break-glass/01930000-0000-7000-8000-000000000001/review")]
    public async Task Whoever_signed_in_too_long_ago_learns_nothing_else(string path)
    {
        using var supervisor = await SignedInAsync();
        _host.Clock.Advance(TimeSpan.FromMinutes(16));

        using var late = await DecideAsync(supervisor, $"/api/v1/{path}", "{");

        Assert.That(await CodeOfAsync(late), Is.EqualTo("sign_in_again"), "not that it may not be done, cannot be read, or does not exist");
    }

    [Test]
    public async Task Signing_in_again_asks_for_the_password_of_whoever_is_remembered_and_goes_on_where_they_were()
    {
        var other = await _host.AgencyAsync("Other police");
        await _host.WorkerAsync("two@police.example", (_agency, "supervisor"), (other, "supervisor"));
        var (client, cookies, last) = await _host.SignInAsync("two@police.example");
        last.Dispose();
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        using var chosen = await client.PutAsync($"/web/session/{other}", null);
        var before = cookies.GetCookies(_host.Address)["nrs"]!.Value;
        _host.Clock.Advance(TimeSpan.FromMinutes(14));

        // The sign-in server still remembers her: that is no proof, and only the prompt asks again.
        using var remembered = await GoAsync(client, "/web/signin?return=%2Fcases", null);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var late = await DecideAsync(client);
        using var again = await GoAsync(client, "/web/signin?return=%2Fsigned-in&prompt=login", "two@police.example");
        using var proven = await DecideAsync(client);

        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
        thief.DefaultRequestHeaders.Add("Cookie", $"nrs={before}");
        using var stolen = await thief.GetAsync("/api/v1/approvals");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(remembered.Headers.Location?.OriginalString, Is.EqualTo("/cases"));
            Assert.That(await CodeOfAsync(late), Is.EqualTo("sign_in_again"));
            Assert.That(again.Headers.Location?.OriginalString, Is.EqualTo("/signed-in"));
            Assert.That(await CodeOfAsync(proven), Is.EqualTo("unknown"), "in the agency that she had chosen");
            Assert.That(stolen.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized), "the session before has ended");
        }
        client.Dispose();
    }

    [Test]
    public async Task Where_nobody_knows_when_it_was_it_was_too_long_ago()
    {
        using var supervisor = await SignedInAsync();
        await _host.SqlAsync("UPDATE sessions SET proven_at = NULL");

        using var unknown = await DecideAsync(supervisor);

        Assert.That(await CodeOfAsync(unknown), Is.EqualTo("sign_in_again"));
    }

    [Test]
    public async Task How_long_is_a_setting()
    {
        await using var strict = await AuthHost.StartAsync(_host, ("Auth:ProofMinutes", "1"));
        var (client, _, last) = await strict.SignInAsync(_email);
        last.Dispose();
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        using var fresh = await DecideAsync(client);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));

        using var late = await DecideAsync(client);

        Assert.That(await CodeOfAsync(fresh), Is.EqualTo("unknown"));
        Assert.That(late.Headers.WwwAuthenticate.ToString(), Does.Contain("max_age=\"60\""));
        client.Dispose();
    }

    [Test]
    public async Task A_token_says_when_its_bearer_signed_in_and_not_when_it_was_given()
    {
        var (browser, _) = _host.Browser();
        using var bearer = new HttpClient { BaseAddress = _host.Address };
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(browser, _email));
        using var fresh = await DecideAsync(bearer);
        _host.Clock.Advance(TimeSpan.FromMinutes(14));
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(browser, null));
        using var remembered = await DecideAsync(bearer);
        _host.Clock.Advance(TimeSpan.FromMinutes(2));
        using var late = await DecideAsync(bearer);
        using var reads = await bearer.GetAsync("/api/v1/approvals");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CodeOfAsync(fresh), Is.EqualTo("unknown"));
            Assert.That(await CodeOfAsync(remembered), Is.EqualTo("unknown"));
            Assert.That(await CodeOfAsync(late), Is.EqualTo("sign_in_again"));
            Assert.That(reads.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        browser.Dispose();
    }

    [Test]
    public async Task A_partner_system_may_not_decide_however_it_proves_itself()
    {
        using var bearer = new HttpClient { BaseAddress = _host.Address };
        bearer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await _host.TokenAsync(await _host.PartnerAsync(_agency, "victims.write")));

        using var refused = await DecideAsync(bearer);

        Assert.That(await CodeOfAsync(refused), Is.EqualTo("not_permitted"));
    }

    [Test]
    public void Whatever_nobody_decides_about_the_own_of_is_decided_after_signing_in()
    {
        var decided = _host.Routes.Where(route => route.Metadata.GetOrderedMetadata<RefusesMetadata>().SelectMany(one => one.Kinds)
            .Any(kind => kind == ApprovalRefusals.OwnProposal || kind == BreakGlassRefusals.OwnBreakGlass)).ToList();

        Assert.That(decided, Has.Count.EqualTo(4));
        Assert.That(decided, Has.All.Matches<Endpoint>(route => route.Metadata.GetMetadata<ProofMetadata>() is not null));
    }

    private async Task<HttpClient> SignedInAsync()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        return client;
    }

    private static Task<HttpResponseMessage> DecideAsync(HttpClient client, string? path = null, string body = """{"decision":"approve"}""") =>
        client.PostAsync(path ?? Nothing, new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>To sign in and back.</summary>
    /// <param name="email">Who is asked for a password; null: nobody is.</param>
    private static async Task<HttpResponseMessage> GoAsync(HttpClient client, string path, string? email)
    {
        using var start = await client.GetAsync(path);
        using var authorize = await client.GetAsync(start.Headers.Location);
        if (email is null)
        {
            return await client.GetAsync(authorize.Headers.Location);
        }
        Assert.That(authorize.Headers.Location?.OriginalString, Does.StartWith("/identity/signin"), "the password is asked for");
        using var signedIn = await IdentityHost.SignInAsync(client, email, AuthHost.Password, authorize.Headers.Location!.OriginalString);
        using var coded = await client.GetAsync(signedIn.Headers.Location);
        return await client.GetAsync(coded.Headers.Location);
    }

    /// <summary>As Swagger has one.</summary>
    private async Task<string> TokenAsync(HttpClient browser, string? email)
    {
        var (verifier, challenge) = IdentityHost.Proof();
        var redirect = new Uri(_host.Address, "/swagger/oauth2-redirect.html").AbsoluteUri;
        var url = IdentityHost.AuthorizeUrl(challenge, IdentityClients.Swagger, redirect, $"openid {IdentityClients.WorkerScope}");
        var code = email is null ? await IdentityHost.CodeAgainAsync(browser, url) : await IdentityHost.CodeAsync(browser, url, email);
        using var form = new FormUrlEncodedContent(
            [new("grant_type", "authorization_code"), new("client_id", IdentityClients.Swagger), new("redirect_uri", redirect), new("code", code), new("code_verifier", verifier)]);
        using var answer = await browser.PostAsync("/connect/token", form);
        var text = await answer.Content.ReadAsStringAsync();
        return JsonDocument.Parse(text).RootElement.TryGetProperty("access_token", out var token) ? token.GetString()! : throw new InvalidOperationException(text);
    }

    private static async Task<string?> CodeOfAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();
}
