using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class SessionTests
{
    private string _email = null!;
    private AuthHost _host = null!;
    private Guid _agency;
    private Guid _worker;

    [OneTimeSetUp]
    public async Task StartAsync() => _host = await AuthHost.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>A person of its own, on a day of its own, so that tests can share the server.</summary>
    [SetUp]
    public async Task GivenAWorkerAsync()
    {
        _host.Clock.Advance(TimeSpan.FromHours(25));
        _email = $"{Guid.NewGuid():N}@shelter.example";
        _agency = await _host.AgencyAsync("Shelter");
        _worker = await _host.WorkerAsync(_email, (_agency, "caseworker"));
    }

    [Test]
    public async Task Signing_in_gives_a_strict_cookie_and_no_token()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        using var open = last;
        using var cases = await client.GetAsync("/api/v1/victims");
        var session = await client.GetStringAsync("/web/session");

        var cookie = last.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("nrs=", StringComparison.Ordinal));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(last.Headers.Location?.OriginalString, Is.EqualTo("/cases"));
            Assert.That(cookie, Does.Contain("httponly").And.Contain("samesite=strict").And.Not.Contain("expires"));
            Assert.That(cases.StatusCode, Is.EqualTo(HttpStatusCode.OK), await cases.Content.ReadAsStringAsync());
            Assert.That(session, Does.Contain("\"signedIn\":true").And.Contain("Shelter"));
        }
        client.Dispose();
    }

    [Test]
    public async Task A_change_with_the_cookie_needs_the_header_and_a_token_does_not()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();
        using var without = await client.PostAsync("/api/v1/victims", Body());
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        using var with = await client.PostAsync("/api/v1/victims", Body());
        var token = await _host.TokenAsync(await _host.PartnerAsync(_agency, "victims.write"));
        using var bearer = await SendAsync(_host, HttpMethod.Post, token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("header_required"));
            Assert.That(with.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await with.Content.ReadAsStringAsync());
            Assert.That(bearer.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest), await bearer.Content.ReadAsStringAsync());
        }
        client.Dispose();
    }

    [Test]
    public async Task Signing_out_ends_the_row_and_the_remembered_sign_in()
    {
        var (client, cookies, last) = await _host.SignInAsync(_email);
        last.Dispose();
        var stolen = cookies.GetCookies(_host.Address)["nrs"]!.Value;
        using var refused = await client.PostAsync("/web/signout", null);
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        using var signedOut = await client.PostAsync("/web/signout", null);
        using var replay = await GetWithCookieAsync(_host, stolen);
        using var again = await client.GetAsync("/web/signin");
        using var asked = await client.GetAsync(again.Headers.Location);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(signedOut.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(replay.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(asked.Headers.Location?.OriginalString, Does.StartWith("/identity/signin"), "the password is asked for again");
        }
        client.Dispose();
    }

    [Test]
    public async Task A_new_password_ends_the_sessions_that_began_with_the_old_one()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var (_, link) = await _host.Accounts.InviteAsync(_email, default);
        var (owner, _) = _host.Browser();
        var token = Regex.Match(await owner.GetStringAsync(link.PathAndQuery), "name=\"form-token\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("form-token", WebUtility.HtmlDecode(token)), new("password", AuthHost.Password)]);

        using var before = await client.GetAsync("/api/v1/victims");
        using var saved = await owner.PostAsync(link.PathAndQuery, form);
        using var after = await client.GetAsync("/api/v1/victims");
        _host.Clock.Advance(TimeSpan.FromMinutes(1));
        var (again, _, signedIn) = await _host.SignInAsync(_email);
        using var anew = await again.GetAsync("/api/v1/victims");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(saved.StatusCode, Is.EqualTo(HttpStatusCode.OK), await saved.Content.ReadAsStringAsync());
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(anew.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        signedIn.Dispose();
        again.Dispose();
        owner.Dispose();
        client.Dispose();
    }

    [TestCase(29, HttpStatusCode.OK)]
    [TestCase(31, HttpStatusCode.Unauthorized)]
    public async Task An_unused_session_ends(int minutes, HttpStatusCode expected)
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();

        _host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        using var answer = await client.GetAsync("/api/v1/victims");

        Assert.That(answer.StatusCode, Is.EqualTo(expected));
        client.Dispose();
    }

    [Test]
    public async Task A_session_in_use_lives_on_but_not_for_ever()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();
        for (var i = 0; i < 28; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMinutes(25));
            using var used = await client.GetAsync("/api/v1/victims");
            Assert.That(used.StatusCode, Is.EqualTo(HttpStatusCode.OK), $"after {25 * (i + 1)} minutes");
        }

        _host.Clock.Advance(TimeSpan.FromMinutes(25));
        using var late = await client.GetAsync("/api/v1/victims");

        Assert.That(late.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        client.Dispose();
    }

    [Test]
    public async Task Deactivation_and_other_roles_count_at_the_next_request_on_every_instance()
    {
        await using var second = await AuthHost.StartAsync(_host);
        var (client, cookies, last) = await _host.SignInAsync(_email);
        last.Dispose();
        var id = cookies.GetCookies(_host.Address)["nrs"]!.Value;
        var partner = await _host.PartnerAsync(_agency, "victims.read");
        var token = await _host.TokenAsync(partner);
        using var before = await GetWithCookieAsync(second, id);
        using var clientBefore = await SendAsync(second, HttpMethod.Get, token);

        await _host.SqlAsync("UPDATE memberships SET roles = 'auditor' WHERE worker_id = @id", new { id = _worker });
        using var otherRole = await GetWithCookieAsync(second, id);
        await _host.SqlAsync("UPDATE workers SET status = 'deactivated' WHERE id = @id", new { id = _worker });
        await _host.SqlAsync("UPDATE logins SET status = 'deactivated' WHERE subject = @subject", new { subject = partner.ClientId });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(clientBefore.StatusCode, Is.EqualTo(HttpStatusCode.OK), await clientBefore.Content.ReadAsStringAsync());
            Assert.That(otherRole.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            foreach (var host in new[] { _host, second })
            {
                using var session = await GetWithCookieAsync(host, id);
                using var bearer = await SendAsync(host, HttpMethod.Get, token);
                Assert.That(session.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
                Assert.That(bearer.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            }
        }
        client.Dispose();
    }

    [Test]
    public async Task A_new_epoch_ends_what_began_before_it_and_not_what_comes_after()
    {
        var (client, _, last) = await _host.SignInAsync(_email);
        last.Dispose();
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        await _host.ChangeAsync(work => work.ExecuteAsync(
            "UPDATE workers SET epoch = @epoch WHERE id = @id", new { id = _worker, epoch = work.Now.ToUnixTimeMilliseconds() }, default));
        using var old = await client.GetAsync("/api/v1/victims");
        _host.Clock.Advance(TimeSpan.FromSeconds(5));
        var (fresh, _, again) = await _host.SignInAsync(_email);
        again.Dispose();
        using var anew = await fresh.GetAsync("/api/v1/victims");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(old.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(anew.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
        client.Dispose();
        fresh.Dispose();
    }

    [Test]
    public async Task A_token_given_a_moment_before_the_end_is_dead_and_one_after_it_lives()
    {
        var partner = await _host.PartnerAsync(_agency, "victims.read");
        var old = await _host.TokenAsync(partner);
        _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await _host.SqlAsync("UPDATE logins SET epoch = @epoch WHERE subject = @subject", new { epoch = _host.Clock.GetUtcNow().ToUnixTimeMilliseconds(), subject = partner.ClientId });
        using var before = await SendAsync(_host, HttpMethod.Get, old);
        using var after = await SendAsync(_host, HttpMethod.Get, await _host.TokenAsync(partner));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.OK), await after.Content.ReadAsStringAsync());
        }
    }

    [Test]
    public async Task Whoever_works_for_two_agencies_says_for_which()
    {
        var hospital = await _host.AgencyAsync("Hospital");
        var elsewhere = await _host.AgencyAsync("Elsewhere");
        await _host.WorkerAsync("two@agencies.example", (_agency, "caseworker"), (hospital, "supervisor"));
        var (client, _, last) = await _host.SignInAsync("two@agencies.example");
        last.Dispose();
        using var unsaid = await client.GetAsync("/api/v1/victims");
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        using var wrong = await client.PutAsync($"/web/session/{elsewhere}", null);
        using var chosen = await client.PutAsync($"/web/session/{hospital}", null);
        using var bySession = await client.GetAsync("/api/v1/victims");
        client.DefaultRequestHeaders.Add("Acting-As", elsewhere.ToString());
        using var foreign = await client.GetAsync("/api/v1/victims");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await unsaid.Content.ReadAsStringAsync(), Does.Contain("choose_membership").And.Contain(hospital.ToString()));
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(chosen.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(bySession.StatusCode, Is.EqualTo(HttpStatusCode.OK), await bySession.Content.ReadAsStringAsync());
            Assert.That(foreign.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
        client.Dispose();
    }

    [TestCase("//evil.example")]
    [TestCase("https://evil.example")]
    [TestCase("/\\evil.example")]
    public async Task Signing_in_leads_only_to_this_site(string returnTo)
    {
        var (client, _, last) = await _host.SignInAsync(_email, returnTo);
        Assert.That(last.Headers.Location?.OriginalString, Is.EqualTo("/"));
        last.Dispose();
        client.Dispose();
    }

    [Test]
    public async Task Nobody_and_whoever_holds_another_token_is_asked_to_sign_in()
    {
        var token = await _host.TokenAsync(await _host.PartnerAsync(_agency, "victims.read"));
        var orphan = await _host.TokenAsync(await _host.Clients.CreateAsync("orphan", ["victims.read"], _agency, default));
        var parts = token.Split('.');
        var forged = $"{parts[0]}.{parts[1]}.{new string([.. parts[2].Reverse()])}";
        using var client = _host.Browser().Client;
        using var nobody = await client.GetAsync("/api/v1/victims");

        Assert.That(nobody.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
        foreach (var bad in new[] { orphan, forged, "x", "x.y.z", token[..^1], new string('a', 9000) })
        {
            using var answer = await SendAsync(_host, HttpMethod.Get, bad);
            Assert.That((int)answer.StatusCode, Is.EqualTo(401).Or.EqualTo(431), bad);
        }
        _host.Clock.Advance(TimeSpan.FromMinutes(16));
        using var expired = await SendAsync(_host, HttpMethod.Get, token);
        Assert.That(expired.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task The_data_names_no_session_token_or_password()
    {
        var (client, cookies, last) = await _host.SignInAsync(_email);
        last.Dispose();
        var id = cookies.GetCookies(_host.Address)["nrs"]!.Value;
        var partner = await _host.PartnerAsync(_agency, "victims.read");
        var token = await _host.TokenAsync(partner);
        using var used = await SendAsync(_host, HttpMethod.Get, token);

        var log = string.Join('\n', _host.Log.All);
        foreach (var secret in new[] { AuthHost.Password, id, partner.Secret, token })
        {
            Assert.That(log, Does.Not.Contain(secret));
            foreach (var file in Directory.EnumerateFiles(_host.Folder, "*.db*", SearchOption.AllDirectories))
            {
                Assert.That(await ReadAsync(file), Does.Not.Contain(secret), file);
            }
        }
        client.Dispose();
    }

    private static async Task<string> ReadAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    private static async Task<HttpResponseMessage> GetWithCookieAsync(AuthHost host, string id)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        client.DefaultRequestHeaders.Add("Cookie", $"nrs={id}");
        return await client.GetAsync("/api/v1/victims");
    }

    private static async Task<HttpResponseMessage> SendAsync(AuthHost host, HttpMethod method, string token)
    {
        using var client = new HttpClient { BaseAddress = host.Address };
        using var request = new HttpRequestMessage(method, "/api/v1/victims");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = method == HttpMethod.Post ? Body() : null;
        return await client.SendAsync(request);
    }

    private static StringContent Body() => new("{", System.Text.Encoding.UTF8, "application/json");
}
