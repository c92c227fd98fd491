using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The office hears of whoever is kept away and tries, once each; he hears nothing, nor does anybody beside him.</summary>
public sealed class SilentAlertTests
{
    private TestApp _app = null!;
    private Guid _victim;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _victim = await _app.As(World.Officer).GivenVictimAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Whoever_is_kept_away_and_asks_for_her_or_for_what_is_hers_is_told_of()
    {
        var note = (await _app.As(World.Officer).PostAsync($"/victims/{_victim}/records", """{"kind":"note","body":{"text":"She counts bricks."}}""").JsonAsync(201)).GetProperty("id").GetGuid();
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);
        await AskAsync(World.OtherOfficer, $"/victims/{_victim}", $"/victims/{Guid.NewGuid()}/records/{note}", $"/victims/{Guid.NewGuid()}", "/victims/nobody");
        await AskAsync(World.StrangerCaseworker, $"/victims/{_victim}");

        var raised = await RaiseAsync(_app);

        var list = await ListAsync();
        var told = await _app.ToldAsync(World.ProtectionOfficer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(raised, Is.EqualTo(2));
            Assert.That(list.Select(one => one.GetProperty("kind").GetString()), Is.All.EqualTo("tried"));
            Assert.That(list.Select(one => one.GetProperty("victimId").GetGuid()), Is.All.EqualTo(_victim));
            Assert.That(list.Select(one => one.GetProperty("worker").GetProperty("id").GetGuid()), Is.All.EqualTo(World.OtherOfficer.Id));
            Assert.That(list.Select(one => one.GetProperty("operation").GetString()), Is.EquivalentTo(new[] { "getVictim", "getRecord" }));
            Assert.That(told.Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { "alert.raised" }));
        }
    }

    [Test]
    public async Task Everybody_of_an_agency_that_is_kept_away_is_told_of()
    {
        await GivenBlock.SetAsync(_app, _victim, $"\"agencyId\":\"{World.Stranger}\"", World.PoliceSupervisor);
        await AskAsync(World.StrangerCaseworker, $"/victims/{_victim}");

        await RaiseAsync(_app);

        Assert.That((await ListAsync()).Single().GetProperty("agency").GetProperty("id").GetGuid(), Is.EqualTo(World.Stranger));
    }

    [Test]
    public async Task Two_instances_at_once_and_again_raise_each_once()
    {
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);
        await using var second = _app.Another(("Roles", "api"));
        for (var i = 0; i < 20; i++)
        {
            await AskAsync(World.OtherOfficer, $"/victims/{_victim}");
        }
        await SealAsync(_app);
        var (from, head) = await PlaceAsync();

        // Past the lease, as when the clocks of two instances differ.
        var runs = await Task.WhenAll(new[] { _app, second }.Select(app => app.Database.ChangeAsync(
            Caller.System, work => SilentAlerts.RaiseAsync(work, from, head, CancellationToken.None), found => found >= 0, CancellationToken.None)));
        var later = await RaiseAsync(_app) + await RaiseAsync(second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(runs, Is.EquivalentTo(new[] { 20, -1 }));
            Assert.That(later, Is.Zero);
            Assert.That(await ListAsync(), Has.Count.EqualTo(20));
            Assert.That(await _app.ToldAsync(World.ProtectionOfficer), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task For_ninety_days_after_a_lift_each_read_of_her_is_told_of()
    {
        var block = await GivenBlock.SetAsync(_app, _victim, World.Officer, World.PoliceSupervisor);
        await GivenBlock.LiftAsync(_app, _victim, block, World.PoliceSupervisor, World.ProtectionOfficer);
        await AskAsync(World.Officer, $"/victims/{_victim}/identity");
        await AskAsync(World.PoliceSupervisor, $"/victims/{_victim}/identity");

        await RaiseAsync(_app);
        var within = await ListAsync();
        _app.Clock.Advance(TimeSpan.FromDays(91));
        await AskAsync(World.Officer, $"/victims/{_victim}/identity");
        await RaiseAsync(_app);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(within.Select(one => (one.GetProperty("kind").GetString(), one.GetProperty("worker").GetProperty("id").GetGuid())), Is.EqualTo(new[] { ("opened", World.Officer.Id) }));
            Assert.That(await ListAsync(), Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task What_is_said_of_one_settles_those_before_it_and_ends_what_the_office_saw()
    {
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);
        await AskAsync(World.OtherOfficer, $"/victims/{_victim}", $"/victims/{_victim}");
        await RaiseAsync(_app);
        using var seen = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{_victim}");
        var newest = (await ListAsync())[0].GetProperty("id").GetGuid();

        await _app.As(World.ProtectionOfficer).PostAsync($"/silent-alerts/{newest}/handled", """{"words":"He typed an old number."}""").JsonAsync();

        var read = await _app.As(World.ProtectionOfficer).ReadAsync($"/silent-alerts/{newest}").JsonAsync();
        using var gone = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{_victim}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await ListAsync(), Is.Empty);
            Assert.That(await ListAsync("?handled=true"), Has.Count.EqualTo(2));
            Assert.That(read.GetProperty("words").GetString(), Is.EqualTo("He typed an old number."));
            Assert.That(read.GetProperty("block").GetProperty("worker").GetProperty("id").GetGuid(), Is.EqualTo(World.OtherOfficer.Id));
            Assert.That(((int)seen.StatusCode, (int)gone.StatusCode), Is.EqualTo((200, 404)));
        }
    }

    [Test]
    public async Task Nobody_else_sees_that_he_tried()
    {
        await GivenBlock.SetAsync(_app, _victim, World.OtherOfficer, World.PoliceSupervisor);
        await AskAsync(World.OtherOfficer, $"/victims/{_victim}");
        await RaiseAsync(_app);

        using (Assert.EnterMultipleScope())
        {
            foreach (var persona in new[] { World.Officer, World.OtherOfficer, World.PoliceSupervisor, World.PoliceAdmin })
            {
                using var response = await _app.As(persona).ReadAsync("/silent-alerts");
                Assert.That((int)response.StatusCode, Is.EqualTo(403), persona.Key);
                Assert.That((await _app.ToldAsync(persona)).Select(one => one.GetProperty("kind").GetString()), Has.None.StartWith("alert"), persona.Key);
            }
            Assert.That(await RawAsync(World.PoliceSupervisor, "history"), Does.Not.Contain("alert."));
            Assert.That(await RawAsync(World.PoliceSupervisor, "access-log"), Does.Not.Contain("alert."));
            Assert.That(await RawAsync(World.Officer, "grants"), Does.Not.Contain("oversight"));
        }
    }

    /// <summary>Everything that was done is sealed, and looked through.</summary>
    internal static async Task<int> RaiseAsync(TestApp app)
    {
        await SealAsync(app);
        return await app.Services.GetRequiredService<SilentAlerts>().RunAsync(CancellationToken.None);
    }

    private static Task<int> SealAsync(TestApp app) => app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);

    private Task<(long From, long Head)> PlaceAsync() => _app.Database.ReadAsync(Caller.System, work => AlertTraces.PlaceAsync(work, CancellationToken.None), CancellationToken.None);

    private async Task AskAsync(Persona by, params string[] paths)
    {
        foreach (var path in paths)
        {
            using var response = await _app.As(by).ReadAsync(path);
        }
    }

    private async Task<string> RawAsync(Persona by, string what) => (await _app.As(by).ReadAsync($"/victims/{_victim}/{what}").JsonAsync()).GetRawText();

    private async Task<IReadOnlyList<JsonElement>> ListAsync(string query = "") =>
        [.. (await _app.As(World.ProtectionOfficer).ReadAsync($"/silent-alerts{query}").JsonAsync()).GetProperty("items").EnumerateArray()];
}
