using System.Globalization;
using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Two accepts race for the last place, on two instances over one file.</summary>
public sealed class LastPlaceTests
{
    private const string LastPlace = "UPDATE capacity SET reserved = 0, occupied = 0, licensed = 1 WHERE service_id = @serviceId";

    private static int Races => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 1000 : 200;

    [Test]
    public async Task Exactly_one_of_two_accepts_takes_the_last_place()
    {
        await using var one = await TestApp.StartAsync();
        await using var two = one.Another();
        for (var race = 0; race < Races; race++)
        {
            var first = await GivenReferral.InAsync(one, "submitted");
            var second = await GivenReferral.InAsync(one, "submitted");
            await GivenReferral.ChangeAsync(one, work => work.ExecuteAsync(LastPlace, new { serviceId = World.ShelterService }, CancellationToken.None));
            var tags = (await first.TagAsync(World.ShelterDesk), await second.TagAsync(World.ShelterDesk));

            var answers = await Task.WhenAll(
                Task.Run(() => first.ActAsync(World.ShelterDesk, "accept", tags.Item1)),
                Task.Run(() => two.As(World.ShelterDesk).PostAsync($"{second.Path}/accept", first.BodyOf("accept"), tags.Item2)));

            var loser = answers.Single(answer => answer.StatusCode != HttpStatusCode.OK);
            var body = await loser.Content.ReadAsStringAsync();
            var reserved = await GivenReferral.ReadAsync(one, work => work.ScalarAsync<int>(
                "SELECT c.reserved FROM capacity c WHERE c.service_id = @serviceId", new { serviceId = World.ShelterService }, CancellationToken.None));
            using (Assert.EnterMultipleScope())
            {
                Assert.That(loser.StatusCode, Is.EqualTo(HttpStatusCode.Conflict), $"race {race.ToString(CultureInfo.InvariantCulture)}: {body}");
                Assert.That(JsonDocument.Parse(body).RootElement.GetProperty("code").GetString(), Is.EqualTo("capacity_exhausted"));
                Assert.That(reserved, Is.EqualTo(1));
            }
            foreach (var answer in answers)
            {
                answer.Dispose();
            }
        }
    }
}
