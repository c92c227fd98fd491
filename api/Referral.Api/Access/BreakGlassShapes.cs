using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Emergency access to a case of which somebody knows the code: why, and what is needed of it.</summary>
/// <param name="CaseCode">As people say it, with its check character.</param>
/// <param name="Note">What happens, in words: whoever looks at it afterwards reads them.</param>
/// <param name="Groups">Documents beside the minimum; none where the minimum is enough. Never items.</param>
public sealed record BreakGlassDraft(
    [property: Text(40)] string CaseCode,
    [property: CodeOf("break_glass_reason")] string Reason,
    [property: Text(1000)] string Note,
    [property: CodeOf("data_group", Only = ["identity", "contact", "demographics", "health"]), Most(4)] IReadOnlyList<string> Groups,
    Guid? Id = null);

/// <summary>What is answered afterwards.</summary>
/// <param name="Line">To whoever opened it. Needed for all but justified.</param>
public sealed record BreakGlassVerdict(
    [property: CodeOf("break_glass_answer")] string Answer,
    [property: Text(1000)] string? Line = null);

/// <summary>What was read during an emergency access, from the journal.</summary>
/// <param name="Action">Of the journal, e.g. <c>record.read</c>.</param>
/// <param name="Times">How often.</param>
public sealed record BreakGlassReading(
    string Action, [property: CodeOf("data_group")] IReadOnlyList<string> Groups, int Times, DateTimeOffset FirstAt, DateTimeOffset LastAt);

/// <summary>An emergency access: who opened what, why, until when, and what was answered.</summary>
/// <param name="VictimId">Null, as all that is told of her, for whoever only hears of a finding about an own worker.</param>
/// <param name="OpenedBy">Null when the worker is not known any more.</param>
/// <param name="Agency">Where whoever opened it works.</param>
/// <param name="LeadAgency">Whose supervisors answer, and those above them; the national protection office may as well.</param>
/// <param name="UntilAt">When it ends, or ended.</param>
/// <param name="DueAt">By when it is answered whether it was right.</param>
/// <param name="Escalated">Nobody answered in time.</param>
/// <param name="Note">The words of whoever opened it. Only where it is read by itself.</param>
/// <param name="Line">The words of whoever looked at it. Only where it is read by itself.</param>
/// <param name="Readings">What was read. Only where it is read by itself.</param>
/// <param name="Own">The caller opened it; another answers.</param>
/// <param name="MayEnd">The caller can end it now.</param>
/// <param name="AllowedAnswers">What the caller can answer now.</param>
public sealed record BreakGlassView(
    Guid Id,
    Guid? VictimId,
    string? CaseCode,
    [property: CodeOf("age_band")] string? AgeBand,
    [property: CodeOf("sex")] string? Sex,
    string? District,
    WorkerRef? OpenedBy,
    Ref Agency,
    Ref LeadAgency,
    [property: CodeOf("break_glass_reason")] string Reason,
    [property: CodeOf("data_group")] IReadOnlyList<string> Groups,
    DateTimeOffset OpenedAt,
    DateTimeOffset UntilAt,
    DateTimeOffset DueAt,
    bool Escalated,
    [property: CodeOf("break_glass_answer")] string? Answer,
    WorkerRef? ReviewedBy,
    DateTimeOffset? ReviewedAt,
    string? Note,
    string? Line,
    [property: Most(100)] IReadOnlyList<BreakGlassReading> Readings,
    bool Own,
    bool MayEnd,
    [property: CodeOf("break_glass_answer")] IReadOnlyList<string> AllowedAnswers);

/// <summary>Why it was opened, or what was answered: sealed with her key.</summary>
internal sealed record BreakGlassWords(string Text) : ISealed
{
    public static int Schema => 1;
}
