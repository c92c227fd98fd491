using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using NationalReferral.Identity;

namespace NationalReferral.Platform;

internal static class AuthSetup
{
    /// <param name="identity">Of our own sign-in server.</param>
    /// <param name="servesSignIn">True when that server is part of this process (role identity).</param>
    public static void AddAuth(this WebApplicationBuilder builder, IdentitySettings identity, bool servesSignIn)
    {
        var settings = AuthSettings.From(builder.Configuration, builder.Environment, identity, servesSignIn);
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton<IKeyWrap, IdentityKeyWrap>();
        services.AddSingleton<EndSessions>(provider => (subject, cancellation) => provider.GetRequiredService<Database>().ChangeAsync(
            Caller.System, work => Principals.EndSubjectAsync(work, identity.Issuer.AbsoluteUri, subject, cancellation), static _ => true, cancellation));
        services.AddSingleton<BearerTokens>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<DeviceKeys>();
        services.AddSingleton<SignInServer>();
        services.AddDataProtection().SetApplicationName("national-referral");
        services.AddSingleton<ProtectionKeys>();
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeys>((options, keys) =>
        {
            options.XmlRepository = keys;
            // The repository seals the whole element; without this the framework warns that nobody does.
            options.XmlEncryptor = new NullXmlEncryptor();
        });
        services.AddAuthentication().AddOpenIdConnect(WebSignIn.Scheme, _ => { });
        services.AddOptions<OpenIdConnectOptions>(WebSignIn.Scheme)
            .Configure<IServiceProvider>((options, provider) => WebSignIn.Configure(options, settings, builder.Environment, provider));
    }

    /// <summary>
    /// Behind a proxy that ends TLS (<c>Proxy:TerminatesTls</c>) the client's address and scheme come from its headers;
    /// only a proxy in <c>Proxy:Networks</c> (or on this machine) is believed, or anybody could choose an address.
    /// </summary>
    public static void UseProxy(this WebApplication app)
    {
        if (!app.Configuration.GetValue("Proxy:TerminatesTls", false))
        {
            return;
        }
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var network in app.Configuration.GetSection("Proxy:Networks").GetChildren())
        {
            options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network.Value ?? string.Empty));
        }
        app.UseForwardedHeaders(options);
    }

    /// <summary>After routing and before <see cref="Gate"/>.</summary>
    public static void UseAuth(this WebApplication app)
    {
        // Otherwise the framework puts authentication in front of everything; only the sign-in's way back needs it.
        ((IApplicationBuilder)app).Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(http => http.Request.Path == WebSignIn.CallbackPath, callback => callback.UseAuthentication());
        app.UseMiddleware<Callers>();
    }
}

/// <summary>The discovery document of a sign-in server in another process.</summary>
internal sealed class SignInServer(IOptionsMonitor<OpenIdConnectOptions> options)
{
    public async Task<OpenIdConnectConfiguration?> ConfigurationAsync(CancellationToken cancellation) =>
        options.Get(WebSignIn.Scheme).ConfigurationManager is { } manager ? await manager.GetConfigurationAsync(cancellation) : null;
}
