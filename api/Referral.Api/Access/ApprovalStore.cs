using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>An approval as the database holds it, and how the caller meets it.</summary>
internal sealed record StoredApproval : SealedRow
{
    public required Guid Id { get; init; }
    public required ApprovalKind Kind { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }

    /// <summary>Of a referral that was sent with others.</summary>
    public Guid? GroupId { get; init; }

    public required Guid VictimId { get; init; }
    public required string CaseCode { get; init; }
    public required string AgeBand { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
    public required long AccessVersion { get; init; }
    public required Guid AgencyId { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required ApprovalState State { get; init; }
    public required Urgency Urgency { get; init; }
    public string? Reason { get; init; }
    public required string Criteria { get; init; }
    public byte[]? Question { get; init; }
    public byte[]? Answer { get; init; }
    public required Guid AskedBy { get; init; }
    public string? AskedName { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public Guid? DecidedBy { get; init; }
    public string? DecidedName { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required bool Escalated { get; init; }

    /// <summary>The caller supervises the agency that was asked, or it was brought before the caller's office.</summary>
    public required bool Decides { get; init; }

    public required long Version { get; init; }

    public Approval ToApproval() => new()
    {
        Id = Id,
        Kind = Kind,
        AskedBy = AskedBy,
        State = State,
        DecidedBy = DecidedBy,
        DecidedAt = DecidedAt,
        Version = Version,
    };

    /// <param name="column">question or answer; each is written once.</param>
    public static SealedPlace PlaceOf(Guid id, string column) => new("approvals", id, column, 1);
}

/// <summary>Every SQL text over approvals.</summary>
internal static class ApprovalStore
{
    private const string Supervised = $"""
        (@supervises = 1 AND y.agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit)
          AND NOT EXISTS (SELECT 1 FROM agencies u WHERE u.id = @unit AND {Visibility.StandsByWhomItLifts}))
        """;

    private const string Columns = $"""
        y.id, y.kind, y.subject_kind, y.subject_id, (SELECT q.group_id FROM referrals q WHERE q.id = y.subject_id) AS group_id, y.victim_id, v.case_code, v.age_band, v.sex, v.district, v.access_version,
        y.agency_id, a.name_en, a.name_ur, y.state, y.urgency, y.reason, y.criteria, y.question, y.answer,
        y.asked_by, coalesce(aw.display_name, al.name) AS asked_name, y.asked_at, y.decided_by, dw.display_name AS decided_name, y.decided_at,
        c.due_at, CASE WHEN c.state = 'missed' THEN 1 ELSE 0 END AS escalated,
        CASE WHEN {Supervised} OR {Visibility.OverseesApproval} THEN 1 ELSE 0 END AS decides, y.version, {Keys.Columns}
        """;

    // The clock says when it is due: days off that move it move it here as well.
    private const string From = """
        FROM approvals y
        JOIN victims v ON v.id = y.victim_id
        JOIN data_keys k ON k.id = v.key_id
        JOIN agencies a ON a.id = y.agency_id
        JOIN clocks c ON c.subject_id = y.id AND c.kind = 'approval'
        LEFT JOIN workers aw ON aw.id = y.asked_by
        LEFT JOIN logins al ON al.id = y.asked_by
        LEFT JOIN workers dw ON dw.id = y.decided_by
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE y.id = @id
           AND {Visibility.OfApprovals}
        """;

    /// <returns>Null when there is no such approval, or the caller may not see it.</returns>
    public static Task<StoredApproval?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredApproval>(FindSql, new { id }, cancellation);

    private const string ListWaitingSql = $"""
        SELECT {Columns}
          {From}
         WHERE y.state = 'open'
           AND ({Supervised} OR y.asked_by = @principal OR {Visibility.OverseesApproval})
           AND {Visibility.OfApprovals}
           AND (@afterId IS NULL OR c.due_at > @afterAt OR (c.due_at = @afterAt AND y.id > @afterId))
         ORDER BY c.due_at, y.id
        """;

    /// <summary>What waits for the caller, or for another since the caller asked; by deadline.</summary>
    public static Task<IReadOnlyList<StoredApproval>> WaitingAsync(Work work, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredApproval>(ListWaitingSql, new { afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string ListOfVictimSql = $"""
        SELECT {Columns}
          {From}
         WHERE y.victim_id = @victimId
           AND {Visibility.OfApprovals}
           AND (@afterId IS NULL OR y.asked_at < @afterAt OR (y.asked_at = @afterAt AND y.id < @afterId))
         ORDER BY y.asked_at DESC, y.id DESC
        """;

    /// <summary>All of one victim that the caller sees, newest first.</summary>
    public static Task<IReadOnlyList<StoredApproval>> OfVictimAsync(Work work, Guid victimId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredApproval>(ListOfVictimSql, new { victimId, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string ListOpenSeenSql = $"""
        SELECT {Columns}
          {From}
         WHERE y.subject_id IN (@subjectIds)
           AND y.kind = @kind
           AND y.state = 'open'
           AND {Visibility.OfApprovals}
         ORDER BY y.victim_id, y.id
        """;

    /// <summary>What is asked about these, as far as the caller sees it.</summary>
    public static async Task<IReadOnlyList<StoredApproval>> OpenSeenAsync(
        Work work, ApprovalKind kind, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation) =>
        subjectIds.Count == 0 ? [] : await work.ListAsync<StoredApproval>(ListOpenSeenSql, new { subjectIds, kind }, cancellation);

    private const string InsertSql = """
        INSERT INTO approvals (id, kind, subject_kind, subject_id, victim_id, agency_id, state, urgency, reason, criteria, question, asked_by, asked_at, version)
        VALUES (@id, @kind, @subjectKind, @subjectId, @victimId, @agencyId, 'open', @urgency, @reason, @criteria, @question, @principal, @now, 1)
        """;

    /// <exception cref="ConstraintViolation"><c>uq_approvals_open</c>: the same is asked already. <c>pk_approvals</c>: the id is taken.</exception>
    public static Task<int> InsertAsync(Work work, Guid id, ApprovalAsk ask, byte[]? question, CancellationToken cancellation) => work.ExecuteAsync(InsertSql, new
    {
        id,
        kind = ask.Kind,
        subjectKind = ask.SubjectKind,
        subjectId = ask.SubjectId,
        victimId = ask.VictimId,
        agencyId = ask.AgencyId,
        urgency = ask.Urgency,
        reason = ask.Reason,
        criteria = Words.Join(ask.Criteria),
        question,
    }, cancellation);

    private const string SaveSql = """
        UPDATE approvals
           SET state = @state, decided_by = @decidedBy, decided_at = @decidedAt, answer = @answer, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else decided first.</returns>
    public static async Task<bool> SaveAsync(Work work, Approval after, byte[]? answer, long read, CancellationToken cancellation) => await work.ExecuteAsync(SaveSql, new
    {
        id = after.Id,
        read,
        state = after.State,
        decidedBy = after.DecidedBy,
        decidedAt = after.DecidedAt,
        answer,
        version = after.Version,
    }, cancellation) == 1;

    private const string Asked = "y.id, y.kind, y.asked_by, y.state, y.decided_by, y.decided_at, y.version, y.agency_id, y.subject_kind, y.subject_id, y.victim_id, y.urgency";

    private const string FindAskedSql = $"""
        SELECT {Asked}
          FROM approvals y
         WHERE y.id = @id
        """;

    /// <summary>Whoever asks: for deadlines.</summary>
    public static Task<AskedApproval?> FindAskedAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<AskedApproval>(FindAskedSql, new { id }, cancellation);

    private const string ListOpenSql = $"""
        SELECT {Asked}
          FROM approvals y
         WHERE y.victim_id = @victimId
           AND y.state = 'open'
         ORDER BY y.id
        """;

    public static Task<IReadOnlyList<AskedApproval>> OpenOfAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<AskedApproval>(ListOpenSql, new { victimId }, cancellation);

    private const string OpenAboutSql = $"""
        SELECT {Asked}
          FROM approvals y
         WHERE y.subject_id IN (@subjectIds)
           AND y.kind = @kind
           AND y.state = 'open'
         ORDER BY y.id
        """;

    public static async Task<IReadOnlyList<AskedApproval>> OpenAboutAsync(
        Work work, ApprovalKind kind, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation) =>
        subjectIds.Count == 0 ? [] : await work.ListAsync<AskedApproval>(OpenAboutSql, new { subjectIds, kind }, cancellation);

    private const string StandingSql = """
        SELECT count(*)
          FROM approvals y
         WHERE y.subject_id = @subjectId
           AND y.kind = @kind
           AND y.state = @state
        """;

    public static async Task<bool> IsAsync(Work work, ApprovalKind kind, Guid subjectId, ApprovalState state, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(StandingSql, new { subjectId, kind, state }, cancellation) > 0;
}

/// <summary>What was asked of whom: no words, and no question who looks.</summary>
internal sealed record AskedApproval
{
    public required Guid Id { get; init; }
    public required ApprovalKind Kind { get; init; }
    public required Guid AskedBy { get; init; }
    public required ApprovalState State { get; init; }
    public Guid? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public required long Version { get; init; }
    public required Guid AgencyId { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public required Guid VictimId { get; init; }
    public required Urgency Urgency { get; init; }

    public Approval ToApproval() => new() { Id = Id, Kind = Kind, AskedBy = AskedBy, State = State, DecidedBy = DecidedBy, DecidedAt = DecidedAt, Version = Version };
}
