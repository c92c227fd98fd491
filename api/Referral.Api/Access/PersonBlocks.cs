using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Whom a block keeps away, as rows: the public verb for whoever writes down who a worker is, and for blocks. Each text runs whether it
/// finds anybody or not, so that neither answer nor time tells. What was found once stays until the block is lifted: a changed
/// telephone opens nothing.
/// </summary>
internal static class PersonBlocks
{
    private const string AddBlockTokenSql = """
        INSERT INTO block_tokens (block_id, kind, token, key_version)
        VALUES (@blockId, @kind, @token, @keyVersion)
        """;

    private const string AddWorkerSql = """
        INSERT INTO block_workers (worker_id, block_id)
        VALUES (@workerId, @blockId)
        """;

    // Numbers, not names: who is called like somebody is not he.
    private const string CopyTokensSql = """
        INSERT INTO block_tokens (block_id, kind, token, key_version)
        SELECT @blockId, s.kind, s.token, s.key_version
          FROM worker_tokens s
         WHERE s.worker_id = @workerId
           AND s.kind IN ('national_id', 'phone')
        """;

    // Two people of one name are two where each has a number of his own.
    private const string Alike = """
        t.token = s.token AND t.kind = s.kind
        AND (t.kind <> 'name_and_father'
          OR NOT EXISTS (SELECT 1 FROM block_tokens tn WHERE tn.block_id = t.block_id AND tn.kind = 'national_id')
          OR NOT EXISTS (SELECT 1 FROM worker_tokens sn WHERE sn.worker_id = s.worker_id AND sn.kind = 'national_id'))
        """;

    private const string Found = $"""
        INSERT INTO block_workers (worker_id, block_id)
        SELECT DISTINCT s.worker_id, t.block_id
          FROM block_tokens t
          JOIN worker_tokens s ON {Alike}
          JOIN blocks b ON b.id = t.block_id
         WHERE b.lifted_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM block_workers bw WHERE bw.worker_id = s.worker_id AND bw.block_id = t.block_id)
        """;

    private const string OfBlockSql = $"""
        {Found}
           AND t.block_id = @blockId
        """;

    /// <summary>Of a new block: the worker whom it names, those who have a number of his, or whoever is recognised by the marks. The caller holds her turns.</summary>
    public static async Task SetAsync(Work work, Guid blockId, Guid? workerId, IReadOnlyList<SearchToken> marks, CancellationToken cancellation)
    {
        if (workerId is { } named)
        {
            await work.ExecuteAsync(AddWorkerSql, new { workerId = named, blockId }, cancellation);
            await work.ExecuteAsync(CopyTokensSql, new { workerId = named, blockId }, cancellation);
        }
        foreach (var mark in marks)
        {
            await work.ExecuteAsync(AddBlockTokenSql, new { blockId, kind = mark.Kind, token = mark.Token, keyVersion = mark.KeyVersion }, cancellation);
        }
        await work.ExecuteAsync(OfBlockSql, new { blockId }, cancellation);
    }

    private const string AddWorkerTokenSql = """
        INSERT INTO worker_tokens (worker_id, kind, token, key_version)
        SELECT @workerId, @kind, @token, @keyVersion
         WHERE NOT EXISTS (SELECT 1 FROM worker_tokens s WHERE s.worker_id = @workerId AND s.kind = @kind AND s.token = @token)
        """;

    // Not a telephone: whoever is kept away could give another's, and blind him.
    private const string FollowTokensSql = """
        INSERT INTO block_tokens (block_id, kind, token, key_version)
        SELECT b.id, s.kind, s.token, s.key_version
          FROM blocks b
          JOIN worker_tokens s ON s.worker_id = b.worker_id
         WHERE b.worker_id = @workerId
           AND b.lifted_at IS NULL
           AND s.kind = 'national_id'
           AND NOT EXISTS (SELECT 1 FROM block_tokens t WHERE t.block_id = b.id AND t.kind = s.kind AND t.token = s.token)
        """;

    private const string TurnsSql = $"""
        UPDATE victims
           SET access_version = access_version + 1
         WHERE person_id IN (SELECT p.person_id
                               FROM block_tokens t
                               JOIN worker_tokens s ON {Alike}
                               JOIN blocks b ON b.id = t.block_id
                               JOIN victims p ON p.id = b.victim_id
                              WHERE b.lifted_at IS NULL
                                AND (s.worker_id = @workerId OR b.worker_id = @workerId))
        """;

    private const string OfWorkerSql = $"""
        {Found}
           AND s.worker_id = @workerId
        """;

    private const string OfOthersSql = $"""
        {Found}
           AND b.worker_id = @workerId
        """;

    /// <summary>Somebody works here, or more is known of who he is: every block that means him holds from now on.</summary>
    public static async Task FollowAsync(Work work, Guid workerId, IReadOnlyList<SearchToken> marks, CancellationToken cancellation)
    {
        foreach (var mark in marks)
        {
            await work.ExecuteAsync(AddWorkerTokenSql, new { workerId, kind = mark.Kind, token = mark.Token, keyVersion = mark.KeyVersion }, cancellation);
        }
        await work.ExecuteAsync(FollowTokensSql, new { workerId }, cancellation);
        // The turns of all whom it shuts, in one text: which they are is known to the database alone.
        await work.ExecuteAsync(TurnsSql, new { workerId }, cancellation);
        await work.ExecuteAsync(OfWorkerSql, new { workerId }, cancellation);
        await work.ExecuteAsync(OfOthersSql, new { workerId }, cancellation);
    }

    private const string MarksSql = """
        SELECT DISTINCT t.block_id, t.kind
          FROM block_tokens t
         WHERE t.block_id IN (@blockIds)
         ORDER BY t.kind
        """;

    /// <summary>By what each of these recognises somebody; never which number or name.</summary>
    public static async Task<ILookup<Guid, string>> MarksAsync(Work work, IReadOnlyCollection<Guid> blockIds, CancellationToken cancellation) =>
        (blockIds.Count == 0 ? [] : await work.ListAsync<BlockMark>(MarksSql, new { blockIds }, cancellation)).ToLookup(mark => mark.BlockId, mark => mark.Kind);

    private sealed record BlockMark
    {
        public required Guid BlockId { get; init; }
        public required string Kind { get; init; }
    }
}
