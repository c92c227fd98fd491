using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a clock is about.</summary>
/// <param name="Kind">e.g. <c>referral</c>.</param>
/// <param name="VictimId">Whose block keeps a notification from somebody.</param>
/// <param name="IsNew">No clock of it has ever run.</param>
internal readonly record struct ClockSubject(string Kind, Guid Id, Guid? VictimId, Urgency Urgency, bool IsNew = false);

/// <summary>How a clock begins.</summary>
/// <param name="AgencyId">Who must act, and by whose calendar.</param>
/// <param name="From">It runs from then on, if that is still to come.</param>
/// <param name="Until">For clocks with a date of their own.</param>
/// <param name="Since">It has been running since then: what is written down late has waited from the moment it was told.</param>
internal readonly record struct ClockPlan(Guid AgencyId, DateTimeOffset? From = null, DateTimeOffset? Until = null, DateTimeOffset? Since = null);

/// <summary>The public verbs of deadlines. Times come from the rules of the domain, on the calendar of the agency that must act.</summary>
internal static class Clocks
{
    /// <summary>A deadline that an agency sets for an own case. Of each topic one runs at a time: a new date replaces the old one.</summary>
    public static async Task<Clock> SetAsync(Work work, Guid? id, Guid victimId, string topic, DateTimeOffset dueAt, CancellationToken cancellation)
    {
        foreach (var earlier in await ClockStore.OpenAsync(work, victimId, cancellation))
        {
            if (earlier.Kind == ClockKind.ActBefore && earlier.Topic == topic)
            {
                await EndAsync(work, earlier, ClockState.Stopped, cancellation);
            }
        }
        var deadline = Deadline.Until(ClockKind.ActBefore, work.Now, Instants.Cut(dueAt));
        var clock = New(ClockKind.ActBefore, new("victim", victimId, victimId, Urgency.High), work.Caller.UnitId, deadline, Calendars.Always, work.Now)
            with { Id = id ?? Ids.New(work.Now), Topic = topic };
        await ClockStore.InsertAsync(work, clock, cancellation);
        await AppendAsync(work, JournalActions.ClockSet, clock, cancellation);
        return clock;
    }

    /// <summary>By the word of its agency, in time or late.</summary>
    public static async Task DoneAsync(Work work, Clock clock, CancellationToken cancellation)
    {
        // Oversight that ends is access that ends: the turn of the victim comes first.
        if (clock is { Kind: ClockKind.AttestDeletion, VictimId: { } victimId })
        {
            await Turns.TakeAsync(work, victimId, cancellation);
            await Oversight.EndAsync(work, clock.SubjectId, cancellation);
        }
        await MeetAsync(work, clock, cancellation);
    }

    /// <summary>The journal row of something that happened to a clock.</summary>
    public static Task<Guid> AppendAsync(
        Work work, string action, Clock clock, CancellationToken cancellation, params (string Name, string Value)[] more) => Journal.AppendAsync(work, new JournalEntry
    {
        Action = action,
        SubjectKind = clock.SubjectKind,
        SubjectId = clock.SubjectId,
        VictimId = clock.VictimId,
        Facts = [("clock", clock.Kind.Code()), ("clockId", clock.Id.ToString()), .. more],
    }, cancellation);

    private static async Task<Clock> StartAsync(
        Work work, ClockKind kind, ClockSubject subject, ClockPlan plan, IEnumerable<Clock> others, Calendars calendars, CancellationToken cancellation)
    {
        var from = plan.Since ?? (plan.From > work.Now ? plan.From.Value : work.Now);
        var (code, calendar) = await calendars.OfAsync(kind, subject.Urgency, plan.AgencyId, cancellation, from);
        var length = plan.Until is null ? await calendars.Lengths.OfAsync(kind, subject.Urgency, subject.Id, plan.AgencyId, cancellation) : (ClockLength?)null;
        var deadline = plan.Until is { } until ? Deadline.Until(kind, from, until) : Deadline.Begin(kind, subject.Urgency, calendar, from, length);
        var clock = New(kind, subject, plan.AgencyId, deadline, code, work.Now) with { Length = length?.Code };
        // Whoever looks for the clock that is due first finds one.
        while (others.Any(other => other.DueAt == clock.DueAt))
        {
            clock = clock with { DueAt = clock.DueAt + Instants.Step };
        }
        await ClockStore.InsertAsync(work, clock, cancellation);
        return clock;
    }

    private static Clock New(ClockKind kind, ClockSubject subject, Guid agencyId, Deadline deadline, string calendar, DateTimeOffset now) => new()
    {
        Id = Ids.New(now),
        Kind = kind,
        SubjectKind = subject.Kind,
        SubjectId = subject.Id,
        VictimId = subject.VictimId,
        AgencyId = agencyId,
        Urgency = subject.Urgency,
        StartedAt = Instants.Cut(deadline.StartedAt),
        DueAt = Instants.Cut(deadline.DueAt),
        NextAt = deadline.NextAt,
        State = deadline.State,
        Stage = deadline.Stage,
        SpentMinutes = 0,
        Pauses = 0,
        Calendar = calendar,
        Version = 1,
    };

    /// <summary>Marks the clocks that a changed day can touch; a job counts them anew.</summary>
    public static Task<int> DaysOffChangedAsync(Work work, DateOnly date, CancellationToken cancellation) =>
        ClockStore.MarkStaleAsync(work, Karachi.At(date, TimeSpan.Zero), cancellation);

    /// <summary>Days off changed: the clock is counted anew, and with it what its referral is due at.</summary>
    /// <returns>False, with nothing written, when a move or another instance was first.</returns>
    public static async Task<bool> RecomputeAsync(Work work, Guid id, CancellationToken cancellation)
    {
        if (await ClockStore.FindAsync(work, id, cancellation) is not { } clock)
        {
            return false;
        }
        var (_, calendar) = await new Calendars(work).OfAsync(clock.Kind, clock.Urgency, clock.AgencyId, cancellation);
        var moved = clock.With(clock.On(calendar).Recompute(calendar));
        if (!await ClockStore.SaveAsync(work, moved with { DueAt = Instants.Cut(moved.DueAt) }, cancellation))
        {
            return false;
        }
        await ReferralStore.SaveDueAsync(work, clock.SubjectId, FirstDue(await ClockStore.OpenAsync(work, clock.SubjectId, cancellation)), cancellation);
        return true;
    }

    /// <summary>
    /// The case is led by another agency: deadlines of the lead become its own. They stay due when they were due; whose they
    /// are does not make her wait longer.
    /// </summary>
    public static async Task MoveAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation)
    {
        var calendars = new Calendars(work);
        foreach (var clock in await ClockStore.MovingAsync(work, victimId, agencyId, ClockRules.MovesWithLead, cancellation))
        {
            var (calendar, _) = await calendars.OfAsync(clock.Kind, clock.Urgency, agencyId, cancellation);
            if (!await ClockStore.MoveAsync(work, clock, agencyId, calendar, cancellation))
            {
                throw new ChangedMeanwhileException();
            }
        }
    }

    internal const string Basis = "basis";

    /// <summary>A permission ends by itself: whoever leads the case hears of it before, and asks again in time.</summary>
    /// <param name="ofAge">She comes of age then: it is her own that is asked for.</param>
    public static Task BasisEndsAsync(Work work, Guid basisId, Guid victimId, Guid agencyId, DateTimeOffset at, bool ofAge, CancellationToken cancellation) =>
        ApplyAsync(
            work, new ClockSubject(Basis, basisId, victimId, Urgency.Medium),
            [new ClockEffect(ClockVerb.Begin, ofAge ? ClockKind.RenewBasis : ClockKind.BasisEnds)], _ => new(agencyId, Until: at), cancellation);

    /// <summary>Her own permission is waited for when this one ends.</summary>
    public static async Task<bool> RenewsAsync(Work work, Guid basisId, CancellationToken cancellation) =>
        (await ClockStore.OpenAsync(work, basisId, cancellation)).Any(clock => clock.Kind == ClockKind.RenewBasis);

    /// <summary>Hers is asked for because of this one, in time or late.</summary>
    public static async Task<bool> AsksForHersAsync(Work work, Guid basisId, CancellationToken cancellation) =>
        (await ClockStore.AskingAsync(work, basisId, ClockKind.RenewBasis, cancellation)).Count > 0;

    /// <summary>It ended another way, or somebody wrote a new one. What ended because she came of age still asks for her own.</summary>
    public static async Task BasisEndedAsync(Work work, Guid basisId, CancellationToken cancellation)
    {
        foreach (var clock in await ClockStore.OpenAsync(work, basisId, cancellation))
        {
            if (clock.Kind == ClockKind.BasisEnds || (clock.Kind == ClockKind.RenewBasis && clock.DueAt > work.Now))
            {
                await EndAsync(work, clock, ClockState.Stopped, cancellation);
            }
        }
    }

    /// <summary>She said herself what may be shared, or that nothing may. Said years before, it is no answer: then she was not asked.</summary>
    public static Task SpokeForHerselfAsync(Work work, Guid victimId, bool ofAge, CancellationToken cancellation) =>
        MeetOfVictimAsync(work, victimId, ClockKind.RenewBasis, clock => ofAge || clock.Stage != ClockStage.None, cancellation);

    /// <summary>A plan was written, or looked at and given another day: an earlier day has been kept.</summary>
    /// <param name="reviewOn">When it is looked at again; a day that is over asks for nothing.</param>
    public static async Task PlannedAsync(Work work, Guid victimId, Guid agencyId, DateOnly? reviewOn, CancellationToken cancellation)
    {
        await MeetOfVictimAsync(work, victimId, ClockKind.PlanReview, _ => true, cancellation);
        if (reviewOn is { } on && Karachi.EndOf(on) is var dueAt && dueAt > work.Now)
        {
            await ClockStore.InsertAsync(
                work,
                New(ClockKind.PlanReview, new("victim", victimId, victimId, Urgency.Medium), agencyId, Deadline.Until(ClockKind.PlanReview, work.Now, dueAt), Calendars.Always, work.Now),
                cancellation);
        }
    }

    /// <summary>Who waited for it has her answer, in time or late.</summary>
    public static async Task AnsweredAsync(Work work, Guid subjectId, ClockKind kind, CancellationToken cancellation)
    {
        foreach (var clock in await ClockStore.AskingAsync(work, subjectId, kind, cancellation))
        {
            await MeetAsync(work, clock, cancellation);
        }
    }

    /// <summary>Somebody waits for it already.</summary>
    public static async Task<bool> IsAwaitedAsync(Work work, Guid subjectId, ClockKind kind, CancellationToken cancellation) =>
        (await ClockStore.AskingAsync(work, subjectId, kind, cancellation)).Count > 0;

    /// <summary>A service ended after which somebody looks in again. What was still to come from an earlier one is counted anew.</summary>
    public static async Task FollowUpAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation)
    {
        foreach (var earlier in await ClockStore.OpenOfAsync(work, victimId, [ClockKind.FollowUp], cancellation))
        {
            await EndAsync(work, earlier, ClockState.Stopped, cancellation);
        }
        foreach (var visit in FollowUps.All)
        {
            await VisitDueAsync(work, victimId, agencyId, visit.Kind, FollowUps.DueAt(visit, work.Now), cancellation);
        }
    }

    /// <summary>A visit is awaited.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="victimId">Who is visited.</param>
    /// <param name="agencyId">Who visits.</param>
    /// <param name="visit">Set follow_up_kind.</param>
    /// <param name="dueAt">Until when.</param>
    /// <param name="cancellation">Undoes it with the rest.</param>
    public static Task VisitDueAsync(Work work, Guid victimId, Guid agencyId, string visit, DateTimeOffset dueAt, CancellationToken cancellation) =>
        ClockStore.InsertAsync(
            work,
            New(ClockKind.FollowUp, new("victim", victimId, victimId, Urgency.Medium), agencyId, Deadline.Until(ClockKind.FollowUp, work.Now, dueAt), Calendars.Always, work.Now) with { Topic = visit },
            cancellation);

    /// <summary>A visit was made, in time or late: its deadline is met. Made while the case was closed, it does not come back when it is open again.</summary>
    /// <param name="visit">Set follow_up_kind.</param>
    public static async Task VisitedAsync(Work work, Guid victimId, string visit, CancellationToken cancellation)
    {
        await MeetOfVictimAsync(work, victimId, ClockKind.FollowUp, clock => clock.Topic == visit, cancellation);
        foreach (var left in (await ClockStore.LeftVisitsAsync(work, victimId, cancellation)).Where(clock => clock.Topic == visit))
        {
            await MeetAsync(work, left, cancellation);
        }
    }

    private static async Task MeetOfVictimAsync(Work work, Guid victimId, ClockKind kind, Func<Clock, bool> isMet, CancellationToken cancellation)
    {
        foreach (var clock in (await ClockStore.OpenOfAsync(work, victimId, [kind], cancellation)).Where(isMet))
        {
            await MeetAsync(work, clock, cancellation);
        }
    }

    private static async Task MeetAsync(Work work, Clock clock, CancellationToken cancellation)
    {
        await EndAsync(work, clock, ClockState.Met, cancellation);
        await AppendAsync(work, JournalActions.ClockDone, clock, cancellation);
    }

    /// <summary>The case closes: nobody has to keep its own deadlines any more.</summary>
    public static async Task StopOfLeadAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        foreach (var clock in await ClockStore.OpenOfAsync(work, victimId, ClockRules.OfTheLead, cancellation))
        {
            await EndAsync(work, clock, ClockState.Stopped, cancellation);
        }
    }

    /// <summary>What a move does to the clocks of its subject, in the order of the table; clocks that are not there are left alone.</summary>
    /// <param name="planOf">How a clock begins; null: it does not.</param>
    /// <returns>When the first of those that now run is due.</returns>
    public static async Task<DateTimeOffset?> ApplyAsync(
        Work work, ClockSubject subject, IReadOnlyList<ClockEffect> effects, Func<ClockKind, ClockPlan?> planOf, CancellationToken cancellation)
    {
        var clocks = subject.IsNew ? [] : (await ClockStore.OpenAsync(work, subject.Id, cancellation)).ToDictionary(clock => clock.Kind);
        var calendars = new Calendars(work);
        foreach (var (verb, kind) in effects)
        {
            if (verb == ClockVerb.Begin)
            {
                if (planOf(kind) is { } plan)
                {
                    // One that was met just now stays met.
                    if (clocks.Remove(kind, out var earlier) && earlier.State is ClockState.Running or ClockState.Paused)
                    {
                        await EndAsync(work, earlier, ClockState.Stopped, cancellation);
                    }
                    clocks[kind] = await StartAsync(work, kind, subject, plan, clocks.Values, calendars, cancellation);
                }
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
        ClockVerb.Meet => EndAsync(work, clock, ClockState.Met, cancellation),
        ClockVerb.Stop => EndAsync(work, clock, ClockState.Stopped, cancellation),
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

    private static Task<Clock> EndAsync(Work work, Clock clock, ClockState state, CancellationToken cancellation) =>
        SaveAsync(work, clock, clock with { State = state, NextAt = null, PausedAt = null }, cancellation);

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
