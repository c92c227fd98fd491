using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>How long a kind of clock runs where somebody wants it otherwise than the product has it.</summary>
internal sealed record SetLength
{
    public required Guid Id { get; init; }

    /// <summary>For it and the units below; null: for the country.</summary>
    public Guid? AgencyId { get; init; }
    public required ClockKind Kind { get; init; }

    /// <summary>For one category of help; empty: for all that have no row of their own.</summary>
    public required string Category { get; init; }
    public required string Emergency { get; init; }
    public required string High { get; init; }
    public required string Medium { get; init; }
    public required string Low { get; init; }

    /// <summary>How far below the country; a unit's is nearer to its work than that of the agency above it.</summary>
    public int Depth { get; init; }

    public ClockRule Rule => ClockRules.Of(Kind) with
    {
        Emergency = ClockLength.Parse(Emergency),
        High = ClockLength.Parse(High),
        Medium = ClockLength.Parse(Medium),
        Low = ClockLength.Parse(Low),
    };

    public static SetLength Of(Guid id, Guid? agencyId, ClockRule rule, string category) => new()
    {
        Id = id,
        AgencyId = agencyId,
        Kind = rule.Kind,
        Category = category,
        Emergency = rule.Emergency.Code,
        High = rule.High.Code,
        Medium = rule.Medium.Code,
        Low = rule.Low.Code,
    };

    /// <summary>Whether both say the same for the same.</summary>
    public bool Says(SetLength other) => this with { Id = other.Id, AgencyId = other.AgencyId, Depth = other.Depth } == other;
}

/// <summary>Every SQL text over lengths of clocks.</summary>
internal static class ClockLengthStore
{
    private const string Columns = """
        l.id, l.agency_id, l.kind, l.category, l.emergency, l.high, l.medium, l.low,
        (SELECT count(*) FROM agency_tree d WHERE d.descendant_id = l.agency_id) AS depth
        """;

    private const string ApplyingSql = $"""
        SELECT {Columns}
          FROM clock_lengths l
         WHERE (l.agency_id IS NULL OR l.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = @agencyId))
           AND (l.category = '' OR l.category = (SELECT n.category FROM referrals r JOIN needs n ON n.id = r.need_id WHERE r.id = @subjectId))
        """;

    /// <summary>What the country and agencies have set for the clocks of one subject, if it is a referral for its category too.</summary>
    public static Task<IReadOnlyList<SetLength>> ApplyingAsync(Work work, Guid subjectId, Guid agencyId, CancellationToken cancellation) =>
        work.ListAsync<SetLength>(ApplyingSql, new { subjectId, agencyId }, cancellation);

    private const string AboveSql = $"""
        SELECT {Columns}
          FROM clock_lengths l
         WHERE l.agency_id IS NULL
            OR l.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = @agencyId)
         ORDER BY l.kind, l.category, l.id
        """;

    /// <summary>All that was set by the country, and for an agency and those above it.</summary>
    /// <param name="work">As everywhere.</param>
    /// <param name="agencyId">Null: the country's only.</param>
    /// <param name="cancellation">Gives up.</param>
    public static Task<IReadOnlyList<SetLength>> AboveAsync(Work work, Guid? agencyId, CancellationToken cancellation) =>
        work.ListAsync<SetLength>(AboveSql, new { agencyId }, cancellation);

    private const string InsertSql = """
        INSERT INTO clock_lengths (id, agency_id, kind, category, emergency, high, medium, low)
        VALUES (@id, @agencyId, @kind, @category, @emergency, @high, @medium, @low)
        """;

    public static Task<int> InsertAsync(Work work, SetLength set, CancellationToken cancellation) => work.ExecuteAsync(
        InsertSql,
        new { id = set.Id, agencyId = set.AgencyId, kind = set.Kind, category = set.Category, emergency = set.Emergency, high = set.High, medium = set.Medium, low = set.Low },
        cancellation);

    private const string DeleteSql = """
        DELETE FROM clock_lengths
         WHERE id = @id
        """;

    public static Task<int> DeleteAsync(Work work, Guid id, CancellationToken cancellation) => work.ExecuteAsync(DeleteSql, new { id }, cancellation);
}
