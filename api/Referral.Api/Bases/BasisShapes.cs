using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who said yes, or no.</summary>
/// <param name="Relation"><c>self</c>, or what the giver is to her; <c>none</c> where nobody was asked.</param>
/// <param name="RelationId">Which relation on record, where several are of that kind.</param>
public sealed record GivenBy([property: CodeOf("relation_kind", Also = ["self", BasisDetail.None])] string Relation, [property: Text(120)] string? Name = null, Guid? RelationId = null);

/// <summary>Named agencies (each with its units), or kinds of agency in districts.</summary>
/// <param name="Districts">Codes of districts or of whole provinces.</param>
public sealed record RecipientsDraft(
    IReadOnlyList<Guid>? Agencies = null,
    [property: CodeOf("agency_kind")] IReadOnlyList<string>? Kinds = null,
    [property: Most(200)] IReadOnlyList<string>? Districts = null);

/// <summary>Who must never learn of her, whatever else is allowed.</summary>
public sealed record HideFromDraft(IReadOnlyList<Guid>? Agencies = null, [property: CodeOf("agency_kind")] IReadOnlyList<string>? Kinds = null);

/// <summary>A consent, or its refusal, as it was given. The minimum is part of every consent.</summary>
/// <param name="Records">Items, one by one; a restricted item is covered only when it is named.</param>
/// <param name="ScriptVersion">Which text was read aloud.</param>
/// <param name="SupersedesId">An earlier consent that this one replaces.</param>
public sealed record BasisDraft(
    [property: CodeOf("legal_basis_kind", Only = ["consent"])] string Kind,
    GivenBy GivenBy,
    [property: CodeOf("consent_capacity")] string Capacity,
    [property: CodeOf("consent_form")] string Form,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    [property: CodeOf("purpose_of_sharing")] IReadOnlyList<string> Purposes,
    RecipientsDraft Recipients,
    [property: CodeOf("language")] string? Language = null,
    [property: Text(40)] string? ScriptVersion = null,
    [property: Past] DateTimeOffset? GivenAt = null,
    Guid? Id = null,
    bool Refused = false,
    [property: Text(120)] string? Witness = null,
    DateTimeOffset? ValidTo = null,
    IReadOnlyList<Guid>? Records = null,
    HideFromDraft? HideFrom = null,
    [property: Text(2000)] string? Note = null,
    Guid? SupersedesId = null) : IExtentDraft;

public sealed record RecipientsView(IReadOnlyList<Ref> Agencies, IReadOnlyList<string> Kinds, IReadOnlyList<string> Districts);

public sealed record HideFromView(IReadOnlyList<Ref> Agencies, IReadOnlyList<string> Kinds);

/// <summary>A basis as her team sees it. What only a consent has says <c>none</c> in the others.</summary>
/// <param name="Groups">Data groups, and <c>minimum</c>.</param>
/// <param name="EndedReason">Set withdrawal_reason.</param>
/// <param name="BestInterests">Of a best-interests decision: why, and what was weighed.</param>
/// <param name="Order">Of a court order, a guardianship or a hold: who ordered it, when.</param>
/// <param name="Law">Of a duty: which law asks for it.</param>
/// <param name="Reason">Of an emergency: why nobody could be asked; of a hold: what it is for.</param>
/// <param name="OccurrenceId">Of an order about several: the same for each of them.</param>
/// <param name="AllowedActions">What the caller may do with it now.</param>
public sealed record BasisView(
    Guid Id,
    [property: CodeOf("legal_basis_kind")] string Kind,
    [property: CodeOf("basis_status")] string Status,
    GivenBy GivenBy,
    [property: CodeOf("consent_capacity", Also = [BasisDetail.None])] string Capacity,
    [property: CodeOf("consent_form", Also = [BasisDetail.None])] string Form,
    string? Witness,
    [property: CodeOf("language")] string? Language,
    string? ScriptVersion,
    DateTimeOffset ValidFrom,
    DateTimeOffset? ValidTo,
    DateTimeOffset? EndedAt,
    [property: CodeOf("withdrawal_reason")] string? EndedReason,
    Guid? SupersedesId,
    DateTimeOffset RecordedAt,
    IReadOnlyList<string> Groups,
    IReadOnlyList<Guid> Records,
    IReadOnlyList<string> Purposes,
    RecipientsView Recipients,
    HideFromView HideFrom,
    string? Note,
    BestInterestsWords? BestInterests,
    OrderWords? Order,
    LawWords? Law,
    string? Reason,
    Guid? OccurrenceId,
    [property: CodeOf("basis_action")] IReadOnlyList<string> AllowedActions);

/// <summary>A consent taken back, whole or for some groups.</summary>
/// <param name="By"><c>self</c>, or what the guardian is to her.</param>
/// <param name="Groups">Absent, or with <c>minimum</c>: all of it.</param>
/// <param name="RelationId">Which relation on record, where several are of that kind.</param>
public sealed record Withdrawal(
    [property: CodeOf("relation_kind", Also = ["self"])] string By,
    [property: CodeOf("withdrawal_reason", Only = ["person_withdrew", "guardian_withdrew"])] string Reason,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string>? Groups = null,
    Guid? RelationId = null);

/// <param name="Basis">What stands now: the basis withdrawn, or what replaced it when only some groups were.</param>
/// <param name="EndedGrants">Doors that shut with it.</param>
public sealed record WithdrawalView(BasisView Basis, int EndedGrants, IReadOnlyList<Guid> EndedReferrals);

/// <summary>The same question before anything is taken back.</summary>
public sealed record WhatIf([property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string>? Groups = null);

public sealed record LosingView(Ref Agency, IReadOnlyList<string> Groups, Guid ReferralId);

/// <summary>What an order opened to an agency, and would no more.</summary>
public sealed record OrderLosingView(Ref Agency, IReadOnlyList<string> Groups);

/// <param name="Why"><c>leads_case</c>, <c>same_basis</c>, <c>other_basis</c> or <c>order</c>.</param>
/// <param name="Until">Of an order: its date.</param>
public sealed record StayingView(Ref Agency, string Why, DateTimeOffset? Until = null);

/// <summary>Who would lose access at once, which referrals would end, and who keeps what.</summary>
/// <param name="LosesAccess">By a referral.</param>
/// <param name="LosesOrder">By an order.</param>
public sealed record WhatIfView(
    IReadOnlyList<LosingView> LosesAccess, IReadOnlyList<Guid> EndsReferrals, IReadOnlyList<StayingView> Stays, IReadOnlyList<OrderLosingView> LosesOrder);

/// <summary>May this agency be given these groups and items, for this purpose? The minimum is always part of the question.</summary>
public sealed record MayShareQuery(
    Guid AgencyId,
    [property: CodeOf("purpose_of_sharing")] string Purpose,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    IReadOnlyList<Guid>? Records = null);

/// <param name="Why">Where it is not covered: <c>no_basis</c>, <c>other_recipient</c>, <c>other_purpose</c>, <c>group_not_covered</c>, <c>hidden_from</c>, <c>not_hers</c>.</param>
public sealed record MayShareRow(string Group, Guid? RecordId, bool Covered, Guid? BasisId, string? Why);

/// <summary>What a basis says in words, and who said it: sealed with her key. Never changed once written.</summary>
internal sealed record BasisDetail(
    string Relation,
    string? GiverName,
    string Capacity,
    string Form,
    string? Witness,
    string? Language,
    string? ScriptVersion,
    string? Note,
    BestInterestsWords? BestInterests = null,
    OrderWords? Order = null,
    LawWords? Law = null,
    string? Reason = null,
    Guid? RelationId = null) : ISealed
{
    /// <summary>Nobody was asked: said where a consent says who and how.</summary>
    public const string None = "none";

    public static int Schema => 1;

    /// <summary>Of what nobody gave.</summary>
    public static BasisDetail Unasked(string? note) => new(None, null, None, None, null, null, null, note);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(BasisDraft))]
[JsonSerializable(typeof(BestInterestsDraft))]
[JsonSerializable(typeof(OrderDraft))]
[JsonSerializable(typeof(DutyDraft))]
[JsonSerializable(typeof(EmergencyDraft))]
[JsonSerializable(typeof(GuardianshipDraft))]
[JsonSerializable(typeof(LegalHoldDraft))]
[JsonSerializable(typeof(OrderMove))]
[JsonSerializable(typeof(BasisEnd))]
[JsonSerializable(typeof(BasisView))]
[JsonSerializable(typeof(Page<BasisView>))]
[JsonSerializable(typeof(Withdrawal))]
[JsonSerializable(typeof(WithdrawalView))]
[JsonSerializable(typeof(WhatIf))]
[JsonSerializable(typeof(WhatIfView))]
[JsonSerializable(typeof(MayShareQuery))]
[JsonSerializable(typeof(Page<MayShareRow>))]
[JsonSerializable(typeof(BasisDetail))]
internal sealed partial class BasisJson : JsonSerializerContext;
