using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace NationalReferral.Benchmarks;

/// <summary>
/// A sign-in server whose tokens every program believes that is told to: it publishes one key, and gives any worker a token for
/// a day. It serves nothing while something is measured, because the key is read once.
/// </summary>
internal sealed class Authority : IAsyncDisposable
{
    public const string Audience = "referral-api";
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;
    private readonly SigningCredentials _signing;

    private Authority()
    {
        var key = new RsaSecurityKey(_rsa) { KeyId = "benchmark" };
        _signing = new(key, SecurityAlgorithms.RsaSha256);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        var open = _rsa.ExportParameters(includePrivateParameters: false);
        var keys = $$"""
            {"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"benchmark","n":"{{Base64UrlEncoder.Encode(open.Modulus!)}}","e":"{{Base64UrlEncoder.Encode(open.Exponent!)}}"}]}
            """;
        _app.MapGet("/.well-known/openid-configuration", () => Results.Text($$"""{"issuer":"{{Issuer}}","jwks_uri":"{{Issuer}}jwks"}""", "application/json"));
        _app.MapGet("/jwks", () => Results.Text(keys, "application/json"));
    }

    public string Issuer => _app.Urls.First().TrimEnd('/') + "/";

    public static async Task<Authority> StartAsync()
    {
        var authority = new Authority();
        await authority._app.StartAsync();
        return authority;
    }

    /// <summary>Its bearer has just signed in, by their word.</summary>
    /// <param name="subject">As table <c>logins</c> names the worker.</param>
    public string TokenFor(string subject) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Audience = Audience,
        TokenType = "at+jwt",
        Claims = new Dictionary<string, object> { ["sub"] = subject, ["client_id"] = "benchmark", ["auth_time"] = EpochTime.GetIntDate(DateTime.UtcNow) },
        IssuedAt = DateTime.UtcNow,
        NotBefore = DateTime.UtcNow,
        Expires = DateTime.UtcNow.AddDays(1),
        SigningCredentials = _signing,
    });

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }
}
