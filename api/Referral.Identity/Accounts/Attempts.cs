using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace NationalReferral.Identity;

/// <summary>
/// Slows guessing without locking anybody out. A device that has signed in to the account before has a counter of its
/// own, which no stranger can raise; any other attempt counts for the account at that address, and for the address.
/// An attempt is counted before the password is looked at, so that a hundred at once get no further than one.
/// </summary>
internal sealed class Attempts(IdentityStore store, ServerKeys keys, TimeProvider clock) : IDisposable
{
    private static readonly Rule OnDevice = new("device", Free: 5, DoublesEvery: 1, TimeSpan.FromMinutes(5), TimeSpan.FromHours(24));
    private static readonly Rule AtAddress = new("address", Free: 5, DoublesEvery: 1, TimeSpan.FromMinutes(15), TimeSpan.FromHours(24));

    /// <summary>Mobile networks put thousands behind one address: this only blunts a list of accounts tried one after another.</summary>
    private static readonly Rule OfAddress = new("network", Free: 30, DoublesEvery: 5, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    private readonly SemaphoreSlim _loading = new(1);
    private byte[]? _key;

    /// <param name="name">As typed; whether there is such an account plays no part.</param>
    /// <param name="address">Of the client.</param>
    /// <param name="device">The device's id, when it has signed in to this account before.</param>
    /// <param name="cancellation">Before anything is counted.</param>
    /// <returns>Null to go ahead; else how long to wait, with nothing counted.</returns>
    public async Task<TimeSpan?> BeginAsync(string name, IPAddress? address, string? device, CancellationToken cancellation)
    {
        TimeSpan? longest = null;
        foreach (var (rule, bucket) in await BucketsAsync(name, address, device, cancellation))
        {
            var wait = await CountAsync(rule, bucket, cancellation);
            longest = wait > (longest ?? TimeSpan.Zero) ? wait : longest;
        }
        return longest;
    }

    private const string ForgiveSql = "DELETE FROM sign_in_attempts WHERE bucket = @bucket";

    private const string RefundSql = """
        UPDATE sign_in_attempts
           SET failures = failures - 1, next_at = @now
         WHERE bucket = @bucket
           AND failures > 0
        """;

    /// <summary>The right password clears what stood against the account here, and gives the address its one attempt back.</summary>
    public async Task SucceedAsync(string name, IPAddress? address, string? device, CancellationToken cancellation)
    {
        foreach (var (rule, bucket) in await BucketsAsync(name, address, device, cancellation))
        {
            await store.ExecuteAsync(rule == OfAddress ? RefundSql : ForgiveSql, cancellation, ("@bucket", bucket), ("@now", clock.GetUtcNow()));
        }
    }

    private const string PruneSql = "DELETE FROM sign_in_attempts WHERE seen_at < @before";

    public Task<int> PruneAsync(CancellationToken cancellation) =>
        store.ExecuteAsync(PruneSql, cancellation, ("@before", clock.GetUtcNow() - TimeSpan.FromDays(2)));

    public void Dispose() => _loading.Dispose();

    private const string FindSql = """
        SELECT failures, next_at, seen_at
          FROM sign_in_attempts
         WHERE bucket = @bucket
        """;

    private const string FirstSql = """
        INSERT INTO sign_in_attempts (bucket, failures, next_at, seen_at)
        VALUES (@bucket, 1, @now, @now)
        """;

    private const string NextSql = """
        UPDATE sign_in_attempts
           SET failures = @failures, next_at = @next, seen_at = @now
         WHERE bucket = @bucket
           AND failures = @seen
           AND next_at <= @now
        """;

    private async Task<TimeSpan?> CountAsync(Rule rule, byte[] bucket, CancellationToken cancellation)
    {
        for (var turn = 0; turn < 8; turn++)
        {
            var now = clock.GetUtcNow();
            var rows = await store.ListAsync(
                FindSql,
                reader => (Failures: reader.GetInt32(0), NextAt: IdentityStore.Instant(reader, 1), SeenAt: IdentityStore.Instant(reader, 2)),
                cancellation,
                ("@bucket", bucket));
            if (rows.Count == 0)
            {
                if (await TryFirstAsync(bucket, now, cancellation))
                {
                    return null;
                }
                continue;
            }
            var (seen, nextAt, seenAt) = rows[0];
            if (nextAt > now)
            {
                return nextAt - now;
            }
            var failures = (now - seenAt > rule.Forgets ? 0 : seen) + 1;
            var written = await store.ExecuteAsync(NextSql, cancellation,
                ("@bucket", bucket), ("@failures", failures), ("@next", now + rule.Delay(failures)), ("@seen", seen), ("@now", now));
            if (written == 1)
            {
                return null;
            }
        }
        // Others keep winning the row: a burst of guesses.
        return TimeSpan.FromSeconds(1);
    }

    private async Task<bool> TryFirstAsync(byte[] bucket, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            return await store.ExecuteAsync(FirstSql, cancellation, ("@bucket", bucket), ("@now", now)) == 1;
        }
        catch (DbException fault) when (IdentityStore.IsDuplicate(fault))
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<(Rule Rule, byte[] Bucket)>> BucketsAsync(string name, IPAddress? address, string? device, CancellationToken cancellation)
    {
        var key = await KeyAsync(cancellation);
        var account = name.Trim().ToUpperInvariant();
        var place = Place(address);
        return device is not null
            ? [(OnDevice, Mac(key, OnDevice, $"{account}\n{device}"))]
            : [(AtAddress, Mac(key, AtAddress, $"{account}\n{place}")), (OfAddress, Mac(key, OfAddress, place))];
    }

    private async Task<byte[]> KeyAsync(CancellationToken cancellation)
    {
        if (_key is not null)
        {
            return _key;
        }
        await _loading.WaitAsync(cancellation);
        try
        {
            return _key ??= await keys.SecretAsync("attempts", cancellation);
        }
        finally
        {
            _loading.Release();
        }
    }

    private static byte[] Mac(byte[] key, Rule rule, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{rule.Kind}\n{text}"));

    /// <summary>One household or phone has a whole /64 of IPv6.</summary>
    private static string Place(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes(), 0, 8) : address.ToString();
    }

    private sealed record Rule(string Kind, int Free, int DoublesEvery, TimeSpan Most, TimeSpan Forgets)
    {
        /// <summary>One second after the free attempts, then doubling.</summary>
        public TimeSpan Delay(int failures)
        {
            if (failures < Free)
            {
                return TimeSpan.Zero;
            }
            var seconds = Math.Pow(2, Math.Min(30, (failures - Free) / DoublesEvery));
            return TimeSpan.FromSeconds(Math.Min(seconds, Most.TotalSeconds));
        }
    }
}
