using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Walks that nobody thought of, through the lifecycle of referrals: senders, providers, strangers, time and mothers who change
/// their mind. REFERRAL_TEST_SEED repeats one run.
/// </summary>
public sealed class RandomWalkTests
{
    private const int OneFamily = 10;

    private const string FewPlaces = "UPDATE capacity SET licensed = 3 WHERE service_id = @serviceId";

    private static int Walks => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 10_000 : 1_000;

    private static int Seed => int.Parse(Environment.GetEnvironmentVariable("REFERRAL_TEST_SEED") ?? "20261129", CultureInfo.InvariantCulture);

    [Test]
    public async Task No_walk_leads_where_the_rules_do_not()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        await GivenReferral.ChangeAsync(app, work => work.ExecuteAsync(FewPlaces, new { serviceId = World.ShelterService }, CancellationToken.None));
        var walk = new Walk(app, new Random(Seed));
        var since = Stopwatch.StartNew();
        var number = 0;
        try
        {
            for (; number < Walks; number++)
            {
                if (number % OneFamily == 0)
                {
                    await walk.RegisterAsync();
                }
                await walk.GoAsync();
                await walk.ClearAsync(all: number % OneFamily == OneFamily - 1);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw new AssertionException(string.Create(CultureInfo.InvariantCulture, $"Seed {Seed}, walk {number}, step {Walk.Steps} after {since.Elapsed.TotalSeconds:0} s:\n{walk.Trace}\n{fault.Message}"), fault);
        }
        await TestContext.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Seed {Seed}: {Walks} walks, {Walk.Steps} steps, {since.Elapsed.TotalSeconds:0} s."));
        // A thousand walks are too few to meet every row by chance each time; ten thousand are not.
        var missed = ReferralLifecycle.Moves.Except(WalkTable.Taken).Select(move => $"{move.Action.Code()} from {move.From[0].Code()}").ToArray();
        await TestContext.Out.WriteLineAsync($"No walk went: {string.Join(", ", missed)}");
        Assert.That(missed, Has.Length.LessThanOrEqualTo(Walks >= 10_000 ? 0 : 3), "No walk went there.");
    }
}
