using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Asks that the lead of a case moves.</summary>
/// <param name="AskedBy">An offer of the lead, or the request of an agency that must lead.</param>
/// <param name="ToAgencyId">Who shall lead. Of a request the own unit, unless it names a unit below.</param>
/// <param name="Stays">Of an offer: whether the lead keeps the minimum in sight afterwards. Not taken by a request: the lead says it as it accepts.</param>
public sealed record TransferDraft(
    Guid VictimId,
    [property: CodeOf("transfer_asked_by")] string AskedBy,
    [property: CodeOf("transfer_reason")] string Reason,
    Guid? ToAgencyId = null,
    bool? Stays = null,
    Guid? Id = null);

/// <param name="Stays">The lead's choice as it grants a request: whether it keeps the minimum in sight. Not taken for an offer.</param>
public sealed record TransferAcceptance(bool? Stays = null);

public sealed record TransferDecline([property: CodeOf("transfer_decline_reason")] string Reason);

/// <summary>A transfer, with what its other side needs to decide: codes as they were when it was asked, no words.</summary>
/// <param name="VictimId">For those who see her shell.</param>
/// <param name="Urgency">Of her most urgent open need; null without one.</param>
/// <param name="DueAt">Until when it can be answered: then it expires, and the lead stays where it is.</param>
/// <param name="AllowedActions">accept, decline, revoke: what the caller may do now.</param>
public sealed record TransferView(
    Guid Id,
    Guid? VictimId,
    string CaseCode,
    Ref From,
    Ref To,
    [property: CodeOf("transfer_asked_by")] string AskedBy,
    [property: CodeOf("transfer_state")] string State,
    bool? Stays,
    [property: CodeOf("transfer_reason")] string Reason,
    [property: CodeOf("transfer_decline_reason")] string? DeclineReason,
    [property: CodeOf("urgency")] string? Urgency,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    DateTimeOffset AskedAt,
    DateTimeOffset? DueAt,
    DateTimeOffset? EndedAt,
    IReadOnlyList<string> AllowedActions);
