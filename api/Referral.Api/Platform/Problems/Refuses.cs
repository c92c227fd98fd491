namespace NationalReferral.Platform;

/// <summary>The ways in which a route can say no; the contract lists them.</summary>
public sealed record RefusesMetadata(IReadOnlyList<RefusalKind> Kinds);

public static class RefusesExtensions
{
    /// <summary>Names how a route (or every route of a group) can refuse. Lists add up.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder builder, params RefusalKind[] kinds) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new RefusesMetadata(kinds));
}
