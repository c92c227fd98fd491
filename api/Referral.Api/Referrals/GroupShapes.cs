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
public sealed record GroupMemberView(
    ReferralRow Referral,
    Ref Service,
    [property: CodeOf("population")] string? Population,
    bool CountsPlaces,
    [property: CodeOf("decline_reason")] string? Reason,
    bool AwaitsAnswer,
    bool AwaitsApproval);

/// <summary>A group: those of it that the caller may see.</summary>
/// <param name="AllowedActions">submit, answer, ask: what the caller may do now.</param>
public sealed record GroupView(
    Guid Id,
    [property: CodeOf("group_kind")] string Kind,
    bool Together,
    [property: CodeOf("group_state")] string State,
    [property: Most(200)] IReadOnlyList<GroupMemberView> Members,
    DateTimeOffset CreatedAt,
    IReadOnlyList<string> AllowedActions);
