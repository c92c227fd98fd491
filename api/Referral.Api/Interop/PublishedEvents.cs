using System.Collections.Frozen;
using static NationalReferral.JournalActions;

namespace NationalReferral;

/// <summary>One member of an event's <c>data</c> beside what it is about: an id, or one of the codes.</summary>
/// <param name="Codes">Null for an id.</param>
internal sealed record EventMember(string Name, string Says, IReadOnlyList<string>? Codes = null);

/// <summary>A journal action of which partners hear: what it is about, and which of its facts leave the house.</summary>
/// <param name="Type">The journal action: one name for the same thing everywhere.</param>
/// <param name="Subjects">Kinds of thing that <c>subject</c> can be the id of.</param>
/// <param name="Says">What has happened, in a sentence.</param>
internal sealed record PublishedEvent(string Type, IReadOnlyList<string> Subjects, string Says, IReadOnlyList<EventMember> Members);

/// <summary>
/// What will be published by webhooks and <c>GET /changes</c> (design: notifications and events), written down before anything is:
/// <c>contracts/events</c> is made of this table. Ids, kinds, times and codes; whoever hears of a thing reads it at its address, where
/// it is asked again whether he may. No position of the journal: nothing that counts leaves the house.
/// </summary>
internal static class PublishedEvents
{
    /// <summary>Changes of which no partner hears: they say who works where, who is kept away from whom, how the country works, what a reporter added, or who looks after the journal.</summary>
    public static readonly FrozenSet<string> Kept =
    [
        WorkerCreated, WorkerChanged, ContactChanged, WorkerDeactivated, MembershipSet, MembershipEnded,
        ClientCreated, ClientRotated, ClientDeleted,
        GrantOpened, GrantEnded, TeamJoined, TeamLeft, BlockSet, BlockLifted, AlertRaised, AlertHandled,
        HolidaySet, ClockLengthSet, ClockLengthRemoved, LawProposed, LawRefused, LawWithdrawn, ReportFollowed, CodeGiven, VictimSpoke, VoiceAnswered, AuditVerified,
    ];

    private static readonly EventMember Victim = new("victimId", "Whose case it belongs to.");
    private static readonly EventMember Group = new("group", "Which kind of data (data_group).", Codes.All<DataGroup>());
    private static readonly EventMember Handover = new("handoverId", "Which handover.");
    private static readonly EventMember ClockId = new("clockId", "Which deadline.");
    private static readonly EventMember ClockOf = new("clock", "Which deadline (clock_kind).", Codes.All<ClockKind>());
    // Who is kept away is nobody's to hear, nor that he need be no more.
    private static readonly EventMember ApprovalOf = new("kind", "What is decided (approval_kind).", [.. Enum.GetValues<ApprovalKind>().Where(kind => kind != ApprovalKind.BlockLift).Select(kind => kind.Code())]);
    private static readonly string[] ClockSubjects = ["referral", "victim", "basis", "approval", "report", "transfer", "break_glass"];

    public static IReadOnlyList<PublishedEvent> All { get; } =
    [
        .. ReferralLifecycle.Moves.GroupBy(move => move.Event).Select(Moved),
        About("referral", ReferralCreated, "A referral was drafted."),
        About("referral", ReferralChanged, "A draft of a referral was changed."),
        About("referral", ReferralPlaceFreed, "The place that was kept for a referral is free again: nobody came."),
        About("referral", ReferralSenderChanged, "Another agency leads the case, and sends what had been sent."),
        About("referral", ReferralFlagged, "The person is treated as a child now, or no more: an open referral says so."),
        About("referral", ReferralEscalated, "A deadline of a referral was missed, and the national protection office looks at it.", ClockOf, ClockId),
        About("referral", DisclosureChanged, "A referral goes on carrying less, or under another basis."),
        About("referral", EntryAdded, "A message, a service or a progress note was added to a referral."),
        About("referral", HandoverWritten, "One side wrote down that a child was handed over.", Handover),
        About("referral", HandoverConfirmed, "The other side confirmed a handover.", Handover),
        About("referral", HandoverMissing, "Somebody is missing from a handover.", Handover),
        About("referral", HandoverSettled, "It was settled where she is who was missing from a handover.", Handover),

        About("law_release", LawApproved, "A new release of law data answers who is a child."),

        About("victim", VictimRegistered, "A case was opened."),
        About("victim", VictimChanged, "A case was changed."),
        About("victim", VictimClosed, "A case was closed."),
        About("victim", VictimReopened, "A closed case goes on."),
        About("victim", IncidentAlerted, "Something critical happened in a case, and those who must know were told.", new EventMember("recordId", "The item that says what.")),
        About("victim", AgeDisputed, "Somebody said that an age is not what is written: she is treated as a child until it is decided."),
        About("victim", AgeDetermined, "An officer decided an age."),
        About("victim", AgeRenewed, "What a case shows of an age followed the calendar."),
        About("record", RecordAdded, "A document or an item was added to a case.", Victim, Group),
        About("record", RecordChanged, "A document or an item of a case was changed.", Victim, Group),
        About("need", NeedAdded, "A need was added to a case.", Victim),
        About("need", NeedChanged, "A need was changed.", Victim),
        About("basis", BasisProposed, "A legal basis waits for a second person; it opens nothing yet.", Victim),
        About("basis", BasisRecorded, "A legal basis was recorded, and is in force unless it is a refusal.", Victim),
        About("basis", BasisStayed, "A court stayed an order.", Victim),
        About("basis", BasisSuspended, "What a guardian had allowed was suspended: another guardian was appointed.", Victim),
        About("basis", BasisResumed, "A stayed order runs on.", Victim),
        About("basis", BasisWithdrawn, "A consent was taken back, all of it or a part.", Victim),
        About("basis", BasisEnded, "A legal basis came to its end.", Victim),

        About("transfer", TransferOffered, "The lead of a case was offered to another agency."),
        About("transfer", TransferRequested, "An agency asked to lead a case."),
        About("transfer", TransferAccepted, "The lead of a case has moved."),
        About("transfer", TransferDeclined, "The lead of a case stays where it is."),
        About("transfer", TransferRevoked, "Whoever asked that the lead of a case moves took it back."),
        About("transfer", TransferExpired, "Nobody answered in time whether the lead of a case moves."),
        About("transfer", TransferClosed, "The case closed before anybody answered whether its lead moves."),

        About("approval", ApprovalAsked, "A second person has to decide something.", ApprovalOf),
        About("approval", ApprovalApproved, "A second person said yes.", ApprovalOf),
        About("approval", ApprovalSentBack, "A second person sent it back: something is missing.", ApprovalOf),
        About("approval", ApprovalRefused, "A second person said no.", ApprovalOf),
        About("approval", ApprovalWithdrawn, "Nobody need decide it any more.", ApprovalOf),
        About("approval", ApprovalEscalated, "Nobody decided in time: the national protection office may.", ClockOf, ClockId),

        About("break_glass", BreakGlassOpened, "Somebody opened a case in an emergency, for four hours.", Victim),
        About("break_glass", BreakGlassEnded, "An emergency access was ended before its time.", Victim),
        About("break_glass", BreakGlassReviewed, "It was answered whether an emergency access was right.", Victim, new EventMember("answer", "What was answered (break_glass_answer).", Codes.All<BreakGlassAnswer>())),
        About("break_glass", BreakGlassFound, "An emergency access was not justified.", Victim),
        About("break_glass", BreakGlassEscalated, "Nobody answered in time whether an emergency access was right.", Victim, ClockOf, ClockId),

        About("report", ReportTaken, "A report was taken."),
        About("report", ReportSorted, "It was said what a report is and how it goes on."),
        About("report", ReportLinked, "A report belongs to a case that was there."),
        About("report", ReportConverted, "A report led to a new case."),

        new(ClockSet, ClockSubjects, "An agency set itself a deadline.", [ClockOf, ClockId]),
        new(ClockDone, ClockSubjects, "What a deadline waited for is done.", [ClockOf, ClockId]),
        new(ClockMissed, ClockSubjects, "A deadline was missed.", [ClockOf, ClockId]),

        About("agency", AgencyCreated, "An agency takes part."),
        About("agency", AgencyChanged, "What is known of an agency was changed."),
        About("agency", AgencySuspended, "An agency was suspended."),
        About("agency", AgencyResumed, "A suspended agency takes part again."),
        About("service", ServiceCreated, "A service is offered."),
        About("service", ServiceChanged, "A service was changed."),
        About("service", ServiceRetired, "A service is not offered any more."),
        About("service", ServiceAssured, "A service was assured."),
        About("service", CapacitySet, "The places of a service were counted anew."),
    ];

    /// <summary>Every state that a referral can come from and go to with this move, and who can have taken it.</summary>
    private static PublishedEvent Moved(IGrouping<string, Move> moves) => About(
        "referral", moves.Key, $"A referral was moved: {string.Join(" or ", moves.Select(move => move.Action.Code()).Distinct())}.",
        new EventMember("from", "Where it stood (referral_state).", CodesOf(moves.SelectMany(Starts))),
        new EventMember("to", "Where it stands (referral_state).", CodesOf(moves.SelectMany(move => move.To is { } to ? [to] : move.From.SelectMany(Before)))),
        new EventMember("party", "Who moved it (party); the sender also for a provider without an account.", CodesOf(moves.SelectMany(PartiesOf))));

    private static IEnumerable<ReferralState> Starts(Move move) => move.HeldFrom is null ? move.From : [.. move.From, ReferralState.OnHold];

    /// <summary>Where a referral can have been before it came into a state that it leaves for where it was.</summary>
    private static IEnumerable<ReferralState> Before(ReferralState state) =>
        ReferralLifecycle.Moves.Where(move => move.To == state).SelectMany(move => move.HeldFrom is null ? move.From : [.. move.From, .. move.HeldFrom]);

    private static IEnumerable<Party> PartiesOf(Move move) => new Party?[] { move.By, move.OrBy }.OfType<Party>()
        .SelectMany(party => party is Party.Provider or Party.Either ? [Party.Sender, Party.Provider] : new[] { party });

    private static IReadOnlyList<string> CodesOf<T>(IEnumerable<T> values) where T : struct, Enum => [.. values.Distinct().Order().Select(value => value.Code())];

    private static PublishedEvent About(string subject, string type, string says, params EventMember[] members) => new(type, [subject], says, members);
}
