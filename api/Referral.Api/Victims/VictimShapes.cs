using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>An agency as others are shown it.</summary>
public sealed record Ref(Guid Id, string NameEn, string NameUr);

/// <summary>A name in the scripts in which it was written. Neither is made from the other.</summary>
/// <param name="Ur">Urdu or another script written from the right.</param>
/// <param name="Latin">Latin letters.</param>
public sealed record NameDraft([property: Text(120)] string? Ur = null, [property: Text(120)] string? Latin = null);

/// <summary>Where and when she was found.</summary>
public sealed record FoundDraft(string District, [property: Text(500)] string? Place = null, [property: Past] DateTimeOffset? OccurredAt = null);

/// <summary>What is known of an age: a documented date, or about how many years, or a band; never an invented birthday.</summary>
public sealed record AgeDraft(
    [property: Past] DateOnly? DocumentedOn = null,
    [property: Within(0, 120)] int? Years = null,
    [property: CodeOf("age_band")] string? Band = null,
    [property: CodeOf("age_evidence_kind")] string? Evidence = null);

/// <summary>A registration: as little as "a girl, about ten, found at …".</summary>
public sealed record VictimDraft(
    FoundDraft Found,
    [property: CodeOf("sex")] string Sex,
    AgeDraft Age,
    Guid? Id = null,
    [property: CodeOf("identification_status")] string? Identification = null,
    [property: CodeOf("language")] IReadOnlyList<string>? Languages = null,
    NameDraft? Name = null,
    [property: Text(4000)] string? Note = null,
    NameDraft? FatherName = null);

/// <summary>What can be changed of the shell; age follows from identity.</summary>
public sealed record VictimChange(
    [property: CodeOf("identification_status")] string Identification,
    [property: CodeOf("sex")] string Sex,
    string District,
    [property: CodeOf("language")] IReadOnlyList<string> Languages);

/// <summary>Which buttons a screen shows; the server decides again on each request.</summary>
/// <param name="Transfer">Offer the lead to another agency.</param>
/// <param name="AskForLead">Ask for the lead: of a case that is seen, and not led.</param>
/// <param name="Close">Ask that it closes.</param>
/// <param name="Reopen">Open it again.</param>
/// <param name="DetermineAge">Decide how old she is, unless the caller has disputed it.</param>
public sealed record VictimMay(bool Edit, bool Refer, bool RecordBasis, bool ManageTeam, bool Block, bool Transfer, bool AskForLead, bool Close, bool Reopen, bool DetermineAge, bool ShareWithoutConsent, bool KeepOrders);

/// <summary>The shell of a victim: codes, no words.</summary>
/// <param name="HouseholdId">Of the family that she was registered with, for whoever sees the whole case.</param>
/// <param name="Groups">Data groups that the caller may open now.</param>
/// <param name="Whole">The caller works on the case: needs, team, permissions and all her referrals are open as well.</param>
/// <param name="EmergencyUntil">The caller sees her by an emergency access that ends then; null for whoever sees the whole case, or sees her otherwise alone.</param>
public sealed record VictimView(
    Guid Id,
    string CaseCode,
    Ref LeadAgency,
    [property: CodeOf("case_status")] string Status,
    [property: CodeOf("identification_status")] string Identification,
    [property: CodeOf("sex")] string Sex,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("age_status")] string AgeStatus,
    bool AsChild,
    string District,
    IReadOnlyList<string> Languages,
    Guid? HouseholdId,
    DateTimeOffset OpenedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset? ClosedAt,
    [property: CodeOf("closure_reason")] string? ClosedReason,
    IReadOnlyList<string> Groups,
    bool Whole,
    VictimMay May,
    DateTimeOffset? EmergencyUntil);

/// <summary>A case in a list.</summary>
public sealed record VictimRow(
    Guid Id,
    string CaseCode,
    [property: CodeOf("sex")] string Sex,
    [property: CodeOf("age_band")] string AgeBand,
    bool AsChild,
    string District,
    [property: CodeOf("case_status")] string Status,
    DateTimeOffset OpenedAt,
    int OpenReferrals);

/// <summary>Cases whose names a worker asks to see: at most 50 of the own team.</summary>
public sealed record NamesQuery([property: Most(50)] IReadOnlyList<Guid> Ids);

/// <param name="Name">Null when no name was ever written.</param>
public sealed record NameRow(Guid Id, NameDraft? Name);

/// <summary>What is known of a person who may have a case already; at least one of them.</summary>
/// <param name="Name">In any script and spelling.</param>
/// <param name="Phone">The whole number or its end, at least seven digits.</param>
/// <param name="Cnic">CNIC or B-form number, with or without dashes.</param>
public sealed record SearchQuery(
    [property: Text(120)] string? Name = null,
    [property: Text(120)] string? FatherName = null,
    [property: Text(40)] string? CaseCode = null,
    [property: Text(40)] string? Phone = null,
    [property: Text(40)] string? Cnic = null);

/// <summary>A case that may be hers: codes, no name.</summary>
/// <param name="Because">What agrees.</param>
public sealed record FoundVictim(
    Guid Id,
    string CaseCode,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    [property: CodeOf("case_status")] string Status,
    [property: CodeOf("likeness")] string Likeness,
    [property: CodeOf("like_because")] IReadOnlyList<string> Because);

/// <summary>What a search found, the likeliest first.</summary>
/// <param name="More">Others may be alike too: say more to find them.</param>
public sealed record FoundVictims(IReadOnlyList<FoundVictim> Items, bool More);

/// <summary>A need in a list and in answers.</summary>
public sealed record NeedView(
    Guid Id,
    [property: CodeOf("service_category")] string Category,
    [property: CodeOf("urgency")] string Urgency,
    [property: CodeOf("need_status")] string Status,
    [property: CodeOf("unmet_reason")] string? UnmetReason,
    [property: CodeOf("service_constraint")] IReadOnlyList<string> Constraints,
    DateTimeOffset At);

/// <summary>What a victim needs.</summary>
public sealed record NeedDraft(
    [property: CodeOf("service_category")] string Category,
    [property: CodeOf("urgency")] string Urgency,
    Guid? Id = null,
    [property: CodeOf("service_constraint")] IReadOnlyList<string>? Constraints = null);

/// <summary>What became of a need. <c>unmet</c> says why.</summary>
public sealed record NeedChange(
    [property: CodeOf("urgency")] string Urgency,
    [property: CodeOf("need_status")] string Status,
    [property: CodeOf("unmet_reason")] string? UnmetReason = null,
    [property: CodeOf("service_constraint")] IReadOnlyList<string>? Constraints = null);
