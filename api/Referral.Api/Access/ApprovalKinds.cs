using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a yes brings, for each kind: the one place.</summary>
internal static class ApprovalKinds
{
    /// <summary>The caller holds the victim's turn, and the approval is written.</summary>
    /// <returns>Why it cannot be done now; then nothing is kept, the yes neither.</returns>
    public static Task<Refusal?> FollowAsync(Work work, StoredApproval approval, long turn, Keys keys, CancellationToken cancellation) => approval.Kind switch
    {
        // The row is the effect: whoever lets her arrive looks for it.
        ApprovalKind.SetBroken => Nothing,
        ApprovalKind.Closure => Closures.CloseAsync(work, approval.VictimId, approval.AgencyId, approval.Reason!, turn, cancellation),
        ApprovalKind.BestInterestsDecision or ApprovalKind.CourtOrder => Beginnings.BeginAsync(work, keys, approval.SubjectId, turn, cancellation),
        ApprovalKind.BlockLift => Blocks.LiftAsync(work, approval.SubjectId, approval.VictimId, turn, cancellation),
        _ => throw new InvalidOperationException($"Nothing is known to follow from {approval.Kind.Code()}."),
    };

    /// <summary>Takes the turn of the case in which it was asked, and of all others that a yes of this kind reaches.</summary>
    /// <exception cref="ChangedMeanwhileException">Somebody took a turn of it since it was read.</exception>
    public static Task<long> TakeTurnAsync(Work work, StoredApproval approval, CancellationToken cancellation) => approval.Kind == ApprovalKind.BlockLift
        ? BlockStore.TakeTurnsAsync(work, approval.VictimId, approval.AccessVersion, cancellation)
        : Turns.TakeAsync(work, approval.VictimId, approval.AccessVersion, cancellation);

    /// <summary>What becomes of what was asked when nobody says yes any more. The caller holds the victim's turn.</summary>
    public static Task DropAsync(Work work, ApprovalKind kind, Guid subjectId, ApprovalState state, CancellationToken cancellation) =>
        kind is ApprovalKind.BestInterestsDecision or ApprovalKind.CourtOrder ? Beginnings.DropAsync(work, subjectId, state, cancellation) : Task.CompletedTask;

    /// <summary>Who else hears of a decision, whichever it is.</summary>
    /// <param name="row">Its journal row.</param>
    public static Task TellAsync(Work work, StoredApproval approval, Guid row, CancellationToken cancellation) =>
        approval.Kind == ApprovalKind.SetBroken ? Sets.TellAsync(work, approval.SubjectId, row, cancellation) : Task.CompletedTask;

    private static readonly Task<Refusal?> Nothing = Task.FromResult<Refusal?>(null);
}
