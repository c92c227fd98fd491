using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace NationalReferral.Identity;

/// <summary>What the protocol leaves to us: who is signed in, and whether a grant may still be used. Everything else is the library's.</summary>
internal sealed class OidcEndpoints(UserManager<Account> accounts, IOpenIddictApplicationManager applications, TimeProvider clock)
{
    public const string AuthorizePath = "/connect/authorize";
    public const string TokenPath = "/connect/token";
    public const string LogoutPath = "/connect/logout";
    public const string UserInfoPath = "/connect/userinfo";

    /// <summary>Who may be asked about a token: the name of our API as a client, and the audience of every access token.</summary>
    public const string Api = "referral-api";

    /// <summary>The agency of a client, from its registration.</summary>
    public const string Agency = "agency";

    /// <summary>When the token was given, to the millisecond: iat has whole seconds, too coarse to tell what came before a revocation.</summary>
    public const string GivenAt = "iat_ms";

    public static Task<IResult> AuthorizeAsync(HttpContext http, OidcEndpoints oidc) => oidc.AuthorizeAsync(http);

    public static Task<IResult> TokenAsync(HttpContext http, OidcEndpoints oidc, CancellationToken cancellation) => oidc.TokenAsync(http, cancellation);

    /// <summary>Ends this server's memory of the sign-in. The application has ended its own session before it leads here.</summary>
    public static async Task<IResult> LogoutAsync(HttpContext http)
    {
        await http.SignOutAsync(SignInCookie.Scheme);
        return TypedResults.SignOut(new AuthenticationProperties { RedirectUri = SignedOutPage.Path }, [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);
    }

    /// <summary>The subject and nothing else: names live in the application's database, sealed.</summary>
    public static async Task<IResult> UserInfoAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        var subject = result.Principal?.GetClaim(Claims.Subject) ?? string.Empty;
        return TypedResults.Text($"{{\"sub\":\"{JsonEncodedText.Encode(subject)}\"}}", "application/json");
    }

    private async Task<IResult> AuthorizeAsync(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an authorization request.");
        var signedIn = await http.AuthenticateAsync(SignInCookie.Scheme);
        var account = await AccountOfAsync(signedIn);
        var tooOld = request.MaxAge is { } seconds && signedIn.Properties?.IssuedUtc is { } at && clock.GetUtcNow() - at > TimeSpan.FromSeconds(seconds);
        if (account is null || tooOld || request.HasPromptValue(PromptValues.Login))
        {
            if (request.HasPromptValue(PromptValues.None))
            {
                return Refuse(Errors.LoginRequired, "Nobody is signed in.");
            }
            await http.SignOutAsync(SignInCookie.Scheme);
            return TypedResults.LocalRedirect(SignInPage.Path + new QueryBuilder { { "returnUrl", ReturnUrl(http, request) } }.ToQueryString());
        }
        var identity = NewIdentity(account.Id.ToString());
        identity.SetClaim(Claims.AuthenticationTime, (signedIn.Properties?.IssuedUtc ?? clock.GetUtcNow()).ToUnixTimeSeconds());
        identity.SetScopes(request.GetScopes());
        return SignIn(identity);
    }

    private async Task<IResult> TokenAsync(HttpContext http, CancellationToken cancellation)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not a token request.");
        if (request.IsClientCredentialsGrantType())
        {
            return await ClientAsync(request, cancellation);
        }
        if (!request.IsAuthorizationCodeGrantType() && !request.IsRefreshTokenGrantType())
        {
            return Refuse(Errors.UnsupportedGrantType, "Not offered.");
        }
        var granted = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal;
        // The account may have been closed since the code or the refresh token was given.
        if (granted?.GetClaim(Claims.Subject) is not { } subject || await accounts.FindByIdAsync(subject) is not { IsActive: true } account)
        {
            return Refuse(Errors.InvalidGrant, "The account is closed.");
        }
        var identity = new ClaimsIdentity(granted.Claims, TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, account.Id.ToString());
        return SignIn(identity);
    }

    private async Task<IResult> ClientAsync(OpenIddictRequest request, CancellationToken cancellation)
    {
        var application = await applications.FindByClientIdAsync(request.ClientId!, cancellation)
            ?? throw new InvalidOperationException("A client that was authenticated is gone.");
        var identity = NewIdentity(request.ClientId!);
        if ((await applications.GetPropertiesAsync(application, cancellation)).TryGetValue(Agency, out var agency))
        {
            identity.SetClaim(Agency, agency.GetString());
        }
        // No scope asked for means all that the client may have (RFC 6749, 3.3).
        identity.SetScopes(request.GetScopes() is { Length: > 0 } asked
            ? asked
            : [.. (await applications.GetPermissionsAsync(application, cancellation))
                .Where(permission => permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal))
                .Select(permission => permission[Permissions.Prefixes.Scope.Length..])]);
        return SignIn(identity);
    }

    private async Task<Account?> AccountOfAsync(AuthenticateResult signedIn) =>
        signedIn.Principal?.FindFirst(SignInCookie.Subject)?.Value is { } subject
        && await accounts.FindByIdAsync(subject) is { IsActive: true } account
        && account.SecurityStamp == signedIn.Principal.FindFirst(SignInCookie.Stamp)?.Value
            ? account
            : null;

    private static ClaimsIdentity NewIdentity(string subject)
    {
        var identity = new ClaimsIdentity(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, subject);
        return identity;
    }

    private SignInHttpResult SignIn(ClaimsIdentity identity)
    {
        identity.SetClaim(GivenAt, clock.GetUtcNow().ToUnixTimeMilliseconds());
        identity.SetResources(Api);
        identity.SetDestinations(static claim => claim.Type is Claims.Subject or Claims.AuthenticationTime
            ? [Destinations.AccessToken, Destinations.IdentityToken]
            : [Destinations.AccessToken]);
        return TypedResults.SignIn(new ClaimsPrincipal(identity), authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    private static ForbidHttpResult Refuse(string error, string why) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = why,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    /// <summary>The request again, without what would ask for a sign-in for ever.</summary>
    private static string ReturnUrl(HttpContext http, OpenIddictRequest request)
    {
        var parameters = request.GetParameters()
            .Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge))
            .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value ?? string.Empty));
        return http.Request.PathBase + AuthorizePath + new QueryBuilder(parameters).ToQueryString();
    }
}

internal static class SignedOutPage
{
    public const string Path = "/identity/signed-out";

    public static IResult Get(HttpContext http)
    {
        var texts = Texts.For(http.Request, null);
        return Page.Show(http, texts, texts.SignedOut, Html.Of($"""<p><a class="button" href="/">{texts.SignInAgain}</a></p>"""));
    }
}
