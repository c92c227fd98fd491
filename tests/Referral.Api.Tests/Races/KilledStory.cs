using NationalReferral.Benchmarks;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What one story leaves in a database when nothing happens to it, and what the same story left each time that the host died under it.</summary>
/// <param name="Model">See <see cref="LoopRows.Of"/>.</param>
/// <param name="Disturbed">The same of every telling, the quiet one among them.</param>
internal sealed record KilledStory(string[] Model, IReadOnlyList<string[]> Disturbed)
{
    /// <summary>
    /// The story once in peace, then by many people at once while the host is killed again and again. Everything is sent once more at the end, and
    /// the journal proved.
    /// </summary>
    /// <param name="folder">Empty; it holds the database afterwards.</param>
    /// <param name="story">Tells it from the beginning; returns the victims that it is about.</param>
    public static async Task<KilledStory> TellAsync(string folder, int people, int kills, Func<Persistent, Task<IReadOnlyList<Guid>>> story)
    {
        var port = Ports.Free();
        await using var authority = await Authority.StartAsync();
        await BuiltHost.MakeAsync(folder, authority, _ => Task.CompletedTask);
        using var persistent = new Persistent(authority, port);
        var host = await BuiltHost.StartAsync(folder, port, authority);
        try
        {
            var quiet = await story(persistent);
            var disturbed = new List<IReadOnlyList<Guid>>();
            using var enough = new CancellationTokenSource();
            var tellers = Enumerable.Range(0, people).Select(_ => Task.Run(async () =>
            {
                do
                {
                    var victims = await story(persistent);
                    lock (disturbed)
                    {
                        disturbed.Add(victims);
                    }
                }
                while (!enough.IsCancellationRequested);
            })).ToArray();
            for (var kill = 0; kill < kills; kill++)
            {
                await Task.Delay(Random.Shared.Next(500, 3_000));
                await host.KillAsync();
                host.Dispose();
                host = await BuiltHost.StartAsync(folder, port, authority);
            }
            await enough.CancelAsync();
            await Task.WhenAll(tellers);
            var model = LoopRows.Of(LoopRows.All(folder), quiet);
            await persistent.ReplayAsync();
            await host.KillAsync();
            var verdict = await BuiltHost.RunAsync(folder, port, "verify", authority);
            var rows = LoopRows.All(folder);
            TestContext.Out.WriteLine($"{disturbed.Count} stories, {persistent.Sent.Count} changes, {persistent.Cuts} of them cut off by {kills} kills.");
            Assert.That(persistent.Cuts, Is.GreaterThan(0), "No kill met a request under way.");
            Assert.That(verdict.Code, Is.Zero, verdict.Output);
            Assert.That(LoopRows.Count(folder, "idempotency"), Is.EqualTo(persistent.Sent.Count));
            return new KilledStory(model, [.. disturbed.Prepend(quiet).Select(victims => LoopRows.Of(rows, victims))]);
        }
        finally
        {
            host.Dispose();
        }
    }
}
