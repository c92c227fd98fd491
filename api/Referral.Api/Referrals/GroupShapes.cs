using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Referrals to be sent together.</summary>
/// <param name="Together">They must stay together: whoever cannot take all of them parts them, and a second person has to approve that.</param>
/// <param name="Members">Each as in POST /referrals, without a groupId.</param>
public sealed record GroupDraft(
    [property: CodeOf("group_kind")] string Kind,
    bool Together,
    [property: Most(100)] IReadOnlyList<ReferralDraft> Members,
    Guid? Id = null);

/// <summary>A provider's answer, for every one of the group that waits for it.</summary>
public sealed record GroupAnswer([property: Most(100)] IReadOnlyList<MemberAnswer> Members);

/// <param name="Population">Of an acceptance: the kind of place; without it, the one that was asked for.</param>
/// <param name="Reason">Of a decline.</param>
public sealed record MemberAnswer(
    Guid ReferralId,
    [property: CodeOf("referral_action", Only = ["accept", "decline"])] string Answer,
    [property: CodeOf("population")] string? Population = null,
    [property: CodeOf("decline_reason")] string? Reason = null,
    Guid? SuggestedServiceId = null);

/// <param name="Words">Why they cannot stay together; sealed.</param>
public sealed record GroupQuestion([property: Text(2000)] string Words);

/// <summary>Some of a group set out or arrive together.</summary>
/// <param name="Escort">Of a departure: who brings them.</param>
/// <param name="At">Of an arrival: when.</param>
/// <param name="PlannedEndAt">Of an arrival: when the service is meant to end.</param>
public sealed record GroupMove(
    [property: CodeOf("referral_action", Only = ["depart", "arrive"])] string Action,
    [property: Most(100)] IReadOnlyList<Guid> ReferralIds,
    [property: Text(2000)] string? Escort = null,
    DateTimeOffset? At = null,
    DateTimeOffset? PlannedEndAt = null);

/// <summary>Children given to a provider together: the same words about each of them.</summary>
/// <param name="Children">How many set out, or came: what this side counted; no fewer than are named.</param>
/// <param name="GivenBy">Who gave them: name, rank, how to be known again.</param>
/// <param name="ReceivedBy">Who took them.</param>
/// <param name="Papers">What papers went along, in words.</param>
public sealed record GroupHandover(
    [property: Most(100)] IReadOnlyList<Guid> ReferralIds,
    [property: CodeOf("handover_reason")] string Reason,
    [property: Within(1, 500)] int Children,
    [property: Past] DateTimeOffset OccurredAt,
    [property: Text(200)] string GivenBy,
    [property: Text(200)] string ReceivedBy,
    [property: Text(300)] string Place,
    [property: Text(1000)] string? Belongings = null,
    [property: Text(500)] string? Papers = null,
    [property: Text(2000)] string? Note = null)
{
    /// <summary>As either side would write it of one of them.</summary>
    internal HandoverDraft OfOne() => new(
        HandoverDirection.Arrival.Code(), Reason, Children, OccurredAt, GivenBy, ReceivedBy, Place, null, Belongings, Papers, Note);
}

/// <summary>The word of the other side about children who were given together.</summary>
/// <param name="ReferralIds">All of whom the same was written at once (`awaitsCountSince`).</param>
/// <param name="Missing">Those of them who are not there.</param>
/// <param name="Children">How many this side counted.</param>
/// <param name="Note">What differs: belongings, papers, how they were.</param>
public sealed record GroupConfirmation(
    [property: Most(100)] IReadOnlyList<Guid> ReferralIds,
    [property: Most(100)] IReadOnlyList<Guid> Missing,
    [property: Within(0, 500)] int Children,
    [property: Text(2000)] string? Note = null);

/// <summary>The group that a referral was sent with.</summary>
/// <param name="Members">How many of it the caller sees.</param>
public sealed record GroupRef(Guid Id, [property: CodeOf("group_kind")] string Kind, bool Together, int Members);

/// <summary>A group in a list.</summary>
/// <param name="State">Of those that the caller sees.</param>
public sealed record GroupRow(
    Guid Id,
    [property: CodeOf("group_kind")] string Kind,
    bool Together,
    [property: CodeOf("group_state")] string State,
    int Members,
    DateTimeOffset CreatedAt);

/// <summary>One referral of a group.</summary>
/// <param name="Service">To which it is sent.</param>
/// <param name="CountsPlaces">An acceptance has to name the kind of place.</param>
/// <param name="AwaitsAnswer">The caller has to answer it, with the others of the group.</param>
/// <param name="AwaitsApproval">She was to stay with the others and is kept apart: a second person approves it before she arrives.</param>
/// <param name="AllowedActions">depart, hand_over, confirm, arrive: what the caller may do now with her together with others.</param>
/// <param name="AwaitsCountSince">When the handover was written that the caller's side has to confirm; those with the same moment came together.</param>
public sealed record GroupMemberView(
    ReferralRow Referral,
    Ref Service,
    [property: CodeOf("population")] string? Population,
    bool CountsPlaces,
    [property: CodeOf("decline_reason")] string? Reason,
    bool AwaitsAnswer,
    bool AwaitsApproval,
    IReadOnlyList<string> AllowedActions,
    DateTimeOffset? AwaitsCountSince);

/// <summary>A group: those of it that the caller may see.</summary>
/// <param name="AllowedActions">submit, answer, ask: what the caller may do now.</param>
/// <param name="AllowedDecisions">What the caller may say now about all who are kept apart.</param>
public sealed record GroupView(
    Guid Id,
    [property: CodeOf("group_kind")] string Kind,
    bool Together,
    [property: CodeOf("group_state")] string State,
    [property: Most(200)] IReadOnlyList<GroupMemberView> Members,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> AllowedActions,
    IReadOnlyList<string> AllowedDecisions);
