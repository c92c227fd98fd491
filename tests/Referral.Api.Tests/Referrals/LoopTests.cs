using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>After accepting: places, deadlines, the protection officer, and where a referral goes that is not taken.</summary>
public sealed class LoopTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_child_who_never_comes_is_missed_then_a_no_show_and_then_her_place_is_free()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted", "emergency");
        var reserved = await PlacesAsync();

        await _app.PassAsync(TimeSpan.FromHours(12));
        var late = await ViewAsync(referral);
        await _app.PassAsync(TimeSpan.FromHours(2));
        var missing = await ViewAsync(referral);
        var kept = await PlacesAsync();
        await _app.PassAsync(TimeSpan.FromHours(2));
        var freed = await ViewAsync(referral);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(reserved, Is.EqualTo((1, 0)));
            Assert.That((State(late), Clock(late)), Is.EqualTo(("accepted", "no_show_grace")));
            Assert.That((State(missing), Clock(missing)), Is.EqualTo(("no_show", "no_show_grace")));
            Assert.That(kept, Is.EqualTo((1, 0)));
            Assert.That((State(freed), Text(freed, "place")), Is.EqualTo(("no_show", "none")));
            Assert.That(await PlacesAsync(), Is.EqualTo((0, 0)));
            Assert.That(await ToldAsync(World.PoliceSupervisor, "clock.start"), Is.GreaterThan(0));
            Assert.That(await ToldAsync(World.Officer, "referral.place_freed"), Is.EqualTo(1));
        }

        await referral.DoAsync("reschedule", bySender: false);
        Assert.That(await PlacesAsync(), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Every_way_to_end_gives_the_place_back([Values("complete", "end_early", "decline", "confirm_cancel", "enter_in_error", "reroute")] string end)
    {
        var referral = await GivenReferral.InAsync(_app, end switch
        {
            "complete" or "end_early" => "in_service",
            "confirm_cancel" => "cancel_requested from in_service",
            "reroute" => "no_show",
            _ => "accepted",
        });
        var held = await PlacesAsync();

        await referral.DoAsync(end, bySender: end is "enter_in_error" or "reroute");

        Assert.That(held.Reserved + held.Occupied, Is.EqualTo(1));
        Assert.That(await PlacesAsync(), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_wish_to_cancel_that_nobody_answers_is_decided_by_the_protection_officer()
    {
        var referral = await GivenReferral.InAsync(_app, "cancel_requested from in_service", "emergency");
        using var before = await _app.As(World.ProtectionOfficer).ReadAsync(referral.Path);

        await _app.PassAsync(TimeSpan.FromHours(4));
        var seen = await _app.As(World.ProtectionOfficer).ReadAsync(referral.Path).JsonAsync();
        var names = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{referral.VictimId}/identity");
        using var decided = await referral.ActAsync(World.ProtectionOfficer, "confirm_cancel", await referral.TagAsync(World.ProtectionOfficer));
        using var after = await _app.As(World.ProtectionOfficer).ReadAsync(referral.Path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)before.StatusCode, Is.EqualTo(404));
            Assert.That(Actions(seen), Is.EquivalentTo(new[] { "confirm_cancel", "refuse_cancel" }));
            Assert.That((int)names.StatusCode, Is.EqualTo(404), "Oversight brings the minimum.");
            Assert.That((int)decided.StatusCode, Is.EqualTo(204));
            Assert.That((int)after.StatusCode, Is.EqualTo(404), "It is settled.");
            Assert.That(State(await ViewAsync(referral)), Is.EqualTo("cancelled"));
            Assert.That(await ToldAsync(World.ProtectionOfficer, "clock.confirm_cancel"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task While_it_rests_no_deadline_runs_but_that_of_the_review()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted", "emergency");
        _app.Clock.Advance(TimeSpan.FromMinutes(20));
        var held = await referral.DoAsync("hold", bySender: true);
        await _app.PassAsync(TimeSpan.FromHours(19));
        var resting = await ViewAsync(referral);
        var resumed = await referral.DoAsync("resume", bySender: true);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Clock(held), Is.EqualTo("hold_review"));
            Assert.That(State(resting), Is.EqualTo("on_hold"));
            Assert.That((State(resumed), Clock(resumed)), Is.EqualTo(("submitted", "acknowledge")));
            Assert.That(Due(resumed) - _app.Clock.GetUtcNow(), Is.EqualTo(TimeSpan.FromMinutes(40)).Within(TimeSpan.FromMinutes(1)));
        }
    }

    [Test]
    public async Task Service_asks_for_word_again_and_again_and_for_the_outcome_in_the_end()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted", "emergency");
        var now = _app.Clock.GetUtcNow();
        await referral.HandOverAsync(World.ShelterDesk);
        using var arrived = await referral.ActAsync(
            World.ShelterDesk, "arrive", await referral.TagAsync(World.ShelterDesk), $$"""{"at":"{{now:O}}","plannedEndAt":"{{now.AddDays(2):O}}"}""");
        var there = await ViewAsync(referral);
        _app.Clock.Advance(TimeSpan.FromHours(20));
        using var progress = await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/entries", """{"kind":"progress","text":"She sleeps well."}""");
        var told = await ViewAsync(referral);
        await _app.PassAsync(TimeSpan.FromHours(25));
        var silent = await ViewAsync(referral);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)arrived.StatusCode, Is.EqualTo(200));
            Assert.That(Clock(there), Is.EqualTo("report_back"));
            Assert.That((int)progress.StatusCode, Is.EqualTo(201));
            Assert.That(Due(told) - Due(there), Is.EqualTo(TimeSpan.FromHours(20)).Within(TimeSpan.FromMinutes(1)));
            Assert.That(silent.GetProperty("clock").GetProperty("state").GetString(), Is.EqualTo("missed"), "What is late stays on the list as late.");
            Assert.That(await ToldAsync(World.ShelterSupervisor, "clock.report_back"), Is.GreaterThan(0));
        }
    }

    [Test]
    public async Task A_referral_that_is_not_taken_goes_on_by_itself_to_its_fallback()
    {
        var referral = await DraftWithFallbackAsync(covered: true);
        await referral.DoAsync("submit", bySender: true);
        var first = await ViewAsync(referral);
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await referral.DoAsync("decline", bySender: false);

        var declined = await ViewAsync(referral);
        var next = await _app.As(World.HospitalDesk).ReadAsync("/referrals").JsonAsync();
        var followed = await _app.As(World.PoliceSupervisor).ReadAsync($"/referrals/{declined.GetProperty("reroutedTo").GetGuid()}").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(next.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetGuid()), Is.EqualTo(new[] { followed.GetProperty("id").GetGuid() }));
            Assert.That((State(followed), followed.GetProperty("reroutedFrom").GetGuid()), Is.EqualTo(("submitted", referral.Id)));
            Assert.That(Pieces(followed), Is.EquivalentTo(Pieces(first)));
            Assert.That(followed.GetProperty("submittedAt").GetDateTimeOffset(), Is.GreaterThan(first.GetProperty("submittedAt").GetDateTimeOffset()));
            Assert.That(await ScalarAsync("SELECT count(DISTINCT r.first_submitted_at) FROM referrals r"), Is.EqualTo(1), "Time to help counts on.");
            Assert.That(await ToldAsync(World.HospitalDesk, "referral.submitted"), Is.EqualTo(1));
            Assert.That((int)(await _app.As(World.ShelterDesk).ReadAsync($"/referrals/{followed.GetProperty("id").GetGuid()}")).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Time_to_help_runs_from_the_first_submission_to_the_first_service_whoever_gives_it()
    {
        var referral = await DraftWithFallbackAsync(covered: true);
        await referral.DoAsync("submit", bySender: true);
        _app.Clock.Advance(TimeSpan.FromHours(2));
        await referral.DoAsync("decline", bySender: false);
        var second = $"/referrals/{(await ViewAsync(referral)).GetProperty("reroutedTo").GetGuid()}";
        var waiting = await _app.As(World.PoliceSupervisor).ReadAsync(second).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromHours(1));
        await DoAsync(World.HospitalDesk, second, "accept");
        await _app.As(World.HospitalDesk).PostAsync($"{second}/handovers", GivenReferral.HandoverBody(_app, 1)).JsonAsync(201);
        await DoAsync(World.HospitalDesk, second, "arrive");
        var helped = await _app.As(World.PoliceSupervisor).ReadAsync(second).JsonAsync();
        var toldProvider = await _app.As(World.HospitalDesk).ReadAsync(second).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromHours(50));
        await DoAsync(World.HospitalDesk, second, "end_early");
        var third = (await DoAsync(World.PoliceSupervisor, second, "reroute", $$"""{"serviceId":"{{World.ShelterService}}"}""")).GetProperty("reroutedTo").GetGuid();
        var after = await _app.As(World.PoliceSupervisor).ReadAsync($"/referrals/{third}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Text(waiting, "firstSubmittedAt"), waiting.GetProperty("minutesToHelp").ValueKind), Is.EqualTo((Text(await ViewAsync(referral), "submittedAt"), JsonValueKind.Null)));
            Assert.That(helped.GetProperty("minutesToHelp").GetInt64(), Is.EqualTo(180));
            Assert.That((Text(helped, "helpedAt"), Text(helped, "firstSubmittedAt")), Is.EqualTo((Text(helped, "startedAt"), Text(waiting, "firstSubmittedAt"))));
            Assert.That(toldProvider.GetProperty("firstSubmittedAt").ValueKind, Is.EqualTo(JsonValueKind.Null), "Who could not help before is not theirs to know.");
            Assert.That((Text(after, "state"), after.GetProperty("minutesToHelp").GetInt64()), Is.EqualTo(("submitted", 180)), "Help that began is not begun anew.");
        }
    }

    private async Task<JsonElement> DoAsync(Persona persona, string path, string action, string? body = null)
    {
        using var read = await _app.As(persona).ReadAsync(path);
        return await _app.As(persona).PostAsync($"{path}/{action.Replace('_', '-')}", body ?? GivenReferral.BodyOf(_app, action), read.TagOf()).JsonAsync();
    }

    [Test]
    public async Task What_goes_on_says_what_is_known_now_and_that_nobody_pressed_anything()
    {
        var referral = await DraftWithFallbackAsync(covered: true);
        await referral.DoAsync("submit", bySender: true);
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync(
            "UPDATE needs SET category = 'medical_care' WHERE id = @needId", new { needId = referral.NeedId }, CancellationToken.None));
        await _app.As(World.PoliceSupervisor).PostAsync(
            $"/victims/{referral.VictimId}/records", """{"kind":"incident","body":{"types":["sexual_exploitation"],"from":"2026-11-23"}}""").JsonAsync(201);
        // The last of all: whatever an age or a place follows from writes the shell anew.
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync(
            "UPDATE victims SET district = 'PK-PB-LHE', age_band = 'age_16_17' WHERE id = @victimId", new { victimId = referral.VictimId }, CancellationToken.None));

        await referral.DoAsync("decline", bySender: false);

        var next = (await ViewAsync(referral)).GetProperty("reroutedTo").GetGuid();
        var followed = await _app.As(World.PoliceSupervisor).ReadAsync($"/referrals/{next}").JsonAsync();
        var actors = await GivenReferral.ReadAsync(_app, work => work.ListAsync<string>(
            "SELECT CASE WHEN j.worker_id IS NULL AND j.client_id IS NULL THEN 'nobody' ELSE 'somebody' END FROM journal j WHERE j.subject_id = @next AND j.action IN ('referral.created', 'referral.submitted')",
            new { next }, CancellationToken.None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(followed.GetProperty("district").GetString(), Is.EqualTo("PK-PB-LHE"));
            Assert.That(followed.GetProperty("ageBand").GetString(), Is.EqualTo("age_16_17"));
            Assert.That(followed.GetProperty("urgency").GetString(), Is.EqualTo("emergency"));
            Assert.That(actors, Has.Count.EqualTo(2).And.All.EqualTo("nobody"), "Created and submitted by the system.");
        }
    }

    [Test]
    public async Task An_expired_one_goes_on_as_well_and_never_to_whom_the_permission_does_not_name_any_more()
    {
        var expiring = await DraftWithFallbackAsync(covered: true, "emergency");
        await expiring.DoAsync("submit", bySender: true);
        var shut = await DraftWithFallbackAsync(covered: true, "emergency");
        await shut.DoAsync("submit", bySender: true);
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync(
            "UPDATE bases SET status = 'withdrawn' WHERE victim_id = @victimId AND id <> @basisId",
            new { victimId = shut.VictimId, basisId = shut.BasisId }, CancellationToken.None));

        await _app.PassAsync(TimeSpan.FromHours(1));

        var (went, stayed) = (await ViewAsync(expiring), await ViewAsync(shut));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((State(went), State(stayed)), Is.EqualTo(("expired", "expired")));
            Assert.That(went.GetProperty("reroutedTo").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(stayed.TryGetProperty("reroutedTo", out var none) && none.ValueKind == JsonValueKind.String, Is.False);
        }
    }

    [Test]
    public async Task A_fallback_that_no_permission_covers_cannot_be_sent_along()
    {
        var referral = await DraftWithFallbackAsync(covered: false);

        var problem = await referral.ActAsync(World.PoliceSupervisor, "submit", await referral.TagAsync(World.PoliceSupervisor)).JsonAsync(422);

        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("no_basis"));
        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/fallbacks/0"));
    }

    [Test]
    public async Task Sending_on_needs_one_press_and_happens_once([Values] bool covered)
    {
        var referral = await GivenReferral.InAsync(_app, "declined");
        if (covered)
        {
            await GivenReferral.ConsentAsync(_app, referral.VictimId, ["identity", "health"], World.Hospital);
        }

        var rerouted = await referral.DoAsync("reroute", bySender: true);
        var again = await referral.ActAsync(World.PoliceSupervisor, "reroute", await referral.TagAsync(World.PoliceSupervisor)).JsonAsync(409);

        var next = await _app.As(World.PoliceSupervisor).ReadAsync($"/referrals/{rerouted.GetProperty("reroutedTo").GetGuid()}").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(State(rerouted), Is.EqualTo("declined"));
            Assert.That(State(next), Is.EqualTo(covered ? "submitted" : "draft"));
            Assert.That(again.GetProperty("code").GetString(), Is.EqualTo("already_rerouted"));
        }
    }

    private async Task<GivenReferral> DraftWithFallbackAsync(bool covered, string urgency = "high")
    {
        var referral = await GivenReferral.DraftAsync(_app, urgency: urgency);
        if (covered)
        {
            await GivenReferral.ConsentAsync(_app, referral.VictimId, ["identity", "health"], World.Hospital);
        }
        using var put = await _app.As(World.PoliceSupervisor).PutAsync(
            referral.Path,
            $$"""{"victimId":"{{referral.VictimId}}","needId":"{{referral.NeedId}}","serviceId":"{{World.ShelterService}}","groups":["identity","health"],"population":"girls","fallbacks":["{{World.HospitalService}}"]}""",
            await referral.TagAsync(World.PoliceSupervisor));
        Assert.That((int)put.StatusCode, Is.EqualTo(200), await put.Content.ReadAsStringAsync());
        return referral;
    }

    private Task<JsonElement> ViewAsync(GivenReferral referral) => _app.As(World.PoliceSupervisor).ReadAsync(referral.Path).JsonAsync();

    private Task<(int Reserved, int Occupied)> PlacesAsync() => GivenReferral.ReadAsync(_app, async work => (
        await work.ScalarAsync<int>("SELECT sum(c.reserved) FROM capacity c", null, CancellationToken.None),
        await work.ScalarAsync<int>("SELECT sum(c.occupied) FROM capacity c", null, CancellationToken.None)));

    private Task<int> ScalarAsync(string sql) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(sql, null, CancellationToken.None));

    private async Task<int> ToldAsync(Persona persona, string kind) =>
        (await _app.ToldAsync(persona)).Count(item => item.GetProperty("kind").GetString() == kind);

    private static string? Text(JsonElement view, string name) => view.GetProperty(name).GetString();

    private static string? State(JsonElement view) => Text(view, "state");

    private static string? Clock(JsonElement view) => view.GetProperty("clock").GetProperty("kind").GetString();

    private static DateTimeOffset Due(JsonElement view) => view.GetProperty("clock").GetProperty("dueAt").GetDateTimeOffset();

    private static string?[] Actions(JsonElement view) => [.. view.GetProperty("allowedActions").EnumerateArray().Select(one => one.GetProperty("action").GetString())];

    private static string[] Pieces(JsonElement view) => [.. view.GetProperty("chosen").EnumerateArray().Select(one => one.GetRawText())];
}
