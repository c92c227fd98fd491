using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Birthdays: what a case shows of an age follows the calendar. The same verb as for any other change, so that running it
/// twice, or on several instances, changes nothing more.
/// </summary>
internal sealed partial class AgeRenewal(Database database, Keys keys, Leases leases, TimeProvider clock, ILogger<AgeRenewal> log) : BackgroundService
{
    private const string Job = "ages.renew";
    private const int Batch = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(5);

    /// <returns>How many cases were looked at; 0 as well while another instance is at it.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var looked = 0;
        while (true)
        {
            var due = await database.ReadAsync(Caller.System, work => AgeStore.DueAsync(work, Batch, cancellation), cancellation);
            if (due.Count == 0 || !await leases.HoldAsync(Job, LeaseLength, cancellation))
            {
                return looked;
            }
            var before = looked;
            foreach (var victimId in due)
            {
                looked += await SafelyAsync(victimId, cancellation) ? 1 : 0;
            }
            if (looked == before)
            {
                return looked;
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.RunAsync(Pause, clock, RunAsync, fault => Log.CannotLook(log, fault.GetType().Name), stoppingToken);
        await leases.ReleaseAsync(Job, CancellationToken.None);
    }

    /// <summary>One case that cannot be looked at must not stop the others.</summary>
    private async Task<bool> SafelyAsync(Guid victimId, CancellationToken cancellation)
    {
        try
        {
            return await database.ChangeAsync(Caller.System, work => RenewAsync(work, victimId, cancellation), done => done, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Log.CannotRenew(log, victimId, fault.GetType().Name);
            return false;
        }
    }

    private async Task<bool> RenewAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        var turn = await Turns.TakeAsync(work, victimId, cancellation);
        if (await Ages.FollowAsync(work, keys, victimId, cancellation))
        {
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.AgeRenewed,
                SubjectKind = "victim",
                SubjectId = victimId,
                VictimId = victimId,
                AccessVersion = turn,
            }, cancellation);
        }
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Error, "Birthdays could not be looked at ({Fault}); it is tried again in a minute. Until then everybody is treated as before.")]
        public static partial void CannotLook(ILogger log, string fault);

        [LoggerMessage(1502, LogLevel.Error, "The age of case {Victim} could not be renewed ({Fault}); it is tried again in a minute, the others go on.")]
        public static partial void CannotRenew(ILogger log, Guid victim, string fault);
    }
}

internal static class AgeSetup
{
    public static IServiceCollection AddAges(this IServiceCollection services) => services.AddSingleton<Laws>().AddSingleton<AgeRenewal>();

    /// <summary>The job itself, for instances that have the role <c>jobs</c>.</summary>
    public static IServiceCollection AddAgeRenewal(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<AgeRenewal>());
}
