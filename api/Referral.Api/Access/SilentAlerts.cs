using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Raises silent alerts from the sealed journal. How far it was read moves on in the transaction that writes what was found there:
/// of two instances one moves it, and the other starts over from where it stands.
/// </summary>
internal sealed partial class SilentAlerts(Database database, Leases leases, TimeProvider clock, ILogger<SilentAlerts> log) : BackgroundService
{
    private const string Job = "alerts.silent";

    /// <summary>Positions in one unit of work; each 404 among them is looked up there.</summary>
    private const int Batch = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);

    /// <summary>Reads on to the end of what is sealed.</summary>
    /// <returns>How many alerts this instance raised.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var raised = 0;
        while (true)
        {
            var (from, head) = await database.ReadAsync(Caller.System, work => AlertTraces.PlaceAsync(work, cancellation), cancellation);
            if (from >= head || !await leases.HoldAsync(Job, LeaseLength, cancellation))
            {
                return raised;
            }
            var found = await database.ChangeAsync(Caller.System, work => RaiseAsync(work, from, Math.Min(head, from + Batch), cancellation), some => some >= 0, cancellation);
            raised += Math.Max(found, 0);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.RunAsync(Pause, clock, RunAsync, fault => Log.CannotLook(log, fault.GetType().Name), stoppingToken);
        await leases.ReleaseAsync(Job, CancellationToken.None);
    }

    /// <returns>How many were raised; -1, with nothing kept, when another instance was first.</returns>
    internal static async Task<int> RaiseAsync(Work work, long from, long to, CancellationToken cancellation)
    {
        if (!await AlertTraces.MoveAsync(work, from, to, cancellation))
        {
            return -1;
        }
        var causes = await AlertTraces.CausesAsync(work, from, to, cancellation);
        var turns = new Dictionary<Guid, long>();
        foreach (var victimId in causes.Select(cause => cause.VictimId).Distinct().Order())
        {
            turns[victimId] = await Turns.TakeAsync(work, victimId, cancellation);
        }
        foreach (var cause in causes)
        {
            await RaiseAsync(work, cause, turns[cause.VictimId], cancellation);
        }
        return causes.Count;
    }

    /// <summary>The alert, its journal row, and the minimum of her for the office. It is told once, however often he tries before somebody has looked.</summary>
    private static async Task RaiseAsync(Work work, AlertCause cause, long turn, CancellationToken cancellation)
    {
        var id = Ids.New(work.Now);
        var isFirst = await SilentAlertStore.WaitingAsync(work, cause.BlockId, cancellation) == 0;
        if (!await SilentAlertStore.InsertAsync(work, id, cause, cancellation))
        {
            return;
        }
        await Oversight.OpenAsync(work, cause.VictimId, cause.BlockId, cancellation);
        await AppendAsync(work, JournalActions.AlertRaised, id, cause.VictimId, turn, cancellation, ("kind", cause.Kind.Code()));
        if (isFirst)
        {
            await Notifications.TellProtectionAsync(work, new Notice(JournalActions.AlertRaised, id, "silent_alert", id, cause.VictimId), cancellation);
        }
    }

    public static Task<Guid> AppendAsync(
        Work work, string action, Guid id, Guid victimId, long turn, CancellationToken cancellation, params (string Name, string Value)[] facts) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "silent_alert",
            SubjectId = id,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = facts,
        }, cancellation);

    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Error, "The journal could not be looked through for silent alerts ({Fault}); it is tried again in two seconds, from the same place.")]
        public static partial void CannotLook(ILogger log, string fault);
    }
}

internal static class SilentAlertSetup
{
    public static IServiceCollection AddSilentAlerts(this IServiceCollection services) => services.AddSingleton<SilentAlerts>();

    /// <summary>The job itself, for instances that have the role <c>jobs</c>.</summary>
    public static IServiceCollection AddSilentAlertJob(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<SilentAlerts>());
}
