using System.Globalization;

namespace NationalReferral.Platform;

/// <summary>A route on which somebody decides: a remembered sign-in is not enough.</summary>
public sealed record ProofMetadata;

/// <summary>Whether a worker has lately proved who they are (RFC 9470), by the <c>auth_time</c> of OpenID Connect.</summary>
internal static class Proof
{
    public const string Claim = "auth_time";

    /// <summary>The decisions of a second person: a phone left open, or a copied session, does not take them.</summary>
    public static TBuilder AfterSigningIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ProofMetadata()).Refuses(GeneralRefusals.SignInAgain);

    /// <summary>A partner system proves itself with each token; no permission lets it decide.</summary>
    public static bool IsLate(Caller caller, AuthSettings settings, DateTimeOffset now) =>
        !caller.IsClient && !(caller.ProvenAt is { } at && now - at <= settings.ProofLasts);

    public static string Challenge(AuthSettings settings) =>
        string.Create(CultureInfo.InvariantCulture, $"Bearer error=\"insufficient_user_authentication\", max_age=\"{(long)settings.ProofLasts.TotalSeconds}\"");

    /// <param name="claim">Seconds since 1970, as the sign-in server says; null where it does not.</param>
    /// <param name="known">When we heard of it: a clock that runs ahead lengthens nothing.</param>
    public static DateTimeOffset? At(string? claim, DateTimeOffset known) =>
        long.TryParse(claim, CultureInfo.InvariantCulture, out var seconds) ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, known.ToUnixTimeSeconds())) : null;
}
