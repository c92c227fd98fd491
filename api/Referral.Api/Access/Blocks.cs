using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of blocks: for whoever asks for one, and for what brings one by itself.</summary>
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
        await SetAsync(work, victim, Ids.New(work.Now), new BlockDraft(reason, WorkerId: workerId), null, cancellation);
    }

    /// <summary>The victim's turns, the block, its journal row.</summary>
    /// <param name="note">The sealed words of whoever set it.</param>
    /// <exception cref="ConstraintViolation"><c>pk_blocks</c>: the id is taken.</exception>
    public static async Task SetAsync(Work work, Case victim, Guid id, BlockDraft draft, byte[]? note, CancellationToken cancellation)
    {
        var turn = await BlockStore.TakeTurnsAsync(work, victim, cancellation);
        await BlockStore.InsertAsync(work, id, victim.Id, draft, note, cancellation);
        await AppendAsync(work, JournalActions.BlockSet, victim.Id, id, turn,
        [
            ("reason", draft.Reason),
            draft.WorkerId is { } worker ? ("workerId", worker.ToString()) : ("agencyId", draft.AgencyId.ToString()!),
        ], cancellation);
    }

    public static Task<Guid> AppendAsync(
        Work work, string action, Guid victimId, Guid? blockId, long turn, IReadOnlyList<(string, string)> facts, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "block",
            SubjectId = blockId,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = facts,
        }, cancellation);
}
