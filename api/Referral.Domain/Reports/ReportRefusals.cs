namespace NationalReferral;

/// <summary>Why a report is not taken, or not changed.</summary>
public static class ReportRefusals
{
    /// <summary>Nobody writes down what is told about himself.</summary>
    public static readonly RefusalKind AboutYourself = new("about_yourself", 422);

    /// <summary>Whoever could handle it belongs to what it is about.</summary>
    public static readonly RefusalKind NobodyIndependent = new("nobody_independent", 422);

    /// <summary>A complaint or feedback tells of an agency, not of somebody who needs help.</summary>
    public static readonly RefusalKind OnlyIntakes = new("only_intakes", 422);

    /// <summary>It led to a case; what comes next belongs there.</summary>
    public static readonly RefusalKind ReportSettled = new("report_settled", 409);

    /// <summary>It counts somebody and holds nobody's data: no word may be added to it.</summary>
    public static readonly RefusalKind CountedOnly = new("counted_only", 409);
}
