using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What is wrong at the first bad position.</summary>
internal enum JournalFault
{
    /// <summary>A column of the row is not as it was sealed, or another row stands at this position.</summary>
    RowChanged,

    /// <summary>No row has this position.</summary>
    RowMissing,

    /// <summary>The row has a position that no seal covers.</summary>
    RowUnsealed,

    /// <summary>The seal that begins here is gone.</summary>
    SealMissing,

    /// <summary>The seal that begins here does not fit its rows, or the seal before it.</summary>
    SealChanged,

    /// <summary>The seal that begins here was not made with the journal's key.</summary>
    SealForged,

    /// <summary>The witness remembers another seal of this number.</summary>
    WitnessDiffers,

    /// <summary>The witness remembers a seal that begins here, and the database ends before it.</summary>
    DatabaseOlder,
}

/// <summary>What a verification found.</summary>
/// <param name="BadPosition">The first; null when the journal is whole.</param>
/// <param name="Rows">How many were found good, from the first on.</param>
/// <param name="Waiting">Committed rows that are not sealed yet.</param>
/// <param name="Lag">The age of the oldest of them.</param>
/// <param name="Witnessed">The last seal that the witness remembers; 0 for none.</param>
internal sealed record JournalVerdict(
    long? BadPosition, JournalFault? Fault, long Rows, long Seals, long Waiting, TimeSpan Lag, long Witnessed)
{
    public bool IsWhole => BadPosition is null;

    /// <summary>0: whole. 1: tampered with, or the wrong database.</summary>
    public int ExitCode => IsWhole ? 0 : 1;
}

/// <summary>What a verification of some seals found.</summary>
/// <param name="Last">The last seal that was found good, or the one before the first that was looked at; null at the very beginning.</param>
/// <param name="Seals">How many were found good.</param>
/// <param name="Rows">How many were found good: those of good seals, and those before the first bad position.</param>
/// <param name="IsEnd">Whether nothing follows; then what lies behind the last seal was looked at as well.</param>
internal sealed record JournalPart(JournalSeal? Last, long Seals, long Rows, long? BadPosition, JournalFault? Fault, bool IsEnd);

/// <summary>Goes through the journal in batches: each row's MAC, each seal's hash, link, signature and witness.</summary>
internal sealed class JournalVerifier(Database database, JournalKeys keys, Witness witness, TimeProvider clock)
{
    private const int SealsAtOnce = 200;
    private const int RowsAtOnce = 1000;

    public async Task<JournalVerdict> VerifyAsync(CancellationToken cancellation)
    {
        var part = await VerifyAsync(1, long.MaxValue, cancellation);
        var (waiting, batch) = await database.ReadAsync(
            Caller.System,
            async work => (await SealStore.CountWaitingAsync(work, cancellation), await SealStore.WaitingAsync(work, cancellation)),
            cancellation);
        var lag = batch is [var oldest, ..] ? clock.GetUtcNow() - oldest.At : TimeSpan.Zero;
        return new(part.BadPosition, part.Fault, part.Rows, part.Seals, waiting, lag, witness.Last()?.N ?? 0);
    }

    /// <summary>
    /// The same of at most <paramref name="most"/> seals from number <paramref name="from"/> on. The first is compared with the seal
    /// before it, which is taken as it stands: parts that follow each other prove what one verification of all of them proves.
    /// </summary>
    public async Task<JournalPart> VerifyAsync(long from, long most, CancellationToken cancellation)
    {
        // The file's length is taken before anything is read: every seal in it up to there is in the database by now.
        using var memory = witness.Lines(from, witness.Length).GetEnumerator();
        var first = await database.ReadAsync(Caller.System, work => SealStore.BeforeAsync(work, from, cancellation), cancellation);
        WitnessLine? remembered = null;
        var previous = first;
        var good = 0L;
        (long Position, JournalFault Fault)? bad = null;
        while (bad is null && good < most && await NextSealsAsync(previous, most - good, cancellation) is { Count: > 0 } seals)
        {
            foreach (var seal in seals)
            {
                bad = await FaultOfAsync(seal, previous, cancellation) ?? FaultOf(seal, remembered = Seek(memory, remembered, seal.N));
                if (bad is not null)
                {
                    break;
                }
                previous = seal;
                good++;
            }
        }
        var isEnd = bad is null && good < most;
        if (isEnd)
        {
            bad = await BeyondAsync(previous, cancellation) ?? Later(memory, remembered, previous);
        }
        var before = first?.ToPosition ?? 0;
        return new(previous, good, (bad?.Position - 1 ?? previous?.ToPosition ?? 0) - before, bad?.Position, bad?.Fault, isEnd);
    }

    private Task<IReadOnlyList<JournalSeal>> NextSealsAsync(JournalSeal? previous, long most, CancellationToken cancellation) =>
        database.ReadAsync(
            Caller.System, work => SealStore.SealsAsync(work, previous?.N ?? 0, (int)Math.Min(SealsAtOnce, most), cancellation), cancellation);

    private async Task<(long, JournalFault)?> FaultOfAsync(JournalSeal seal, JournalSeal? previous, CancellationToken cancellation)
    {
        var from = (previous?.ToPosition ?? 0) + 1;
        if (seal.N != (previous?.N ?? 0) + 1)
        {
            return (from, JournalFault.SealMissing);
        }
        if (seal.FromPosition != from || seal.ToPosition < from || !seal.Previous.AsSpan().SequenceEqual(previous?.Hash ?? JournalSeal.Beginning))
        {
            return (from, JournalFault.SealChanged);
        }
        try
        {
            var macs = new List<byte[]>();
            if (await FaultOfRowsAsync(seal, macs, cancellation) is { } fault)
            {
                return fault;
            }
            if (!seal.Hash.AsSpan().SequenceEqual(seal.HashOver(macs)))
            {
                return (from, JournalFault.SealChanged);
            }
            return keys.IsSigned(seal.SigningKey, seal.Hash, seal.Signature) ? null : (from, JournalFault.SealForged);
        }
        catch (KeyMissingException)
        {
            // The seal names a key that the journal never had.
            return (from, JournalFault.SealForged);
        }
    }

    private async Task<(long, JournalFault)?> FaultOfRowsAsync(JournalSeal seal, List<byte[]> macs, CancellationToken cancellation)
    {
        for (var expected = seal.FromPosition; expected <= seal.ToPosition;)
        {
            var start = expected;
            var rows = await database.ReadAsync(
                Caller.System, work => SealStore.RowsAsync(work, start, seal.ToPosition, RowsAtOnce, cancellation), cancellation);
            if (rows.Count == 0)
            {
                return (expected, JournalFault.RowMissing);
            }
            foreach (var row in rows)
            {
                if (row.Position != expected)
                {
                    return (expected, JournalFault.RowMissing);
                }
                var mac = row.Mac(keys, seal.MacKey, expected);
                if (!mac.AsSpan().SequenceEqual(row.RowHash))
                {
                    return (expected, JournalFault.RowChanged);
                }
                macs.Add(mac);
                expected++;
            }
        }
        return null;
    }

    private static (long, JournalFault)? FaultOf(JournalSeal seal, WitnessLine? remembered) =>
        remembered?.N == seal.N && !remembered.Confirms(seal) ? (seal.FromPosition, JournalFault.WitnessDiffers) : null;

    private static WitnessLine? Seek(IEnumerator<WitnessLine> memory, WitnessLine? at, long n)
    {
        while ((at is null || at.N < n) && memory.MoveNext())
        {
            at = memory.Current;
        }
        return at;
    }

    private async Task<(long, JournalFault)?> BeyondAsync(JournalSeal? last, CancellationToken cancellation) =>
        await database.ReadAsync(Caller.System, work => SealStore.BeyondAsync(work, cancellation), cancellation) is { } position
            ? (Math.Max(position, (last?.ToPosition ?? 0) + 1), JournalFault.RowUnsealed)
            : null;

    /// <summary>The witness goes on where the database has ended.</summary>
    private static (long, JournalFault)? Later(IEnumerator<WitnessLine> memory, WitnessLine? at, JournalSeal? last)
    {
        var end = last?.N ?? 0;
        return Seek(memory, at, end + 1) is { } line && line.N > end ? ((last?.ToPosition ?? 0) + 1, JournalFault.DatabaseOlder) : null;
    }
}
