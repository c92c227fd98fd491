using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Lets clocks speak: remind at half of their time, escalate at three quarters, act at the end. Every instance with the
/// role <c>jobs</c> runs it; the clock's version decides which of them speaks, in the transaction that also writes what
/// was said, so that a stage happens once however many there are and wherever one of them dies.
/// </summary>
internal sealed partial class ClockJob(Database database, TimeProvider clock, ILogger<ClockJob> log) : BackgroundService
{
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Speaks for every clock whose moment has come, until none is left.</summary>
    /// <returns>How many clocks this instance spoke for.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var spoke = 0;
        while (true)
        {
            var due = await database.ReadAsync(Caller.System, work => ClockStore.DueAsync(work, Batch, cancellation), cancellation);
            var before = spoke;
            foreach (var id in due)
            {
                spoke += await SpeakSafelyAsync(id, cancellation) ? 1 : 0;
            }
            if (due.Count < Batch || spoke == before)
            {
                return spoke;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception fault) when (fault is not OperationCanceledException)
                {
                    Log.CannotLook(log, fault.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: another instance, or this one later, finds every clock as it stands.
        }
    }

    /// <summary>One clock that cannot speak must not silence the others.</summary>
    private async Task<bool> SpeakSafelyAsync(Guid id, CancellationToken cancellation)
    {
        try
        {
            return await database.ChangeAsync(Caller.System, work => SpeakAsync(work, id, cancellation), done => done, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CannotSpeak(log, id, fault.GetType().Name);
            return false;
        }
    }

    /// <returns>False, with nothing kept, when another instance or a move was first.</returns>
    internal static async Task<bool> SpeakAsync(Work work, Guid id, CancellationToken cancellation)
    {
        if (await ClockStore.FindAsync(work, id, cancellation) is not { NextAt: { } next } read || next > work.Now)
        {
            return false;
        }
        var (_, calendar) = await new Calendars(work).OfAsync(read.Kind, read.Urgency, read.AgencyId, cancellation);
        var (after, reached) = read.On(calendar).Reach(calendar, work.Now);
        // The turn of the victim comes before everything else that a move writes.
        var expires = after.State == ClockState.Missed && ClockRules.Of(read.Kind).Missed == WhenMissed.ExpireReferral;
        if (expires && read.VictimId is { } victimId)
        {
            await Turns.TakeAsync(work, victimId, cancellation);
        }
        if (!await ClockStore.SaveAsync(work, read.With(after), cancellation))
        {
            return false;
        }
        // A miss that ends the referral is told as that end, once (see Referrals).
        foreach (var stage in reached.Where(stage => !expires || stage != ClockStage.Missed))
        {
            await TellAsync(work, read, stage, cancellation);
        }
        if (after.State == ClockState.Missed)
        {
            await MissedAsync(work, read, expires, cancellation);
        }
        return true;
    }

    /// <summary>A reminder goes to whoever must act; an escalation to the supervisors of both units and of all above them.</summary>
    private static async Task TellAsync(Work work, Clock clock, ClockStage stage, CancellationToken cancellation)
    {
        var notice = new Notice($"clock.{clock.Kind.Code()}", clock.Id, clock.SubjectKind, clock.SubjectId, clock.VictimId, stage.Code(), clock.DueAt);
        var parties = await work.FirstOrNoneAsync<Parties>(PartiesSql, new { id = clock.SubjectId }, cancellation);
        if (parties is null)
        {
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

    private static async Task MissedAsync(Work work, Clock clock, bool expires, CancellationToken cancellation)
    {
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.ClockMissed,
            SubjectKind = clock.SubjectKind,
            SubjectId = clock.SubjectId,
            VictimId = clock.VictimId,
            Facts = [("clock", clock.Kind.Code()), ("clockId", clock.Id.ToString()), ("agencyId", clock.AgencyId.ToString())],
        }, cancellation);
        if (expires)
        {
            // Refused when it has moved on since; then its clocks have been stopped or met as well.
            await Referrals.ExpireAsync(work, clock.SubjectId, cancellation);
        }
        else if (ClockRules.Of(clock.Kind).Missed == WhenMissed.RunDecisionOn)
        {
            var dueAt = await Clocks.ApplyAsync(
                work, new ClockSubject(clock.SubjectKind, clock.SubjectId, clock.VictimId, clock.Urgency),
                [new ClockEffect(ClockVerb.Resume, ClockKind.Decide)], _ => clock.AgencyId, cancellation);
            await ReferralStore.SaveDueAsync(work, clock.SubjectId, dueAt, cancellation);
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
