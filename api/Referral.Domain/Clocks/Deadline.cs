namespace NationalReferral;

/// <summary>
/// One clock: it runs on a calendar, may pause, speaks at half and three quarters of its time, and is missed at the end.
/// The calendar is handed to each verb, because a holiday may be announced while the clock runs.
/// </summary>
public sealed record Deadline
{
    public required ClockKind Kind { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Working time from start to due, pauses left out.</summary>
    public required TimeSpan Allowed { get; init; }

    /// <summary>When it speaks next; null unless it runs.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>When it last ran on after a pause.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    public ClockState State { get; init; } = ClockState.Running;

    public ClockStage Stage { get; init; }

    /// <summary>Working time used up at the last pause, in whole minutes: the part of a minute is given back.</summary>
    public TimeSpan Spent { get; init; }

    public int Pauses { get; init; }

    public bool IsOpen => State is ClockState.Running or ClockState.Paused;

    /// <param name="length">Null: the default.</param>
    public static Deadline Begin(ClockKind kind, Urgency urgency, WorkingCalendar agency, DateTimeOffset now, ClockLength? length = null)
    {
        var calendar = CalendarOf(kind, urgency, agency);
        var allowed = (length ?? ClockRules.Of(kind).For(urgency)).On(calendar);
        var begun = new Deadline { Kind = kind, StartedAt = now, DueAt = calendar.Add(now, allowed), Allowed = allowed };
        return begun with { NextAt = begun.NextStageAt(calendar) };
    }

    /// <summary>A clock that ends at a named moment.</summary>
    public static Deadline Until(ClockKind kind, DateTimeOffset now, DateTimeOffset dueAt)
    {
        var begun = new Deadline { Kind = kind, StartedAt = now, DueAt = dueAt, Allowed = dueAt - now };
        // Moments that were over before anybody set the clock are not spoken of.
        while (begun.Stage < ClockStage.Urged && begun.NextStageAt(WorkingCalendar.DayAndNight) <= now)
        {
            begun = begun with { Stage = begun.NextStage };
        }
        return begun with { NextAt = begun.NextStageAt(WorkingCalendar.DayAndNight) };
    }

    /// <summary>The calendar that this clock runs on for an agency that works by <paramref name="agency"/>.</summary>
    public static WorkingCalendar CalendarOf(ClockKind kind, Urgency urgency, WorkingCalendar agency) =>
        ClockRules.RunsDayAndNight(kind, urgency) ? WorkingCalendar.DayAndNight : agency;

    /// <summary>A clock that does not run is left as it is.</summary>
    public Deadline Pause(WorkingCalendar calendar, DateTimeOffset now) =>
        State != ClockState.Running ? this : this with
        {
            State = ClockState.Paused,
            PausedAt = now,
            NextAt = null,
            Spent = SpentBy(calendar, now),
            Pauses = Pauses + 1,
        };

    /// <summary>Runs on with what was left, and not before its start; one that was not paused is left as it is.</summary>
    public Deadline Resume(WorkingCalendar calendar, DateTimeOffset now)
    {
        if (State != ClockState.Paused)
        {
            return this;
        }
        var from = now > StartedAt ? now : StartedAt;
        var running = this with { State = ClockState.Running, PausedAt = null, ResumedAt = from, DueAt = calendar.Add(from, Allowed - Spent) };
        return running with { NextAt = running.NextStageAt(calendar) };
    }

    public Deadline Meet() => End(ClockState.Met);

    public Deadline Stop() => End(ClockState.Stopped);

    /// <summary>
    /// Speaks for every stage whose moment has come, the earlier first; after an outage several come at once. At
    /// <see cref="ClockStage.Missed"/> the clock ends.
    /// </summary>
    public (Deadline After, IReadOnlyList<ClockStage> Reached) Reach(WorkingCalendar calendar, DateTimeOffset now)
    {
        var after = this;
        var reached = new List<ClockStage>();
        while (after is { State: ClockState.Running, NextAt: { } next } && next <= now)
        {
            var stage = after.NextStage;
            reached.Add(stage);
            after = after with { Stage = stage };
            after = stage == ClockStage.Missed ? after.End(ClockState.Missed) : after with { NextAt = after.NextStageAt(calendar) };
        }
        return (after, reached);
    }

    /// <summary>The same clock after holidays or hours changed: what is left since it last began to run is counted anew.</summary>
    public Deadline Recompute(WorkingCalendar calendar)
    {
        if (State != ClockState.Running)
        {
            return this;
        }
        var moved = this with { DueAt = calendar.Add(ResumedAt ?? StartedAt, Allowed - Spent) };
        return moved with { NextAt = moved.NextStageAt(calendar) };
    }

    private Deadline End(ClockState state) => IsOpen ? this with { State = state, NextAt = null, PausedAt = null } : this;

    // Counted from when it last began to run, not back from an end that a new holiday may have moved.
    private TimeSpan SpentBy(WorkingCalendar calendar, DateTimeOffset now)
    {
        var spent = Spent + TimeSpan.FromMinutes(Math.Floor(calendar.Between(ResumedAt ?? StartedAt, now).TotalMinutes));
        return spent < Allowed ? spent : Allowed;
    }

    private ClockStage NextStage => Stage == ClockStage.Escalated && Kind != ClockKind.ActBefore ? ClockStage.Missed : Stage + 1;

    // Counted back from the end, so that pauses need no further bookkeeping.
    private DateTimeOffset NextStageAt(WorkingCalendar calendar) => (Kind, Stage) switch
    {
        (ClockKind.ActBefore, ClockStage.None) => DueAt.AddHours(-72),
        (ClockKind.ActBefore, ClockStage.Reminded) => DueAt.AddHours(-24),
        (ClockKind.ActBefore, ClockStage.Escalated) => DueAt.AddHours(-6),
        // Long ones speak when there is something to arrange, not when half of a year is gone.
        (ClockKind.FollowUp, ClockStage.None) => DueAt.AddDays(-14),
        (ClockKind.FollowUp, ClockStage.Reminded) => DueAt.AddDays(-3),
        (ClockKind.BasisEnds or ClockKind.PlanReview, ClockStage.None) => DueAt.AddDays(-7),
        (ClockKind.BasisEnds or ClockKind.PlanReview, ClockStage.Reminded) => DueAt.AddDays(-1),
        // She has to be found, told, and heard.
        (ClockKind.RenewBasis, ClockStage.None) => DueAt.AddDays(-60),
        (ClockKind.RenewBasis, ClockStage.Reminded) => DueAt.AddDays(-14),
        (_, ClockStage.None) => calendar.Add(DueAt, -Allowed * 0.5),
        (_, ClockStage.Reminded) => calendar.Add(DueAt, -Allowed * 0.25),
        _ => DueAt,
    };
}
