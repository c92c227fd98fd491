namespace NationalReferral;

public static class ReferralRefusals
{
    /// <summary>The state does not allow it; the answer lists what it does allow.</summary>
    public static readonly RefusalKind IllegalMove = new("illegal_move", 409);

    public static readonly RefusalKind OtherPartyActs = new("other_party_acts", 409);

    public static readonly RefusalKind InfoRoundsSpent = new("info_rounds_spent", 409);

    /// <summary>Somebody else took the last place; the answer suggests other services.</summary>
    public static readonly RefusalKind CapacityExhausted = new("capacity_exhausted", 409);

    /// <summary>It went to another provider already; that referral goes on.</summary>
    public static readonly RefusalKind AlreadyRerouted = new("already_rerouted", 409);

    /// <summary>Those who must stay together were parted; nobody has approved it yet.</summary>
    public static readonly RefusalKind SetBroken = new("set_broken", 409);

    /// <summary>She is not late before the time that was planned.</summary>
    public static readonly RefusalKind NotDueYet = new("not_due_yet", 422);

    /// <summary>A child is received by somebody before a service begins for her.</summary>
    public static readonly RefusalKind HandoverNeeded = new("handover_needed", 422);

    /// <summary>One of this direction still waits for the other side.</summary>
    public static readonly RefusalKind HandoverOpen = new("handover_open", 409);

    /// <summary>It is not awaited any more, or not from this side.</summary>
    public static readonly RefusalKind HandoverNotAwaited = new("handover_not_awaited", 409);

    /// <summary>Nobody has checked yet that the claimant is who he says he is.</summary>
    public static readonly RefusalKind ClaimantUnverified = new("claimant_unverified", 409);

    /// <summary>A child goes to a family only by a handover to somebody who was checked, confirmed by both sides.</summary>
    public static readonly RefusalKind ReleaseNeeded = new("release_needed", 409);

    /// <summary>She is a child, or may be one: she goes to no service that is for adults alone.</summary>
    public static readonly RefusalKind TreatedAsChild = new("treated_as_child", 422);

    public static readonly RefusalKind NeedsMissing = new("needs_missing", 422);
}
