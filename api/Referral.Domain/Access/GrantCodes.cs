namespace NationalReferral;

/// <summary>Why somebody has access (taxonomy <c>grant_source</c>).</summary>
public enum GrantSource
{
    Lead,
    Team,
    Sender,
    Referral,
    Order,
    BreakGlass,
    Comparison,
    Residual,
    Oversight,
}

/// <summary>Who holds a grant (taxonomy <c>grant_audience</c>).</summary>
public enum GrantAudience
{
    Principal,
    Unit,
    Supervisors,
}

/// <summary>What a grant's group may say besides a <see cref="DataGroup"/> (taxonomy <c>grant_scope</c>).</summary>
public enum GrantScope
{
    /// <summary>Age band, sex, need, urgency, district, constraints, flags.</summary>
    Minimum,

    /// <summary>Written for lead and team only.</summary>
    All,
}
