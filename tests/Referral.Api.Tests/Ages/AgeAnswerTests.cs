using System.Text.Json;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Is she a child: by purpose, place and day, and the same for ever.</summary>
public sealed class AgeAnswerTests
{
    private TestApp _app = null!;

    private HttpClient Officer => _app.As(World.Officer);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Each_place_answers_with_its_own_law_and_the_act_with_its_own_day()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2009-06-01"}""");
        await GivenAge.PutAsync(_app, victim, "contact", """{"district":"PK-SD-KHS"}""");
        var incident = await IncidentAsync(victim, "\"district\":\"PK-KP-PEW\",\"from\":\"2024-05-31\",\"to\":\"2026-11-01\"");

        var answer = await Officer.ReadAsync($"/victims/{victim}/age?purpose=marriage_female").JsonAsync();

        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.GetProperty("asOf").GetString(), Is.EqualTo("2026-11-24"));
            Assert.That((answer.GetProperty("release").GetInt32(), answer.GetProperty("least").GetInt32()), Is.EqualTo((1, 17)));
            Assert.That(answer.GetProperty("protectiveAnswer").GetProperty("reason").GetString(), Is.EqualTo("under18"));
            Assert.That(rows.Select(Line), Is.EqualTo(new[]
            {
                "home PK-SD-KHS 2026-11-24 18 yes in_force",
                "present PK-PB-KSR 2026-11-24 18 yes unverified",
                "act PK-KP-PEW 2024-05-31 16 yes in_force",
                "act PK-KP-PEW 2026-11-01 16 no in_force",
            }), "the doubt about the ordinance of Punjab is said, and protects");
            Assert.That(rows[2].GetProperty("recordId").GetGuid(), Is.EqualTo(incident));
            Assert.That(answer.GetProperty("notKnown").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task Where_the_law_is_silent_or_a_place_is_not_known_the_answer_says_so()
    {
        var victim = await GivenAge.RegisteredAsync(_app, "{}");
        var shell = await GivenAge.ShellAsync(_app, victim);

        var answer = await Officer.ReadAsync($"/victims/{victim}/age").JsonAsync();

        var rows = answer.GetProperty("rows").EnumerateArray().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shell.GetProperty("asChild").GetBoolean());
            Assert.That(answer.GetProperty("protectiveAnswer").ToString(), Is.EqualTo("""{"asChild":true,"reason":"not_known"}"""));
            Assert.That(answer.GetProperty("least").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(answer.GetProperty("notKnown").EnumerateArray().Select(place => place.GetString()), Is.EqualTo(new[] { "home", "act" }));
            Assert.That(rows.Select(row => row.GetProperty("answer").GetString()), Is.All.EqualTo("may_be").Or.EqualTo("no_rule"));
            Assert.That(rows.Where(row => row.GetProperty("status").GetString() == "no_rule").Select(row => row.GetProperty("rule").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
            Assert.That(rows.Select(row => row.GetProperty("purpose").GetString()), Does.Contain("brick_kiln_work").And.Contain("marriage_female").And.Not.Contain("marriage_male"));
        }
    }

    /// <summary>The proof of "reproducible for ever": new papers, another district, another incident and a new release change today's answer, and no day before.</summary>
    [Test]
    public async Task A_past_answer_is_the_same_after_everything_has_changed()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        var officer = app.As(World.Officer);
        var victim = await GivenAge.RegisteredAsync(app, """{"years":14,"evidence":"appearance"}""");
        await GivenAge.PutAsync(app, victim, "contact", """{"district":"PK-SD-KHS"}""");
        app.Clock.Advance(TimeSpan.FromDays(1));
        const string Question = "age?asOf=2026-11-24&release=1";
        var before = (await officer.ReadAsync($"/victims/{victim}/{Question}").JsonAsync()).GetRawText();
        var early = (await officer.ReadAsync($"/victims/{victim}/age?asOf=2020-01-01&release=1").JsonAsync()).GetRawText();

        await GivenAge.PutAsync(app, victim, "identity", """{"birth":{"on":"2001-02-03","evidence":"identity_card"}}""");
        await GivenAge.PutAsync(app, victim, "contact", """{"district":"PK-KP-PEW"}""");
        await officer.PostAsync($"/victims/{victim}/records", """{"kind":"incident","body":{"types":["bonded_labour"],"district":"PK-PB-LHR","from":"2026-11-01"}}""").JsonAsync(201);
        using var shell = await officer.ReadAsync($"/victims/{victim}");
        await officer.PutAsync($"/victims/{victim}", """{"identification":"presumed","sex":"male","district":"PK-PB-LHR","languages":[]}""", shell.TagOf()).JsonAsync();
        await GivenAge.DisputeAsync(app, victim);
        await ApproveSecondReleaseAsync(app);

        var now = await officer.ReadAsync($"/victims/{victim}/age").JsonAsync();
        await using var other = app.Another(("Roles", "api"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await officer.ReadAsync($"/victims/{victim}/{Question}").JsonAsync()).GetRawText(), Is.EqualTo(before));
            Assert.That((await other.As(World.Officer).ReadAsync($"/victims/{victim}/{Question}").JsonAsync()).GetRawText(), Is.EqualTo(before), "another instance");
            Assert.That((await officer.ReadAsync($"/victims/{victim}/age?asOf=2020-01-01&release=1").JsonAsync()).GetRawText(), Is.EqualTo(early), "before anybody knew her");
            Assert.That((now.GetProperty("release").GetInt32(), now.GetProperty("ageStatus").GetString()), Is.EqualTo((2, "disputed")));
            Assert.That(now.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("place").GetString()), Does.Contain("act"));
        }
    }

    [Test]
    public async Task What_was_only_proposed_answers_nothing_and_a_day_to_come_neither()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        var victim = await GivenAge.RegisteredAsync(app, """{"years":14}""");
        await WriteSecondReleaseAsync(app);

        using var proposed = await app.As(World.Officer).ReadAsync($"/victims/{victim}/age?release=2");
        using var future = await app.As(World.Officer).ReadAsync($"/victims/{victim}/age?asOf=2026-11-25");
        var newest = await app.As(World.Officer).ReadAsync($"/victims/{victim}/age").JsonAsync();

        Assert.That(((int)proposed.StatusCode, (int)future.StatusCode, newest.GetProperty("release").GetInt32()), Is.EqualTo((404, 422, 1)));
    }

    [Test]
    public async Task An_act_is_told_only_to_whoever_may_open_the_incident()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":14}""");
        await IncidentAsync(victim, "\"district\":\"PK-PB-LHR\",\"from\":\"2026-11-01\"", restricted: true);

        var author = await Officer.ReadAsync($"/victims/{victim}/age?purpose=employment").JsonAsync();
        var supervisor = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{victim}/age?purpose=employment").JsonAsync();

        Assert.That(Places(author), Is.EqualTo(new[] { "present", "act" }));
        Assert.That(Places(supervisor), Is.EqualTo(new[] { "present" }));
    }

    [Test]
    public async Task Whoever_may_not_open_her_identity_meets_nothing_and_a_look_is_recorded()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":14}""");
        foreach (var (persona, path) in from persona in new[] { World.OtherOfficer, World.StrangerSupervisor, World.ShelterDesk } from path in new[] { "age", "age-determinations" } select (persona, path))
        {
            using var unseen = await _app.As(persona).ReadAsync($"/victims/{victim}/{path}");
            Assert.That((int)unseen.StatusCode, Is.EqualTo(404), $"{persona} {path}");
        }

        await Officer.ReadAsync($"/victims/{victim}/age").JsonAsync();

        var log = await Officer.ReadAsync($"/victims/{victim}/access-log").JsonAsync();
        Assert.That(log.ToString(), Does.Contain("age.read"));
    }

    private static string Line(JsonElement row) => string.Join(' ', new[] { "place", "district", "on" }.Select(name => row.GetProperty(name).GetString()))
        + $" {row.GetProperty("rule").GetProperty("limit").GetInt32()} {row.GetProperty("answer").GetString()} {row.GetProperty("status").GetString()}";

    private static IEnumerable<string?> Places(JsonElement answer) => answer.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("place").GetString());

    private async Task<Guid> IncidentAsync(Guid victim, string says, bool restricted = false) => (await Officer.PostAsync(
        $"/victims/{victim}/records",
        $$$"""{"kind":"incident","restricted":{{{(restricted ? "true" : "false")}}},"body":{"types":["bonded_labour"],{{{says}}}}}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private static async Task WriteSecondReleaseAsync(TestApp app)
    {
        var shipped = LawFiles.Read(2);
        var next = new LawRelease(2, shipped.Instruments, [.. shipped.Rules.Select(rule => rule.Jurisdiction == "PK-SD" && rule.To is null ? rule with { To = new DateOnly(2025, 1, 1) } : rule)]);
        await GivenReferral.ChangeAsync(app, async work =>
        {
            await LawStore.InsertAsync(work, Ids.New(work.Now), next, "A test.", approvedAt: null, CancellationToken.None);
            return 0;
        });
    }

    private static async Task ApproveSecondReleaseAsync(TestApp app)
    {
        await WriteSecondReleaseAsync(app);
        await GivenReferral.ChangeAsync(app, work => work.ExecuteAsync("UPDATE law_releases SET state = 'approved', approved_at = @now WHERE number = 2", null, CancellationToken.None));
    }
}
