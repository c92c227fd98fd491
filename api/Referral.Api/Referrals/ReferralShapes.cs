using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A referral to be sent: one need of one victim to one service, and what goes along once it is accepted.</summary>
/// <param name="GroupId">Referrals sent together name the same one.</param>
/// <param name="Urgency">Without it, the need's own. A rule can raise it.</param>
/// <param name="Constraints">What the provider must honour; without it, the need's own.</param>
/// <param name="Population">The kind of place that is asked for.</param>
/// <param name="Groups">Documents that open when it is accepted.</param>
/// <param name="Records">Items that open when it is accepted, one by one.</param>
/// <param name="Note">The first message to the provider.</param>
/// <param name="Fallbacks">Services that it goes to by itself, in this order, when it is declined or expires; at most five, each covered by a permission.</param>
public sealed record ReferralDraft(
    Guid VictimId,
    Guid NeedId,
    Guid ServiceId,
    [property: CodeOf("data_group")] IReadOnlyList<string> Groups,
    Guid? Id = null,
    Guid? GroupId = null,
    [property: CodeOf("urgency")] string? Urgency = null,
    [property: CodeOf("service_constraint")] IReadOnlyList<string>? Constraints = null,
    [property: CodeOf("population")] string? Population = null,
    IReadOnlyList<Guid>? Records = null,
    [property: Text(2000)] string? Note = null,
    IReadOnlyList<Guid>? Fallbacks = null);

/// <summary>What an action needs; <c>allowedActions</c> of the referral says which members it takes.</summary>
public sealed record ActionBody(
    [property: Text(2000)] string? Question = null,
    [property: Text(2000)] string? Answer = null,
    [property: CodeOf("population")] string? Population = null,
    string? Reason = null,
    Guid? SuggestedServiceId = null,
    DateTimeOffset? At = null,
    DateTimeOffset? PlannedAt = null,
    DateTimeOffset? PlannedEndAt = null,
    DateTimeOffset? ReviewAt = null,
    [property: Text(2000)] string? Escort = null,
    [property: Text(2000)] string? Waited = null,
    [property: CodeOf("safe_exit")] string? Exit = null,
    [property: Text(2000)] string? SafeExit = null,
    Guid? ServiceId = null,
    [property: CodeOf("outcome")] string? Outcome = null,
    [property: Text(2000)] string? Note = null);

/// <summary>A data group, or one item of it.</summary>
/// <param name="Kind">Of an item, for whoever may see that it exists.</param>
public sealed record DataPiece(
    [property: CodeOf("data_group")] string Group,
    Guid? RecordId = null,
    [property: CodeOf("record_kind")] string? Kind = null);

/// <summary>The deadline that runs now.</summary>
/// <param name="Stage">How far it has spoken: none, reminded, escalated, missed.</param>
public sealed record ClockView(
    [property: CodeOf("clock_kind")] string Kind,
    DateTimeOffset DueAt,
    DateTimeOffset StartedAt,
    [property: CodeOf("clock_state")] string State,
    string Stage);

/// <summary>One field of an action's body.</summary>
/// <param name="Kind">text, code, time (when it happened), plan (when it shall happen) or id.</param>
/// <param name="Set">The taxonomy of a code.</param>
/// <param name="AfterRelease">Codes that say a family has the child: refused until both sides have confirmed her release to a checked claimant.</param>
public sealed record ActionNeed(string Name, string Kind, bool Required, string? Set, [property: Most(10)] IReadOnlyList<string> AfterRelease);

/// <summary>An action that the caller may take now.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(AllowedActionConverter))]
public sealed record AllowedAction([property: CodeOf("referral_action")] string Action, IReadOnlyList<ActionNeed> Needs);

/// <summary>A referral: codes only.</summary>
/// <param name="GroupId">For the sender; for the provider, where it sees another of the group.</param>
/// <param name="Party">On whose side the caller stands.</param>
/// <param name="VictimId">For the sender always, for the provider once it is accepted.</param>
/// <param name="AskedUrgency">For the sender: what was asked, where a rule raised it.</param>
/// <param name="ReroutedFrom">For the sender: the referral that this one followed, and the one that follows it.</param>
/// <param name="Fallbacks">For the sender.</param>
/// <param name="FirstSubmittedAt">For the sender: when help was first asked for, whatever providers it went to since.</param>
/// <param name="HelpedAt">For the sender: when a service first began, at whichever provider.</param>
/// <param name="MinutesToHelp">For the sender: from the one to the other, in whole minutes; null as long as no service has begun.</param>
/// <param name="Chosen">What opens, or opened, when it is accepted.</param>
/// <param name="Open">What the caller may open now.</param>
/// <param name="EntryKinds">What the caller may write without taking an action.</param>
/// <param name="AwaitsHandover">True for a child whom nobody at the provider has received yet: arrival waits for it.</param>
/// <param name="Handovers">Which handovers the caller may write down now.</param>
public sealed record ReferralView(
    Guid Id,
    Guid? GroupId,
    [property: CodeOf("party", Only = ["sender", "provider"])] string Party,
    Guid? VictimId,
    string CaseCode,
    Guid? NeedId,
    [property: CodeOf("service_category")] string Category,
    Ref Sender,
    Ref Provider,
    Ref Service,
    [property: CodeOf("referral_state")] string State,
    [property: CodeOf("referral_phase")] string? Phase,
    [property: CodeOf("referral_state")] string? PriorState,
    [property: CodeOf("urgency")] string Urgency,
    [property: CodeOf("urgency")] string? AskedUrgency,
    string? UrgencyRule,
    string? Reason,
    [property: CodeOf("outcome")] string? Outcome,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    [property: CodeOf("service_constraint")] IReadOnlyList<string> Constraints,
    [property: CodeOf("referral_flag")] IReadOnlyList<string> Flags,
    [property: CodeOf("population")] string? Population,
    string Place,
    [property: CodeOf("party", Only = ["sender", "provider"])] string ReportedBy,
    Guid? ReroutedFrom,
    Guid? ReroutedTo,
    Guid? SuggestedServiceId,
    IReadOnlyList<Guid> Fallbacks,
    IReadOnlyList<DataPiece> Chosen,
    IReadOnlyList<DataPiece> Open,
    ClockView? Clock,
    DateTimeOffset? FirstSubmittedAt,
    DateTimeOffset? HelpedAt,
    long? MinutesToHelp,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? AnsweredAt,
    DateTimeOffset? PlannedAt,
    DateTimeOffset? PlannedEndAt,
    DateTimeOffset? ReviewAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset ChangedAt,
    IReadOnlyList<AllowedAction> AllowedActions,
    [property: CodeOf("entry_kind")] IReadOnlyList<string> EntryKinds,
    GroupRef? Group,
    bool AwaitsHandover,
    [property: CodeOf("handover_direction")] IReadOnlyList<string> Handovers);

/// <summary>A referral in a worklist.</summary>
/// <param name="ReportedBy">Who wrote the provider's answers: the sender, where the provider has no account.</param>
public sealed record ReferralRow(
    Guid Id,
    string CaseCode,
    Guid? VictimId,
    [property: CodeOf("referral_state")] string State,
    [property: CodeOf("referral_phase")] string? Phase,
    [property: CodeOf("urgency")] string Urgency,
    [property: CodeOf("service_category")] string Category,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    Ref Sender,
    Ref Provider,
    ClockView? Clock,
    DateTimeOffset? SubmittedAt,
    DateTimeOffset ChangedAt,
    GroupRef? Group,
    [property: CodeOf("party", Only = ["sender", "provider"])] string ReportedBy);

/// <summary>One piece that goes along, and the basis that allows it.</summary>
public sealed record CoveredPiece(
    [property: CodeOf("data_group")] string Group,
    Guid? RecordId,
    [property: CodeOf("record_kind")] string? Kind,
    bool Covered,
    Guid? BasisId);

/// <summary>Until when the provider has to look, and to answer, if it is sent now.</summary>
public sealed record RespondBy(DateTimeOffset Acknowledge, DateTimeOffset Decide);

/// <summary>What the provider will be shown before and after it accepts.</summary>
/// <param name="Missing">What no live basis covers; <c>minimum</c> when nothing at all may be sent.</param>
public sealed record PreviewView(
    IReadOnlyList<string> Before,
    IReadOnlyList<CoveredPiece> After,
    IReadOnlyList<DataPiece> Missing,
    RespondBy RespondBy);

/// <summary>One piece of a receipt.</summary>
/// <param name="RecordVersion">The version that stood when it was opened; null where nothing had been written yet.</param>
public sealed record ReceiptItem(
    [property: CodeOf("data_group")] string Group,
    Guid? RecordId,
    long? RecordVersion,
    Guid? BasisId,
    DateTimeOffset? EndedAt);

/// <summary>What was opened to the provider at one moment, by which basis.</summary>
public sealed record ReceiptView(DateTimeOffset OpenedAt, IReadOnlyList<ReceiptItem> Items);

/// <summary>One moment in the life of a referral.</summary>
/// <param name="Agency">Whose worker or client it was; null for the system.</param>
/// <param name="ReportedBy">Of what the provider decides: who told it. Null for all else.</param>
public sealed record ReferralMoment(
    DateTimeOffset At,
    string Action,
    [property: CodeOf("referral_state")] string? From,
    [property: CodeOf("referral_state")] string? To,
    [property: CodeOf("party")] string Party,
    Ref? Agency,
    [property: CodeOf("party", Only = ["sender", "provider"])] string? ReportedBy);

/// <summary>Something to be told to the other side.</summary>
/// <param name="Codes">Of an outcome: which (set outcome).</param>
public sealed record EntryDraft(
    [property: CodeOf("entry_kind", Only = ["message", "service_delivered", "progress", "outcome"])] string Kind,
    [property: Text(2000)] string? Text = null,
    Guid? Id = null,
    [property: Most(10)] IReadOnlyList<string>? Codes = null,
    [property: Past] DateTimeOffset? OccurredAt = null);

/// <summary>What happened in a referral that is not a move.</summary>
public sealed record EntryView(
    Guid Id,
    [property: CodeOf("entry_kind")] string Kind,
    string? Text,
    IReadOnlyList<string> Codes,
    DateTimeOffset? OccurredAt,
    DateTimeOffset At,
    Ref Agency,
    bool Mine);

/// <summary>The words of an entry, sealed with the victim's key.</summary>
internal sealed record EntryBody(string Text) : ISealed
{
    public static int Schema => 1;
}
