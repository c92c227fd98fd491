using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One row of access to be written (design: access, 1).</summary>
internal sealed record Grant
{
    public required Guid VictimId { get; init; }
    public required Guid AgencyId { get; init; }

    /// <summary><c>principal</c>, <c>unit</c> or <c>supervisors</c> (set grant_audience).</summary>
    public required string Audience { get; init; }

    public Guid? PrincipalId { get; init; }

    /// <summary>A data group, or <c>minimum</c> or <c>all</c>.</summary>
    public required string GroupCode { get; init; }

    public Guid? RecordId { get; init; }

    /// <summary>Set grant_source.</summary>
    public required string Source { get; init; }

    public required Guid SourceId { get; init; }
    public Guid? BasisId { get; init; }
    public DateTimeOffset? ToAt { get; init; }
}

/// <summary>The only writer of grants. Every caller first takes the victim's turn: <see cref="Turns"/>.</summary>
internal static class Grants
{
    private const string OpenSql = """
        INSERT INTO grants (id, victim_id, agency_id, audience, principal_id, group_code, record_id, source, source_id, basis_id, from_at, to_at)
        VALUES (@id, @victimId, @agencyId, @audience, @principalId, @groupCode, @recordId, @source, @sourceId, @basisId, @now, @toAt)
        """;

    public static Task<int> OpenAsync(Work work, Grant grant, CancellationToken cancellation) => work.ExecuteAsync(OpenSql, new
    {
        id = Ids.New(work.Now),
        victimId = grant.VictimId,
        agencyId = grant.AgencyId,
        audience = grant.Audience,
        principalId = grant.PrincipalId,
        groupCode = grant.GroupCode,
        recordId = grant.RecordId,
        source = grant.Source,
        sourceId = grant.SourceId,
        basisId = grant.BasisId,
        toAt = grant.ToAt,
    }, cancellation);

    private const string EndOfSourceSql = """
        UPDATE grants
           SET to_at = @toAt
         WHERE source_id = @sourceId
           AND source = @source
           AND (to_at IS NULL OR to_at > @toAt)
        """;

    /// <summary>Ends what one source brought, now or at a later instant; a grant that ends earlier stays as it is.</summary>
    /// <returns>How many grants end.</returns>
    public static Task<int> EndAsync(Work work, string source, Guid sourceId, DateTimeOffset toAt, CancellationToken cancellation) =>
        work.ExecuteAsync(EndOfSourceSql, new { source, sourceId, toAt }, cancellation);

    private const string EndOfPrincipalSql = """
        UPDATE grants
           SET to_at = @now
         WHERE victim_id = @victimId
           AND source = @source
           AND principal_id = @principalId
           AND (to_at IS NULL OR to_at > @now)
        """;

    /// <summary>Takes one person out of a team.</summary>
    public static Task<int> EndAsync(Work work, Guid victimId, string source, Guid principalId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndOfPrincipalSql, new { victimId, source, principalId }, cancellation);

    private const string EndOfIdsSql = """
        UPDATE grants
           SET to_at = @now
         WHERE id IN (@ids)
           AND (to_at IS NULL OR to_at > @now)
        """;

    /// <summary>Shuts single doors, where a source goes on with the others.</summary>
    public static Task<int> EndAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? Task.FromResult(0) : work.ExecuteAsync(EndOfIdsSql, new { ids }, cancellation);

    private const string EndOfOthersSql = """
        UPDATE grants
           SET to_at = @now
         WHERE victim_id = @victimId
           AND source = @source
           AND agency_id <> @agencyId
           AND (to_at IS NULL OR to_at > @now)
        """;

    /// <summary>Ends what a source gave to all but one agency: as the lead of a case moves.</summary>
    public static Task<int> EndOfOthersAsync(Work work, Guid victimId, string source, Guid agencyId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndOfOthersSql, new { victimId, source, agencyId }, cancellation);

    private const string EndOfAgencySql = """
        UPDATE grants
           SET to_at = @now
         WHERE victim_id = @victimId
           AND source = @source
           AND agency_id = @agencyId
           AND (to_at IS NULL OR to_at > @now)
        """;

    /// <summary>Ends what a source gave to one agency.</summary>
    public static Task<int> EndOfAgencyAsync(Work work, Guid victimId, string source, Guid agencyId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndOfAgencySql, new { victimId, source, agencyId }, cancellation);

    private const string EndOfBasisSql = """
        UPDATE grants
           SET to_at = @now
         WHERE basis_id = @basisId
           AND (to_at IS NULL OR to_at > @now)
        """;

    /// <summary>Shuts every door that a basis opened (design: legal bases).</summary>
    public static Task<int> EndOfBasisAsync(Work work, Guid basisId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndOfBasisSql, new { basisId }, cancellation);
}
