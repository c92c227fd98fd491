using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verbs of deadlines for what happens to a case as a whole.</summary>
internal static class CaseClocks
{
    /// <summary>A report led to a case: whoever is kept away from her is told no more of the report's deadlines.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="reportId">Which report.</param>
    /// <param name="handlerId">Whose people have been told of it.</param>
    /// <param name="victimId">Whose case.</param>
    /// <param name="cancellation">Undoes it with the rest.</param>
    public static async Task LedAsync(Work work, Guid reportId, Guid handlerId, Guid victimId, CancellationToken cancellation)
    {
        await ClockStore.LeadAsync(work, reportId, victimId, cancellation);
        await Notifications.LeadAsync(work, reportId, handlerId, victimId, cancellation);
    }

    /// <summary>
    /// A case is open again: what was allowed and ends by itself is asked for again in time, and visits that are left are made on
    /// their days. Of those that were due meanwhile only the last is made up for.
    /// </summary>
    public static async Task ReopenedAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation)
    {
        foreach (var stopped in (await ClockStore.StoppedOfBasesAsync(work, victimId, cancellation)).DistinctBy(clock => clock.SubjectId))
        {
            await Clocks.BasisEndsAsync(work, stopped.SubjectId, victimId, agencyId, stopped.DueAt, stopped.Kind == ClockKind.RenewBasis, cancellation);
        }
        var left = await ClockStore.LeftVisitsAsync(work, victimId, cancellation);
        foreach (var visit in left.Skip(left.Count(one => one.DueAt <= work.Now) - 1))
        {
            await Clocks.VisitDueAsync(
                work, victimId, agencyId, visit.Topic, Karachi.EndOf(CatchingUp.DayFor(Karachi.DateOf(visit.DueAt), Karachi.DateOf(work.Now))), cancellation);
        }
    }
}
