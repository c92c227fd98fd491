using NationalReferral.Platform;

namespace NationalReferral;

internal sealed record StoredBlock : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public Guid? WorkerId { get; init; }
    public string? WorkerName { get; init; }
    public Guid? AgencyId { get; init; }
    public required string ReasonCode { get; init; }
    public byte[]? Reason { get; init; }
    public required Guid SetBy { get; init; }
    public required DateTimeOffset FromAt { get; init; }
    public DateTimeOffset? LiftedAt { get; init; }
    public DateTimeOffset? WatchUntil { get; init; }

    /// <summary>On somebody who is no worker yet.</summary>
    public bool IsPerson => WorkerId is null && AgencyId is null;

    /// <summary>A note is never changed: its place has one version for ever.</summary>
    public static SealedPlace PlaceOf(Guid id) => new("blocks", id, "reason", 1);
}

/// <summary>Every SQL text over blocks but the predicate itself (<see cref="Visibility.NotBlocked"/>).</summary>
internal static class BlockStore
{
    private const string Columns = $"""
        b.id, b.victim_id, b.worker_id, w.display_name AS worker_name, b.agency_id, b.reason_code, b.reason, b.set_by, b.from_at, b.lifted_at, b.watch_until, {Keys.Columns}
        """;

    private const string From = """
        FROM blocks b
        JOIN victims v ON v.id = b.victim_id
        JOIN data_keys k ON k.id = v.key_id
        LEFT JOIN workers w ON w.id = b.worker_id
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.victim_id = @victimId
         ORDER BY b.from_at DESC, b.id DESC
        """;

    /// <summary>Set in this case, newest first, lifted ones too.</summary>
    public static Task<IReadOnlyList<StoredBlock>> ListAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<StoredBlock>(ListSql, new { victimId }, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.id = @id
           AND b.victim_id = @victimId
        """;

    public static Task<StoredBlock?> FindAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredBlock>(FindSql, new { victimId, id }, cancellation);

    private const string OfIdSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.id = @id
        """;

    /// <summary>Whoever asks: for what the caller was let see that is about it.</summary>
    public static Task<StoredBlock?> FindAsync(Work work, Guid id, CancellationToken cancellation) => work.FirstOrNoneAsync<StoredBlock>(OfIdSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO blocks (id, victim_id, worker_id, agency_id, reason_code, reason, set_by, from_at, version)
        VALUES (@id, @victimId, @workerId, @agencyId, @reasonCode, @reason, @principal, @now, 1)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, Guid victimId, BlockDraft draft, byte[]? reason, CancellationToken cancellation) =>
        work.ExecuteAsync(
            InsertSql, new { id, victimId, workerId = draft.WorkerId, agencyId = draft.AgencyId, reasonCode = draft.Reason, reason }, cancellation);

    private const string LiftSql = """
        UPDATE blocks
           SET lifted_at = @now, watch_until = @watchUntil, version = version + 1
         WHERE id = @id
           AND lifted_at IS NULL
        """;

    /// <returns>False when it was lifted before.</returns>
    public static async Task<bool> LiftAsync(Work work, Guid id, DateTimeOffset watchUntil, CancellationToken cancellation) =>
        await work.ExecuteAsync(LiftSql, new { id, watchUntil }, cancellation) == 1;

    private const string CasesSql = """
        SELECT v.id
          FROM victims v
         WHERE v.person_id = (SELECT p.person_id FROM victims p WHERE p.id = @victimId)
         ORDER BY v.id
        """;

    /// <summary>A block follows the person: a turn in every case of hers, ids ascending.</summary>
    /// <param name="seen">The turn at which the caller read the case at hand.</param>
    /// <returns>The turn of the case at hand.</returns>
    /// <exception cref="ChangedMeanwhileException">Somebody took a turn of it since.</exception>
    public static async Task<long> TakeTurnsAsync(Work work, Guid victimId, long seen, CancellationToken cancellation)
    {
        var turn = 0L;
        foreach (var id in await work.ListAsync<Guid>(CasesSql, new { victimId }, cancellation))
        {
            if (id == victimId)
            {
                turn = await Turns.TakeAsync(work, id, seen, cancellation);
            }
            else
            {
                await Turns.TakeAsync(work, id, cancellation);
            }
        }
        return turn;
    }

    private const string WorkerSql = """
        SELECT count(*)
          FROM workers w
         WHERE w.id = @id
        """;

    public static async Task<bool> IsWorkerAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(WorkerSql, new { id }, cancellation) == 1;

    private const string OwnLineSql = """
        SELECT count(*)
          FROM agency_tree t
         WHERE t.descendant_id = @unit
           AND t.ancestor_id = @agencyId
        """;

    /// <returns>True when the agency is the caller's unit or stands above it.</returns>
    public static async Task<bool> IsOwnAsync(Work work, Guid agencyId, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(OwnLineSql, new { agencyId }, cancellation) > 0;
}
