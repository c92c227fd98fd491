namespace NationalReferral;

internal static class AccessRefusals
{
    /// <summary>On leave, gone, of another agency, or kept away from her: the same answer for all.</summary>
    public static readonly RefusalKind CannotBeAssigned = new("cannot_be_assigned", 422);

    /// <summary>Nobody shuts himself or his own agency out: the case would be without anybody.</summary>
    public static readonly RefusalKind OwnBlock = new("own_block", 422);
}
