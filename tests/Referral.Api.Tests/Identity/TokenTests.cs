using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using NUnit.Framework;

namespace NationalReferral.Identity;

public sealed class TokenTests
{
    private string _email = null!;
    private IdentityHost _host = null!;
    private string _subject = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _host = await IdentityHost.StartAsync();
        await _host.AddDashboardAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    /// <summary>A person of its own, so that tests can share the server.</summary>
    [SetUp]
    public async Task GivenAnAccountAsync()
    {
        _email = $"{Guid.NewGuid():N}@shelter.example";
        _subject = await _host.Accounts.CreateAsync(_email, IdentityHost.Password, default);
    }

    [Test]
    public async Task A_code_with_its_proof_gives_tokens_that_our_keys_verify()
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();

        var code = await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email);
        var (status, body) = await RedeemAsync(code, verifier);

        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(body.GetProperty("access_token").GetString(), new TokenValidationParameters
        {
            ValidIssuer = _host.Accounts.Issuer,
            ValidAudience = "referral-api",
            ValidTypes = ["at+jwt"],
            IssuerSigningKeyResolver = (_, _, kid, _) => _host.Keys.Verifying.Where(key => key.KeyId == kid),
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsValid, Is.True, result.Exception?.Message);
            Assert.That(result.Claims["sub"], Is.EqualTo(_subject));
            Assert.That(result.Claims.Keys, Has.None.EqualTo("email").And.None.EqualTo("name"));
            Assert.That(body.GetProperty("refresh_token").GetString(), Has.Length.EqualTo(43));
        }
    }

    [Test]
    public async Task A_code_needs_its_proof_and_works_once()
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        using var without = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge).Replace("code_challenge", "x", StringComparison.Ordinal));
        using var plain = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge).Replace("S256", "plain", StringComparison.Ordinal));

        var wrong = await RedeemAsync(await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email), IdentityHost.Proof().Verifier);
        using var other = _host.Browser();
        var code = await IdentityHost.CodeAsync(other, IdentityHost.AuthorizeUrl(challenge), _email);
        var first = await RedeemAsync(code, verifier);
        var again = await RedeemAsync(code, verifier);
        var refresh = await RefreshAsync(first.Body.GetProperty("refresh_token").GetString()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await without.Content.ReadAsStringAsync(), Does.Contain("invalid_request"));
            Assert.That(await plain.Content.ReadAsStringAsync(), Does.Contain("invalid_request"));
            Assert.That(wrong.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(first.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(again.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(refresh.Status, Is.EqualTo(HttpStatusCode.BadRequest), "a code used twice revokes what it gave");
        }
    }

    [Test]
    public async Task A_refresh_token_rotates_and_its_reuse_ends_the_family()
    {
        var first = await SignInForRefreshAsync();
        var second = await RefreshAsync(first);
        var stolen = await RefreshAsync(first);
        var afterwards = await RefreshAsync(second.Body.GetProperty("refresh_token").GetString()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Status, Is.EqualTo(HttpStatusCode.OK), second.Body.ToString());
            Assert.That(stolen.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(afterwards.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
        }
    }

    [Test]
    public async Task A_closed_account_gets_nothing_for_its_code_or_refresh_token_and_cannot_sign_in()
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        var code = await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email);
        var refresh = await SignInForRefreshAsync();

        await _host.Accounts.DeactivateAsync(_subject, default);
        var redeemed = await RedeemAsync(code, verifier);
        var refreshed = await RefreshAsync(refresh);
        using var authorize = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge));
        using var signIn = await IdentityHost.SignInAsync(browser, _email, IdentityHost.Password);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(redeemed.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(refreshed.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
            Assert.That(authorize.Headers.Location?.OriginalString, Does.StartWith("/identity/signin"), "its remembered sign-in is gone");
            Assert.That(signIn.StatusCode, Is.EqualTo(HttpStatusCode.BadRequest));
        }
    }

    [Test]
    public async Task A_partner_gets_a_token_for_its_secret_until_it_is_rotated()
    {
        var agency = Guid.NewGuid();
        var (id, secret) = await _host.Clients.CreateAsync("NGO dashboard", ["directory.read", "victims.read"], agency, default);

        var good = await ClientAsync(id, secret);
        var narrow = await ClientAsync(id, secret, "victims.read");
        var wide = await ClientAsync(id, secret, "reports.write");
        var wrong = await ClientAsync(id, secret + "x");
        var rotated = await _host.Clients.RotateAsync(id, default);
        var old = await ClientAsync(id, secret);
        var anew = await ClientAsync(id, rotated!);
        await _host.Clients.DeleteAsync(id, default);
        var gone = await ClientAsync(id, rotated!);

        var token = new JsonWebToken(good.Body.GetProperty("access_token").GetString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(token.Subject, Is.EqualTo(id));
            Assert.That(token.GetClaim("agency").Value, Is.EqualTo(agency.ToString()));
            Assert.That(token.GetClaim("scope").Value, Is.EqualTo("directory.read victims.read"));
            Assert.That(new JsonWebToken(narrow.Body.GetProperty("access_token").GetString()).GetClaim("scope").Value, Is.EqualTo("victims.read"));
            Assert.That(wide.Status, Is.EqualTo(HttpStatusCode.BadRequest));
            Assert.That(wrong.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_client"));
            Assert.That(old.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_client"));
            Assert.That(anew.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(gone.Body.GetProperty("error").GetString(), Is.EqualTo("invalid_client"));
        }
    }

    [Test]
    public void A_client_cannot_be_named_like_an_account() =>
        Assert.That(() => _host.Clients.CreateAsync("x", [], Guid.NewGuid(), default, (_subject, "secret")), Throws.ArgumentException);

    [Test]
    public async Task Discovery_names_what_is_offered_and_only_strong_proofs()
    {
        using var client = _host.Browser();
        var document = await client.GetStringAsync("/.well-known/openid-configuration");
        var keys = await client.GetStringAsync("/.well-known/jwks");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(document, Does.Contain("\"code_challenge_methods_supported\":[\"S256\"]").Or.Contain("S256").And.Not.Contain("plain"));
            Assert.That(document, Does.Contain("/connect/introspect").And.Contain("/connect/revoke").And.Contain("/connect/logout"));
            Assert.That(keys, Does.Contain(_host.Keys.Verifying.Last().KeyId));
        }
    }

    [Test]
    public async Task A_revoked_refresh_token_is_dead()
    {
        var refresh = await SignInForRefreshAsync();
        using var client = _host.Browser();
        using var form = new FormUrlEncodedContent([new("token", refresh), new("client_id", IdentityHost.Dashboard)]);
        using var revoked = await client.PostAsync("/connect/revoke", form);

        Assert.That(revoked.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That((await RefreshAsync(refresh)).Body.GetProperty("error").GetString(), Is.EqualTo("invalid_grant"));
    }

    [Test]
    public async Task Only_the_api_may_ask_about_a_token()
    {
        var partner = await _host.Clients.CreateAsync("partner", ["directory.read"], Guid.NewGuid(), default);
        var token = (await ClientAsync(partner.ClientId, partner.Secret)).Body.GetProperty("access_token").GetString()!;
        var secret = Base64UrlEncoder.Encode(await _host.Keys.SecretAsync("referral-api", default));

        var asked = await IntrospectAsync("referral-api", secret, token);
        var byItself = await IntrospectAsync(partner.ClientId, partner.Secret, token);
        await _host.Clients.DeleteAsync(partner.ClientId, default);
        var ended = await IntrospectAsync("referral-api", secret, token);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked, Does.Contain("\"active\": true").And.Contain(partner.ClientId));
            Assert.That(byItself, Does.Contain("unauthorized_client"));
            Assert.That(ended, Does.Contain("\"active\": false"));
        }
    }

    private async Task<string> IntrospectAsync(string client, string secret, string token)
    {
        using var http = _host.Browser();
        using var form = new FormUrlEncodedContent([new("client_id", client), new("client_secret", secret), new("token", token)]);
        using var answer = await http.PostAsync("/connect/introspect", form);
        return await answer.Content.ReadAsStringAsync();
    }

    [Test]
    public async Task Signing_out_forgets_the_browser()
    {
        var (_, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email);
        using var remembered = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge, more: "&prompt=none"));

        using var signedOut = await browser.GetAsync($"/connect/logout?client_id=web&post_logout_redirect_uri={Uri.EscapeDataString(_host.Accounts.Issuer)}");
        using var afterwards = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge, more: "&prompt=none"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(remembered.Headers.Location?.Query, Does.Contain("code="));
            Assert.That(signedOut.Headers.Location?.OriginalString, Is.EqualTo(_host.Accounts.Issuer));
            Assert.That(ErrorOf(afterwards), Is.EqualTo("login_required"));
        }
    }

    [TestCase("&prompt=login")]
    [TestCase("&max_age=240")]
    public async Task Whoever_is_remembered_is_asked_again_where_that_is_not_enough(string more)
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email);
        _host.Clock.Advance(TimeSpan.FromMinutes(5));

        using var asked = await browser.GetAsync(IdentityHost.AuthorizeUrl(challenge, more: more));
        var (_, body) = await RedeemAsync(await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge, more: more), _email), verifier);

        Assert.That(asked.Headers.Location?.OriginalString, Does.StartWith("/identity/signin"));
        Assert.That(ProvenAt(body, "id_token"), Is.EqualTo(_host.Clock.GetUtcNow().ToUnixTimeSeconds()));
    }

    [Test]
    public async Task Tokens_say_when_the_password_was_given_also_those_of_later()
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        var proven = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email);
        _host.Clock.Advance(TimeSpan.FromMinutes(10));

        var (_, body) = await RedeemAsync(await IdentityHost.CodeAgainAsync(browser, IdentityHost.AuthorizeUrl(challenge, more: "&max_age=900")), verifier);
        _host.Clock.Advance(TimeSpan.FromMinutes(10));
        var refreshed = await RefreshAsync(body.GetProperty("refresh_token").GetString()!);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ProvenAt(body, "id_token"), Is.EqualTo(proven));
            Assert.That(ProvenAt(body, "access_token"), Is.EqualTo(proven));
            Assert.That(ProvenAt(refreshed.Body, "access_token"), Is.EqualTo(proven), "a refresh proves nothing");
        }
    }

    private static long ProvenAt(System.Text.Json.JsonElement body, string token) => new JsonWebToken(body.GetProperty(token).GetString()).GetPayloadValue<long>("auth_time");

    [Test]
    public async Task A_staged_key_is_published_then_signs_and_old_tokens_live_on()
    {
        // Its own server: three months pass.
        await _host.DisposeAsync();
        await StartAsync();
        await GivenAnAccountAsync();
        var (id, secret) = await _host.Clients.CreateAsync("partner", ["directory.read"], Guid.NewGuid(), default);
        var before = new JsonWebToken((await ClientAsync(id, secret)).Body.GetProperty("access_token").GetString());

        _host.Clock.Advance(TimeSpan.FromDays(89) + TimeSpan.FromHours(1));
        await _host.Keys.RefreshAsync(default);
        var refresh = await SignInForRefreshAsync();
        using var client = _host.Browser();
        var published = await client.GetStringAsync("/.well-known/jwks");
        var staged = new JsonWebToken((await ClientAsync(id, secret)).Body.GetProperty("access_token").GetString());
        _host.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(1));
        await _host.Keys.RefreshAsync(default);
        var after = new JsonWebToken((await ClientAsync(id, secret)).Body.GetProperty("access_token").GetString());
        var refreshed = await RefreshAsync(refresh);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(staged.Kid, Is.EqualTo(before.Kid), "a staged key does not sign yet");
            Assert.That(after.Kid, Is.Not.EqualTo(before.Kid));
            Assert.That(published, Does.Contain(after.Kid), "it was published a day before");
            Assert.That(_host.Keys.Verifying.Select(key => key.KeyId), Does.Contain(before.Kid));
            Assert.That(refreshed.Status, Is.EqualTo(HttpStatusCode.OK), refreshed.Body.ToString());
        }
    }

    [Test]
    public async Task Two_instances_make_the_same_keys_and_take_each_others_tokens()
    {
        await using var second = await IdentityHost.StartAsync(beside: _host);
        var refresh = await SignInForRefreshAsync();

        var refreshed = await second.TokenAsync(("grant_type", "refresh_token"), ("client_id", IdentityHost.Dashboard), ("refresh_token", refresh));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.Keys.Verifying.Select(key => key.KeyId), Is.EqualTo(_host.Keys.Verifying.Select(key => key.KeyId)));
            Assert.That(refreshed.Status, Is.EqualTo(HttpStatusCode.OK), refreshed.Body.ToString());
        }
    }

    private async Task<string> SignInForRefreshAsync()
    {
        var (verifier, challenge) = IdentityHost.Proof();
        using var browser = _host.Browser();
        var (status, body) = await RedeemAsync(await IdentityHost.CodeAsync(browser, IdentityHost.AuthorizeUrl(challenge), _email), verifier);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK), body.ToString());
        return body.GetProperty("refresh_token").GetString()!;
    }

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> RedeemAsync(string code, string verifier) => _host.TokenAsync(
        ("grant_type", "authorization_code"), ("client_id", IdentityHost.Dashboard), ("redirect_uri", IdentityHost.DashboardCallback), ("code", code), ("code_verifier", verifier));

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> RefreshAsync(string token) =>
        _host.TokenAsync(("grant_type", "refresh_token"), ("client_id", IdentityHost.Dashboard), ("refresh_token", token));

    private Task<(HttpStatusCode Status, System.Text.Json.JsonElement Body)> ClientAsync(string id, string secret, string? scope = null) =>
        scope is null
            ? _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret))
            : _host.TokenAsync(("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", scope));

    private static string? ErrorOf(HttpResponseMessage answer) =>
        answer.Headers.Location is { } location && QueryHelpers.ParseQuery(location.Query).TryGetValue("error", out var error) ? error.ToString() : null;
}
