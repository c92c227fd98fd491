using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace NationalReferral.Identity;

/// <summary>Section <c>Identity</c> of the settings, read and checked once.</summary>
public sealed record IdentitySettings
{
    /// <summary><c>Identity:Issuer</c>: the public address under which this server names itself, with a slash at its end.</summary>
    public required Uri Issuer { get; init; }

    /// <summary><c>Identity:Provider</c> is <c>sqlserver</c>; SQLite otherwise.</summary>
    public bool IsSqlServer { get; init; }

    /// <summary><c>Identity:ConnectionString</c>.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>No transport security: only with an http issuer, which Production refuses.</summary>
    public bool IsPlainHttp => Issuer.Scheme == Uri.UriSchemeHttp;

    /// <summary><c>Identity:WebOrigins</c>: where the web client and Swagger are served, when that is not the issuer itself.</summary>
    public IReadOnlyList<Uri> WebOrigins { get; init; } = [];

    /// <summary>True outside Production: the addresses that the host listens on count as web origins too, so a random port works.</summary>
    public bool TrustsOwnAddresses { get; init; }

    /// <summary><c>Identity:LeaveTo</c>: where "Leave now" goes; a page that explains itself over anybody's shoulder.</summary>
    public required Uri LeaveTo { get; init; }

    /// <summary>False in Production: there the sign-in page offers no demo accounts, whoever names some.</summary>
    public bool ShowsDemoAccounts { get; init; }

    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(14);

    /// <summary>How long a sign-in is remembered by this server. Short, because phones and desks are shared; the web session has its own end.</summary>
    public TimeSpan SignInLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <exception cref="InvalidOperationException">A setting is missing or forbidden; the message names it.</exception>
    public static IdentitySettings From(IConfiguration configuration, IHostEnvironment environment)
    {
        var section = configuration.GetSection("Identity");
        var isSqlServer = section["Provider"] switch
        {
            null or "sqlite" => false,
            "sqlserver" => true,
            var other => throw new InvalidOperationException($"Identity:Provider is '{other}'; it may be sqlite or sqlserver."),
        };
        var issuer = new Uri(section["Issuer"] is { Length: > 0 } text ? text.TrimEnd('/') + "/" : "http://localhost:5080/", UriKind.Absolute);
        if (environment.IsProduction() && issuer.Scheme != Uri.UriSchemeHttps)
        {
            throw new InvalidOperationException("Identity:Issuer must be an https address in Production.");
        }
        return new()
        {
            Issuer = issuer,
            IsSqlServer = isSqlServer,
            ConnectionString = isSqlServer
                ? section["ConnectionString"] ?? throw new InvalidOperationException("Identity:ConnectionString is needed with Identity:Provider sqlserver.")
                : Rooted(section["ConnectionString"] ?? "Data Source=data/identity.db", environment.ContentRootPath),
            WebOrigins = [.. section.GetSection("WebOrigins").GetChildren().Select(origin => new Uri(origin.Value ?? string.Empty, UriKind.Absolute))],
            TrustsOwnAddresses = !environment.IsProduction(),
            LeaveTo = new Uri(section["LeaveTo"] ?? "https://www.google.com/search?q=weather", UriKind.Absolute),
            ShowsDemoAccounts = !environment.IsProduction(),
        };
    }

    private static string Rooted(string connectionString, string root)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        parts.DataSource = Path.GetFullPath(parts.DataSource, Path.GetFullPath(root));
        return parts.ConnectionString;
    }
}
