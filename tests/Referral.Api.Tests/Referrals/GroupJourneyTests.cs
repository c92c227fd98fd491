using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Those who travel together set out, are handed over and arrive in one step: all who are named, or none.</summary>
public sealed class GroupJourneyTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Three_children_set_out_are_handed_over_counted_and_arrive_each_step_once()
    {
        var group = await AcceptedAsync(3);
        await group.PostAsync(World.Officer, "move", Body(group.Referrals, "\"action\":\"depart\",\"escort\":\"Constable Gul\"")).JsonAsync();
        var leaving = await group.ReadAsync(World.Officer);
        await group.PostAsync(World.Officer, "handovers", Given(group.Referrals, 3)).JsonAsync();
        var sender = await group.ReadAsync(World.Officer);
        var awaited = await group.ReadAsync(World.ShelterDesk);
        await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted(group.Referrals, 3)).JsonAsync();
        var received = await group.ReadAsync(World.ShelterDesk);

        var arrived = await group.PostAsync(World.ShelterDesk, "move", Arrive(group.Referrals)).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Of(leaving, "referral", "phase"), Is.All.EqualTo("in_transit"));
            Assert.That(Offered(leaving), Is.All.EqualTo("hand_over"));
            Assert.That(Offered(sender), Is.All.Empty);
            Assert.That(Offered(awaited), Is.All.EqualTo("confirm"));
            Assert.That(Offered(received), Is.All.EqualTo("arrive"));
            Assert.That(GivenGroup.States(arrived), Is.All.EqualTo("in_service"));
            foreach (var id in group.Referrals)
            {
                var written = (await _app.As(World.ShelterDesk).ReadAsync($"/referrals/{id}/handovers").JsonAsync()).GetProperty("items").EnumerateArray().Single();
                Assert.That((Text(written, "state"), Text(written, "givenBy"), Text(written, "confirmation")), Is.EqualTo(("agreed", "Constable Gul", "All three, and a red bag.")));
            }
        }
    }

    [Test]
    public async Task A_child_who_is_not_there_is_an_emergency_and_the_others_are_received()
    {
        var group = await AcceptedAsync(3);
        await group.PostAsync(World.Officer, "handovers", Given(group.Referrals, 3)).JsonAsync();

        await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted(group.Referrals, 3, missing: [group.Referrals[1]])).JsonAsync();

        Assert.That(await MissingAsync(group), Is.EqualTo(new[] { false, true, false }));
        Assert.That(await AlarmedAsync(World.PoliceSupervisor), Is.EqualTo(1));
        Assert.That(await AlarmedAsync(World.ShelterSupervisor), Is.EqualTo(1));
    }

    [Test]
    public async Task Another_count_is_an_emergency_for_each_of_them()
    {
        var group = await AcceptedAsync(2);
        await group.PostAsync(World.Officer, "handovers", Given(group.Referrals, 2)).JsonAsync();

        await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted(group.Referrals, 1)).JsonAsync();

        Assert.That(await MissingAsync(group), Is.All.True);
    }

    [Test]
    public async Task Nobody_is_handed_over_or_arrives_when_one_cannot()
    {
        var group = await AcceptedAsync(2);
        await _app.As(World.ShelterDesk).PostAsync($"/referrals/{group.Referrals[1]}/handovers", GivenReferral.HandoverBody(_app, 1)).JsonAsync(201);

        var open = await group.PostAsync(World.ShelterDesk, "handovers", Given(group.Referrals, 2)).JsonAsync(409);
        var early = await group.PostAsync(World.ShelterDesk, "move", Arrive([group.Referrals[1], group.Referrals[0]])).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Text(open, "code"), Pointer(open)), Is.EqualTo(("handover_open", "/referralIds/1")));
            Assert.That((Text(early, "code"), Pointer(early)), Is.EqualTo(("handover_needed", "/referralIds/1")));
            Assert.That((await _app.As(World.ShelterDesk).ReadAsync($"/referrals/{group.Referrals[0]}/handovers").JsonAsync()).GetProperty("items").GetArrayLength(), Is.Zero);
            Assert.That(GivenGroup.States(await group.ReadAsync(World.ShelterDesk)), Is.All.EqualTo("accepted"));
        }
    }

    [Test]
    public async Task Whoever_counts_speaks_of_all_who_came_together_and_of_nobody_else()
    {
        var group = await AcceptedAsync(3);
        await group.PostAsync(World.Officer, "handovers", Given([group.Referrals[0], group.Referrals[1]], 2)).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await group.PostAsync(World.Officer, "handovers", Given([group.Referrals[2]], 1)).JsonAsync();

        var forgotten = await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted([group.Referrals[0]], 1)).JsonAsync(422);
        var mixed = await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted(group.Referrals, 3)).JsonAsync(422);
        await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted([group.Referrals[0], group.Referrals[1]], 2)).JsonAsync();
        var twice = await group.PostAsync(World.ShelterDesk, "handovers/confirm", Counted([group.Referrals[0], group.Referrals[1]], 2)).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fault(forgotten), Is.EqualTo("answer_all"));
            Assert.That(Fault(mixed), Is.EqualTo("not_together"));
            Assert.That(Text(twice, "code"), Is.EqualTo("handover_not_awaited"));
            Assert.That(await MissingAsync(group), Is.All.False);
        }
    }

    [Test]
    public async Task A_handover_names_no_more_than_were_counted_and_only_who_goes_to_one_place()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 2, together: false, services: [World.ShelterService, World.HospitalService]);
        await group.ActAsync(World.ShelterDesk, 0, "accept", """{"population":"girls"}""").JsonAsync();
        await group.ActAsync(World.HospitalDesk, 1, "accept", "{}").JsonAsync();

        var apart = await group.PostAsync(World.Officer, "handovers", Given(group.Referrals, 2)).JsonAsync(422);
        var alone = await AcceptedAsync(2);
        var few = await alone.PostAsync(World.Officer, "handovers", Given(alone.Referrals, 1)).JsonAsync(422);
        var family = await alone.PostAsync(World.Officer, "handovers", Given(alone.Referrals, 2, "to_family")).JsonAsync(422);
        var stranger = await alone.PostAsync(World.Officer, "handovers", Given([group.Referrals[0]], 1)).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Fault(apart), Pointer(apart)), Is.EqualTo(("not_together", "/referralIds")));
            Assert.That((Fault(few), Pointer(few)), Is.EqualTo(("out_of_range", "/children")));
            Assert.That(Pointer(family), Is.EqualTo("/reason"), "A family takes its own child, by her own claimant.");
            Assert.That(Fault(stranger), Is.EqualTo("not_found"));
        }
    }

    [Test]
    public async Task The_sender_lets_nobody_arrive_and_a_stranger_finds_no_group()
    {
        var group = await AcceptedAsync(2);
        foreach (var id in group.Referrals)
        {
            await group.ReceiveAsync(World.ShelterDesk, id);
        }

        using var sender = await group.PostAsync(World.Officer, "move", Arrive(group.Referrals));
        using var stale = await group.PostAsync(World.ShelterDesk, "move", Arrive(group.Referrals), "\"1-00000000\"");
        using var stranger = await group.PostAsync(World.HospitalDesk, "move", Arrive(group.Referrals), "\"1-00000000\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)sender.StatusCode, Is.EqualTo(403), "Nobody at the police answers for a provider.");
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
            Assert.That((int)stranger.StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_second_person_decides_once_about_all_who_are_kept_apart()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 3);
        await group.AnswerAsync(World.ShelterDesk, [true, true, false]).JsonAsync();
        var asked = await group.ReadAsync(World.PoliceSupervisor);
        var provider = await group.ReadAsync(World.ShelterSupervisor);
        var wordless = await group.PostAsync(World.PoliceSupervisor, "decide", """{"decision":"refuse"}""").JsonAsync(422);
        using var notHers = await group.PostAsync(World.ShelterSupervisor, "decide", """{"decision":"approve"}""");

        var decided = await group.PostAsync(World.PoliceSupervisor, "decide", """{"decision":"approve"}""").JsonAsync();
        var again = await group.PostAsync(World.PoliceSupervisor, "decide", """{"decision":"approve"}""").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.GetProperty("allowedDecisions").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { "approve", "send_back", "refuse" }));
            Assert.That(provider.GetProperty("allowedDecisions").GetArrayLength(), Is.Zero);
            Assert.That(Pointer(wordless), Is.EqualTo("/line"));
            Assert.That((int)notHers.StatusCode, Is.EqualTo(409));
            Assert.That(decided.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("awaitsApproval").GetBoolean()), Is.All.False);
            Assert.That(Text(again, "code"), Is.EqualTo("illegal_move"));
            await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync();
            await group.ActAsync(World.ShelterDesk, 1, "arrive", group.Arrived).JsonAsync();
        }
    }

    [Test]
    public async Task Who_is_kept_apart_does_not_arrive_with_the_others_either()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 3);
        await group.AnswerAsync(World.ShelterDesk, [true, true, false]).JsonAsync();
        await group.PostAsync(World.ShelterDesk, "handovers", Given([group.Referrals[0], group.Referrals[1]], 2)).JsonAsync();

        var barred = await group.PostAsync(World.ShelterDesk, "move", Arrive([group.Referrals[0], group.Referrals[1]])).JsonAsync(409);

        Assert.That(Text(barred, "code"), Is.EqualTo("set_broken"));
        Assert.That(Offered(await group.ReadAsync(World.ShelterDesk)).SelectMany(one => one.Split(' ')), Does.Not.Contain("arrive"));
    }

    private async Task<GivenGroup> AcceptedAsync(int size)
    {
        var group = await GivenGroup.SubmittedAsync(_app, size);
        await group.AnswerAsync(World.ShelterDesk, [.. Enumerable.Repeat(true, size)]).JsonAsync();
        return group;
    }

    private async Task<bool[]> MissingAsync(GivenGroup group)
    {
        var missing = new List<bool>();
        foreach (var id in group.Referrals)
        {
            var flags = (await _app.As(World.ShelterDesk).ReadAsync($"/referrals/{id}").JsonAsync()).GetProperty("flags");
            missing.Add(flags.EnumerateArray().Any(flag => flag.GetString() == "missing_in_transit"));
        }
        return [.. missing];
    }

    private async Task<int> AlarmedAsync(Persona persona) =>
        (await _app.As(persona).ReadAsync("/notifications").JsonAsync()).GetProperty("items").EnumerateArray().Count(one => Text(one, "kind") == "handover.missing");

    private static string Body(IEnumerable<Guid> ids, string more) => $$"""{"referralIds":[{{List(ids)}}],{{more}}}""";

    private static string List(IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => $"\"{id}\""));

    private string Arrive(IEnumerable<Guid> ids) => Body(ids, $"\"action\":\"arrive\",\"at\":\"{Now}\"");

    private string Given(IEnumerable<Guid> ids, int children, string reason = "to_shelter") => Body(ids, $$"""
        "reason":"{{reason}}","children":{{children}},"occurredAt":"{{Now}}","givenBy":"Constable Gul","receivedBy":"The warden","place":"At the gate"
        """);

    private static string Counted(IEnumerable<Guid> ids, int children, IEnumerable<Guid>? missing = null) =>
        Body(ids, $$"""
            "missing":[{{List(missing ?? [])}}],"children":{{children}},"note":"All three, and a red bag."
            """);

    private string Now => $"{_app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}";

    /// <returns>What each member offers, with a blank between.</returns>
    private static IReadOnlyList<string> Offered(JsonElement group) =>
        [.. group.GetProperty("members").EnumerateArray().Select(one => string.Join(' ', one.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString())))];

    private static IReadOnlyList<string?> Of(JsonElement group, string part, string member) =>
        [.. group.GetProperty("members").EnumerateArray().Select(one => Text(one.GetProperty(part), member))];

    private static string? Text(JsonElement thing, string member) => thing.GetProperty(member).GetString();

    private static string? Pointer(JsonElement refusal) => Text(refusal.GetProperty("errors")[0], "pointer");

    private static string? Fault(JsonElement refusal) => Text(refusal.GetProperty("errors")[0], "code");
}
