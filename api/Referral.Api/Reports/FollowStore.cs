using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a code leads to: a report or a case, its key, and how far it has come.</summary>
internal sealed record Followed : SealedRow
{
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }

    /// <summary>Null for a report, also where it led to a case.</summary>
    public Guid? VictimId => SubjectKind == "victim" ? SubjectId : null;

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
    public string? Answer { get; init; }
    public byte[]? AnswerWords { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }

    public const string Message = "message";
    public const string CallBack = "call_back";
    public const string Stop = "stop";
    public const string Feedback = "feedback";

    public static SealedPlace AnswerPlaceOf(Guid id) => new("follow_messages", id, "answer_words", 1);

    /// <summary>A message is never changed: its place has one version for ever.</summary>
    public static SealedPlace PlaceOf(Guid id) => new("follow_messages", id, "body", 1);
}

/// <summary>A message as the system itself looks at it: whom it concerns, never what it says. Of a report, or of a case.</summary>
internal sealed record Wish
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? ReportId { get; init; }
    public Guid? HandlerAgencyId { get; init; }
    public Guid? AboutWorkerId { get; init; }
    public string? Urgency { get; init; }
    public Guid? VictimId { get; init; }
    public Guid? LeadAgencyId { get; init; }
}

/// <summary>A code that was given for a case, to be told again when the same request comes twice.</summary>
internal sealed record GivenCode : SealedRow
{
    public required Guid Id { get; init; }
    public required byte[] Code { get; init; }
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
        VALUES (@id, @mac, @subjectKind, @subjectId, @code)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, byte[] mac, string subjectKind, Guid subjectId, byte[] code, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new { id, mac, subjectKind, subjectId, code }, cancellation);

    private const string EndSql = """
        UPDATE follow_codes
           SET ended_at = @now
         WHERE subject_id = @subjectId
           AND ended_at IS NULL
        """;

    /// <summary>Whoever holds an earlier code of this subject holds none any more.</summary>
    public static Task<int> EndAsync(Work work, Guid subjectId, CancellationToken cancellation) => work.ExecuteAsync(EndSql, new { subjectId }, cancellation);

    private const string GivenSql = $"""
        SELECT f.id, f.code, {Keys.Columns}
          FROM follow_codes f
          JOIN victims v ON v.id = f.subject_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE f.id = @id
           AND f.subject_id = @victimId
        """;

    public static Task<GivenCode?> GivenAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<GivenCode>(GivenSql, new { victimId, id }, cancellation);

    // Of a report its own case, if it led to one; a code of a case names the case itself.
    private const string FindSql = $"""
        SELECT f.subject_kind, f.subject_id, n.outcome, n.taken_at, v.status AS case_status, {Keys.Columns}
          FROM follow_codes f
          LEFT JOIN reports n ON n.id = f.subject_id
          LEFT JOIN victims v ON v.id = CASE WHEN n.id IS NULL THEN f.subject_id ELSE n.victim_id END
          JOIN data_keys k ON k.id = COALESCE(n.key_id, v.key_id)
         WHERE f.code_mac IN (@macs)
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

    private const string Columns = "m.id, m.kind, m.at, m.body, m.answer, m.answer_words, m.answered_at";

    private const string ListSql = $"""
        SELECT {Columns}
          FROM follow_messages m
         WHERE m.subject_id = @subjectId
           AND (@afterId IS NULL OR m.at < @afterAt OR (m.at = @afterAt AND m.id < @afterId))
         ORDER BY m.at DESC, m.id DESC
        """;

    /// <summary>The newest first.</summary>
    /// <param name="after">Right after this one, towards the past; null for the newest.</param>
    public static Task<IReadOnlyList<StoredMessage>> ListAsync(Work work, Guid subjectId, Cursor? after, int take, CancellationToken cancellation) =>
        work.PageAsync<StoredMessage>(ListSql, new { subjectId, afterAt = after?.At, afterId = after?.Id }, take, cancellation);

    private const string OneSql = $"""
        SELECT {Columns}
          FROM follow_messages m
         WHERE m.id = @id
           AND m.subject_id = @subjectId
        """;

    public static Task<StoredMessage?> OneAsync(Work work, Guid subjectId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredMessage>(OneSql, new { subjectId, id }, cancellation);

    private const string AnswerSql = """
        UPDATE follow_messages
           SET answer = @answer, answered_at = @now, answered_by = @principal, answer_words = CASE WHEN id = @id THEN @words END
         WHERE subject_id = @subjectId
           AND kind = @kind
           AND at <= @at
           AND answered_at IS NULL
        """;

    /// <summary>One answer to this wish and to the same ones before it.</summary>
    /// <returns>How many are answered by it.</returns>
    public static Task<int> AnswerAsync(Work work, Guid subjectId, StoredMessage message, string answer, byte[]? words, CancellationToken cancellation) =>
        work.ExecuteAsync(AnswerSql, new { id = message.Id, subjectId, kind = message.Kind, at = message.At, answer, words }, cancellation);

    private const string NewSql = """
        SELECT m.id
          FROM follow_messages m
         WHERE m.clock_at IS NULL
         ORDER BY m.at, m.id
        """;

    public static Task<IReadOnlyList<Guid>> NewAsync(Work work, int take, CancellationToken cancellation) => work.PageAsync<Guid>(NewSql, null, take, cancellation);

    private const string NewOfSql = """
        SELECT m.id
          FROM follow_messages m
         WHERE m.subject_id = @subjectId
           AND m.clock_at IS NULL
         ORDER BY m.at, m.id
        """;

    /// <summary>About one report or case, the oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> NewOfAsync(Work work, Guid subjectId, CancellationToken cancellation) =>
        work.ListAsync<Guid>(NewOfSql, new { subjectId }, cancellation);

    private const string TakeSql = """
        UPDATE follow_messages
           SET clock_at = @now
         WHERE id = @id
           AND clock_at IS NULL
        """;

    /// <returns>False when another instance has it.</returns>
    public static async Task<bool> TakeAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ExecuteAsync(TakeSql, new { id }, cancellation) == 1;

    private const string WishSql = """
        SELECT m.id, m.kind, m.at, n.id AS report_id, n.handler_agency_id, n.about_worker_id, n.urgency, COALESCE(n.victim_id, v.id) AS victim_id, v.lead_agency_id
          FROM follow_messages m
          LEFT JOIN reports n ON n.id = m.subject_id
          LEFT JOIN victims v ON v.id = m.subject_id
         WHERE m.id = @id
           AND (n.id IS NOT NULL OR v.id IS NOT NULL)
        """;

    /// <summary>For the system itself: whom it concerns that somebody wants something.</summary>
    public static Task<Wish?> WishAsync(Work work, Guid id, CancellationToken cancellation) => work.FirstOrNoneAsync<Wish>(WishSql, new { id }, cancellation);

    private const string ReadSql = """
        UPDATE follow_messages
           SET read_at = @now
         WHERE subject_id = @subjectId
           AND read_at IS NULL
        """;

    /// <summary>Whoever opens a report, or what a survivor says, has read what came by its code.</summary>
    public static Task<int> ReadAsync(Work work, Guid subjectId, CancellationToken cancellation) => work.ExecuteAsync(ReadSql, new { subjectId }, cancellation);
}
