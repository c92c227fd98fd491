using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who is a child for one purpose in one province on one day.</summary>
/// <param name="Limit">A child until so many years are completed; null where no rule is known.</param>
/// <param name="Sex">Of a rule for one sex alone.</param>
/// <param name="Status">How far it can be relied on.</param>
/// <param name="Benchmark">What a treaty says of the same purpose.</param>
public sealed record LawRow(
    [property: CodeOf("law_purpose")] string Purpose,
    string Province,
    int? Limit,
    [property: CodeOf("sex", Only = ["female", "male"])] string? Sex,
    [property: CodeOf("law_answer_status")] string Status,
    AgeRuleView? Rule,
    int? Benchmark);

/// <summary>One rule about age, as its release holds it.</summary>
/// <param name="Jurisdiction">ISO 3166-2 of a province or territory, <c>PK</c> the federation, <c>INT</c> treaties.</param>
/// <param name="Purpose">Of a treaty also <c>child</c>: who is one at all.</param>
/// <param name="Limit">Completed years: who has not completed them is under the rule.</param>
/// <param name="Law">The short name of its instrument.</param>
/// <param name="From">The first day; of a month or year where no more is known.</param>
/// <param name="To">The first day on which it no longer holds.</param>
/// <param name="VerifyBy">After this day it is unverified.</param>
/// <param name="Note">What is doubtful or particular about it, in English.</param>
public sealed record AgeRuleView(
    string Id,
    string Jurisdiction,
    [property: CodeOf("law_purpose", Also = ["child"])] string Purpose,
    int Limit,
    [property: CodeOf("sex", Only = ["female", "male"])] string? Sex,
    string InstrumentId,
    string Law,
    DateOnly From,
    DateOnly? To,
    [property: CodeOf("date_precision")] string Precision,
    [property: CodeOf("law_rule_kind")] string Kind,
    DateOnly? VerifyBy,
    string? Note,
    [property: CodeOf("confidence")] string Confidence);

/// <summary>An act, ordinance or treaty, as its release holds it.</summary>
/// <param name="InForceFrom">As far as it is known: a year, a month or a day.</param>
/// <param name="InForceTo">The same.</param>
/// <param name="Source">Where the row comes from.</param>
public sealed record LawInstrumentView(
    string Id,
    string ShortName,
    string FullTitle,
    string Jurisdiction,
    string Subject,
    string? InForceFrom,
    string? InForceTo,
    [property: CodeOf("law_status")] string Status,
    string Source,
    [property: CodeOf("confidence")] string Confidence,
    string? Note);

/// <summary>A numbered release of law data.</summary>
/// <param name="Note">What is new in it, in English.</param>
/// <param name="Line">Why a second person refused it.</param>
public sealed record LawReleaseRow(
    int Number,
    [property: CodeOf("law_release_state")] string State,
    string Note,
    DateTimeOffset ProposedAt,
    DateTimeOffset? ApprovedAt,
    string? Line = null);

/// <summary>A release with all that it holds.</summary>
public sealed record LawReleaseView(int Number, IReadOnlyList<LawInstrumentView> Instruments, IReadOnlyList<AgeRuleView> Rules);

/// <summary>One rule that two releases do not say alike.</summary>
/// <param name="Before">Null: new.</param>
/// <param name="After">Null: no longer there.</param>
/// <param name="Members">Names of the members that differ; none for a new rule.</param>
/// <param name="RewritesPast">A day that is over would get another answer.</param>
public sealed record LawChange(AgeRuleView? Before, AgeRuleView? After, IReadOnlyList<string> Members, bool RewritesPast);

/// <summary>A release of law data that one proposes: what changes in the newest, and what is new.</summary>
/// <param name="Note">What is new in it, in English, for everybody to read.</param>
public sealed record LawReleaseDraft(
    [property: Text(1000)] string Note,
    [property: Most(500)] IReadOnlyList<LawInstrumentDraft> Instruments,
    [property: Most(1000)] IReadOnlyList<AgeRuleDraft> Rules);

/// <inheritdoc cref="LawInstrumentView"/>
public sealed record LawInstrumentDraft(
    [property: Text(60)] string Id,
    [property: Text(120)] string ShortName,
    [property: Text(400)] string FullTitle,
    [property: Text(10)] string Jurisdiction,
    [property: Text(60)] string Subject,
    [property: Text(10)] string? InForceFrom,
    [property: Text(10)] string? InForceTo,
    [property: CodeOf("law_status")] string Status,
    [property: Text(400)] string Source,
    [property: CodeOf("confidence")] string Confidence,
    [property: Text(1000)] string? Note)
{
    internal LawInstrument ToInstrument() => new(
        Id, ShortName, FullTitle, Jurisdiction, Subject, InForceFrom, InForceTo, Codes.Parse<LawStatus>(Status), Source, Codes.Parse<LawConfidence>(Confidence), Note);
}

/// <inheritdoc cref="AgeRuleView"/>
public sealed record AgeRuleDraft(
    [property: Text(80)] string Id,
    [property: Text(10)] string Jurisdiction,
    [property: CodeOf("law_purpose", Also = ["child"])] string Purpose,
    [property: Within(0, 120)] int Limit,
    [property: CodeOf("sex", Only = ["female", "male"])] string? Sex,
    [property: Text(60)] string InstrumentId,
    DateOnly From,
    DateOnly? To,
    [property: CodeOf("date_precision")] string Precision,
    [property: CodeOf("law_rule_kind")] string Kind,
    DateOnly? VerifyBy,
    [property: Text(1000)] string? Note,
    [property: CodeOf("confidence")] string Confidence)
{
    internal AgeRule ToRule() => new(
        Id, Jurisdiction, Purpose, Limit, Sex, InstrumentId, From, To, Codes.Parse<DatePrecision>(Precision), Codes.Parse<LawRuleKind>(Kind), VerifyBy, Note,
        Codes.Parse<LawConfidence>(Confidence));
}

/// <summary>What the second person says of a release.</summary>
/// <param name="Line">Why not, for everybody to read. Needed to refuse.</param>
public sealed record LawVerdict(
    [property: CodeOf("approval_decision", Only = ["approve", "refuse"])] string Decision,
    [property: Text(1000)] string? Line = null);

/// <summary>A release as those see it who keep the law data.</summary>
/// <param name="ProposedBy">Null: the product brought it.</param>
/// <param name="Line">What the second person said.</param>
/// <param name="MayWithdraw">The caller proposed it, and nobody has decided.</param>
/// <param name="AllowedDecisions">What the caller may say now.</param>
public sealed record LawProposalView(
    int Number,
    [property: CodeOf("law_release_state")] string State,
    string Note,
    WorkerRef? ProposedBy,
    DateTimeOffset ProposedAt,
    WorkerRef? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Line,
    bool MayWithdraw,
    IReadOnlyList<string> AllowedDecisions);
