using System.Diagnostics;
using NationalReferral.Benchmarks;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Deadlines of every kind, spoken of by three processes over one database that are killed meanwhile, now one, now all: who is
/// told what is exactly what one instance that nobody kills tells. A kind without a case fails.
/// </summary>
public sealed class EveryClockTests
{
    private const int Instances = 3;
    private const int MostSteps = 12;

    private const string ToldSql = """
        SELECT hex(c.id), c.kind, concat(n.kind, ' ', n.stage, ' to ', w.display_name)
          FROM clocks c
          JOIN notifications n ON n.cause_id = c.id OR n.cause_id IN (SELECT j.id FROM journal j WHERE j.subject_id = c.subject_id)
          JOIN workers w ON w.id = n.worker_id
        """;

    private string _folder = null!;
    private string _other = null!;
    private BuiltHost?[] _hosts = null!;

    private static int PerKind => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 30 : 4;

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("nrs-clocks-").FullName;
        _other = Directory.CreateTempSubdirectory("nrs-clocks-one-").FullName;
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
        Directory.Delete(_other, recursive: true);
    }

    [Test]
    public void Every_kind_has_a_case() => Assert.That(ClockCases.All.Keys, Is.EquivalentTo(Enum.GetValues<ClockKind>()));

    [Test]
    public async Task Each_stage_of_every_kind_reaches_each_recipient_once()
    {
        await using var authority = await Authority.StartAsync();
        var one = await OneAsync(authority);
        var clocks = new Dictionary<string, ClockKind>();
        await BuiltHost.MakeAsync(_folder, authority, async app => clocks = await BeginAsync(app, _folder, PerKind));
        var ports = Enumerable.Range(0, Instances).Select(_ => Ports.Free()).ToArray();
        var (cuts, steps) = (0, 0);
        while (MoveOn(_folder, clocks.Keys) is > 0 and var due)
        {
            Assert.That(++steps, Is.LessThan(MostSteps), "A deadline never comes.");
            await StartAsync(authority, ports);
            await UntilAsync(() => Due(clocks.Keys) < due, "nothing is told");
            await KillAsync(steps % 2 == 0 ? [Random.Shared.Next(Instances)] : [0, 1, 2]);
            cuts += Due(clocks.Keys) > 0 ? 1 : 0;
            await StartAsync(authority, ports);
            await UntilAsync(() => Due(clocks.Keys) == 0, "not everything is told");
        }
        await KillAsync([0, 1, 2]);

        var told = Told(_folder, clocks);
        TestContext.Out.WriteLine($"{clocks.Count} deadlines of {one.Count} kinds in {steps} steps; {cuts} kills came while something was being told.");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cuts, Is.GreaterThan(0), "No kill met a deadline that was being told.");
            foreach (var kind in ClockCases.All.Keys)
            {
                Assert.That(one[kind], Is.Not.Empty.And.Some.Contains(" to "), $"{kind}: nobody is told.");
                Assert.That(told[kind].Distinct(), Is.EquivalentTo(one[kind].Distinct()), kind.Code());
            }
        }
    }

    /// <returns>What one instance tells, by kind; what each deadline tells is one text.</returns>
    private async Task<ILookup<ClockKind, string>> OneAsync(Authority authority)
    {
        var clocks = new Dictionary<string, ClockKind>();
        await BuiltHost.MakeAsync(_other, authority, async app =>
        {
            clocks = await BeginAsync(app, _other, 1);
            // The processes go by the clock on the wall.
            for (var step = 0; MoveOn(_other, clocks.Keys) > 0; step++)
            {
                Assert.That(step, Is.LessThan(MostSteps), "A deadline never comes.");
                app.Clock.Advance(DateTimeOffset.UtcNow - app.Clock.GetUtcNow());
                await app.SpeakAsync();
            }
        });
        return Told(_other, clocks);
    }

    /// <returns>The deadlines that this began, by their ids.</returns>
    private static async Task<Dictionary<string, ClockKind>> BeginAsync(TestApp app, string folder, int perKind)
    {
        var clocks = new Dictionary<string, ClockKind>();
        foreach (var (kind, begin) in ClockCases.All)
        {
            var before = Running(folder, kind);
            for (var i = 0; i < perKind; i++)
            {
                await begin(app);
            }
            var begun = Running(folder, kind).Except(before).ToArray();
            Assert.That(begun, Has.Length.GreaterThanOrEqualTo(perKind), kind.Code());
            foreach (var id in begun)
            {
                clocks[id] = kind;
            }
        }
        return clocks;
    }

    private static List<string> Running(string folder, ClockKind kind) =>
        Sending.Rows(folder, $"SELECT hex(id) FROM clocks WHERE kind = '{kind.Code()}' AND state = 'running'", row => row.GetString(0));

    /// <summary>As if so much time had gone by for each of these that it speaks now.</summary>
    /// <returns>How many still had something to say.</returns>
    private static int MoveOn(string folder, IEnumerable<string> clocks)
    {
        using var connection = Sending.Open(folder);
        using var change = connection.CreateCommand();
        static string Earlier(string column) => $"strftime('%Y-%m-%d %H:%M:%f', julianday({column}) - (julianday(next_at) - julianday('now')) - 1.0 / 86400)";
        change.CommandText = $"""
            UPDATE clocks
               SET started_at = {Earlier("started_at")}, due_at = {Earlier("due_at")}, next_at = {Earlier("next_at")}
             WHERE next_at IS NOT NULL
               AND {In(clocks)}
            """;
        return change.ExecuteNonQuery();
    }

    private int Due(IEnumerable<string> clocks) =>
        Sending.Rows(_folder, $"SELECT COUNT(*) FROM clocks WHERE next_at <= strftime('%Y-%m-%d %H:%M:%f', 'now') AND {In(clocks)}", row => row.GetInt32(0)).Single();

    private static string In(IEnumerable<string> clocks) => $"hex(id) IN ({string.Join(',', clocks.Select(id => $"'{id}'"))})";

    private static ILookup<ClockKind, string> Told(string folder, Dictionary<string, ClockKind> clocks)
    {
        var told = Sending.Rows(folder, ToldSql, row => (Clock: row.GetString(0), What: row.GetString(2))).ToLookup(row => row.Clock, row => row.What);
        return clocks.ToLookup(clock => clock.Value, clock => string.Join('\n', told[clock.Key].Order(StringComparer.Ordinal)));
    }

    private async Task StartAsync(Authority authority, int[] ports) =>
        await Task.WhenAll(Enumerable.Range(0, Instances).Where(i => _hosts[i] is null).Select(async i => _hosts[i] = await BuiltHost.StartAsync(_folder, ports[i], authority)));

    private async Task KillAsync(IEnumerable<int> which)
    {
        await Task.WhenAll(which.Select(i => _hosts[i]!.KillAsync()));
        foreach (var i in which)
        {
            _hosts[i]!.Dispose();
            _hosts[i] = null;
        }
    }

    private static async Task UntilAsync(Func<bool> isSo, string otherwise)
    {
        var patience = Stopwatch.StartNew();
        while (!isSo())
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(2)), otherwise);
            await Task.Delay(1);
        }
    }
}
