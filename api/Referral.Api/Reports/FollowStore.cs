using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a code leads to: the report's key, and how far it has come.</summary>
internal sealed record Followed : SealedRow
{
    public required Guid ReportId { get; init; }
    public ReportOutcome? Outcome { get; init; }
    public DateTimeOffset? TakenAt { get; init; }
    public string? CaseStatus { get; init; }
}

/// <summary>A message as the database holds it.</summary>
internal sealed record StoredMessage
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>A message is never changed: its place has one version for ever.</summary>
    public static SealedPlace PlaceOf(Guid id) => new("follow_messages", id, "body", 1);
}

internal sealed record AskedCall
{
    public required Guid ReportId { get; init; }
    public required Guid HandlerAgencyId { get; init; }
    public Guid? AboutWorkerId { get; init; }
    public string? Urgency { get; init; }
    public Guid? VictimId { get; init; }
    public required DateTimeOffset At { get; init; }
}

/// <summary>Every SQL text over follow-codes and what comes by them.</summary>
internal static class FollowStore
{
    private const string TakenSql = """
        SELECT count(*)
          FROM follow_codes f
         WHERE f.code_mac = @mac
        """;

    public static async Task<bool> IsTakenAsync(Work work, byte[] mac, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(TakenSql, new { mac }, cancellation) > 0;

    private const string InsertSql = """
        INSERT INTO follow_codes (id, code_mac, subject_kind, subject_id, code)
        VALUES (@id, @mac, 'report', @reportId, @code)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, byte[] mac, Guid reportId, byte[] code, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new { id, mac, reportId, code }, cancellation);

    private const string FindSql = $"""
        SELECT n.id AS report_id, n.outcome, n.taken_at, v.status AS case_status, {Keys.Columns}
          FROM follow_codes f
          JOIN reports n ON n.id = f.subject_id
          JOIN data_keys k ON k.id = n.key_id
          LEFT JOIN victims v ON v.id = n.victim_id
         WHERE f.code_mac IN (@macs)
           AND f.subject_kind = 'report'
           AND f.ended_at IS NULL
        """;

    /// <returns>Null when nobody holds such a code.</returns>
    public static Task<Followed?> FindAsync(Work work, IReadOnlyList<byte[]> macs, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Followed>(FindSql, new { macs }, cancellation);

    private const string AddSql = """
        INSERT INTO follow_messages (id, subject_id, kind, body, at)
        SELECT @id, f.subject_id, @kind, @body, @now
          FROM follow_codes f
         WHERE f.code_mac IN (@macs)
           AND f.ended_at IS NULL
        """;

    /// <summary>Stores nothing for a code that nobody holds, with the same statement.</summary>
    public static Task<int> AddAsync(Work work, Guid id, IReadOnlyList<byte[]> macs, string kind, byte[] body, CancellationToken cancellation) =>
        work.ExecuteAsync(AddSql, new { id, macs, kind, body }, cancellation);

    private const string ListSql = """
        SELECT m.id, m.kind, m.at, m.body
          FROM follow_messages m
         WHERE m.subject_id = @reportId
         ORDER BY m.at DESC, m.id DESC
        """;

    /// <summary>The newest first.</summary>
    public static Task<IReadOnlyList<StoredMessage>> ListAsync(Work work, Guid reportId, CancellationToken cancellation) =>
        work.PageAsync<StoredMessage>(ListSql, new { reportId }, 200, cancellation);

    private const string CallsSql = """
        SELECT m.id
          FROM follow_messages m
         WHERE m.kind = 'call_back'
           AND m.clock_at IS NULL
         ORDER BY m.at, m.id
        """;

    public static Task<IReadOnlyList<Guid>> CallsAsync(Work work, int take, CancellationToken cancellation) => work.PageAsync<Guid>(CallsSql, null, take, cancellation);

    private const string CallsOfSql = """
        SELECT m.id
          FROM follow_messages m
         WHERE m.subject_id = @reportId
           AND m.kind = 'call_back'
           AND m.clock_at IS NULL
         ORDER BY m.at, m.id
        """;

    /// <summary>The wishes about one report whose deadline has not begun, the oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> CallsOfAsync(Work work, Guid reportId, CancellationToken cancellation) =>
        work.ListAsync<Guid>(CallsOfSql, new { reportId }, cancellation);

    private const string TakeCallSql = """
        UPDATE follow_messages
           SET clock_at = @now
         WHERE id = @id
           AND clock_at IS NULL
        """;

    /// <returns>False when another instance has it.</returns>
    public static async Task<bool> TakeCallAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ExecuteAsync(TakeCallSql, new { id }, cancellation) == 1;

    private const string CallSql = """
        SELECT n.id AS report_id, n.handler_agency_id, n.about_worker_id, n.urgency, n.victim_id, m.at
          FROM follow_messages m
          JOIN reports n ON n.id = m.subject_id
         WHERE m.id = @id
        """;

    /// <summary>For the system itself: who handles what somebody wants to be called about.</summary>
    public static Task<AskedCall?> CallAsync(Work work, Guid id, CancellationToken cancellation) => work.FirstOrNoneAsync<AskedCall>(CallSql, new { id }, cancellation);

    private const string ReadSql = """
        UPDATE follow_messages
           SET read_at = @now
         WHERE subject_id = @reportId
           AND read_at IS NULL
        """;

    /// <summary>Whoever opens a report has read what came by its code.</summary>
    public static Task<int> ReadAsync(Work work, Guid reportId, CancellationToken cancellation) => work.ExecuteAsync(ReadSql, new { reportId }, cancellation);
}
