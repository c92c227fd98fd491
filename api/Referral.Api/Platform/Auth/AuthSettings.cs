using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>An OpenID Connect server whose access tokens count here.</summary>
/// <param name="Issuer">Compared exactly; what <c>logins.issuer</c> holds.</param>
/// <param name="Audience">Must be in the token.</param>
/// <param name="Metadata">Its discovery document. Null for our own server: its keys are in our database.</param>
public sealed record Authority(string Issuer, string Audience, string? Metadata);

/// <summary>Who is believed, and how long a session of the web client lasts (sections <c>Auth</c> and <c>Web</c>).</summary>
public sealed record AuthSettings
{
    public required IReadOnlyList<Authority> Authorities { get; init; }

    /// <summary>Where the web client sends people to sign in: one of <see cref="Authorities"/>.</summary>
    public required Authority SignIn { get; init; }

    /// <summary><c>Web:ClientSecret</c>; needed with a sign-in server that is not ours.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>True without transport security (a demo on localhost): the cookie cannot have the <c>__Host-</c> prefix.</summary>
    public required bool IsPlainHttp { get; init; }

    /// <summary><c>Web:IdleMinutes</c>, 30: a session unused for so long has ended.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>Web:SessionHours</c>, 12: a session ends then, used or not.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(12);

    /// <summary><c>Auth:ProofMinutes</c>, 15: whoever decides what needs a second person has signed in at most so long before.</summary>
    public TimeSpan ProofLasts { get; init; } = TimeSpan.FromMinutes(15);

    public string SessionCookie => IsPlainHttp ? "nrs" : "__Host-nrs";

    /// <exception cref="InvalidOperationException">Names the setting that is missing.</exception>
    public static AuthSettings From(IConfiguration configuration, IHostEnvironment environment, IdentitySettings local, bool servesSignIn)
    {
        var own = new Authority(local.Issuer.AbsoluteUri, IdentityClients.Api, null);
        var authorities = new List<Authority> { own };
        foreach (var section in configuration.GetSection("Auth:Authorities").GetChildren())
        {
            var issuer = section["Issuer"] ?? throw new InvalidOperationException($"{section.Path}:Issuer is missing.");
            authorities.Add(new(issuer, section["Audience"] ?? IdentityClients.Api, section["Metadata"] ?? Discovery(issuer)));
        }
        var wanted = configuration["Web:Authority"] ?? own.Issuer;
        var signIn = authorities.Find(authority => authority.Issuer == wanted)
            ?? throw new InvalidOperationException("Web:Authority must be Identity:Issuer or one of Auth:Authorities.");
        if (signIn == own && !servesSignIn)
        {
            signIn = own with { Metadata = Discovery(own.Issuer) };
        }
        var origin = new Uri(configuration["Web:Origin"] ?? own.Issuer, UriKind.Absolute);
        if (environment.IsProduction() && origin.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("Web:Origin must be an https address in Production.");
        }
        return new()
        {
            Authorities = authorities,
            SignIn = signIn,
            ClientSecret = configuration["Web:ClientSecret"],
            IsPlainHttp = origin.Scheme == Uri.UriSchemeHttp,
            Idle = TimeSpan.FromMinutes(configuration.GetValue("Web:IdleMinutes", 30)),
            Longest = TimeSpan.FromHours(configuration.GetValue("Web:SessionHours", 12)),
            ProofLasts = TimeSpan.FromMinutes(configuration.GetValue("Auth:ProofMinutes", 15)),
        };
    }

    private static string Discovery(string issuer) => issuer.TrimEnd('/') + "/.well-known/openid-configuration";
}
