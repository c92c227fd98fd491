using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>People found together. Whoever registers them makes the ids, so that what was written without a network stays true.</summary>
/// <param name="Kind">A family becomes one household; of a rescue operation each case stands alone.</param>
/// <param name="HouseholdId">Of a family; without it, the system makes one.</param>
public sealed record IntakeDraft(
    [property: CodeOf("group_kind", Only = ["family", "operation"])] string Kind,
    [property: Most(100)] IReadOnlyList<IntakeMember> Members,
    Guid? HouseholdId = null);

/// <summary>One of them: a registration whose id is known.</summary>
public sealed record IntakeMember(
    Guid Id,
    FoundDraft Found,
    [property: CodeOf("sex")] string Sex,
    AgeDraft Age,
    [property: CodeOf("identification_status")] string? Identification = null,
    [property: CodeOf("language")] IReadOnlyList<string>? Languages = null,
    NameDraft? Name = null,
    [property: Text(4000)] string? Note = null,
    NameDraft? FatherName = null)
{
    internal VictimDraft ToDraft() => new(Found, Sex, Age, Id, Identification, Languages, Name, Note, FatherName);
}

/// <summary>Who was registered, in the order in which they were sent; whom the caller may not see any more is left out.</summary>
public sealed record IntakeView(Guid? HouseholdId, [property: Most(100)] IReadOnlyList<VictimView> Members);
