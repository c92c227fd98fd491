using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using NUnit.Framework;
using NationalReferral.Benchmarks;

namespace NationalReferral.Tests;

/// <summary>
/// Three processes over one database, killed while deadlines speak: now one of them, now all. Each stage of each clock
/// reaches everybody whom it concerns, and nobody twice.
/// </summary>
public sealed class ThreeInstancesTests
{
    private const int Instances = 3;
    private const int PerBatch = 40;

    /// <summary>Of the day that a provider has to acknowledge a referral of high urgency: by how much each step moves its clocks on, and what then has been said.</summary>
    private static readonly (int Hours, string Stage)[] Steps = [(13, "reminded"), (6, "escalated"), (7, "missed")];

    private static readonly string[] Stages = ["none", "reminded", "escalated", "urged", "missed"];

    private const string ClocksSql = """
        SELECT c.id, c.kind, c.stage, c.state, r.id, r.state, r.provider_agency_id, r.sender_agency_id
          FROM clocks c
          JOIN referrals r ON r.id = c.subject_id
         WHERE c.kind IN ('acknowledge', 'decide')
        """;

    private const string ToldSql = "SELECT n.cause_id, n.stage, n.worker_id FROM notifications n WHERE n.kind IN ('clock.acknowledge', 'clock.decide')";

    private const string ExpiredSql = """
        SELECT j.subject_id, n.worker_id
          FROM journal j
          LEFT JOIN notifications n ON n.cause_id = j.id
         WHERE j.action = 'referral.expired'
        """;

    private const string WorkersSql = """
        SELECT t.descendant_id, m.worker_id, CASE WHEN t.ancestor_id = t.descendant_id THEN 1 ELSE 0 END, m.roles
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
          JOIN agency_tree t ON t.ancestor_id = m.agency_id
         WHERE w.status = 'active'
           AND m.to_at IS NULL
        """;

    private const string LeftSql = "SELECT COUNT(*) FROM clocks WHERE next_at <= strftime('%Y-%m-%d %H:%M:%f', 'now')";

    private string _folder = null!;
    private int[] _ports = null!;
    private BuiltHost?[] _hosts = null!;

    private static int Batches => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 10 : 2;

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("nrs-three-").FullName;
        _ports = [.. Enumerable.Range(0, Instances).Select(_ => Ports.Free())];
        _hosts = new BuiltHost?[Instances];
    }

    [TearDown]
    public void Clean()
    {
        foreach (var host in _hosts)
        {
            host?.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Each_stage_of_a_deadline_reaches_each_recipient_once()
    {
        _hosts[0] = await BuiltHost.StartAsync(_folder, _ports[0]);
        var batches = await GivenBatchesAsync(_hosts[0]!.Client);
        await StartAsync();
        var cuts = 0;
        foreach (var (step, at) in Steps.Select((step, at) => (step, at)))
        {
            foreach (var (batch, i) in batches.Select((batch, i) => (batch, i)))
            {
                MoveOn(batch, step.Hours);
                await UntilAsync(() => Said(batch, step.Stage) > 0, $"nothing is {step.Stage}");
                await KillAsync((at + i) % 2 == 0 ? [Random.Shared.Next(Instances)] : [0, 1, 2]);
                cuts += Said(batch, step.Stage) < PerBatch ? 1 : 0;
                await StartAsync();
                await UntilAsync(() => Said(batch, step.Stage) == PerBatch, $"not all are {step.Stage}");
            }
        }
        await UntilAsync(() => Rows(LeftSql, row => row.GetInt32(0)).Single() == 0, "something is still due");
        await KillAsync([0, 1, 2]);

        var verdict = await BuiltHost.RunAsync(_folder, _ports[0], "verify");
        TestContext.Out.WriteLine($"{cuts} of {Steps.Length * batches.Count} kills came while a stage was being told.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cuts, Is.GreaterThan(0), "No kill met a stage that was being told.");
            Assert.That(verdict.Code, Is.Zero, verdict.Output);
        }
        AssertToldOnce(batches.SelectMany(batch => batch).ToHashSet());
    }

    /// <summary>Said anew here, from who works where, and compared with what was said.</summary>
    private void AssertToldOnce(HashSet<Guid> referrals)
    {
        var clocks = Rows(ClocksSql, row => new Clock(Sending.Id(row, 0), row.GetString(1), row.GetString(2), row.GetString(3), Sending.Id(row, 4), row.GetString(5), Sending.Id(row, 6), Sending.Id(row, 7)))
            .Where(clock => referrals.Contains(clock.ReferralId)).ToArray();
        var told = Rows(ToldSql, row => (Clock: Sending.Id(row, 0), Stage: row.GetString(1), Worker: Sending.Id(row, 2))).ToLookup(row => row.Clock, row => (row.Stage, row.Worker));
        var expired = Rows(ExpiredSql, row => (Referral: Sending.Id(row, 0), Worker: row.IsDBNull(1) ? (Guid?)null : Sending.Id(row, 1))).ToLookup(row => row.Referral, row => row.Worker);
        var workers = Rows(WorkersSql, row => new Worker(Sending.Id(row, 0), Sending.Id(row, 1), row.GetInt32(2) == 1, row.GetString(3)));
        var own = clocks.Select(clock => expired[clock.ReferralId].Order().ToArray()).First();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(clocks, Has.Length.EqualTo(2 * referrals.Count));
            Assert.That(own, Is.Not.Empty.And.No.Null.And.Unique, "whoever is told of an expired referral");
            foreach (var clock in clocks)
            {
                Assert.That((clock.ReferralState, clock.State), Is.EqualTo(("expired", clock.Kind == "acknowledge" ? "missed" : "stopped")));
                Assert.That(told[clock.Id], Is.EquivalentTo(Expected(clock, workers)), $"{clock.Kind}, {clock.Stage}");
                Assert.That(expired[clock.ReferralId].Order(), Is.EqualTo(own));
            }
        }
    }

    /// <summary>The provider's desk is reminded; at three quarters the supervisors of both sides hear of it, up to the top. The end is told as that of the referral.</summary>
    private static IEnumerable<(string, Guid)> Expected(Clock clock, IReadOnlyCollection<Worker> workers)
    {
        foreach (var stage in Stages.Skip(1).Take(Array.IndexOf(Stages, clock.Stage)).Where(stage => stage is "reminded" or "escalated"))
        {
            var whom = workers.Where(worker => worker.Below == clock.ProviderId && worker.IsOwn && (worker.Is("provider_staff") || worker.Is("supervisor")));
            if (stage == "escalated")
            {
                whom = whom.Concat(workers.Where(worker => (worker.Below == clock.ProviderId || worker.Below == clock.SenderId) && worker.Is("supervisor")));
            }
            foreach (var worker in whom.Select(worker => worker.Id).Distinct())
            {
                yield return (stage, worker);
            }
        }
    }

    private static async Task<List<HashSet<Guid>>> GivenBatchesAsync(HttpClient client)
    {
        var sent = new ConcurrentQueue<Sent>();
        var place = await Sending.FindPlaceAsync(client, sent);
        var batches = new List<HashSet<Guid>>();
        for (var i = 0; i < Batches; i++)
        {
            batches.Add((await Task.WhenAll(Enumerable.Range(0, PerBatch).Select(_ => Sending.SubmitAsync(client, sent, place)))).ToHashSet());
        }
        return batches;
    }

    private async Task StartAsync() => await Task.WhenAll(Enumerable.Range(0, Instances).Where(i => _hosts[i] is null).Select(async i => _hosts[i] = await BuiltHost.StartAsync(_folder, _ports[i])));

    private async Task KillAsync(IEnumerable<int> which)
    {
        await Task.WhenAll(which.Select(i => _hosts[i]!.KillAsync()));
        foreach (var i in which)
        {
            _hosts[i]!.Dispose();
            _hosts[i] = null;
        }
    }

    /// <summary>As if so many hours had gone by for these.</summary>
    private void MoveOn(HashSet<Guid> referrals, int hours)
    {
        using var connection = Sending.Open(_folder);
        using var change = connection.CreateCommand();
        change.CommandText = $"""
            UPDATE clocks
               SET started_at = {Earlier("started_at", hours)}, due_at = {Earlier("due_at", hours)}, next_at = {Earlier("next_at", hours)}
             WHERE state = 'running'
               AND hex(subject_id) IN ({In(referrals)})
            """;
        Assert.That(change.ExecuteNonQuery(), Is.GreaterThanOrEqualTo(referrals.Count));
    }

    private static string Earlier(string column, int hours) => $"strftime('%Y-%m-%d %H:%M:%f', {column}, '-{hours} hours')";

    private int Said(HashSet<Guid> referrals, string stage) =>
        Rows($"SELECT COUNT(*) FROM clocks WHERE kind = 'acknowledge' AND stage = '{stage}' AND hex(subject_id) IN ({In(referrals)})", row => row.GetInt32(0)).Single();

    private static string In(IEnumerable<Guid> ids) => string.Join(',', ids.Select(id => $"'{Convert.ToHexString(id.ToByteArray(bigEndian: true))}'"));

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read) => Sending.Rows(_folder, sql, read);

    private static async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)), otherwise);
            await Task.Delay(5);
        }
    }

    private sealed record Clock(Guid Id, string Kind, string Stage, string State, Guid ReferralId, string ReferralState, Guid ProviderId, Guid SenderId);

    /// <param name="Below">An agency that this one works in, or above.</param>
    private sealed record Worker(Guid Below, Guid Id, bool IsOwn, string Roles)
    {
        public bool Is(string role) => Roles.Split(' ', ',').Contains(role);
    }
}
