using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of blocks: for whoever asks for one, and for what brings one by itself.</summary>
internal static class Blocks
{
    /// <summary>How long after a lift it is watched who opens her.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromDays(90);

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
        await SetAsync(work, victim, Ids.New(work.Now), new BlockDraft(reason, WorkerId: workerId), null, [], cancellation);
    }

    /// <summary>The victim's turns, the block, its journal row.</summary>
    /// <param name="note">The sealed words of whoever set it.</param>
    /// <param name="marks">Of somebody who is no worker yet.</param>
    /// <exception cref="ConstraintViolation"><c>pk_blocks</c>: the id is taken.</exception>
    public static async Task SetAsync(
        Work work, Case victim, Guid id, BlockDraft draft, byte[]? note, IReadOnlyList<SearchToken> marks, CancellationToken cancellation)
    {
        var turn = await BlockStore.TakeTurnsAsync(work, victim.Id, victim.AccessVersion, cancellation);
        await BlockStore.InsertAsync(work, id, victim.Id, draft, note, cancellation);
        await PersonBlocks.SetAsync(work, id, draft.WorkerId, marks, cancellation);
        await AppendAsync(work, JournalActions.BlockSet, victim.Id, id, turn,
        [
            ("reason", draft.Reason),
            draft switch
            {
                { WorkerId: { } worker } => ("workerId", worker.ToString()),
                { AgencyId: { } agency } => ("agencyId", agency.ToString()),
                _ => ("marks", string.Join(',', marks.Select(mark => mark.Kind).Distinct())),
            },
        ], cancellation);
    }

    /// <summary>Asks a second person whether somebody need be kept away any more: one of the national office, or who supervises the case and nobody of those.</summary>
    /// <param name="lift">Its words are sealed with her key.</param>
    /// <exception cref="ConstraintViolation"><c>uq_approvals_open</c>: the same is asked already. <c>pk_approvals</c>: the id is taken.</exception>
    public static async Task AskLiftAsync(Work work, Keys keys, Case victim, Guid blockId, BlockLift? lift, CancellationToken cancellation)
    {
        await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        var approval = await Approvals.RequireAsync(
            work, new ApprovalAsk(ApprovalKind.BlockLift, "block", blockId, victim.Id, victim.LeadAgencyId, Urgency.Medium, Words: lift?.Why, Id: lift?.Id), keys, cancellation);
        // Whose colleague is kept away does not decide about him: where all who supervise her case are such, the office is left.
        await Oversight.OpenAsync(work, victim.Id, approval, cancellation);
        await Notifications.TellProtectionAsync(work, new Notice(JournalActions.ApprovalAsked, approval, "approval", approval, victim.Id), cancellation);
    }

    /// <summary>What follows when a second person approved. The caller holds the turn of every case of hers.</summary>
    /// <param name="turn">Of the case in which it was set.</param>
    public static async Task<Refusal?> LiftAsync(Work work, Guid blockId, Guid victimId, long turn, CancellationToken cancellation)
    {
        await BlockStore.LiftAsync(work, blockId, work.Now + Watched, cancellation);
        await AppendAsync(work, JournalActions.BlockLifted, victimId, blockId, turn, [], cancellation);
        return null;
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
