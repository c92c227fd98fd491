namespace NationalReferral.Platform;

/// <summary>One row for each agency that a login may act in now; a client and a worker without membership have one.</summary>
internal record PrincipalRow
{
    public required Guid LoginId { get; init; }

    public required string Scopes { get; init; }

    /// <summary>Milliseconds since 1970: what was signed in before no longer counts. Of the login and of the worker, each.</summary>
    public required long LoginEpoch { get; init; }

    public long? WorkerEpoch { get; init; }

    public Guid? WorkerId { get; init; }

    public Guid? ClientAgencyId { get; init; }

    public Guid? UnitId { get; init; }

    public string? Roles { get; init; }

    public string? AgencyStatus { get; init; }

    public bool CanAct => UnitId is not null && AgencyStatus == "active";

    public bool CountsSince(DateTimeOffset at) => at.ToUnixTimeMilliseconds() >= Math.Max(LoginEpoch, WorkerEpoch ?? 0);
}

/// <summary>Who stands behind a token or a session, as the database knows it at this moment (design: identity and sessions).</summary>
internal static class Principals
{
    internal const string Columns = """
        l.id AS login_id, l.scopes, l.epoch AS login_epoch, w.epoch AS worker_epoch, l.worker_id, l.agency_id AS client_agency_id,
               a.id AS unit_id, m.roles, a.status AS agency_status
        """;

    /// <summary>A login or worker that is not active has no row: nobody is signed in.</summary>
    internal const string Joins = """
          LEFT JOIN workers w ON w.id = l.worker_id
          LEFT JOIN memberships m ON m.worker_id = l.worker_id AND m.from_at <= @now AND (m.to_at IS NULL OR m.to_at > @now)
          LEFT JOIN agencies a ON a.id = coalesce(l.agency_id, m.agency_id)
        """;

    internal const string Active = "l.status = 'active' AND (l.worker_id IS NULL OR w.status = 'active')";

    private const string FindSql = $"""
        SELECT {Columns}
          FROM logins l
        {Joins}
         WHERE l.issuer = @issuer
           AND l.subject = @subject
           AND {Active}
        """;

    public static Task<IReadOnlyList<PrincipalRow>> FindAsync(Work work, string issuer, string subject, CancellationToken cancellation) =>
        work.ListAsync<PrincipalRow>(FindSql, new { issuer, subject }, cancellation);

    private const string EndLoginSql = """
        UPDATE logins
           SET epoch = @epoch, version = version + 1
         WHERE id = @id
        """;

    /// <summary>Tokens and sessions that began before now no longer count, on every instance from its next request on.</summary>
    public static Task<int> EndLoginAsync(Work work, Guid loginId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndLoginSql, new { id = loginId, epoch = work.Now.ToUnixTimeMilliseconds() }, cancellation);

    private const string EndSubjectSql = """
        UPDATE logins
           SET epoch = @epoch, version = version + 1
         WHERE issuer = @issuer
           AND subject = @subject
        """;

    /// <inheritdoc cref="EndLoginAsync"/>
    public static Task<int> EndSubjectAsync(Work work, string issuer, string subject, CancellationToken cancellation) =>
        work.ExecuteAsync(EndSubjectSql, new { issuer, subject, epoch = work.Now.ToUnixTimeMilliseconds() }, cancellation);
}
