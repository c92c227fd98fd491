namespace NationalReferral;

/// <summary>
/// One rule about age: for one purpose, in one jurisdiction, from a day until a day. A rule is never edited: it ends, and
/// another begins, so that a past answer stays what it was.
/// </summary>
/// <param name="Jurisdiction">ISO 3166-2 of a province or territory; <c>PK</c> the federation; <c>INT</c> treaties.</param>
/// <param name="Purpose">Taxonomy <c>law_purpose</c>.</param>
/// <param name="Limit">In completed years: who has not completed them is under the rule.</param>
/// <param name="Sex"><c>male</c> or <c>female</c>; null for both.</param>
/// <param name="From">The first day, or the first day of the month or year that is known.</param>
/// <param name="To">The first day on which it no longer holds; null while it does.</param>
/// <param name="VerifyBy">After this day it is unverified, until a release says otherwise.</param>
/// <param name="Note">What is doubtful or particular about it, in English, from the source.</param>
public sealed record AgeRule(
    string Id,
    string Jurisdiction,
    string Purpose,
    int Limit,
    string? Sex,
    string InstrumentId,
    DateOnly From,
    DateOnly? To,
    DatePrecision Precision,
    LawRuleKind Kind,
    DateOnly? VerifyBy,
    string? Note,
    LawConfidence Confidence)
{
    /// <summary>The last day on which it may have begun.</summary>
    public DateOnly FromAtLatest => Precision switch
    {
        DatePrecision.Year => new(From.Year, 12, 31),
        DatePrecision.Month => new(From.Year, From.Month, DateTime.DaysInMonth(From.Year, From.Month)),
        _ => From,
    };

    /// <summary>As the source has it; <see cref="MayHoldOn"/> where the day of its beginning is not known.</summary>
    public bool HoldsOn(DateOnly day) => day >= From && (To is not { } to || day < to);

    /// <summary>It holds, but it may not have begun yet.</summary>
    public bool MayHoldOn(DateOnly day) => HoldsOn(day) && day < FromAtLatest;

    /// <param name="sex">Null while nobody knows: then a rule for one sex concerns her as well.</param>
    public bool Concerns(string? sex) => Sex is null || sex is not ("male" or "female") || Sex == sex;
}
