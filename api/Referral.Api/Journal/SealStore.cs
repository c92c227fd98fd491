using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Every SQL text of sealing and verifying.</summary>
internal static class SealStore
{
    /// <summary>A seal is written within one short turn of the writer: this many rows take about 5 ms.</summary>
    public const int BatchSize = 200;

    private const string RowColumns =
        "id, position, at, access_version, worker_id, client_id, agency_id, role, action, outcome, subject_kind, subject_id, victim_id, groups, facts, change, key_id, row_hash";

    private const string SealColumns = "n, from_position, to_position, hash, previous, mac_key, signature, signing_key, at";

    private const string WaitingSql = $"""
        SELECT {RowColumns}
          FROM journal
         WHERE position IS NULL
         ORDER BY at, id
        """;

    /// <summary>Committed rows without a position, the oldest first; at most a batch.</summary>
    public static Task<IReadOnlyList<JournalRow>> WaitingAsync(Work work, CancellationToken cancellation) =>
        work.PageAsync<JournalRow>(WaitingSql, null, BatchSize, cancellation);

    private const string WaitingCountSql = "SELECT count(*) FROM journal WHERE position IS NULL";

    public static async Task<long> CountWaitingAsync(Work work, CancellationToken cancellation) =>
        await work.ScalarAsync<long>(WaitingCountSql, null, cancellation);

    private const string HeadSql = $"""
        SELECT {SealColumns}
          FROM seals
         ORDER BY n DESC
        """;

    /// <returns>Null before the first seal.</returns>
    public static async Task<JournalSeal?> HeadAsync(Work work, CancellationToken cancellation) =>
        await work.PageAsync<JournalSeal>(HeadSql, null, 1, cancellation) is [var head] ? head : null;

    private const string BeforeSql = $"""
        SELECT {SealColumns}
          FROM seals
         WHERE n < @number
         ORDER BY n DESC
        """;

    /// <returns>The nearest seal before <paramref name="number"/>; null when there is none.</returns>
    public static async Task<JournalSeal?> BeforeAsync(Work work, long number, CancellationToken cancellation) =>
        await work.PageAsync<JournalSeal>(BeforeSql, new { number }, 1, cancellation) is [var seal] ? seal : null;

    private const string SealsSql = $"""
        SELECT {SealColumns}
          FROM seals
         WHERE n > @after
         ORDER BY n
        """;

    public static Task<IReadOnlyList<JournalSeal>> SealsAsync(Work work, long after, int take, CancellationToken cancellation) =>
        work.PageAsync<JournalSeal>(SealsSql, new { after }, take, cancellation);

    private const string RowsSql = $"""
        SELECT {RowColumns}
          FROM journal
         WHERE position >= @fromPosition
           AND position <= @toPosition
         ORDER BY position
        """;

    public static Task<IReadOnlyList<JournalRow>> RowsAsync(
        Work work, long fromPosition, long toPosition, int take, CancellationToken cancellation) =>
        work.PageAsync<JournalRow>(RowsSql, new { fromPosition, toPosition }, take, cancellation);

    private const string BeyondSql = """
        SELECT min(j.position)
          FROM journal j
         WHERE j.position > (SELECT coalesce(max(s.to_position), 0) FROM seals s)
        """;

    /// <returns>The first position that no seal covers; null when every position is covered.</returns>
    public static Task<long?> BeyondAsync(Work work, CancellationToken cancellation) => work.ScalarAsync<long?>(BeyondSql, null, cancellation);

    private const string PlaceSql = """
        UPDATE journal
           SET position = @position, row_hash = @rowHash
         WHERE id = @id
           AND position IS NULL
        """;

    /// <returns>False when the row already has a position, or is gone.</returns>
    public static async Task<bool> PlaceAsync(Work work, Guid id, long position, byte[] rowHash, CancellationToken cancellation) =>
        await work.ExecuteAsync(PlaceSql, new { id, position, rowHash }, cancellation) == 1;

    private const string AddSql = """
        INSERT INTO seals (n, from_position, to_position, hash, previous, mac_key, signature, signing_key, at)
        VALUES (@N, @FromPosition, @ToPosition, @Hash, @Previous, @MacKey, @Signature, @SigningKey, @At)
        """;

    public static Task AddAsync(Work work, JournalSeal seal, CancellationToken cancellation) =>
        work.ExecuteAsync(AddSql, seal, cancellation);
}
