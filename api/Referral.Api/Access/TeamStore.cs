using NationalReferral.Platform;

namespace NationalReferral;

internal sealed record TeamRow
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public string? WorkerName { get; init; }
    public string? ClientName { get; init; }
    public required DateTimeOffset FromAt { get; init; }
}

internal sealed record AssignableRow
{
    public required Guid Id { get; init; }
    public required string DisplayName { get; init; }
    public required Guid AgencyId { get; init; }
    public DateTimeOffset? UnavailableUntil { get; init; }
    public required bool Blocked { get; init; }

    public bool CanBeAssigned(DateTimeOffset now) => !Blocked && !(UnavailableUntil > now);
}

/// <summary>Who works on a case, and who could.</summary>
internal static class TeamStore
{
    private const string ListSql = """
        SELECT g.principal_id AS id, g.agency_id, g.from_at, w.display_name AS worker_name, l.name AS client_name
          FROM grants g
          LEFT JOIN workers w ON w.id = g.principal_id
          LEFT JOIN logins l ON l.id = g.principal_id
         WHERE g.victim_id = @victimId
           AND g.source = 'team'
           AND g.from_at <= @now
           AND (g.to_at IS NULL OR g.to_at > @now)
         ORDER BY g.from_at, g.id
        """;

    public static Task<IReadOnlyList<TeamRow>> ListAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<TeamRow>(ListSql, new { victimId }, cancellation);

    private const string AssignableSql = """
        SELECT w.id, w.display_name, m.agency_id, w.unavailable_until,
               CASE WHEN EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id
                                  WHERE p.person_id = v.person_id AND b.lifted_at IS NULL
                                    AND (b.id IN (SELECT bw.block_id FROM block_workers bw WHERE bw.worker_id = w.id)
                                      OR b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = m.agency_id))) THEN 1 ELSE 0 END AS blocked
          FROM victims v
          JOIN memberships m ON m.to_at IS NULL
               AND (m.agency_id = v.lead_agency_id
                 OR (@supervises = 1 AND m.agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit)))
          JOIN workers w ON w.id = m.worker_id
         WHERE v.id = @victimId
           AND w.status = 'active'
           AND (@workerId IS NULL OR w.id = @workerId)
           AND (concat(' ', m.roles, ' ') LIKE '% caseworker %' OR concat(' ', m.roles, ' ') LIKE '% supervisor %' OR concat(' ', m.roles, ' ') LIKE '% intake_operator %')
         ORDER BY w.display_name, w.id
        """;

    /// <summary>Members of the unit that leads the case; for a supervisor of every unit below his own.</summary>
    public static async Task<IReadOnlyList<AssignableRow>> AssignableAsync(Work work, Guid victimId, Guid? workerId, CancellationToken cancellation) =>
        [.. (await work.ListAsync<AssignableRow>(AssignableSql, new { victimId, workerId }, cancellation)).DistinctBy(row => row.Id)];
}
