namespace NationalReferral;

/// <summary>Who told it, as far as rules ask.</summary>
/// <param name="AgreesToKeep">An anonymous caller's word that the number may be kept, so that somebody can call back.</param>
public readonly record struct Telling(bool IsAnonymous, bool AgreesToKeep, bool HasName, bool HasPhone);

/// <summary>Whom a report is about, apart from the person who may need help.</summary>
public readonly record struct Concerned(Guid? AgencyId, Guid? WorkerId)
{
    public bool IsNobody => AgencyId is null && WorkerId is null;
}

/// <summary>What may be written down of a call, and what may become of it.</summary>
public static class ReportRules
{
    /// <summary>Most calls end here: nobody to protect, nothing to keep of the caller.</summary>
    public static bool IsEmpty(ReportOutcome? outcome) => outcome is ReportOutcome.Junk or ReportOutcome.WrongNumber;

    /// <summary>Only linking and converting write these: they say which case.</summary>
    public static bool NamesCase(ReportOutcome? outcome) => outcome is ReportOutcome.CaseOpened or ReportOutcome.LinkedToCase;

    /// <summary>Of a new report.</summary>
    /// <param name="teller">Null when nothing of the caller is to be kept.</param>
    public static IEnumerable<FieldError> Check(ReportKind kind, ReportOutcome? outcome, Telling? teller, Concerned about)
    {
        if (NamesCase(outcome) || outcome == ReportOutcome.CountedOnly)
        {
            yield return new("/outcome", "not_taken");
        }
        if (kind == ReportKind.Complaint && about.IsNobody)
        {
            yield return new("/aboutAgencyId", "required");
        }
        if (kind != ReportKind.Complaint && about.AgencyId is not null)
        {
            yield return new("/aboutAgencyId", "not_taken");
        }
        // Of an intake it says whose household is meant.
        if (kind == ReportKind.Feedback && about.WorkerId is not null)
        {
            yield return new("/aboutWorkerId", "not_taken");
        }
        foreach (var error in Check(outcome, teller))
        {
            yield return error;
        }
    }

    private static IEnumerable<FieldError> Check(ReportOutcome? outcome, Telling? teller)
    {
        if (teller is not { } said)
        {
            yield break;
        }
        if (IsEmpty(outcome))
        {
            yield return new("/reporter", "not_taken");
            yield break;
        }
        if (said is { IsAnonymous: true, HasName: true })
        {
            yield return new("/reporter/name", "not_taken");
        }
        if (said is { IsAnonymous: true, HasPhone: true, AgreesToKeep: false })
        {
            yield return new("/reporter/phone", "not_agreed");
        }
    }

    /// <summary>It led to a case, and something else is to be said of it.</summary>
    public static bool IsSettled(ReportOutcome? now, ReportOutcome? then) => NamesCase(now) && now != then;

    /// <returns>Null when sorting may say so.</returns>
    public static FieldError? SortFault(ReportOutcome? now, ReportOutcome? then) => now != then && (NamesCase(then) || then == ReportOutcome.CountedOnly) ? new("/outcome", "not_taken") : null;
}
