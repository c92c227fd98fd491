using System.Collections.Concurrent;
using System.Diagnostics;
using NUnit.Framework;
using NationalReferral.Benchmarks;

namespace NationalReferral.Tests;

/// <summary>
/// kill -9 under load. What was acknowledged is there; what was not happens once when it is sent again; no referral is half done.
/// </summary>
public sealed class KillTests
{
    private const int Writers = 8;

    private const string ReferralsSql = """
        SELECT hex(r.id), r.state,
               (SELECT COUNT(*) FROM clocks c WHERE c.subject_id = r.id),
               (SELECT COUNT(*) FROM notifications n WHERE n.subject_id = r.id),
               (SELECT COUNT(*) FROM journal j WHERE j.subject_id = r.id AND j.action = 'referral.submitted')
          FROM referrals r
        """;

    private string _folder = null!;
    private int _port;

    private static int Kills => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 50 : 10;

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("nrs-kill-").FullName;
        _port = Ports.Free();
    }

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_acknowledged_write_survives_and_nothing_happens_twice_or_half()
    {
        var sent = new ConcurrentQueue<Sent>();
        var host = await BuiltHost.StartAsync(_folder, _port);
        try
        {
            var before = Count("victims");
            var place = await Sending.FindPlaceAsync(host.Client, sent);
            var isCut = false;
            for (var kill = 0; kill < Kills; kill++)
            {
                var now = new ConcurrentQueue<Sent>();
                var client = host.Client;
                var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => Sending.WriteAsync(client, now, place))).ToArray();
                await SomeAsync(now);
                await host.KillAsync();
                await Task.WhenAll(writers);
                isCut |= now.Any(one => one.Id is null);

                host.Dispose();
                host = await BuiltHost.StartAsync(_folder, _port);
                foreach (var one in now)
                {
                    await Sending.ReplayAsync(host.Client, one);
                    sent.Enqueue(one);
                }
            }
            await host.KillAsync();

            var verdict = await BuiltHost.RunAsync(_folder, _port, "verify");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(isCut, "No kill met a request under way.");
                Assert.That(Count("victims"), Is.EqualTo(before + sent.Count(one => one.Path == "/victims")));
                Assert.That(verdict.Code, Is.Zero, verdict.Output);
            }
            AssertWhole(sent);
        }
        finally
        {
            host.Dispose();
        }
    }

    /// <summary>Until some were submitted, and a moment that nobody chose.</summary>
    private static async Task SomeAsync(ConcurrentQueue<Sent> sent)
    {
        var patience = Stopwatch.StartNew();
        while (sent.Count(one => one.Id is not null && one.Path.EndsWith("/submit", StringComparison.Ordinal)) < Writers)
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "Nothing gets submitted.");
            await Task.Delay(20);
        }
        await Task.Delay(Random.Shared.Next(200));
    }

    /// <summary>Each submitted once, with its clock and those who were told; and nothing besides.</summary>
    private void AssertWhole(IReadOnlyCollection<Sent> sent)
    {
        var created = sent.Where(one => one.Path == "/referrals").Select(one => Hex(one.Id!.Value)).ToHashSet();
        var submitted = sent.Where(one => one.Path.EndsWith("/submit", StringComparison.Ordinal)).Select(one => Hex(one.Id!.Value)).ToHashSet();
        var rows = Referrals().Where(row => created.Contains(row.Id)).ToArray();
        var whole = rows.First(row => row.State == "submitted");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.EqualTo(created.Count));
            Assert.That(whole is { Clocks: > 0, Notifications: > 0, Submissions: 1 }, whole.ToString());
            Assert.That(rows.Where(row => row.State == "submitted").Select(row => row.Id), Is.EquivalentTo(submitted));
            Assert.That(rows.Where(row => row.State == "submitted"), Is.All.Matches<Row>(row => row with { Id = whole.Id } == whole));
            Assert.That(rows.Where(row => row.State != "submitted"), Is.All.Matches<Row>(row => row with { Id = "" } == new Row("", "draft", 0, 0, 0)));
        }
    }

    private long Count(string table) => Sending.Rows(_folder, $"SELECT COUNT(*) FROM {table}", row => row.GetInt64(0)).Single();

    private List<Row> Referrals() =>
        Sending.Rows(_folder, ReferralsSql, row => new Row(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)));

    private static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));

    private sealed record Row(string Id, string State, int Clocks, int Notifications, int Submissions);
}
