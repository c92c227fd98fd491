using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What is known of a birth: a documented date, or about how old she was at a date, with the evidence.</summary>
/// <param name="On">Only from a document.</param>
/// <param name="Years">An estimate, as at <paramref name="AsOf"/>.</param>
/// <param name="Band">Where not even years can be said.</param>
public sealed record Birth(
    [property: Past] DateOnly? On = null,
    [property: Within(0, 120)] int? Years = null,
    [property: CodeOf("age_band")] string? Band = null,
    [property: Past] DateOnly? AsOf = null,
    [property: CodeOf("age_evidence_kind")] string? Evidence = null);

/// <summary>Data group identity. Numbers are checked in form only; nothing is looked up anywhere.</summary>
/// <param name="NationalId">CNIC or B-form number: 13 digits, with or without dashes.</param>
public sealed record IdentityRecord(
    NameDraft? Name = null,
    NameDraft? FatherName = null,
    [property: Most(10)] IReadOnlyList<NameDraft>? Aliases = null,
    [property: Text(20)] string? NationalId = null,
    [property: CodeOf("age_evidence_kind", Only = ["identity_card", "b_form_crc"])] string? NationalIdKind = null,
    Birth? Birth = null,
    [property: Text(60)] string? Nationality = null) : ISealed
{
    public static int Schema => 1;
}

/// <summary>A telephone, and whether ringing it is safe.</summary>
/// <param name="Number">In any Pakistani writing, or international with +; kept as E.164.</param>
public sealed record Phone(
    [property: Text(30)] string Number,
    bool MayRing,
    [property: CodeOf("relation_kind", Also = ["self"])] string? Whose = null,
    [property: Text(100)] string? When = null,
    [property: Text(100)] string? AskFor = null,
    [property: Text(300)] string? NeverSay = null);

/// <summary>How she can be reached without danger.</summary>
public sealed record SafeContactRules(
    bool Ring,
    bool Message,
    bool Visit,
    [property: Text(200)] string? Times = null,
    [property: Text(100)] string? AskFor = null,
    [property: Text(300)] string? NeverSay = null,
    [property: CodeOf("language")] string? Language = null);

/// <summary>Data group contact.</summary>
public sealed record ContactRecord(
    [property: Most(10)] IReadOnlyList<Phone>? Phones = null,
    [property: Text(500)] string? Address = null,
    string? District = null,
    SafeContactRules? SafeContact = null) : ISealed
{
    public static int Schema => 1;
}

/// <summary>Data group demographics.</summary>
public sealed record DemographicsRecord(
    [property: CodeOf("language")] IReadOnlyList<string>? Languages = null,
    [property: Text(60)] string? Religion = null,
    [property: Text(100)] string? Schooling = null,
    [property: Text(60)] string? MaritalStatus = null,
    [property: Text(100)] string? Occupation = null,
    [property: CodeOf("industry")] string? Industry = null) : ISealed
{
    public static int Schema => 1;
}

/// <summary>One answer of the Washington Group short set.</summary>
public sealed record Difficulty([property: CodeOf("disability_wg_domain")] string Domain, [property: CodeOf("disability_wg_level")] string Level);

/// <summary>Data group health.</summary>
public sealed record HealthRecord(
    [property: Most(6)] IReadOnlyList<Difficulty>? Disability = null,
    [property: Text(2000)] string? UrgentNotes = null,
    [property: Text(2000)] string? Conditions = null,
    [property: Text(500)] string? Medication = null,
    [property: Text(500)] string? Allergies = null,
    bool? Pregnant = null) : ISealed
{
    public static int Schema => 1;
}
