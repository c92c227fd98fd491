using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A case that somebody stands before with its code in his hand.</summary>
internal sealed record ClosedDoor : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid LeadAgencyId { get; init; }
    public required long AccessVersion { get; init; }

    /// <summary>The caller is on the team, or supervises it.</summary>
    public required bool SeesCase { get; init; }

    /// <summary>An emergency access of the caller that has not ended.</summary>
    public Guid? OpenId { get; init; }
}

/// <summary>An emergency access as the database holds it, and how the caller meets it.</summary>
internal sealed record StoredBreakGlass : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required string CaseCode { get; init; }
    public required string AgeBand { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
    public required long AccessVersion { get; init; }
    public required Guid WorkerId { get; init; }
    public string? WorkerName { get; init; }
    public required Guid AgencyId { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required Guid LeadAgencyId { get; init; }
    public required string LeadNameEn { get; init; }
    public required string LeadNameUr { get; init; }
    public required string Reason { get; init; }
    public required string Groups { get; init; }
    public required byte[] Note { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset UntilAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required bool Escalated { get; init; }
    public BreakGlassAnswer? Answer { get; init; }
    public byte[]? Line { get; init; }
    public Guid? ReviewedBy { get; init; }
    public string? ReviewerName { get; init; }
    public DateTimeOffset? ReviewedAt { get; init; }

    /// <summary>The caller opened it, or sees her: not only a finding about an own worker.</summary>
    public required bool KnowsHer { get; init; }

    /// <summary>The caller supervises the agency that leads the case, or it lies before the caller's office.</summary>
    public required bool Reviews { get; init; }

    public required long Version { get; init; }

    public BreakGlass ToBreakGlass() => new()
    {
        Id = Id,
        WorkerId = WorkerId,
        UntilAt = UntilAt,
        Answer = Answer,
        ReviewedBy = ReviewedBy,
        ReviewedAt = ReviewedAt,
        Version = Version,
    };

    /// <param name="column">note or line; each is written once.</param>
    public static SealedPlace PlaceOf(Guid id, string column) => new("break_glass", id, column, 1);
}

/// <summary>Every SQL text over emergency accesses.</summary>
internal static class BreakGlassStore
{
    private const string UntilAt = "(SELECT max(g.to_at) FROM grants g WHERE g.source_id = e.id AND g.source = 'break_glass')";

    private const string FindDoorSql = $"""
        SELECT v.id, v.lead_agency_id, v.access_version, CASE WHEN {Visibility.OfCases} THEN 1 ELSE 0 END AS sees_case,
               (SELECT max(e.id) FROM break_glass e
                 WHERE e.victim_id = v.id AND e.worker_id = @worker AND e.agency_id = @unit AND {UntilAt} > @now) AS open_id,
               {Keys.Columns}
          FROM victims v
          JOIN data_keys k ON k.id = v.key_id
         WHERE v.case_code = @caseCode
           AND v.erased_at IS NULL
           AND {Visibility.NotBlocked}
           AND {Visibility.NotHidden}
        """;

    /// <returns>Null when no case has the code, the caller is kept away from her, or she does not want the caller's unit to know.</returns>
    public static Task<ClosedDoor?> FindDoorAsync(Work work, string caseCode, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<ClosedDoor>(FindDoorSql, new { caseCode }, cancellation);

    private const string InsertSql = """
        INSERT INTO break_glass (id, victim_id, worker_id, agency_id, reason, groups, note, opened_at, version)
        VALUES (@id, @victimId, @worker, @unit, @reason, @groups, @note, @now, 1)
        """;

    /// <exception cref="ConstraintViolation"><c>pk_break_glass</c>: the id is taken.</exception>
    public static Task<int> InsertAsync(
        Work work, Guid id, Guid victimId, string reason, IReadOnlyList<string> groups, byte[] note, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new { id, victimId, reason, groups = Words.Join(groups), note }, cancellation);

    private const string Columns = $"""
        e.id, e.victim_id, v.case_code, v.age_band, v.sex, v.district, v.access_version, e.worker_id, w.display_name AS worker_name,
        e.agency_id, a.name_en, a.name_ur, v.lead_agency_id, la.name_en AS lead_name_en, la.name_ur AS lead_name_ur,
        e.reason, e.groups, e.note, e.opened_at, {UntilAt} AS until_at, c.due_at, CASE WHEN c.state = 'missed' THEN 1 ELSE 0 END AS escalated,
        e.answer, e.line, e.reviewed_by, rw.display_name AS reviewer_name, e.reviewed_at,
        CASE WHEN {Visibility.OwnBreakGlass} OR {Visibility.OfVictims} THEN 1 ELSE 0 END AS knows_her,
        CASE WHEN {Visibility.LeadsCase} OR {Visibility.OverseesBreakGlass} THEN 1 ELSE 0 END AS reviews, e.version, {Keys.Columns}
        """;

    private const string From = """
        FROM break_glass e
        JOIN victims v ON v.id = e.victim_id
        JOIN data_keys k ON k.id = v.key_id
        JOIN agencies a ON a.id = e.agency_id
        JOIN agencies la ON la.id = v.lead_agency_id
        JOIN clocks c ON c.subject_id = e.id AND c.kind = 'break_glass_review'
        LEFT JOIN workers w ON w.id = e.worker_id
        LEFT JOIN workers rw ON rw.id = e.reviewed_by
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE e.id = @id
           AND {Visibility.OfBreakGlass}
        """;

    /// <returns>Null when there is no such emergency access, or the caller may not see it.</returns>
    public static Task<StoredBreakGlass?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredBreakGlass>(FindSql, new { id }, cancellation);

    private const string ListWaitingSql = $"""
        SELECT {Columns}
          {From}
         WHERE e.answer IS NULL
           AND ({Visibility.OwnBreakGlass} OR {Visibility.LeadsCase} OR {Visibility.OverseesBreakGlass})
           AND {Visibility.OfBreakGlass}
           AND (@afterId IS NULL OR c.due_at > @afterAt OR (c.due_at = @afterAt AND e.id > @afterId))
         ORDER BY c.due_at, e.id
        """;

    /// <summary>What waits for the caller's answer, or for another's since the caller opened it; by deadline.</summary>
    public static Task<IReadOnlyList<StoredBreakGlass>> WaitingAsync(Work work, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredBreakGlass>(ListWaitingSql, new { afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string ListOfVictimSql = $"""
        SELECT {Columns}
          {From}
         WHERE e.victim_id = @victimId
           AND {Visibility.OfBreakGlass}
           AND ({Visibility.OwnBreakGlass} OR {Visibility.OfVictims})
           AND (@afterId IS NULL OR e.opened_at < @afterAt OR (e.opened_at = @afterAt AND e.id < @afterId))
         ORDER BY e.opened_at DESC, e.id DESC
        """;

    /// <summary>All of one victim that the caller sees, newest first. A finding alone tells nobody whose case it was.</summary>
    public static Task<IReadOnlyList<StoredBreakGlass>> OfVictimAsync(Work work, Guid victimId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredBreakGlass>(ListOfVictimSql, new { victimId, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string SaveSql = """
        UPDATE break_glass
           SET answer = @answer, line = @line, reviewed_by = @reviewedBy, reviewed_at = @reviewedAt, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else was first.</returns>
    public static async Task<bool> SaveAsync(Work work, BreakGlass after, byte[]? line, long read, CancellationToken cancellation) => await work.ExecuteAsync(SaveSql, new
    {
        id = after.Id,
        read,
        answer = after.Answer,
        line,
        reviewedBy = after.ReviewedBy,
        reviewedAt = after.ReviewedAt,
        version = after.Version,
    }, cancellation) == 1;

    private const string OpenerSql = """
        SELECT e.worker_id
          FROM break_glass e
         WHERE e.id = @id
        """;

    /// <summary>Whoever asks: for deadlines.</summary>
    public static Task<Guid?> OpenerAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.ScalarAsync<Guid?>(OpenerSql, new { id }, cancellation);
}
