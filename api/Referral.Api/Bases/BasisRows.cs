using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a basis covers, as rows: every row says one thing, and together they are the basis.</summary>
internal static class BasisRows
{
    private const string LiveSql = """
        SELECT b.id AS basis_id, b.kind, b.status, b.valid_from, b.valid_to,
               s.effect, s.purpose, s.group_code, s.record_id, s.agency_id, s.agency_kind, s.district
          FROM bases b
          JOIN basis_scopes s ON s.basis_id = b.id
         WHERE b.victim_id = @victimId
           AND b.status = 'active'
           AND b.kind NOT IN ('guardianship', 'legal_hold')
           AND b.valid_from <= @now
           AND (b.valid_to IS NULL OR b.valid_to > @now)
        """;

    /// <summary>The bases of a victim that are live now, each with all that it covers; those that can cover nothing are left out.</summary>
    public static async Task<IReadOnlyList<Basis>> LiveAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        [.. (await work.ListAsync<LiveRow>(LiveSql, new { victimId }, cancellation)).GroupBy(row => row.BasisId, (_, rows) => LiveRow.Whole([.. rows]))];

    private const string RecipientsSql = """
        SELECT t.descendant_id AS unit_id, a.id, a.kind, a.district, a.province
          FROM agency_tree t
          JOIN agencies a ON a.id = t.ancestor_id
         WHERE t.descendant_id IN (@ids)
        """;

    /// <returns>The agencies that exist, each with everything above it.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Recipient>> RecipientsAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0)
        {
            return new Dictionary<Guid, Recipient>();
        }
        var lines = (await work.ListAsync<LineRow>(RecipientsSql, new { ids }, cancellation)).ToLookup(row => row.UnitId);
        return lines.ToDictionary(line => line.Key, line =>
        {
            var unit = line.First(row => row.Id == line.Key);
            var province = unit.Province ?? (unit.District is null ? null : Districts.ProvinceOf(unit.District));
            return new Recipient(unit.Id, unit.Kind, unit.District, province, [.. line.Select(row => new RecipientUnit(row.Id, row.Kind))]);
        });
    }

    private const string PiecesSql = """
        SELECT d.id, d.group_code, d.restricted
          FROM records d
         WHERE d.victim_id = @victimId
           AND d.kind NOT IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal')
           AND d.id IN (@records)
        """;

    /// <returns>The items among <paramref name="records"/> that are hers.</returns>
    public static async Task<IReadOnlyDictionary<Guid, Piece>> PiecesAsync(
        Work work, Guid victimId, IReadOnlyCollection<Guid> records, CancellationToken cancellation) =>
        records.Count == 0
            ? new Dictionary<Guid, Piece>()
            : (await work.ListAsync<PieceRow>(PiecesSql, new { victimId, records }, cancellation))
                .ToDictionary(row => row.Id, row => new Piece(row.GroupCode, row.Id, row.Restricted));

    private sealed record LineRow
    {
        public required Guid UnitId { get; init; }
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public string? District { get; init; }
        public string? Province { get; init; }
    }

    private sealed record PieceRow
    {
        public required Guid Id { get; init; }
        public required string GroupCode { get; init; }
        public required bool Restricted { get; init; }
    }
}

/// <summary>A row of <c>bases</c> without its sealed detail.</summary>
internal sealed record BasisHead
{
    public required Guid Id { get; init; }
    public required BasisKind Kind { get; init; }
    public required BasisStatus Status { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }

    public Basis With(IReadOnlyList<ScopeRow> scopes)
    {
        ScopeRow[] allowed = [.. scopes.Where(scope => scope.Effect == ScopeRow.Allow)];
        ScopeRow[] hidden = [.. scopes.Where(scope => scope.Effect == ScopeRow.Hide)];
        return new Basis
        {
            Id = Id,
            Kind = Kind,
            Status = Status,
            ValidFrom = ValidFrom,
            ValidTo = ValidTo,
            Groups = [.. allowed.Where(scope => scope.RecordId is null).Select(scope => scope.GroupCode).OfType<string>()],
            Records = [.. allowed.Select(scope => scope.RecordId).OfType<Guid>()],
            Purposes = [.. allowed.Select(scope => scope.Purpose).OfType<string>()],
            Agencies = [.. allowed.Select(scope => scope.AgencyId).OfType<Guid>()],
            Kinds = [.. allowed.Select(scope => scope.AgencyKind).OfType<string>()],
            Districts = [.. allowed.Select(scope => scope.District).OfType<string>()],
            Excepted = [.. scopes.Where(scope => scope.Effect == ScopeRow.Except).Select(scope => scope.AgencyId).OfType<Guid>()],
            HiddenAgencies = [.. hidden.Select(scope => scope.AgencyId).OfType<Guid>()],
            HiddenKinds = [.. hidden.Select(scope => scope.AgencyKind).OfType<string>()],
        };
    }
}

/// <summary>A row of <c>basis_scopes</c>.</summary>
internal record ScopeRow
{
    public const string Allow = "allow";
    public const string Hide = "hide";
    public const string Except = "except";

    public required Guid BasisId { get; init; }
    public required string Effect { get; init; }
    public string? Purpose { get; init; }
    public string? GroupCode { get; init; }
    public Guid? RecordId { get; init; }
    public Guid? AgencyId { get; init; }
    public string? AgencyKind { get; init; }
    public string? District { get; init; }
}

/// <summary>One thing that a live basis says, and the basis without its sealed detail.</summary>
internal sealed record LiveRow : ScopeRow
{
    public required BasisKind Kind { get; init; }
    public required BasisStatus Status { get; init; }
    public required DateTimeOffset ValidFrom { get; init; }
    public DateTimeOffset? ValidTo { get; init; }

    public static Basis Whole(LiveRow[] rows)
    {
        var row = rows[0];
        return new BasisHead { Id = row.BasisId, Kind = row.Kind, Status = row.Status, ValidFrom = row.ValidFrom, ValidTo = row.ValidTo }.With(rows);
    }
}
