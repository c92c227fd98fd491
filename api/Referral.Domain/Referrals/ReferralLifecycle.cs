using System.Collections.Frozen;
using static NationalReferral.ClockKind;
using static NationalReferral.ClockVerb;
using static NationalReferral.ReferralState;
using Do = NationalReferral.ReferralAction;
using Opens = NationalReferral.AccessEffect;
using Places = NationalReferral.PlaceEffect;

namespace NationalReferral;

/// <summary>
/// The only place that knows the lifecycle (design: referral lifecycle). Routes, the contract, <c>allowedActions</c>,
/// buttons and mappings read it; <c>contracts/lifecycle.json</c> says the same independently and a test compares them.
/// </summary>
public static class ReferralLifecycle
{
    /// <summary>A provider may ask twice; a third question would let the decision wait for ever.</summary>
    public const int InfoRounds = 2;

    /// <summary>How long the provider still reads what was disclosed after the end of the service.</summary>
    public static readonly TimeSpan AccessAfterService = TimeSpan.FromDays(30);

    private static readonly ReferralState[] Unanswered = [Submitted, Acknowledged, InfoRequested];
    private static readonly ReferralState[] Waiting = [Submitted, Acknowledged];
    private static readonly ReferralState[] Going = [Accepted, InService];
    private static readonly ReferralState[] Answerable = [Accepted, NoShow, InService];
    private static readonly ReferralState[] Everything = [.. Enum.GetValues<ReferralState>().Where(state => state != EnteredInError)];
    private static ReferralState? Prior => null;

    private static readonly ClockKind[] OfAnswer = [ClockKind.Acknowledge, Decide, AnswerInfo];
    private static readonly ClockKind[] OfService = [Start, NoShowGrace, ReportBack, ClockKind.Outcome];
    private static readonly ClockKind[] Pausable = [ClockKind.Acknowledge, Decide, .. OfService];
    private static readonly ClockEffect[] StartsBoth = [new(Begin, ClockKind.Acknowledge), new(Begin, Decide)];
    private static readonly ClockEffect[] Seen = [new(Meet, ClockKind.Acknowledge)];
    private static readonly ClockEffect[] Waits = [new(Meet, ClockKind.Acknowledge), new(Pause, Decide), new(Begin, AnswerInfo)];
    private static readonly ClockEffect[] RunsOn = [new(Meet, AnswerInfo), new(Resume, Decide)];
    private static readonly ClockEffect[] Answered = [new(Meet, ClockKind.Acknowledge), new(Meet, Decide), new(Stop, AnswerInfo)];
    private static readonly ClockEffect[] Expected = [.. Answered, new(Begin, Start)];
    private static readonly ClockEffect[] ExpectedAnew = [new(Stop, NoShowGrace), new(Begin, Start)];
    private static readonly ClockEffect[] Missing = [new(Stop, Start), new(Begin, NoShowGrace)];
    private static readonly ClockEffect[] There = [new(Meet, Start), new(Stop, NoShowGrace), new(Begin, ReportBack), new(Begin, ClockKind.Outcome)];
    private static readonly ClockEffect[] Over = [new(Stop, ReportBack), new(Meet, ClockKind.Outcome)];
    private static readonly ClockEffect[] NotWanted = [.. All(Stop, OfAnswer), new(Stop, HoldReview)];
    private static readonly ClockEffect[] StepsBack = [new(Stop, Start), new(Stop, NoShowGrace)];
    private static readonly ClockEffect[] Rests = [.. All(Pause, Pausable), new(Begin, HoldReview)];
    private static readonly ClockEffect[] GoesOn = [new(Meet, HoldReview), .. All(ClockVerb.Resume, Pausable)];
    private static readonly ClockEffect[] Asks = [new(Stop, HoldReview), .. All(Pause, OfService), new(Begin, ConfirmCancel)];
    private static readonly ClockEffect[] LetsGo = [new(Meet, ConfirmCancel), .. All(Stop, OfService)];
    private static readonly ClockEffect[] Keeps = [new(Meet, ConfirmCancel), .. All(ClockVerb.Resume, OfService)];
    private static readonly ClockEffect[] StopsAll = [.. All(Stop, OfAnswer), .. All(Stop, OfService), new(Stop, HoldReview), new(Stop, ConfirmCancel)];

    /// <summary>What was opened has to be deleted, and the provider says that it was.</summary>
    private static readonly ClockEffect[] Forgets = [.. StopsAll, new(Begin, AttestDeletion)];

    public static IReadOnlyList<Move> Moves { get; } =
    [
        //  from                   action             to               by              needs                                   clocks        places          access            event
        new([Draft],               Do.Submit,         Submitted,       Party.Sender,   [],                                     StartsBoth,   Places.None,    Opens.Minimum,    "referral.submitted"),
        new([Submitted],           Do.Acknowledge,    Acknowledged,    Party.Provider, [],                                     Seen,         Places.None,    Opens.Nothing,    "referral.acknowledged"),
        new(Waiting,               Do.RequestInfo,    InfoRequested,   Party.Provider, [Needs.Question],                       Waits,        Places.None,    Opens.Nothing,    "referral.info_requested"),
        new([InfoRequested],       Do.AnswerInfo,     Prior,           Party.Sender,   [Needs.Answer],                         RunsOn,       Places.None,    Opens.Nothing,    "referral.info_answered"),
        new(Unanswered,            Do.Accept,         Accepted,        Party.Provider, [Needs.Population],                     Expected,     Places.Reserve, Opens.Disclosed,  "referral.accepted"),
        new(Unanswered,            Do.Decline,        Declined,        Party.Provider, [Needs.WhyDeclined, Needs.Suggestion],  Answered,     Places.None,    Opens.Ends,       "referral.declined"),
        new([Accepted, NoShow],    Do.Decline,        Declined,        Party.Provider, [Needs.WhyDeclined, Needs.Suggestion],  StepsBack,    Places.Release, Opens.Ends,       "referral.declined"),
        new([Accepted],            Do.Schedule,       Accepted,        Party.Provider, [Needs.PlannedAt],                      ExpectedAnew, Places.None,    Opens.Nothing,    "referral.scheduled"),
        new([Accepted],            Do.Depart,         Accepted,        Party.Either,   [Needs.Escort],                         [],           Places.None,    Opens.Nothing,    "referral.departed"),
        new([Accepted],            Do.Arrive,         InService,       Party.Provider, [Needs.At, Needs.PlannedEndAt],         There,        Places.Occupy,  Opens.Nothing,    "referral.arrived"),
        new([Accepted],            Do.ReportNoShow,   NoShow,          Party.Provider, [Needs.WhyNotThere, Needs.Waited],      Missing,      Places.None,    Opens.Nothing,    "referral.no_show", OrBy: Party.Clock),
        new([NoShow],              Do.Reschedule,     Accepted,        Party.Provider, [Needs.PlannedAt],                      ExpectedAnew, Places.Reserve, Opens.Nothing,    "referral.rescheduled"),
        new([InService],           Do.Complete,       Completed,       Party.Provider, [Needs.Outcome, Needs.Note],            Over,         Places.Release, Opens.EndsLater,  "referral.completed"),
        new([InService],           Do.EndEarly,       EndedEarly,      Party.Either,   [Needs.WhyEnded, Needs.Note],           Over,         Places.Release, Opens.EndsLater,  "referral.ended_early"),
        new([Draft, .. Unanswered], Do.Cancel,        Cancelled,       Party.Sender,   [Needs.WhyCancelled],                   NotWanted,    Places.None,    Opens.Ends,       "referral.cancelled", HeldFrom: Waiting),
        new(Answerable,            Do.RequestCancel,  CancelRequested, Party.Sender,   [Needs.WhyCancelled],                   Asks,         Places.None,    Opens.Nothing,    "referral.cancel_requested", HeldFrom: Going),
        new([CancelRequested],     Do.ConfirmCancel,  Cancelled,       Party.Provider, [Needs.Exit, Needs.SafeExit],           LetsGo,       Places.Release, Opens.Ends,       "referral.cancelled", OrBy: Party.ProtectionOfficer),
        new([CancelRequested],     Do.RefuseCancel,   Prior,           Party.Provider, [Needs.WhyKept],                        Keeps,        Places.None,    Opens.Nothing,    "referral.cancel_refused", OrBy: Party.ProtectionOfficer),
        new([.. Waiting, .. Going], Do.Hold,          OnHold,          Party.Either,   [Needs.WhyHeld, Needs.ReviewAt],        Rests,        Places.None,    Opens.Nothing,    "referral.held"),
        new([OnHold],              Do.Resume,         Prior,           Party.Either,   [],                                     GoesOn,       Places.None,    Opens.Nothing,    "referral.resumed"),
        new(Unanswered,            Do.Expire,         Expired,         Party.Clock,    [],                                     StopsAll,     Places.None,    Opens.Ends,       "referral.expired"),
        new(Unanswered,            Do.Withdraw,       Withdrawn,       Party.BasisEnd, [Needs.WhyWithdrawn],                   StopsAll,     Places.None,    Opens.Ends,       "referral.withdrawn", HeldFrom: Waiting),
        new([.. Answerable, CancelRequested], Do.Withdraw, Withdrawn,  Party.BasisEnd, [Needs.WhyWithdrawn],                   Forgets,      Places.Release, Opens.Ends,       "referral.withdrawn", HeldFrom: Going),
        new(Everything,            Do.EnterInError,   EnteredInError,  Party.Supervisor, [Needs.WhyInError],                   StopsAll,     Places.Release, Opens.Ends,       "referral.entered_in_error"),
        new([Declined],            Do.Reroute,        Declined,        Party.Sender,   [Needs.NewService],                     [],           Places.None,    Opens.Nothing,    "referral.rerouted"),
        new([Expired],             Do.Reroute,        Expired,         Party.Sender,   [Needs.NewService],                     [],           Places.None,    Opens.Nothing,    "referral.rerouted"),
        new([Cancelled],           Do.Reroute,        Cancelled,       Party.Sender,   [Needs.NewService],                     [],           Places.None,    Opens.Nothing,    "referral.rerouted"),
        new([EndedEarly],          Do.Reroute,        EndedEarly,      Party.Sender,   [Needs.NewService],                     [],           Places.None,    Opens.Nothing,    "referral.rerouted"),
        new([NoShow],              Do.Reroute,        EndedEarly,      Party.Sender,   [Needs.NewService],                     StopsAll,     Places.Release, Opens.Ends,       "referral.rerouted"),
    ];

    private static readonly FrozenDictionary<(ReferralState, ReferralState?), Move[]> Starting = (
        from state in Enum.GetValues<ReferralState>()
        from prior in Enum.GetValues<ReferralState>().Cast<ReferralState?>().Append(null)
        select KeyValuePair.Create((state, prior), Moves.Where(move => move.StartsFrom(state, prior)).ToArray())).ToFrozenDictionary();

    /// <summary>What somebody can do from there, in the order of the table.</summary>
    /// <param name="prior">Where the referral came from.</param>
    public static IReadOnlyList<Move> From(ReferralState state, ReferralState? prior) => Starting[(state, prior)];

    /// <param name="prior">Where a referral on hold came from.</param>
    /// <returns>Null when the action is not possible from this state.</returns>
    public static Move? Find(ReferralState from, ReferralAction action, ReferralState? prior = null) =>
        From(from, prior).FirstOrDefault(move => move.Action == action);

    /// <summary>How long a referral may rest before it is looked at again (design: clocks, hold review).</summary>
    /// <param name="set">By the country or the agency that holds; null: the default.</param>
    public static TimeSpan LongestHold(Urgency urgency, ClockLength? set) => (set ?? ClockRules.Of(HoldReview).For(urgency)).On(WorkingCalendar.DayAndNight);

    private static ClockEffect[] All(ClockVerb verb, ClockKind[] kinds) => [.. kinds.Select(kind => new ClockEffect(verb, kind))];
}
