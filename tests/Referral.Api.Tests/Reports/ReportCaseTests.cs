using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>From a report to a case, and the deadline until somebody has looked.</summary>
public sealed class ReportCaseTests
{
    private const string Draft = """{"found":{"district":"PK-PB-KSR","place":"behind the canal"},"sex":"female","age":{"years":9,"evidence":"appearance"},"name":{"latin":"Noreen"}}""";

    private TestApp _app = null!;

    private HttpClient Operator => _app.As(World.IntakeOperator);

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_case_made_of_a_report_runs_since_the_call()
    {
        var called = _app.Clock.GetUtcNow().AddHours(-3);
        var id = await TakeAsync($$"""{"channel":"helpline","urgency":"medium","reportedAt":"{{called:O}}"}""");

        var report = await Operator.PostAsync($"/reports/{id}/convert", Draft).JsonAsync();
        var victim = await Operator.ReadAsync($"/victims/{report.GetProperty("victimId").GetGuid()}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.GetProperty("outcome").GetString(), Is.EqualTo("case_opened"));
            Assert.That(report.GetProperty("may").GetProperty("link").GetBoolean(), Is.False);
            Assert.That(victim.GetProperty("openedAt").GetDateTimeOffset(), Is.EqualTo(called));
            Assert.That(victim.GetProperty("leadAgency").GetProperty("id").GetGuid(), Is.EqualTo(World.Police));
        }
    }

    [Test]
    public async Task Converting_again_answers_with_the_same_case_whoever_asks_and_with_whatever_key()
    {
        var id = await TakeAsync("""{"channel":"helpline"}""");

        var all = await Task.WhenAll(
            Operator.PostAsync($"/reports/{id}/convert", Draft, key: "convert-1").JsonAsync(),
            Operator.PostAsync($"/reports/{id}/convert", Draft, key: "convert-2").JsonAsync(),
            _app.As(World.PoliceSupervisor).PostAsync($"/reports/{id}/convert", Draft).JsonAsync());
        var again = await Operator.PostAsync($"/reports/{id}/convert", Draft, key: "convert-1").JsonAsync();

        Assert.That(all.Append(again).Select(report => report.GetProperty("victimId").GetGuid()).Distinct().Count(), Is.EqualTo(1));
        Assert.That(await CountAsync("SELECT count(*) FROM victims v"), Is.EqualTo(1));
    }

    [Test]
    public async Task It_is_linked_to_a_case_that_the_caller_can_open_and_to_one_only()
    {
        var own = await Operator.GivenVictimAsync();
        var other = await Operator.GivenVictimAsync();
        var foreign = await _app.As(World.StrangerCaseworker).GivenVictimAsync();
        var id = await TakeAsync("""{"channel":"helpline"}""");

        var unseen = await Operator.PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{foreign}}"}""").JsonAsync(422);
        var linked = await Operator.PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{own}}"}""").JsonAsync();
        var twice = await Operator.PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{own}}"}""").JsonAsync();
        var second = await Operator.PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{other}}"}""").JsonAsync(409);
        var converted = await Operator.PostAsync($"/reports/{id}/convert", Draft).JsonAsync();
        using var read = await Operator.ReadAsync($"/reports/{id}");
        var sorted = await Operator.PutAsync($"/reports/{id}", """{"outcome":"junk","urgency":null,"district":null,"story":null}""", read.TagOf()).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unseen.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/victimId"));
            Assert.That(linked.GetProperty("outcome").GetString(), Is.EqualTo("linked_to_case"));
            Assert.That(twice.GetRawText(), Is.EqualTo(linked.GetRawText()));
            Assert.That(second.GetProperty("code").GetString(), Is.EqualTo("report_settled"));
            Assert.That(converted.GetProperty("victimId").GetGuid(), Is.EqualTo(own), "the case that it has");
            Assert.That(sorted.GetProperty("code").GetString(), Is.EqualTo("report_settled"));
        }
    }

    [Test]
    public async Task A_complaint_becomes_no_case()
    {
        var id = (await _app.As(World.StrangerSupervisor).PostAsync("/reports", $$"""{"channel":"walk_in","kind":"complaint","aboutAgencyId":"{{World.Office}}"}""").JsonAsync(201)).GetProperty("id").GetGuid();

        var refused = await _app.As(World.StrangerSupervisor).PostAsync($"/reports/{id}/convert", Draft).JsonAsync(422);

        Assert.That(refused.GetProperty("code").GetString(), Is.EqualTo("only_intakes"));
    }

    [Test]
    public async Task Whose_household_it_is_about_never_learns_of_the_case_either([Values("link", "convert")] string way)
    {
        var known = await Operator.GivenVictimAsync();
        var id = await TakeAsync($$"""{"channel":"helpline","aboutWorkerId":"{{World.PoliceSupervisor.Id}}"}""");

        var report = await Operator.PostAsync($"/reports/{id}/{way}", way == "link" ? $$"""{"victimId":"{{known}}"}""" : Draft).JsonAsync();

        using var hers = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{report.GetProperty("victimId").GetGuid()}");
        using var own = await Operator.ReadAsync($"/victims/{report.GetProperty("victimId").GetGuid()}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)hers.StatusCode, Is.EqualTo(404));
            Assert.That((int)own.StatusCode, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task Whoever_is_kept_away_from_her_sees_the_reports_about_her_no_more()
    {
        var victim = await Operator.GivenVictimAsync();
        var id = await TakeAsync("""{"channel":"helpline"}""");
        await Operator.PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{victim}}"}""").JsonAsync();

        await _app.As(World.ProtectionOfficer).PostAsync($"/victims/{victim}/blocks", $$"""{"workerId":"{{World.PoliceSupervisor.Id}}","reason":"under_review"}""").JsonAsync(201);
        using var seen = await _app.As(World.PoliceSupervisor).ReadAsync($"/reports/{id}");

        Assert.That((int)seen.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task The_deadline_runs_since_the_call_and_speaks_to_who_handles_it()
    {
        var id = await TakeAsync($$"""{"channel":"helpline","urgency":"emergency","reportedAt":"{{_app.Clock.GetUtcNow().AddMinutes(-40):O}}"}""");

        await _app.SpeakAsync();
        var half = await StagesAsync(World.IntakeOperator, id);
        await _app.PassAsync(TimeSpan.FromMinutes(21));
        var missed = await StagesAsync(World.PoliceSupervisor, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(half, Is.EqualTo(new[] { "reminded" }), "40 of 60 minutes were over when it was written down");
            Assert.That(missed, Is.EqualTo(new[] { "escalated", "missed", "reminded" }));
        }
    }

    [Test]
    public async Task Sorted_in_time_it_is_silent_and_another_urgency_is_another_deadline()
    {
        var id = await TakeAsync("""{"channel":"helpline","urgency":"low"}""");
        var sorted = await TakeAsync("""{"channel":"helpline","urgency":"emergency"}""");
        await SortAsync(id, """{"outcome":null,"urgency":"emergency","district":null,"story":null}""");
        await SortAsync(sorted, """{"outcome":"information_given","urgency":"emergency","district":null,"story":null}""");

        await _app.PassAsync(TimeSpan.FromMinutes(31));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StagesAsync(World.IntakeOperator, id), Is.EqualTo(new[] { "reminded" }));
            Assert.That(await StagesAsync(World.IntakeOperator, sorted), Is.Empty);
        }
    }

    [Test]
    public async Task Whom_it_is_about_hears_of_no_deadline()
    {
        var id = await TakeAsync($$"""{"channel":"helpline","urgency":"emergency","aboutWorkerId":"{{World.PoliceSupervisor.Id}}"}""");

        await _app.PassAsync(TimeSpan.FromHours(2));
        var clocks = await _app.As(World.PoliceSupervisor).ReadAsync("/clocks?kind=triage").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StagesAsync(World.PoliceSupervisor, id), Is.Empty);
            Assert.That(await StagesAsync(World.IntakeOperator, id), Is.Not.Empty);
            Assert.That(clocks.GetProperty("items").GetArrayLength(), Is.Zero);
        }
    }

    private async Task<Guid> TakeAsync(string body) => (await Operator.PostAsync("/reports", body).JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task SortAsync(Guid id, string body)
    {
        using var read = await Operator.ReadAsync($"/reports/{id}");
        await Operator.PutAsync($"/reports/{id}", body, read.TagOf()).JsonAsync();
    }

    private async Task<string?[]> StagesAsync(Persona persona, Guid id) =>
    [
        .. (await _app.ToldAsync(persona)).Where(one => one.GetProperty("subjectId").GetGuid() == id)
            .Select(one => one.GetProperty("stage").GetString()).Order(StringComparer.Ordinal),
    ];

    private Task<int> CountAsync(string sql) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(sql, null, CancellationToken.None));
}
