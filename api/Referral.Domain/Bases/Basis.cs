namespace NationalReferral;

/// <summary>What a basis is now (taxonomy <c>basis_status</c>). Only an active one covers anything.</summary>
public enum BasisStatus
{
    Pending,
    Active,
    Refused,
    Suspended,
    Stayed,
    Superseded,
    Withdrawn,
    Ended,
}

/// <summary>
/// What allows sharing: what (groups and items), with whom (named agencies, or kinds of agency in districts), for which
/// purposes. All three must fit. Never edited: superseded or withdrawn (design: legal bases).
/// </summary>
public sealed record Basis
{
    public required Guid Id { get; init; }

    public BasisKind Kind { get; init; } = BasisKind.Consent;

    public BasisStatus Status { get; init; } = BasisStatus.Active;

    public required DateTimeOffset ValidFrom { get; init; }

    /// <summary>Null: until it is withdrawn.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Data groups, and <see cref="Piece.Minimum"/>, which every basis that covers anything includes.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Items, one by one.</summary>
    public IReadOnlyList<Guid> Records { get; init; } = [];

    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>An agency stands for every unit below it.</summary>
    public IReadOnlyList<Guid> Agencies { get; init; } = [];

    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Codes of districts or of whole provinces, for <see cref="Kinds"/>.</summary>
    public IReadOnlyList<string> Districts { get; init; } = [];

    /// <summary>The unit that recorded it: a recipient of a basis may not record it, so it is none, even where it is of a kind that is.</summary>
    public IReadOnlyList<Guid> Excepted { get; init; } = [];

    /// <summary>Must never be given anything, whatever else covers them.</summary>
    public IReadOnlyList<Guid> HiddenAgencies { get; init; } = [];

    public IReadOnlyList<string> HiddenKinds { get; init; } = [];

    public bool IsLive(DateTimeOffset now) => Status == BasisStatus.Active && ValidFrom <= now && (ValidTo is null || ValidTo > now);

    public bool Covers(Piece piece) => piece.RecordId is { } record
        ? Records.Contains(record) || (!piece.IsRestricted && Groups.Contains(piece.Group))
        : Groups.Contains(piece.Group);

    public bool Reaches(Recipient recipient) =>
        !recipient.Line.Any(unit => Excepted.Contains(unit.Id))
        && (recipient.Line.Any(unit => Agencies.Contains(unit.Id))
            || (Kinds.Contains(recipient.Kind) && Districts.Any(recipient.IsIn)));

    public bool HidesFrom(Recipient recipient) =>
        recipient.Line.Any(unit => HiddenAgencies.Contains(unit.Id) || HiddenKinds.Contains(unit.Kind));
}

/// <summary>One piece that can be shared: the minimum, a document by its group, or an item by its id.</summary>
/// <param name="Group">Taxonomy <c>data_group</c>, or <see cref="Minimum"/>.</param>
/// <param name="RecordId">Of an item; null for a document.</param>
/// <param name="IsRestricted">An item that a basis must name: its group is not enough.</param>
public sealed record Piece(string Group, Guid? RecordId = null, bool IsRestricted = false)
{
    /// <summary>Age band, sex, need, urgency, district, constraints, flags.</summary>
    public const string Minimum = "minimum";
}

/// <summary>A unit that would be given data.</summary>
/// <param name="Line">The unit itself and every agency above it.</param>
/// <param name="District">Null for a body without one.</param>
/// <param name="Province">Of the district, or of a body for a whole province.</param>
public sealed record Recipient(Guid Id, string Kind, string? District, string? Province, IReadOnlyList<RecipientUnit> Line)
{
    public bool IsIn(string place) => place == District || place == Province;
}

/// <summary>One agency of a recipient's line.</summary>
public readonly record struct RecipientUnit(Guid Id, string Kind);
