using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace NationalReferral.Identity;

/// <summary>The OpenID Connect server as a part of a host: who somebody is, and nothing about what they may do.</summary>
public static class IdentitySetup
{
    private const string AuthenticationIsSet = "__AuthenticationMiddlewareSet";

    /// <summary>Needs an <see cref="IKeyWrap"/>, an <see cref="EndSessions"/> and a <see cref="TimeProvider"/> among the services, and shared Data Protection keys when there are several instances.</summary>
    public static IdentitySettings AddReferralIdentity(this IHostApplicationBuilder builder)
    {
        var settings = IdentitySettings.From(builder.Configuration, builder.Environment);
        // Request lines and queries carry codes, one-time links and e-mail addresses: kept out even where no settings file is read.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning).AddFilter("OpenIddict", LogLevel.Warning);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton<DemoHints>();
        services.AddSingleton<IdentityStore>();
        services.AddSingleton(provider => new ServerKeys(provider.GetRequiredService<IdentityStore>(), provider.GetRequiredService<IKeyWrap>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<Attempts>();
        services.AddSingleton<KnownDevice>();
        services.AddSingleton(provider => new IdentityAccounts(provider.GetRequiredService<IServiceScopeFactory>(), settings, provider.GetRequiredService<Passwords>()));
        services.AddSingleton(provider => new IdentityClients(provider.GetRequiredService<IServiceScopeFactory>(), settings, provider.GetRequiredService<ServerKeys>()));
        services.AddScoped<SignInPage>();
        services.AddScoped<PasswordPage>();
        services.AddScoped<OidcEndpoints>();
        services.AddSingleton<IdentityReady>();
        services.AddHostedService(provider => provider.GetRequiredService<IdentityReady>());
        services.AddDbContext<IdentityContext>(options => _ = settings.IsSqlServer ? options.UseSqlServer(settings.ConnectionString) : options.UseSqlite(settings.ConnectionString));
        AddAccounts(services, settings);
        AddServer(services, settings);
        return settings;
    }

    /// <summary>
    /// Puts authentication before the server's own paths only: the library looks at every request that passes it, and the
    /// API's are many. Requests wait until the server is ready, a second or so after a start.
    /// </summary>
    public static IApplicationBuilder UseReferralIdentity(this IApplicationBuilder app)
    {
        // Otherwise the framework puts authentication in front of everything.
        app.Properties[AuthenticationIsSet] = true;
        return app.UseWhen(http => IsOwn(http.Request.Path), own =>
        {
            own.Use(async (http, next) =>
            {
                await http.RequestServices.GetRequiredService<IdentityReady>().ReadyAsync().WaitAsync(TimeSpan.FromSeconds(30), http.RequestAborted);
                await next(http);
            });
            own.UseAuthentication();
        });
    }

    public static IEndpointRouteBuilder MapReferralIdentity(this IEndpointRouteBuilder app)
    {
        var pages = app.MapGroup(string.Empty).ExcludeFromDescription().AllowAnonymous();
        pages.MapGet(SignInPage.Path, SignInPage.GetAsync);
        pages.MapPost(SignInPage.Path, SignInPage.PostAsync);
        pages.MapGet(PasswordPage.Path, PasswordPage.GetAsync);
        pages.MapPost(PasswordPage.Path, PasswordPage.PostAsync);
        pages.MapGet(SignedOutPage.Path, SignedOutPage.Get);
        pages.MapGet(Page.StylePath, Page.Style);
        pages.MapGet(Page.FontPath, Page.Font);
        pages.MapMethods(OidcEndpoints.AuthorizePath, [HttpMethods.Get, HttpMethods.Post], OidcEndpoints.AuthorizeAsync);
        pages.MapPost(OidcEndpoints.TokenPath, OidcEndpoints.TokenAsync);
        pages.MapMethods(OidcEndpoints.LogoutPath, [HttpMethods.Get, HttpMethods.Post], (Delegate)OidcEndpoints.LogoutAsync);
        pages.MapMethods(OidcEndpoints.UserInfoPath, [HttpMethods.Get, HttpMethods.Post], (Delegate)OidcEndpoints.UserInfoAsync);
        return app;
    }

    private static bool IsOwn(PathString path) =>
        path.StartsWithSegments("/connect") || path.StartsWithSegments("/identity") || path.StartsWithSegments("/.well-known");

    private static void AddAccounts(IServiceCollection services, IdentitySettings settings)
    {
        services.AddSingleton<Passwords>();
        services.AddSingleton<IPasswordHasher<Account>>(provider => provider.GetRequiredService<Passwords>());
        services.AddIdentityCore<Account>(options =>
        {
            options.User.RequireUniqueEmail = true;
            options.User.AllowedUserNameCharacters = string.Empty;
        }).AddEntityFrameworkStores<IdentityContext>().AddDefaultTokenProviders();
        services.RemoveAll<IPasswordValidator<Account>>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRules>();
        services.Configure<DataProtectionTokenProviderOptions>(options => options.TokenLifespan = TimeSpan.FromDays(1));
        services.AddAntiforgery(options =>
        {
            options.Cookie.Name = SignInCookie.Name(settings, "nrs-form");
            options.Cookie.SecurePolicy = settings.IsPlainHttp ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
            options.FormFieldName = "form-token";
        });
        services.AddAuthentication().AddCookie(SignInCookie.Scheme, options =>
        {
            options.Cookie.Name = SignInCookie.Name(settings, "nrs-identity");
            options.Cookie.Path = "/";
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = settings.IsPlainHttp ? CookieSecurePolicy.None : CookieSecurePolicy.Always;
            options.ExpireTimeSpan = settings.SignInLifetime;
            options.SlidingExpiration = false;
        });
    }

    private static void AddServer(IServiceCollection services, IdentitySettings settings)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<IdentityContext>().ReplaceDefaultEntities<Guid>())
            .AddServer(server =>
            {
                server.SetIssuer(settings.Issuer)
                    .SetAuthorizationEndpointUris(OidcEndpoints.AuthorizePath.TrimStart('/'))
                    .SetTokenEndpointUris(OidcEndpoints.TokenPath.TrimStart('/'))
                    .SetEndSessionEndpointUris(OidcEndpoints.LogoutPath.TrimStart('/'))
                    .SetUserInfoEndpointUris(OidcEndpoints.UserInfoPath.TrimStart('/'))
                    .SetIntrospectionEndpointUris("connect/introspect")
                    .SetRevocationEndpointUris("connect/revoke");
                server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow()
                    .RequireProofKeyForCodeExchange()
                    .DisableAccessTokenEncryption()
                    .UseReferenceRefreshTokens()
                    // A stolen refresh token used once shows at the second use: no second of grace.
                    .SetRefreshTokenReuseLeeway(TimeSpan.Zero)
                    .SetAccessTokenLifetime(settings.AccessTokenLifetime)
                    .SetRefreshTokenLifetime(settings.RefreshTokenLifetime)
                    .RegisterScopes([Scopes.OfflineAccess, IdentityClients.WorkerScope, .. IdentityClients.PartnerScopes]);
                server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));
                var http = server.UseAspNetCore()
                    .EnableAuthorizationEndpointPassthrough()
                    .EnableTokenEndpointPassthrough()
                    .EnableEndSessionEndpointPassthrough()
                    .EnableUserInfoEndpointPassthrough();
                if (settings.IsPlainHttp)
                {
                    http.DisableTransportSecurityRequirement();
                }
            });
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
    }
}
