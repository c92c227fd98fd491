namespace NationalReferral;

/// <summary>A visit that is due some months after a service ended (set follow_up_kind).</summary>
public readonly record struct FollowUpVisit(string Kind, int Months);

/// <summary>
/// When somebody looks in again. The visits are counted from the end of the service after which she lives somewhere else:
/// that is when she is alone again. Not from the closing of the case, which comes after them: "goals met" says that they were made.
/// </summary>
public static class FollowUps
{
    public static readonly IReadOnlyList<FollowUpVisit> All = [new("three_month", 3), new("six_month", 6), new("twelve_month", 12)];

    private static readonly HashSet<string> Ending =
        ["safe_shelter", "family_based_care", "family_tracing_reunification", "repatriation_return"];

    /// <param name="category">Of the service that was completed (set service_category).</param>
    public static bool BeginAfter(string category) => Ending.Contains(category);

    /// <summary>At the end of that day in Karachi.</summary>
    public static DateTimeOffset DueAt(FollowUpVisit visit, DateTimeOffset ended) =>
        Karachi.EndOf(Karachi.DateOf(ended).AddMonths(visit.Months));
}
