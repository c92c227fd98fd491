namespace NationalReferral;

/// <summary>Where a referral stands (taxonomy <c>referral_state</c>).</summary>
public enum ReferralState
{
    Draft,
    Submitted,
    Acknowledged,
    InfoRequested,
    Accepted,
    NoShow,
    InService,
    OnHold,
    CancelRequested,
    Completed,
    EndedEarly,
    Declined,
    Expired,
    Cancelled,
    Withdrawn,
    EnteredInError,
}

/// <summary>How far an accepted referral is (taxonomy <c>referral_phase</c>); most have none.</summary>
public enum ReferralPhase
{
    Scheduled,
    InTransit,
}

/// <summary>What can be done to a referral (taxonomy <c>referral_action</c>).</summary>
public enum ReferralAction
{
    Submit,
    Acknowledge,
    RequestInfo,
    AnswerInfo,
    Accept,
    Decline,
    Schedule,
    Depart,
    Arrive,
    ReportNoShow,
    Reschedule,
    Complete,
    EndEarly,
    Cancel,
    RequestCancel,
    ConfirmCancel,
    RefuseCancel,
    Hold,
    Resume,
    EnterInError,
    Reroute,
    Expire,
    Withdraw,
}

/// <summary>Who acts in a referral (taxonomy <c>party</c>).</summary>
public enum Party
{
    Sender,
    Provider,
    Either,
    Clock,
    BasisEnd,
    Supervisor,
    ProtectionOfficer,
}

/// <summary>What a referral holds of its service's places.</summary>
public enum Place
{
    None,
    Reserved,
    Occupied,
}

public static class ReferralStates
{
    /// <summary>False once nothing but a correction can follow: the referral leaves every worklist.</summary>
    public static bool IsOpen(this ReferralState state) => state is
        ReferralState.Draft or ReferralState.Submitted or ReferralState.Acknowledged or ReferralState.InfoRequested
        or ReferralState.Accepted or ReferralState.NoShow or ReferralState.InService or ReferralState.OnHold
        or ReferralState.CancelRequested;
}
