namespace NationalReferral;

/// <summary>Refusals of the slice Victims that need what only the database knows.</summary>
internal static class VictimRefusals
{
    /// <summary>Sent with an id that is no service, need or item of hers: named by pointer.</summary>
    public static readonly RefusalKind UnmetNeedsReason = new("unmet_needs_reason", 422);

    /// <summary>Somebody still waits for her, or helps her; the answer says how many.</summary>
    public static readonly RefusalKind ReferralsOpen = new("referrals_open", 409);

    /// <summary>It is open: there is nothing to open again.</summary>
    public static readonly RefusalKind CaseOpen = new("case_open", 409);
}
