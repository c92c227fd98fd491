using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The journal over HTTP: a team's view of its case, and an auditor's of all.</summary>
public sealed class AccessLogTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task The_log_tells_who_opened_what_page_by_page()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        _app.Clock.Advance(TimeSpan.FromSeconds(1));
        using var read = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{victim}/identity");

        var first = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/access-log?limit=1").JsonAsync();
        var second = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/access-log?limit=1&cursor={first.GetProperty("next").GetString()}").JsonAsync();
        var history = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/history").JsonAsync();
        using var stranger = await _app.As(World.StrangerSupervisor).ReadAsync($"/victims/{victim}/access-log");

        var row = first.GetProperty("items")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.GetProperty("action").GetString(), Is.EqualTo("record.read"));
            Assert.That(row.GetProperty("role").GetString(), Is.EqualTo("supervisor"));
            Assert.That(row.GetProperty("agency").GetProperty("nameEn").GetString(), Is.EqualTo("Invented Police"));
            Assert.That(row.GetProperty("groups")[0].GetString(), Is.EqualTo("identity"));
            Assert.That(second.GetProperty("items")[0].GetProperty("action").GetString(), Is.EqualTo("victim.registered"));
            Assert.That(history.GetProperty("items").EnumerateArray().Select(h => h.GetProperty("action").GetString()), Is.EqualTo(new[] { "victim.registered" }));
            Assert.That(history.GetProperty("items")[0].GetProperty("facts").GetProperty("district").GetString(), Is.EqualTo("PK-PB-KSR"));
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task An_auditor_searches_the_journal_and_the_search_is_in_it()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var found = await _app.As(World.Auditor).ReadAsync($"/audit?victimId={victim}").JsonAsync();
        var searches = await _app.As(World.Auditor).ReadAsync($"/audit?action=audit.read&workerId={World.Auditor.Id}").JsonAsync();
        using var supervisor = await _app.As(World.PoliceSupervisor).ReadAsync("/audit");
        var bad = await _app.As(World.Auditor).ReadAsync("/audit?action=victim.eaten").JsonAsync(400);
        var badId = await _app.As(World.Auditor).ReadAsync("/audit?victimId=7").JsonAsync(400);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString()), Is.EqualTo(new[] { "victim.registered" }));
            Assert.That(searches.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("facts").ToString()), Has.Some.Contains(victim.ToString()));
            Assert.That(supervisor.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(bad.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("action"));
            Assert.That(badId.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("victimId"));
        }
    }

    [Test]
    public async Task A_blocked_auditor_finds_nothing_of_her()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{"workerId":"{{World.Auditor.Id}}","reason":"related_to_perpetrator"}""").JsonAsync(201);

        var ofHer = await _app.As(World.Auditor).ReadAsync($"/audit?victimId={victim}").JsonAsync();
        var ofAll = await _app.As(World.Auditor).ReadAsync("/audit").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ofHer.GetProperty("items").GetArrayLength(), Is.Zero);
            Assert.That(ofAll.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("victimId").ToString()), Has.None.EqualTo(victim.ToString()));
        }
    }

    [Test]
    public async Task Seals_are_listed_in_a_chain()
    {
        var sealer = _app.Services.GetRequiredService<JournalSealer>();
        await _app.As(World.Officer).GivenVictimAsync();
        await sealer.SealAsync(CancellationToken.None);
        await _app.As(World.Officer).GivenVictimAsync();
        await sealer.SealAsync(CancellationToken.None);

        var first = await _app.As(World.Auditor).ReadAsync("/audit/seals?limit=1").JsonAsync();
        var second = await _app.As(World.Auditor).ReadAsync($"/audit/seals?limit=1&cursor={first.GetProperty("next").GetString()}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.GetProperty("items")[0].GetProperty("n").GetInt64(), Is.EqualTo(1));
            Assert.That(second.GetProperty("items")[0].GetProperty("previous").GetString(), Is.EqualTo(first.GetProperty("items")[0].GetProperty("hash").GetString()));
        }
    }
}
