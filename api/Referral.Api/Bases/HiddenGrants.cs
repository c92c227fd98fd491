using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// What stands under no basis and yet must not stand towards somebody whom she does not want to know: what an agency keeps after it
/// led the case, or sent for her, and what somebody there opened in an emergency. Referrals and orders follow from bases, and shut with them.
/// </summary>
internal static class HiddenGrants
{
    private const string ListSql = """
        SELECT g.id, g.agency_id
          FROM grants g
          JOIN victims v ON v.id = g.victim_id
         WHERE g.victim_id = @victimId
           AND g.source IN ('residual', 'sender', 'break_glass')
           AND g.agency_id <> v.lead_agency_id
           AND (g.to_at IS NULL OR g.to_at > @now)
         ORDER BY g.id
        """;

    /// <summary>The caller holds the victim's turn. Whoever leads the case knows her: nothing is hidden from the lead.</summary>
    /// <param name="bases">Those that are live now.</param>
    public static async Task EndAsync(Work work, Guid victimId, IReadOnlyCollection<Basis> bases, CancellationToken cancellation)
    {
        if (bases.All(basis => basis.HiddenAgencies.Count + basis.HiddenKinds.Count == 0))
        {
            return;
        }
        var held = await work.ListAsync<Row>(ListSql, new { victimId }, cancellation);
        var agencies = await BasisRows.RecipientsAsync(work, [.. held.Select(one => one.AgencyId).Distinct()], cancellation);
        await Grants.EndAsync(work, [.. held.Where(one => bases.Any(basis => basis.HidesFrom(agencies[one.AgencyId]))).Select(one => one.Id)], cancellation);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid AgencyId { get; init; }
    }
}
