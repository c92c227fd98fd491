using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>
/// Who of several instances does a job: the holder of its row, until a time. A lease saves double work and no more;
/// what must not happen twice is also guarded where it is written, for clocks of instances differ.
/// </summary>
public sealed class Leases(Database database, TimeProvider clock)
{
    private readonly string _holder = $"{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}";
    private readonly ConcurrentDictionary<string, DateTimeOffset> _mine = new();

    /// <summary>Takes the lease, or prolongs it once half of its length is over; between the two it costs nothing.</summary>
    /// <param name="name">Of the job, at most 60 characters.</param>
    /// <param name="length">After a crash nobody does the job for as long as this.</param>
    /// <returns>False while another instance holds it.</returns>
    public async Task<bool> HoldAsync(string name, TimeSpan length, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (_mine.TryGetValue(name, out var mine) && mine - now > length / 2)
        {
            return true;
        }
        if (await database.ReadAsync(Caller.System, work => IsHeldByAnotherAsync(work, name, cancellation), cancellation))
        {
            return false;
        }
        var untilAt = now + length;
        var taken = await database.ChangeAsync(Caller.System, work => TakeAsync(work, name, untilAt, cancellation), yes => yes, cancellation);
        if (taken)
        {
            _mine[name] = untilAt;
        }
        return taken;
    }

    private const string ReleaseSql = """
        UPDATE job_leases
           SET until_at = @now
         WHERE name = @name
           AND holder = @holder
        """;

    /// <summary>Lets another instance go on at once: for a graceful stop.</summary>
    public async Task ReleaseAsync(string name, CancellationToken cancellation)
    {
        if (_mine.TryRemove(name, out _))
        {
            await database.ChangeAsync(
                Caller.System, work => work.ExecuteAsync(ReleaseSql, new { name, holder = _holder }, cancellation), _ => true, cancellation);
        }
    }

    private const string HeldSql = """
        SELECT count(*)
          FROM job_leases
         WHERE name = @name
           AND holder <> @holder
           AND until_at > @now
        """;

    private async Task<bool> IsHeldByAnotherAsync(Work work, string name, CancellationToken cancellation) =>
        await work.ScalarAsync<long>(HeldSql, new { name, holder = _holder }, cancellation) > 0;

    private const string TakeSql = """
        UPDATE job_leases
           SET holder = @holder, until_at = @untilAt
         WHERE name = @name
           AND (holder = @holder OR until_at <= @now)
        """;

    private const string FirstSql = """
        INSERT INTO job_leases (name, holder, until_at)
        SELECT @name, @holder, @untilAt
         WHERE NOT EXISTS (SELECT 1 FROM job_leases WHERE name = @name)
        """;

    private async Task<bool> TakeAsync(Work work, string name, DateTimeOffset untilAt, CancellationToken cancellation)
    {
        var lease = new { name, holder = _holder, untilAt };
        return await work.ExecuteAsync(TakeSql, lease, cancellation) == 1
            || await work.ExecuteAsync(FirstSql, lease, cancellation) == 1;
    }
}
