namespace NationalReferral;

/// <summary>The second person: something that one proposes and another decides. What is asked is never edited, so that what was read is what is decided.</summary>
public sealed record Approval
{
    public required Guid Id { get; init; }

    public required ApprovalKind Kind { get; init; }

    /// <summary>A worker or a client.</summary>
    public required Guid AskedBy { get; init; }

    public ApprovalState State { get; init; } = ApprovalState.Open;

    public Guid? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public long Version { get; init; } = 1;

    /// <param name="by">Who looks at it.</param>
    /// <param name="decides">Supervises the agency that was asked, or oversees what was late.</param>
    public IReadOnlyList<ApprovalDecision> AllowedDecisions(Guid by, bool decides) =>
        State == ApprovalState.Open && decides && by != AskedBy ? Enum.GetValues<ApprovalDecision>() : [];

    /// <summary>The approval after <paramref name="decision"/>, or why <paramref name="by"/> may not take it now.</summary>
    /// <param name="hasLine">Something is said to whoever asked: needed for all but yes.</param>
    public Refusal? Attempt(ApprovalDecision decision, Guid by, bool decides, bool hasLine, DateTimeOffset now, out Approval after)
    {
        after = this;
        if (State != ApprovalState.Open)
        {
            return new(ApprovalRefusals.ApprovalEnded, ("state", State.Code()));
        }
        if (!decides)
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", decision.Code()));
        }
        if (by == AskedBy)
        {
            return new(ApprovalRefusals.OwnProposal);
        }
        if (decision != ApprovalDecision.Approve && !hasLine)
        {
            return new(ReferralRefusals.NeedsMissing, ("action", decision.Code())) { Errors = [new FieldError("/line", "required")] };
        }
        after = this with
        {
            State = decision switch
            {
                ApprovalDecision.Approve => ApprovalState.Approved,
                ApprovalDecision.SendBack => ApprovalState.SentBack,
                _ => ApprovalState.Refused,
            },
            DecidedBy = by,
            DecidedAt = now,
            Version = Version + 1,
        };
        return null;
    }

    /// <param name="by">Who looks at it.</param>
    public bool MayTakeBack(Guid by) => State == ApprovalState.Open && by == AskedBy;

    /// <summary>The approval after whoever asked took it back, or why <paramref name="by"/> may not.</summary>
    public Refusal? AttemptTakeBack(Guid by, DateTimeOffset now, out Approval after)
    {
        after = this;
        if (State != ApprovalState.Open)
        {
            return new(ApprovalRefusals.ApprovalEnded, ("state", State.Code()));
        }
        if (by != AskedBy)
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", "withdraw"));
        }
        after = Withdraw(now) with { DecidedBy = by };
        return null;
    }

    /// <summary>It is not needed any more.</summary>
    public Approval Withdraw(DateTimeOffset now) => this with { State = ApprovalState.Withdrawn, DecidedAt = now, Version = Version + 1 };
}
