using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What is known of a file without opening it, with the key that opens it.</summary>
internal sealed record SealedFile : SealedRow
{
    /// <summary>Of the item that it belongs to.</summary>
    public required Guid Id { get; init; }

    public required Guid VictimId { get; init; }
    public required string GroupCode { get; init; }
    public required string MediaType { get; init; }
    public required int Size { get; init; }
    public required int Chunks { get; init; }
    public required long AccessVersion { get; init; }
}

/// <summary>Every SQL text over files. A file is an item of the case, and opens to whom its item opens.</summary>
internal static class AttachmentStore
{
    /// <summary>Bytes of a chunk: what one row holds, and one read unseals at a time.</summary>
    private const int ChunkSize = 256 * 1024;

    /// <summary>The last chunk is sealed as the last: nobody can cut a file short.</summary>
    public static SealedPlace PlaceOf(Guid recordId, int number, int chunks) =>
        new("attachment_chunks", recordId, number == chunks - 1 ? "last" : "more", number);

    public static byte[][] Seal(DataKey key, Guid recordId, byte[] file)
    {
        var parts = file.Chunk(ChunkSize).ToArray();
        return [.. parts.Select((part, number) => Keys.SealBytes(key, PlaceOf(recordId, number, parts.Length), part))];
    }

    private const string InsertSql = """
        INSERT INTO attachments (record_id, media_type, size, chunks)
        VALUES (@recordId, @mediaType, @size, @chunks)
        """;

    private const string InsertChunkSql = """
        INSERT INTO attachment_chunks (record_id, number, body)
        VALUES (@recordId, @number, @body)
        """;

    /// <summary>The item is there already.</summary>
    public static async Task InsertAsync(Work work, Guid recordId, string mediaType, int size, byte[][] chunks, CancellationToken cancellation)
    {
        await work.ExecuteAsync(InsertSql, new { recordId, mediaType, size, chunks = chunks.Length }, cancellation);
        for (var number = 0; number < chunks.Length; number++)
        {
            await work.ExecuteAsync(InsertChunkSql, new { recordId, number, body = chunks[number] }, cancellation);
        }
    }

    private const string FindSql = $"""
        SELECT d.id, d.victim_id, d.group_code, a.media_type, a.size, a.chunks, v.access_version, {Keys.Columns}
          FROM records d
          JOIN attachments a ON a.record_id = d.id
          JOIN victims v ON v.id = d.victim_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE d.id = @id
           AND d.victim_id = @victimId
           AND {Visibility.OfItems}
        """;

    /// <returns>Null when she has no such file, or the caller may not open it.</returns>
    public static Task<SealedFile?> FindAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<SealedFile>(FindSql, new { victimId, id }, cancellation);

    private const string ChunksSql = $"""
        SELECT c.body
          FROM attachment_chunks c
          JOIN records d ON d.id = c.record_id
          JOIN victims v ON v.id = d.victim_id
         WHERE c.record_id = @id
           AND {Visibility.OfItems}
         ORDER BY c.number
        """;

    /// <returns>Nothing when the caller may not open it, or not any more.</returns>
    public static Task<IReadOnlyList<byte[]>> ChunksAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.ListAsync<byte[]>(ChunksSql, new { id }, cancellation);

    private const string AboutSql = """
        SELECT a.media_type, a.size
          FROM attachments a
         WHERE a.record_id = @id
        """;

    /// <summary>Of an item that the caller has before it.</summary>
    public static Task<AttachmentView?> AboutAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<AttachmentView>(AboutSql, new { id }, cancellation);
}
