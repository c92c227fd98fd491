namespace NationalReferral;

/// <summary>What the body of an action holds. Codes are already known to exist in their taxonomy.</summary>
public sealed record Given
{
    public static Given Nothing { get; } = new();

    public string? Question { get; init; }

    public string? Answer { get; init; }

    public string? Population { get; init; }

    public string? Reason { get; init; }

    public Guid? SuggestedServiceId { get; init; }

    public DateTimeOffset? At { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? PlannedEndAt { get; init; }

    public DateTimeOffset? ReviewAt { get; init; }

    public string? Escort { get; init; }

    public string? Waited { get; init; }

    /// <summary>To whom, or where to (set safe_exit).</summary>
    public string? Exit { get; init; }

    public string? SafeExit { get; init; }

    public Guid? ServiceId { get; init; }

    public string? Outcome { get; init; }

    public string? Note { get; init; }
}
