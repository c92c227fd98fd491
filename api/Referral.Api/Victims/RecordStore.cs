using System.Text.Json.Serialization.Metadata;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One sealed record of a victim with the key that opens it.</summary>
internal sealed record SealedRecord : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required string Kind { get; init; }
    public required string GroupCode { get; init; }
    public Guid? OccurrenceId { get; init; }
    public required bool Restricted { get; init; }
    public required Guid AuthorId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required byte[] Body { get; init; }
    public required long Version { get; init; }
    public required long AccessVersion { get; init; }

    public SealedPlace Place => PlaceOf(Id, GroupCode, Version);

    public static SealedPlace PlaceOf(Guid id, string group, long version) => new("records", id, group, version);
}

/// <summary>An item in a list: no words.</summary>
internal sealed record ListedRecord
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string GroupCode { get; init; }
    public Guid? OccurrenceId { get; init; }
    public required bool Restricted { get; init; }
    public required Guid AuthorId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>Every SQL text over records: documents (one of a kind) and items (many).</summary>
internal static class RecordStore
{
    private const string Columns = $"""
        d.id, d.victim_id, d.kind, d.group_code, d.occurrence_id, d.restricted, d.author_id, d.at, d.changed_at, d.body, d.version,
        v.access_version, {Keys.Columns}
        """;

    private const string From = """
        FROM records d
        JOIN victims v ON v.id = d.victim_id
        JOIN data_keys k ON k.id = v.key_id
        """;

    private const string FindDocumentSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.victim_id = @victimId
           AND d.kind = @group
           AND {Visibility.OfDocuments}
        """;

    /// <summary>A document has the kind of its group.</summary>
    /// <returns>Null when it was never written, or the caller may not open it: <see cref="MayOpenAsync"/> tells which.</returns>
    public static Task<SealedRecord?> FindDocumentAsync(Work work, Guid victimId, string group, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<SealedRecord>(FindDocumentSql, new { victimId, group }, cancellation);

    private const string MayOpenSql = $"""
        SELECT v.access_version
          FROM victims v
         WHERE v.id = @victimId
           AND {Visibility.OfDocuments}
        """;

    /// <returns>The turn at which the caller may open the group; null when it may not.</returns>
    public static Task<long?> MayOpenAsync(Work work, Guid victimId, string group, CancellationToken cancellation) =>
        work.ScalarAsync<long?>(MayOpenSql, new { victimId, group }, cancellation);

    private const string FindItemSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.id = @id
           AND d.victim_id = @victimId
           AND d.kind NOT IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal')
           AND {Visibility.OfItems}
        """;

    /// <returns>Null when she has no such item, or the caller may not open it.</returns>
    public static Task<SealedRecord?> FindItemAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<SealedRecord>(FindItemSql, new { victimId, id }, cancellation);

    private const string ListItemsSql = $"""
        SELECT d.id, d.kind, d.group_code, d.occurrence_id, d.restricted, d.author_id, d.at, d.changed_at, d.version
          FROM records d
          JOIN victims v ON v.id = d.victim_id
         WHERE d.victim_id = @victimId
           AND d.kind NOT IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal')
           AND (@kind IS NULL OR d.kind = @kind)
           AND {Visibility.OfItems}
           AND (@afterAt IS NULL OR d.at < @afterAt OR (d.at = @afterAt AND d.id < @afterId))
         ORDER BY d.at DESC, d.id DESC
        """;

    /// <summary>The items that the caller could open, newest first.</summary>
    public static Task<IReadOnlyList<ListedRecord>> ListItemsAsync(Work work, Guid victimId, string? kind, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ListedRecord>(
            ListItemsSql, new { victimId, kind, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string AboutAgeSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.victim_id = @victimId
           AND d.kind IN ('identity', 'contact', 'incident')
         ORDER BY d.at, d.id
        """;

    /// <summary>Whoever asks: what her age, her home and the places of acts are known from (<see cref="Ages"/>).</summary>
    public static Task<IReadOnlyList<SealedRecord>> AboutAgeAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(AboutAgeSql, new { victimId }, cancellation);

    private const string OpenableSql = $"""
        SELECT d.id
          FROM records d
          JOIN victims v ON v.id = d.victim_id
         WHERE d.victim_id = @victimId
           AND d.id IN (@ids)
           AND {Visibility.OfItems}
        """;

    /// <returns>Those of her items that the caller could open.</returns>
    public static async Task<IReadOnlyCollection<Guid>> OpenableAsync(Work work, Guid victimId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? [] : await work.ListAsync<Guid>(OpenableSql, new { victimId, ids }, cancellation);

    private const string EvidenceSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.victim_id = @victimId
           AND d.kind = 'age_evidence'
           AND {Visibility.OfItems}
         ORDER BY d.at, d.id
        """;

    /// <summary>All evidence of her age that the caller can open.</summary>
    public static Task<IReadOnlyList<SealedRecord>> EvidenceAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(EvidenceSql, new { victimId }, cancellation);

    private const string ListRelationsSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.victim_id = @victimId
           AND d.kind = 'relation'
         ORDER BY d.at, d.id
        """;

    /// <summary>Whoever asks: for the rule who may decide for her, which shows no words.</summary>
    public static Task<IReadOnlyList<SealedRecord>> RelationsAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(ListRelationsSql, new { victimId }, cancellation);

    private const string NewestSql = $"""
        SELECT {Columns}
          {From}
         WHERE d.victim_id = @victimId
           AND d.kind = @kind
         ORDER BY d.at DESC, d.id DESC
        """;

    /// <summary>Whoever asks: for deadlines, which show no words.</summary>
    public static Task<SealedRecord?> NewestAsync(Work work, Guid victimId, string kind, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<SealedRecord>(NewestSql, new { victimId, kind }, cancellation);

    private const string FollowedSql = """
        SELECT count(*)
          FROM records d
         WHERE d.victim_id = @victimId
           AND d.kind = @kind
           AND d.id <> @id
           AND d.at > @at
        """;

    /// <summary>Whoever asks: a later one of the same kind is there.</summary>
    public static async Task<bool> IsFollowedAsync(Work work, Guid victimId, string kind, Guid id, DateTimeOffset at, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(FollowedSql, new { victimId, kind, id, at }, cancellation) > 0;

    private const string NamesSql = $"""
        SELECT {Columns}
          {From}
         WHERE v.id IN (@ids)
           AND d.kind = 'identity'
           AND {Visibility.OfCases}
        """;

    /// <summary>Identities of the caller's own cases among <paramref name="ids"/>.</summary>
    public static Task<IReadOnlyList<SealedRecord>> IdentitiesAsync(Work work, IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(NamesSql, new { ids }, cancellation);

    private const string DocumentsSql = $"""
        SELECT {Columns}
          {From}
         WHERE v.id IN (@ids)
           AND d.kind IN (@kinds)
           AND {Visibility.OfCases}
        """;

    /// <summary>Documents of the caller's own cases among <paramref name="ids"/>; a document has the kind of its group.</summary>
    public static Task<IReadOnlyList<SealedRecord>> DocumentsAsync(Work work, IReadOnlyList<Guid> ids, IReadOnlyList<string> kinds, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(DocumentsSql, new { ids, kinds }, cancellation);

    private const string FoundBySql = $"""
        SELECT {Columns}
          {From}
         WHERE v.id IN (@ids)
           AND d.kind IN ('identity', 'contact')
           AND k.destroyed_at IS NULL
        """;

    /// <summary>Whoever asks: for the system's own work on what victims are found by, which shows nobody anything.</summary>
    public static Task<IReadOnlyList<SealedRecord>> FoundByAsync(Work work, IReadOnlyList<Guid> ids, CancellationToken cancellation) =>
        work.ListAsync<SealedRecord>(FoundBySql, new { ids }, cancellation);

    private const string HoldSql = """
        UPDATE records
           SET version = version
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>Keeps whoever would write the record waiting until this transaction is over.</summary>
    /// <returns>False when it was written since it was read.</returns>
    public static async Task<bool> HoldAsync(Work work, SealedRecord record, CancellationToken cancellation) =>
        await work.ExecuteAsync(HoldSql, new { id = record.Id, read = record.Version }, cancellation) == 1;

    private const string InsertSql = """
        INSERT INTO records (id, victim_id, kind, group_code, occurrence_id, restricted, author_id, at, changed_at, body, version)
        VALUES (@id, @victimId, @kind, @groupCode, @occurrenceId, @restricted, @principal, @at, @now, @body, 1)
        """;

    /// <param name="at">When it happened, or now for documents.</param>
    public static Task<int> InsertAsync<T>(
        Work work, Keys keys, DataKey key, Guid id, Guid victimId, string kind, string group, bool restricted, DateTimeOffset at,
        T body, JsonTypeInfo<T> type, CancellationToken cancellation) where T : ISealed =>
        work.ExecuteAsync(InsertSql, new
        {
            id,
            victimId,
            kind,
            groupCode = group,
            occurrenceId = (Guid?)null,
            restricted,
            at,
            body = keys.Seal(key, SealedRecord.PlaceOf(id, group, 1), body, type),
        }, cancellation);

    private const string SaveSql = """
        UPDATE records
           SET body = @body, restricted = @restricted, changed_at = @now, version = @version
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else changed the record first.</returns>
    public static async Task<bool> SaveAsync<T>(
        Work work, Keys keys, SealedRecord record, bool restricted, T body, JsonTypeInfo<T> type, CancellationToken cancellation) where T : ISealed
    {
        var version = record.Version + 1;
        var place = SealedRecord.PlaceOf(record.Id, record.GroupCode, version);
        return await work.ExecuteAsync(
            SaveSql, new { id = record.Id, read = record.Version, version, restricted, body = keys.Seal(record.Key, place, body, type) }, cancellation) == 1;
    }
}
