using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A case ends by the word of two people, and begins again by the word of one.</summary>
public sealed class ClosureTests
{
    private const string Body = """{"reason":"goals_met","criteria":["needs_met","person_agrees"],"note":"She goes to school and laughs."}""";

    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task It_closes_when_a_second_person_approves_and_whoever_read_it_still_reads_it()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await _app.As(World.Officer).PostAsync("/clocks", $$"""{"victimId":"{{victim}}","topic":"court_hearing","dueAt":"2026-12-08T04:00:00Z"}""").JsonAsync(201);

        var asked = await _app.As(World.Officer).PostAsync($"/victims/{victim}/close", Body).JsonAsync(201);
        var waiting = await ShellAsync(World.Officer, victim);
        var twice = await _app.As(World.Officer).PostAsync($"/victims/{victim}/close", Body).JsonAsync(409);
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, asked.GetProperty("id").GetGuid()).JsonAsync();

        var closed = await ShellAsync(World.Officer, victim);
        var late = await _app.As(World.Officer).PostAsync($"/victims/{victim}/close", Body).JsonAsync(409);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(waiting, "status"), Is.EqualTo("open"));
            Assert.That((Text(twice, "code"), Text(late, "code")), Is.EqualTo(("approval_open", "case_not_open")));
            Assert.That((Text(closed, "status"), Text(closed, "closedReason")), Is.EqualTo(("closed", "goals_met")));
            Assert.That(closed.GetProperty("closedAt").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow()).Within(TimeSpan.FromSeconds(1)));
            Assert.That(May(closed), Is.EqualTo((false, true)));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.Officer, $"/victims/{victim}/identity"), Is.EqualTo(200));
            Assert.That(await GivenTransfer.ListAsync(_app, World.Officer, "/clocks"), Is.Empty);
            Assert.That((await GivenTransfer.ListAsync(_app, World.Officer, "/victims?show=closed")).Single().GetProperty("id").GetGuid(), Is.EqualTo(victim));
            Assert.That((await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/history")).Select(row => Text(row, "action")), Does.Contain("victim.closed"));
        }
    }

    [Test]
    public async Task While_a_referral_is_open_it_is_neither_asked_nor_approved()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var early = await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/close", Body).JsonAsync(409);
        await referral.DoAsync("cancel", bySender: true);
        var asked = await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/close", Body).JsonAsync(201);
        await DraftAsync(referral).JsonAsync(201);

        var late = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, asked.GetProperty("id").GetGuid()).JsonAsync(409);

        var still = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{asked.GetProperty("id").GetGuid()}").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Text(early, "code"), Text(early, "count")), Is.EqualTo(("referrals_open", "1")));
            Assert.That(Text(late, "code"), Is.EqualTo("referrals_open"));
            Assert.That(Text(still, "state"), Is.EqualTo("open"), "A yes that cannot be carried out was no yes.");
        }
    }

    [Test]
    public async Task A_closed_case_sends_nothing_until_it_is_open_again()
    {
        var referral = await GivenReferral.InAsync(_app, "cancelled");
        await CloseAsync(referral.VictimId);
        var refused = await DraftAsync(referral).JsonAsync(409);
        using var stranger = await _app.As(World.StrangerCaseworker).PostAsync($"/victims/{referral.VictimId}/reopen", """{"reason":"new_danger"}""");
        using var desk = await _app.As(World.ShelterDesk).PostAsync($"/victims/{referral.VictimId}/reopen", """{"reason":"new_danger"}""");

        var open = await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/reopen", """{"reason":"new_danger"}""", key: "open-again").JsonAsync();
        var replayed = await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/reopen", """{"reason":"new_danger"}""", key: "open-again").JsonAsync();
        var again = await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/reopen", """{"reason":"new_danger"}""").JsonAsync(409);
        await DraftAsync(referral).JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(refused, "code"), Is.EqualTo("case_not_open"));
            Assert.That(((int)stranger.StatusCode, (int)desk.StatusCode), Is.EqualTo((404, 403)));
            Assert.That((Text(open, "status"), May(open)), Is.EqualTo(("open", (true, false))));
            Assert.That(open.GetProperty("closedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(Text(replayed, "status"), Is.EqualTo("open"));
            Assert.That(Text(again, "code"), Is.EqualTo("case_open"));
        }
    }

    [Test]
    public async Task What_ends_by_itself_is_asked_for_again_when_the_case_is_open_again_and_a_closed_one_is_looked_at_on_no_day()
    {
        var officer = _app.As(World.Officer);
        var victim = (await officer.PostAsync(
            "/victims", """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"documentedOn":"2009-03-15"},"name":{"ur":"کلثوم"} }""").JsonAsync(201)).GetProperty("id").GetGuid();
        await ConsentAsync(victim, "");
        await ConsentAsync(victim, """ "validTo":"2027-01-10T00:00:00Z", """);
        await ConsentAsync(victim, """ "validTo":"2026-11-27T00:00:00Z", """);
        var before = await LinesAsync(victim);
        await CloseAsync(victim);
        await officer.PostAsync($"/victims/{victim}/records", """{"kind":"plan","body":{"goals":[{"category":"legal_aid","text":"A lawyer","state":"going"}],"reviewOn":"2026-12-10"} }""").JsonAsync(201);
        var closed = await LinesAsync(victim);
        _app.Clock.Advance(TimeSpan.FromDays(4));

        await officer.PostAsync($"/victims/{victim}/reopen", """{"reason":"new_danger"}""").JsonAsync();
        var open = await LinesAsync(victim);
        await CloseAsync(victim);
        await officer.PostAsync($"/victims/{victim}/reopen", """{"reason":"new_danger"}""").JsonAsync();
        var twice = await LinesAsync(victim);
        await CloseAsync(victim);
        _app.Clock.Advance(TimeSpan.FromDays(20));
        await officer.PostAsync($"/victims/{victim}/reopen", """{"reason":"new_danger"}""").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { "basis_ends 11-27", "basis_ends 01-10", "renew_basis 02-28" }));
            Assert.That(closed, Is.Empty);
            Assert.That(open, Is.EqualTo(new[] { "plan_review 12-10", "basis_ends 01-10", "renew_basis 02-28" }));
            Assert.That(twice, Is.EqualTo(open));
            Assert.That(await LinesAsync(victim), Is.EqualTo(new[] { "plan_review 12-25", "basis_ends 01-10", "renew_basis 02-28" }), "What was due meanwhile has a week.");
        }
    }

    [Test]
    public async Task Visits_that_are_left_are_due_on_their_days_again_and_one_that_was_made_is_not()
    {
        var victim = (await GivenReferral.InAsync(_app, "completed")).VictimId;
        var before = await VisitsAsync(victim);
        await CloseAsync(victim);
        _app.Clock.Advance(TimeSpan.FromDays(30));
        await ReopenAsync(victim);
        var again = await VisitsAsync(victim);
        await CloseAsync(victim);
        await _app.As(World.Officer).PostAsync($"/victims/{victim}/records", """{"kind":"visit","body":{"visit":"three_month","text":"Seen at her school."} }""").JsonAsync(201);
        await ReopenAsync(victim);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { "three_month 02-24", "six_month 05-24", "twelve_month 11-24" }));
            Assert.That(again, Is.EqualTo(before));
            Assert.That(await VisitsAsync(victim), Is.EqualTo(before[1..]), "It was made while the case was closed.");
        }
    }

    [Test]
    public async Task Of_the_visits_that_were_due_meanwhile_the_last_is_made_up_for_within_a_week()
    {
        var victim = (await GivenReferral.InAsync(_app, "completed")).VictimId;
        await CloseAsync(victim);
        _app.Clock.Advance(TimeSpan.FromDays(200));
        await ReopenAsync(victim);
        var late = await VisitsAsync(victim);
        await CloseAsync(victim);
        await ReopenAsync(victim);

        Assert.That(late, Is.EqualTo(new[] { "six_month 06-19", "twelve_month 11-24" }));
        Assert.That(await VisitsAsync(victim), Is.EqualTo(late));
    }

    private Task<JsonElement> ReopenAsync(Guid victim) => _app.As(World.Officer).PostAsync($"/victims/{victim}/reopen", """{"reason":"new_danger"}""").JsonAsync();

    private async Task<string[]> VisitsAsync(Guid victim) =>
    [
        .. (await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?kind=follow_up&victimId={victim}"))
            .Select(clock => $"{Text(clock, "visit")} {clock.GetProperty("dueAt").GetDateTimeOffset().UtcDateTime.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)}"),
    ];

    private Task<JsonElement> ConsentAsync(Guid victim, string more) => _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", $$"""
        {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",{{more}}
         "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
        """).JsonAsync(201);

    private async Task<string[]> LinesAsync(Guid victim) =>
    [
        .. (await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={victim}"))
            .Select(clock => $"{Text(clock, "kind")} {clock.GetProperty("dueAt").GetDateTimeOffset().UtcDateTime.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)}"),
    ];

    [Test]
    public async Task What_was_declined_goes_to_nobody_else_once_the_case_is_closed()
    {
        var referral = await GivenReferral.InAsync(_app, "declined");
        await CloseAsync(referral.VictimId);

        var refused = await _app.As(World.Officer).PostAsync(
            $"{referral.Path}/reroute", $$"""{"serviceId":"{{World.HospitalService}}"}""", await referral.TagAsync(World.Officer)).JsonAsync(409);

        Assert.That(Text(refused, "code"), Is.EqualTo("case_not_open"));
    }

    [Test]
    public async Task The_national_office_closes_what_nobody_decided()
    {
        var victim = await _app.As(World.PoliceSupervisor).GivenVictimAsync();
        var asked = await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/close", Body).JsonAsync(201);
        await _app.PassAsync(TimeSpan.FromDays(6));

        using var decided = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, asked.GetProperty("id").GetGuid());

        Assert.That((int)decided.StatusCode, Is.EqualTo(204), await decided.Content.ReadAsStringAsync());
        Assert.That(Text(await ShellAsync(World.PoliceSupervisor, victim), "status"), Is.EqualTo("closed"));
    }

    private async Task CloseAsync(Guid victim)
    {
        var asked = await _app.As(World.Officer).PostAsync($"/victims/{victim}/close", Body).JsonAsync(201);
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, asked.GetProperty("id").GetGuid()).JsonAsync();
    }

    private async Task<HttpResponseMessage> DraftAsync(GivenReferral referral)
    {
        var need = (await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{referral.VictimId}/needs"))[0].GetProperty("id").GetGuid();
        return await _app.As(World.Officer).PostAsync(
            "/referrals", $$"""{"victimId":"{{referral.VictimId}}","needId":"{{need}}","serviceId":"{{World.ShelterService}}","groups":["identity"]}""");
    }

    private Task<JsonElement> ShellAsync(Persona by, Guid victim) => _app.As(by).ReadAsync($"/victims/{victim}").JsonAsync();

    private static string? Text(JsonElement thing, string member) => thing.GetProperty(member).GetString();

    private static (bool Close, bool Reopen) May(JsonElement victim) =>
        (victim.GetProperty("may").GetProperty("close").GetBoolean(), victim.GetProperty("may").GetProperty("reopen").GetBoolean());
}
