using System.Globalization;
using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Shutting against reading (and accepting), on two instances over one file: a withdrawal, and every other end of access.</summary>
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
            await DoorRace.RunAsync(
                one, two, given.Victim, World.HospitalDesk,
                () => one.As(World.Officer).PostAsync($"/victims/{given.Victim}/bases/{given.Basis}/withdraw", """{"by":"mother","reason":"guardian_withdrew"}""", "\"1\""),
                JournalActions.BasisWithdrawn, At(race), beside: () => ActAsync(two, given, "accept", World.HospitalDesk));
        }
    }

    /// <summary>What opens her data beside a permission, and how it shuts.</summary>
    private static readonly (string Name, string Shuts, Func<TestApp, Guid, Task<Func<Task<HttpResponseMessage>>>> OpenAsync)[] Doors =
    [
        ("an order is stayed", JournalActions.BasisStayed, (app, victim) => OrderAsync(app, victim, "stay")),
        ("an order ends", JournalActions.BasisEnded, (app, victim) => OrderAsync(app, victim, "end")),
        ("an emergency access ends", JournalActions.BreakGlassEnded, async (app, victim) =>
        {
            var access = await GivenBreakGlass.OpenedAsync(app, victim);
            return () => app.As(World.PoliceSupervisor).PostAsync($"/break-glass/{access}/end", "{}");
        }),
        ("an emergency access was not justified", JournalActions.BreakGlassReviewed, async (app, victim) =>
        {
            var access = await GivenBreakGlass.OpenedAsync(app, victim);
            return () => GivenBreakGlass.ReviewAsync(app, World.PoliceSupervisor, access, "not_justified", "Nobody was in danger.");
        }),
        ("the reader is blocked", JournalActions.BlockSet, async (app, victim) =>
        {
            await GivenBasis.LiveAsync(app, victim, "orders", GivenBasis.Order(app, World.Hospital));
            return () => app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{"workerId":"{{World.HospitalDesk.Id}}","reason":"person_asks"}""");
        }),
        ("somebody is appointed guardian", JournalActions.BasisSuspended, async (app, victim) =>
        {
            await ConsentAsync(app, victim);
            var referral = await CarriedReferrals.SubmitAsync(app.Database, victim, World.Hospital, ["identity"], []);
            await CarriedReferrals.AcceptAsync(app.Database, victim, World.Hospital, referral!.Value);
            return () => app.As(World.Officer).PostAsync($"/victims/{victim}/guardianships", """
                {"guardian":{"relation":"legal_guardian","name":"Invented Bibi"},"capacity":"court_appointed_guardian","authority":"Guardian Judge Kasur","orderedOn":"2026-11-20"}
                """);
        }),
    ];

    private static IEnumerable<string> Names => Doors.Select(door => door.Name);

    [TestCaseSource(nameof(Names))]
    public async Task Nothing_is_served_after_a_door_was_shut_whatever_had_opened_it(string name)
    {
        await using var one = await TestApp.StartAsync(("Roles", "api"));
        await using var two = one.Another(("Roles", "api"));
        var (_, shuts, openAsync) = Doors.Single(door => door.Name == name);
        for (var race = 0; race < Races / 10; race++)
        {
            // Nobody opens many cases in an emergency at once.
            one.Clock.Advance(TimeSpan.FromMinutes(1));
            var victim = await one.As(World.Officer).GivenVictimAsync();
            var shut = await openAsync(one, victim);
            Assert.That((await one.As(World.HospitalDesk).ReadAsync($"/victims/{victim}/identity")).StatusCode, Is.EqualTo(HttpStatusCode.OK), "It is open.");
            await DoorRace.RunAsync(one, two, victim, World.HospitalDesk, shut, shuts, At(race), served: 1);
        }
    }

    private static async Task<Func<Task<HttpResponseMessage>>> OrderAsync(TestApp app, Guid victim, string how)
    {
        var order = await GivenBasis.LiveAsync(app, victim, "orders", GivenBasis.Order(app, World.Hospital));
        return () => GivenBasis.MoveAsync(app, World.PoliceSupervisor, victim, order, how);
    }

    private static async Task<Given> GivenSentAsync(TestApp app, bool isAccepted)
    {
        var officer = app.As(World.Officer);
        var victim = await officer.GivenVictimAsync();
        var basis = await ConsentAsync(app, victim);
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

    private static Task<JsonElement> ConsentAsync(TestApp app, Guid victim) => app.As(World.Officer).PostAsync($"/victims/{victim}/bases", $$"""
        {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
         "groups":["identity"],"purposes":["provide_service","medical_treatment"],"recipients":{"agencies":["{{World.Hospital}}"]} }
        """).JsonAsync(201);

    private sealed record Given(Guid Victim, Guid Basis, Guid Referral);
}
