using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>An OpenID Connect server whose access tokens count here.</summary>
/// <param name="Issuer">Compared exactly; what <c>logins.issuer</c> holds.</param>
/// <param name="Audience">Must be in the token.</param>
/// <param name="Metadata">Its discovery document. Null for the server in this process: its keys are asked for in memory.</param>
public sealed record Authority(string Issuer, string Audience, string? Metadata);

/// <summary>Who is believed, and how long a session of the web client lasts (sections <c>Auth</c> and <c>Web</c>).</summary>
public sealed record AuthSettings
{
    public required IReadOnlyList<Authority> Authorities { get; init; }

    /// <summary>Where the web client sends people to sign in: one of <see cref="Authorities"/>.</summary>
    public required Authority SignIn { get; init; }

    /// <summary><c>Web:ClientSecret</c>; needed when the sign-in server is another process.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>True without transport security (a demo on localhost): the cookie cannot have the <c>__Host-</c> prefix.</summary>
    public required bool IsPlainHttp { get; init; }

    /// <summary><c>Web:IdleMinutes</c>, 30: a session unused for so long has ended.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><c>Web:SessionHours</c>, 12: a session ends then, used or not.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromHours(12);

    public string SessionCookie => IsPlainHttp ? "nrs" : "__Host-nrs";

    /// <exception cref="InvalidOperationException">Names the setting that is missing.</exception>
    public static AuthSettings From(IConfiguration configuration, IHostEnvironment environment, IdentitySettings? local)
    {
        var authorities = new List<Authority>();
        if (local is not null)
        {
            authorities.Add(new(local.Issuer.AbsoluteUri, IdentityClients.Api, null));
        }
        foreach (var section in configuration.GetSection("Auth:Authorities").GetChildren())
        {
            var issuer = section["Issuer"] ?? throw new InvalidOperationException($"{section.Path}:Issuer is missing.");
            authorities.Add(new(issuer, section["Audience"] ?? IdentityClients.Api, section["Metadata"] ?? issuer.TrimEnd('/') + "/.well-known/openid-configuration"));
        }
        var wanted = configuration["Web:Authority"];
        var signIn = (wanted is null ? authorities.FirstOrDefault() : authorities.FirstOrDefault(authority => authority.Issuer == wanted))
            ?? throw new InvalidOperationException(wanted is null
                ? "Auth:Authorities:0:Issuer is needed where the role identity is not."
                : "Web:Authority must be one of Auth:Authorities, or the issuer of this process.");
        var origin = new Uri(configuration["Web:Origin"] ?? local?.Issuer.AbsoluteUri ?? "https://localhost/", UriKind.Absolute);
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
        };
    }
}
