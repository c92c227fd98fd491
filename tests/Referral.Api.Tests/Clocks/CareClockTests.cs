using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What whoever leads a case has to come back to: her own permission when she comes of age, and the plan.</summary>
public sealed class CareClockTests
{
    /// <summary>She is 18 on 15 March 2027; the test's today is 24 November 2026.</summary>
    private const string Born = "2009-03-15";

    private static readonly DateTimeOffset March = new(2027, 2, 28, 19, 0, 0, TimeSpan.Zero);

    private TestApp _app = null!;

    private HttpClient Officer => _app.As(World.Officer);

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task What_a_guardian_allowed_ends_as_the_month_begins_in_which_she_comes_of_age_and_her_own_word_is_asked_for()
    {
        var victim = await GivenGirlAsync();
        var basis = await RecordAsync(victim, "guardian_with_assent", "mother");
        var clock = (await ClocksAsync(victim)).Single();
        await _app.PassAsync(March.AddDays(-59) - _app.Clock.GetUtcNow());
        var before = await StagesAsync(World.Officer, "renew_basis");
        await _app.PassAsync(March.AddDays(-13) - _app.Clock.GetUtcNow());
        var supervisor = await StagesAsync(World.PoliceSupervisor, "renew_basis");

        // The basis ends first, and the deadline that is due in the same moment is missed all the same.
        _app.Clock.Advance(March.AddMinutes(1) - _app.Clock.GetUtcNow());
        await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);
        await _app.SpeakAsync();
        var ended = (await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/bases")).Single();
        var late = (await ClocksAsync(victim)).Single();
        await RecordAsync(victim, "self_mature_child", "self");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(basis.GetProperty("validTo").GetDateTimeOffset(), Is.EqualTo(March));
            Assert.That(Line(clock), Is.EqualTo("renew_basis running"));
            Assert.That(clock.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(March));
            Assert.That((clock.GetProperty("subjectKind").GetString(), clock.GetProperty("subjectId").GetGuid()), Is.EqualTo(("victim", victim)));
            Assert.That(before, Is.EqualTo("reminded"));
            Assert.That(supervisor, Is.EqualTo("escalated"));
            Assert.That(ended.GetProperty("status").GetString(), Is.EqualTo("ended"));
            Assert.That(Line(late), Is.EqualTo("renew_basis missed"));
            Assert.That(await StagesAsync(World.PoliceSupervisor, "renew_basis"), Does.Contain("missed"));
            Assert.That(await ClocksAsync(victim), Is.Empty, "She has said it herself.");
        }
    }

    [Test]
    public async Task Her_own_word_in_time_ends_the_question_and_what_ends_before_is_spoken_of_as_that()
    {
        var victim = await GivenGirlAsync();
        await RecordAsync(victim, "guardian_with_assent", "mother");
        await RecordAsync(victim, "guardian_with_assent", "mother", """ "validTo":"2027-01-10T00:00:00Z", """);
        await _app.PassAsync(March.AddDays(-59) - _app.Clock.GetUtcNow());
        var both = (await ClocksAsync(victim)).Select(Line).ToArray();

        await RecordAsync(victim, "self_mature_child", "self");

        Assert.That(both, Is.EqualTo(new[] { "basis_ends running", "renew_basis running" }));
        Assert.That((await ClocksAsync(victim)).Select(Line), Is.EqualTo(new[] { "basis_ends running" }));
    }

    [Test]
    public async Task Who_may_decide_follows_from_her_age_today_whatever_it_was_when_she_was_registered()
    {
        var victim = await GivenGirlAsync();
        _app.Clock.Advance(March.AddDays(15) - _app.Clock.GetUtcNow());

        var mother = await Officer.PostAsync($"/victims/{victim}/bases", Consent("guardian_with_assent", "mother")).JsonAsync(422);

        Assert.That(mother.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("not_for_an_adult"));
        Assert.That((await RecordAsync(victim, "self", "self")).GetProperty("status").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task What_she_says_years_before_is_no_answer_to_what_is_asked_when_she_comes_of_age()
    {
        var victim = await GivenGirlAsync();
        await RecordAsync(victim, "guardian_with_assent", "mother");

        await RecordAsync(victim, "self_mature_child", "self");

        Assert.That((await ClocksAsync(victim)).Select(Line), Is.EqualTo(new[] { "renew_basis running" }));
    }

    [Test]
    public async Task Who_says_no_when_she_is_of_age_has_answered()
    {
        var victim = await GivenGirlAsync();
        await RecordAsync(victim, "guardian_with_assent", "mother");
        await _app.PassAsync(March.AddDays(15) - _app.Clock.GetUtcNow());
        var late = (await ClocksAsync(victim)).Select(Line).ToArray();

        await RecordAsync(victim, "self", "self", """ "refused":true, """);

        Assert.That(late, Is.EqualTo(new[] { "renew_basis missed" }));
        Assert.That(await ClocksAsync(victim), Is.Empty);
    }

    [Test]
    public async Task What_is_taken_back_in_part_still_ends_when_she_comes_of_age_and_as_a_whole_asks_nothing()
    {
        var victim = await GivenGirlAsync();
        var basis = await RecordAsync(victim, "guardian_with_assent", "mother");
        var left = await WithdrawAsync(victim, basis, ",\"groups\":[\"health\"]");
        var partly = (await ClocksAsync(victim)).Select(Line).ToArray();

        await WithdrawAsync(victim, left.GetProperty("basis"), "");

        Assert.That(partly, Is.EqualTo(new[] { "renew_basis running" }));
        Assert.That(await ClocksAsync(victim), Is.Empty);
    }

    [Test]
    public async Task A_plan_is_looked_at_again_on_its_day_or_the_supervisors_hear_of_it()
    {
        var victim = await Officer.GivenVictimAsync();
        var plan = await AddPlanAsync(victim, "2026-12-10");
        var clock = (await ClocksAsync(victim)).Single();
        await _app.PassAsync(TimeSpan.FromDays(10));
        var reminded = await StagesAsync(World.Officer, "plan_review");
        await _app.PassAsync(TimeSpan.FromDays(6));
        var escalated = await StagesAsync(World.PoliceSupervisor, "plan_review");
        await _app.PassAsync(TimeSpan.FromDays(2));
        var late = (await ClocksAsync(victim)).Single();

        await ChangePlanAsync(victim, plan, "2027-03-01");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Line(clock), Is.EqualTo("plan_review running"));
            Assert.That(clock.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(Karachi.EndOf(new DateOnly(2026, 12, 10))).Within(TimeSpan.FromSeconds(1)));
            Assert.That(reminded, Is.EqualTo("reminded"));
            Assert.That(escalated, Is.EqualTo("escalated"));
            Assert.That(Line(late), Is.EqualTo("plan_review missed"));
            Assert.That(await StagesAsync(World.PoliceSupervisor, "plan_review"), Does.Contain("missed"));
            var next = (await ClocksAsync(victim)).Single();
            Assert.That((Line(next), next.GetProperty("dueAt").GetDateTimeOffset().Month), Is.EqualTo(("plan_review running", 3)));
        }
    }

    [Test]
    public async Task A_plan_without_a_day_or_with_one_that_is_over_asks_for_nothing_and_a_goal_reached_moves_no_day()
    {
        var victim = await Officer.GivenVictimAsync();
        await AddPlanAsync(victim, "2026-01-10");
        var over = await ClocksAsync(victim);
        var plan = await AddPlanAsync(victim, "2026-12-10");
        var before = (await ClocksAsync(victim)).Single();
        await ChangePlanAsync(victim, plan, "2026-12-10", "reached");
        var same = (await ClocksAsync(victim)).Single();

        await ChangePlanAsync(victim, plan, null, "reached");

        Assert.That(over, Is.Empty);
        Assert.That(same.GetProperty("id").GetGuid(), Is.EqualTo(before.GetProperty("id").GetGuid()));
        Assert.That(await ClocksAsync(victim), Is.Empty);
    }

    [Test]
    public async Task A_plan_that_another_has_followed_moves_no_day_any_more()
    {
        var victim = await Officer.GivenVictimAsync();
        var first = await AddPlanAsync(victim, "2026-12-10");
        _app.Clock.Advance(TimeSpan.FromHours(1));
        await AddPlanAsync(victim, "2027-01-20");
        var before = (await ClocksAsync(victim)).Single();

        await ChangePlanAsync(victim, first, null);
        await AddPlanAsync(victim, "2027-05-05", ",\"occurredAt\":\"2026-11-01T06:00:00Z\"");

        var after = await ClocksAsync(victim);
        Assert.That(after.Select(clock => clock.GetProperty("id").GetGuid()), Is.EqualTo(new[] { before.GetProperty("id").GetGuid() }));
        Assert.That(before.GetProperty("dueAt").GetDateTimeOffset().Month, Is.EqualTo(1));
    }

    [Test]
    public async Task Two_plans_at_once_are_one_that_was_changed_meanwhile()
    {
        var victim = await Officer.GivenVictimAsync();
        await AddPlanAsync(victim, "2026-12-10");
        // As if another instance had set it since this one looked.
        await ChangeAsync(work => work.ExecuteAsync("UPDATE clocks SET victim_id = NULL WHERE subject_id = @victim", new { victim }, CancellationToken.None));

        Assert.ThrowsAsync<ChangedMeanwhileException>(() => ChangeAsync(async work =>
        {
            await Clocks.PlannedAsync(work, victim, World.Police, new DateOnly(2027, 1, 20), CancellationToken.None);
            return 0;
        }));
    }

    private Task<int> ChangeAsync(Func<Work, Task<int>> change) => _app.Database.ChangeAsync(Caller.System, change, _ => true, CancellationToken.None);

    private async Task<Guid> GivenGirlAsync()
    {
        var victim = await Officer.PostAsync(
            "/victims", $$$"""{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"documentedOn":"{{{Born}}}","evidence":"b_form_crc"},"name":{"ur":"کلثوم"} }""").JsonAsync(201);
        return victim.GetProperty("id").GetGuid();
    }

    private Task<JsonElement> RecordAsync(Guid victim, string capacity, string relation, string more = "") =>
        Officer.PostAsync($"/victims/{victim}/bases", Consent(capacity, relation, more)).JsonAsync(201);

    private static string Consent(string capacity, string relation, string more = "") => $$"""
        {"kind":"consent","givenBy":{"relation":"{{relation}}"},"capacity":"{{capacity}}","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",{{more}}
         "groups":["identity","health"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
        """;

    private Task<JsonElement> WithdrawAsync(Guid victim, JsonElement basis, string more) => Officer.PostAsync(
        $"/victims/{victim}/bases/{basis.GetProperty("id").GetGuid()}/withdraw", $$"""{"by":"mother","reason":"guardian_withdrew"{{more}}}""", "\"1\"").JsonAsync();

    private async Task<Guid> AddPlanAsync(Guid victim, string reviewOn, string more = "") => (await Officer.PostAsync(
        $"/victims/{victim}/records", $$"""{"kind":"plan","body":{{Plan(reviewOn, "going")}}{{more}} }""").JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task ChangePlanAsync(Guid victim, Guid plan, string? reviewOn, string state = "going")
    {
        using var read = await Officer.ReadAsync($"/victims/{victim}/records/{plan}");
        await Officer.PutAsync($"/victims/{victim}/records/{plan}", $$"""{"body":{{Plan(reviewOn, state)}} }""", read.TagOf()).JsonAsync();
    }

    private static string Plan(string? reviewOn, string state) =>
        $$"""{"goals":[{"category":"legal_aid","text":"A lawyer","state":"{{state}}"}]{{(reviewOn is null ? "" : $",\"reviewOn\":\"{reviewOn}\"")}} }""";

    private Task<IReadOnlyList<JsonElement>> ClocksAsync(Guid victim) => GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={victim}");

    private static string Line(JsonElement clock) => $"{clock.GetProperty("kind").GetString()} {clock.GetProperty("state").GetString()}";

    private async Task<string> StagesAsync(Persona who, string kind) =>
        string.Join(' ', (await _app.ToldAsync(who)).Where(told => told.GetProperty("kind").GetString() == $"clock.{kind}").Select(told => told.GetProperty("stage").GetString()));
}
