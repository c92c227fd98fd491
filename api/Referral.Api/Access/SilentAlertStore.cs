using NationalReferral.Platform;

namespace NationalReferral;

internal sealed record StoredAlert : SealedRow
{
    public required Guid Id { get; init; }
    public required SilentAlertKind Kind { get; init; }
    public required Guid VictimId { get; init; }
    public required string CaseCode { get; init; }
    public required string AgeBand { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
    public required long AccessVersion { get; init; }
    public required Guid BlockId { get; init; }
    public Guid? WorkerId { get; init; }
    public string? WorkerName { get; init; }
    public Guid? ClientId { get; init; }
    public Guid? AgencyId { get; init; }
    public required string Operation { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset RaisedAt { get; init; }
    public DateTimeOffset? HandledAt { get; init; }
    public Guid? HandledBy { get; init; }
    public string? HandledName { get; init; }
    public byte[]? Words { get; init; }

    /// <summary>What was done is written once.</summary>
    public static SealedPlace PlaceOf(Guid id) => new("silent_alerts", id, "words", 1);
}

/// <summary>Every SQL text over silent alerts but those that find them in the journal (<see cref="AlertTraces"/>).</summary>
internal static class SilentAlertStore
{
    private const string Columns = $"""
        a.id, a.kind, a.victim_id, v.case_code, v.age_band, v.sex, v.district, v.access_version, a.block_id, a.worker_id, w.display_name AS worker_name,
        a.client_id, a.agency_id, a.operation, a.at, a.raised_at, a.handled_at, a.handled_by, h.display_name AS handled_name, a.words, {Keys.Columns}
        """;

    // An officer who is kept away from her hears nothing of it either.
    private const string From = """
        FROM silent_alerts a
        JOIN victims v ON v.id = a.victim_id
        JOIN data_keys k ON k.id = v.key_id
        LEFT JOIN workers w ON w.id = a.worker_id
        LEFT JOIN workers h ON h.id = a.handled_by
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE ((@handled = 1 AND a.handled_at IS NOT NULL) OR (@handled = 0 AND a.handled_at IS NULL))
           AND (@afterId IS NULL OR a.at < @afterAt OR (a.at = @afterAt AND a.id < @afterId))
           AND {Visibility.NotBlocked}
         ORDER BY a.at DESC, a.id DESC
        """;

    /// <summary>Newest first.</summary>
    /// <param name="handled">Those that are settled, else those that wait.</param>
    public static Task<IReadOnlyList<StoredAlert>> ListAsync(Work work, bool handled, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredAlert>(ListSql, new { handled, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE a.id = @id
           AND {Visibility.NotBlocked}
        """;

    /// <returns>Null when there is no such alert, or the caller is kept away from her.</returns>
    public static Task<StoredAlert?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredAlert>(FindSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO silent_alerts (id, kind, row_id, victim_id, block_id, worker_id, client_id, agency_id, operation, at, raised_at)
        SELECT @id, @kind, @rowId, @victimId, @blockId, @workerId, @clientId, @agencyId, @operation, @at, @now
         WHERE NOT EXISTS (SELECT 1 FROM silent_alerts s WHERE s.row_id = @rowId AND s.victim_id = @victimId)
        """;

    /// <returns>False when this row raised one before.</returns>
    public static async Task<bool> InsertAsync(Work work, Guid id, AlertCause cause, CancellationToken cancellation) => await work.ExecuteAsync(InsertSql, new
    {
        id,
        kind = cause.Kind,
        rowId = cause.Trace.RowId,
        victimId = cause.VictimId,
        blockId = cause.BlockId,
        workerId = cause.Trace.WorkerId,
        clientId = cause.Trace.ClientId,
        agencyId = cause.Trace.AgencyId,
        operation = cause.Operation,
        at = cause.Trace.At,
    }, cancellation) == 1;

    private const string WaitingSql = """
        SELECT count(*)
          FROM silent_alerts a
         WHERE a.block_id = @blockId
           AND a.handled_at IS NULL
        """;

    /// <summary>How many of one block nobody has settled.</summary>
    public static async Task<int> WaitingAsync(Work work, Guid blockId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(WaitingSql, new { blockId }, cancellation);

    private const string WriteSql = """
        UPDATE silent_alerts
           SET words = @words
         WHERE id = @id
        """;

    private const string HandleSql = """
        UPDATE silent_alerts
           SET handled_at = @now, handled_by = @worker
         WHERE block_id = @blockId
           AND handled_at IS NULL
           AND at <= @at
           AND coalesce(worker_id, client_id) = @who
        """;

    /// <summary>Settles one, and with it what the same person did before it.</summary>
    /// <returns>How many that were.</returns>
    public static async Task<int> HandleAsync(Work work, StoredAlert alert, byte[] words, CancellationToken cancellation)
    {
        await work.ExecuteAsync(WriteSql, new { id = alert.Id, words }, cancellation);
        return await work.ExecuteAsync(HandleSql, new { blockId = alert.BlockId, at = alert.At, who = alert.WorkerId ?? alert.ClientId }, cancellation);
    }
}
