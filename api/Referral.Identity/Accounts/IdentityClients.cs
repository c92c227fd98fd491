using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace NationalReferral.Identity;

/// <summary>
/// Applications that ask for tokens: partner systems with a secret, and the product's own. A partner's application is
/// made here first and in the application's <c>logins</c> second; without the second it can do nothing.
/// </summary>
public sealed class IdentityClients
{
    public const string Web = "web";
    public const string Swagger = "swagger";
    public const string Api = OidcEndpoints.Api;

    /// <inheritdoc cref="OidcEndpoints.GivenAt"/>
    public const string GivenAtClaim = OidcEndpoints.GivenAt;

    /// <summary>What a signed-in worker's application asks for; what the worker may do is decided by roles, not by scopes.</summary>
    public const string WorkerScope = "referral";

    /// <summary>Scopes of partner systems (design: roles and scopes).</summary>
    public static readonly IReadOnlyList<string> PartnerScopes =
    [
        "directory.read", "capacity.write", "victims.read", "victims.write", "bases.write",
        "referrals.read", "referrals.write", "reports.write", "changes.read", "subscriptions.write",
    ];

    private readonly IServiceScopeFactory _scopes;
    private readonly IdentitySettings _settings;
    private readonly ServerKeys _keys;

    internal IdentityClients(IServiceScopeFactory scopes, IdentitySettings settings, ServerKeys keys)
    {
        _scopes = scopes;
        _settings = settings;
        _keys = keys;
    }

    /// <summary>Of the confidential client that the web role is; the same on every instance that reads this database.</summary>
    public async Task<string> WebSecretAsync(CancellationToken cancellation) => Base64UrlEncoder.Encode(await _keys.SecretAsync(Web, cancellation));

    /// <param name="name">Shown to administrators.</param>
    /// <param name="scopes">Of <see cref="PartnerScopes"/>.</param>
    /// <param name="agencyId">Becomes the claim <c>agency</c> of its tokens.</param>
    /// <param name="cancellation">Before anything is made.</param>
    /// <param name="fixedClient">For demo data only: a known client id and secret. Null makes both at random.</param>
    /// <returns>Client id (also the subject of its tokens) and secret. The secret is not kept and cannot be shown again.</returns>
    public async Task<(string ClientId, string Secret)> CreateAsync(
        string name, IReadOnlyCollection<string> scopes, Guid agencyId, CancellationToken cancellation, (string ClientId, string Secret)? fixedClient = null)
    {
        if (scopes.FirstOrDefault(scope => !PartnerScopes.Contains(scope)) is { } unknown)
        {
            throw new ArgumentException($"'{unknown}' is no scope of partners.", nameof(scopes));
        }
        var (clientId, secret) = fixedClient ?? ("c-" + RandomNumberGenerator.GetHexString(16, lowercase: true), NewSecret());
        if (Guid.TryParse(clientId, out _))
        {
            // Subjects of accounts are ids: a client named like one would be taken for that account (RFC 9700, 4.15).
            throw new ArgumentException("A client id must not look like an account.", nameof(fixedClient));
        }
        var application = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            ClientSecret = secret,
            ClientType = ClientTypes.Confidential,
            DisplayName = name,
            Properties = { [OidcEndpoints.Agency] = JsonDocument.Parse($"\"{agencyId}\"").RootElement.Clone() },
            Permissions = { Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials },
        };
        application.Permissions.UnionWith(scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        await using var scope = _scopes.CreateAsyncScope();
        await Manager(scope).CreateAsync(application, cancellation);
        return (clientId, secret);
    }

    /// <returns>The new secret, or null when there is no such partner. The old one stops at once.</returns>
    public async Task<string?> RotateAsync(string clientId, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var manager = Manager(scope);
        if (IsOwn(clientId) || await manager.FindByClientIdAsync(clientId, cancellation) is not { } application)
        {
            return null;
        }
        var secret = NewSecret();
        await manager.UpdateAsync((OpenIddictEntityFrameworkCoreApplication<Guid>)application, secret, cancellation);
        return secret;
    }

    /// <returns>False when there is no such partner. Its tokens end with it.</returns>
    public async Task<bool> DeleteAsync(string clientId, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var manager = Manager(scope);
        if (IsOwn(clientId) || await manager.FindByClientIdAsync(clientId, cancellation) is not { } application)
        {
            return false;
        }
        await manager.DeleteAsync(application, cancellation);
        return true;
    }

    /// <summary>The product's own applications, made or brought up to date with the settings.</summary>
    /// <param name="addresses">Where the host listens.</param>
    /// <param name="cancellation">Between one application and the next.</param>
    internal async Task EnsureOwnAsync(IEnumerable<Uri> addresses, CancellationToken cancellation)
    {
        Uri[] origins = [.. new[] { _settings.Issuer }.Concat(_settings.WebOrigins).Concat(_settings.TrustsOwnAddresses ? addresses : []).Distinct()];
        await using var scope = _scopes.CreateAsyncScope();
        var manager = Manager(scope);
        var web = Interactive(Web, "Web client", origins, "web/callback");
        web.ClientType = ClientTypes.Confidential;
        web.ClientSecret = await WebSecretAsync(cancellation);
        web.PostLogoutRedirectUris.UnionWith(origins);
        web.Permissions.Add(Permissions.Endpoints.EndSession);
        await EnsureAsync(manager, web, cancellation);

        var swagger = Interactive(Swagger, "Swagger UI", origins, "swagger/oauth2-redirect.html");
        swagger.ClientType = ClientTypes.Public;
        await EnsureAsync(manager, swagger, cancellation);

        await EnsureAsync(manager, new()
        {
            ClientId = Api,
            ClientSecret = Base64UrlEncoder.Encode(await _keys.SecretAsync(Api, cancellation)),
            ClientType = ClientTypes.Confidential,
            DisplayName = "Referral API",
            Permissions = { Permissions.Endpoints.Introspection },
        }, cancellation);
    }

    private static async Task EnsureAsync(IOpenIddictApplicationManager manager, OpenIddictApplicationDescriptor wanted, CancellationToken cancellation)
    {
        if (await manager.FindByClientIdAsync(wanted.ClientId!, cancellation) is not { } application)
        {
            await manager.CreateAsync(wanted, cancellation);
            return;
        }
        var kept = new OpenIddictApplicationDescriptor();
        await manager.PopulateAsync(kept, application, cancellation);
        var isSame = kept.RedirectUris.SetEquals(wanted.RedirectUris) && kept.PostLogoutRedirectUris.SetEquals(wanted.PostLogoutRedirectUris)
            && kept.Permissions.SetEquals(wanted.Permissions) && kept.Requirements.SetEquals(wanted.Requirements);
        if (!isSame)
        {
            // Several instances at random ports share one database in tests: what others registered stays.
            wanted.RedirectUris.UnionWith(kept.RedirectUris.Where(uri => uri.IsLoopback));
            wanted.PostLogoutRedirectUris.UnionWith(kept.PostLogoutRedirectUris.Where(uri => uri.IsLoopback));
            await manager.UpdateAsync(application, wanted, cancellation);
        }
    }

    private static OpenIddictApplicationDescriptor Interactive(string clientId, string name, IEnumerable<Uri> origins, string callback)
    {
        var application = new OpenIddictApplicationDescriptor
        {
            ClientId = clientId,
            DisplayName = name,
            ConsentType = ConsentTypes.Implicit,
            Permissions =
            {
                Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation,
                Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code, Permissions.Prefixes.Scope + WorkerScope,
            },
            Requirements = { Requirements.Features.ProofKeyForCodeExchange },
        };
        application.RedirectUris.UnionWith(origins.Select(origin => new Uri(origin, callback)));
        return application;
    }

    private static bool IsOwn(string clientId) => clientId is Web or Swagger or Api;

    private static string NewSecret() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));

    private static IOpenIddictApplicationManager Manager(AsyncServiceScope scope) => scope.ServiceProvider.GetRequiredService<IOpenIddictApplicationManager>();
}
