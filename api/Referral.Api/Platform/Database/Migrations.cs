using System.Data.Common;
using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Platform;

/// <summary>Brings a database to this version's schema: the scripts of <c>Schema/</c>, in order, each once.</summary>
internal static class Migrations
{
    private const string Folder = ".Database.Schema.";
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <summary>Creates the database file if there is none and runs what is missing. Several instances may start at once: one runs, the others wait.</summary>
    /// <exception cref="InvalidOperationException">The database has scripts that this version does not know.</exception>
    public static Task RunAsync(DatabaseOptions options, CancellationToken cancellation) =>
        Task.Run(() => options.Provider == DatabaseProvider.Sqlite ? RunSqliteAsync(options, cancellation) : RunSqlServerAsync(options, cancellation), cancellation);

    /// <summary>For an instance that serves and does not migrate.</summary>
    /// <exception cref="InvalidOperationException">The database is not at this version's schema.</exception>
    public static async Task CheckAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        var upgrade = await Task.Run(() => Builder(options).Build(), cancellation);
        RefuseNewer(upgrade);
        if (upgrade.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"The database lacks {missing[0].Name}: run the command migrate.");
        }
    }

    internal static IReadOnlyList<SqlScript> Scripts() =>
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(name => name.Contains(Folder, StringComparison.Ordinal))
            .Select(name => new SqlScript(name[(name.IndexOf(Folder, StringComparison.Ordinal) + Folder.Length)..], Read(name)))
            .OrderBy(script => script.Name, StringComparer.Ordinal),
    ];

    private static async Task RunSqliteAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        var file = new SqliteConnectionStringBuilder(options.ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await using var held = await HoldAsync(file + ".migrating", cancellation);
        Upgrade(options);
    }

    private static async Task RunSqlServerAsync(DatabaseOptions options, CancellationToken cancellation)
    {
        await using var connection = new SqlConnection(options.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = (int)LongestWait.TotalSeconds + 5;
        command.CommandText = $"""
            DECLARE @answer int;
            EXEC @answer = sp_getapplock @Resource = 'referral_migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = {(int)LongestWait.TotalMilliseconds};
            IF @answer < 0 THROW 50000, 'Another instance is migrating.', 1;
            IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND is_read_committed_snapshot_on = 0)
                ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
            IF EXISTS (SELECT 1 FROM sys.databases WHERE database_id = DB_ID() AND snapshot_isolation_state = 0)
                ALTER DATABASE CURRENT SET ALLOW_SNAPSHOT_ISOLATION ON;
            """;
        await command.ExecuteNonQueryAsync(cancellation);
        Upgrade(options);
    }

    private static void Upgrade(DatabaseOptions options)
    {
        var upgrade = Builder(options).Build();
        RefuseNewer(upgrade);
        var result = upgrade.PerformUpgrade();
        if (!result.Successful)
        {
            var reason = result.Error is DbException fault ? DialectOf(options).Explain(fault).Message : result.Error.GetType().Name;
            throw new InvalidOperationException($"The schema script {result.ErrorScript?.Name} failed. {reason}");
        }
    }

    private static void RefuseNewer(UpgradeEngine upgrade)
    {
        var known = Scripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (upgrade.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new InvalidOperationException($"The database has {unknown}, which this version does not know: start a newer version.");
        }
    }

    private static UpgradeEngineBuilder Builder(DatabaseOptions options)
    {
        var isSqlite = options.Provider == DatabaseProvider.Sqlite;
        var target = isSqlite
            ? DeployChanges.To.SqliteDatabase(new SqliteConnectionStringBuilder(options.ConnectionString) { Pooling = false }.ConnectionString)
                .JournalToSqliteTable("schema_versions")
            : DeployChanges.To.SqlDatabase(options.ConnectionString).JournalToSqlTable("dbo", "schema_versions");
        return target
            .WithScripts(Scripts())
            .WithVariables(new Dictionary<string, string>(DialectOf(options).SchemaTokens))
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog());
    }

    private static Dialect DialectOf(DatabaseOptions options) =>
        options.Provider == DatabaseProvider.Sqlite ? new SqliteDialect(options.ConnectionString) : new SqlServerDialect();

    /// <summary>A file that one process can hold open; it stays, empty.</summary>
    private static async Task<FileStream> HoldAsync(string file, CancellationToken cancellation)
    {
        for (var until = DateTime.UtcNow + LongestWait; ; await Task.Delay(50, cancellation))
        {
            try
            {
                return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < until)
            {
                // Another instance is at it.
            }
        }
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
