using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class ReferralTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        await GivenReferral.WidenAsync(_app);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task The_minimum_is_what_is_known_on_sending()
    {
        var referral = await GivenReferral.DraftAsync(_app);
        var officer = _app.As(World.Officer);
        using var shell = await officer.ReadAsync($"/victims/{referral.VictimId}");
        await officer.PutAsync(
            $"/victims/{referral.VictimId}", """{"identification":"presumed","sex":"not_known","district":"PK-SD-KHS","languages":[]}""", shell.TagOf()).JsonAsync();
        using var identity = await officer.ReadAsync($"/victims/{referral.VictimId}/identity");
        await officer.PutAsync($"/victims/{referral.VictimId}/identity", """{"birth":{"years":7,"evidence":"statement"} }""", identity.TagOf()).JsonAsync();

        await referral.DoAsync("submit", bySender: true);

        var seen = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.GetProperty("sex").GetString(), Is.EqualTo("not_known"));
            Assert.That(seen.GetProperty("district").GetString(), Is.EqualTo("PK-SD-KHS"));
            Assert.That(seen.GetProperty("ageBand").GetString(), Is.EqualTo("age_6_9"));
            Assert.That(seen.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()), Does.Contain("out_of_area"));
        }
    }

    [TestCase("submit", "hospital", 403)]
    [TestCase("accept", "officer", 400)]
    [TestCase("submit", "officer", 400)]
    public async Task Who_could_never_take_a_move_is_refused_before_its_body_is_read(string action, string by, int status)
    {
        var persona = by == "hospital" ? World.HospitalDesk : World.Officer;

        using var answer = await _app.As(persona).PostAsync($"/referrals/{Guid.NewGuid()}/{action}", "{", "\"1\"");

        Assert.That((int)answer.StatusCode, Is.EqualTo(status), await answer.Content.ReadAsStringAsync());
    }

    [Test]
    public async Task The_provider_sees_the_minimum_then_what_was_disclosed_then_nothing()
    {
        var referral = await GivenReferral.DraftAsync(_app, groups: ["identity"]);
        var desk = _app.As(World.ShelterDesk);
        Assert.That(await StatusAsync(desk, referral.Path), Is.EqualTo(404), "a draft");

        await referral.DoAsync("submit", bySender: true);
        var before = await desk.ReadAsync(referral.Path).JsonAsync();
        var nameBefore = await StatusAsync(desk, $"/victims/{referral.VictimId}/identity");

        await referral.DoAsync("accept", bySender: false);
        var after = await desk.ReadAsync(referral.Path).JsonAsync();
        var nameAfter = await StatusAsync(desk, $"/victims/{referral.VictimId}/identity");
        var healthAfter = await StatusAsync(desk, $"/victims/{referral.VictimId}/health");

        await referral.WithdrawAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.GetProperty("victimId").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(before.GetProperty("open").GetArrayLength(), Is.Zero);
            Assert.That(nameBefore, Is.EqualTo(404));
            Assert.That(after.GetProperty("victimId").GetGuid(), Is.EqualTo(referral.VictimId));
            Assert.That(after.GetProperty("open")[0].GetProperty("group").GetString(), Is.EqualTo("identity"));
            Assert.That(nameAfter, Is.EqualTo(200));
            Assert.That(healthAfter, Is.EqualTo(404));
            Assert.That(await StatusAsync(desk, referral.Path), Is.EqualTo(404));
            Assert.That(await StatusAsync(desk, $"/victims/{referral.VictimId}/identity"), Is.EqualTo(404));
            Assert.That(await StatusAsync(_app.As(World.HospitalDesk), referral.Path), Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Sending_what_no_basis_covers_is_refused_and_names_it()
    {
        var referral = await GivenReferral.DraftAsync(_app, groups: ["identity", "health"], allowed: ["identity"]);

        var refused = await referral.ActAsync(World.Officer, "submit", await referral.TagAsync(World.Officer)).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.GetProperty("code").GetString(), Is.EqualTo("no_basis"));
            Assert.That(refused.GetProperty("groups").EnumerateArray().Select(group => group.GetString()), Is.EqualTo(new[] { "health" }));
            Assert.That(await StatusAsync(_app.As(World.ShelterDesk), referral.Path), Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_stale_reader_is_told_before_anything_else_and_nothing_is_written()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var tag = await referral.TagAsync(World.ShelterDesk);
        await referral.DoAsync("acknowledge", bySender: false);

        using var stale = await referral.ActAsync(World.ShelterDesk, "acknowledge", tag);
        using var untagged = await referral.ActAsync(World.ShelterDesk, "accept", null);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stale.StatusCode, Is.EqualTo(HttpStatusCode.PreconditionFailed));
            Assert.That((int)untagged.StatusCode, Is.EqualTo(428));
        }
    }

    [Test]
    public async Task The_same_key_acts_once_and_answers_alike()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var tag = await referral.TagAsync(World.ShelterDesk);

        var first = await referral.ActAsync(World.ShelterDesk, "accept", tag, key: $"accept-{referral.Id}").JsonAsync();
        var again = await referral.ActAsync(World.ShelterDesk, "accept", tag, key: $"accept-{referral.Id}").JsonAsync();
        using var other = await referral.ActAsync(World.ShelterDesk, "accept", tag, """{"population":"any"}""", $"accept-{referral.Id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText()));
            Assert.That((int)other.StatusCode, Is.EqualTo(422));
            Assert.That(await RowsAsync("SELECT count(*) FROM journal j WHERE j.subject_id = @id AND j.action = 'referral.accepted'", referral.Id), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_decline_and_its_replay_answer_without_a_body()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var tag = await referral.TagAsync(World.ShelterDesk);

        using var first = await referral.ActAsync(World.ShelterDesk, "decline", tag, key: $"decline-{referral.Id}");
        using var again = await referral.ActAsync(World.ShelterDesk, "decline", tag, key: $"decline-{referral.Id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        }
    }

    [Test]
    public async Task A_reason_from_another_list_cannot_be_read()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");

        var refused = await referral.ActAsync(World.ShelterDesk, "decline", await referral.TagAsync(World.ShelterDesk), """{"reason":"person_moved"}""").JsonAsync(400);

        Assert.That(refused.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/reason"));
    }

    [Test]
    public async Task A_colleague_who_is_not_on_the_team_sees_nothing_and_a_role_without_the_right_is_refused()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(_app.As(World.OtherOfficer), referral.Path), Is.EqualTo(404));
            using var desk = await referral.ActAsync(World.ShelterDesk, "cancel", "\"1\"");
            Assert.That(desk.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            using var auditor = await _app.As(World.Auditor).ReadAsync("/referrals");
            Assert.That(auditor.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        }
    }

    [Test]
    public async Task A_blocked_supervisor_of_the_provider_never_learns_of_her()
    {
        var referral = await GivenReferral.DraftAsync(_app);
        await GivenBlock.SetAsync(_app, referral.VictimId, World.ShelterSupervisor, World.PoliceSupervisor);

        await referral.DoAsync("submit", bySender: true);

        var list = await _app.As(World.ShelterSupervisor).ReadAsync("/referrals?limit=200").JsonAsync();
        var told = await _app.As(World.ShelterSupervisor).ReadAsync("/notifications?limit=200").JsonAsync();
        var deskTold = await _app.As(World.ShelterDesk).ReadAsync("/notifications?limit=200").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(_app.As(World.ShelterSupervisor), referral.Path), Is.EqualTo(404));
            Assert.That(list.GetRawText(), Does.Not.Contain(referral.Id.ToString()));
            Assert.That(told.GetRawText(), Does.Not.Contain(referral.Id.ToString()));
            Assert.That(deskTold.GetRawText(), Does.Contain(referral.Id.ToString()));
        }
    }

    [Test]
    public async Task Messages_are_sealed_and_read_by_both_sides()
    {
        var referral = await GivenReferral.InAsync(_app, "info_requested");
        await referral.DoAsync("answer_info", bySender: true);
        await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/entries", """{"kind":"message","text":"ہم آ رہے ہیں"}""").JsonAsync(201);

        var sender = await _app.As(World.Officer).ReadAsync($"{referral.Path}/entries").JsonAsync();
        var texts = sender.GetProperty("items").EnumerateArray().Select(entry => entry.GetProperty("text").GetString()).ToArray();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(texts, Is.EqualTo(new[] { "She is afraid of dogs.", "Does she need a wheelchair?", "No.", "ہم آ رہے ہیں" }));
            Assert.That(await StatusAsync(_app.As(World.StrangerCaseworker), $"{referral.Path}/entries"), Is.EqualTo(404));
            using var service = await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/entries", """{"kind":"service_delivered","text":"A bed"}""");
            Assert.That(service.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), "nothing can be delivered before arrival");
        }
    }

    [Test]
    public async Task A_completed_referral_stays_open_for_thirty_days_and_its_receipt_keeps_versions()
    {
        await using var app = await TestApp.StartAsync();
        var referral = await GivenReferral.InAsync(app, "completed");
        var desk = app.As(World.ShelterDesk);

        var receipts = await desk.ReadAsync($"{referral.Path}/receipts").JsonAsync();
        var history = await desk.ReadAsync($"{referral.Path}/history").JsonAsync();
        app.Clock.Advance(TimeSpan.FromDays(29));
        var inTime = await StatusAsync(desk, $"/victims/{referral.VictimId}/identity");
        app.Clock.Advance(TimeSpan.FromDays(1));
        var late = await StatusAsync(desk, $"/victims/{referral.VictimId}/identity");

        var item = receipts.GetProperty("items")[0].GetProperty("items").EnumerateArray().First(one => one.GetProperty("group").GetString() == "identity");
        var actions = history.GetProperty("items").EnumerateArray().Select(moment => moment.GetProperty("action").GetString()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(item.GetProperty("recordVersion").GetInt64(), Is.EqualTo(1));
            Assert.That(actions, Does.Contain("referral.completed").And.Not.Contain("referral.created"));
            Assert.That((inTime, late), Is.EqualTo((200, 404)));
        }
    }

    [Test]
    public async Task Worklists_page_by_deadline_and_tell_received_from_sent()
    {
        await using var app = await TestApp.StartAsync();
        foreach (var urgency in new[] { "medium", "emergency", "high" })
        {
            await GivenReferral.InAsync(app, "submitted", urgency);
        }
        await GivenReferral.DraftAsync(app);
        await GivenReferral.InAsync(app, "declined");

        var desk = app.As(World.ShelterDesk);
        var first = await desk.ReadAsync("/referrals?limit=2").JsonAsync();
        var second = await desk.ReadAsync($"/referrals?limit=2&cursor={first.GetProperty("next").GetString()}").JsonAsync();
        var sent = await app.As(World.PoliceSupervisor).ReadAsync("/referrals?box=sent").JsonAsync();
        var closed = await app.As(World.PoliceSupervisor).ReadAsync("/referrals?box=sent&show=closed").JsonAsync();
        var due = await desk.ReadAsync("/referrals?show=due").JsonAsync();
        var foreign = await app.As(World.StrangerSupervisor).ReadAsync("/referrals").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Urgencies(first).Concat(Urgencies(second)), Is.EqualTo(new[] { "emergency", "high", "medium" }));
            Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(sent.GetProperty("items").GetArrayLength(), Is.EqualTo(4));
            Assert.That(closed.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
            Assert.That(Urgencies(due), Is.EqualTo(new[] { "emergency", "high" }));
            Assert.That(foreign.GetProperty("items").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task A_girl_harmed_yesterday_makes_a_health_referral_an_emergency_and_only_the_sender_reads_why()
    {
        var officer = _app.As(World.Officer);
        var victimId = await officer.GivenVictimAsync();
        await officer.PostAsync(
            $"/victims/{victimId}/records", """{"kind":"incident","body":{"types":["sexual_exploitation"],"from":"2026-11-23"}}""").JsonAsync(201);
        var need = await officer.PostAsync($"/victims/{victimId}/needs", """{"category":"medical_care","urgency":"medium"}""").JsonAsync(201);

        var view = await officer.PostAsync(
            "/referrals", $$"""{"victimId":"{{victimId}}","needId":"{{need.GetProperty("id").GetGuid()}}","serviceId":"{{World.HospitalService}}","groups":[]}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(view.GetProperty("urgency").GetString(), Is.EqualTo("emergency"));
            Assert.That(view.GetProperty("askedUrgency").GetString(), Is.EqualTo("medium"));
            Assert.That(view.GetProperty("urgencyRule").GetString(), Is.EqualTo("sexual_violence_72h"));
        }
    }

    [Test]
    public async Task A_preview_names_what_lacks_a_basis()
    {
        var referral = await GivenReferral.DraftAsync(_app, groups: ["identity", "contact"], allowed: ["identity"]);

        var preview = await _app.As(World.Officer).ReadAsync($"{referral.Path}/preview").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(preview.GetProperty("missing").EnumerateArray().Select(piece => piece.GetProperty("group").GetString()), Is.EqualTo(new[] { "contact" }));
            Assert.That(preview.GetProperty("after").GetArrayLength(), Is.EqualTo(2));
            Assert.That(preview.GetProperty("respondBy").GetProperty("acknowledge").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow().AddHours(24)).Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task Matches_give_a_reason_for_every_rank_and_every_exclusion_and_say_what_is_covered()
    {
        var referral = await GivenReferral.DraftAsync(_app);
        var officer = _app.As(World.Officer);

        var ofNeed = await officer.ReadAsync($"/victims/{referral.VictimId}/needs/{referral.NeedId}/matches").JsonAsync();
        var ofReferral = await officer.ReadAsync($"{referral.Path}/matches").JsonAsync();
        var foreign = await StatusAsync(_app.As(World.StrangerCaseworker), $"/victims/{referral.VictimId}/needs/{referral.NeedId}/matches");
        var boy = await officer.PostAsync("/victims", """{"found":{"district":"PK-PB-KSR"},"sex":"male","age":{"years":10}}""").JsonAsync(201);
        var his = boy.GetProperty("id").GetGuid();
        var need = await officer.PostAsync($"/victims/{his}/needs", """{"category":"safe_shelter","urgency":"high"}""").JsonAsync(201);
        var ofBoy = await officer.ReadAsync($"/victims/{his}/needs/{need.GetProperty("id").GetGuid()}/matches").JsonAsync();

        var first = ofNeed.GetProperty("items")[0];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.GetProperty("service").GetProperty("id").GetGuid(), Is.EqualTo(World.ShelterService));
            Assert.That(first.GetProperty("covered").GetBoolean(), Is.True);
            Assert.That(first.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()), Is.SupersetOf(new[] { "covered", "free_place", "female_staff" }));
            Assert.That(ofReferral.GetProperty("items")[0].GetRawText(), Is.EqualTo(first.GetRawText()));
            Assert.That(foreign, Is.EqualTo(404));
            Assert.That(ofBoy.GetProperty("items").GetArrayLength(), Is.Zero);
            Assert.That(ofBoy.GetProperty("excluded")[0].GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()), Does.Contain("sex_not_served"));
        }
    }

    [Test]
    public async Task The_sender_speaks_for_a_provider_without_an_account_and_that_is_counted_apart()
    {
        await using var app = await TestApp.StartAsync();
        await GivenReferral.ChangeAsync(app, work => work.ExecuteAsync("UPDATE agencies SET has_account = 0 WHERE id = @id", new { id = World.Hospital }, CancellationToken.None));
        var referral = await GivenReferral.DraftAsync(app, serviceId: World.HospitalService, recipient: World.Hospital, category: "medical_care");
        await referral.DoAsync("submit", bySender: true);

        var accepted = await referral.ActAsync(World.Officer, "accept", await referral.TagAsync(World.Officer)).JsonAsync();
        var answered = await GivenReferral.InAsync(app, "accepted");
        async Task<Guid[]> SentAsync(string reportedBy) =>
            [.. (await app.As(World.PoliceSupervisor).ReadAsync($"/referrals?box=sent&reportedBy={reportedBy}").JsonAsync()).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetGuid())];
        async Task<string?[]> ToldAsync(GivenReferral one) =>
            [.. (await app.As(World.PoliceSupervisor).ReadAsync($"{one.Path}/history").JsonAsync()).GetProperty("items").EnumerateArray()
                .Where(moment => moment.GetProperty("to").ValueKind == JsonValueKind.String)
                .Select(moment => $"{moment.GetProperty("to").GetString()} {moment.GetProperty("reportedBy").GetString()}").Order()];

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await SentAsync("sender"), await SentAsync("provider")), Is.EqualTo((new[] { referral.Id }, new[] { answered.Id })));
            Assert.That(await ToldAsync(referral), Is.EqualTo(new[] { "accepted sender", "submitted " }));
            Assert.That(await ToldAsync(answered), Is.EqualTo(new[] { "accepted provider", "submitted " }));
            Assert.That(accepted.GetProperty("state").GetString(), Is.EqualTo("accepted"));
            Assert.That(accepted.GetProperty("reportedBy").GetString(), Is.EqualTo("sender"));
        }
    }

    [Test]
    public async Task A_draft_is_changed_by_its_sender_only_until_it_is_sent()
    {
        var referral = await GivenReferral.DraftAsync(_app, groups: ["identity"]);
        var body = $$"""{"victimId":"{{referral.VictimId}}","needId":"{{referral.NeedId}}","serviceId":"{{World.ShelterService}}","groups":["identity","protection"]}""";
        var good = body.Replace(",\"protection\"", string.Empty, StringComparison.Ordinal);
        var officer = _app.As(World.Officer);

        var items = await officer.PutAsync(referral.Path, body, await referral.TagAsync(World.Officer)).JsonAsync(422);
        var changed = await officer.PutAsync(referral.Path, good, await referral.TagAsync(World.Officer)).JsonAsync();
        await referral.DoAsync("submit", bySender: true);
        var sent = await officer.PutAsync(referral.Path, good, await referral.TagAsync(World.Officer)).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(items.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/groups/1"));
            Assert.That(changed.GetProperty("chosen").GetArrayLength(), Is.EqualTo(1));
            Assert.That(sent.GetProperty("code").GetString(), Is.EqualTo("illegal_move"));
        }
    }

    private static IEnumerable<string?> Urgencies(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("urgency").GetString());

    private static async Task<int> StatusAsync(HttpClient client, string path)
    {
        using var response = await client.ReadAsync(path);
        return (int)response.StatusCode;
    }

    private Task<int> RowsAsync(string sql, Guid id) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(sql, new { id }, CancellationToken.None));
}
