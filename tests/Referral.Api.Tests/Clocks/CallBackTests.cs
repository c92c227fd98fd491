using System.Text.Json;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Whoever holds the follow-code of a report asks to be called, or that it stops.</summary>
public sealed class CallBackTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task The_deadline_runs_from_the_wish_and_reaches_those_who_handle_the_report_and_then_their_supervisors()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline","outcome":"information_given","urgency":"high"}""");
        var asked = _app.Clock.GetUtcNow();
        await AskAsync(code);
        await _app.PassAsync(TimeSpan.FromMinutes(5));
        var row = await RowAsync(id);
        var told = await _app.KindsToldAsync(World.IntakeOperator);
        await AskAsync(code);

        await _app.PassAsync(TimeSpan.FromMinutes(120));
        var half = await StagesAsync(World.IntakeOperator);
        await _app.PassAsync(TimeSpan.FromMinutes(120));
        var late = await RowAsync(id);
        var listed = await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback");
        var called = await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/called-back", "{}").JsonAsync();
        var again = await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/called-back", "{}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row?.GetProperty("callBackBy").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(4)), "Asking twice does not make it later.");
            Assert.That(told, Does.Contain("callback.asked"));
            Assert.That(half, Is.EqualTo("reminded"));
            Assert.That(await StagesAsync(World.PoliceSupervisor), Does.Contain("escalated").And.Contain("missed"));
            Assert.That(late?.GetProperty("callBackBy").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(4)), "Missed, it still waits.");
            Assert.That(listed.Select(one => one.GetProperty("state").GetString()), Is.EqualTo(new[] { "missed" }));
            Assert.That(called.GetProperty("callBackBy").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(again.GetProperty("callBackBy").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(await RowAsync(id), Is.Null);
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback"), Is.Empty);
        }
    }

    [Test]
    public async Task Whoever_was_called_in_time_is_spoken_of_no_more_and_may_ask_again()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline"}""");
        await AskAsync(code);
        await _app.PassAsync(TimeSpan.FromMinutes(5));
        await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/called-back", "{}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromDays(1));
        var silent = await StagesAsync(World.IntakeOperator);

        await AskAsync(code);
        await _app.PassAsync(TimeSpan.FromMinutes(5));

        Assert.That(silent, Is.Empty);
        Assert.That((await RowAsync(id))?.GetProperty("callBackBy").GetDateTimeOffset(), Is.GreaterThan(_app.Clock.GetUtcNow()));
    }

    [Test]
    public async Task Whoever_asks_that_it_stops_waits_for_an_answer_and_until_then_the_deadline_speaks()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline","outcome":"information_given","urgency":"high"}""");
        var asked = _app.Clock.GetUtcNow();
        await AskAsync(code, "stop");
        await _app.PassAsync(TimeSpan.FromMinutes(5));
        var row = await RowAsync(id);
        var told = await _app.KindsToldAsync(World.IntakeOperator);
        await AskAsync(code, "stop");

        await _app.PassAsync(TimeSpan.FromHours(25));
        var late = await RowAsync(id);
        var listed = await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=stop_request");
        var called = await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/called-back", "{}").JsonAsync();
        var answered = await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/stop-answered", "{}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row?.GetProperty("stopBy").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(24)));
            Assert.That(row?.GetProperty("callBackBy").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(told.Count(kind => kind == "stop.asked"), Is.EqualTo(1));
            Assert.That(late?.GetProperty("stopBy").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(24)), "Missed and asked twice, it still waits.");
            Assert.That(listed.Select(one => one.GetProperty("state").GetString()), Is.EqualTo(new[] { "missed" }));
            Assert.That(await StagesAsync(World.PoliceSupervisor, "clock.stop_request"), Does.Contain("escalated").And.Contain("missed"));
            Assert.That(called.GetProperty("stopBy").ValueKind, Is.EqualTo(JsonValueKind.String), "A call is another wish.");
            Assert.That(answered.GetProperty("stopBy").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(await RowAsync(id), Is.Null);
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=stop_request"), Is.Empty);
        }
    }

    [TestCase("call_back", "callBackBy")]
    [TestCase("stop", "stopBy")]
    public async Task What_a_reporter_waits_for_stays_with_those_who_handle_it_whatever_becomes_of_the_case(string kind, string member)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var (id, code) = await TakeAsync("""{"channel":"helpline"}""");
        await AskAsync(code, kind);
        await _app.PassAsync(TimeSpan.FromMinutes(5));
        await _app.As(World.PoliceSupervisor).PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{victim}}"}""").JsonAsync();

        await _app.Database.ChangeAsync(Caller.System, async work =>
        {
            await NationalReferral.Clocks.StopOfLeadAsync(work, victim, CancellationToken.None);
            return true;
        }, _ => true, CancellationToken.None);

        Assert.That((await RowAsync(id))?.GetProperty(member).ValueKind, Is.EqualTo(JsonValueKind.String));
    }

    [Test]
    public async Task Of_two_instances_one_begins_it()
    {
        var (_, code) = await TakeAsync("""{"channel":"helpline"}""");
        await AskAsync(code);
        var message = (await GivenReferral.ReadAsync(_app, work => Wishes.WaitingAsync(work, 10, CancellationToken.None))).Single();

        var first = await BeginAsync(message);
        var second = await BeginAsync(message);

        Assert.That((first, second), Is.EqualTo((true, false)));
        Assert.That((await _app.KindsToldAsync(World.IntakeOperator)).Count(kind => kind == "callback.asked"), Is.EqualTo(1));
    }

    [Test]
    public async Task Whom_the_report_is_about_hears_nothing_of_it()
    {
        var (_, code) = await TakeAsync($$"""{"channel":"helpline","aboutWorkerId":"{{World.PoliceSupervisor.Id}}"}""");
        await AskAsync(code);

        await _app.PassAsync(TimeSpan.FromMinutes(1));
        await _app.PassAsync(TimeSpan.FromDays(1));

        Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Has.None.Contain("callback"));
        Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback"), Is.Empty);
    }

    [Test]
    public async Task Whoever_is_kept_away_from_her_hears_no_more_of_the_call_once_it_led_to_her_case()
    {
        var victim = await _app.As(World.IntakeOperator).GivenVictimAsync();
        var (id, code) = await TakeAsync("""{"channel":"helpline"}""");
        await AskAsync(code);
        await _app.PassAsync(TimeSpan.FromMinutes(5));
        var before = await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback");
        await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/link", $$"""{"victimId":"{{victim}}"}""").JsonAsync();

        await _app.As(World.ProtectionOfficer).PostAsync($"/victims/{victim}/blocks", $$"""{"workerId":"{{World.PoliceSupervisor.Id}}","reason":"under_review"}""").JsonAsync(201);
        await _app.PassAsync(TimeSpan.FromHours(5));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Has.Count.EqualTo(1));
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback"), Is.Empty);
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Has.None.Contain("callback"));
            Assert.That((await RowAsync(id))?.GetProperty("callBackBy").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(await StagesAsync(World.IntakeOperator), Does.Contain("missed"));
        }
    }

    [Test]
    public async Task Whoever_was_called_before_the_deadline_began_waits_no_more()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline"}""");
        await AskAsync(code);

        await _app.As(World.IntakeOperator).PostAsync($"/reports/{id}/called-back", "{}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromMinutes(5));

        Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/clocks?kind=callback"), Is.Empty);
        Assert.That(await _app.KindsToldAsync(World.IntakeOperator), Has.None.Contain("callback"));
    }

    [Test]
    public async Task Whoever_opens_the_report_before_the_deadline_began_reads_it_and_the_others_are_told_once()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline","urgency":"high"}""");
        var asked = _app.Clock.GetUtcNow();
        await AskAsync(code);

        var read = await _app.As(World.IntakeOperator).ReadAsync($"/reports/{id}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromMinutes(5));

        Assert.That(read.GetProperty("callBackBy").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(4)).Within(TimeSpan.FromSeconds(1)));
        Assert.That(await _app.KindsToldAsync(World.IntakeOperator), Does.Not.Contain("callback.asked"), "She has just read it.");
        Assert.That((await _app.KindsToldAsync(World.PoliceSupervisor)).Count(kind => kind == "callback.asked"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_wish_that_belongs_to_no_report_is_looked_at_once()
    {
        await ChangeAsync(
            "INSERT INTO follow_messages (id, subject_id, kind, body, at) VALUES (@id, @subjectId, 'call_back', @body, @now)",
            new { id = Guid.NewGuid(), subjectId = Guid.NewGuid(), body = new byte[1] });

        await _app.SpeakAsync();

        Assert.That(await GivenReferral.ReadAsync(_app, work => Wishes.WaitingAsync(work, 10, CancellationToken.None)), Is.Empty);
    }

    [Test]
    public async Task Deadlines_speak_though_no_wish_can_be_looked_at()
    {
        await TakeAsync("""{"channel":"helpline","urgency":"emergency"}""");
        await ChangeAsync("ALTER TABLE follow_messages RENAME TO gone", null);

        Assert.CatchAsync(() => _app.PassAsync(TimeSpan.FromMinutes(31)));

        Assert.That(await _app.KindsToldAsync(World.IntakeOperator), Does.Contain("clock.triage"));
    }

    private Task<int> ChangeAsync(string sql, object? values) =>
        _app.Database.ChangeAsync(Caller.System, work => work.ExecuteAsync(sql, values, CancellationToken.None), _ => true, CancellationToken.None);

    private Task<bool> BeginAsync(Guid message) =>
        _app.Database.ChangeAsync(Caller.System, work => Wishes.BeginAsync(work, message, CancellationToken.None), done => done, CancellationToken.None);

    private async Task<(Guid Id, string Code)> TakeAsync(string body)
    {
        var receipt = await _app.As(World.IntakeOperator).PostAsync("/reports", body).JsonAsync(201);
        return (receipt.GetProperty("id").GetGuid(), receipt.GetProperty("followCode").GetString()!);
    }

    private Task<JsonElement> AskAsync(string code, string kind = "call_back") =>
        _app.As(null).PostAsync("/public/codes/messages", $$"""{"followCode":"{{code}}","kind":"{{kind}}"}""").JsonAsync();

    /// <returns>Null when the report does not wait for anything; opening it reads what came.</returns>
    private async Task<JsonElement?> RowAsync(Guid id)
    {
        await _app.As(World.IntakeOperator).ReadAsync($"/reports/{id}").JsonAsync();
        return (await GivenTransfer.ListAsync(_app, World.IntakeOperator, "/reports?limit=200"))
            .Where(row => row.GetProperty("id").GetGuid() == id).Select(row => (JsonElement?)row).SingleOrDefault();
    }

    private async Task<string> StagesAsync(Persona who, string kind = "clock.callback") =>
        string.Join(' ', (await _app.ToldAsync(who)).Where(told => told.GetProperty("kind").GetString() == kind).Select(told => told.GetProperty("stage").GetString()));
}
