using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using NationalReferral.Identity;

namespace NationalReferral.Platform;

/// <summary>
/// The web role as a confidential client (code with PKCE): tokens stay in this process, the browser gets a session's
/// cookie and nothing else (RFC 10017).
/// </summary>
internal static partial class WebSignIn
{
    public const string Scheme = "web";
    public const string CallbackPath = "/web/callback";
    private const string Language = "lang";
    private const string Before = "before";

    public static void Configure(OpenIdConnectOptions options, AuthSettings settings, IHostEnvironment environment, IServiceProvider services)
    {
        options.ClientId = IdentityClients.Web;
        options.ClientSecret = settings.ClientSecret;
        options.CallbackPath = CallbackPath;
        options.SignedOutCallbackPath = "/web/signed-out";
        options.RemoteSignOutPath = "/web/remote-signout";
        // The ticket is turned into a session row before anything would sign in under this name.
        options.SignInScheme = Scheme + "-session";
        options.ResponseType = OpenIdConnectResponseType.Code;
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.UsePkce = true;
        options.SaveTokens = false;
        options.MapInboundClaims = false;
        options.RequireHttpsMetadata = environment.IsProduction();
        options.Scope.Clear();
        options.Scope.Add("openid");
        options.Scope.Add(IdentityClients.WorkerScope);
        options.ProtocolValidator.RequireNonce = true;
        foreach (var cookie in new[] { options.NonceCookie, options.CorrelationCookie })
        {
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = settings.IsPlainHttp ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
        }
        if (settings.SignIn.Metadata is { } metadata)
        {
            options.MetadataAddress = metadata;
        }
        else
        {
            UseThisProcess(options, settings, services);
        }
        if (settings.ClientSecret is null)
        {
            options.Events.OnAuthorizationCodeReceived = async context =>
                context.TokenEndpointRequest!.ClientSecret = await context.HttpContext.RequestServices.GetRequiredService<IdentityClients>().WebSecretAsync(context.HttpContext.RequestAborted);
        }
        options.Events.OnRedirectToIdentityProvider = context => RedirectAsync(context, settings);
        options.Events.OnTicketReceived = context => TakeTicketAsync(context, settings);
        options.Events.OnRemoteFailure = context =>
        {
            Log.Failed(LogOf(context.HttpContext), context.Failure?.GetType().Name ?? "unknown");
            context.Response.Redirect("/?signin=failed");
            context.HandleResponse();
            return Task.CompletedTask;
        };
    }

    /// <summary>Only ever to a page of this site.</summary>
    public static string LocalPath(string? asked) =>
        asked is ['/', ..] && !asked.StartsWith("//", StringComparison.Ordinal) && !asked.Contains('\\', StringComparison.Ordinal) && !asked.Any(char.IsControl) ? asked : "/";

    /// <param name="before">The session that the new one takes the place of: coming back from another site, the browser does not name it.</param>
    /// <param name="proofLasts">Asks for the password though somebody is remembered, and for when it was given; null: neither.</param>
    public static AuthenticationProperties Properties(string? returnTo, string? language, byte[]? before, TimeSpan? proofLasts) => new()
    {
        RedirectUri = LocalPath(returnTo),
        Items = { [Before] = before is null ? null : Convert.ToBase64String(before) },
        Parameters =
        {
            [Language] = language,
            [OpenIdConnectParameterNames.Prompt] = proofLasts is null ? null : OpenIdConnectPrompt.Login,
            [OpenIdConnectParameterNames.MaxAge] = proofLasts,
        },
    };

    private static void UseThisProcess(OpenIdConnectOptions options, AuthSettings settings, IServiceProvider services)
    {
        var issuer = new Uri(settings.SignIn.Issuer);
        options.Configuration = new OpenIdConnectConfiguration
        {
            Issuer = settings.SignIn.Issuer,
            AuthorizationEndpoint = new Uri(issuer, "connect/authorize").AbsoluteUri,
            TokenEndpoint = new Uri(issuer, "connect/token").AbsoluteUri,
        };
        options.TokenValidationParameters.IssuerSigningKeyResolver = (_, _, kid, _) => services.GetRequiredService<ServerKeys>().Verifying.Where(key => key.KeyId == kid);
        options.BackchannelHttpHandler = new OwnAddress(services.GetRequiredService<IServer>(), issuer);
    }

    private static Task RedirectAsync(RedirectContext context, AuthSettings settings)
    {
        if (settings.SignIn.Metadata is null)
        {
            // The address that the browser already uses, which on a developer's machine need not be the issuer's.
            var request = context.Request;
            context.ProtocolMessage.IssuerAddress = $"{request.Scheme}://{request.Host}{request.PathBase}/connect/authorize";
        }
        if (context.Properties.GetParameter<string>(Language) is { } language)
        {
            context.ProtocolMessage.UiLocales = language;
        }
        return Task.CompletedTask;
    }

    private static async Task TakeTicketAsync(TicketReceivedContext context, AuthSettings settings)
    {
        var http = context.HttpContext;
        context.HandleResponse();
        var subject = context.Principal?.FindFirst("sub")?.Value ?? string.Empty;
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var before = sessions.MacOf(http.Request.Cookies[settings.SessionCookie])
            ?? (context.Properties?.Items.TryGetValue(Before, out var mac) == true && mac is not null ? Convert.FromBase64String(mac) : null);
        var cookie = await http.RequestServices.GetRequiredService<Database>().ChangeAsync(Caller.System, async work =>
        {
            var rows = await Principals.FindAsync(work, settings.SignIn.Issuer, subject, http.RequestAborted);
            if (rows.Count == 0 || rows[0].WorkerId is null)
            {
                return null;
            }
            Guid? chosen = null;
            if (before is not null)
            {
                var ended = await sessions.FindAsync(work, before, http.RequestAborted);
                chosen = ended.FirstOrDefault(row => row.LoginId == rows[0].LoginId)?.ChosenId;
                await Sessions.EndAsync(work, before, http.RequestAborted);
            }
            var provenAt = Proof.At(context.Principal?.FindFirst(Proof.Claim)?.Value, work.Now);
            return await sessions.StartAsync(work, rows[0].LoginId, chosen, provenAt, http.RequestAborted);
        }, static cookie => cookie is not null, http.RequestAborted);
        if (cookie is null)
        {
            Log.Unknown(LogOf(http), subject);
            http.Response.Redirect("/?signin=unknown");
            return;
        }
        http.Response.Cookies.Append(settings.SessionCookie, cookie, CookieOptions(settings));
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(LocalPath(context.ReturnUri));
    }

    /// <summary>Gone with the browser; its end in the database comes first anyway.</summary>
    public static CookieOptions CookieOptions(AuthSettings settings) => new()
    {
        HttpOnly = true,
        Secure = !settings.IsPlainHttp,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        IsEssential = true,
    };

    private static ILogger LogOf(HttpContext http) => http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WebSignIn));

    /// <summary>Redeems the code over our own loopback address: behind a proxy, the public one may not lead back here.</summary>
    private sealed class OwnAddress(IServer server, Uri issuer) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var own = server.Features.Get<IServerAddressesFeature>()?.Addresses.Select(BindingAddress.Parse).FirstOrDefault(address => address.Scheme == Uri.UriSchemeHttp);
            if (own is not null && request.RequestUri is { } asked)
            {
                var host = own.Host is "localhost" or "127.0.0.1" or "[::1]" ? own.Host : "127.0.0.1";
                request.RequestUri = new UriBuilder(Uri.UriSchemeHttp, host, own.Port) { Path = asked.AbsolutePath, Query = asked.Query }.Uri;
                request.Headers.Host = issuer.Authority;
                request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", issuer.Scheme);
            }
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Information, "A sign-in of the web client did not succeed ({Reason}).")]
        public static partial void Failed(ILogger log, string reason);

        [LoggerMessage(1111, LogLevel.Warning, "Subject {Subject} signed in but has no active worker's login here; no session was made.")]
        public static partial void Unknown(ILogger log, string subject);
    }
}
