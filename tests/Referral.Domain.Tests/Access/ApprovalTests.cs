namespace NationalReferral.Tests;

/// <summary>Who may decide what somebody proposed, and how: every state, decision and person.</summary>
public sealed class ApprovalTests
{
    [Test]
    public void Who_proposed_takes_back_while_nobody_decided([Values] ApprovalState state, [Values] bool own)
    {
        var asker = Guid.CreateVersion7();
        var by = own ? asker : Guid.CreateVersion7();
        var now = new DateTimeOffset(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
        var approval = new Approval { Id = Guid.CreateVersion7(), Kind = ApprovalKind.Closure, AskedBy = asker, State = state };

        var refusal = approval.AttemptTakeBack(by, now, out var after);

        Assert.That(refusal?.Kind.Code, Is.EqualTo(state != ApprovalState.Open ? "approval_ended" : own ? null : "other_party_acts"));
        Assert.That(approval.MayTakeBack(by), Is.EqualTo(refusal is null));
        Assert.That(after, refusal is null ? Is.EqualTo(approval with { State = ApprovalState.Withdrawn, DecidedBy = by, DecidedAt = now, Version = 2 }) : Is.SameAs(approval));
    }

    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);
    private static readonly Guid Proposer = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Test]
    public void Another_person_who_may_decides_once_and_says_a_line_unless_it_is_a_yes(
        [Values] ApprovalState state, [Values] ApprovalDecision decision, [Values] bool own, [Values] bool decides, [Values] bool hasLine)
    {
        var by = own ? Proposer : Other;
        var approval = new Approval { Id = Guid.CreateVersion7(), Kind = ApprovalKind.SetBroken, AskedBy = Proposer, State = state };

        var refusal = approval.Attempt(decision, by, decides, hasLine, Now, out var after);

        var expected = state != ApprovalState.Open ? "approval_ended"
            : !decides ? "other_party_acts"
            : own ? "own_proposal"
            : decision != ApprovalDecision.Approve && !hasLine ? "needs_missing"
            : null;
        Assert.That(refusal?.Kind.Code, Is.EqualTo(expected));
        Assert.That(approval.AllowedDecisions(by, decides).Contains(decision), Is.EqualTo(expected is null or "needs_missing"));
        Assert.That(after, expected is null
            ? Is.EqualTo(approval with { State = Ended(decision), DecidedBy = by, DecidedAt = Now, Version = 2 })
            : Is.SameAs(approval));
    }

    private static ApprovalState Ended(ApprovalDecision decision) => decision switch
    {
        ApprovalDecision.Approve => ApprovalState.Approved,
        ApprovalDecision.SendBack => ApprovalState.SentBack,
        _ => ApprovalState.Refused,
    };
}
