using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A child is given from one to another, and counted by both.</summary>
public sealed class HandoverOverHttpTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_child_arrives_once_somebody_has_received_her()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        using var early = await referral.ActAsync(World.ShelterDesk, "arrive", await referral.TagAsync(World.ShelterDesk));
        var refused = JsonDocument.Parse(await early.Content.ReadAsStringAsync()).RootElement;
        var given = await _app.As(World.Officer).PostAsync($"{referral.Path}/handovers", referral.HandoverBody()).JsonAsync(201);
        using var onTheRoad = await referral.ActAsync(World.ShelterDesk, "arrive", await referral.TagAsync(World.ShelterDesk));
        var agreed = await ConfirmAsync(referral, World.ShelterDesk, given, """{"children":1,"isThere":true,"note":"No shoes."}""").JsonAsync();
        var ready = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();
        using var arrived = await referral.ActAsync(World.ShelterDesk, "arrive", await referral.TagAsync(World.ShelterDesk));
        var read = (await _app.As(World.Officer).ReadAsync($"{referral.Path}/handovers").JsonAsync()).GetProperty("items")[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)early.StatusCode, refused.GetProperty("code").GetString()), Is.EqualTo((422, "handover_needed")));
            Assert.That((int)onTheRoad.StatusCode, Is.EqualTo(422), "That she set out does not say that she is here.");
            Assert.That(Text(agreed, "state"), Is.EqualTo("agreed"));
            Assert.That(ready.GetProperty("awaitsHandover").GetBoolean(), Is.False);
            Assert.That((int)arrived.StatusCode, Is.EqualTo(200));
            Assert.That((Text(read, "givenBy"), Text(read, "belongings"), Text(read, "confirmation")), Is.EqualTo(("Constable Gul", "A red bag", "No shoes.")));
        }
    }

    [Test]
    public async Task Another_count_is_an_emergency_that_both_supervisors_hear_of_and_somebody_must_explain()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted", "low");
        var given = await _app.As(World.Officer).PostAsync($"{referral.Path}/handovers", referral.HandoverBody(3)).JsonAsync(201);
        var missing = await ConfirmAsync(referral, World.ShelterDesk, given, """{"children":2,"isThere":false}""").JsonAsync();
        var view = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();
        var told = new[] { await ToldAsync(World.PoliceSupervisor), await ToldAsync(World.ShelterSupervisor) };
        await _app.PassAsync(TimeSpan.FromMinutes(61));
        var late = await ToldAsync(World.PoliceSupervisor, "clock.missing_in_transit");
        using var notHis = await SettleAsync(referral, World.Officer, given, "arrived_later");
        using var settled = await SettleAsync(referral, World.ShelterDesk, given, "arrived_later");
        var after = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Text(missing, "state"), Is.EqualTo("missing"));
            Assert.That(Flags(view), Does.Contain("missing_in_transit"));
            Assert.That(Text(view.GetProperty("clock"), "kind"), Is.EqualTo("missing_in_transit"));
            Assert.That(view.GetProperty("clock").GetProperty("dueAt").GetDateTimeOffset() - view.GetProperty("clock").GetProperty("startedAt").GetDateTimeOffset(), Is.EqualTo(TimeSpan.FromHours(1)));
            Assert.That(told, Is.EqualTo(new[] { 1, 1 }));
            Assert.That(late, Is.GreaterThan(0));
            Assert.That((int)notHis.StatusCode, Is.EqualTo(409));
            Assert.That((int)settled.StatusCode, Is.EqualTo(200));
            Assert.That(Flags(after), Does.Not.Contain("missing_in_transit"));
            Assert.That(after.GetProperty("awaitsHandover").GetBoolean(), Is.False);
        }
    }

    [Test]
    public async Task She_is_not_given_to_a_claimant_whom_nobody_has_checked()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service");
        var uncle = await _app.As(World.Officer).PostAsync(
            $"/victims/{referral.VictimId}/records", """{"kind":"relation","body":{"relation":"paternal_uncle","claims":true,"text":"Says that he is her uncle."}}""").JsonAsync(201);
        var id = uncle.GetProperty("id").GetGuid();
        var path = $"/victims/{referral.VictimId}/records/{id}";
        var release = referral.HandoverBody(direction: "release", reason: "to_family", more: $$""","relationId":"{{id}}" """);
        using var unnamed = await _app.As(World.PoliceSupervisor).PostAsync($"{referral.Path}/handovers", referral.HandoverBody(direction: "release", reason: "to_family"));
        using var unverified = await _app.As(World.PoliceSupervisor).PostAsync($"{referral.Path}/handovers", release);
        using var unseen = await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/handovers", release);
        using var shown = await _app.As(World.Officer).ReadAsync(path);
        using var checkedNow = await _app.As(World.Officer).PutAsync(
            path, """{"body":{"relation":"paternal_uncle","claims":true,"text":"Says that he is her uncle.","checkedBy":"court_order","checkedOn":"2026-01-05"}}""", shown.TagOf());
        var released = await _app.As(World.PoliceSupervisor).PostAsync($"{referral.Path}/handovers", release).JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)unnamed.StatusCode, Is.EqualTo(422));
            Assert.That((int)unverified.StatusCode, Is.EqualTo(409));
            Assert.That(await unverified.Content.ReadAsStringAsync(), Does.Contain("claimant_unverified"));
            Assert.That((int)unseen.StatusCode, Is.EqualTo(422), "Whoever may not open the relation learns nothing of it.");
            Assert.That((int)checkedNow.StatusCode, Is.EqualTo(200), await checkedNow.Content.ReadAsStringAsync());
            Assert.That(released.GetProperty("relationId").GetGuid(), Is.EqualTo(id));
        }
    }

    /// <summary>What says that a family has her, and with what.</summary>
    private static readonly (string Action, string Body)[] WithFamily =
    [
        ("complete", """{"outcome":"safely_reunited"}"""),
        ("complete", """{"outcome":"placed_in_family_care"}"""),
        ("end_early", """{"reason":"family_reunion_sooner"}"""),
    ];

    [Test]
    public async Task Nobody_says_that_a_family_has_a_child_whom_both_sides_have_not_released_to_a_checked_claimant([Values(0, 1, 2)] int way)
    {
        var (action, body) = WithFamily[way];
        var referral = await GivenReferral.InAsync(_app, "in_service");
        var early = await TryAsync(referral, action, body);
        var offered = await AfterReleaseAsync(referral, action);
        var told = await TryToTellAsync(referral);
        var release = await ReleaseAsync(referral, "to_family", await ClaimantAsync(referral));
        var unconfirmed = await TryAsync(referral, action, body);
        await ConfirmAsync(referral, World.ShelterDesk, release, """{"children":1,"isThere":true}""").JsonAsync();
        var open = await AfterReleaseAsync(referral, action);
        var toldLater = await TryToTellAsync(referral);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.EqualTo((409, "release_needed")));
            Assert.That(offered, Is.Not.Empty, "Whoever reads what an action needs can know before.");
            Assert.That(told, Is.EqualTo((409, "release_needed")), "Nor in an entry.");
            Assert.That(unconfirmed, Is.EqualTo((409, "release_needed")));
            Assert.That(open, Is.Empty);
            Assert.That(toldLater.Status, Is.EqualTo(201));
            Assert.That((await TryAsync(referral, action, body)).Status, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task A_release_to_others_or_a_child_who_came_back_is_not_with_her_family()
    {
        var toCourt = await GivenReferral.InAsync(_app, "in_service");
        var hearing = await ReleaseAsync(toCourt, "to_court", null);
        await ConfirmAsync(toCourt, World.ShelterDesk, hearing, """{"children":1,"isThere":true}""").JsonAsync();
        var cameBack = await GivenReferral.InAsync(_app, "in_service");
        var visit = await ReleaseAsync(cameBack, "to_family", await ClaimantAsync(cameBack));
        await ConfirmAsync(cameBack, World.ShelterDesk, visit, """{"children":1,"isThere":true}""").JsonAsync();
        var arrival = (await _app.As(World.Officer).ReadAsync($"{cameBack.Path}/handovers").JsonAsync()).GetProperty("items")[0];
        await ConfirmAsync(cameBack, World.Officer, arrival, """{"children":1,"isThere":true}""").JsonAsync();
        var confirmedLate = await AfterReleaseAsync(cameBack, "complete");
        await cameBack.HandOverAsync(World.ShelterDesk);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(confirmedLate, Is.Empty, "That she once came, said late, does not bring her back.");
            Assert.That(await TryAsync(toCourt, WithFamily[0].Action, WithFamily[0].Body), Is.EqualTo((409, "release_needed")));
            Assert.That(await TryAsync(cameBack, WithFamily[0].Action, WithFamily[0].Body), Is.EqualTo((409, "release_needed")));
        }
    }

    [Test]
    public async Task Nor_does_a_cancellation_let_her_go_to_her_family_or_by_herself_whatever_its_words_are([Values("to_family", "by_herself")] string exit)
    {
        var body = $$"""{"exit":"{{exit}}","safeExit":"Her aunt fetches her."}""";
        var referral = await GivenReferral.InAsync(_app, "cancel_requested from in_service");
        var onlyWords = await TryAsync(referral, "confirm_cancel", """{"safeExit":"Her aunt fetches her."}""");
        var early = await TryAsync(referral, "confirm_cancel", body);
        var unknown = await TryAsync(referral, "confirm_cancel", """{"exit":"somewhere","safeExit":"Her aunt fetches her."}""");
        var offered = await AfterReleaseAsync(referral, "confirm_cancel");
        var release = await ReleaseAsync(referral, "to_family", await ClaimantAsync(referral));
        var unconfirmed = await TryAsync(referral, "confirm_cancel", body);
        await ConfirmAsync(referral, World.ShelterDesk, release, """{"children":1,"isThere":true}""").JsonAsync();
        var released = await TryAsync(referral, "confirm_cancel", body);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(onlyWords, Is.EqualTo((422, "needs_missing")));
            Assert.That(unknown.Status, Is.EqualTo(400));
            Assert.That(new[] { early, unconfirmed }, Is.All.EqualTo((409, "release_needed")));
            Assert.That(offered, Is.EquivalentTo(new[] { "to_family", "by_herself" }));
            Assert.That(released.Status, Is.EqualTo(204), "It is no longer the provider's to see.");
        }
    }

    [Test]
    public async Task A_grown_woman_goes_home_by_herself([Values(0, 1, 2)] int way)
    {
        var (action, body) = WithFamily[way];
        var referral = await GivenReferral.InAsync(_app, "in_service");
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE victims SET as_child = 0 WHERE id = @id", new { id = referral.VictimId }, CancellationToken.None));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await AfterReleaseAsync(referral, action), Is.Empty);
            Assert.That((await TryAsync(referral, action, body)).Status, Is.EqualTo(200));
        }
    }

    private async Task<Guid> ClaimantAsync(GivenReferral referral) => (await _app.As(World.Officer).PostAsync(
        $"/victims/{referral.VictimId}/records",
        """{"kind":"relation","body":{"relation":"maternal_aunt","claims":true,"text":"Her aunt.","checkedBy":"home_visit","checkedOn":"2026-01-05"}}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private Task<JsonElement> ReleaseAsync(GivenReferral referral, string reason, Guid? relationId) => _app.As(World.PoliceSupervisor).PostAsync(
        $"{referral.Path}/handovers",
        referral.HandoverBody(direction: "release", reason: reason, more: relationId is { } id ? $$"""","relationId":"{{id}}" """" : string.Empty)).JsonAsync(201);

    private static async Task<(int Status, string? Code)> TryAsync(GivenReferral referral, string action, string body)
    {
        using var answer = await referral.ActAsync(World.ShelterDesk, action, await referral.TagAsync(World.ShelterDesk), body);
        return ((int)answer.StatusCode, await CodeAsync(answer));
    }

    private async Task<(int Status, string? Code)> TryToTellAsync(GivenReferral referral)
    {
        using var answer = await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/entries", """{"kind":"outcome","codes":["need_met","safely_reunited"]}""");
        return ((int)answer.StatusCode, await CodeAsync(answer));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage answer) =>
        await answer.Content.ReadAsStringAsync() is { Length: > 0 } body && JsonDocument.Parse(body).RootElement.TryGetProperty("code", out var code) ? code.GetString() : null;

    private async Task<string?[]> AfterReleaseAsync(GivenReferral referral, string action)
    {
        var view = await _app.As(World.ShelterDesk).ReadAsync(referral.Path).JsonAsync();
        return
        [
            .. view.GetProperty("allowedActions").EnumerateArray().Where(allowed => allowed.GetProperty("action").GetString() == action)
                .SelectMany(allowed => allowed.GetProperty("needs").EnumerateArray())
                .SelectMany(need => need.GetProperty("afterRelease").EnumerateArray())
                .Select(code => code.GetString()),
        ];
    }

    [Test]
    public async Task Of_one_direction_one_waits_at_a_time_and_two_who_confirm_it_do_so_once()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        var given = await _app.As(World.Officer).PostAsync($"{referral.Path}/handovers", referral.HandoverBody()).JsonAsync(201);
        using var second = await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/handovers", referral.HandoverBody());
        using var own = await ConfirmAsync(referral, World.Officer, given, """{"children":1,"isThere":true}""");

        var both = await Task.WhenAll(
            ConfirmAsync(referral, World.ShelterDesk, given, """{"children":1,"isThere":true}"""),
            ConfirmAsync(referral, World.ShelterSupervisor, given, """{"children":2,"isThere":true}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)second.StatusCode, Is.EqualTo(409));
            Assert.That((int)own.StatusCode, Is.EqualTo(409), "Nobody confirms his own word.");
            Assert.That(both.Select(answer => (int)answer.StatusCode), Is.EquivalentTo(new[] { 200, 409 }));
        }
        Array.ForEach(both, answer => answer.Dispose());
    }

    [Test]
    public async Task Who_is_no_party_finds_nothing_and_every_read_is_recorded()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        var given = await referral.HandOverAsync(World.ShelterDesk);
        await _app.As(World.Officer).ReadAsync($"{referral.Path}/handovers").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            foreach (var persona in new[] { World.StrangerSupervisor, World.HospitalDesk, World.OtherOfficer })
            {
                using var list = await _app.As(persona).ReadAsync($"{referral.Path}/handovers");
                using var confirm = persona == World.HospitalDesk || persona == World.StrangerSupervisor
                    ? await ConfirmAsync(referral, persona, given, """{"children":1,"isThere":true}""")
                    : null;
                Assert.That((int)list.StatusCode, Is.EqualTo(404), persona.Key);
                Assert.That(confirm is null || (int)confirm.StatusCode == 404, persona.Key);
            }
            Assert.That(await ActionsAsync(referral), Does.Contain("handovers.read").And.Contain("handover.written"));
        }
    }

    private Task<HttpResponseMessage> ConfirmAsync(GivenReferral referral, Persona persona, JsonElement handover, string body) =>
        _app.As(persona).PostAsync($"{referral.Path}/handovers/{handover.GetProperty("id").GetGuid()}/confirm", body);

    private Task<HttpResponseMessage> SettleAsync(GivenReferral referral, Persona persona, JsonElement handover, string finding) =>
        _app.As(persona).PostAsync($"{referral.Path}/handovers/{handover.GetProperty("id").GetGuid()}/settle", $$"""{"finding":"{{finding}}"}""");

    private static Task<IReadOnlyList<string>> ActionsAsync(GivenReferral referral) => GivenReferral.ReadAsync(
        referral.App, work => work.ListAsync<string>("SELECT j.action FROM journal j WHERE j.subject_id = @id", new { id = referral.Id }, CancellationToken.None));

    private async Task<int> ToldAsync(Persona persona, string kind = "handover.missing") =>
        (await _app.ToldAsync(persona)).Count(item => item.GetProperty("kind").GetString() == kind);

    private static string? Text(JsonElement view, string name) => view.GetProperty(name).GetString();

    private static string?[] Flags(JsonElement view) => [.. view.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString())];
}
