using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// What a missed deadline or a complaint brings before the national protection office: the minimum, to its units, until it
/// is settled (design: access, 2).
/// </summary>
internal static class Oversight
{
    private const string Source = "oversight";

    private const string OfficesSql = """
        SELECT DISTINCT m.agency_id
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE w.status = 'active'
           AND m.from_at <= @now
           AND (m.to_at IS NULL OR m.to_at > @now)
           AND m.roles LIKE '%protection_officer%'
           AND NOT EXISTS (SELECT 1 FROM grants g
                            WHERE g.source_id = @subjectId AND g.source = 'oversight' AND g.agency_id = m.agency_id
                              AND (g.to_at IS NULL OR g.to_at > @now))
        """;

    /// <summary>The caller holds the victim's turn. What is already before an office stays as it is.</summary>
    /// <param name="toAt">Where nothing settles it; null: until <see cref="EndAsync"/>.</param>
    public static async Task OpenAsync(Work work, Guid victimId, Guid subjectId, CancellationToken cancellation, DateTimeOffset? toAt = null)
    {
        foreach (var office in await work.ListAsync<Guid>(OfficesSql, new { subjectId }, cancellation))
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = office,
                Audience = "unit",
                GroupCode = Piece.Minimum,
                Source = Source,
                SourceId = subjectId,
                ToAt = toAt,
            }, cancellation);
        }
    }

    /// <param name="toAt">Where it was settled and is looked at for a while; null: it ends now.</param>
    public static Task<int> EndAsync(Work work, Guid subjectId, CancellationToken cancellation, DateTimeOffset? toAt = null) =>
        Grants.EndAsync(work, Source, subjectId, toAt ?? work.Now, cancellation);
}
