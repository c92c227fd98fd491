using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A child given from one to another.</summary>
/// <param name="Direction">To the provider or from it.</param>
/// <param name="Children">How many set out together, or came: what this side counted.</param>
/// <param name="GivenBy">Who gave her: name, rank, how to be known again.</param>
/// <param name="ReceivedBy">Who took her.</param>
/// <param name="Papers">What papers went along, in words.</param>
/// <param name="RelationId">Release to the family: the item (kind relation) of the claimant, which must be checked.</param>
public sealed record HandoverDraft(
    [property: CodeOf("handover_direction")] string Direction,
    [property: CodeOf("handover_reason")] string Reason,
    [property: Within(1, 500)] int Children,
    [property: Past] DateTimeOffset OccurredAt,
    [property: Text(200)] string GivenBy,
    [property: Text(200)] string ReceivedBy,
    [property: Text(300)] string Place,
    Guid? Id = null,
    [property: Text(1000)] string? Belongings = null,
    [property: Text(500)] string? Papers = null,
    [property: Text(2000)] string? Note = null,
    Guid? RelationId = null);

/// <summary>The word of the other side.</summary>
/// <param name="Children">How many this side counted.</param>
/// <param name="IsThere">Whether the child of this referral was among them.</param>
/// <param name="Note">What differs: belongings, papers, how she was.</param>
public sealed record HandoverConfirmation([property: Within(0, 500)] int Children, bool IsThere, [property: Text(2000)] string? Note = null);

/// <summary>What explains a child who was missing.</summary>
public sealed record HandoverSettlement([property: CodeOf("handover_finding")] string Finding, [property: Text(2000)] string? Note = null);

/// <summary>A handover with the words of both sides.</summary>
/// <param name="Given">How many set out; null as long as that side has not said.</param>
/// <param name="Received">How many came.</param>
/// <param name="Confirms">True when it waits for the caller's side.</param>
/// <param name="Findings">With what the caller may explain who is missing.</param>
public sealed record HandoverView(
    Guid Id,
    [property: CodeOf("handover_direction")] string Direction,
    [property: CodeOf("handover_reason")] string Reason,
    [property: CodeOf("handover_state")] string State,
    [property: CodeOf("party", Only = ["sender", "provider"])] string WrittenBy,
    Ref Agency,
    int? Given,
    int? Received,
    bool? IsThere,
    string GivenBy,
    string ReceivedBy,
    string Place,
    string? Belongings,
    string? Papers,
    string? Note,
    Guid? RelationId,
    DateTimeOffset OccurredAt,
    DateTimeOffset At,
    DateTimeOffset? ConfirmedAt,
    string? Confirmation,
    [property: CodeOf("handover_finding")] string? Finding,
    DateTimeOffset? SettledAt,
    string? Settlement,
    bool Confirms,
    [property: CodeOf("handover_finding")] IReadOnlyList<string> Findings);

/// <summary>The words of who wrote a handover down, sealed with the victim's key.</summary>
internal sealed record HandoverBody(string GivenBy, string ReceivedBy, string Place, string? Belongings, string? Papers, string? Note) : ISealed
{
    public static int Schema => 1;
}
