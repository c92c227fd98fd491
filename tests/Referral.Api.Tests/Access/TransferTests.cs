using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Who may ask for the lead of a case to move, who answers, and who sees what of it until then.</summary>
public sealed class TransferTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Until_it_is_accepted_the_other_side_sees_what_it_needs_to_decide_and_nothing_else()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await _app.As(World.Officer).PostAsync($"/victims/{victim}/needs", """{"category":"safe_shelter","urgency":"medium"}""").JsonAsync(201);
        await _app.As(World.Officer).PostAsync($"/victims/{victim}/needs", """{"category":"medical_care","urgency":"high"}""").JsonAsync(201);
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));

        var offers = await GivenTransfer.ListAsync(_app, World.ShelterSupervisor, "/transfers");
        var shell = await StatusAsync(World.ShelterSupervisor, $"/victims/{victim}");
        var seenBy = new List<string>();
        foreach (var persona in World.Everybody)
        {
            if (await StatusAsync(persona, $"/transfers/{id}") == 200)
            {
                seenBy.Add(persona.Key);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            var offer = offers.Single();
            Assert.That(Texts(offer, "urgency", "ageBand", "sex", "district", "state", "reason"), Is.EqualTo(new[] { "high", "age_10_11", "female", "PK-PB-KSR", "open", "person_moved" }));
            Assert.That(Texts(offer, "caseCode")[0], Is.Not.Empty);
            Assert.That(offer.GetProperty("victimId").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Actions(offer), Is.EqualTo(new[] { "accept", "decline" }));
            Assert.That(shell, Is.EqualTo(404));
            Assert.That(seenBy, Is.EquivalentTo(new[] { "officer", "police supervisor", "shelter supervisor" }));
            Assert.That(await ToldAsync(World.ShelterSupervisor), Is.EqualTo(new[] { "transfer.offered" }));
            Assert.That(await ToldAsync(World.Officer), Is.EqualTo(new[] { "transfer.offered" }));
            Assert.That(await ToldAsync(World.ShelterDesk), Is.Empty);
        }
    }

    [Test]
    public async Task On_acceptance_the_case_changes_hands_in_one_step([Values] bool stays)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var id = await GivenTransfer.LedByAsync(_app, victim, World.StrangerSupervisor, stays);

        var shell = await _app.As(World.StrangerSupervisor).ReadAsync($"/victims/{victim}").JsonAsync();
        var team = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, $"/victims/{victim}/team");
        var history = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, $"/victims/{victim}/history");
        var cases = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, "/victims");
        using var put = await _app.As(World.StrangerSupervisor).ReadAsync($"/victims/{victim}");
        await _app.As(World.StrangerSupervisor).PostAsync($"/victims/{victim}/team", $$"""{"workerId":"{{World.StrangerCaseworker.Id}}"}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shell.GetProperty("leadAgency").GetProperty("id").GetGuid(), Is.EqualTo(World.Stranger));
            Assert.That(shell.GetProperty("may").GetProperty("edit").GetBoolean(), Is.True);
            Assert.That(team, Is.Empty, "The team of the old lead is nobody's.");
            Assert.That(cases.Select(row => row.GetProperty("id").GetGuid()), Does.Contain(victim));
            Assert.That(history.Select(row => row.GetProperty("action").GetString()), Is.SupersetOf(new[] { "transfer.offered", "transfer.accepted" }));
            Assert.That(await StatusAsync(World.StrangerCaseworker, $"/victims/{victim}/identity"), Is.EqualTo(200));
            Assert.That(await StatusAsync(World.Officer, $"/victims/{victim}"), Is.EqualTo(stays ? 200 : 404));
            Assert.That(await StatusAsync(World.OtherOfficer, $"/victims/{victim}"), Is.EqualTo(stays ? 200 : 404), "The unit stays, not a person.");
            Assert.That(await StatusAsync(World.Officer, $"/victims/{victim}/identity"), Is.EqualTo(404));
            Assert.That(await StatusAsync(World.PoliceSupervisor, $"/victims/{victim}"), Is.EqualTo(404));
            Assert.That(await StatusAsync(World.PoliceSupervisor, $"/transfers/{id}"), Is.EqualTo(200), "Who gave it away may say to whom.");
            Assert.That(await ToldAsync(World.PoliceSupervisor), Is.EqualTo(new[] { "transfer.accepted" }));
            Assert.That(await ToldAsync(World.Officer), Is.EquivalentTo(new[] { "transfer.accepted", "transfer.offered" }));
        }
    }

    [Test]
    public async Task A_case_that_comes_back_is_as_if_it_had_been_led_all_the_time()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await GivenTransfer.LedByAsync(_app, victim, World.StrangerSupervisor, stays: true);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        var back = await GivenTransfer.AskAsync(_app, World.StrangerSupervisor, GivenTransfer.Offer(victim, World.PoliceKasur));
        await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, back, "accept").JsonAsync();

        var live = (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/victims/{victim}/grants")).Where(grant => grant.GetProperty("toAt").ValueKind == JsonValueKind.Null);
        Assert.That(live.Select(grant => $"{Texts(grant, "source")[0]} {grant.GetProperty("agency").GetProperty("id").GetGuid()}"), Is.EqualTo(new[] { $"lead {World.PoliceKasur}" }));
        Assert.That(await StatusAsync(World.StrangerSupervisor, $"/victims/{victim}"), Is.EqualTo(404));
    }

    [Test]
    public async Task Only_the_side_that_is_asked_answers()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        using var caseworker = await _app.As(World.Officer).PostAsync("/transfers", GivenTransfer.Offer(victim, World.Shelter));
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));

        var own = await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, id, "accept").JsonAsync(409);
        var taking = await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "revoke").JsonAsync(409);
        using var desk = await GivenTransfer.EndAsync(_app, World.ShelterDesk, id, "accept");
        using var stranger = await GivenTransfer.EndAsync(_app, World.StrangerSupervisor, id, "accept");
        using var untagged = await _app.As(World.ShelterSupervisor).PostAsync($"/transfers/{id}/accept", "{}");
        using var stale = await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "accept", tag: "\"7-00000000\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Texts(own, "code")[0], Texts(taking, "code")[0]), Is.EqualTo(("other_party_acts", "other_party_acts")));
            Assert.That(new[] { (int)caseworker.StatusCode, (int)desk.StatusCode, (int)stranger.StatusCode }, Is.EqualTo(new[] { 403, 403, 404 }));
            Assert.That(((int)untagged.StatusCode, (int)stale.StatusCode), Is.EqualTo((428, 412)));
        }
    }

    [Test]
    public async Task Who_declined_an_offer_sees_nothing_of_it_also_when_it_says_so_twice()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var id = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(victim, World.Shelter));
        var tag = await GivenTransfer.TagAsync(_app, World.ShelterSupervisor, id);

        using var declined = await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "decline", tag: tag, key: "declined-once");
        using var replayed = await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, id, "decline", tag: tag, key: "declined-once");
        var known = await _app.As(World.PoliceSupervisor).ReadAsync($"/transfers/{id}").JsonAsync();
        var late = await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, id, "revoke").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)declined.StatusCode, (int)replayed.StatusCode), Is.EqualTo((204, 204)));
            Assert.That(await StatusAsync(World.ShelterSupervisor, $"/transfers/{id}"), Is.EqualTo(404));
            Assert.That(Texts(known, "state", "declineReason"), Is.EqualTo(new[] { "declined", "no_capacity" }));
            Assert.That(Texts(late, "code")[0], Is.EqualTo("transfer_ended"));
            Assert.That(await StatusAsync(World.Officer, $"/victims/{victim}/identity"), Is.EqualTo(200));
            Assert.That(await ToldAsync(World.PoliceSupervisor), Is.EqualTo(new[] { "transfer.declined" }));
        }
    }

    [Test]
    public async Task An_agency_asks_for_a_case_that_it_sees_and_the_lead_says_whether_it_stays()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service");
        var hidden = await _app.As(World.StrangerSupervisor).PostAsync("/transfers", GivenTransfer.Request(referral.VictimId)).JsonAsync(422);
        var nobody = await _app.As(World.StrangerSupervisor).PostAsync("/transfers", GivenTransfer.Request(Guid.NewGuid())).JsonAsync(422);
        var first = await GivenTransfer.AskAsync(_app, World.ShelterSupervisor, GivenTransfer.Request(referral.VictimId));
        await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, first, "decline", """{"reason":"unsafe_now"}""").JsonAsync();
        var refused = await _app.As(World.ShelterSupervisor).ReadAsync($"/transfers/{first}").JsonAsync();

        var second = await GivenTransfer.AskAsync(_app, World.ShelterSupervisor, GivenTransfer.Request(referral.VictimId));
        var waiting = await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/transfers");
        var unsaid = await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, second, "accept").JsonAsync(422);
        await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, second, "accept", """{"stays":true}""").JsonAsync();
        var both = await _app.As(World.ShelterSupervisor).ReadAsync(referral.Path).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Texts(hidden.GetProperty("errors")[0], "pointer", "code"), Is.EqualTo(Texts(nobody.GetProperty("errors")[0], "pointer", "code")));
            Assert.That(Texts(refused, "state", "declineReason"), Is.EqualTo(new[] { "declined", "unsafe_now" }));
            Assert.That(waiting.Select(row => row.GetProperty("id").GetGuid()), Is.EqualTo(new[] { second }));
            Assert.That(unsaid.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/stays"));
            Assert.That(await StatusAsync(World.ShelterSupervisor, $"/victims/{referral.VictimId}/identity"), Is.EqualTo(200));
            Assert.That(await StatusAsync(World.OtherOfficer, $"/victims/{referral.VictimId}"), Is.EqualTo(200));
            Assert.That(Actions(both), Is.SupersetOf(new[] { "complete", "request_cancel" }), "It is now on both sides of what it was sent.");
        }
    }

    [Test]
    public async Task A_case_that_is_closed_is_not_moved_and_not_to_whom_leads_it()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var same = await _app.As(World.PoliceSupervisor).PostAsync("/transfers", GivenTransfer.Offer(victim, World.PoliceKasur)).JsonAsync(422);
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE victims SET status = 'closed' WHERE id = @victim", new { victim }, CancellationToken.None));
        var closed = await _app.As(World.PoliceSupervisor).PostAsync("/transfers", GivenTransfer.Offer(victim, World.Shelter)).JsonAsync(409);

        Assert.That(Texts(same.GetProperty("errors")[0], "pointer", "code"), Is.EqualTo(new[] { "/toAgencyId", "leads_already" }));
        Assert.That(Texts(closed, "code")[0], Is.EqualTo("case_not_open"));
    }

    private Task<int> StatusAsync(Persona by, string path) => GivenTransfer.StatusAsync(_app, by, path);

    private async Task<string[]> ToldAsync(Persona who) =>
        [.. (await GivenTransfer.ListAsync(_app, who, "/notifications")).Select(one => Texts(one, "kind")[0]).Where(kind => kind.StartsWith("transfer", StringComparison.Ordinal))];

    private static string[] Texts(JsonElement row, params string[] members) => [.. members.Select(member => row.GetProperty(member).GetString() ?? "")];

    private static string[] Actions(JsonElement row) => [.. row.GetProperty("allowedActions").EnumerateArray()
        .Select(action => action.ValueKind == JsonValueKind.String ? action.GetString()! : action.GetProperty("action").GetString()!)];
}
