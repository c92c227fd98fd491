namespace NationalReferral.Platform;

internal static class Operations
{
    /// <summary>The operation's name in the contract; a code for what is not part of it, because a display name holds the pattern of its path.</summary>
    public static string Operation(this HttpContext http) =>
        http.GetEndpoint() is { } endpoint
            ? endpoint.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? "unnamed"
            : "no_route";

    /// <summary>Null when nobody signed in, or the route is open to all.</summary>
    public static Caller? CallerOrNone(this HttpContext http) => http.Features.Get<Caller>();
}
