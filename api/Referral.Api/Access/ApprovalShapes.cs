using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What the second person says.</summary>
/// <param name="Line">To whoever asked: what is missing, or why not. Needed for all but approve.</param>
public sealed record ApprovalVerdict(
    [property: CodeOf("approval_decision")] string Decision,
    [property: Text(1000)] string? Line = null);

/// <summary>Something that waits for a second person, or was decided by one.</summary>
/// <param name="SubjectKind">What it is about: <c>victim</c>, <c>referral</c>, <c>basis</c> or <c>block</c>.</param>
/// <param name="Agency">Whose supervisors decide, and those above them.</param>
/// <param name="Reason">Of a closure: why.</param>
/// <param name="Criteria">Of a closure: what is true.</param>
/// <param name="AskedBy">Null when the worker is not known any more.</param>
/// <param name="Question">The words of whoever asked. Only where it is read by itself.</param>
/// <param name="Line">The words of whoever decided. Only where it is read by itself.</param>
/// <param name="Escalated">Nobody decided in time: the national protection office may decide as well.</param>
/// <param name="Own">The caller proposed it; another decides.</param>
/// <param name="MayWithdraw">The caller proposed it, and nobody has decided: it can be taken back.</param>
/// <param name="AllowedDecisions">What the caller may say now.</param>
/// <param name="GroupId">Of a referral that was sent with others: there it can be decided about all of them at once.</param>
/// <param name="Basis">What would be allowed, to whom, until when. Only where it is read by itself, and is about that.</param>
/// <param name="Block">Who would be kept away no more. Only where it is read by itself, and is about that.</param>
public sealed record ApprovalView(
    Guid Id,
    [property: CodeOf("approval_kind")] string Kind,
    [property: CodeOf("approval_state")] string State,
    string SubjectKind,
    Guid SubjectId,
    Guid VictimId,
    string CaseCode,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    Ref Agency,
    [property: CodeOf("urgency")] string Urgency,
    [property: CodeOf("closure_reason")] string? Reason,
    [property: CodeOf("closure_criterion")] IReadOnlyList<string> Criteria,
    WorkerRef? AskedBy,
    DateTimeOffset AskedAt,
    DateTimeOffset DueAt,
    bool Escalated,
    WorkerRef? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Question,
    string? Line,
    bool Own,
    bool MayWithdraw,
    IReadOnlyList<string> AllowedDecisions,
    Guid? GroupId,
    BasisView? Basis = null,
    BlockView? Block = null);

/// <summary>Words of whoever asks or decides: sealed with her key.</summary>
internal sealed record ApprovalWords(string Text) : ISealed
{
    public static int Schema => 1;
}
