using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Referrals that go together: drafted, sent and answered in one step, or not at all.</summary>
public sealed class GroupTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task It_is_drafted_sent_and_accepted_in_one_step_each()
    {
        var group = await GivenGroup.DraftAsync(_app, 3);
        var drafted = await group.ReadAsync(World.Officer);
        using var unsent = await _app.As(World.ShelterDesk).ReadAsync(group.Path);

        var sent = await group.PostAsync(World.Officer, "submit", "{}").JsonAsync();
        var waiting = await group.ReadAsync(World.ShelterDesk);
        var accepted = await group.AnswerAsync(World.ShelterDesk, [true, true, true]).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unsent.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(Actions(drafted), Is.EqualTo(new[] { "submit" }));
            Assert.That(GivenGroup.States(sent), Is.All.EqualTo("submitted"));
            Assert.That(Actions(sent), Is.Empty);
            Assert.That(Actions(waiting), Is.EqualTo(new[] { "answer" }));
            Assert.That(waiting.GetProperty("state").GetString(), Is.EqualTo("open"));
            Assert.That(GivenGroup.States(accepted), Is.All.EqualTo("accepted"));
            Assert.That(accepted.GetProperty("state").GetString(), Is.EqualTo("accepted"));
            Assert.That(await ReservedAsync(), Is.EqualTo(3));
            foreach (var victim in group.Victims)
            {
                Assert.That(await StatusAsync(World.ShelterDesk, $"/victims/{victim}/identity"), Is.EqualTo(200));
            }
        }
    }

    [Test]
    public async Task What_nothing_allows_is_named_for_every_member_and_nothing_is_sent()
    {
        var group = await GivenGroup.DraftAsync(_app, 3, covered: false);
        await GivenReferral.ConsentAsync(_app, group.Victims[1], ["identity"], World.Shelter);

        var problem = await group.PostAsync(World.Officer, "submit", "{}").JsonAsync(422);

        var pointers = problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("no_basis"));
            Assert.That(pointers, Does.Contain($"/members/{group.Referrals[0]}/groups/identity").And.Contain($"/members/{group.Referrals[2]}/groups/identity"));
            Assert.That(pointers, Has.None.Contains(group.Referrals[1].ToString()));
            Assert.That(GivenGroup.States(await group.ReadAsync(World.Officer)), Is.All.EqualTo("draft"));
        }
    }

    [Test]
    public async Task One_wrong_member_of_a_draft_is_named_and_nothing_is_drafted()
    {
        var group = await GivenGroup.FamilyAsync(_app, 2);
        var officer = _app.As(World.Officer);

        var need = await officer.PostAsync("/referral-groups", group.Draft().Replace(group.Needs[1].ToString(), Guid.NewGuid().ToString(), StringComparison.Ordinal)).JsonAsync(422);
        var unseen = await _app.As(World.StrangerCaseworker).PostAsync("/referral-groups", group.Draft()).JsonAsync(422);
        var nobody = await officer.PostAsync("/referral-groups", """{"kind":"family","together":true,"members":[]}""").JsonAsync(422);
        var made = await officer.PostAsync("/referral-groups", group.Draft(), key: "group-key-1").JsonAsync(201);
        var again = await officer.PostAsync("/referral-groups", group.Draft(), key: "group-key-1").JsonAsync(201);
        var taken = await officer.PostAsync("/referral-groups", group.Draft()).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pointers(need), Is.EqualTo(new[] { "/members/1/needId" }));
            Assert.That(Pointers(unseen), Is.EquivalentTo(new[] { "/members/0/victimId", "/members/1/victimId" }));
            Assert.That(Pointers(nobody), Is.EqualTo(new[] { "/members" }));
            Assert.That(again.ToString(), Is.EqualTo(made.ToString()));
            Assert.That(taken.GetProperty("code").GetString(), Is.EqualTo("id_taken"));
        }
    }

    [Test]
    public async Task An_answer_names_all_who_wait_and_nobody_else()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        var other = await GivenGroup.SubmittedAsync(_app, 1);

        var one = await group.AnswerAsync(World.ShelterDesk, [true]).JsonAsync(422);
        var foreign = await group.PostAsync(World.ShelterDesk, "answer", other.Answer([true])).JsonAsync(422);
        var reasonless = await group.PostAsync(World.ShelterDesk, "answer", group.Answer([true, false]).Replace(",\"reason\":\"no_capacity\"", "", StringComparison.Ordinal)).JsonAsync(422);
        using var sender = await group.AnswerAsync(World.Officer, [true, true]);
        using var stranger = await group.AnswerAsync(World.HospitalDesk, [true, true], "\"1\"");
        using var stale = await group.AnswerAsync(World.ShelterDesk, [true, true], "\"1\"");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pointers(one), Is.EqualTo(new[] { "/members" }));
            Assert.That(Pointers(foreign), Is.EqualTo(new[] { "/members/0/referralId" }));
            Assert.That(Pointers(reasonless), Is.EqualTo(new[] { "/members/1/reason" }));
            Assert.That((int)sender.StatusCode, Is.EqualTo(409));
            Assert.That((int)stranger.StatusCode, Is.EqualTo(404));
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
            Assert.That(GivenGroup.States(await group.ReadAsync(World.ShelterDesk)), Is.All.EqualTo("submitted"));
        }
    }

    [Test]
    public async Task Places_are_taken_for_all_or_for_none()
    {
        // The world's shelter has four places for girls.
        var group = await GivenGroup.SubmittedAsync(_app, 5);

        var problem = await group.AnswerAsync(World.ShelterDesk, [true, true, true, true, true]).JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("capacity_exhausted"));
            Assert.That(await ReservedAsync(), Is.Zero);
            Assert.That(GivenGroup.States(await group.ReadAsync(World.ShelterDesk)), Is.All.EqualTo("submitted"));
            Assert.That(await StatusAsync(World.ShelterDesk, $"/victims/{group.Victims[0]}/identity"), Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Declined_as_a_whole_the_provider_sees_nothing_more_and_a_replay_says_so_too()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        var tag = await group.TagAsync(World.ShelterDesk);

        using var declined = await group.AnswerAsync(World.ShelterDesk, [false, false], tag, "decline-all-1");
        using var again = await group.AnswerAsync(World.ShelterDesk, [false, false], tag, "decline-all-1");

        var sent = await group.ReadAsync(World.Officer);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)declined.StatusCode, Is.EqualTo(204));
            Assert.That((int)again.StatusCode, Is.EqualTo(204));
            Assert.That(await StatusAsync(World.ShelterDesk, group.Path), Is.EqualTo(404));
            Assert.That(sent.GetProperty("state").GetString(), Is.EqualTo("closed"));
        }
    }

    [Test]
    public async Task A_provider_is_shown_its_own_members_and_of_one_alone_no_group()
    {
        var split = await GivenGroup.SubmittedAsync(_app, 3, services: [World.ShelterService, World.ShelterService, World.HospitalService]);

        var shelter = await split.ReadAsync(World.ShelterDesk);
        var hospital = await split.ReadAsync(World.HospitalDesk);
        var sender = await split.ReadAsync(World.Officer);
        var shelterCards = await CardsAsync(World.ShelterDesk, "received");
        var hospitalCards = await CardsAsync(World.HospitalDesk, "received");
        var sentCards = await CardsAsync(World.Officer, "sent");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(GivenGroup.States(shelter), Has.Count.EqualTo(2));
            Assert.That(GivenGroup.States(hospital), Has.Count.EqualTo(1));
            Assert.That(GivenGroup.States(sender), Has.Count.EqualTo(3));
            Assert.That(shelterCards, Is.EqualTo(new int?[] { 2, 2 }));
            Assert.That(hospitalCards, Is.EqualTo(new int?[] { null }));
            Assert.That(sentCards, Is.EqualTo(new int?[] { 3, 3, 3 }));
            Assert.That(Ids(await _app.As(World.ShelterDesk).ReadAsync("/referral-groups").JsonAsync()), Is.EqualTo(new[] { split.Id }));
            Assert.That(Ids(await _app.As(World.Officer).ReadAsync("/referral-groups?box=sent").JsonAsync()), Is.EqualTo(new[] { split.Id }));
            Assert.That(Ids(await _app.As(World.StrangerSupervisor).ReadAsync("/referral-groups?box=sent").JsonAsync()), Is.Empty);
        }
    }

    [Test]
    public async Task Every_victim_takes_one_order_of_turns_and_each_move_is_told()
    {
        var group = await GivenGroup.SubmittedAsync(_app, 3);

        await group.AnswerAsync(World.ShelterDesk, [true, true, true]).JsonAsync();

        var told = await GivenReferral.ReadAsync(_app, work => work.ListAsync<Guid>(
            "SELECT j.victim_id FROM journal j WHERE j.action = 'referral.accepted' ORDER BY j.id", null, CancellationToken.None));
        Assert.That(told, Is.EquivalentTo(group.Victims));
    }

    private async Task<int> StatusAsync(Persona persona, string path)
    {
        using var response = await _app.As(persona).ReadAsync(path);
        return (int)response.StatusCode;
    }

    private async Task<IReadOnlyList<int?>> CardsAsync(Persona persona, string box) =>
    [
        .. (await _app.As(persona).ReadAsync($"/referrals?box={box}").JsonAsync()).GetProperty("items").EnumerateArray()
            .Select(row => row.GetProperty("group") is { ValueKind: JsonValueKind.Object } group ? group.GetProperty("members").GetInt32() : (int?)null),
    ];

    private Task<int> ReservedAsync() => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(
        "SELECT c.reserved FROM capacity c WHERE c.service_id = @serviceId", new { serviceId = World.ShelterService }, CancellationToken.None));

    private static IEnumerable<Guid> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("id").GetGuid());

    private static IEnumerable<string?> Actions(JsonElement view) => view.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetString());

    private static IEnumerable<string?> Pointers(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());
}
