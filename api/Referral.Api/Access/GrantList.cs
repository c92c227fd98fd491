using NationalReferral.Platform;

namespace NationalReferral;

internal sealed record ListedGrant
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required string Audience { get; init; }
    public string? WorkerName { get; init; }
    public string? ClientName { get; init; }
    public required string GroupCode { get; init; }
    public Guid? RecordId { get; init; }
    public required string Source { get; init; }
    public required Guid SourceId { get; init; }
    public Guid? BasisId { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? ToAt { get; init; }
}

/// <summary>Grants as a list for people; <see cref="Grants"/> writes them. What the office was shown because of a block would tell that there is one.</summary>
internal static class GrantList
{
    private const string ListSql = """
        SELECT g.id, g.agency_id, g.audience, w.display_name AS worker_name, l.name AS client_name, g.group_code, g.record_id,
               g.source, g.source_id, g.basis_id, g.from_at, g.to_at
          FROM grants g
          LEFT JOIN workers w ON w.id = g.principal_id
          LEFT JOIN logins l ON l.id = g.principal_id
         WHERE g.victim_id = @victimId
           AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.id = g.source_id)
           AND NOT EXISTS (SELECT 1 FROM approvals y WHERE y.id = g.source_id AND y.kind = 'block_lift')
           AND (@afterAt IS NULL OR g.from_at < @afterAt OR (g.from_at = @afterAt AND g.id < @afterId))
         ORDER BY g.from_at DESC, g.id DESC
        """;

    public static Task<IReadOnlyList<ListedGrant>> PageAsync(Work work, Guid victimId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ListedGrant>(ListSql, new { victimId, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);
}
