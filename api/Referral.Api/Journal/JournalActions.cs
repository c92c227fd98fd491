using System.Collections.Frozen;
using System.Reflection;

namespace NationalReferral;

/// <summary>
/// Everything a journal row can say was done. A code is permanent: partners and auditors filter by it. What only
/// looked ends in <c>.read</c>, what was turned away begins with <c>refused.</c>; all others changed something.
/// </summary>
internal static class JournalActions
{
    public const string AgencyCreated = "agency.created";
    public const string AgencyChanged = "agency.changed";
    public const string AgencySuspended = "agency.suspended";
    public const string AgencyResumed = "agency.resumed";
    public const string WorkerCreated = "worker.created";
    public const string WorkerChanged = "worker.changed";
    public const string ContactChanged = "contact.changed";
    public const string WorkerDeactivated = "worker.deactivated";
    public const string MembershipSet = "membership.set";
    public const string MembershipEnded = "membership.ended";
    public const string ClientCreated = "client.created";
    public const string ClientRotated = "client.rotated";
    public const string ClientDeleted = "client.deleted";
    public const string HolidaySet = "holiday.set";
    public const string ClockLengthSet = "length.set";
    public const string ClockLengthRemoved = "length.removed";

    public const string LawProposed = "law.proposed";
    public const string LawApproved = "law.approved";
    public const string LawRefused = "law.refused";
    public const string LawWithdrawn = "law.withdrawn";

    public const string ServiceCreated = "service.created";
    public const string ServiceChanged = "service.changed";
    public const string ServiceRetired = "service.retired";
    public const string ServiceAssured = "service.assured";
    public const string CapacitySet = "capacity.set";

    public const string VictimRegistered = "victim.registered";
    public const string VictimChanged = "victim.changed";
    public const string VictimClosed = "victim.closed";
    public const string VictimReopened = "victim.reopened";
    public const string RecordAdded = "record.added";
    /// <summary>A critical incident was written down, and those who must know were told.</summary>
    public const string IncidentAlerted = "incident.alerted";

    public const string RecordChanged = "record.changed";
    public const string RecordRead = "record.read";

    /// <summary>The bytes of a file, and not only what stands beside it.</summary>
    public const string FileRead = "file.read";

    public const string AgeRead = "age.read";
    public const string AgeDisputed = "age.disputed";
    public const string AgeDetermined = "age.determined";

    /// <summary>What a case shows of an age followed the calendar.</summary>
    public const string AgeRenewed = "age.renewed";

    public const string NamesRead = "names.read";

    /// <summary>The search itself, and each victim whose words it opened to compare them.</summary>
    public const string SearchRead = "search.read";

    public const string NeedAdded = "need.added";
    public const string NeedChanged = "need.changed";

    public const string GrantOpened = "grant.opened";
    public const string GrantEnded = "grant.ended";
    public const string TeamJoined = "team.joined";
    public const string TeamLeft = "team.left";
    public const string BlockSet = "block.set";
    public const string BlockLifted = "block.lifted";
    public const string BlocksRead = "block.read";

    /// <summary>Somebody who is kept away tried to open her, or one who was opened her.</summary>
    public const string AlertRaised = "alert.raised";

    public const string AlertRead = "alert.read";
    public const string AlertHandled = "alert.handled";

    public const string TransferOffered = "transfer.offered";
    public const string TransferRequested = "transfer.requested";
    public const string TransferAccepted = "transfer.accepted";
    public const string TransferDeclined = "transfer.declined";
    public const string TransferRevoked = "transfer.revoked";
    public const string TransferExpired = "transfer.expired";

    /// <summary>The case closed while it was open.</summary>
    public const string TransferClosed = "transfer.closed";

    public const string ApprovalAsked = "approval.asked";
    public const string ApprovalRead = "approval.read";
    public const string ApprovalApproved = "approval.approved";
    public const string ApprovalSentBack = "approval.sent_back";
    public const string ApprovalRefused = "approval.refused";
    public const string ApprovalWithdrawn = "approval.withdrawn";

    /// <summary>Nobody decided in time: the national protection office may.</summary>
    public const string ApprovalEscalated = "approval.escalated";

    /// <summary>Emergency access.</summary>
    public const string BreakGlassOpened = "breakglass.opened";
    public const string BreakGlassRead = "breakglass.read";
    public const string BreakGlassEnded = "breakglass.ended";
    public const string BreakGlassReviewed = "breakglass.reviewed";

    /// <summary>It was not justified: its office and the supervisors of whoever opened it hear of it.</summary>
    public const string BreakGlassFound = "breakglass.found";

    /// <summary>Nobody answered in time whether it was right.</summary>
    public const string BreakGlassEscalated = "breakglass.escalated";

    /// <summary>It waits for a second person, and opens nothing.</summary>
    public const string BasisProposed = "basis.proposed";

    public const string BasisRecorded = "basis.recorded";

    /// <summary>A court stayed an order.</summary>
    public const string BasisStayed = "basis.stayed";

    /// <summary>By a guardianship: whoever gave it does not decide for her any more.</summary>
    public const string BasisSuspended = "basis.suspended";

    public const string BasisResumed = "basis.resumed";
    public const string BasisWithdrawn = "basis.withdrawn";
    public const string BasisEnded = "basis.ended";
    public const string BasisRead = "basis.read";

    /// <summary>A referral goes on, carrying less or under another basis.</summary>
    public const string DisclosureChanged = "disclosure.changed";

    public const string ReferralCreated = "referral.created";
    public const string ReferralChanged = "referral.changed";
    public const string ReferralSubmitted = "referral.submitted";
    public const string ReferralAcknowledged = "referral.acknowledged";
    public const string ReferralInfoRequested = "referral.info_requested";
    public const string ReferralInfoAnswered = "referral.info_answered";
    public const string ReferralAccepted = "referral.accepted";
    public const string ReferralDeclined = "referral.declined";
    public const string ReferralScheduled = "referral.scheduled";
    public const string ReferralDeparted = "referral.departed";
    public const string ReferralNoShow = "referral.no_show";
    public const string ReferralRescheduled = "referral.rescheduled";
    public const string ReferralEndedEarly = "referral.ended_early";
    public const string ReferralCancelRequested = "referral.cancel_requested";
    public const string ReferralCancelRefused = "referral.cancel_refused";
    public const string ReferralHeld = "referral.held";
    public const string ReferralResumed = "referral.resumed";
    public const string ReferralEnteredInError = "referral.entered_in_error";
    public const string ReferralRerouted = "referral.rerouted";
    public const string ReferralPlaceFreed = "referral.place_freed";
    public const string ReferralEscalated = "referral.escalated";
    public const string ReferralArrived = "referral.arrived";
    public const string ReferralCompleted = "referral.completed";
    public const string ReferralCancelled = "referral.cancelled";
    public const string ReferralWithdrawn = "referral.withdrawn";
    public const string ReferralExpired = "referral.expired";

    /// <summary>The case is led by another agency, which sends from now on what had been sent.</summary>
    public const string ReferralSenderChanged = "referral.sender_changed";

    /// <summary>The person is treated as a child now, or no more.</summary>
    public const string ReferralFlagged = "referral.flagged";

    public const string EntryAdded = "entry.added";
    public const string EntriesRead = "entries.read";
    public const string HandoverWritten = "handover.written";
    public const string HandoverConfirmed = "handover.confirmed";
    public const string HandoverMissing = "handover.missing";
    public const string HandoverSettled = "handover.settled";
    public const string HandoversRead = "handovers.read";

    public const string ReportTaken = "report.taken";
    public const string ReportRead = "report.read";
    public const string ReportSorted = "report.sorted";
    public const string ReportLinked = "report.linked";

    /// <summary>By the follow-code: nobody signed in.</summary>
    public const string ReportFollowed = "report.followed";

    public const string CodeGiven = "code.given";

    /// <summary>By the code that she was given: nobody signed in.</summary>
    public const string VictimSpoke = "victim.spoke";
    public const string VoiceRead = "voice.read";
    public const string VoiceAnswered = "voice.answered";

    public const string ReportConverted = "report.converted";

    public const string ClockSet = "clock.set";
    public const string ClockDone = "clock.done";
    public const string ClockMissed = "clock.missed";
    public const string AuditRead = "audit.read";

    /// <summary>Rows and seals were compared with what was written; what was found is among the facts.</summary>
    public const string AuditVerified = "audit.verified";

    public const string RefusedUnknown = "refused.unknown";
    public const string RefusedNotPermitted = "refused.not_permitted";
    public const string RefusedByRule = "refused.by_rule";

    public static readonly FrozenSet<string> All = typeof(JournalActions)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (string)field.GetRawConstantValue()!)
        .ToFrozenSet();
}
