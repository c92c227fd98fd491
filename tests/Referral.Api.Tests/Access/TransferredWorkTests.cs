using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What goes along when a case changes hands, what a block forbids, and two who act at once.</summary>
public sealed class TransferredWorkTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task What_was_sent_keeps_running_and_its_questions_are_the_new_leads()
    {
        var referral = await GivenReferral.InAsync(_app, "info_requested");
        await _app.As(World.Officer).PostAsync("/clocks", $$"""{"victimId":"{{referral.VictimId}}","topic":"court_hearing","dueAt":"2026-12-08T04:00:00Z"}""").JsonAsync(201);
        var before = await ClocksAsync(World.PoliceSupervisor);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await GivenTransfer.LedByAsync(_app, referral.VictimId, World.StrangerSupervisor);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        var hers = await ClocksAsync(World.StrangerSupervisor);
        var theirs = await ClocksAsync(World.PoliceSupervisor);
        var sent = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, "/referrals?box=sent");
        var old = await _app.As(World.PoliceSupervisor).ReadAsync(referral.Path).JsonAsync();
        var said = await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"{referral.Path}/entries");
        using var saying = await _app.As(World.PoliceSupervisor).PostAsync($"{referral.Path}/entries", """{"kind":"message","text":"How is she?"}""");
        var late = await referral.ActAsync(World.PoliceSupervisor, "answer_info", await referral.TagAsync(World.PoliceSupervisor)).JsonAsync(409);
        await referral.ActAsync(World.StrangerSupervisor, "answer_info", await referral.TagAsync(World.StrangerSupervisor)).JsonAsync();
        await referral.DoAsync("accept", bySender: false);
        var history = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, $"{referral.Path}/history");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hers, Is.EqualTo(before), "The same deadlines, due when they were due.");
            Assert.That(hers.Select(clock => clock.Split(' ')[0]), Is.EquivalentTo(new[] { "answer_info", "act_before" }));
            Assert.That(theirs, Is.Empty);
            Assert.That(sent.Select(row => row.GetProperty("id").GetGuid()), Is.EqualTo(new[] { referral.Id }));
            Assert.That(old.GetProperty("allowedActions").GetArrayLength() + old.GetProperty("entryKinds").GetArrayLength(), Is.Zero);
            Assert.That(old.GetProperty("sender").GetProperty("id").GetGuid(), Is.EqualTo(World.Stranger));
            Assert.That(said, Is.Empty);
            Assert.That((int)saying.StatusCode, Is.EqualTo(409));
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("other_party_acts"));
            Assert.That(
                history.Select(row => $"{row.GetProperty("action").GetString()} {Agency(row)}").Where(line => line.StartsWith("referral.s", StringComparison.Ordinal) || line.StartsWith("referral.info", StringComparison.Ordinal)),
                Is.EqualTo(new[]
                {
                    $"referral.info_answered {World.Stranger}", $"referral.sender_changed {World.Stranger}", $"referral.info_requested {World.Shelter}", $"referral.submitted {World.PoliceKasur}",
                }));
            Assert.That(await ToldAsync(World.ShelterDesk, "referral.sender_changed"), Is.EqualTo(1));
            Assert.That(await ToldAsync(World.StrangerSupervisor, "referral.accepted"), Is.EqualTo(1), "A case without a team is its supervisors'.");
            Assert.That(await ToldAsync(World.Officer, "referral.accepted"), Is.Zero);
        }
    }

    [Test]
    public async Task A_missed_deadline_escalates_to_the_new_lead()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted", "emergency");
        await GivenTransfer.LedByAsync(_app, referral.VictimId, World.StrangerSupervisor);

        await _app.PassAsync(TimeSpan.FromMinutes(50));

        Assert.That(await ToldAsync(World.StrangerSupervisor, "clock.acknowledge"), Is.EqualTo(1));
        Assert.That(await ToldAsync(World.PoliceSupervisor, "clock.acknowledge"), Is.Zero);
        Assert.That(await ToldAsync(World.ShelterSupervisor, "clock.acknowledge"), Is.GreaterThan(0));
    }

    [Test]
    public async Task Only_the_new_lead_sends_on_what_was_declined()
    {
        var referral = await GivenReferral.InAsync(_app, "declined");
        await GivenReferral.ConsentAsync(_app, referral.VictimId, ["identity", "health"], World.Hospital);
        await GivenTransfer.LedByAsync(_app, referral.VictimId, World.StrangerSupervisor);

        var old = await referral.ActAsync(World.PoliceSupervisor, "reroute", await referral.TagAsync(World.PoliceSupervisor)).JsonAsync(409);
        var rerouted = await referral.ActAsync(World.StrangerSupervisor, "reroute", await referral.TagAsync(World.StrangerSupervisor)).JsonAsync();

        var next = rerouted.GetProperty("reroutedTo").GetGuid();
        Assert.That(old.GetProperty("code").GetString(), Is.EqualTo("other_party_acts"));
        Assert.That(await GivenTransfer.StatusAsync(_app, World.HospitalDesk, $"/referrals/{next}"), Is.EqualTo(200));
        Assert.That(await GivenTransfer.StatusAsync(_app, World.PoliceSupervisor, $"/referrals/{next}"), Is.EqualTo(404));
        Assert.That(
            (await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, $"/victims/{referral.VictimId}/grants")).Where(grant => grant.GetProperty("sourceId").GetGuid() == next).Select(grant => grant.GetProperty("workerName").GetString()),
            Does.Not.Contain("officer"));
    }

    [Test]
    public async Task Who_is_kept_away_is_refused_as_whoever_cannot_lead_and_is_never_told()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        async Task<string> RefusedAsync(Guid agencyId) => Without(await _app.As(World.PoliceSupervisor).PostAsync("/transfers", GivenTransfer.Offer(victim, agencyId)).JsonAsync(422));
        var unknown = await RefusedAsync(Guid.NewGuid());
        var withoutSupervisor = await RefusedAsync(World.Hospital);
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE agencies SET status = 'suspended' WHERE id = @id", new { id = World.Shelter }, CancellationToken.None));
        var suspended = await RefusedAsync(World.Shelter);
        await BlockAsync(victim, $"\"agencyId\":\"{World.Stranger}\"");
        var blocked = await RefusedAsync(World.Stranger);

        Assert.That(unknown, Does.Contain("cannot_lead"));
        Assert.That(new[] { withoutSupervisor, suspended, blocked }, Is.All.EqualTo(unknown));
        Assert.That(await ToldAsync(World.StrangerSupervisor, "transfer.offered"), Is.Zero);
    }

    [Test]
    public async Task An_offer_to_whom_is_kept_away_since_was_never_made([Values] bool wholeAgency)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        var tag = await GivenTransfer.TagAsync(_app, World.ShelterSupervisor, id);
        await BlockAsync(victim, wholeAgency ? $"\"agencyId\":\"{World.Shelter}\"" : $"\"workerId\":\"{World.ShelterSupervisor.Id}\"");

        await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "accept", tag: tag).JsonAsync(404);

        Assert.That(await GivenTransfer.ListAsync(_app, World.ShelterSupervisor, "/transfers"), Is.Empty);
        Assert.That(await GivenTransfer.StatusAsync(_app, World.ShelterSupervisor, $"/transfers/{id}"), Is.EqualTo(404));
        Assert.That(await ToldAsync(World.ShelterSupervisor, "transfer.offered"), Is.Zero);
        Assert.That(await GivenTransfer.StatusAsync(_app, World.Officer, $"/victims/{victim}/identity"), Is.EqualTo(200));
    }

    [Test]
    public async Task A_lead_that_is_asked_cannot_give_her_to_whom_is_kept_away_since()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        var id = await GivenTransfer.AskAsync(_app, World.ShelterSupervisor, GivenTransfer.Request(referral.VictimId));
        await BlockAsync(referral.VictimId, $"\"agencyId\":\"{World.Shelter}\"");

        var problem = await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, id, "accept", """{"stays":false}""").JsonAsync(422);

        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("cannot_lead"));
    }

    [Test]
    public async Task Of_two_offers_at_once_one_is_made()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _app.As(World.PoliceSupervisor).PostAsync(
            "/transfers", GivenTransfer.Offer(victim, i % 2 == 0 ? World.Shelter : World.Stranger))));
        var again = await _app.As(World.PoliceSupervisor).PostAsync("/transfers", GivenTransfer.Offer(victim, World.Shelter)).JsonAsync(409);

        Assert.That(answers.Select(answer => (int)answer.StatusCode).Order(), Is.EqualTo(new[] { 201, 409, 409, 409, 409, 409 }));
        Assert.That(again.GetProperty("code").GetString(), Is.EqualTo("transfer_open"));
    }

    [Test]
    public async Task Of_one_who_accepts_and_one_who_takes_back_at_once_one_wins_and_the_case_has_one_lead()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        for (var round = 0; round < 4; round++)
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
            var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
            var (taking, accepting) = (await GivenTransfer.TagAsync(_app, World.PoliceSupervisor, id), await GivenTransfer.TagAsync(_app, World.ShelterSupervisor, id));

            var answers = await Task.WhenAll(
                GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "accept", tag: accepting),
                GivenTransfer.EndAsync(_app, World.PoliceSupervisor, id, "revoke", tag: taking));

            var isAccepted = (int)answers[0].StatusCode == 200;
            Assert.That(((int)answers[0].StatusCode, (int)answers[1].StatusCode), Is.EqualTo((200, 412)).Or.EqualTo((404, 200)), $"round {round}");
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ShelterSupervisor, $"/victims/{victim}"), Is.EqualTo(isAccepted ? 200 : 404));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.PoliceSupervisor, $"/victims/{victim}"), Is.EqualTo(isAccepted ? 404 : 200));
            if (isAccepted)
            {
                var back = await GivenTransfer.AskAsync(_app, World.ShelterSupervisor, GivenTransfer.Offer(victim, World.PoliceKasur));
                await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, back, "accept").JsonAsync();
            }
        }
    }

    private Task<JsonElement> BlockAsync(Guid victim, string whom) =>
        _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{{{whom}},"reason":"under_review"}""").JsonAsync(201);

    private async Task<string[]> ClocksAsync(Persona who) =>
        [.. (await GivenTransfer.ListAsync(_app, who, "/clocks")).Select(clock => $"{clock.GetProperty("kind").GetString()} {clock.GetProperty("dueAt").GetString()} {clock.GetProperty("state").GetString()}")];

    private async Task<int> ToldAsync(Persona who, string kind) =>
        (await GivenTransfer.ListAsync(_app, who, "/notifications")).Count(one => one.GetProperty("kind").GetString() == kind);

    private static string Agency(JsonElement row) => row.GetProperty("agency").GetProperty("id").GetString()!;

    private static string Without(JsonElement problem) =>
        string.Join(' ', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString()));
}
