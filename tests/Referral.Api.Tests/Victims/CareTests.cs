using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What comes after the help: a plan, visits that are due, and what must be told at once.</summary>
public sealed class CareTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_plan_has_goals_with_owners_and_is_changed_as_a_whole()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var body = $$"""
            {"goals":[{"category":"education_school_enrolment","text":"Class four at the school by the canal","state":"going","workerId":"{{World.Officer.Id}}","agencyId":"{{World.Shelter}}",
             "dueOn":"2027-04-01","actions":[{"text":"Ask for the birth certificate","done":true},{"text":"Speak to the head teacher","dueOn":"2027-01-10"}]}],"reviewOn":"2027-02-01"}
            """;
        var made = await AddAsync(victim, "plan", body).JsonAsync(201);
        var path = $"/victims/{victim}/records/{made.GetProperty("id").GetGuid()}";
        using var read = await _app.As(World.Officer).ReadAsync(path);
        var changed = await _app.As(World.Officer).PutAsync(path, $$"""{"body":{{body.Replace("\"going\"", "\"reached\"", StringComparison.Ordinal)}}}""", read.TagOf()).JsonAsync();
        using var stale = await _app.As(World.Officer).PutAsync(path, $$"""{"body":{{body}}}""", read.TagOf());
        var listed = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/records?kind=plan");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.GetProperty("body").GetProperty("goals")[0].GetProperty("actions")[0].GetProperty("done").GetBoolean(), Is.True);
            Assert.That(changed.GetProperty("body").GetProperty("goals")[0].GetProperty("state").GetString(), Is.EqualTo("reached"));
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
            Assert.That(changed.GetProperty("workers")[0].GetProperty("id").GetGuid(), Is.EqualTo(World.Officer.Id));
            Assert.That(made.GetProperty("workers")[0].GetProperty("displayName").GetString(), Is.Not.Empty);
            Assert.That(made.GetProperty("agencies")[0].GetProperty("id").GetGuid(), Is.EqualTo(World.Shelter));
            Assert.That(listed, Has.Count.EqualTo(1));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ShelterDesk, path), Is.EqualTo(404), "A plan is the team's until a referral names it.");
        }
    }

    [TestCase("plan", """{"goals":[]}""", "/body/goals missing")]
    [TestCase("plan", """{"goals":[{"category":"legal_aid","text":"A lawyer","state":"planned","workerId":"019c5f3a-0000-7000-8000-000000000000"}]}""", "/body/goals/0/workerId unknown_reference")]
    [TestCase("visit", """{"findings":["safe"]}""", "/body/visit missing")]
    [TestCase("critical_incident", """{"text":"Gone"}""", "/body/happened missing")]
    [TestCase("note", """{"text":"x","visit":"in_care"}""", "/body/visit not_taken")]
    public async Task Each_kind_takes_what_is_its_own(string kind, string body, string fault)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var problem = await AddAsync(victim, kind, body).JsonAsync(422);

        Assert.That(problem.GetProperty("errors").EnumerateArray().Select(one => $"{one.GetProperty("pointer").GetString()} {one.GetProperty("code").GetString()}"), Is.EqualTo(new[] { fault }));
    }

    [Test]
    public async Task Three_visits_are_due_after_the_shelter_and_writing_one_down_answers_it_late_as_well()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service");
        var none = await DueAsync(World.Officer, referral.VictimId);
        await referral.DoAsync("complete", bySender: false);

        var due = await DueAsync(World.Officer, referral.VictimId);
        await _app.PassAsync(TimeSpan.FromDays(80));
        var told = await StagesAsync(World.Officer);
        await _app.PassAsync(TimeSpan.FromDays(20));
        var late = await DueAsync(World.Officer, referral.VictimId);
        var supervisor = await StagesAsync(World.PoliceSupervisor);
        await AddAsync(referral.VictimId, "visit", """{"visit":"three_month","findings":["safe","spoken_alone"],"text":"She showed her school bag."}""").JsonAsync(201);
        await AddAsync(referral.VictimId, "visit", """{"visit":"unplanned"}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.Empty);
            Assert.That(due.Select(Line), Is.EqualTo(new[] { "three_month running", "six_month running", "twelve_month running" }));
            Assert.That(due[0].GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(Karachi.EndOf(new DateOnly(2027, 2, 24))).Within(TimeSpan.FromSeconds(1)));
            Assert.That(told, Is.EqualTo(new[] { "reminded" }));
            Assert.That(late.Select(Line), Is.EqualTo(new[] { "three_month missed", "six_month running", "twelve_month running" }));
            Assert.That(supervisor, Does.Contain("missed"));
            Assert.That((await DueAsync(World.Officer, referral.VictimId)).Select(Line), Is.EqualTo(new[] { "six_month running", "twelve_month running" }));
            Assert.That(await DueAsync(World.StrangerSupervisor, referral.VictimId), Is.Empty);
            Assert.That(await DueAsync(World.ShelterSupervisor, referral.VictimId), Is.Empty, "They are for who leads the case.");
        }
    }

    [Test]
    public async Task Visits_go_with_the_lead_and_stop_when_the_case_closes()
    {
        var referral = await GivenReferral.InAsync(_app, "completed");
        await GivenTransfer.LedByAsync(_app, referral.VictimId, World.StrangerSupervisor);
        var moved = await DueAsync(World.StrangerSupervisor, referral.VictimId);

        var asked = await _app.As(World.StrangerSupervisor).PostAsync($"/victims/{referral.VictimId}/close", """{"reason":"lost_contact","criteria":[]}""").JsonAsync(201);
        await _app.PassAsync(TimeSpan.FromDays(6));
        using var closed = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, asked.GetProperty("id").GetGuid());

        Assert.That(moved, Has.Count.EqualTo(3));
        Assert.That((int)closed.StatusCode, Is.EqualTo(204));
        Assert.That(await DueAsync(World.StrangerSupervisor, referral.VictimId), Is.Empty);
    }

    [Test]
    public async Task A_critical_incident_is_told_at_once_and_the_office_sees_little_and_not_for_ever()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var before = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{victim}");

        var made = await AddAsync(victim, "critical_incident", """{"happened":"returned_to_exploiter","text":"Her uncle came in the night."}""", "told-once").JsonAsync(201);
        await AddAsync(victim, "critical_incident", """{"happened":"returned_to_exploiter","text":"Her uncle came in the night."}""", "told-once").JsonAsync(201);
        var item = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{victim}/records/{made.GetProperty("id").GetGuid()}");
        var shell = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{victim}");
        var desk = await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/victims?overseen=true");
        var others = await GivenTransfer.ListAsync(_app, World.Officer, "/victims?overseen=true");
        var history = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/history");
        var supervisor = await AlertsAsync(World.PoliceSupervisor);
        var office = await AlertsAsync(World.ProtectionOfficer);
        var stranger = await AlertsAsync(World.StrangerSupervisor);
        _app.Clock.Advance(TimeSpan.FromDays(31));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, shell, item), Is.EqualTo((404, 200, 404)));
            Assert.That(desk.Select(row => row.GetProperty("id").GetGuid()), Is.EqualTo(new[] { victim }));
            Assert.That(others, Is.Empty);
            Assert.That((supervisor, office, stranger), Is.EqualTo((1, 1, 0)));
            Assert.That(history.Select(row => row.GetProperty("action").GetString()), Does.Contain("incident.alerted"));
            Assert.That(history.Select(row => row.GetRawText()), Has.None.Contains("returned_to_exploiter"), "What happened is among her words.");
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{victim}"), Is.EqualTo(404));
            Assert.That(await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/victims?overseen=true"), Is.Empty);
        }
    }

    private Task<HttpResponseMessage> AddAsync(Guid victim, string kind, string body, string? key = null) =>
        _app.As(World.Officer).PostAsync($"/victims/{victim}/records", $$"""{"kind":"{{kind}}","body":{{body}}}""", key: key);

    private async Task<IReadOnlyList<JsonElement>> DueAsync(Persona by, Guid victim) =>
        await GivenTransfer.ListAsync(_app, by, $"/clocks?kind=follow_up&victimId={victim}");

    private static string Line(JsonElement clock) => $"{clock.GetProperty("visit").GetString()} {clock.GetProperty("state").GetString()}";

    private async Task<string?[]> StagesAsync(Persona persona) =>
    [
        .. (await _app.ToldAsync(persona)).Where(told => told.GetProperty("kind").GetString() == "clock.follow_up")
            .Select(told => told.GetProperty("stage").GetString()).Distinct(),
    ];

    private async Task<int> AlertsAsync(Persona persona) => (await _app.ToldAsync(persona)).Count(told => told.GetProperty("kind").GetString() == "incident.alerted");
}
