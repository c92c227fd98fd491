using static NationalReferral.ClockKind;
using static NationalReferral.WhenMissed;

namespace NationalReferral;

/// <summary>What follows when a clock has run out.</summary>
public enum WhenMissed
{
    /// <summary>Remind at 50 %, escalate to both supervisors at 75 %, expire at 100 %; then the next fallback or matches.</summary>
    ExpireReferral,

    /// <summary>The decision clock runs on, and the provider may decline <c>no_information</c>.</summary>
    RunDecisionOn,
    Escalate,

    /// <summary>The escort may still be on the road: a grace follows, and then the place is freed.</summary>
    ReportNoShow,
    FreePlace,
    ProtectionOfficer,

    /// <summary>Remind who is asked, escalate to both supervisors; at the end the lead stays where it is, and may ask another.</summary>
    ExpireTransfer,
}

/// <summary>The lengths of one clock by urgency.</summary>
public sealed record ClockRule(ClockKind Kind, ClockLength Emergency, ClockLength High, ClockLength Medium, ClockLength Low, WhenMissed Missed)
{
    public ClockLength For(Urgency urgency) => urgency switch
    {
        Urgency.Emergency => Emergency,
        Urgency.High => High,
        Urgency.Medium => Medium,
        _ => Low,
    };
}

/// <summary>
/// The defaults of the design (referral lifecycle, clocks), where neither the country nor an agency has set another length; a transfer waits as long as a referral does. Clocks with a date of their own (<c>basis_ends</c>,
/// <c>renew_basis</c>, <c>act_before</c>, <c>follow_up</c>, <c>plan_review</c>) have no row.
/// </summary>
public static class ClockRules
{
    public static IReadOnlyList<ClockRule> All { get; } =
    [
        new(Acknowledge,      Hours(1),  Hours(24), Days(3),  Days(7),  ExpireReferral),
        new(Decide,           Hours(4),  Hours(48), Days(5),  Days(14), ExpireReferral),
        new(AnswerInfo,       Hours(1),  Hours(12), Days(2),  Days(5),  RunDecisionOn),
        new(Start,            Hours(12), Hours(48), Days(10), Days(21), ReportNoShow),
        new(NoShowGrace,      Hours(2),  Hours(12), Days(3),  Days(5),  FreePlace),
        new(ReportBack,       Hours(24), Days(3),   Days(14), Days(30), Escalate),
        new(Outcome,          Days(3),   Days(7),   Days(14), Days(30), Escalate),
        new(ConfirmCancel,    Hours(4),  Hours(24), Days(3),  Days(5),  ProtectionOfficer),
        new(HoldReview,       Hours(24), Days(7),   Days(30), Days(60), Escalate),
        new(AttestDeletion,   Days(7),   Days(7),   Days(7),  Days(7),  ProtectionOfficer),
        new(ClockKind.Approval, Hours(4),  Hours(24), Days(2),  Days(5),  ProtectionOfficer),
        new(ClockKind.Transfer, Hours(4),  Hours(48), Days(5),  Days(14), ExpireTransfer),
        new(Triage,           Hours(1),  Hours(4),  Hours(24), Days(3),  Escalate),
        new(Callback,         Hours(1),  Hours(4),  Hours(24), Days(3),  Escalate),
        new(BreakGlassReview, Hours(24), Hours(24), Hours(24), Hours(24), ProtectionOfficer),
        new(StopRequest,      Hours(4),  Hours(24), Days(2),  Days(3),  Escalate),
        new(MissingInTransit, Hours(1),  Hours(1),  Hours(1), Hours(1), Escalate),
    ];

    /// <summary>
    /// What the agency that leads the case has to do; a hold only where the sender holds. All others wait for a provider, for
    /// a second person, or for an office.
    /// </summary>
    public static IReadOnlyList<ClockKind> OfTheLead { get; } = [AnswerInfo, HoldReview, ActBefore, BasisEnds, RenewBasis, FollowUp, PlanReview, MissingInTransit, Callback, StopRequest];

    /// <summary>What follows the lead when it moves: all that it has to do, and answering for who opened its case in an emergency, which no closing of the case ends.</summary>
    public static IReadOnlyList<ClockKind> MovesWithLead { get; } = [.. OfTheLead, BreakGlassReview];

    /// <summary>Whether it has a length that can be set, and not only a date of its own.</summary>
    public static bool HasLength(ClockKind kind) => All.Any(rule => rule.Kind == kind);

    /// <summary>Whether it runs for a referral, so that it can have another length for one category of help.</summary>
    public static bool IsOfReferral(ClockKind kind) => kind is not (ClockKind.Approval or ClockKind.Transfer or Triage or Callback or BreakGlassReview or StopRequest);

    /// <exception cref="ArgumentException">The clock has a date of its own.</exception>
    public static ClockRule Of(ClockKind kind) =>
        All.FirstOrDefault(rule => rule.Kind == kind) ?? throw new ArgumentException($"{kind.Code()} has no length by urgency.", nameof(kind));

    /// <summary>Somebody named the moment: a date is a date, whatever calendar.</summary>
    public static bool IsDated(ClockKind kind) => kind is HoldReview or ActBefore or BasisEnds or RenewBasis or FollowUp or PlanReview;

    /// <summary>Emergency and high run day and night; medium and low when the agency works.</summary>
    public static bool RunsDayAndNight(ClockKind kind, Urgency urgency) =>
        urgency is Urgency.Emergency or Urgency.High || kind == MissingInTransit || IsDated(kind);

    /// <summary>What follows a miss; of a clock without a row, that supervisors hear of it.</summary>
    public static WhenMissed Missed(ClockKind kind) => All.FirstOrDefault(rule => rule.Kind == kind)?.Missed ?? Escalate;

    private static ClockLength Hours(int amount) => ClockLength.Hours(amount);

    private static ClockLength Days(int amount) => ClockLength.Days(amount);
}
