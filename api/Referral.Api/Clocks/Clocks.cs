using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a clock is about.</summary>
/// <param name="Kind">e.g. <c>referral</c>.</param>
/// <param name="VictimId">Whose block keeps a notification from somebody.</param>
internal readonly record struct ClockSubject(string Kind, Guid Id, Guid? VictimId, Urgency Urgency);

/// <summary>The public verbs of deadlines. Times come from the rules of the domain, on the calendar of the agency that must act.</summary>
internal static class Clocks
{
    /// <param name="agencyId">Who must act, and by whose calendar.</param>
    private static async Task<Clock> StartAsync(
        Work work, ClockKind kind, ClockSubject subject, Guid agencyId, Calendars calendars, CancellationToken cancellation)
    {
        var (code, calendar) = await calendars.OfAsync(kind, subject.Urgency, agencyId, cancellation);
        var deadline = Deadline.Begin(kind, subject.Urgency, calendar, work.Now);
        var clock = new Clock
        {
            Id = Ids.New(work.Now),
            Kind = kind,
            SubjectKind = subject.Kind,
            SubjectId = subject.Id,
            VictimId = subject.VictimId,
            AgencyId = agencyId,
            Urgency = subject.Urgency,
            StartedAt = work.Now,
            DueAt = Instants.Cut(deadline.DueAt),
            NextAt = deadline.NextAt,
            State = deadline.State,
            Stage = deadline.Stage,
            SpentMinutes = 0,
            Pauses = 0,
            Calendar = code,
            Version = 1,
        };
        await ClockStore.InsertAsync(work, clock, cancellation);
        return clock;
    }

    /// <summary>What a move does to the clocks of its subject, in the order of the table; clocks that are not there are left alone.</summary>
    /// <param name="agencyOf">Who must act on a clock that begins.</param>
    /// <returns>When the first of those that now run is due.</returns>
    public static async Task<DateTimeOffset?> ApplyAsync(
        Work work, ClockSubject subject, IReadOnlyList<ClockEffect> effects, Func<ClockKind, Guid> agencyOf, CancellationToken cancellation)
    {
        var clocks = (await ClockStore.OpenAsync(work, subject.Id, cancellation)).ToDictionary(clock => clock.Kind);
        var calendars = new Calendars(work);
        foreach (var (verb, kind) in effects)
        {
            if (verb == ClockVerb.Begin)
            {
                clocks[kind] = await StartAsync(work, kind, subject, agencyOf(kind), calendars, cancellation);
            }
            else if (clocks.TryGetValue(kind, out var clock))
            {
                clocks[kind] = await ApplyAsync(work, clock, verb, calendars, cancellation);
            }
        }
        return FirstDue(clocks.Values);
    }

    private static Task<Clock> ApplyAsync(Work work, Clock clock, ClockVerb verb, Calendars calendars, CancellationToken cancellation) => verb switch
    {
        ClockVerb.Meet => SaveAsync(work, clock, clock with { State = ClockState.Met, NextAt = null, PausedAt = null }, cancellation),
        ClockVerb.Stop => SaveAsync(work, clock, clock with { State = ClockState.Stopped, NextAt = null, PausedAt = null }, cancellation),
        ClockVerb.Pause => ChangeAsync(work, clock, (deadline, calendar) => deadline.Pause(calendar, work.Now), calendars, cancellation),
        _ => ChangeAsync(work, clock, (deadline, calendar) => deadline.Resume(calendar, work.Now), calendars, cancellation),
    };

    public static DateTimeOffset? FirstDue(IEnumerable<Clock> clocks) =>
        clocks.Where(clock => clock.State == ClockState.Running).Select(clock => (DateTimeOffset?)clock.DueAt).Min();

    private static async Task<Clock> ChangeAsync(
        Work work, Clock clock, Func<Deadline, WorkingCalendar, Deadline> change, Calendars calendars, CancellationToken cancellation)
    {
        var (_, calendar) = await calendars.OfAsync(clock.Kind, clock.Urgency, clock.AgencyId, cancellation);
        return await SaveAsync(work, clock, clock.With(change(clock.On(calendar), calendar)), cancellation);
    }

    /// <exception cref="ChangedMeanwhileException">The job had the clock in hand: the body runs again.</exception>
    private static async Task<Clock> SaveAsync(Work work, Clock before, Clock after, CancellationToken cancellation)
    {
        if (after == before)
        {
            return before;
        }
        if (!await ClockStore.SaveAsync(work, after, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        return after with { Version = before.Version + 1 };
    }
}
