using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A report as the database holds it, with the key of its story.</summary>
internal sealed record Report : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid HandlerAgencyId { get; init; }
    public required ReportKind Kind { get; init; }
    public Guid? AboutAgencyId { get; init; }
    public Guid? AboutWorkerId { get; init; }
    public string? AboutWorkerName { get; init; }
    public required string Channel { get; init; }
    public ReportOutcome? Outcome { get; init; }
    public string? Urgency { get; init; }
    public string? District { get; init; }
    public required bool IsLate { get; init; }
    public required bool IsAnonymous { get; init; }
    public byte[]? Story { get; init; }
    public required long StoryVersion { get; init; }
    public Guid? ReporterKeyId { get; init; }
    public string? ReporterKek { get; init; }
    public byte[]? ReporterWrapped { get; init; }
    public byte[]? Reporter { get; init; }
    public Guid? VictimId { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public Guid? RelatedId { get; init; }
    public DateTimeOffset? CallBackBy { get; init; }
    public DateTimeOffset? StopBy { get; init; }
    public required long Version { get; init; }

    public static SealedPlace StoryPlace(Guid id, long version) => new("reports", id, "story", version);

    /// <summary>What is kept of the caller is never changed: its place has one version for ever.</summary>
    public static SealedPlace ReporterPlace(Guid id) => new("reports", id, "reporter", 1);
}

/// <summary>A new report, ready to be stored.</summary>
/// <param name="Time">When it was told.</param>
/// <param name="HandlerId">The unit that handles it.</param>
internal sealed record NewReport(Guid Id, ReportDraft Draft, ClientTime Time, Guid HandlerId, Guid KeyId, byte[]? Story, Guid? ReporterKeyId, byte[]? Reporter);

/// <summary>Every SQL text over reports but the predicate itself (<see cref="Visibility.OfReports"/>).</summary>
internal static class ReportStore
{
    private const string InsertSql = """
        INSERT INTO reports (id, agency_id, handler_agency_id, kind, about_agency_id, about_worker_id, channel, outcome, urgency, district,
                             is_late, is_anonymous, key_id, story, story_version, reporter_key_id, reporter, created_by, reported_at, received_at, changed_at, version)
        VALUES (@id, @unit, @handlerId, @kind, @aboutAgencyId, @aboutWorkerId, @channel, @outcome, @urgency, @district,
                @isLate, @isAnonymous, @keyId, @story, 1, @reporterKeyId, @reporter, @principal, @reportedAt, @now, @now, 1)
        """;

    public static Task<int> InsertAsync(Work work, NewReport report, CancellationToken cancellation) => work.ExecuteAsync(InsertSql, new
    {
        id = report.Id,
        handlerId = report.HandlerId,
        kind = report.Draft.Kind,
        aboutAgencyId = report.Draft.AboutAgencyId,
        aboutWorkerId = report.Draft.AboutWorkerId,
        channel = report.Draft.Channel,
        outcome = report.Draft.Outcome,
        urgency = report.Draft.Urgency,
        district = report.Draft.District,
        isLate = report.Time.IsLate,
        isAnonymous = report.Draft.Reporter?.IsAnonymous == true,
        keyId = report.KeyId,
        story = report.Story,
        reporterKeyId = report.ReporterKeyId,
        reporter = report.Reporter,
        reportedAt = report.Time.At,
    }, cancellation);

    // Waited for in time or late.
    private const string Awaited = """
        (SELECT min(c.due_at) FROM clocks c WHERE c.subject_id = n.id AND c.kind = 'callback' AND c.state IN ('running', 'missed')) AS call_back_by,
               (SELECT min(s.due_at) FROM clocks s WHERE s.subject_id = n.id AND s.kind = 'stop_request' AND s.state IN ('running', 'missed')) AS stop_by
        """;

    private const string FindSql = $"""
        SELECT n.id, n.handler_agency_id, n.kind, n.about_agency_id, n.about_worker_id, w.display_name AS about_worker_name, n.channel, n.outcome, n.urgency, n.district,
               n.is_late, n.is_anonymous, n.story, n.story_version, n.reporter_key_id, o.kek AS reporter_kek, o.wrapped AS reporter_wrapped, n.reporter,
               n.victim_id, n.related_id, n.reported_at, n.received_at, n.version, {Awaited}, {Keys.Columns}
          FROM reports n
          JOIN data_keys k ON k.id = n.key_id
          LEFT JOIN data_keys o ON o.id = n.reporter_key_id
          LEFT JOIN workers w ON w.id = n.about_worker_id
         WHERE n.id = @id
           AND {Visibility.OfReports}
        """;

    /// <returns>Null when there is no such report, or the caller may not see it.</returns>
    public static Task<Report?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Report>(FindSql, new { id }, cancellation);

    private const string ReceiptSql = $"""
        SELECT n.id, n.is_late, n.handler_agency_id, f.id AS follow_id, f.code AS follow_code, {Keys.Columns}
          FROM reports n
          JOIN data_keys k ON k.id = n.key_id
          LEFT JOIN follow_codes f ON f.subject_id = n.id
         WHERE n.id = @id
           AND n.created_by = @principal
        """;

    /// <summary>What whoever wrote it down is told of it, also when it went out of his sight.</summary>
    public static Task<TakenReport?> FindTakenAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<TakenReport>(ReceiptSql, new { id }, cancellation);

    private const string ListSql = $"""
        SELECT n.id, n.kind, n.channel, n.outcome, n.urgency, n.district, n.reported_at, n.received_at, n.is_late, n.victim_id,
               (SELECT count(*) FROM follow_messages m WHERE m.subject_id = n.id AND m.read_at IS NULL) AS unread, {Awaited}
          FROM reports n
         WHERE {Visibility.OfReports}
           AND (@show = 'all' OR (@show = 'open' AND (n.outcome IS NULL OR EXISTS (SELECT 1 FROM follow_messages q WHERE q.subject_id = n.id AND q.read_at IS NULL)
                 OR EXISTS (SELECT 1 FROM clocks e WHERE e.subject_id = n.id AND e.kind IN ('callback', 'stop_request') AND e.state IN ('running', 'missed')))) OR (@show = 'sorted' AND n.outcome IS NOT NULL))
           AND (@kind IS NULL OR n.kind = @kind)
           AND (@afterId IS NULL OR n.received_at < @afterAt OR (n.received_at = @afterAt AND n.id < @afterId))
         ORDER BY n.received_at DESC, n.id DESC
        """;

    /// <summary>Newest first.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="show">open (nobody has said what becomes of it, a message waits, or somebody waits to be called or for an answer), sorted, or all.</param>
    /// <param name="kind">Null for each.</param>
    /// <param name="paging">How much of it.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static Task<IReadOnlyList<ListedReport>> ListAsync(Work work, string show, string? kind, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ListedReport>(ListSql, new { show, kind, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string KinSql = $"""
        SELECT n.id
          FROM reports n
         WHERE (n.related_id = @id OR n.id = @relatedId)
           AND {Visibility.OfReports}
         ORDER BY n.received_at, n.id
        """;

    /// <summary>Those that tell the same as a report, and the one that it tells again; of them what the caller sees.</summary>
    public static Task<IReadOnlyList<Guid>> KinAsync(Work work, Report report, CancellationToken cancellation) =>
        work.PageAsync<Guid>(KinSql, new { id = report.Id, relatedId = report.RelatedId }, 200, cancellation);

    private const string RelatedSql = """
        SELECT n.related_id
          FROM reports n
         WHERE n.id = @id
        """;

    /// <summary>Whoever asks: which report was the first to tell what this one tells again.</summary>
    /// <returns>Null when they go round in a ring.</returns>
    public static async Task<Guid?> FirstOfAsync(Work work, Guid id, CancellationToken cancellation)
    {
        var seen = new HashSet<Guid>();
        var first = id;
        while (seen.Add(first))
        {
            if (await work.ScalarAsync<Guid?>(RelatedSql, new { id = first }, cancellation) is not { } earlier)
            {
                return first;
            }
            first = earlier;
        }
        return null;
    }

    private const string ToldAgainSql = """
        SELECT count(*)
          FROM reports n
         WHERE n.related_id = @id
        """;

    /// <summary>Whoever asks: others name this one as the first.</summary>
    public static async Task<bool> IsToldAgainAsync(Work work, Guid id, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(ToldAgainSql, new { id }, cancellation) > 0;

    private const string AboutSql = """
        SELECT n.about_worker_id
          FROM reports n
         WHERE n.id = @id
        """;

    /// <summary>For the system itself, which has to go round them.</summary>
    public static Task<Guid?> FindAboutAsync(Work work, Guid id, CancellationToken cancellation) => work.ScalarAsync<Guid?>(AboutSql, new { id }, cancellation);

    private const string LeadSql = """
        UPDATE reports
           SET victim_id = @victimId, outcome = @outcome, taken_at = coalesce(taken_at, @now), changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>From here on it belongs to a case.</summary>
    /// <returns>False, with nothing written, when somebody else changed the report first.</returns>
    public static async Task<bool> LeadAsync(Work work, Report report, Guid victimId, ReportOutcome outcome, CancellationToken cancellation) =>
        await work.ExecuteAsync(LeadSql, new { id = report.Id, read = report.Version, victimId, outcome }, cancellation) == 1;

    private const string SortSql = """
        UPDATE reports
           SET outcome = @outcome, urgency = @urgency, district = @district, related_id = @relatedId, story = @story, story_version = @storyVersion,
               taken_at = coalesce(taken_at, @now), changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else changed the report first.</returns>
    public static async Task<bool> SortAsync(Work work, Report report, ReportChange change, byte[]? story, long storyVersion, CancellationToken cancellation) =>
        await work.ExecuteAsync(SortSql, new
        {
            id = report.Id,
            read = report.Version,
            outcome = change.Outcome,
            urgency = change.Urgency,
            district = change.District,
            relatedId = change.RelatedId,
            story,
            storyVersion,
        }, cancellation) == 1;
}

internal sealed record TakenReport : SealedRow
{
    public required Guid Id { get; init; }
    public required bool IsLate { get; init; }
    public required Guid HandlerAgencyId { get; init; }
    public Guid? FollowId { get; init; }
    public byte[]? FollowCode { get; init; }
}

internal sealed record ListedReport
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Channel { get; init; }
    public string? Outcome { get; init; }
    public string? Urgency { get; init; }
    public string? District { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required bool IsLate { get; init; }
    public required int Unread { get; init; }
    public DateTimeOffset? CallBackBy { get; init; }
    public DateTimeOffset? StopBy { get; init; }
    public Guid? VictimId { get; init; }
}
