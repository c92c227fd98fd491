using System.Reflection;
using DbUp;
using DbUp.Builder;
using DbUp.Engine;
using DbUp.Engine.Output;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Identity;

/// <summary>Brings the identity database to this version's schema: the scripts of <c>Schema/</c>, in order, each once.</summary>
public static class IdentitySchema
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> SqliteTokens = new() { ["bigtext"] = "text", ["bin2"] = "BINARY" };
    private static readonly Dictionary<string, string> SqlServerTokens = new() { ["bigtext"] = "nvarchar(max)", ["bin2"] = "Latin1_General_100_BIN2" };

    /// <summary>Creates the file if there is none and runs what is missing. Several instances may start at once: one runs, the others wait.</summary>
    /// <exception cref="InvalidOperationException">The database has scripts that this version does not know, or a script failed.</exception>
    public static async Task MigrateAsync(IdentitySettings settings, CancellationToken cancellation)
    {
        if (settings.IsSqlServer)
        {
            await using var held = await HoldServerAsync(settings, cancellation);
            Upgrade(settings);
            return;
        }
        var file = new SqliteConnectionStringBuilder(settings.ConnectionString).DataSource;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        await using var alone = await HoldFileAsync(file + ".migrating", cancellation);
        await new IdentityStore(settings).ExecuteAsync("PRAGMA journal_mode = WAL", cancellation);
        Upgrade(settings);
    }

    /// <summary>For an instance that serves and does not migrate.</summary>
    /// <exception cref="InvalidOperationException">The database is not at this version's schema.</exception>
    public static void Check(IdentitySettings settings)
    {
        var upgrade = Builder(settings).Build();
        RefuseNewer(upgrade);
        if (upgrade.GetScriptsToExecute() is { Count: > 0 } missing)
        {
            throw new InvalidOperationException($"The identity database lacks {missing[0].Name}: run the command migrate.");
        }
    }

    private static void Upgrade(IdentitySettings settings)
    {
        var upgrade = Builder(settings).Build();
        RefuseNewer(upgrade);
        var result = upgrade.PerformUpgrade();
        if (!result.Successful)
        {
            throw new InvalidOperationException($"The schema script {result.ErrorScript?.Name} failed.", result.Error);
        }
    }

    private static void RefuseNewer(UpgradeEngine upgrade)
    {
        var known = Scripts().Select(script => script.Name).ToHashSet(StringComparer.Ordinal);
        if (upgrade.GetExecutedScripts().FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new InvalidOperationException($"The identity database has {unknown}, which this version does not know: start a newer version.");
        }
    }

    private static UpgradeEngineBuilder Builder(IdentitySettings settings)
    {
        var target = settings.IsSqlServer
            ? DeployChanges.To.SqlDatabase(settings.ConnectionString).JournalToSqlTable("dbo", "schema_versions")
            : DeployChanges.To.SqliteDatabase(new SqliteConnectionStringBuilder(settings.ConnectionString) { Pooling = false }.ConnectionString)
                .JournalToSqliteTable("schema_versions");
        return target
            .WithScripts(Scripts())
            .WithVariables(settings.IsSqlServer ? SqlServerTokens : SqliteTokens)
            .WithTransactionPerScript()
            .LogTo(new NoOpUpgradeLog());
    }

    /// <summary>All scripts as one of the two databases runs them: for whoever checks texts against the schema.</summary>
    internal static string Text(bool isSqlServer) => (isSqlServer ? SqlServerTokens : SqliteTokens).Aggregate(
        string.Join('\n', Scripts().Select(script => script.Contents)),
        (text, token) => text.Replace($"${token.Key}$", token.Value, StringComparison.Ordinal));

    private static IEnumerable<SqlScript> Scripts() =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name => new SqlScript(name, Embedded.Text(name)));

    private static async Task<SqlConnection> HoldServerAsync(IdentitySettings settings, CancellationToken cancellation)
    {
        var connection = new SqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandTimeout = (int)LongestWait.TotalSeconds + 5;
        command.CommandText = $"""
            DECLARE @answer int;
            EXEC @answer = sp_getapplock @Resource = 'identity_migrations', @LockMode = 'Exclusive', @LockOwner = 'Session', @LockTimeout = {(int)LongestWait.TotalMilliseconds};
            IF @answer < 0 THROW 50000, 'Another instance is migrating.', 1;
            """;
        await command.ExecuteNonQueryAsync(cancellation);
        return connection;
    }

    /// <summary>A file that one process can hold open; it stays, empty.</summary>
    private static async Task<FileStream> HoldFileAsync(string file, CancellationToken cancellation)
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
}

internal static class Embedded
{
    public static Stream Open(string name) =>
        typeof(Embedded).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not embedded.");

    public static string Text(string name)
    {
        using var reader = new StreamReader(Open(name));
        return reader.ReadToEnd();
    }
}
