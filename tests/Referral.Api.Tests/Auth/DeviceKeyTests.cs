using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Platform;

/// <summary>The key that opens what lies on a phone is given to its worker, over her session, and to nobody else.</summary>
public sealed class DeviceKeyTests
{
    private AuthHost _host = null!;
    private Guid _agency;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _host = await AuthHost.StartAsync();
        _agency = await _host.AgencyAsync("Shelter");
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _host.DisposeAsync();

    [Test]
    public async Task The_same_phone_is_given_the_same_key_at_every_sign_in_and_another_phone_another()
    {
        var email = await WorkerAsync();
        using var first = await SignedInAsync(email);
        var (id, key) = await ReadAsync(first, "/web/device-keys");
        using var next = await SignedInAsync(email);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ReadAsync(next, $"/web/device-keys/{id}"), Is.EqualTo((id, key)));
            Assert.That((await ReadAsync(next, "/web/device-keys")).Key, Is.Not.EqualTo(key));
            Assert.That(Convert.FromBase64String(key), Has.Length.EqualTo(32));
        }
    }

    [Test]
    public async Task Nobody_else_is_given_it()
    {
        using var own = await SignedInAsync(await WorkerAsync());
        var (id, _) = await ReadAsync(own, "/web/device-keys");
        using var other = await SignedInAsync(await WorkerAsync());
        var (nobody, _) = _host.Browser();
        nobody.DefaultRequestHeaders.Add("X-NRS", "1");

        using var stranger = await other.PostAsync($"/web/device-keys/{id}", null);
        using var without = await nobody.PostAsync($"/web/device-keys/{id}", null);
        own.DefaultRequestHeaders.Remove("X-NRS");
        using var elsewhere = await own.PostAsync($"/web/device-keys/{id}", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(without.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(elsewhere.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "Another site cannot send the header.");
        }
        nobody.Dispose();
    }

    [Test]
    public async Task Who_works_here_no_more_is_given_nothing_and_a_phone_that_was_ended_neither()
    {
        var email = await WorkerAsync();
        using var client = await SignedInAsync(email);
        var (id, _) = await ReadAsync(client, "/web/device-keys");
        var (lost, _) = await ReadAsync(client, "/web/device-keys");

        await _host.SqlAsync("DELETE FROM device_keys WHERE id = @lost", new { lost = Guid.Parse(lost) });
        using var ended = await client.PostAsync($"/web/device-keys/{lost}", null);
        await _host.SqlAsync("UPDATE workers SET status = 'inactive' WHERE id = (SELECT worker_id FROM device_keys WHERE id = @id)", new { id = Guid.Parse(id) });
        using var left = await client.PostAsync($"/web/device-keys/{id}", null);

        Assert.That(ended.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(left.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task It_is_kept_by_no_cache_no_log_and_no_table()
    {
        using var client = await SignedInAsync(await WorkerAsync());
        using var answer = await client.PostAsync("/web/device-keys", null);
        var (_, key) = Parse(await answer.Content.ReadAsStringAsync());

        var stored = await _host.ChangeAsync(work => work.ListAsync<byte[]>("SELECT d.salt FROM device_keys d", new { }, default));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.Headers.CacheControl?.NoStore, Is.True);
            Assert.That(stored.Select(Convert.ToBase64String), Is.Not.Empty.And.Not.Contain(key));
            Assert.That(string.Join('\n', _host.Log.All), Does.Not.Contain(key));
        }
    }

    [Test]
    public async Task One_worker_fills_no_table_and_a_phone_that_is_not_used_any_more_is_forgotten()
    {
        using var client = await SignedInAsync(await WorkerAsync());
        var (oldest, _) = await ReadAsync(client, "/web/device-keys");
        for (var i = 0; i < 22; i++)
        {
            _host.Clock.Advance(TimeSpan.FromMilliseconds(1));
            await ReadAsync(client, "/web/device-keys");
        }

        using var gone = await client.PostAsync($"/web/device-keys/{oldest}", null);

        Assert.That(gone.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    private async Task<string> WorkerAsync()
    {
        var email = $"{Guid.NewGuid():N}@shelter.example";
        await _host.WorkerAsync(email, (_agency, "caseworker"));
        return email;
    }

    private async Task<HttpClient> SignedInAsync(string email)
    {
        var (client, _, last) = await _host.SignInAsync(email);
        last.Dispose();
        client.DefaultRequestHeaders.Add("X-NRS", "1");
        return client;
    }

    private static async Task<(string Id, string Key)> ReadAsync(HttpClient client, string path)
    {
        using var answer = await client.PostAsync(path, null);
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK), await answer.Content.ReadAsStringAsync());
        return Parse(await answer.Content.ReadAsStringAsync());
    }

    private static (string Id, string Key) Parse(string body)
    {
        var given = JsonDocument.Parse(body).RootElement;
        return (given.GetProperty("id").GetString()!, given.GetProperty("key").GetString()!);
    }
}
