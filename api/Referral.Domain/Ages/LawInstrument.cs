namespace NationalReferral;

/// <summary>An act, ordinance, set of rules or treaty.</summary>
/// <param name="Id">Never changes and is never used again.</param>
/// <param name="Jurisdiction">As of <see cref="AgeRule"/>.</param>
/// <param name="From">As the source has it: <c>2018-06</c> where the day is not known; null where nothing is.</param>
/// <param name="To">The same.</param>
/// <param name="Source">Where the row comes from; "own knowledge" when no document was at hand.</param>
public sealed record LawInstrument(
    string Id,
    string ShortName,
    string FullTitle,
    string Jurisdiction,
    string Subject,
    string? From,
    string? To,
    LawStatus Status,
    string Source,
    LawConfidence Confidence,
    string? Note);
