namespace NationalReferral;

/// <summary>Refusals of the slice Services.</summary>
internal static class ServiceRefusals
{
    /// <summary>Reserved and occupied places together are more than the licensed ones would be.</summary>
    public static readonly RefusalKind CapacityBelowTaken = new("capacity_below_taken", 409);

    public static readonly RefusalKind ServiceRetired = new("service_retired", 409);
}
