using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Those who must stay together: what parts them waits for a second person before anybody arrives.</summary>
public sealed class SetTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Who_is_kept_apart_arrives_once_a_supervisor_of_the_sender_has_approved_it()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 3);
        await group.AnswerAsync(World.ShelterDesk, [true, true, false]).JsonAsync();

        var barred = await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync(409);
        var seen = await group.ReadAsync(World.ShelterDesk);
        var asked = await AskedAsync(World.PoliceSupervisor);
        using var provider = await GivenApproval.DecideAsync(_app, World.ShelterSupervisor, asked[0].GetProperty("id").GetGuid());
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, Of(asked, group.Referrals[0])).JsonAsync();
        await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync();
        var other = await group.ActAsync(World.ShelterDesk, 1, "arrive", group.Arrived).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(barred.GetProperty("code").GetString(), Is.EqualTo("set_broken"));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("set_broken"), "Each is a case of its own.");
            Assert.That(seen.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("awaitsApproval").GetBoolean()), Is.EqualTo(new[] { true, true }));
            Assert.That(asked.Select(one => one.GetProperty("subjectId").GetGuid()), Is.EquivalentTo(new[] { group.Referrals[0], group.Referrals[1] }));
            Assert.That(asked.Select(one => one.GetProperty("kind").GetString()), Is.All.EqualTo("set_broken"));
            Assert.That((int)provider.StatusCode, Is.EqualTo(404), "The provider does not decide what the sender answers for.");
        }
    }

    [Test]
    public async Task Refused_she_is_held_back_and_the_sender_can_ask_again_and_say_why()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        await group.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();
        var early = await group.PostAsync(World.Officer, "ask", """{"words":"Too early."}""").JsonAsync(409);
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, Of(await AskedAsync(World.PoliceSupervisor), group.Referrals[0]), "refuse", "Find a place for both.").JsonAsync();
        await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync(409);
        var offered = (await group.ReadAsync(World.Officer)).GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString()).ToArray();

        await group.PostAsync(World.Officer, "ask", """{"words":"There is none within two days."}""").JsonAsync();
        using var provider = await group.PostAsync(World.ShelterSupervisor, "ask", """{"words":"We would like to."}""");
        var again = Of(await AskedAsync(World.PoliceSupervisor), group.Referrals[0]);
        var question = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{again}").JsonAsync();
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, again).JsonAsync();
        await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early.GetProperty("code").GetString(), Is.EqualTo("illegal_move"), "The answer has asked already.");
            Assert.That(offered, Is.EqualTo(new[] { "ask" }));
            Assert.That((int)provider.StatusCode, Is.EqualTo(409));
            Assert.That(question.GetProperty("question").GetString(), Is.EqualTo("There is none within two days."));
            Assert.That(await ToldAsync(World.ShelterDesk), Is.EqualTo(2));
            Assert.That(await ToldAsync(World.Officer), Is.EqualTo(1), "Of what she proposed herself she is told as of any proposal.");
        }
    }

    private async Task<int> ToldAsync(Persona persona) =>
        (await _app.As(persona).ReadAsync("/notifications").JsonAsync()).GetProperty("items").EnumerateArray().Count(one => one.GetProperty("kind").GetString() == "set.decided");

    [Test]
    public async Task Two_places_part_them_and_their_own_routes_do_too()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 2, services: [World.ShelterService, World.HospitalService]);
        await group.ActAsync(World.ShelterDesk, 0, "accept", """{"population":"girls"}""").JsonAsync();
        Assert.That(await AskedAsync(World.PoliceSupervisor), Is.Empty, "The hospital may still say no.");

        await group.ActAsync(World.HospitalDesk, 1, "accept", "{}").JsonAsync();

        Assert.That((await AskedAsync(World.PoliceSupervisor)).Select(one => one.GetProperty("subjectId").GetGuid()), Is.EquivalentTo(group.Referrals));
        await group.ActAsync(World.HospitalDesk, 1, "arrive", group.Arrived).JsonAsync(409);
    }

    [Test]
    public async Task What_no_longer_parts_them_need_not_be_decided()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        await group.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();
        Assert.That(await AskedAsync(World.PoliceSupervisor), Has.Length.EqualTo(1));

        // Her sister goes on to another place: as long as that has not answered, nobody is parted.
        await group.ActAsync(World.Officer, 1, "reroute", $$"""{"serviceId":"{{World.HospitalService}}"}""").JsonAsync();

        Assert.That(await AskedAsync(World.PoliceSupervisor), Is.Empty);
    }

    [Test]
    public async Task A_permission_that_was_taken_back_leaves_nothing_to_decide()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        await group.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();

        await GivenReferral.ChangeAsync(_app, async work =>
        {
            Assert.That(
                await NationalReferral.Referrals.WithdrawAsync(work, group.Referrals[0], "person_withdrew", _app.Services.GetRequiredService<Keys>(), CancellationToken.None), Is.Null);
            return 0;
        });

        Assert.That(await AskedAsync(World.PoliceSupervisor), Is.Empty);
    }

    [Test]
    public async Task A_deadline_that_runs_out_parts_them_as_well()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        await group.ActAsync(World.ShelterDesk, 0, "accept", """{"population":"girls"}""").JsonAsync();

        await GivenReferral.ChangeAsync(_app, async work =>
        {
            Assert.That(await NationalReferral.Referrals.ExpireAsync(work, group.Referrals[1], _app.Services.GetRequiredService<Keys>(), CancellationToken.None), Is.Null);
            return 0;
        });

        Assert.That(await AskedAsync(World.PoliceSupervisor), Has.Length.EqualTo(1));
        await group.ActAsync(World.ShelterDesk, 0, "arrive", group.Arrived).JsonAsync(409);
    }

    [Test]
    public async Task Who_need_not_stay_together_is_not_held_back_and_who_is_brought_together_again_neither()
    {
        var free = await GivenGroup.SubmittedAsync(_app, together: false);
        await free.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();
        await free.ActAsync(World.ShelterDesk, 0, "arrive", free.Arrived).JsonAsync();

        var set = await GivenGroup.SubmittedAsync(_app, 2, services: [World.ShelterService, World.HospitalService]);
        await set.ActAsync(World.ShelterDesk, 0, "accept", """{"population":"girls"}""").JsonAsync();
        await set.ActAsync(World.HospitalDesk, 1, "decline", """{"reason":"no_capacity"}""");
        await set.ActAsync(World.Officer, 1, "reroute", $$"""{"serviceId":"{{World.ShelterService}}"}""").JsonAsync();
        var waiting = await set.ReadAsync(World.ShelterDesk);
        var follower = waiting.GetProperty("members").EnumerateArray().Single(member => member.GetProperty("awaitsAnswer").GetBoolean()).GetProperty("referral").GetProperty("id").GetGuid();
        await set.PostAsync(World.ShelterDesk, "answer", $$"""{"members":[{"referralId":"{{follower}}","answer":"accept","population":"girls"}]}""").JsonAsync();

        await set.ActAsync(World.ShelterDesk, 0, "arrive", set.Arrived).JsonAsync();
    }

    private async Task<JsonElement[]> AskedAsync(Persona supervisor) =>
        [.. (await _app.As(supervisor).ReadAsync("/approvals").JsonAsync()).GetProperty("items").EnumerateArray()];

    private static Guid Of(JsonElement[] asked, Guid referral) =>
        asked.Single(one => one.GetProperty("subjectId").GetGuid() == referral).GetProperty("id").GetGuid();
}
