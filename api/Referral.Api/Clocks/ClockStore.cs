using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A clock as the database holds it.</summary>
internal sealed record Clock
{
    public required Guid Id { get; init; }
    public required ClockKind Kind { get; init; }
    public required string SubjectKind { get; init; }
    public required Guid SubjectId { get; init; }
    public Guid? VictimId { get; init; }
    public required Guid AgencyId { get; init; }
    public required Urgency Urgency { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? NextAt { get; init; }
    public DateTimeOffset? PausedAt { get; init; }
    public DateTimeOffset? ResumedAt { get; init; }
    public required ClockState State { get; init; }
    public required ClockStage Stage { get; init; }
    public required int SpentMinutes { get; init; }
    public required int Pauses { get; init; }

    /// <summary>Of <c>act_before</c>: what has to be done (set act_before_topic). Of <c>follow_up</c>: which visit (set follow_up_kind). Else nothing.</summary>
    public string Topic { get; init; } = string.Empty;

    /// <summary>The pattern that it runs on: the agency's, or <c>always</c>.</summary>
    public required string Calendar { get; init; }

    /// <summary>What it was given when it began (<see cref="ClockLength.Code"/>), whatever is set since; none for a date of its own.</summary>
    public string? Length { get; init; }

    public required long Version { get; init; }

    /// <summary>Where it is looked at: a permission on the page of whom it is about.</summary>
    public (string Kind, Guid Id) Shown => SubjectKind == Clocks.Basis && VictimId is { } victim ? ("victim", victim) : (SubjectKind, SubjectId);

    public Deadline On(WorkingCalendar calendar) => new()
    {
        Kind = Kind,
        StartedAt = StartedAt,
        DueAt = DueAt,
        Allowed = Length is { } length ? ClockLength.Parse(length).On(calendar) : DueAt - StartedAt,
        NextAt = NextAt,
        PausedAt = PausedAt,
        ResumedAt = ResumedAt,
        State = State,
        Stage = Stage,
        Spent = TimeSpan.FromMinutes(SpentMinutes),
        Pauses = Pauses,
    };

    public Clock With(Deadline deadline) => this with
    {
        DueAt = deadline.DueAt,
        NextAt = deadline.NextAt,
        PausedAt = deadline.PausedAt,
        ResumedAt = deadline.ResumedAt,
        State = deadline.State,
        Stage = deadline.Stage,
        SpentMinutes = (int)deadline.Spent.TotalMinutes,
        Pauses = deadline.Pauses,
    };
}

/// <summary>Every SQL text over clocks.</summary>
internal static class ClockStore
{
    public const string Columns = """
        c.id, c.kind, c.subject_kind, c.subject_id, c.victim_id, c.agency_id, c.urgency, c.started_at, c.due_at, c.next_at, c.paused_at, c.resumed_at,
        c.state, c.stage, c.spent_minutes, c.pauses, c.topic, c.calendar, c.length, c.version
        """;

    private const string OpenSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.subject_id = @subjectId
           AND c.state IN ('running', 'paused')
        """;

    /// <summary>Clocks of one subject that still run or wait.</summary>
    public static Task<IReadOnlyList<Clock>> OpenAsync(Work work, Guid subjectId, CancellationToken cancellation) =>
        work.ListAsync<Clock>(OpenSql, new { subjectId }, cancellation);

    private const string AskingSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.subject_id = @subjectId
           AND c.kind = @kind
           AND c.state IN ('running', 'paused', 'missed')
        """;

    /// <summary>Those of one kind that ask for something, in time or late.</summary>
    public static Task<IReadOnlyList<Clock>> AskingAsync(Work work, Guid subjectId, ClockKind kind, CancellationToken cancellation) =>
        work.ListAsync<Clock>(AskingSql, new { subjectId, kind }, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.id = @id
        """;

    public static Task<Clock?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Clock>(FindSql, new { id }, cancellation);

    private const string DueSql = """
        SELECT c.id
          FROM clocks c
         WHERE c.next_at IS NOT NULL
           AND c.next_at <= @now
           AND c.is_stale = 0
         ORDER BY c.next_at, c.id
        """;

    /// <summary>Clocks that have something to say, the longest waiting first.</summary>
    public static Task<IReadOnlyList<Guid>> DueAsync(Work work, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(DueSql, null, take, cancellation);

    private const string MarkStaleSql = """
        UPDATE clocks
           SET is_stale = 1, version = version + 1
         WHERE state = 'running'
           AND calendar <> 'always'
           AND due_at >= @day
        """;

    /// <summary>After a day off was announced or taken back: those clocks say nothing until they have been counted anew; who has one in hand reads it again.</summary>
    public static Task<int> MarkStaleAsync(Work work, DateTimeOffset day, CancellationToken cancellation) =>
        work.ExecuteAsync(MarkStaleSql, new { day }, cancellation);

    private const string StaleSql = """
        SELECT c.id
          FROM clocks c
         WHERE c.is_stale = 1
         ORDER BY c.id
        """;

    public static Task<IReadOnlyList<Guid>> StaleAsync(Work work, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(StaleSql, null, take, cancellation);

    private const string InsertSql = """
        INSERT INTO clocks (id, kind, subject_kind, subject_id, victim_id, agency_id, urgency, started_at, due_at, next_at,
                            state, stage, spent_minutes, pauses, topic, calendar, length, version)
        VALUES (@id, @kind, @subjectKind, @subjectId, @victimId, @agencyId, @urgency, @startedAt, @dueAt, @nextAt,
                @state, @stage, 0, 0, @topic, @calendar, @length, 1)
        """;

    /// <exception cref="ChangedMeanwhileException">Another instance began the same since it was looked for: the body runs again.</exception>
    public static async Task InsertAsync(Work work, Clock clock, CancellationToken cancellation)
    {
        try
        {
            await work.ExecuteAsync(InsertSql, new
            {
                id = clock.Id,
                kind = clock.Kind,
                subjectKind = clock.SubjectKind,
                subjectId = clock.SubjectId,
                victimId = clock.VictimId,
                agencyId = clock.AgencyId,
                urgency = clock.Urgency,
                startedAt = clock.StartedAt,
                dueAt = clock.DueAt,
                nextAt = clock.NextAt,
                state = clock.State,
                stage = clock.Stage,
                topic = clock.Topic,
                calendar = clock.Calendar,
                length = clock.Length,
            }, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_clocks_open"))
        {
            throw new ChangedMeanwhileException();
        }
    }

    private const string SaveSql = """
        UPDATE clocks
           SET due_at = @dueAt, next_at = @nextAt, paused_at = @pausedAt, resumed_at = @resumedAt, is_stale = 0, state = @state, stage = @stage,
               spent_minutes = @spentMinutes, pauses = @pauses, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when another instance or a move was first.</returns>
    public static async Task<bool> SaveAsync(Work work, Clock clock, CancellationToken cancellation) => await work.ExecuteAsync(SaveSql, new
    {
        id = clock.Id,
        read = clock.Version,
        dueAt = clock.DueAt,
        nextAt = clock.NextAt,
        pausedAt = clock.PausedAt,
        resumedAt = clock.ResumedAt,
        state = clock.State,
        stage = clock.Stage,
        spentMinutes = clock.SpentMinutes,
        pauses = clock.Pauses,
    }, cancellation) == 1;

    private const string MovingSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.victim_id = @victimId
           AND c.subject_kind <> 'report'
           AND c.state IN ('running', 'paused', 'missed')
           AND c.kind IN (@kinds)
           AND c.agency_id <> @agencyId
           AND (c.kind <> 'hold_review' OR NOT EXISTS (SELECT 1 FROM referrals r WHERE r.id = c.subject_id AND r.provider_agency_id = c.agency_id))
        """;

    /// <summary>Deadlines of a case that whoever leads it has to keep, and another agency still has. A hold is looked at by the side that holds.</summary>
    public static Task<IReadOnlyList<Clock>> MovingAsync(
        Work work, Guid victimId, Guid agencyId, IReadOnlyCollection<ClockKind> kinds, CancellationToken cancellation) =>
        work.ListAsync<Clock>(MovingSql, new { victimId, agencyId, kinds = kinds.Select(kind => kind.Code()).ToArray() }, cancellation);

    private const string OpenOfVictimSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.victim_id = @victimId
           AND c.subject_kind <> 'report'
           AND c.state IN ('running', 'paused', 'missed')
           AND c.kind IN (@kinds)
        """;

    /// <summary>Those of some kinds that still ask for something; not of a report that led to her, which those who handle it answer.</summary>
    public static Task<IReadOnlyList<Clock>> OpenOfAsync(Work work, Guid victimId, IReadOnlyCollection<ClockKind> kinds, CancellationToken cancellation) =>
        work.ListAsync<Clock>(OpenOfVictimSql, new { victimId, kinds = kinds.Select(kind => kind.Code()).ToArray() }, cancellation);

    private const string OfReportSql = """
        UPDATE clocks
           SET victim_id = @victimId, version = version + 1
         WHERE subject_id = @reportId
           AND subject_kind = 'report'
        """;

    /// <summary>Those of a report are of the case that it led to.</summary>
    public static Task<int> LeadAsync(Work work, Guid reportId, Guid victimId, CancellationToken cancellation) =>
        work.ExecuteAsync(OfReportSql, new { reportId, victimId }, cancellation);

    private const string StoppedSql = $"""
        SELECT {Columns}
          FROM clocks c
          JOIN bases b ON b.id = c.subject_id
         WHERE c.victim_id = @victimId
           AND c.kind IN ('basis_ends', 'renew_basis')
           AND c.state = 'stopped'
           AND b.status = 'active'
           AND b.valid_to > @now
           AND NOT EXISTS (SELECT 1 FROM clocks o WHERE o.subject_id = c.subject_id AND o.state IN ('running', 'paused'))
        """;

    /// <summary>Those of permissions that are still in force, once for each time that it was stopped.</summary>
    public static Task<IReadOnlyList<Clock>> StoppedOfBasesAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<Clock>(StoppedSql, new { victimId }, cancellation);

    private const string LeftVisitsSql = $"""
        SELECT {Columns}
          FROM clocks c
         WHERE c.victim_id = @victimId
           AND c.kind = 'follow_up'
           AND c.state = 'stopped'
           AND NOT EXISTS (SELECT 1 FROM clocks o WHERE o.victim_id = @victimId AND o.kind = 'follow_up' AND o.started_at > c.started_at)
         ORDER BY c.due_at, c.id
        """;

    /// <summary>Visits that nobody made before the case closed, nor since, by the day that they were due. Those that run out together began together.</summary>
    public static Task<IReadOnlyList<Clock>> LeftVisitsAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<Clock>(LeftVisitsSql, new { victimId }, cancellation);

    private const string MoveSql = """
        UPDATE clocks
           SET agency_id = @agencyId, calendar = @calendar, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when another instance or a move was first.</returns>
    public static async Task<bool> MoveAsync(Work work, Clock clock, Guid agencyId, string calendar, CancellationToken cancellation) =>
        await work.ExecuteAsync(MoveSql, new { id = clock.Id, read = clock.Version, agencyId, calendar }, cancellation) == 1;
}
