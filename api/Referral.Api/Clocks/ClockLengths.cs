using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of lengths of clocks: what has been set for one category goes before what has been set for all, and the nearer agency before the country.</summary>
internal static class ClockLengths
{
    /// <summary>How long a clock runs that begins now. It keeps this, whatever is set later.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="kind">One with a length (<see cref="ClockRules.HasLength"/>).</param>
    /// <param name="urgency">Of its subject.</param>
    /// <param name="subjectId">What it is about; of a referral the category counts.</param>
    /// <param name="agencyId">Who must act.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ClockLength> OfAsync(Work work, ClockKind kind, Urgency urgency, Guid subjectId, Guid agencyId, CancellationToken cancellation)
    {
        var set = await ClockLengthStore.ApplyingAsync(work, kind, subjectId, agencyId, cancellation);
        return (set.OrderByDescending(one => one.Category.Length > 0).ThenByDescending(one => one.Depth).FirstOrDefault()?.Rule ?? ClockRules.Of(kind)).For(urgency);
    }
}
