using System.Security.Cryptography;

namespace NationalReferral.Platform;

/// <summary>
/// The key with which a phone opens what its worker has written on it, for as long as she is signed in there (decision 0013).
/// It is given over her session, to her alone, and kept by no table: without the row, or without the index key, there is none.
/// </summary>
internal sealed class DeviceKeys(IndexKey index)
{
    private const string Purpose = "device";
    private const int Most = 20;
    private static readonly TimeSpan KeptAfter = TimeSpan.FromDays(30);

    private const string ForgetSql = """
        DELETE FROM device_keys
         WHERE worker_id = @workerId
           AND given_at < @before
        """;

    private const string BeginSql = """
        INSERT INTO device_keys (id, worker_id, salt, key_version, given_at)
        VALUES (@id, @workerId, @salt, @version, @now)
        """;

    /// <summary>A key for one more phone. Those that nobody has asked for in a month are gone, and the oldest where there are very many.</summary>
    public async Task<Guid> BeginAsync(Work work, Guid workerId, CancellationToken cancellation)
    {
        var id = Ids.New(work.Now);
        var before = work.Now - KeptAfter;
        var latest = await work.PageAsync<DateTimeOffset>(LatestSql, new { workerId }, Most, cancellation);
        await work.ExecuteAsync(ForgetSql, new { workerId, before = latest.Count == Most && latest[^1] > before ? latest[^1] : before }, cancellation);
        await work.ExecuteAsync(BeginSql, new { id, workerId, salt = RandomNumberGenerator.GetBytes(IndexKey.MacSize), version = index.Version }, cancellation);
        return id;
    }

    private const string LatestSql = """
        SELECT d.given_at
          FROM device_keys d
         WHERE d.worker_id = @workerId
         ORDER BY d.given_at DESC
        """;

    private const string FindSql = """
        SELECT d.id, d.salt, d.key_version
          FROM device_keys d
         WHERE d.id = @id
           AND d.worker_id = @workerId
        """;

    private const string TouchSql = """
        UPDATE device_keys
           SET given_at = @now
         WHERE id = @id
        """;

    /// <returns>32 bytes; null when there is none, or it is another worker's.</returns>
    public async Task<byte[]?> GiveAsync(Work work, Guid workerId, Guid id, CancellationToken cancellation)
    {
        if (await work.FirstOrNoneAsync<Row>(FindSql, new { id, workerId }, cancellation) is not { } row)
        {
            return null;
        }
        await work.ExecuteAsync(TouchSql, new { id }, cancellation);
        return index.Mac(Purpose, new CanonicalBytes().Add(row.Id).Add(workerId).Add(row.Salt).Written, row.KeyVersion);
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required byte[] Salt { get; init; }
        public required string KeyVersion { get; init; }
    }
}
