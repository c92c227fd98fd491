namespace NationalReferral;

/// <summary>Refusals of the slice Victims that need what only the database knows.</summary>
internal static class VictimRefusals
{
    /// <summary>Sent with an id that is no service, need or item of hers: named by pointer.</summary>
    public static readonly RefusalKind UnmetNeedsReason = new("unmet_needs_reason", 422);
}
