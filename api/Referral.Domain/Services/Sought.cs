namespace NationalReferral;

/// <summary>What is looked for, and for whom: only what the minimum may say.</summary>
public sealed record Sought
{
    /// <summary>Taxonomy <c>service_category</c>.</summary>
    public required string Category { get; init; }

    public required Urgency Urgency { get; init; }

    /// <summary>Taxonomy <c>service_constraint</c>.</summary>
    public IReadOnlyCollection<string> Constraints { get; init; } = [];

    /// <summary>Fewest and most completed years; null: nothing is known.</summary>
    public (int Least, int Most)? Age { get; init; }

    public bool AsChild { get; init; }

    public required string Sex { get; init; }

    /// <summary>ISO 639-3; none: not known.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];

    /// <summary>Where she is: district code and province code.</summary>
    public required string District { get; init; }

    public required string Province { get; init; }

    /// <summary>Middle of the district, or nearer.</summary>
    public GeoPoint? Near { get; init; }

    /// <summary>The unit that refers.</summary>
    public required Guid SenderUnit { get; init; }

    public bool Wants(string constraint) => Constraints.Contains(constraint);

    public IReadOnlyList<string> Populations => NationalReferral.Populations.For(Sex, AsChild, Wants("with_children"));
}
