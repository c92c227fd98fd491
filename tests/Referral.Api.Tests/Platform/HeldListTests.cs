using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A list that is read again and again is sent only when it has changed, and its tag tells nobody more than the list does.</summary>
public sealed class HeldListTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task What_is_held_already_is_not_sent_again_and_what_has_changed_is()
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var first = await ReadAsync(World.ShelterDesk, "/referrals");
        var again = await ReadAsync(World.ShelterDesk, "/referrals", $"\"other\", {first.Tag}");
        await referral.DoAsync("acknowledge", bySender: false);
        var moved = await ReadAsync(World.ShelterDesk, "/referrals", first.Tag);
        var notices = await ReadAsync(World.Officer, "/notifications");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Tag, Does.Match("^W/\"[0-9a-f]{32}\"$"));
            Assert.That(again, Is.EqualTo((304, first.Tag, string.Empty)));
            Assert.That(moved.Status, Is.EqualTo(200));
            Assert.That(moved.Tag, Is.Not.EqualTo(first.Tag));
            Assert.That((await ReadAsync(World.Officer, "/notifications", notices.Tag)).Status, Is.EqualTo(304));
        }
    }

    [Test]
    public async Task Another_page_is_another_thing()
    {
        await GivenReferral.InAsync(_app, "submitted");
        await GivenReferral.InAsync(_app, "submitted");
        var first = await ReadAsync(World.ShelterDesk, "/referrals?limit=1");
        var next = JsonDocument.Parse(first.Body).RootElement.GetProperty("next").GetString();

        var second = await ReadAsync(World.ShelterDesk, $"/referrals?limit=1&cursor={next}", first.Tag);

        Assert.That(second.Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Whoever_is_kept_away_holds_nothing_and_a_tag_of_others_opens_nothing()
    {
        var empty = await ReadAsync(World.ShelterDesk, "/referrals");
        var referral = await GivenReferral.InAsync(_app, "submitted");
        var seen = await ReadAsync(World.ShelterDesk, "/referrals");
        var stranger = await ReadAsync(World.HospitalDesk, "/referrals", seen.Tag);
        await _app.As(World.PoliceSupervisor).PostAsync(
            $"/victims/{referral.VictimId}/blocks", $$"""{"workerId":"{{World.ShelterDesk.Id}}","reason":"related_to_perpetrator"}""").JsonAsync(201);

        var kept = await ReadAsync(World.ShelterDesk, "/referrals", seen.Tag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((stranger.Status, stranger.Body), Is.EqualTo((200, empty.Body)));
            Assert.That(kept, Is.EqualTo((200, empty.Tag, empty.Body)), "As before there was anything: to the blocked she is not there.");
        }
    }

    [Test]
    public async Task No_cache_keeps_a_list()
    {
        using var response = await _app.As(World.Officer).ReadAsync("/referrals");

        Assert.That(response.Headers.CacheControl?.NoStore, Is.True);
    }

    [Test]
    public async Task A_referral_is_sent_again_when_its_deadline_moves_by_itself_and_whoever_read_it_before_may_still_act()
    {
        var referral = await GivenReferral.InAsync(_app, "in_service", "emergency");
        var first = await ReadAsync(World.ShelterDesk, referral.Path);
        var again = await ReadAsync(World.ShelterDesk, referral.Path, first.Tag);
        await _app.As(World.ShelterDesk).PostAsync($"{referral.Path}/entries", """{"kind":"progress","text":"She sleeps well."}""").JsonAsync(201);
        var told = await ReadAsync(World.ShelterDesk, referral.Path, first.Tag);
        await _app.PassAsync(TimeSpan.FromHours(25));
        var late = await ReadAsync(World.ShelterDesk, referral.Path, told.Tag);

        using var done = await referral.ActAsync(World.ShelterDesk, "complete", first.Tag);
        using var twice = await referral.ActAsync(World.ShelterDesk, "complete", first.Tag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again, Is.EqualTo((304, first.Tag, string.Empty)));
            Assert.That((told.Status, told.Tag == first.Tag), Is.EqualTo((200, false)));
            Assert.That((late.Status, late.Tag == told.Tag), Is.EqualTo((200, false)));
            Assert.That(late.Body, Does.Contain("\"missed\""));
            Assert.That((int)done.StatusCode, Is.EqualTo(200), "A deadline is nobody's change.");
            Assert.That((int)twice.StatusCode, Is.EqualTo(412));
        }
    }

    [Test]
    public async Task A_group_is_sent_again_when_a_second_person_has_decided()
    {
        var group = await GivenGroup.SubmittedAsync(_app);
        await group.AnswerAsync(World.ShelterDesk, [true, false]).JsonAsync();
        var waits = await ReadAsync(World.ShelterDesk, group.Path);
        var again = await ReadAsync(World.ShelterDesk, group.Path, waits.Tag);
        var asked = (await _app.As(World.PoliceSupervisor).ReadAsync("/approvals").JsonAsync()).GetProperty("items").EnumerateArray().Single();
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, asked.GetProperty("id").GetGuid()).JsonAsync();

        var decided = await ReadAsync(World.ShelterDesk, group.Path, waits.Tag);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Status, Is.EqualTo(304));
            Assert.That((decided.Status, decided.Tag == waits.Tag), Is.EqualTo((200, false)));
            Assert.That(decided.Body, Does.Contain("\"awaitsApproval\":false"));
        }
    }

    private async Task<(int Status, string Tag, string Body)> ReadAsync(Persona persona, string path, string? held = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1{path}");
        if (held is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", held);
        }
        using var response = await _app.As(persona).SendAsync(request);
        return ((int)response.StatusCode, response.TagOf(), await response.Content.ReadAsStringAsync());
    }
}
