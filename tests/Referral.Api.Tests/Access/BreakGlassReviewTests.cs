using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Whoever opens a case in an emergency is answered for by somebody else, in time or before the national office.</summary>
public sealed class BreakGlassReviewTests
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
    public async Task It_waits_for_the_lead_and_the_office_with_what_was_read()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim, "\"identity\",\"contact\"");
        _app.Clock.Advance(TimeSpan.FromMinutes(5));
        await _app.As(World.HospitalDesk).ReadAsync($"/victims/{_victim}/identity").JsonAsync();
        var last = _app.Clock.GetUtcNow() + TimeSpan.FromMinutes(7);
        _app.Clock.Advance(TimeSpan.FromMinutes(7));
        await _app.As(World.HospitalDesk).ReadAsync($"/victims/{_victim}/identity").JsonAsync();
        await _app.As(World.Officer).ReadAsync($"/victims/{_victim}/contact").JsonAsync();

        var waits = (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/break-glass")).Single();
        var own = (await GivenTransfer.ListAsync(_app, World.HospitalDesk, "/break-glass")).Single();
        var office = (await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/break-glass")).Single();
        var read = await _app.As(World.PoliceSupervisor).ReadAsync($"/break-glass/{id}").JsonAsync();
        var elsewhere = await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, "/break-glass");

        var reading = read.GetProperty("readings").EnumerateArray().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((GivenBreakGlass.Answers(waits), GivenBreakGlass.Answers(office), GivenBreakGlass.Answers(own)), Is.EqualTo((
                new[] { "justified", "too_wide", "not_justified" }, new[] { "justified", "too_wide", "not_justified" }, Array.Empty<string>())));
            Assert.That((own.GetProperty("own").GetBoolean(), own.GetProperty("mayEnd").GetBoolean(), waits.GetProperty("own").GetBoolean()), Is.EqualTo((true, true, false)));
            Assert.That((waits.GetProperty("note").GetString(), read.GetProperty("note").GetString()), Is.EqualTo(((string?)null, "She bleeds and cannot speak.")));
            Assert.That(waits.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(waits.GetProperty("openedAt").GetDateTimeOffset().AddHours(24)));
            Assert.That((reading.GetProperty("action").GetString(), reading.GetProperty("groups")[0].GetString(), reading.GetProperty("times").GetInt32()), Is.EqualTo(("record.read", "identity", 2)));
            Assert.That((reading.GetProperty("firstAt").GetDateTimeOffset(), reading.GetProperty("lastAt").GetDateTimeOffset()), Is.EqualTo((last.AddMinutes(-7), last)));
            Assert.That(elsewhere, Is.Empty);
        }
    }

    [Test]
    public async Task Nobody_answers_for_his_own_nor_for_what_is_led_elsewhere()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim, by: World.StrangerSupervisor);

        var own = await GivenBreakGlass.ReviewAsync(_app, World.StrangerSupervisor, id).JsonAsync(422);
        using var desk = await GivenBreakGlass.ReviewAsync(_app, World.HospitalDesk, id);
        using var foreign = await GivenBreakGlass.ReviewAsync(_app, World.ShelterSupervisor, id);
        using var team = await GivenBreakGlass.ReviewAsync(_app, World.Officer, id);
        var silent = await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id, "too_wide").JsonAsync(422);
        var untagged = await _app.As(World.PoliceSupervisor).PostAsync($"/break-glass/{id}/review", """{"answer":"justified"}""").JsonAsync(428);
        var stale = await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id, tag: "\"9-00000000\"").JsonAsync(412);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("own_break_glass"));
            Assert.That(((int)desk.StatusCode, (int)foreign.StatusCode, (int)team.StatusCode), Is.EqualTo((403, 404, 403)));
            Assert.That(silent.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/line"));
            Assert.That((untagged.GetProperty("code").GetString(), stale.GetProperty("code").GetString()), Is.EqualTo(("match_required", "stale")));
        }
    }

    [Test]
    public async Task An_answer_settles_it_and_the_office_sees_it_no_more()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);

        var answered = await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id, "too_wide", "Her name would have been enough.").JsonAsync();
        var again = await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id, tag: null).JsonAsync(409);
        var read = await _app.As(World.HospitalDesk).ReadAsync($"/break-glass/{id}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromHours(25));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((answered.GetProperty("answer").GetString(), again.GetProperty("code").GetString()), Is.EqualTo(("too_wide", "break_glass_reviewed")));
            Assert.That(read.GetProperty("line").GetString(), Is.EqualTo("Her name would have been enough."));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/break-glass/{id}"), Is.EqualTo(404));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{_victim}"), Is.EqualTo(404));
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/break-glass"), Is.Empty);
            Assert.That((await KindsAsync(World.HospitalDesk), await KindsAsync(World.PoliceSupervisor)), Is.EqualTo(("breakglass.reviewed", "breakglass.opened")), "Its deadline says no more.");
        }
    }

    [Test]
    public async Task The_office_may_answer_too()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);

        using var answered = await GivenBreakGlass.ReviewAsync(_app, World.ProtectionOfficer, id);

        Assert.That(((int)answered.StatusCode, (await _app.As(World.PoliceSupervisor).ReadAsync($"/break-glass/{id}").JsonAsync()).GetProperty("answer").GetString()), Is.EqualTo((204, "justified")));
    }

    [Test]
    public async Task What_was_not_justified_shuts_and_reaches_the_office_and_those_above_whoever_opened_it()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim, by: World.ShelterDesk);
        var before = await GivenTransfer.StatusAsync(_app, World.ShelterSupervisor, $"/break-glass/{id}");

        await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id, "not_justified", "He knows her uncle.").JsonAsync();
        var found = await _app.As(World.ShelterSupervisor).ReadAsync($"/break-glass/{id}").JsonAsync();
        var office = await _app.As(World.ProtectionOfficer).ReadAsync($"/break-glass/{id}").JsonAsync();
        var listed = await GivenTransfer.ListAsync(_app, World.ShelterSupervisor, $"/break-glass?victimId={_victim}");
        _app.Clock.Advance(TimeSpan.FromDays(31));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await GivenBreakGlass.SeenAsync(_app, World.ShelterDesk, _victim), Is.Empty);
            Assert.That(before, Is.EqualTo(404));
            Assert.That((found.GetProperty("answer").GetString(), found.GetProperty("openedBy").GetProperty("id").GetGuid()), Is.EqualTo(("not_justified", World.ShelterDesk.Id)));
            Assert.That(new[] { "victimId", "caseCode", "ageBand", "sex", "district", "note", "line" }.Where(name => found.GetProperty(name).GetString() is not null), Is.Empty, "Nothing of her.");
            Assert.That(listed, Is.Empty, "Nor by asking for her.");
            Assert.That(office.GetProperty("line").GetString(), Is.EqualTo("He knows her uncle."));
            Assert.That((await KindsAsync(World.ShelterSupervisor), await KindsAsync(World.ProtectionOfficer), await KindsAsync(World.ShelterDesk)),
                Is.EqualTo(("breakglass.found", "breakglass.found breakglass.opened", "breakglass.reviewed")));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/break-glass/{id}"), Is.EqualTo(404), "A finding lies before the office for thirty days.");
        }
    }

    [Test]
    public async Task What_nobody_answers_reminds_escalates_and_is_missed_before_the_office()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);
        await _app.PassAsync(TimeSpan.FromHours(12));
        await _app.PassAsync(TimeSpan.FromHours(6));
        var office = await KindsAsync(World.ProtectionOfficer);
        await _app.PassAsync(TimeSpan.FromHours(6));

        var late = (await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/break-glass")).Single();
        using var answered = await GivenBreakGlass.ReviewAsync(_app, World.PoliceSupervisor, id);

        var stages = (await _app.ToldAsync(World.PoliceSupervisor)).Where(told => told.GetProperty("kind").GetString() == "clock.break_glass_review").Select(told => told.GetProperty("stage").GetString());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stages, Is.EquivalentTo(new[] { "reminded", "escalated", "missed" }));
            Assert.That((office, await KindsAsync(World.ProtectionOfficer)), Is.EqualTo(("breakglass.opened", "breakglass.opened clock.break_glass_review")));
            Assert.That(late.GetProperty("escalated").GetBoolean(), Is.True);
            Assert.That((int)answered.StatusCode, Is.EqualTo(200), "Late is not too late.");
            Assert.That(await ActionsAsync(), Does.Contain("breakglass.escalated").And.Contain("breakglass.reviewed"));
        }
    }

    [Test]
    public async Task It_is_ended_before_its_time_by_whoever_opened_it_or_answers_for_it_and_waits_all_the_same()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);
        var team = await _app.As(World.Officer).PostAsync($"/break-glass/{id}/end", "").JsonAsync(409);
        using var foreign = await _app.As(World.StrangerSupervisor).PostAsync($"/break-glass/{id}/end", "");
        _app.Clock.Advance(TimeSpan.FromHours(1));

        var ended = await _app.As(World.PoliceSupervisor).PostAsync($"/break-glass/{id}/end", "").JsonAsync();
        using var again = await _app.As(World.HospitalDesk).PostAsync($"/break-glass/{id}/end", "");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((team.GetProperty("code").GetString(), (int)foreign.StatusCode), Is.EqualTo(("other_party_acts", 404)));
            Assert.That(ended.GetProperty("untilAt").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow()));
            Assert.That((int)again.StatusCode, Is.EqualTo(200), "What is over stays as it is.");
            Assert.That(await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim), Is.Empty);
            Assert.That((await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/break-glass")).Select(one => one.GetProperty("id").GetGuid()), Is.EqualTo(new[] { id }));
            Assert.That((await ActionsAsync()).Count(action => action == "breakglass.ended"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Whoever_leads_the_case_now_answers_for_it()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);
        await GivenTransfer.LedByAsync(_app, _victim, World.StrangerSupervisor);

        await _app.PassAsync(TimeSpan.FromHours(12));
        var told = (await _app.ToldAsync(World.StrangerSupervisor)).Count(one => one.GetProperty("kind").GetString() == "clock.break_glass_review");
        var before = await GivenTransfer.StatusAsync(_app, World.PoliceSupervisor, $"/break-glass/{id}");

        Assert.That((told, before), Is.EqualTo((1, 404)));
        await GivenBreakGlass.ReviewAsync(_app, World.StrangerSupervisor, id).JsonAsync();
    }

    private async Task<string> KindsAsync(Persona persona) =>
        string.Join(' ', (await _app.ToldAsync(persona)).Select(one => one.GetProperty("kind").GetString()).Where(kind => kind!.Contains("glass", StringComparison.Ordinal)).Distinct().Order());

    private async Task<List<string>> ActionsAsync()
    {
        var page = await _app.As(World.Auditor).ReadAsync($"/audit?victimId={_victim}&limit=200").JsonAsync();
        return [.. page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString()!)];
    }
}
