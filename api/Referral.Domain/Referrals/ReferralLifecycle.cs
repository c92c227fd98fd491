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
    private static ReferralState? Prior => null;

    private static readonly ClockEffect[] StartsBoth = [new(Begin, ClockKind.Acknowledge), new(Begin, Decide)];
    private static readonly ClockEffect[] Seen = [new(Meet, ClockKind.Acknowledge)];
    private static readonly ClockEffect[] Waits = [new(Meet, ClockKind.Acknowledge), new(Pause, Decide), new(Begin, AnswerInfo)];
    private static readonly ClockEffect[] RunsOn = [new(Meet, AnswerInfo), new(Resume, Decide)];
    private static readonly ClockEffect[] Answered = [new(Meet, ClockKind.Acknowledge), new(Meet, Decide), new(Stop, AnswerInfo)];
    private static readonly ClockEffect[] StopsAll = [new(Stop, ClockKind.Acknowledge), new(Stop, Decide), new(Stop, AnswerInfo)];

    public static IReadOnlyList<Move> Moves { get; } =
    [
        //  from                              action          to             by              needs                                   clocks      places          access               event
        new([Draft],                          Do.Submit,      Submitted,     Party.Sender,   [],                                     StartsBoth, Places.None,    Opens.Minimum,       "referral.submitted"),
        new([Submitted],                      Do.Acknowledge, Acknowledged,  Party.Provider, [],                                     Seen,       Places.None,    Opens.Nothing,       "referral.acknowledged"),
        new([Submitted, Acknowledged],        Do.RequestInfo, InfoRequested, Party.Provider, [Needs.Question],                       Waits,      Places.None,    Opens.Nothing,       "referral.info_requested"),
        new([InfoRequested],                  Do.AnswerInfo,  Prior,         Party.Sender,   [Needs.Answer],                         RunsOn,     Places.None,    Opens.Nothing,       "referral.info_answered"),
        new(Unanswered,                       Do.Accept,      Accepted,      Party.Provider, [Needs.Population],                     Answered,   Places.Reserve, Opens.Disclosed,     "referral.accepted"),
        new(Unanswered,                       Do.Decline,     Declined,      Party.Provider, [Needs.WhyDeclined, Needs.Suggestion],  Answered,   Places.None,    Opens.Ends,          "referral.declined"),
        new([Accepted],                       Do.Arrive,      InService,     Party.Provider, [Needs.At],                             [],         Places.Occupy,  Opens.Nothing,       "referral.arrived"),
        new([InService],                      Do.Complete,    Completed,     Party.Provider, [Needs.Outcome, Needs.Note],            [],         Places.Release, Opens.EndsLater,     "referral.completed"),
        new([Draft, .. Unanswered],           Do.Cancel,      Cancelled,     Party.Sender,   [Needs.WhyCancelled],                   StopsAll,   Places.None,    Opens.Ends,          "referral.cancelled"),
        new(Unanswered,                       Do.Expire,      Expired,       Party.Clock,    [],                                     StopsAll,   Places.None,    Opens.Ends,          "referral.expired"),
        new([.. Unanswered, Accepted, InService], Do.Withdraw, Withdrawn,    Party.BasisEnd, [Needs.WhyWithdrawn],                   StopsAll,   Places.Release, Opens.Ends,          "referral.withdrawn"),
    ];

    private static readonly FrozenDictionary<(ReferralState, ReferralAction), Move> Index =
        Moves.SelectMany(move => move.From, (move, from) => KeyValuePair.Create((from, move.Action), move)).ToFrozenDictionary();

    /// <returns>Null when the action is not possible from this state.</returns>
    public static Move? Find(ReferralState from, ReferralAction action) => Index.GetValueOrDefault((from, action));

    /// <summary>The moves that <paramref name="party"/> may take from <paramref name="state"/>, in the order of the table.</summary>
    public static IReadOnlyList<Move> AllowedActions(ReferralState state, Party party) =>
        [.. Moves.Where(move => move.From.Contains(state) && move.By == party)];
}
