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

    /// <summary>A case is open again: what was allowed and ends by itself is asked for again in time.</summary>
    public static async Task ReopenedAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation)
    {
        foreach (var stopped in (await ClockStore.StoppedOfBasesAsync(work, victimId, cancellation)).DistinctBy(clock => clock.SubjectId))
        {
            await Clocks.BasisEndsAsync(work, stopped.SubjectId, victimId, agencyId, stopped.DueAt, stopped.Kind == ClockKind.RenewBasis, cancellation);
        }
    }
}
