using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of blocks, for what brings one by itself.</summary>
internal static class Blocks
{
    /// <summary>Keeps a worker away from a person whose case the caller can open.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="victimId">One case of hers; it holds for each.</param>
    /// <param name="workerId">Never the caller.</param>
    /// <param name="reason">Set block_reason.</param>
    /// <param name="cancellation">Undoes it with the rest.</param>
    public static async Task SetAsync(Work work, Guid victimId, Guid workerId, string reason, CancellationToken cancellation)
    {
        var victim = await Cases.FindAsync(work, victimId, cancellation)
            ?? throw new InvalidOperationException($"A block was set in case {victimId}, which the caller cannot open.");
        var blockId = Ids.New(work.Now);
        var turn = await BlockStore.TakeTurnsAsync(work, victim, cancellation);
        await BlockStore.InsertAsync(work, blockId, victimId, new BlockDraft(reason, WorkerId: workerId), null, cancellation);
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.BlockSet,
            SubjectKind = "block",
            SubjectId = blockId,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = [("reason", reason), ("workerId", workerId.ToString())],
        }, cancellation);
    }
}
