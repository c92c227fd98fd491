using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The public verb of lengths of clocks: what has been set for one category goes before what has been set for all, and the nearer agency
/// before the country. What applies to one subject is looked up once.
/// </summary>
internal sealed class ClockLengths(Work work)
{
    private readonly Dictionary<(Guid Subject, Guid Agency), IReadOnlyList<SetLength>> _known = [];

    /// <summary>How long a clock runs that begins now. It keeps this, whatever is set later.</summary>
    /// <param name="kind">One with a length (<see cref="ClockRules.HasLength"/>).</param>
    /// <param name="urgency">Of its subject.</param>
    /// <param name="subjectId">What it is about; of a referral the category counts.</param>
    /// <param name="agencyId">Who must act.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ClockLength> OfAsync(ClockKind kind, Urgency urgency, Guid subjectId, Guid agencyId, CancellationToken cancellation)
    {
        if (!_known.TryGetValue((subjectId, agencyId), out var set))
        {
            _known[(subjectId, agencyId)] = set = await ClockLengthStore.ApplyingAsync(work, subjectId, agencyId, cancellation);
        }
        var nearest = set.Where(one => one.Kind == kind).OrderByDescending(one => one.Category.Length > 0).ThenByDescending(one => one.Depth).FirstOrDefault();
        return (nearest?.Rule ?? ClockRules.Of(kind)).For(urgency);
    }
}
