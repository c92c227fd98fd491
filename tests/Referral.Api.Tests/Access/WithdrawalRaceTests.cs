using System.Globalization;
using System.Net;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Withdrawing against reading against accepting, on two instances over one file.</summary>
public sealed class WithdrawalRaceTests
{
    private static int Races => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 1000 : 200;

    [Test]
    public async Task Nothing_is_served_after_a_withdrawal_was_answered_and_all_before_it_stands_before_it()
    {
        await using var one = await TestApp.StartAsync(("Roles", "api"));
        await using var two = one.Another(("Roles", "api"));
        for (var race = 0; race < Races; race++)
        {
            var given = await GivenSentAsync(one, isAccepted: race % 2 == 0);
            var answered = false;

            var readers = new[] { one, two, two }.Select(app => Task.Run(() => ReadUntilShutAsync(app, given.Victim, () => Volatile.Read(ref answered)))).ToArray();
            var accepting = Task.Run(() => ActAsync(two, given, "accept", World.HospitalDesk));
            using var withdrawn = await one.As(World.Officer).PostAsync(
                $"/victims/{given.Victim}/bases/{given.Basis}/withdraw", """{"by":"mother","reason":"guardian_withdrew"}""", "\"1\"");
            Volatile.Write(ref answered, true);
            var served = (await Task.WhenAll(readers)).Sum();
            await accepting;

            var rows = await one.Database.ReadAsync(
                Caller.System, work => work.ListAsync<RaceRow>(RowsSql, new { victim = given.Victim, hospital = World.Hospital }, CancellationToken.None), CancellationToken.None);
            var end = rows.Single(row => row.Action == JournalActions.BasisWithdrawn);
            var reads = rows.Where(row => row.Action == JournalActions.RecordRead).ToArray();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(withdrawn.StatusCode, Is.EqualTo(HttpStatusCode.OK), At(race));
                Assert.That(reads, Has.Length.EqualTo(served), At(race));
                Assert.That(reads.Select(row => row.AccessVersion), Is.All.LessThan(end.AccessVersion), At(race));
                // What a row says of its turn could be old; the order in which the rows were written cannot.
                Assert.That(reads.Select(row => row.Written), Is.All.LessThan(end.Written), At(race));
            }
        }
    }

    /// <returns>How often her identity was served. Stops at the first "unknown" after the withdrawal was answered.</returns>
    private static async Task<int> ReadUntilShutAsync(TestApp app, Guid victim, Func<bool> isAnswered)
    {
        var client = app.As(World.HospitalDesk);
        var served = 0;
        while (true)
        {
            var isAfter = isAnswered();
            using var response = await client.ReadAsync($"/victims/{victim}/identity");
            served += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
            if (isAfter)
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
                return served;
            }
        }
    }

    private static async Task<Given> GivenSentAsync(TestApp app, bool isAccepted)
    {
        var officer = app.As(World.Officer);
        var victim = await officer.GivenVictimAsync();
        var basis = await officer.PostAsync($"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service","medical_treatment"],"recipients":{"agencies":["{{World.Hospital}}"]} }
            """).JsonAsync(201);
        var need = await officer.PostAsync($"/victims/{victim}/needs", """{"category":"medical_care","urgency":"high"}""").JsonAsync(201);
        var referral = await officer.PostAsync("/referrals", $$"""
            {"victimId":"{{victim}}","needId":"{{need.GetProperty("id").GetGuid()}}","serviceId":"{{World.HospitalService}}","groups":["identity"]}
            """).JsonAsync(201);
        var given = new Given(victim, basis.GetProperty("id").GetGuid(), referral.GetProperty("id").GetGuid());
        await ActAsync(app, given, "submit", World.Officer);
        if (isAccepted)
        {
            await ActAsync(app, given, "accept", World.HospitalDesk);
        }
        return given;
    }

    private static async Task ActAsync(TestApp app, Given given, string action, Persona by)
    {
        var client = app.As(by);
        using var before = await client.ReadAsync($"/referrals/{given.Referral}");
        using var acted = await client.PostAsync($"/referrals/{given.Referral}/{action}", "{}", before.TagOf() is { Length: > 0 } tag ? tag : "\"0\"");
        Assert.That((int)acted.StatusCode, Is.AnyOf(200, 204, 404, 409, 412, 422), await acted.Content.ReadAsStringAsync());
    }

    private static string At(int race) => $"race {race.ToString(CultureInfo.InvariantCulture)}";

    private const string RowsSql = """
        SELECT j.action, j.access_version, j.rowid AS written
          FROM journal j
         WHERE j.victim_id = @victim
           AND (j.action = 'basis.withdrawn' OR (j.action = 'record.read' AND j.agency_id = @hospital))
        """;

    private sealed record RaceRow
    {
        public required string Action { get; init; }
        public required long AccessVersion { get; init; }
        public required long Written { get; init; }
    }

    private sealed record Given(Guid Victim, Guid Basis, Guid Referral);
}
