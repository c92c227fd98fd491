using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Gives positions to committed rows, and seals them in signed, linked batches. One instance at a time does it; two at
/// once, after a clock has jumped, meet at the number of the next seal, and one of them starts over.
/// </summary>
internal sealed partial class JournalSealer(
    Database database, Leases leases, JournalKeys keys, Witness witness, TimeProvider clock, ILogger<JournalSealer> log) : BackgroundService
{
    private const string Job = "journal.seal";
    private const int WitnessBatch = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(6);

    /// <summary>Seals what waits, until nothing does.</summary>
    /// <returns>How many rows; 0 as well when another instance is at it.</returns>
    /// <exception cref="WitnessAheadException">The database is not the one that the witness has seen.</exception>
    public async Task<int> SealAsync(CancellationToken cancellation)
    {
        var total = 0;
        while (true)
        {
            var (head, waiting) = await database.ReadAsync(Caller.System, work => LookAsync(work, cancellation), cancellation);
            var witnessed = witness.Last();
            if (waiting.Count == 0 && witnessed?.N == head?.N)
            {
                return total;
            }
            if (!await leases.HoldAsync(Job, LeaseLength, cancellation))
            {
                return total;
            }
            await CatchUpAsync(witnessed, head, cancellation);
            if (waiting.Count > 0 && await SealAsync(head, waiting, cancellation))
            {
                total += waiting.Count;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.RunAsync(Pause, clock, SealAsync, fault => Log.SealingFailed(log, fault.GetType().Name, fault is WitnessAheadException ? fault.Message : string.Empty), stoppingToken);
        await leases.ReleaseAsync(Job, CancellationToken.None);
    }

    private static async Task<(JournalSeal? Head, IReadOnlyList<JournalRow> Waiting)> LookAsync(Work work, CancellationToken cancellation) =>
        (await SealStore.HeadAsync(work, cancellation), await SealStore.WaitingAsync(work, cancellation));

    /// <summary>A crash between commit and witness leaves the file behind; here it gets what it missed.</summary>
    private async Task CatchUpAsync(WitnessLine? witnessed, JournalSeal? head, CancellationToken cancellation)
    {
        if (witnessed is null && head is null)
        {
            return;
        }
        if (witnessed is not null && !await IsKnownAsync(witnessed, cancellation))
        {
            throw new WitnessAheadException(witness.File, witnessed.N, head?.N ?? 0);
        }
        for (var after = witnessed?.N ?? 0; after < head?.N;)
        {
            var missed = await database.ReadAsync(Caller.System, work => SealStore.SealsAsync(work, after, WitnessBatch, cancellation), cancellation);
            witness.Append(missed);
            after = missed[^1].N;
        }
    }

    private async Task<bool> IsKnownAsync(WitnessLine witnessed, CancellationToken cancellation)
    {
        var seals = await database.ReadAsync(Caller.System, work => SealStore.SealsAsync(work, witnessed.N - 1, 1, cancellation), cancellation);
        return seals.Count == 1 && witnessed.Confirms(seals[0]);
    }

    /// <summary>All reckoning happens before the writer's turn; in it there are only the updates.</summary>
    private async Task<bool> SealAsync(JournalSeal? head, IReadOnlyList<JournalRow> waiting, CancellationToken cancellation)
    {
        var macKey = keys.NewestMac;
        var from = (head?.ToPosition ?? 0) + 1;
        byte[][] macs = [.. waiting.Select((row, i) => row.Mac(keys, macKey, from + i))];
        var seal = JournalSeal.Over(macs, head, macKey, Instants.Cut(clock.GetUtcNow()), keys);
        var isDone = await database.ChangeAsync(Caller.System, work => WriteAsync(work, seal, waiting, macs, cancellation), done => done, cancellation);
        if (isDone)
        {
            witness.Append([seal]);
        }
        return isDone;
    }

    /// <summary>Where another instance sealed meanwhile, a row already has its position, or the seal its number.</summary>
    /// <returns>False then: nothing is written, and the next turn looks again.</returns>
    private static async Task<bool> WriteAsync(
        Work work, JournalSeal seal, IReadOnlyList<JournalRow> rows, byte[][] macs, CancellationToken cancellation)
    {
        for (var i = 0; i < rows.Count; i++)
        {
            if (!await SealStore.PlaceAsync(work, rows[i].Id, seal.FromPosition + i, macs[i], cancellation))
            {
                return false;
            }
        }
        await SealStore.AddAsync(work, seal, cancellation);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Error, "Journal rows could not be sealed ({Fault}); they wait, and it is tried again. {Advice}")]
        public static partial void SealingFailed(ILogger log, string fault, string advice);
    }
}

/// <summary>
/// The witness remembers a seal that this database does not have: it was replaced by an older or another one, or lost
/// its tail. Sealing stops, for going on would hide that.
/// </summary>
internal sealed class WitnessAheadException(string file, long witnessed, long head) : Exception(
    $"The witness {file} remembers seal {witnessed}; the database, with {head} seals, does not have it as it was. Run verify. If the database was replaced on purpose, move the witness away.");
