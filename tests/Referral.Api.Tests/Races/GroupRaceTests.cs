using System.Globalization;
using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Two answers to two families race for the last places, on two instances over one file.</summary>
public sealed class GroupRaceTests
{
    private const string LastPlaces = "UPDATE capacity SET reserved = 0, occupied = 0, licensed = 3 WHERE service_id = @serviceId";

    private static int Races => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 300 : 40;

    [Test]
    public async Task Exactly_one_of_two_families_gets_the_last_places_and_gets_all_of_them()
    {
        await using var one = await TestApp.StartAsync(("Roles", "api"));
        await using var two = one.Another(("Roles", "api"));
        for (var race = 0; race < Races; race++)
        {
            var first = await GivenGroup.SubmittedAsync(one);
            var second = await GivenGroup.SubmittedAsync(one);
            await GivenReferral.ChangeAsync(one, work => work.ExecuteAsync(LastPlaces, new { serviceId = World.ShelterService }, CancellationToken.None));
            var tags = (await first.TagAsync(World.ShelterDesk), await second.TagAsync(World.ShelterDesk));

            var answers = await Task.WhenAll(
                Task.Run(() => first.AnswerAsync(World.ShelterDesk, [true, true], tags.Item1)),
                Task.Run(() => two.As(World.ShelterDesk).PostAsync($"{second.Path}/answer", second.Answer([true, true]), tags.Item2)));

            var loser = answers.Single(answer => answer.StatusCode != HttpStatusCode.OK);
            var body = await loser.Content.ReadAsStringAsync();
            var reserved = await GivenReferral.ReadAsync(one, work => work.ScalarAsync<int>(
                "SELECT c.reserved FROM capacity c WHERE c.service_id = @serviceId", new { serviceId = World.ShelterService }, CancellationToken.None));
            var lost = loser == answers[0] ? first : second;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(loser.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), $"race {race.ToString(CultureInfo.InvariantCulture)}: {body}");
                Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("code").GetString(), Is.EqualTo("capacity_exhausted"));
                Assert.That(reserved, Is.EqualTo(2), "Of three places two are taken: none for half a family.");
                Assert.That(GivenGroup.States(await lost.ReadAsync(World.ShelterDesk)), Is.All.EqualTo("submitted"));
            }
            foreach (var answer in answers)
            {
                answer.Dispose();
            }
        }
    }

    [Test]
    public async Task Two_answers_to_one_family_count_once()
    {
        await using var one = await TestApp.StartAsync(("Roles", "api"));
        await using var two = one.Another(("Roles", "api"));
        for (var race = 0; race < 10; race++)
        {
            var group = await GivenGroup.SubmittedAsync(one);
            await GivenReferral.ChangeAsync(one, work => work.ExecuteAsync(LastPlaces, new { serviceId = World.ShelterService }, CancellationToken.None));
            var tag = await group.TagAsync(World.ShelterDesk);

            var answers = await Task.WhenAll(
                Task.Run(() => group.AnswerAsync(World.ShelterDesk, [true, true], tag)),
                Task.Run(() => two.As(World.ShelterDesk).PostAsync($"{group.Path}/answer", group.Answer([false, false]), tag)));

            Assert.That(answers.Count(answer => answer.IsSuccessStatusCode), Is.EqualTo(1));
            Assert.That(answers.Single(answer => !answer.IsSuccessStatusCode).StatusCode, Is.AnyOf(HttpStatusCode.PreconditionFailed, HttpStatusCode.NotFound));
        }
    }
}
