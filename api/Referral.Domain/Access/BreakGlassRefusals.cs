namespace NationalReferral;

public static class BreakGlassRefusals
{
    /// <summary>Whoever is on the team or supervises it needs no emergency access.</summary>
    public static readonly RefusalKind SeesCaseAlready = new("sees_case_already", 409);

    /// <summary>The caller has one to this case, and it has not ended.</summary>
    public static readonly RefusalKind BreakGlassOpen = new("break_glass_open", 409);

    /// <summary>Somebody has answered whether it was right.</summary>
    public static readonly RefusalKind Reviewed = new("break_glass_reviewed", 409);

    /// <summary>Nobody looks at his own.</summary>
    public static readonly RefusalKind OwnBreakGlass = new("own_break_glass", 422);
}
