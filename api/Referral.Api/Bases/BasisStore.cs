using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A row of <c>bases</c> with the key that opens its detail.</summary>
internal sealed record StoredBasis : SealedRow
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required BasisKind Kind { get; init; }
    public required BasisStatus Status { get; init; }
    public required byte[] Detail { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public string? EndedReason { get; init; }
    public Guid? SupersedesId { get; init; }
    public Guid? OccurrenceId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
    public required long Version { get; init; }

    /// <summary>A detail is never changed: its place has one version for ever.</summary>
    public static SealedPlace PlaceOf(Guid id) => new("bases", id, "detail", 1);

    public BasisDetail Open(Keys keys) => keys.Open(Key, Detail, PlaceOf(Id), BasisJson.Default.BasisDetail);

    public Basis With(IEnumerable<ScopeRow> scopes) => new BasisHead { Id = Id, Kind = Kind, Status = Status, ValidFrom = ValidFrom, ValidTo = ValidTo }.With([.. scopes]);
}

/// <summary>Every SQL text over bases as they are recorded and shown; <see cref="BasisRows"/> answers what they cover.</summary>
internal static class BasisStore
{
    private const string Columns = $"""
        b.id, b.victim_id, b.kind, b.status, b.detail, b.valid_from, b.valid_to, b.ended_at, b.ended_reason, b.supersedes_id, b.occurrence_id, b.recorded_at, b.version, {Keys.Columns}
        """;

    private const string From = """
        FROM bases b
        JOIN victims v ON v.id = b.victim_id
        JOIN data_keys k ON k.id = v.key_id
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.victim_id = @victimId
           AND {Visibility.OfBases}
         ORDER BY b.recorded_at DESC, b.id DESC
        """;

    /// <summary>All bases of a victim that the caller sees, newest first.</summary>
    public static Task<IReadOnlyList<StoredBasis>> ListAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<StoredBasis>(ListSql, new { victimId }, cancellation);

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.id = @id
           AND b.victim_id = @victimId
           AND {Visibility.OfBases}
        """;

    /// <returns>Null when she has no such basis, or the caller may not see it.</returns>
    public static Task<StoredBasis?> FindAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredBasis>(FindSql, new { victimId, id }, cancellation);

    private const string LoadSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.id = @id
        """;

    /// <summary>Whoever asks: for what follows from a decision about it.</summary>
    public static Task<StoredBasis?> LoadAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredBasis>(LoadSql, new { id }, cancellation);

    private const string ListOfOccurrenceSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.occurrence_id = @occurrenceId
           AND {Visibility.OfBases}
         ORDER BY b.victim_id, b.id
        """;

    /// <summary>The same order in each case that the caller sees; victims ascending, as their turns are taken.</summary>
    public static Task<IReadOnlyList<StoredBasis>> OfOccurrenceAsync(Work work, Guid occurrenceId, CancellationToken cancellation) =>
        work.ListAsync<StoredBasis>(ListOfOccurrenceSql, new { occurrenceId }, cancellation);

    private const string SuccessorSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.supersedes_id = @id
           AND b.victim_id = @victimId
        """;

    /// <returns>What replaced a basis; null when nothing did.</returns>
    public static Task<StoredBasis?> SuccessorAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredBasis>(SuccessorSql, new { victimId, id }, cancellation);

    private const string ScopesSql = """
        SELECT s.basis_id, s.effect, s.purpose, s.group_code, s.record_id, s.agency_id, s.agency_kind, s.district
          FROM basis_scopes s
         WHERE s.basis_id IN (@ids)
        """;

    public static async Task<ILookup<Guid, ScopeRow>> ScopesAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        (ids.Count == 0 ? [] : await work.ListAsync<ScopeRow>(ScopesSql, new { ids }, cancellation)).ToLookup(scope => scope.BasisId);

    private const string InsertSql = """
        INSERT INTO bases (id, victim_id, kind, status, detail, valid_from, valid_to, supersedes_id, occurrence_id, recorded_by, recorded_at, version)
        VALUES (@id, @victimId, @kind, @status, @detail, @validFrom, @validTo, @supersedesId, @occurrenceId, @principal, @now, 1)
        """;

    private const string InsertScopeSql = """
        INSERT INTO basis_scopes (id, basis_id, effect, purpose, group_code, record_id, agency_id, agency_kind, district)
        VALUES (@id, @basisId, @effect, @purpose, @groupCode, @recordId, @agencyId, @agencyKind, @district)
        """;

    /// <summary>Writes a basis and one row for each thing that it says.</summary>
    /// <param name="groupOf">The data group of an item.</param>
    /// <param name="occurrenceId">Where it stands in several cases.</param>
    public static async Task InsertAsync(
        Work work, Guid victimId, Basis basis, byte[] detail, Guid? supersedesId, Func<Guid, string> groupOf, CancellationToken cancellation, Guid? occurrenceId = null)
    {
        await work.ExecuteAsync(InsertSql, new
        {
            id = basis.Id,
            victimId,
            kind = basis.Kind,
            status = basis.Status,
            detail,
            validFrom = basis.ValidFrom,
            validTo = basis.ValidTo,
            supersedesId,
            occurrenceId,
        }, cancellation);
        foreach (var scope in Scopes(basis, groupOf))
        {
            await work.ExecuteAsync(InsertScopeSql, new
            {
                id = Ids.New(work.Now),
                basisId = basis.Id,
                effect = scope.Effect,
                purpose = scope.Purpose,
                groupCode = scope.GroupCode,
                recordId = scope.RecordId,
                agencyId = scope.AgencyId,
                agencyKind = scope.AgencyKind,
                district = scope.District,
            }, cancellation);
        }
    }

    private static IEnumerable<ScopeRow> Scopes(Basis basis, Func<Guid, string> groupOf)
    {
        var allow = new ScopeRow { BasisId = basis.Id, Effect = ScopeRow.Allow };
        var hide = allow with { Effect = ScopeRow.Hide };
        return
        [
            .. basis.Groups.Select(group => allow with { GroupCode = group }),
            .. basis.Records.Select(record => allow with { GroupCode = groupOf(record), RecordId = record }),
            .. basis.Purposes.Select(purpose => allow with { Purpose = purpose }),
            .. basis.Agencies.Select(agency => allow with { AgencyId = agency }),
            .. basis.Kinds.Select(kind => allow with { AgencyKind = kind }),
            .. basis.Districts.Select(district => allow with { District = district }),
            .. basis.Excepted.Select(agency => allow with { Effect = ScopeRow.Except, AgencyId = agency }),
            .. basis.HiddenAgencies.Select(agency => hide with { AgencyId = agency }),
            .. basis.HiddenKinds.Select(kind => hide with { AgencyKind = kind }),
        ];
    }

    private const string ListStandingSql = $"""
        SELECT {Columns}
          {From}
         WHERE b.victim_id = @victimId
           AND b.status = 'active'
           AND b.kind = @kind
           AND (b.valid_to IS NULL OR b.valid_to > @now)
         ORDER BY b.id
        """;

    /// <summary>Whoever asks: what stands of one kind.</summary>
    public static Task<IReadOnlyList<StoredBasis>> StandingAsync(Work work, Guid victimId, BasisKind kind, CancellationToken cancellation) =>
        work.ListAsync<StoredBasis>(ListStandingSql, new { victimId, kind }, cancellation);

    private const string VisibleItemsSql = $"""
        SELECT d.id, d.group_code
          FROM records d
          JOIN victims v ON v.id = d.victim_id
         WHERE d.victim_id = @victimId
           AND d.kind NOT IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal')
           AND d.id IN (@ids)
           AND {Visibility.OfItems}
        """;

    /// <returns>Her items among <paramref name="ids"/> that the caller can open, with their groups.</returns>
    public static async Task<IReadOnlyDictionary<Guid, string>> VisibleItemsAsync(
        Work work, Guid victimId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0
            ? new Dictionary<Guid, string>()
            : (await work.ListAsync<ItemGroup>(VisibleItemsSql, new { victimId, ids }, cancellation)).ToDictionary(row => row.Id, row => row.GroupCode);

    private sealed record ItemGroup
    {
        public required Guid Id { get; init; }
        public required string GroupCode { get; init; }
    }
}
