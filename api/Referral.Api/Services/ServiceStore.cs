using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A service as the database holds it, with what its unit says of the place.</summary>
internal sealed record ServiceRow
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required string AgencyNameEn { get; init; }
    public required string AgencyNameUr { get; init; }
    public required string AgencyStatus { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required string Category { get; init; }
    public int? MinAge { get; init; }
    public int? MaxAge { get; init; }
    public string? Sex { get; init; }
    public required string Hours { get; init; }
    public required bool Emergency { get; init; }
    public string? Accreditation { get; init; }
    public DateOnly? AccreditedTo { get; init; }
    public DateOnly? AssuredOn { get; init; }

    /// <summary>When it last declined somebody as not eligible; null since it said whom it helps.</summary>
    public DateTimeOffset? QuestionedAt { get; init; }
    public required string Status { get; init; }
    public required bool Confidential { get; init; }
    public string? Province { get; init; }
    public string? District { get; init; }
    public double? Lat { get; init; }
    public double? Lon { get; init; }
    public required long Version { get; init; }

    /// <summary>The caller's unit offers it, or stands above the one that does.</summary>
    public required bool IsOwn { get; init; }

    public GeoPoint? Location => Lat is { } lat && Lon is { } lon ? new GeoPoint(lat, lon) : null;
}

/// <summary>One thing that a service offers: a language, an aid to access, a constraint honoured, a district covered.</summary>
internal sealed record TermRow
{
    public required Guid ServiceId { get; init; }
    public required string Kind { get; init; }
    public required string Code { get; init; }
}

/// <summary>Every SQL text over services and their terms; the directory and places have their own.</summary>
internal static class ServiceStore
{
    public const string Language = "language";
    public const string Access = "access";
    public const string Constraint = "constraint";
    public const string Coverage = "coverage";

    /// <summary>Most ids in one text (see <c>SqlText</c>).</summary>
    private const int AtOnce = 1000;

    public const string IsOwn = "EXISTS (SELECT 1 FROM agency_tree t WHERE t.ancestor_id = @unit AND t.descendant_id = a.id)";

    public const string Columns = $"""
        s.id, s.agency_id, a.name_en AS agency_name_en, a.name_ur AS agency_name_ur, a.status AS agency_status, s.name_en, s.name_ur, s.category,
               s.min_age, s.max_age, s.sex, s.hours, s.emergency, s.accreditation, s.accredited_to, s.assured_on, s.questioned_at, s.status, a.confidential, a.province,
               a.district, a.lat, a.lon, s.version, CASE WHEN {IsOwn} THEN 1 ELSE 0 END AS is_own
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.status = @status
           AND (@agencyId IS NULL OR EXISTS (SELECT 1 FROM agency_tree b WHERE b.ancestor_id = @agencyId AND b.descendant_id = a.id))
           AND (@category IS NULL OR s.category = @category)
           AND (a.status = 'active' OR {IsOwn})
           AND (@afterId IS NULL
             OR s.name_en > (SELECT p.name_en FROM services p WHERE p.id = @afterId)
             OR (s.name_en = (SELECT p.name_en FROM services p WHERE p.id = @afterId) AND s.id > @afterId))
         ORDER BY s.name_en, s.id
        """;

    /// <summary>By name; of an agency with all its units.</summary>
    public static Task<IReadOnlyList<ServiceRow>> ListAsync(
        Work work, Guid? agencyId, string? category, string status, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ServiceRow>(ListSql, new { agencyId, category, status, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.id = @id
        """;

    public static Task<ServiceRow?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<ServiceRow>(FindSql, new { id }, cancellation);

    private const string OfIdsSql = $"""
        SELECT {Columns}
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.id IN (@ids)
        """;

    public static Task<IReadOnlyList<ServiceRow>> OfIdsAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        work.ListAsync<ServiceRow>(OfIdsSql, new { ids }, cancellation);

    private const string OfCategorySql = $"""
        SELECT {Columns}
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.category = @category
           AND s.status = 'active'
        """;

    public static Task<IReadOnlyList<ServiceRow>> OfCategoryAsync(Work work, string category, CancellationToken cancellation) =>
        work.ListAsync<ServiceRow>(OfCategorySql, new { category }, cancellation);

    private const string TermsSql = """
        SELECT c.service_id, c.kind, c.code
          FROM service_terms c
         WHERE c.service_id IN (@ids)
         ORDER BY c.code
        """;

    public static async Task<ILookup<Guid, TermRow>> TermsAsync(Work work, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var terms = new List<TermRow>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            terms.AddRange(await work.ListAsync<TermRow>(TermsSql, new { ids = some }, cancellation));
        }
        return terms.ToLookup(term => term.ServiceId);
    }

    private const string InsertSql = """
        INSERT INTO services (id, agency_id, name_en, name_ur, category, min_age, max_age, sex, hours, emergency, accreditation, accredited_to,
                              assured_on, status, version)
        VALUES (@id, @agencyId, @nameEn, @nameUr, @category, @minAge, @maxAge, @sex, @hours, @emergency, @accreditation, @accreditedTo,
                @assuredOn, @status, 1)
        """;

    public static Task<int> InsertAsync(Work work, ServiceRow service, CancellationToken cancellation) => work.ExecuteAsync(InsertSql, service, cancellation);

    private const string SaveSql = """
        UPDATE services
           SET name_en = @nameEn, name_ur = @nameUr, category = @category, min_age = @minAge, max_age = @maxAge, sex = @sex, hours = @hours,
               emergency = @emergency, accreditation = @accreditation, accredited_to = @accreditedTo, assured_on = @assuredOn, questioned_at = @questionedAt,
               status = @status, version = version + 1
         WHERE id = @id
           AND version = @version
        """;

    /// <returns>False, with nothing written, when somebody else changed the service first.</returns>
    public static async Task<bool> SaveAsync(Work work, ServiceRow service, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, service, cancellation) == 1;

    private const string DropTermsSql = """
        DELETE FROM service_terms
         WHERE service_id = @serviceId
        """;

    private const string AddTermSql = """
        INSERT INTO service_terms (service_id, kind, code)
        VALUES (@serviceId, @kind, @code)
        """;

    public static async Task SetTermsAsync(Work work, Guid serviceId, IEnumerable<(string Kind, string Code)> terms, CancellationToken cancellation)
    {
        await work.ExecuteAsync(DropTermsSql, new { serviceId }, cancellation);
        foreach (var (kind, code) in terms.Distinct())
        {
            await work.ExecuteAsync(AddTermSql, new { serviceId, kind, code }, cancellation);
        }
    }
}
