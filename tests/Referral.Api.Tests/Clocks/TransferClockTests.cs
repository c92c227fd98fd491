using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>An offer, or a request, of the lead of a case that nobody answers.</summary>
public sealed class TransferClockTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task An_offer_that_nobody_answers_reminds_whoever_is_asked_reaches_both_supervisors_and_expires()
    {
        var victim = await GivenVictimAsync("high");
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        var asked = await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync();

        await _app.PassAsync(TimeSpan.FromHours(25));
        var (asksAtHalf, askedAtHalf) = (await StagesAsync(World.PoliceSupervisor), await StagesAsync(World.ShelterSupervisor));
        await _app.PassAsync(TimeSpan.FromHours(12));
        var (asksThen, askedThen) = (await StagesAsync(World.PoliceSupervisor), await StagesAsync(World.ShelterSupervisor));
        await _app.PassAsync(TimeSpan.FromHours(12));
        var after = await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync();
        var late = await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, id, "revoke").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.GetProperty("dueAt").GetDateTimeOffset() - asked.GetProperty("askedAt").GetDateTimeOffset(), Is.EqualTo(TimeSpan.FromHours(48)));
            Assert.That((asksAtHalf, askedAtHalf), Is.EqualTo(("", "reminded")));
            Assert.That((asksThen, askedThen), Is.EqualTo(("escalated", "escalated reminded")));
            Assert.That(after.GetProperty("state").GetString(), Is.EqualTo("expired"));
            Assert.That(after.GetProperty("allowedActions").GetArrayLength(), Is.Zero);
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("transfer_ended"));
            Assert.That(await StatusAsync(World.ShelterSupervisor, $"/transfers/{id}"), Is.EqualTo(404));
            Assert.That(await StatusAsync(World.Officer, $"/victims/{victim}/identity"), Is.EqualTo(200));
            foreach (var persona in new[] { World.PoliceSupervisor, World.ShelterSupervisor })
            {
                Assert.That((await _app.ToldAsync(persona)).Count(Tells("transfer.expired")), Is.EqualTo(1), persona.Key);
                Assert.That(await StagesAsync(persona), Does.Not.Contain("missed"), "It is told as the end that it brings.");
            }
        }
        Assert.That(await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Stranger)), Is.Not.EqualTo(id));
    }

    [Test]
    public async Task A_request_waits_five_days_for_the_lead_whatever_she_needs()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service", "emergency");
        var id = await GivenTransfer.AskAsync(_app, World.ShelterSupervisor, GivenTransfer.Request(referral.VictimId));
        var deadline = (await ClocksAsync(World.PoliceSupervisor)).Single();

        await _app.PassAsync(TimeSpan.FromDays(9));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((deadline.GetProperty("subjectId").GetGuid(), deadline.GetProperty("urgency").GetString()), Is.EqualTo((id, "medium")));
            Assert.That((await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync()).GetProperty("state").GetString(), Is.EqualTo("expired"));
        }
    }

    [Test]
    public async Task What_was_answered_speaks_no_more([Values("accept", "decline", "revoke")] string action)
    {
        var victim = await GivenVictimAsync("high");
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        using var ended = await GivenTransfer.EndAsync(_app, action == "revoke" ? World.PoliceSupervisor : World.ShelterSupervisor, id, action);

        await _app.PassAsync(TimeSpan.FromDays(3));

        Assert.That(await StagesAsync(World.ShelterSupervisor), Is.Empty);
        Assert.That((await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync()).GetProperty("state").GetString(), Is.Not.EqualTo("expired"));
    }

    [Test]
    public async Task Its_deadline_is_seen_by_whoever_sees_the_transfer()
    {
        var victim = await GivenVictimAsync("high");
        await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        var supervisor = await ClocksAsync(World.ShelterSupervisor);
        var desk = await ClocksAsync(World.ShelterDesk);
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{"agencyId":"{{World.Shelter}}","reason":"under_review"}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(supervisor.Select(row => row.GetProperty("subjectKind").GetString()), Is.EqualTo(new[] { "transfer" }));
            Assert.That(desk, Is.Empty);
            Assert.That(await ClocksAsync(World.ShelterSupervisor), Is.Empty);
        }
    }

    [Test]
    public async Task Nobody_above_an_agency_that_is_kept_away_since_hears_how_it_ends([Values] bool byTime)
    {
        var victim = await GivenVictimAsync("high");
        await GivenTransfer.LedByAsync(_app, victim, World.StrangerSupervisor);
        var id = await GivenTransfer.AskAsync(_app, World.StrangerSupervisor, GivenTransfer.Offer(victim, World.PoliceKasur));
        await _app.As(World.StrangerSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{"agencyId":"{{World.PoliceKasur}}","reason":"under_review"}""").JsonAsync(201);

        if (byTime)
        {
            await _app.PassAsync(TimeSpan.FromHours(49));
        }
        else
        {
            await GivenTransfer.EndAsync(_app, World.StrangerSupervisor, id, "revoke").JsonAsync();
        }

        var told = (await _app.ToldAsync(World.PoliceSupervisor)).Where(one => one.GetProperty("subjectId").GetGuid() == id).Select(one => one.GetProperty("kind").GetString());
        Assert.That(told, Is.EqualTo(new[] { "transfer.offered" }), "That was before.");
        Assert.That((await _app.As(World.StrangerSupervisor).ReadAsync($"/transfers/{id}").JsonAsync()).GetProperty("state").GetString(), Is.EqualTo(byTime ? "expired" : "revoked"));
    }

    [Test]
    public async Task An_open_transfer_ends_with_its_case()
    {
        var victim = await GivenVictimAsync("high");
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        var asked = await _app.As(World.Officer).PostAsync($"/victims/{victim}/close", """{"reason":"goals_met","criteria":["needs_met"]}""").JsonAsync(201);
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, asked.GetProperty("id").GetGuid()).JsonAsync();

        var after = await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromDays(3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.GetProperty("state").GetString(), Is.EqualTo("case_closed"));
            Assert.That(await StatusAsync(World.ShelterSupervisor, $"/transfers/{id}"), Is.EqualTo(404));
            Assert.That((await _app.ToldAsync(World.ShelterSupervisor)).Count(Tells("transfer.closed")), Is.EqualTo(1));
            Assert.That(await StagesAsync(World.ShelterSupervisor), Is.Empty);
        }
    }

    private async Task<Guid> GivenVictimAsync(string urgency)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await _app.As(World.Officer).PostAsync($"/victims/{victim}/needs", $$"""{"category":"safe_shelter","urgency":"{{urgency}}"}""").JsonAsync(201);
        return victim;
    }

    private Task<int> StatusAsync(Persona by, string path) => GivenTransfer.StatusAsync(_app, by, path);

    private Task<IReadOnlyList<JsonElement>> ClocksAsync(Persona by) => GivenTransfer.ListAsync(_app, by, "/clocks?kind=transfer");

    private static Func<JsonElement, bool> Tells(string kind) => told => told.GetProperty("kind").GetString() == kind;

    private async Task<string> StagesAsync(Persona who) =>
        string.Join(' ', (await _app.ToldAsync(who)).Where(Tells("clock.transfer")).Select(told => told.GetProperty("stage").GetString()));
}
