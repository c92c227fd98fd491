namespace NationalReferral;

public static class BasisRefusals
{
    /// <summary>Nothing allows sharing; the answer names the groups and records.</summary>
    public static readonly RefusalKind NoBasis = new("no_basis", 422);

    /// <summary>What was recorded is no permission yet; each field says why.</summary>
    public static readonly RefusalKind ConsentIncomplete = new("consent_incomplete", 422);

    /// <summary>The same of what nobody consents to: a decision, a duty, an emergency, an order.</summary>
    public static readonly RefusalKind BasisIncomplete = new("basis_incomplete", 422);

    /// <summary>It is not in force any more, so it can be neither withdrawn nor replaced.</summary>
    public static readonly RefusalKind BasisNotLive = new("basis_not_live", 409);

    /// <summary>This cannot be done with a basis of this kind, as it stands; the answer says what can.</summary>
    public static readonly RefusalKind NotOfThisBasis = new("not_of_this_basis", 409);

    /// <summary>A conflict of interest is on record, or somebody else was appointed: he can neither allow nor take back. The answer names the ways left.</summary>
    public static readonly RefusalKind GuardianConflicted = new("guardian_conflicted", 422);

    /// <summary>Whoever is given data under a basis may not be the one who records it.</summary>
    public static readonly RefusalKind RecipientRecords = new("recipient_records", 422);
}
