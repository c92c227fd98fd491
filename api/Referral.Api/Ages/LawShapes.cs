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
/// <param name="Limit">Completed years: who has not completed them is under the rule.</param>
/// <param name="Law">The short name of its instrument.</param>
/// <param name="From">The first day; of a month or year where no more is known.</param>
/// <param name="To">The first day on which it no longer holds.</param>
/// <param name="VerifyBy">After this day it is unverified.</param>
/// <param name="Note">What is doubtful or particular about it, in English.</param>
public sealed record AgeRuleView(
    string Id,
    string Jurisdiction,
    [property: CodeOf("law_purpose")] string Purpose,
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
public sealed record LawReleaseRow(
    int Number,
    [property: CodeOf("law_release_state")] string State,
    string Note,
    DateTimeOffset ProposedAt,
    DateTimeOffset? ApprovedAt);

/// <summary>A release with all that it holds.</summary>
public sealed record LawReleaseView(int Number, IReadOnlyList<LawInstrumentView> Instruments, IReadOnlyList<AgeRuleView> Rules);

/// <summary>One rule that two releases do not say alike.</summary>
/// <param name="Before">Null: new.</param>
/// <param name="After">Null: no longer there.</param>
/// <param name="Members">Names of the members that differ; none for a new rule.</param>
/// <param name="RewritesPast">A day that is over would get another answer.</param>
public sealed record LawChange(AgeRuleView? Before, AgeRuleView? After, IReadOnlyList<string> Members, bool RewritesPast);
