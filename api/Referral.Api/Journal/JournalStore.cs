using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A journal row as it is shown: codes and ids. The sealed change stays where it is.</summary>
internal sealed record JournalLine
{
    public required Guid Id { get; init; }

    /// <summary>Null until sealed.</summary>
    public required long? Position { get; init; }

    public required DateTimeOffset At { get; init; }

    public required Guid? WorkerId { get; init; }

    public required Guid? ClientId { get; init; }

    public required Guid? AgencyId { get; init; }

    /// <summary>Codes apart by commas; empty for the system itself.</summary>
    public required string Role { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public required string? SubjectKind { get; init; }

    public required Guid? SubjectId { get; init; }

    public required Guid? VictimId { get; init; }

    /// <summary>Codes of data groups apart by commas.</summary>
    public required string? Groups { get; init; }

    /// <summary>A JSON object; see <see cref="JournalFacts"/>.</summary>
    public required string? Facts { get; init; }
}

/// <summary>How often somebody read the same kind of data, and when first and last.</summary>
internal sealed record JournalReading
{
    public required string Action { get; init; }

    /// <summary>Codes of data groups apart by commas.</summary>
    public required string? Groups { get; init; }

    public required int Times { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }
}

/// <summary>Reads of one kind of data by one agency in one role.</summary>
internal sealed record ReaderLine
{
    public required Guid AgencyId { get; init; }

    public required string Role { get; init; }

    public required string Groups { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required int Times { get; init; }
}

/// <summary>Where a page of journal lines begins: right after this row, towards the past.</summary>
internal readonly record struct JournalPlace(DateTimeOffset At, Guid Id)
{
    /// <summary>Before the newest row there can be.</summary>
    public static readonly JournalPlace Newest = new(new DateTimeOffset(9999, 12, 31, 0, 0, 0, TimeSpan.Zero), Guid.AllBitsSet);

    public static JournalPlace Of(JournalLine line) => new(line.At, line.Id);
}

/// <summary>What an auditor asks for; null stands for all.</summary>
internal sealed record AuditQuestion
{
    public DateTimeOffset? FromAt { get; init; }

    public DateTimeOffset? ToAt { get; init; }

    public Guid? WorkerId { get; init; }

    public Guid? AgencyId { get; init; }

    public Guid? VictimId { get; init; }

    public Guid? SubjectId { get; init; }

    public string? Action { get; init; }
}

/// <summary>Every view of the journal is a WHERE clause on it. The newest come first; who may ask is up to the caller.</summary>
internal static class JournalStore
{
    private const string Lines = """
        SELECT j.id, j.position, j.at, j.worker_id, j.client_id, j.agency_id, j.role, j.action, j.outcome,
               j.subject_kind, j.subject_id, j.victim_id, j.groups, j.facts
          FROM journal j
        """;

    private const string After = """
           AND j.at <= @placeAt
           AND (j.at < @placeAt OR j.id < @placeId)
         ORDER BY j.at DESC, j.id DESC
        """;

    // That somebody is kept away, or may be so no more: an approval's row names its kind among the facts.
    private const string NoBlock = """
        (j.action NOT LIKE 'block.%' AND (j.action NOT LIKE 'approval.%' OR coalesce(j.facts, '') NOT LIKE '%"block_lift"%'))
        """;

    private const string AccessLogSql = $"""
        {Lines}
         WHERE j.victim_id = @victimId
           AND j.action NOT LIKE 'alert.%'
           AND (@withBlocks = 1 OR {NoBlock})
        {After}
        """;

    /// <summary>Who read, wrote or was turned away, about one victim.</summary>
    /// <param name="withBlocks">False for those who may not know whether anybody is kept away from her.</param>
    public static Task<IReadOnlyList<JournalLine>> AccessLogAsync(
        Work work, Guid victimId, bool withBlocks, JournalPlace after, int take, CancellationToken cancellation) =>
        work.PageAsync<JournalLine>(AccessLogSql, new { victimId, withBlocks, placeAt = after.At, placeId = after.Id }, take, cancellation);

    private const int MostReaders = 200;

    private const string ReadersSql = """
        SELECT j.agency_id, j.role, j.groups, min(j.at) AS first_at, max(j.at) AS last_at, count(*) AS times
          FROM journal j
         WHERE j.victim_id = @victimId
           AND j.action LIKE '%.read'
           AND j.outcome = 'done'
           AND j.groups IS NOT NULL
           AND j.agency_id IS NOT NULL
         GROUP BY j.agency_id, j.role, j.groups
         ORDER BY last_at DESC
        """;

    /// <summary>Which agencies read which groups of one victim, the latest first.</summary>
    public static Task<IReadOnlyList<ReaderLine>> ReadersAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.PageAsync<ReaderLine>(ReadersSql, new { victimId }, MostReaders, cancellation);

    private const string VictimHistorySql = $"""
        {Lines}
         WHERE j.victim_id = @victimId
           AND j.action NOT LIKE 'alert.%'
           AND (@withBlocks = 1 OR {NoBlock})
           AND j.action NOT LIKE '%.read'
           AND j.action NOT LIKE 'refused.%'
        {After}
        """;

    /// <summary>What changed about one victim; see <see cref="AccessLogAsync"/>.</summary>
    public static Task<IReadOnlyList<JournalLine>> VictimHistoryAsync(
        Work work, Guid victimId, bool withBlocks, JournalPlace after, int take, CancellationToken cancellation) =>
        work.PageAsync<JournalLine>(VictimHistorySql, new { victimId, withBlocks, placeAt = after.At, placeId = after.Id }, take, cancellation);

    private const string SubjectHistorySql = $"""
        {Lines}
         WHERE j.subject_id = @subjectId
           AND j.subject_kind = @subjectKind
           AND j.action NOT LIKE '%.read'
           AND j.action NOT LIKE 'refused.%'
        {After}
        """;

    /// <summary>What changed about one referral, agency, service …</summary>
    public static Task<IReadOnlyList<JournalLine>> SubjectHistoryAsync(
        Work work, string subjectKind, Guid subjectId, JournalPlace after, int take, CancellationToken cancellation) =>
        work.PageAsync<JournalLine>(
            SubjectHistorySql, new { subjectKind, subjectId, placeAt = after.At, placeId = after.Id }, take, cancellation);

    private const string SubjectActionsSql = $"""
        {Lines}
         WHERE j.subject_id = @subjectId
           AND j.subject_kind = @subjectKind
           AND j.action = @action
         ORDER BY j.at, j.id
        """;

    /// <summary>Every time that one thing happened to one subject, the first one first.</summary>
    public static Task<IReadOnlyList<JournalLine>> SubjectActionsAsync(
        Work work, string subjectKind, Guid subjectId, string action, CancellationToken cancellation) =>
        work.ListAsync<JournalLine>(SubjectActionsSql, new { subjectKind, subjectId, action }, cancellation);

    private const string ReadingsSql = """
        SELECT j.action, j.groups, count(*) AS times, min(j.at) AS first_at, max(j.at) AS last_at
          FROM journal j
         WHERE j.victim_id = @victimId
           AND j.worker_id = @workerId
           AND j.agency_id = @agencyId
           AND j.at >= @from
           AND j.at <= @to
           AND j.action LIKE '%.read'
           AND j.subject_kind <> 'break_glass'
         GROUP BY j.action, j.groups
         ORDER BY min(j.at), j.action, j.groups
        """;

    /// <summary>What was read of one victim, each kind of data once. Looking at the emergency access itself is no reading of hers.</summary>
    public static Task<IReadOnlyList<JournalReading>> ReadingsAsync(
        Work work, Guid victimId, Guid workerId, Guid agencyId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        work.ListAsync<JournalReading>(ReadingsSql, new { victimId, workerId, agencyId, from, to }, cancellation);

    // An auditor from whom somebody is kept hidden does not find her in the journal either.
    private const string Asked = $"""
           AND NOT EXISTS (SELECT 1 FROM victims v WHERE v.id = j.victim_id AND NOT ({Visibility.NotBlocked}))
           AND (@fromAt IS NULL OR j.at >= @fromAt)
           AND (@toAt IS NULL OR j.at < @toAt)
           AND (@workerId IS NULL OR j.worker_id = @workerId)
           AND (@agencyId IS NULL OR j.agency_id = @agencyId)
           AND (@subjectId IS NULL OR j.subject_id = @subjectId)
           AND (@action IS NULL OR j.action = @action)
        """;

    private const string AuditSql = $"""
        {Lines}
         WHERE (@victimId IS NULL OR j.victim_id = @victimId)
        {Asked}
        {After}
        """;

    private const string AuditOfVictimSql = $"""
        {Lines}
         WHERE j.victim_id = @victimId
        {Asked}
        {After}
        """;

    private const string AuditOfSubjectSql = $"""
        {Lines}
         WHERE j.subject_id = @subjectId
           AND (@victimId IS NULL OR j.victim_id = @victimId)
        {Asked}
        {After}
        """;

    private const string AuditOfWorkerSql = $"""
        {Lines}
         WHERE j.worker_id = @workerId
           AND (@victimId IS NULL OR j.victim_id = @victimId)
        {Asked}
        {After}
        """;

    private const string AuditOfAgencySql = $"""
        {Lines}
         WHERE j.agency_id = @agencyId
           AND (@victimId IS NULL OR j.victim_id = @victimId)
        {Asked}
        {After}
        """;

    /// <summary>One text per leading index, so that a question about one victim or worker never walks the whole journal.</summary>
    public static Task<IReadOnlyList<JournalLine>> AuditAsync(
        Work work, AuditQuestion question, JournalPlace after, int take, CancellationToken cancellation)
    {
        var sql = question switch
        {
            { VictimId: not null } => AuditOfVictimSql,
            { SubjectId: not null } => AuditOfSubjectSql,
            { WorkerId: not null } => AuditOfWorkerSql,
            { AgencyId: not null } => AuditOfAgencySql,
            _ => AuditSql,
        };
        return work.PageAsync<JournalLine>(sql, new
        {
            fromAt = question.FromAt,
            toAt = question.ToAt,
            workerId = question.WorkerId,
            agencyId = question.AgencyId,
            victimId = question.VictimId,
            subjectId = question.SubjectId,
            action = question.Action,
            placeAt = after.At,
            placeId = after.Id,
        }, take, cancellation);
    }
}
