using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The poorest phone sets the pace: 400 kbit/s and 400 ms. The figures are said; the limits leave room for a busy machine.</summary>
[NonParallelizable]
public sealed class SlowNetworkTests
{
    private const double Shift = 0.1;
    private const double MostKilobytes = 200;

    /// <summary>Sums what moves under the reader's eyes without having been asked to (Cumulative Layout Shift, without its windows).</summary>
    private const string WatchScript = """
        globalThis.shifted = 0;
        new PerformanceObserver(list => list.getEntries().filter(it => !it.hadRecentInput).forEach(it => { globalThis.shifted += it.value; }))
          .observe({ type: 'layout-shift', buffered: true });
        """;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Then = TimeSpan.FromSeconds(8);

    [Test]
    public async Task A_provider_can_work_over_slow_3G()
    {
        // A server that has just started is slow for another reason.
        await using (var first = await Actor.EnterAsync(new Look()))
        {
            await first.SignInAsync("desk@shelter.example");
            await first.OpenFirstReferralAsync();
        }
        await using var desk = await Actor.EnterAsync(new Look(), isExamined: true);
        await desk.Page.AddInitScriptAsync(WatchScript);
        await desk.SlowDownAsync(kilobits: 400, latency: 400);

        var signIn = await TakesAsync("sign-in page", async () =>
        {
            await desk.Page.GotoAsync("/web/signin?return=%2Freferrals%2Freceived&lang=en");
            await desk.Page.Locator("#email").WaitForAsync();
        });
        await desk.Page.Locator("#email").FillAsync("desk@shelter.example");
        await desk.Page.Locator("#password").FillAsync(Actor.Password);
        var worklist = await TakesAsync("signed in, nothing cached: worklist", async () =>
        {
            await desk.Page.Locator("#password").PressAsync("Enter");
            await desk.SeesCardAsync();
        });
        var kilobytes = await desk.Page.EvaluateAsync<double>("() => performance.getEntries().reduce((sum, it) => sum + (it.transferSize ?? 0), 0) / 1024");
        var shiftedOnList = await desk.Page.EvaluateAsync<double>("() => shifted");
        var referral = await TakesAsync("tapped: referral", async () =>
        {
            await desk.Page.Locator(Actor.ReferralLink).First.ClickAsync();
            await desk.Page.Locator("#shared").WaitForAsync();
        });
        await desk.ArrivedAsync();
        var shifted = await desk.Page.EvaluateAsync<double>("() => shifted");
        var again = await TakesAsync("opened again, cached: worklist", async () =>
        {
            await desk.Page.GotoAsync("/referrals/received");
            await desk.SeesCardAsync();
        });
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"loaded for the worklist: {kilobytes:0} KB"));
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"moved by itself: {shiftedOnList:0.000} on the worklist, {shifted:0.000} with the referral"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(signIn, Is.LessThan(Then), "sign-in page");
            Assert.That(worklist, Is.LessThan(First), "worklist, nothing cached");
            Assert.That(referral, Is.LessThan(Then), "referral");
            Assert.That(again, Is.LessThan(Then), "worklist, cached");
            Assert.That(kilobytes, Is.LessThan(MostKilobytes), "loaded for the worklist");
            Assert.That(shifted, Is.LessThan(Shift), "what moved by itself");
        }
        desk.HadNoFaults();
    }

    private static async Task<TimeSpan> TakesAsync(string what, Func<Task> act)
    {
        var since = Stopwatch.StartNew();
        await act();
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {since.Elapsed.TotalSeconds:0.0} s"));
        return since.Elapsed;
    }
}
