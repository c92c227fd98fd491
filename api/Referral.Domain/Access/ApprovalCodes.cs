namespace NationalReferral;

/// <summary>What a second person decides (taxonomy <c>approval_kind</c>).</summary>
public enum ApprovalKind
{
    BestInterestsDecision,
    CourtOrder,

    /// <summary>Those who must stay together are separated.</summary>
    SetBroken,
    Closure,
    BlockLift,
    LawRelease,
    Erasure,
    StatisticsRelease,
    ReleaseToClaimant,
}

/// <summary>Where an approval stands (taxonomy <c>approval_state</c>).</summary>
public enum ApprovalState
{
    Open,
    Approved,
    Refused,

    /// <summary>Something is missing: whoever asked may ask again.</summary>
    SentBack,

    /// <summary>Nobody needs it any more: whoever asked took it back, or the case is led by another agency.</summary>
    Withdrawn,
}

/// <summary>What a second person says (taxonomy <c>approval_decision</c>).</summary>
public enum ApprovalDecision
{
    Approve,
    SendBack,
    Refuse,
}
