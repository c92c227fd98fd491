namespace NationalReferral;

/// <summary>A service that may be proposed.</summary>
public sealed record Candidate
{
    public required Guid ServiceId { get; init; }

    /// <summary>The unit that offers it.</summary>
    public required Guid AgencyId { get; init; }

    public required string Category { get; init; }

    /// <summary>Service and agency both take referrals.</summary>
    public bool IsActive { get; init; } = true;

    public int? MinAge { get; init; }

    public int? MaxAge { get; init; }

    /// <summary>Null: any.</summary>
    public string? Sex { get; init; }

    public IReadOnlyCollection<string> Languages { get; init; } = [];

    /// <summary>Taxonomy <c>accessibility</c>.</summary>
    public IReadOnlyCollection<string> Accessibility { get; init; } = [];

    /// <summary>Taxonomy <c>service_constraint</c>: what it honours.</summary>
    public IReadOnlyCollection<string> Constraints { get; init; } = [];

    /// <summary>Districts or provinces, <c>PK</c> for all; none: its own province.</summary>
    public IReadOnlyCollection<string> Coverage { get; init; } = [];

    public string? District { get; init; }

    public string? Province { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>Its district and place decide (<c>not_near_home</c>), and are neither shown nor ranked by.</summary>
    public bool IsConfidential { get; init; }

    public OpeningHours Hours { get; init; } = OpeningHours.None;

    /// <summary>Takes emergencies at any hour, whatever the desk's hours are.</summary>
    public bool TakesEmergencies { get; init; }

    /// <summary>No rows: it does not count places.</summary>
    public IReadOnlyList<FreePlaces> Places { get; init; } = [];

    public DateOnly? AccreditedTo { get; init; }

    /// <summary>It has declined somebody as not eligible, and not said since whom it helps.</summary>
    public bool IsQuestioned { get; init; }

    /// <summary>A live basis covers the minimum for this agency.</summary>
    public bool IsCovered { get; init; }

    /// <summary>Must never learn of her.</summary>
    public bool IsBlocked { get; init; }

    public int? FreeFor(IReadOnlyCollection<string> populations) =>
        Places.Count == 0 ? null : Places.Where(p => populations.Contains(p.Population)).Sum(p => p.Free);
}

/// <param name="IsDoubted">It has turned somebody away for want of room since it said so.</param>
public readonly record struct FreePlaces(string Population, int Free, DateTimeOffset AsOf, bool IsDoubted = false);
