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
