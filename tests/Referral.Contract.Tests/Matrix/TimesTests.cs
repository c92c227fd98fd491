using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Whoever is kept away cannot tell by the clock: of a thousand times of each the distributions are one (Kolmogorov and Smirnov, p over
/// 0.01). That needs a machine that does nothing else: REFERRAL_TEST_FULL=1. Else a hundred of each, where only times that lie wholly apart fail.
/// </summary>
public sealed class TimesTests
{
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1";
    private static readonly int Tries = IsFull ? 1000 : 100;
    private static readonly int WarmUp = IsFull ? 300 : 100;
    private static readonly double Least = IsFull ? 0.01 : 0.000001;
    private const int Drawings = 1000;

    [Test]
    public async Task A_case_that_he_must_not_see_answers_in_the_time_of_none()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        await app.AddAsync(World.BlockedOfficer);
        var hers = await OwnCase.MakeAsync(app, World.Officer, World.PoliceSupervisor, member: World.BlockedOfficer, blocked: World.BlockedOfficer);
        var operation = PublishedOperations.All.Single(one => one.Name == "getVictim");
        var client = app.As(World.BlockedOfficer);
        var (seen, none) = (new List<double>(), new List<double>());
        for (var i = -WarmUp; i < Tries; i++)
        {
            // By turns, the first of each pair by turns as well: whatever else the machine does falls on both.
            foreach (var isHers in i % 2 == 0 ? new[] { true, false } : [false, true])
            {
                var answer = await Answered.ToAsync(client, operation, $"/victims/{(isHers ? hers.Victim : Guid.CreateVersion7())}");
                if (i >= 0)
                {
                    (isHers ? seen : none).Add(answer.Took.TotalMicroseconds);
                }
            }
        }

        var (distance, p) = KolmogorovSmirnov(seen, none);
        TestContext.Out.WriteLine($"{Tries} of each: medians {Median(seen):0} and {Median(none):0} µs, D = {distance:0.0000}, p = {p:0.000}.");
        Assert.That(p, Is.GreaterThan(Least));
    }

    [Test]
    public void The_measure_finds_a_difference_of_a_tenth()
    {
        var random = new Random(7);
        double[] Drawn(double around) => [.. Enumerable.Range(0, Drawings).Select(_ => around * (1 + random.NextDouble() * 0.5))];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(KolmogorovSmirnov(Drawn(100), Drawn(100)).P, Is.GreaterThan(0.01));
            Assert.That(KolmogorovSmirnov(Drawn(100), Drawn(110)).P, Is.LessThan(0.000001));
        }
    }

    /// <summary>The two-sample test, with the asymptotic distribution (Numerical Recipes, 14.3).</summary>
    private static (double Distance, double P) KolmogorovSmirnov(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double[] a = [.. one.Order()];
        double[] b = [.. other.Order()];
        var (i, j, distance) = (0, 0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var at = Math.Min(a[i], b[j]);
            while (i < a.Length && a[i] <= at)
            {
                i++;
            }
            while (j < b.Length && b[j] <= at)
            {
                j++;
            }
            distance = Math.Max(distance, Math.Abs((double)i / a.Length - (double)j / b.Length));
        }
        var root = Math.Sqrt((double)a.Length * b.Length / (a.Length + b.Length));
        var lambda = (root + 0.12 + 0.11 / root) * distance;
        if (lambda < 0.2)
        {
            // The series does not settle there; by then it is one.
            return (distance, 1);
        }
        return (distance, Math.Clamp(2 * Enumerable.Range(1, 100).Sum(k => (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * lambda * lambda)), 0, 1));
    }

    private static double Median(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
