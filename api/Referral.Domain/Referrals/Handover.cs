namespace NationalReferral;

/// <summary>Into the provider's care, or out of it (taxonomy <c>handover_direction</c>).</summary>
public enum HandoverDirection
{
    Arrival,
    Release,
}

/// <summary>How far a handover is (taxonomy <c>handover_state</c>).</summary>
public enum HandoverState
{
    /// <summary>One side has spoken.</summary>
    Open,

    /// <summary>Both sides say the same.</summary>
    Agreed,

    /// <summary>The count differs, or the child of this referral is not there.</summary>
    Missing,

    /// <summary>It was missing, and is explained.</summary>
    Settled,
}

/// <summary>What explains a count that did not match (taxonomy <c>handover_finding</c>).</summary>
public enum HandoverFinding
{
    /// <summary>She is with the provider now.</summary>
    ArrivedLater,

    /// <summary>Nobody was missing.</summary>
    Miscounted,

    /// <summary>She is safe, and not with the provider.</summary>
    FoundElsewhere,
}

/// <summary>
/// Who gave a child to whom, counted by both sides. Nobody is missing as long as both have counted the same number and the
/// child of the referral is among them; whoever writes first cannot know what the other will count.
/// </summary>
public sealed record Handover
{
    public required HandoverDirection Direction { get; init; }

    public HandoverState State { get; init; } = HandoverState.Open;

    /// <summary>Who wrote it: sender or provider. The other side confirms.</summary>
    public required Party By { get; init; }

    /// <summary>How many set out, by the side that gave; null as long as it has not said.</summary>
    public int? Given { get; init; }

    /// <summary>How many came, by the side that received.</summary>
    public int? Received { get; init; }

    /// <summary>Whether the child of this referral was among them, by the side that received; of a release, by the sender.</summary>
    public bool? IsThere { get; init; }

    /// <summary>The provider gives on release and receives on arrival.</summary>
    public bool GivenBy(Party party) => (party == Party.Provider) == (Direction == HandoverDirection.Release);

    /// <summary>Where each direction can happen. A child who came late is written down after the service has begun.</summary>
    public static bool CanHappen(HandoverDirection direction, ReferralState state) => direction == HandoverDirection.Arrival
        ? state is ReferralState.Accepted or ReferralState.InService
        : state is ReferralState.InService or ReferralState.CancelRequested or ReferralState.Completed or ReferralState.EndedEarly;

    /// <summary>The first side has counted.</summary>
    public static Handover Begin(HandoverDirection direction, Party by, int counted)
    {
        var begun = new Handover { Direction = direction, By = by };
        return begun.GivenBy(by) ? begun with { Given = counted } : begun with { Received = counted, IsThere = true };
    }

    /// <summary>The other side has counted.</summary>
    /// <returns>Null when it is not awaited, or not from this side.</returns>
    public Handover? Confirm(Party by, int counted, bool isThere)
    {
        if (State != HandoverState.Open || by == By)
        {
            return null;
        }
        var after = GivenBy(By)
            ? this with { Received = counted, IsThere = isThere }
            : this with { Given = counted, IsThere = IsThere == true && isThere };
        return after with { State = after.Given == after.Received && after.IsThere == true ? HandoverState.Agreed : HandoverState.Missing };
    }

    /// <returns>Null when nothing is missing, or only the provider can know.</returns>
    public Handover? Settle(Party by, HandoverFinding finding) =>
        State != HandoverState.Missing || (finding == HandoverFinding.ArrivedLater && by != Party.Provider)
            ? null
            : this with { State = HandoverState.Settled, IsThere = Was(finding) };

    /// <summary>Whoever is with the provider now has arrived later, and has not left.</summary>
    private bool Was(HandoverFinding finding) => finding switch
    {
        HandoverFinding.ArrivedLater => Direction == HandoverDirection.Arrival,
        HandoverFinding.Miscounted => IsThere == true,
        _ => false,
    };

    /// <summary>The provider has her: the service may begin.</summary>
    public bool HasArrived => Direction == HandoverDirection.Arrival && IsThere == true && Received is not null;

    /// <summary>Both sides say that she has left the provider's care.</summary>
    public bool HasLeft => Direction == HandoverDirection.Release && IsThere == true && State is HandoverState.Agreed or HandoverState.Settled;
}
