using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Lets clocks speak: remind at half of their time, escalate at three quarters, act at the end. Every instance with the
/// role <c>jobs</c> runs it; the clock's version decides which of them speaks, in the transaction that also writes what
/// was said, so that a stage happens once however many there are and wherever one of them dies.
/// </summary>
internal sealed partial class ClockJob(Database database, Keys keys, TimeProvider clock, ILogger<ClockJob> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Speaks for every clock whose moment has come, until none is left.</summary>
    /// <returns>How many clocks this instance spoke for.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        await EachAsync(ClockStore.StaleAsync, Clocks.RecomputeAsync, cancellation);
        var spoken = await EachAsync(ClockStore.DueAsync, (work, id, stop) => SpeakAsync(work, id, keys, stop), cancellation);
        // Last: deadlines that run wait for no wish that cannot be looked at.
        await EachAsync(Wishes.WaitingAsync, Wishes.BeginAsync, cancellation);
        return spoken;
    }

    /// <summary>A batch at a time, until none is left or none of a batch could be changed.</summary>
    /// <returns>How many this instance changed.</returns>
    private async Task<int> EachAsync(
        Func<Work, int, CancellationToken, Task<IReadOnlyList<Guid>>> next, Func<Work, Guid, CancellationToken, Task<bool>> change, CancellationToken cancellation)
    {
        var changed = 0;
        while (true)
        {
            var ids = await database.ReadAsync(Caller.System, work => next(work, Batch, cancellation), cancellation);
            var before = changed;
            foreach (var id in ids)
            {
                changed += await SafelyAsync(id, work => change(work, id, cancellation), cancellation) ? 1 : 0;
            }
            if (ids.Count < Batch || changed == before)
            {
                return changed;
            }
        }
    }

    /// <summary>Nothing is released at the end: another instance, or this one later, finds every clock as it stands.</summary>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Rounds.RunAsync(Pause, clock, RunAsync, fault => Log.CannotLook(log, fault.GetType().Name), stoppingToken);

    /// <summary>One clock that cannot speak must not silence the others.</summary>
    private async Task<bool> SafelyAsync(Guid id, Func<Work, Task<bool>> change, CancellationToken cancellation)
    {
        try
        {
            return await database.ChangeAsync(Caller.System, change, done => done, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CannotSpeak(log, id, fault.GetType().Name);
            return false;
        }
    }

    /// <returns>False, with nothing kept, when another instance or a move was first.</returns>
    internal static async Task<bool> SpeakAsync(Work work, Guid id, Keys keys, CancellationToken cancellation)
    {
        if (await ClockStore.FindAsync(work, id, cancellation) is not { NextAt: { } next } read || next > work.Now)
        {
            return false;
        }
        var (_, calendar) = await new Calendars(work).OfAsync(read.Kind, read.Urgency, read.AgencyId, cancellation);
        var (after, reached) = read.On(calendar).Reach(calendar, work.Now);
        var missed = after.State == ClockState.Missed ? ClockRules.Missed(read.Kind) : (WhenMissed?)null;
        // The turn of the victim comes before everything else that a move writes.
        if (missed is { } follows && ClockMisses.TakesTurn(follows) && read.VictimId is { } victimId)
        {
            await Turns.TakeAsync(work, victimId, cancellation);
        }
        if (!await ClockStore.SaveAsync(work, read.With(after), cancellation))
        {
            return false;
        }
        foreach (var stage in reached.Where(stage => stage != ClockStage.Missed || !ClockMisses.TellsItself(missed)))
        {
            await TellAsync(work, read, stage, cancellation);
        }
        if (missed is { } then)
        {
            await ClockMisses.FollowAsync(work, read, then, keys, cancellation);
        }
        return true;
    }

    public static Notice NoticeOf(Clock clock, ClockStage stage) =>
        new($"clock.{clock.Kind.Code()}", clock.Id, clock.Shown.Kind, clock.Shown.Id, clock.VictimId, stage.Code(), clock.DueAt, IsUrgent: clock.Urgency == Urgency.Emergency);

    /// <summary>A reminder goes to whoever must act; an escalation to the supervisors of both units and of all above them.</summary>
    private static async Task TellAsync(Work work, Clock clock, ClockStage stage, CancellationToken cancellation)
    {
        var notice = NoticeOf(clock, stage);
        if (clock.SubjectKind == "report")
        {
            await Reports.TellAsync(work, clock, stage, notice, cancellation);
            return;
        }
        if (clock.Kind == ClockKind.Approval)
        {
            await Approvals.TellAsync(work, clock, notice, cancellation);
            return;
        }
        if (clock.Kind == ClockKind.BreakGlassReview)
        {
            await BreakGlasses.TellAsync(work, clock, notice, cancellation);
            return;
        }
        if (clock.Kind == ClockKind.Transfer)
        {
            await Transfers.TellAsync(work, clock, stage, notice, cancellation);
            return;
        }
        var parties = await work.FirstOrNoneAsync<Parties>(PartiesSql, new { id = clock.SubjectId }, cancellation);
        if (parties is null)
        {
            await TellOwnAsync(work, clock, stage, notice, cancellation);
            return;
        }
        if (clock.AgencyId == parties.SenderAgencyId)
        {
            await Notifications.TellSendersAsync(work, parties.SenderAgencyId, notice, cancellation);
        }
        else
        {
            await Notifications.TellDeskAsync(work, parties.ProviderAgencyId, notice, cancellation);
        }
        if (stage != ClockStage.Reminded)
        {
            await Notifications.TellSupervisorsAsync(work, parties.ProviderAgencyId, notice, cancellation);
            await Notifications.TellSupervisorsAsync(work, parties.SenderAgencyId, notice, cancellation);
        }
    }

    /// <summary>A deadline that an agency set itself: its team of the case, and in the end its supervisors.</summary>
    private static async Task TellOwnAsync(Work work, Clock clock, ClockStage stage, Notice notice, CancellationToken cancellation)
    {
        await Notifications.TellSendersAsync(work, clock.AgencyId, notice, cancellation);
        if (stage > ClockStage.Reminded)
        {
            await Notifications.TellSupervisorsAsync(work, clock.AgencyId, notice, cancellation);
        }
    }

    private const string PartiesSql = """
        SELECT r.sender_agency_id, r.provider_agency_id
          FROM referrals r
         WHERE r.id = @id
        """;

    private sealed record Parties
    {
        public required Guid SenderAgencyId { get; init; }
        public required Guid ProviderAgencyId { get; init; }
    }

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Error, "Deadlines could not be looked at ({Fault}); it is tried again in two seconds.")]
        public static partial void CannotLook(ILogger log, string fault);

        [LoggerMessage(1302, LogLevel.Error, "Clock {Clock} could not speak ({Fault}); it is tried again in two seconds, the others go on.")]
        public static partial void CannotSpeak(ILogger log, Guid clock, string fault);
    }
}

internal static class ClockSetup
{
    public static IServiceCollection AddClocks(this IServiceCollection services) => services.AddSingleton<ClockJob>();

    /// <summary>The job itself, for instances that have the role <c>jobs</c>.</summary>
    public static IServiceCollection AddClockJob(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<ClockJob>());
}
