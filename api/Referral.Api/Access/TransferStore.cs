using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A transfer as the database holds it, and on which of its sides the caller stands.</summary>
internal sealed record StoredTransfer
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required string CaseCode { get; init; }
    public required string CaseStatus { get; init; }
    public required long AccessVersion { get; init; }
    public required Guid FromAgencyId { get; init; }
    public required string FromNameEn { get; init; }
    public required string FromNameUr { get; init; }
    public required Guid ToAgencyId { get; init; }
    public required string ToNameEn { get; init; }
    public required string ToNameUr { get; init; }
    public required TransferAskedBy AskedBy { get; init; }
    public required TransferState State { get; init; }
    public bool? Stays { get; init; }
    public required string Reason { get; init; }
    public string? DeclineReason { get; init; }
    public Urgency? Urgency { get; init; }
    public required string AgeBand { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>Until when it can be answered; null for one that has no deadline.</summary>
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public required long Version { get; init; }
    public required bool Leads { get; init; }
    public required bool Receives { get; init; }
    public required bool SeesVictim { get; init; }

    public TransferSides Sides => new(Leads, Receives);

    public Tag Tag => Tag.Of(Version, SeesVictim ? ["victim"] : []);

    public Transfer ToTransfer() => new()
    {
        Id = Id,
        VictimId = VictimId,
        FromAgencyId = FromAgencyId,
        ToAgencyId = ToAgencyId,
        AskedBy = AskedBy,
        State = State,
        Stays = Stays,
        DeclineReason = DeclineReason,
        EndedAt = EndedAt,
        Version = Version,
    };
}

/// <summary>Every SQL text over transfers.</summary>
internal static class TransferStore
{
    private const string Columns = $"""
        x.id, x.victim_id, v.case_code, v.status AS case_status, v.access_version, x.from_agency_id, fa.name_en AS from_name_en, fa.name_ur AS from_name_ur,
        x.to_agency_id, ta.name_en AS to_name_en, ta.name_ur AS to_name_ur, x.asked_by, x.state, x.stays, x.reason, x.decline_reason,
        x.urgency, x.age_band, x.sex, x.district, x.asked_at, c.due_at, x.ended_at, x.version,
        CASE WHEN {Visibility.LeadsIn} THEN 1 ELSE 0 END AS leads, CASE WHEN {Visibility.ReceivesIn} THEN 1 ELSE 0 END AS receives,
        CASE WHEN {Visibility.OfVictims} THEN 1 ELSE 0 END AS sees_victim
        """;

    private const string From = """
        FROM transfers x
        JOIN victims v ON v.id = x.victim_id
        JOIN agencies fa ON fa.id = x.from_agency_id
        JOIN agencies ta ON ta.id = x.to_agency_id
        LEFT JOIN clocks c ON c.subject_id = x.id AND c.kind = 'transfer'
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE x.id = @id
           AND {Visibility.OfTransfers}
        """;

    /// <returns>Null when there is no such transfer, or the caller may not see it.</returns>
    public static Task<StoredTransfer?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredTransfer>(FindSql, new { id }, cancellation);

    private const string Open = """
        SELECT x.id, x.victim_id, x.from_agency_id, x.to_agency_id, x.asked_by, x.state, x.stays, x.version
          FROM transfers x
         WHERE x.state = 'open'
        """;

    private const string FindOpenSql = $"""
        {Open}
           AND x.id = @id
        """;

    /// <summary>Whoever asks: for deadlines.</summary>
    public static Task<Transfer?> FindOpenAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Transfer>(FindOpenSql, new { id }, cancellation);

    private const string OpenOfSql = $"""
        {Open}
           AND x.victim_id = @victimId
        """;

    /// <summary>A case has one at most.</summary>
    public static Task<Transfer?> OpenOfAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Transfer>(OpenOfSql, new { victimId }, cancellation);

    private const string Page = """
        (@afterId IS NULL OR x.asked_at < @afterAt OR (x.asked_at = @afterAt AND x.id < @afterId))
         ORDER BY x.asked_at DESC, x.id DESC
        """;

    private const string ListOfVictimSql = $"""
        SELECT {Columns}
          {From}
         WHERE x.victim_id = @victimId
           AND {Visibility.OfTransfers}
           AND {Page}
        """;

    /// <summary>All of one victim that the caller sees, newest first.</summary>
    public static Task<IReadOnlyList<StoredTransfer>> OfVictimAsync(Work work, Guid victimId, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredTransfer>(ListOfVictimSql, new { victimId, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE ((x.asked_by = @fromAsks AND x.from_agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit))
             OR (x.asked_by = @toAsks AND x.to_agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit)))
           AND ((@isOpen = 1 AND x.state = 'open') OR (@isOpen = 0 AND x.state <> 'open'))
           AND @supervises = 1
           AND {Visibility.OfTransfers}
           AND {Page}
        """;

    /// <summary>Of the own agency and every unit below: what it is asked, or what it asked for.</summary>
    public static Task<IReadOnlyList<StoredTransfer>> ListAsync(Work work, bool isReceived, bool isOpen, Paging paging, CancellationToken cancellation)
    {
        var (fromAsks, toAsks) = isReceived ? (TransferAskedBy.Request, TransferAskedBy.Offer) : (TransferAskedBy.Offer, TransferAskedBy.Request);
        return work.PageAsync<StoredTransfer>(ListSql, new { fromAsks, toAsks, isOpen, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);
    }

    private const string InsertSql = """
        INSERT INTO transfers (id, victim_id, from_agency_id, to_agency_id, asked_by, state, stays, reason, urgency, age_band, sex, district,
                               created_by, asked_at, version)
        VALUES (@id, @victimId, @fromAgencyId, @toAgencyId, @askedBy, @state, @stays, @reason, @urgency, @ageBand, @sex, @district,
                @principal, @now, @version)
        """;

    /// <exception cref="ConstraintViolation"><c>uq_transfers_open</c>: another transfer of the case is open.</exception>
    public static Task<int> InsertAsync(Work work, Transfer transfer, Victim victim, string reason, Urgency? urgency, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new
        {
            id = transfer.Id,
            victimId = transfer.VictimId,
            fromAgencyId = transfer.FromAgencyId,
            toAgencyId = transfer.ToAgencyId,
            askedBy = transfer.AskedBy,
            state = transfer.State,
            stays = transfer.Stays,
            reason,
            urgency,
            ageBand = victim.AgeBand,
            sex = victim.Sex,
            district = victim.District,
            version = transfer.Version,
        }, cancellation);

    private const string SaveSql = """
        UPDATE transfers
           SET state = @state, stays = @stays, decline_reason = @declineReason, ended_at = @endedAt, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else ended it first.</returns>
    public static async Task<bool> SaveAsync(Work work, Transfer after, long read, CancellationToken cancellation) => await work.ExecuteAsync(SaveSql, new
    {
        id = after.Id,
        read,
        state = after.State,
        stays = after.Stays,
        declineReason = after.DeclineReason,
        endedAt = after.EndedAt,
        version = after.Version,
    }, cancellation) == 1;

    private const string IsOpenSql = """
        SELECT count(*)
          FROM transfers x
         WHERE x.victim_id = @victimId
           AND x.state = 'open'
        """;

    public static async Task<bool> IsOpenAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(IsOpenSql, new { victimId }, cancellation) > 0;

    private const string CanLeadSql = """
        SELECT count(*)
          FROM agencies a
          JOIN victims v ON v.id = @victimId
         WHERE a.id = @agencyId
           AND a.status = 'active'
           AND a.has_account = 1
           AND NOT EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id
                            WHERE p.person_id = v.person_id AND b.lifted_at IS NULL
                              AND b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = a.id))
           AND EXISTS (SELECT 1 FROM memberships m JOIN workers w ON w.id = m.worker_id
                        WHERE m.agency_id IN (SELECT u.ancestor_id FROM agency_tree u WHERE u.descendant_id = a.id)
                          AND w.status = 'active' AND m.from_at <= @now AND (m.to_at IS NULL OR m.to_at > @now)
                          AND concat(' ', m.roles, ' ') LIKE '% supervisor %'
                          AND NOT EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id
                                           WHERE p.person_id = v.person_id AND b.lifted_at IS NULL AND b.id IN (SELECT bw.block_id FROM block_workers bw WHERE bw.worker_id = m.worker_id)))
        """;

    /// <returns>False when it is suspended or without account, nobody could accept for it, or it must never learn of her.</returns>
    public static async Task<bool> CanLeadAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(CanLeadSql, new { victimId, agencyId }, cancellation) == 1;

    private const string KeptAwaySql = """
        SELECT count(*)
          FROM blocks b
          JOIN victims p ON p.id = b.victim_id
          JOIN victims v ON v.person_id = p.person_id
         WHERE v.id = @victimId
           AND b.lifted_at IS NULL
           AND b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = @agencyId)
        """;

    /// <returns>False when it is kept away from her, as a whole.</returns>
    public static async Task<bool> MayLearnAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(KeptAwaySql, new { victimId, agencyId }, cancellation) == 0;

    private const string SidesSql = """
        SELECT CASE WHEN EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = @fromAgencyId) THEN 1 ELSE 0 END AS leads,
               CASE WHEN EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = @toAgencyId) THEN 1 ELSE 0 END AS receives
        """;

    /// <summary>For which sides of a transfer that is not there yet the caller could speak.</summary>
    public static async Task<TransferSides> SidesAsync(Work work, Guid fromAgencyId, Guid toAgencyId, CancellationToken cancellation)
    {
        var row = work.Caller.Supervises ? await work.FirstOrNoneAsync<SidesRow>(SidesSql, new { fromAgencyId, toAgencyId }, cancellation) : null;
        return row is null ? default : new(row.Leads, row.Receives);
    }

    private sealed record SidesRow
    {
        public required bool Leads { get; init; }
        public required bool Receives { get; init; }
    }
}
