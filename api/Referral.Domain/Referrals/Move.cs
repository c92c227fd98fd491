namespace NationalReferral;

/// <summary>One row of the lifecycle: who may do what from where, what it needs, and what follows.</summary>
/// <param name="To">Null: back to the state that the referral came from.</param>
/// <param name="Event">What partners and the journal call it.</param>
/// <param name="OrBy">Who else may take it; the fields are asked of people only.</param>
/// <param name="HeldFrom">Referrals on hold that came from one of these may take it too: the hold ends.</param>
public sealed record Move(
    IReadOnlyList<ReferralState> From,
    ReferralAction Action,
    ReferralState? To,
    Party By,
    IReadOnlyList<Need> Needs,
    IReadOnlyList<ClockEffect> Clocks,
    PlaceEffect Place,
    AccessEffect Access,
    string Event,
    Party? OrBy = null,
    IReadOnlyList<ReferralState>? HeldFrom = null)
{
    public bool IsBy(Party party) => By == party || OrBy == party;

    /// <param name="prior">Where a referral on hold came from.</param>
    public bool StartsFrom(ReferralState state, ReferralState? prior) =>
        From.Contains(state) || (state == ReferralState.OnHold && prior is { } held && HeldFrom?.Contains(held) == true);
}

/// <summary>What a move asks of whoever takes it. <c>allowedActions</c>, the contract and the buttons read this.</summary>
/// <param name="Name">JSON member of the action's body.</param>
/// <param name="Given">Where the answer is found.</param>
/// <param name="Set">Taxonomy whose codes are taken; only for <see cref="NeedKind.Code"/>.</param>
public sealed record Need(string Name, NeedKind Kind, Func<Given, object?> Given, NeedRule Rule = NeedRule.Always, string? Set = null)
{
    /// <summary>
    /// Codes that say a family has the child. They are taken once both sides have confirmed that she was released to
    /// somebody who was checked.
    /// </summary>
    public IReadOnlyList<string> AfterRelease { get; init; } = [];

    /// <summary>Whether <paramref name="given"/> says that a family has her.</summary>
    public bool SaysReleased(Given given) => Given(given) is string code && AfterRelease.Contains(code);
}

public enum NeedKind
{
    Text,
    Code,

    /// <summary>When it happened: not in the future.</summary>
    Time,

    /// <summary>When it shall happen: not in the past.</summary>
    Plan,
    Id,
}

public enum NeedRule
{
    Always,

    /// <summary>Only where the service counts places; one without capacity rows is unlimited.</summary>
    WherePlacesAreCounted,

    Never,
}

/// <summary>Clocks that are not there are left alone, so that one row serves all states it starts from.</summary>
public sealed record ClockEffect(ClockVerb Verb, ClockKind Clock);

public enum ClockVerb
{
    Begin,

    /// <summary>Answered in time, or late but answered.</summary>
    Meet,

    /// <summary>No longer of interest; counts neither as met nor as missed.</summary>
    Stop,
    Pause,
    Resume,
}

public enum PlaceEffect
{
    None,
    Reserve,
    Occupy,
    Release,
}

/// <summary>What happens to the provider's access (design: access, 2).</summary>
public enum AccessEffect
{
    Nothing,
    Minimum,
    Disclosed,
    Ends,

    /// <summary>Runs on for <see cref="ReferralLifecycle.AccessAfterService"/>: reports and bills are written late.</summary>
    EndsLater,
}
