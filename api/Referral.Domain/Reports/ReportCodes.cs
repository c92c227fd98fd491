namespace NationalReferral;

/// <summary>What a report is (taxonomy <c>report_kind</c>).</summary>
public enum ReportKind
{
    Intake,

    /// <summary>About a worker or an agency. It goes round them.</summary>
    Complaint,
    Feedback,

    /// <summary>A grown person refused: counted, and nobody's data.</summary>
    Unnamed,
}

/// <summary>What became of a report (taxonomy <c>report_outcome</c>); none while nobody has decided.</summary>
public enum ReportOutcome
{
    CaseOpened,
    LinkedToCase,
    InformationGiven,
    PassedOn,
    NotSubstantiated,
    Duplicate,
    CannotBeTraced,
    WrongNumber,
    Junk,

    /// <summary>Nobody's data is kept. Only of <see cref="ReportKind.Unnamed"/>.</summary>
    CountedOnly,
}
