using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A worker as the database holds it.</summary>
internal sealed record WorkerRow
{
    public required Guid Id { get; init; }
    public required string DisplayName { get; init; }
    public required string Status { get; init; }
    public DateTimeOffset? UnavailableUntil { get; init; }
    public required long Version { get; init; }
}

/// <summary>A place that a worker acts in, with the agency's names.</summary>
internal sealed record MembershipRow
{
    public required Guid WorkerId { get; init; }
    public required Guid AgencyId { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required string Roles { get; init; }
}

/// <summary>How far an administrator or supervisor sees among workers.</summary>
/// <param name="IsSystem">Everybody.</param>
/// <param name="IsAdmin">The own unit and every one below; else the own unit only.</param>
internal readonly record struct WorkerReach(bool IsSystem, bool IsAdmin)
{
    public static WorkerReach Of(Caller caller) =>
        new(AgencyRules.IsSystemAdmin(caller), caller.Roles.Contains(Role.AgencyAdmin.Code()));
}

/// <summary>Every SQL text over workers and their memberships.</summary>
internal static class WorkerStore
{
    private const string Live = "m.from_at <= @now AND (m.to_at IS NULL OR m.to_at > @now)";

    private const string Reached = """
        (@isSystem = 1 OR m.agency_id = @unit
                OR (@isAdmin = 1 AND EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = m.agency_id)))
        """;

    private const string Sees = $"""
        (@isSystem = 1 OR EXISTS (SELECT 1 FROM memberships m WHERE m.worker_id = w.id AND {Live} AND {Reached}))
        """;

    private const string Columns = "w.id, w.display_name, w.status, w.unavailable_until, w.version";

    private const string ListSql = $"""
        SELECT {Columns}
          FROM workers w
         WHERE {Sees}
           AND (@afterId IS NULL OR w.id > @afterId)
         ORDER BY w.id
        """;

    public static Task<IReadOnlyList<WorkerRow>> ListAsync(Work work, WorkerReach reach, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<WorkerRow>(ListSql, new { isSystem = reach.IsSystem, isAdmin = reach.IsAdmin, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string OfAgencySql = $"""
        SELECT DISTINCT {Columns}
          FROM agency_tree t
          JOIN memberships m ON m.agency_id = t.descendant_id
          JOIN workers w ON w.id = m.worker_id
         WHERE t.ancestor_id = @agencyId
           AND {Live}
         ORDER BY w.display_name, w.id
        """;

    /// <summary>Whoever works in an agency or below it, by name.</summary>
    public static Task<IReadOnlyList<WorkerRow>> OfAgencyAsync(Work work, Guid agencyId, CancellationToken cancellation) =>
        work.ListAsync<WorkerRow>(OfAgencySql, new { agencyId }, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          FROM workers w
         WHERE w.id = @id
           AND {Sees}
        """;

    /// <returns>Null when there is no such worker within reach.</returns>
    public static Task<WorkerRow?> FindAsync(Work work, Guid id, WorkerReach reach, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<WorkerRow>(FindSql, new { id, isSystem = reach.IsSystem, isAdmin = reach.IsAdmin }, cancellation);

    private const string MembershipsSql = $"""
        SELECT m.worker_id, m.agency_id, a.name_en, a.name_ur, m.roles
          FROM memberships m
          JOIN agencies a ON a.id = m.agency_id
         WHERE m.worker_id IN (@workerIds)
           AND {Live}
           AND {Reached}
         ORDER BY a.name_en, a.id
        """;

    /// <summary>Only places within reach: where else somebody works is not the administrator's to know.</summary>
    public static Task<IReadOnlyList<MembershipRow>> MembershipsAsync(Work work, IEnumerable<Guid> workerIds, WorkerReach reach, CancellationToken cancellation) =>
        work.ListAsync<MembershipRow>(MembershipsSql, new { workerIds, isSystem = reach.IsSystem, isAdmin = reach.IsAdmin }, cancellation);

    private const string OwnMembershipsSql = $"""
        SELECT m.worker_id, m.agency_id, a.name_en, a.name_ur, m.roles
          FROM memberships m
          JOIN agencies a ON a.id = m.agency_id
         WHERE m.worker_id = @worker
           AND {Live}
           AND a.status = 'active'
         ORDER BY a.name_en, a.id
        """;

    /// <summary>Every place in which the caller may act.</summary>
    public static Task<IReadOnlyList<MembershipRow>> OwnMembershipsAsync(Work work, CancellationToken cancellation) =>
        work.ListAsync<MembershipRow>(OwnMembershipsSql, null, cancellation);

    private const string OwnSql = $"""
        SELECT {Columns}
          FROM workers w
         WHERE w.id = @worker
        """;

    public static Task<WorkerRow?> OwnAsync(Work work, CancellationToken cancellation) => work.FirstOrNoneAsync<WorkerRow>(OwnSql, null, cancellation);

    private const string SaveSql = """
        UPDATE workers
           SET display_name = @displayName, unavailable_until = @unavailableUntil, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <returns>False, with nothing written, when somebody else changed the worker first.</returns>
    public static async Task<bool> SaveAsync(Work work, WorkerRow worker, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, worker, cancellation) == 1;

    private const string DeactivateSql = """
        UPDATE workers
           SET status = 'inactive', epoch = @epoch, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <summary>Bites on the worker's very next request, on every instance.</summary>
    public static async Task<bool> DeactivateAsync(Work work, WorkerRow worker, CancellationToken cancellation) =>
        await work.ExecuteAsync(DeactivateSql, new { worker.Id, worker.Version, epoch = work.Now.ToUnixTimeMilliseconds() }, cancellation) == 1;

    private const string SubjectsSql = """
        SELECT l.subject
          FROM logins l
         WHERE l.worker_id = @id
           AND l.issuer = @issuer
        """;

    /// <returns>The worker's accounts at one sign-in server.</returns>
    public static Task<IReadOnlyList<string>> SubjectsAsync(Work work, Guid id, string issuer, CancellationToken cancellation) =>
        work.ListAsync<string>(SubjectsSql, new { id, issuer }, cancellation);

    private const string TouchSql = """
        UPDATE workers
           SET epoch = @epoch, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <summary>Roles have changed: what was signed in before counts no more.</summary>
    public static async Task<bool> TouchAsync(Work work, WorkerRow worker, CancellationToken cancellation) =>
        await work.ExecuteAsync(TouchSql, new { worker.Id, worker.Version, epoch = work.Now.ToUnixTimeMilliseconds() }, cancellation) == 1;

    private const string ElsewhereSql = """
        SELECT count(*)
          FROM memberships m
         WHERE m.worker_id = @id
           AND (m.to_at IS NULL OR m.to_at > @now)
           AND NOT EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = m.agency_id)
        """;

    public static async Task<bool> WorksElsewhereAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(ElsewhereSql, new { id }, cancellation) > 0;

    private const string EndMembershipSql = """
        UPDATE memberships
           SET to_at = @now
         WHERE worker_id = @workerId
           AND agency_id = @agencyId
           AND to_at IS NULL
        """;

    /// <returns>False when there was none to end.</returns>
    public static async Task<bool> EndMembershipAsync(Work work, Guid workerId, Guid agencyId, CancellationToken cancellation) =>
        await work.ExecuteAsync(EndMembershipSql, new { workerId, agencyId }, cancellation) > 0;

    private const string OpenMembershipSql = """
        INSERT INTO memberships (id, worker_id, agency_id, roles, from_at)
        VALUES (@id, @workerId, @agencyId, @roles, @now)
        """;

    public static Task<int> OpenMembershipAsync(Work work, Guid workerId, Guid agencyId, string roles, CancellationToken cancellation) =>
        work.ExecuteAsync(OpenMembershipSql, new { id = Ids.New(work.Now), workerId, agencyId, roles }, cancellation);
}
