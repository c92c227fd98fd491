using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The deadlines of an agency: those it set itself, the word that data is deleted, and days off that move.</summary>
public sealed class OwnClockTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_hearing_is_spoken_of_three_days_a_day_and_six_hours_before_and_not_after_it_is_done()
    {
        var officer = _app.As(World.Officer);
        var victimId = await officer.GivenVictimAsync();
        var set = await officer.PostAsync("/clocks", Draft(victimId, "court_hearing", TimeSpan.FromDays(5))).JsonAsync(201);
        var path = $"/clocks/{set.GetProperty("id").GetGuid()}";

        await _app.PassAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        var atThree = await StagesAsync(World.Officer);
        await _app.PassAsync(TimeSpan.FromDays(2));
        var atOne = await StagesAsync(World.PoliceSupervisor);
        using var foreign = await _app.As(World.ShelterDesk).PostAsync($"{path}/done", "{}");
        var done = await officer.PostAsync($"{path}/done", "{}").JsonAsync();
        await _app.PassAsync(TimeSpan.FromDays(3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(atThree, Is.EqualTo(new[] { "reminded" }));
            Assert.That(atOne, Is.EqualTo(new[] { "escalated" }));
            Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
            Assert.That(done.GetProperty("state").GetString(), Is.EqualTo("met"));
            Assert.That(await StagesAsync(World.Officer), Is.EquivalentTo(new[] { "reminded", "escalated" }));
        }
    }

    [Test]
    public async Task What_was_missed_stays_on_the_list_until_it_is_done()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service");
        var report = (await _app.As(World.IntakeOperator).PostAsync("/reports", """{"channel":"helpline","urgency":"high","story":"Two girls."}""").JsonAsync(201)).GetProperty("id").GetGuid();
        await _app.PassAsync(TimeSpan.FromDays(30));

        var late = new[] { await LateAsync(World.ShelterSupervisor), await LateAsync(World.PoliceSupervisor) };
        await referral.DoAsync("complete", bySender: false);
        using var told = await _app.As(World.IntakeOperator).ReadAsync($"/reports/{report}");
        await _app.As(World.IntakeOperator).PutAsync($"/reports/{report}", """{"outcome":"information_given","urgency":"high","district":null,"story":"Two girls."}""", told.TagOf()).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late[0], Does.Contain("outcome missed").Or.Contain("report_back missed"));
            Assert.That(late[1], Is.EqualTo(new[] { "triage missed" }));
            Assert.That(await LateAsync(World.ShelterSupervisor), Is.Empty);
            Assert.That(await LateAsync(World.PoliceSupervisor), Is.Empty);
        }
    }

    [Test]
    public async Task What_nobody_answered_in_time_lies_before_the_office_until_it_is_settled()
    {
        var referral = await GivenReferral.InAsync(_app, "cancel_requested from in_service", "emergency");
        var before = await OverseenAsync(World.ProtectionOfficer);
        await _app.PassAsync(TimeSpan.FromHours(5));

        var reached = await OverseenAsync(World.ProtectionOfficer);
        using var decided = await referral.ActAsync(World.ProtectionOfficer, "refuse_cancel", await referral.TagAsync(World.ProtectionOfficer));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That(reached, Is.EqualTo(new[] { $"confirm_cancel {referral.Id} False" }));
            Assert.That((int)decided.StatusCode, Is.LessThan(300));
            Assert.That(await OverseenAsync(World.ProtectionOfficer), Is.Empty);
        }
    }

    private async Task<string[]> OverseenAsync(Persona persona)
    {
        var listed = await _app.As(persona).ReadAsync("/clocks?overseen=true").JsonAsync();
        return [.. listed.GetProperty("items").EnumerateArray().Select(one => $"{one.GetProperty("kind").GetString()} {one.GetProperty("subjectId").GetString()} {one.GetProperty("canBeDone").GetBoolean()}")];
    }

    private async Task<string[]> LateAsync(Persona persona)
    {
        var listed = await _app.As(persona).ReadAsync("/clocks").JsonAsync();
        return [.. listed.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("state").GetString() == "missed")
            .Select(one => $"{one.GetProperty("kind").GetString()} {one.GetProperty("state").GetString()}")];
    }

    [Test]
    public async Task A_new_date_of_the_same_topic_replaces_the_old_one_and_another_topic_stands_beside_it()
    {
        var officer = _app.As(World.Officer);
        var victimId = await officer.GivenVictimAsync();
        foreach (var (topic, days) in new[] { ("court_hearing", 5), ("appeal", 6), ("court_hearing", 9) })
        {
            await officer.PostAsync("/clocks", Draft(victimId, topic, TimeSpan.FromDays(days))).JsonAsync(201);
        }

        var listed = await officer.ReadAsync("/clocks?kind=act_before").JsonAsync();

        Assert.That(listed.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("topic").GetString()), Is.EqualTo(new[] { "appeal", "court_hearing" }));
    }

    [Test]
    public async Task A_date_that_has_passed_is_refused_and_so_is_a_case_of_others()
    {
        var victimId = await _app.As(World.Officer).GivenVictimAsync();

        var past = await _app.As(World.Officer).PostAsync("/clocks", Draft(victimId, "appeal", TimeSpan.FromMinutes(-1))).JsonAsync(422);
        var stranger = await _app.As(World.StrangerCaseworker).PostAsync("/clocks", Draft(victimId, "appeal", TimeSpan.FromDays(1))).JsonAsync(422);

        Assert.That(past.GetProperty("errors")[0].GetRawText(), Does.Contain("/dueAt").And.Contain("in_past"));
        Assert.That(stranger.GetProperty("errors")[0].GetRawText(), Does.Contain("/victimId").And.Contain("not_found"));
    }

    [Test]
    public async Task A_provider_whose_permission_ended_says_that_it_has_deleted_what_it_was_shown()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service");
        await referral.WithdrawAsync();
        var desk = _app.As(World.ShelterDesk);
        using var gone = await desk.ReadAsync(referral.Path);
        var clock = (await desk.ReadAsync("/clocks?kind=attest_deletion").JsonAsync()).GetProperty("items")[0];
        await _app.PassAsync(TimeSpan.FromDays(12));
        var late = (await desk.ReadAsync("/clocks?kind=attest_deletion").JsonAsync()).GetProperty("items")[0];
        var overseen = await _app.As(World.ProtectionOfficer).ReadAsync(referral.Path).JsonAsync();
        var reached = await OverseenAsync(World.ProtectionOfficer);
        var elsewhere = new[] { await OverseenAsync(World.ShelterSupervisor), await OverseenAsync(World.PoliceSupervisor), await OverseenAsync(World.StrangerSupervisor) };

        var done = await desk.PostAsync($"/clocks/{clock.GetProperty("id").GetGuid()}/done", "{}").JsonAsync();

        using var settled = await _app.As(World.ProtectionOfficer).ReadAsync(referral.Path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)gone.StatusCode, Is.EqualTo(404));
            Assert.That(clock.GetProperty("subjectId").GetGuid(), Is.EqualTo(referral.Id));
            Assert.That((late.GetProperty("state").GetString(), late.GetProperty("canBeDone").GetBoolean()), Is.EqualTo(("missed", true)));
            Assert.That(overseen.GetProperty("state").GetString(), Is.EqualTo("withdrawn"));
            Assert.That(reached, Is.EqualTo(new[] { $"attest_deletion {referral.Id} False" }));
            Assert.That(elsewhere, Is.All.Empty);
            Assert.That(await OverseenAsync(World.ProtectionOfficer), Is.Empty);
            Assert.That(done.GetProperty("state").GetString(), Is.EqualTo("met"));
            Assert.That((int)settled.StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_permission_that_ends_is_spoken_of_a_week_and_a_day_before_and_no_more_once_it_is_taken_back()
    {
        var officer = _app.As(World.Officer);
        var (one, other) = (await officer.GivenVictimAsync(), await officer.GivenVictimAsync());
        var until = $"{_app.Clock.GetUtcNow().AddDays(20):yyyy-MM-ddTHH:mm:ssZ}";
        await officer.PostAsync($"/victims/{one}/bases", Consent(until)).JsonAsync(201);
        var taken = await officer.PostAsync($"/victims/{other}/bases", Consent(until)).JsonAsync(201);
        var listed = (await officer.ReadAsync("/clocks?kind=basis_ends").JsonAsync()).GetProperty("items").GetArrayLength();
        await officer.PostAsync($"/victims/{other}/bases/{taken.GetProperty("id").GetGuid()}/withdraw", """{"by":"self","reason":"person_withdrew"}""", "\"1\"").JsonAsync();

        await _app.PassAsync(TimeSpan.FromDays(13) + TimeSpan.FromMinutes(1));
        var atSeven = await _app.ToldAsync(World.Officer);
        await _app.PassAsync(TimeSpan.FromDays(6));
        var atOne = await _app.ToldAsync(World.PoliceSupervisor);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listed, Is.EqualTo(2));
            Assert.That(atSeven.Select(told => (told.GetProperty("kind").GetString(), told.GetProperty("stage").GetString(), told.GetProperty("subjectId").GetGuid())), Is.EqualTo(new[] { ("clock.basis_ends", "reminded", one) }));
            Assert.That(atOne.Select(told => told.GetProperty("stage").GetString()), Does.Contain("escalated"));
        }
    }

    private static string Consent(string until) => $$"""
        {"kind":"consent","givenBy":{"relation":"self"},"capacity":"self_mature_child","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
         "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]},"validTo":"{{until}}"}
        """;

    [Test]
    public async Task A_deadline_that_waits_for_a_move_does_not_end_by_word()
    {
        await GivenReferral.InAsync(_app, "submitted");
        var desk = _app.As(World.ShelterDesk);
        var clock = (await desk.ReadAsync("/clocks").JsonAsync()).GetProperty("items")[0];

        var problem = await desk.PostAsync($"/clocks/{clock.GetProperty("id").GetGuid()}/done", "{}").JsonAsync(409);

        Assert.That(clock.GetProperty("canBeDone").GetBoolean(), Is.False);
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("ends_with_move"));
    }

    [Test]
    public async Task Eid_announced_the_night_before_moves_every_deadline_behind_it_and_taking_it_back_moves_them_back()
    {
        var medium = await GivenReferral.InAsync(_app, "submitted", "medium");
        var high = await GivenReferral.InAsync(_app, "submitted", "high");
        var (before, night) = (await DueAsync(medium), await DueAsync(high));

        await SetHolidayAsync("""[{"nameEn":"Eid","nameUr":"عید","kind":"lunar","status":"announced"}]""");
        await _app.PassAsync(TimeSpan.Zero);
        var moved = await DueAsync(medium);
        await SetHolidayAsync("[]");
        await _app.PassAsync(TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            // Wednesday falls out, and Saturday and Sunday are no working days.
            Assert.That(moved - before, Is.EqualTo(TimeSpan.FromDays(3)));
            Assert.That(await DueAsync(medium), Is.EqualTo(before));
            Assert.That(await DueAsync(high), Is.EqualTo(night), "High runs day and night.");
            Assert.That((await _app.As(World.ShelterDesk).ReadAsync("/referrals").JsonAsync()).GetProperty("items").EnumerateArray()
                .Select(row => row.GetProperty("id").GetGuid()), Is.EqualTo(new[] { high.Id, medium.Id }));
        }
    }

    [Test]
    public async Task What_was_spent_before_a_pause_stays_spent_when_days_off_move()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted", "medium");
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await referral.DoAsync("hold", bySender: true);
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await referral.DoAsync("resume", bySender: true);
        var before = await DueAsync(referral);

        await SetHolidayAsync("""[{"nameEn":"Eid","nameUr":"عید","kind":"lunar","status":"announced"}]""");
        await _app.PassAsync(TimeSpan.Zero);
        await SetHolidayAsync("[]");
        await _app.PassAsync(TimeSpan.Zero);

        Assert.That(await DueAsync(referral), Is.EqualTo(before).Within(TimeSpan.FromMinutes(1)));
    }

    private async Task SetHolidayAsync(string items)
    {
        const string path = "/holidays/2026-11-25";
        var admin = _app.As(World.SystemAdmin);
        using var now = await admin.ReadAsync(path);
        using var put = await admin.PutAsync(path, $$"""{"items":{{items}}}""", now.TagOf());
        Assert.That((int)put.StatusCode, Is.EqualTo(200), await put.Content.ReadAsStringAsync());
    }

    private async Task<DateTimeOffset> DueAsync(GivenReferral referral)
    {
        var view = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();
        return view.GetProperty("clock").GetProperty("dueAt").GetDateTimeOffset();
    }

    private string Draft(Guid victimId, string topic, TimeSpan after) =>
        $$"""{"victimId":"{{victimId}}","topic":"{{topic}}","dueAt":"{{_app.Clock.GetUtcNow() + after:yyyy-MM-ddTHH:mm:ssZ}}"}""";

    private async Task<string?[]> StagesAsync(Persona persona) =>
    [
        .. (await _app.ToldAsync(persona))
            .Where(item => item.GetProperty("kind").GetString() == "clock.act_before")
            .Select(item => item.GetProperty("stage").GetString()).Distinct(),
    ];
}
