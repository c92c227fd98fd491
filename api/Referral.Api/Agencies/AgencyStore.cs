using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>An agency as the database holds it.</summary>
internal sealed record Agency
{
    public required Guid Id { get; init; }
    public Guid? ParentId { get; init; }
    public string? Code { get; init; }
    public required string Kind { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public string? Province { get; init; }
    public string? District { get; init; }
    public required string Status { get; init; }
    public required bool HasAccount { get; init; }
    public required bool Confidential { get; init; }
    public string? Helpline { get; init; }
    public byte[]? Address { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public required string Calendar { get; init; }
    public required long Version { get; init; }

    /// <summary>The caller's unit is this one, or stands above it.</summary>
    public required bool IsOwn { get; init; }

    public Guid? KeyId { get; init; }
    public string? KeyKek { get; init; }
    public byte[]? KeyWrapped { get; init; }

    /// <summary>Null until an address was written.</summary>
    public WrappedKey? Key => KeyId is { } id && KeyKek is { } kek && KeyWrapped is { } wrapped ? new(id, kek, wrapped) : null;

    /// <summary>Where it is, as far as this caller may know: what is confidential is nobody else's.</summary>
    public bool ShowsPlace => !Confidential || IsOwn;
}

/// <summary>What a list of agencies is narrowed to; null: not at all.</summary>
internal sealed record AgencyFilter(string? Kind, string? Province, string? District, bool? HasAccount, Guid? ParentId);

/// <summary>Every SQL text over agencies and their tree.</summary>
internal static class AgencyStore
{
    /// <summary>The caller's unit is agency <c>a</c>, or stands above it.</summary>
    private const string IsOwn = "EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = a.id)";

    private const string Columns = $"""
        a.id, a.parent_id, a.code, a.kind, a.name_en, a.name_ur, a.province, a.district, a.status, a.has_account, a.confidential, a.helpline,
               a.address, a.lat, a.lon, a.calendar, a.version, CASE WHEN {IsOwn} THEN 1 ELSE 0 END AS is_own
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          FROM agencies a
         WHERE (@kind IS NULL OR a.kind = @kind)
           AND (@province IS NULL OR a.province = @province)
           AND (@district IS NULL OR (a.district = @district AND (a.confidential = 0 OR {IsOwn})))
           AND (@hasAccount IS NULL OR a.has_account = @hasAccount)
           AND (@parentId IS NULL OR a.parent_id = @parentId)
           AND (@afterId IS NULL
             OR a.name_en > (SELECT p.name_en FROM agencies p WHERE p.id = @afterId)
             OR (a.name_en = (SELECT p.name_en FROM agencies p WHERE p.id = @afterId) AND a.id > @afterId))
         ORDER BY a.name_en, a.id
        """;

    /// <summary>By name. A confidential agency is not found by its district, except by its own people.</summary>
    public static Task<IReadOnlyList<Agency>> ListAsync(Work work, AgencyFilter filter, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<Agency>(
            ListSql,
            new { kind = filter.Kind, province = filter.Province, district = filter.District, hasAccount = filter.HasAccount, parentId = filter.ParentId, afterId = paging.AfterId },
            paging.Take, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}, {Keys.Columns}
          FROM agencies a
          LEFT JOIN data_keys k ON k.id = a.key_id
         WHERE a.id = @id
        """;

    public static Task<Agency?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Agency>(FindSql, new { id }, cancellation);

    private const string LineSql = $"""
        SELECT {Columns}, {Keys.Columns}
          FROM agency_tree u
          JOIN agencies a ON a.id = u.descendant_id
          LEFT JOIN data_keys k ON k.id = a.key_id
         WHERE u.ancestor_id = @id
         ORDER BY a.id
        """;

    /// <summary>The agency and every unit below it.</summary>
    public static Task<IReadOnlyList<Agency>> LineAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.ListAsync<Agency>(LineSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO agencies (id, parent_id, kind, name_en, name_ur, province, district, status, has_account, confidential, helpline,
                              key_id, address, lat, lon, calendar, version)
        VALUES (@id, @parentId, @kind, @nameEn, @nameUr, @province, @district, @status, @hasAccount, @confidential, @helpline,
                @keyId, @address, @lat, @lon, @calendar, 1)
        """;

    private const string GrowSql = """
        INSERT INTO agency_tree (ancestor_id, descendant_id)
        SELECT t.ancestor_id, @id
          FROM agency_tree t
         WHERE t.descendant_id = @parentId
        """;

    private const string RootSql = """
        INSERT INTO agency_tree (ancestor_id, descendant_id)
        VALUES (@id, @id)
        """;

    /// <summary>With its rows of the tree: itself, and everything above its parent.</summary>
    public static async Task InsertAsync(Work work, Agency agency, CancellationToken cancellation)
    {
        await work.ExecuteAsync(InsertSql, agency, cancellation);
        if (agency.ParentId is not null)
        {
            await work.ExecuteAsync(GrowSql, agency, cancellation);
        }
        await work.ExecuteAsync(RootSql, new { id = agency.Id }, cancellation);
    }

    private const string SaveSql = """
        UPDATE agencies
           SET kind = @kind, name_en = @nameEn, name_ur = @nameUr, province = @province, district = @district, status = @status,
               has_account = @hasAccount, confidential = @confidential, helpline = @helpline, key_id = @keyId, address = @address,
               lat = @lat, lon = @lon, calendar = @calendar, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <returns>False, with nothing written, when somebody else changed the agency first.</returns>
    public static async Task<bool> SaveAsync(Work work, Agency agency, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, agency, cancellation) == 1;

    private const string ParentSql = $"""
        SELECT CASE WHEN {IsOwn} THEN 1 ELSE 0 END AS is_own
          FROM agencies a
         WHERE a.id = @parentId
           AND a.status = 'active'
        """;

    /// <returns>Null when no unit can stand under it; else whether it is the caller's own.</returns>
    public static Task<bool?> FindParentAsync(Work work, Guid parentId, CancellationToken cancellation) =>
        work.ScalarAsync<bool?>(ParentSql, new { parentId }, cancellation);
}
