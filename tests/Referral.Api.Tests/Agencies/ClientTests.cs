using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Identity;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class ClientTests
{
    private const string Draft = """{"name":"Case system","scopes":["directory.read","referrals.read"]}""";
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_partner_signs_in_with_its_secret_until_that_is_rotated_or_the_client_is_deleted()
    {
        var admin = _app.As(World.PoliceAdmin);
        var made = await admin.PostAsync("/clients", Draft).JsonAsync(201);
        var path = $"/clients/{made.GetProperty("id").GetGuid()}";
        var first = Secret(made);

        var before = await TokenAsync(made, first);
        using var me = await CallAsync(before, "/me");
        _app.Clock.Advance(TimeSpan.FromSeconds(2));
        var rotated = await admin.PostAsync($"{path}/rotate", "{}", await TagAsync(admin, made)).JsonAsync();
        using var oldToken = await CallAsync(before, "/me");
        var oldSecret = await TokenAsync(made, first);
        var after = await TokenAsync(made, Secret(rotated));
        await admin.SendAsync(HttpMethod.Delete, path, ifMatch: await TagAsync(admin, made)).JsonAsync(204);
        using var deleted = await CallAsync(after, "/me");
        var list = await admin.ReadAsync("/clients").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)me.StatusCode, Is.EqualTo(200));
            Assert.That((int)oldToken.StatusCode, Is.EqualTo(401));
            Assert.That(oldSecret, Is.Null);
            Assert.That(after, Is.Not.Null);
            Assert.That((int)deleted.StatusCode, Is.EqualTo(401));
            Assert.That(list.GetRawText(), Does.Not.Contain(path[9..]));
        }
    }

    [Test]
    public async Task A_repetition_makes_no_second_client_and_shows_no_secret()
    {
        var admin = _app.As(World.ShelterAdmin);

        var made = await admin.PostAsync("/clients", Draft, key: "client-key-1").JsonAsync(201);
        var again = await admin.PostAsync("/clients", Draft, key: "client-key-1").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetProperty("id").GetGuid(), Is.EqualTo(made.GetProperty("id").GetGuid()));
            Assert.That(again.GetProperty("clientSecret").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(await TokenAsync(made, Secret(made)), Is.Not.Null);
        }
    }

    [TestCase("""{"name":"x","scopes":["everything"]}""", 400)]
    [TestCase("""{"name":"x","scopes":[]}""", 422)]
    public async Task A_scope_is_one_of_the_list(string body, int status)
    {
        using var answer = await _app.As(World.ShelterAdmin).PostAsync("/clients", body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Another_agency_does_not_know_it()
    {
        var made = await _app.As(World.PoliceAdmin).PostAsync("/clients", Draft).JsonAsync(201);

        using var answer = await _app.As(World.StrangerAdmin).PostAsync($"/clients/{made.GetProperty("id").GetGuid()}/rotate", "{}", "\"1\"");

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_deactivated_worker_cannot_pass_the_sign_in_page()
    {
        var accounts = _app.Services.GetRequiredService<IdentityAccounts>();
        var subject = await accounts.CreateAsync("desk@example.org", "a long and unusual sentence 17", CancellationToken.None);
        await _app.Database.ChangeAsync(
            Platform.Caller.System,
            work => work.ExecuteAsync(
                "UPDATE logins SET issuer = @issuer, subject = @subject WHERE worker_id = @workerId",
                new { issuer = accounts.Issuer, subject, workerId = World.ShelterDesk.Id }, CancellationToken.None),
            _ => true, CancellationToken.None);
        var admin = _app.As(World.ShelterAdmin);
        using var read = await admin.ReadAsync($"/workers/{World.ShelterDesk.Id}");

        await admin.PostAsync($"/workers/{World.ShelterDesk.Id}/deactivate", "{}", read.TagOf()).JsonAsync();

        Assert.That(await accounts.DeactivateAsync(subject, CancellationToken.None), Is.True, "the account is known and off");
    }

    private async Task<string?> TokenAsync(JsonElement client, string? secret)
    {
        using var http = _app.As(null);
        using var form = new FormUrlEncodedContent(
        [
            new("grant_type", "client_credentials"),
            new("client_id", client.GetProperty("clientId").GetString()!),
            new("client_secret", secret ?? string.Empty),
            new("scope", "directory.read referrals.read"),
        ]);
        using var answer = await http.PostAsync(new Uri("/connect/token", UriKind.Relative), form);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return body.TryGetProperty("access_token", out var token) ? token.GetString() : null;
    }

    private async Task<HttpResponseMessage> CallAsync(string? token, string path)
    {
        var http = _app.As(null);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.ReadAsync(path);
    }

    private static string? Secret(JsonElement answer) => answer.GetProperty("clientSecret").GetString();

    private static async Task<string> TagAsync(HttpClient admin, JsonElement client)
    {
        var list = await admin.ReadAsync("/clients?limit=200").JsonAsync();
        return list.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("id").GetGuid() == client.GetProperty("id").GetGuid()).GetProperty("tag").GetString()!;
    }
}
