namespace NationalReferral;

/// <summary>Refusals of the slice Agencies.</summary>
internal static class AgencyRefusals
{
    /// <summary>It takes part no more, and nothing brings it back.</summary>
    public static readonly RefusalKind AgencyLeft = new("agency_left", 409);

    /// <summary>Nobody changes his own access, deactivates himself or suspends the unit that he acts in.</summary>
    public static readonly RefusalKind NotYourself = new("not_yourself", 422);

    /// <summary>agency_admin and supervisor in one membership: one hands out access, the other sees every case.</summary>
    public static readonly RefusalKind RolesExclude = new("roles_exclude", 422);

    /// <summary>Works for agencies outside the administrator's own as well: only that membership can be ended.</summary>
    public static readonly RefusalKind WorksElsewhere = new("works_elsewhere", 409);
}
