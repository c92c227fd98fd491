using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Ends bases whose time ran out. Access has ended by itself already (a grant carries the end of its basis); here the
/// basis gets its status, referrals that nothing allows any more are withdrawn, and what another basis covers goes on under it.
/// </summary>
internal sealed partial class BasisExpiry(Database database, Keys keys, Leases leases, TimeProvider clock, ILogger<BasisExpiry> log) : BackgroundService
{
    private const string Job = "bases.expire";
    private const int Batch = 50;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromSeconds(30);

    /// <returns>How many bases ended; 0 as well when another instance is at it.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var due = await database.ReadAsync(Caller.System, work => BasisStates.DueAsync(work, Batch, cancellation), cancellation);
        if (due.Count == 0 || !await leases.HoldAsync(Job, LeaseLength, cancellation))
        {
            return 0;
        }
        var ended = 0;
        foreach (var basis in due)
        {
            ended += await database.ChangeAsync(Caller.System, work => EndAsync(work, basis, cancellation), done => done, cancellation) ? 1 : 0;
        }
        return ended;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Rounds.RunAsync(Pause, clock, RunAsync, fault => Log.ExpiryFailed(log, fault.GetType().Name), stoppingToken);
        await leases.ReleaseAsync(Job, CancellationToken.None);
    }

    /// <returns>False when somebody else ended it first.</returns>
    private async Task<bool> EndAsync(Work work, DueBasis basis, CancellationToken cancellation)
    {
        var turn = await Turns.TakeAsync(work, basis.VictimId, cancellation);
        var reason = await Clocks.AsksForHersAsync(work, basis.Id, cancellation) ? Aftermath.Turned18 : "expired";
        if (!await BasisStates.EndAsync(work, basis.Id, BasisStatus.Ended, reason, cancellation))
        {
            return false;
        }
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.BasisEnded,
            SubjectKind = "basis",
            SubjectId = basis.Id,
            VictimId = basis.VictimId,
            AccessVersion = turn,
            Facts = [("reason", reason)],
        }, cancellation);
        await Aftermath.ApplyAsync(work, basis.VictimId, turn, reason, basis, keys, cancellation);
        await Grants.EndOfBasisAsync(work, basis.Id, cancellation);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Error, "Bases whose time ran out could not be ended ({Fault}); access under them has ended, it is tried again.")]
        public static partial void ExpiryFailed(ILogger log, string fault);
    }
}
