using static NationalReferral.ConsentRules;

namespace NationalReferral;

/// <summary>What a basis would open, for whom and for what: the same for a consent, a decision, a duty and an order. Codes are known to exist in their taxonomy.</summary>
public sealed record Extent
{
    /// <summary>Besides the minimum.</summary>
    public IReadOnlyList<DataGroup> Groups { get; init; } = [];

    /// <summary>Items, one by one.</summary>
    public IReadOnlyList<Guid> Records { get; init; } = [];

    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Recipients by name.</summary>
    public IReadOnlyList<Guid> Agencies { get; init; } = [];

    /// <summary>Recipients by kind, in <see cref="Districts"/>.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Districts, or provinces for all of theirs.</summary>
    public IReadOnlyList<string> Districts { get; init; } = [];

    public IReadOnlyList<Guid> HideFromAgencies { get; init; } = [];

    public IReadOnlyList<string> HideFromKinds { get; init; } = [];

    public DateTimeOffset? ValidTo { get; init; }

    /// <returns>What keeps it from opening anything.</returns>
    public IEnumerable<FieldError> Check(DateTimeOffset now)
    {
        FieldError?[] found =
        [
            Purposes.Count == 0 ? new("/purposes", "required") : null,
            Agencies.Count + Kinds.Count == 0 ? new("/recipients", "required") : null,
            Districts.Count > 0 && Kinds.Count == 0 ? new("/recipients/kinds", "required") : null,
            Kinds.Count > 0 && Districts.Count == 0 ? new("/recipients/districts", "required") : null,
            ValidTo <= now ? new("/validTo", "not_in_future") : null,
            Agencies.Count + Kinds.Count + Districts.Count > MostRecipients ? new("/recipients", "too_many_items", [$"{MostRecipients}"]) : null,
            Records.Count > MostRecords ? new("/records", "too_many_items", [$"{MostRecords}"]) : null,
        ];
        return found.OfType<FieldError>();
    }

    /// <summary>What it covers, once it is recorded.</summary>
    public Basis AsBasis(Guid id, BasisStatus status, DateTimeOffset validFrom) => new()
    {
        Id = id,
        Status = status,
        ValidFrom = validFrom,
        ValidTo = ValidTo,
        Groups = [Piece.Minimum, .. Groups.Distinct().Select(group => group.Code())],
        Records = [.. Records.Distinct()],
        Purposes = [.. Purposes.Distinct()],
        Agencies = [.. Agencies.Distinct()],
        Kinds = [.. Kinds.Distinct()],
        Districts = [.. Districts.Distinct()],
        HiddenAgencies = [.. HideFromAgencies.Distinct()],
        HiddenKinds = [.. HideFromKinds.Distinct()],
    };
}
