namespace NationalReferral;

/// <summary>Which deadline (taxonomy <c>clock_kind</c>).</summary>
public enum ClockKind
{
    Acknowledge,
    Decide,
    AnswerInfo,
    Start,
    NoShowGrace,
    ReportBack,
    Outcome,
    ConfirmCancel,
    HoldReview,
    AttestDeletion,
    BasisEnds,
    RenewBasis,
    ActBefore,
    Approval,
    FollowUp,
    MissingInTransit,
    Triage,
    Callback,
    StopRequest,
    BreakGlassReview,

    /// <summary>Asked to answered: whether the lead of a case moves.</summary>
    Transfer,

    /// <summary>The day on which a plan is looked at again.</summary>
    PlanReview,
}

/// <summary>Where a deadline stands (taxonomy <c>clock_state</c>).</summary>
public enum ClockState
{
    Running,
    Paused,
    Met,
    Missed,
    Stopped,
}

/// <summary>How far a running clock has spoken.</summary>
public enum ClockStage
{
    None,
    Reminded,
    Escalated,

    /// <summary>Six hours are left. Only for what must be done before a date.</summary>
    Urged,
    Missed,
}
