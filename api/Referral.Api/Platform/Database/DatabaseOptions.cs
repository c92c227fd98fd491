using Microsoft.Data.Sqlite;

namespace NationalReferral.Platform;

internal enum DatabaseProvider
{
    Sqlite,
    SqlServer,
}

/// <summary>Where the application's data is (settings <c>Database:Provider</c> and <c>Database:ConnectionString</c>).</summary>
internal sealed record DatabaseOptions
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    public required string ConnectionString { get; init; }

    /// <summary>
    /// For tests: on SQLite a change that awaits anything but its own statements fails, because in production it would
    /// hold up every other change (setting <c>Database:Strict</c>).
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>
    /// SQLite's pages that the one writing connection keeps (setting <c>Database:WriterCacheMegabytes</c>, 16). Every change
    /// touches a score of index pages at random: what does not fit is written twice.
    /// </summary>
    public int WriterCacheMegabytes { get; init; } = 16;

    /// <param name="configuration">The application's settings.</param>
    /// <param name="root">Folder that a relative SQLite file name starts from.</param>
    public static DatabaseOptions From(IConfiguration configuration, string root)
    {
        var settings = configuration.GetSection("Database");
        var provider = settings["Provider"] switch
        {
            null or "sqlite" => DatabaseProvider.Sqlite,
            "sqlserver" => DatabaseProvider.SqlServer,
            var other => throw new InvalidOperationException($"Database:Provider is '{other}'; it may be sqlite or sqlserver."),
        };
        var connection = settings["ConnectionString"];
        return new()
        {
            Provider = provider,
            Strict = settings["Strict"] == "true",
            WriterCacheMegabytes = settings.GetValue("WriterCacheMegabytes", 16),
            ConnectionString = provider == DatabaseProvider.Sqlite
                ? Rooted(connection ?? "Data Source=data/referral.db", root)
                : connection ?? throw new InvalidOperationException("Database:ConnectionString is needed with Database:Provider sqlserver."),
        };
    }

    private static string Rooted(string connectionString, string root)
    {
        var parts = new SqliteConnectionStringBuilder(connectionString);
        parts.DataSource = Path.GetFullPath(parts.DataSource, Path.GetFullPath(root));
        return parts.ConnectionString;
    }
}

internal static class DatabaseServices
{
    /// <summary>Registers <see cref="Database"/> and <see cref="DatabaseOptions"/>; needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddDatabase(this IServiceCollection services, IConfiguration configuration) =>
        services
            .AddSingleton(provider => DatabaseOptions.From(configuration, provider.GetRequiredService<IHostEnvironment>().ContentRootPath))
            .AddSingleton(provider => new Database(provider.GetRequiredService<DatabaseOptions>(), provider.GetRequiredService<TimeProvider>()));
}
