using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verbs of reports, and the deadlines that they have: to be sorted, and to call back.</summary>
internal static class Reports
{
    /// <summary>Until somebody has looked, a call is taken to be urgent.</summary>
    private const Urgency Unsorted = Urgency.High;

    public static Urgency UrgencyOf(string? urgency) => urgency is null ? Unsorted : Codes.Parse<Urgency>(urgency);

    /// <summary>The clock runs from the call, however late it was written down, and ends with an outcome.</summary>
    public static Task<DateTimeOffset?> KeepTimeAsync(Work work, Guid id, Guid handlerId, DateTimeOffset reportedAt, string? urgency, bool isSorted, CancellationToken cancellation) =>
        Clocks.ApplyAsync(
            work,
            new ClockSubject("report", id, null, UrgencyOf(urgency)),
            [new ClockEffect(isSorted ? ClockVerb.Meet : ClockVerb.Begin, ClockKind.Triage)],
            _ => new ClockPlan(handlerId, Since: reportedAt),
            cancellation);

    /// <summary>Those who handle it, and in the end the supervisors above them; never whom it is about.</summary>
    public static async Task TellAsync(Work work, Clock clock, ClockStage stage, Notice notice, CancellationToken cancellation) =>
        await Notifications.TellHandlersAsync(
            work, clock.AgencyId, await ReportStore.FindAboutAsync(work, clock.SubjectId, cancellation), stage > ClockStage.Reminded, notice, cancellation);
}
