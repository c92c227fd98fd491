using Microsoft.Data.SqlClient;
using NUnit.Framework;

namespace NationalReferral.Platform;

/// <summary>A database of its own for one test: a SQLite file, or a database on the server that REFERRAL_TEST_SQLSERVER names.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "REFERRAL_TEST_SQLSERVER";
    private readonly List<Database> _opened = [];
    private readonly Func<Task> _drop;

    private TestDatabase(DatabaseOptions options, Func<Task> drop)
    {
        Options = options;
        _drop = drop;
    }

    /// <summary>For <c>[TestFixtureSource]</c>: every provider that can be tested here.</summary>
    public static IReadOnlyList<string> Providers { get; } = Server is null ? ["sqlite"] : ["sqlite", "sqlserver"];

    public DatabaseOptions Options { get; }

    private static string? Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server ? server : null;

    public static string Notice => Server is null
        ? $"SQL Server was NOT tested: {Variable} holds no connection string. Database tests ran on SQLite only."
        : "Database tests run on SQLite and on SQL Server.";

    public static Task<TestDatabase> CreateAsync(string provider) => provider == "sqlite" ? Task.FromResult(OnFile()) : OnServerAsync();

    /// <summary>One more instance of the product over the same data.</summary>
    public Database Open(TimeProvider? clock = null, bool strict = true)
    {
        var database = new Database(Options with { Strict = strict }, clock ?? TimeProvider.System);
        _opened.Add(database);
        return database;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _opened)
        {
            await database.DisposeAsync();
        }
        await _drop();
    }

    private static TestDatabase OnFile()
    {
        var folder = Directory.CreateTempSubdirectory("referral-test-");
        return new(new() { ConnectionString = $"Data Source={Path.Combine(folder.FullName, "referral.db")}" }, () =>
        {
            folder.Delete(recursive: true);
            return Task.CompletedTask;
        });
    }

    private static async Task<TestDatabase> OnServerAsync()
    {
        var name = $"referral_test_{Guid.NewGuid():N}";
        await OnMasterAsync($"CREATE DATABASE {name}");
        await OnMasterAsync($"ALTER DATABASE {name} SET READ_COMMITTED_SNAPSHOT ON; ALTER DATABASE {name} SET ALLOW_SNAPSHOT_ISOLATION ON");
        var options = new DatabaseOptions
        {
            Provider = DatabaseProvider.SqlServer,
            ConnectionString = new SqlConnectionStringBuilder(Server) { InitialCatalog = name }.ConnectionString,
        };
        return new(options, () => OnMasterAsync($"ALTER DATABASE {name} SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE {name}"));
    }

    private static async Task OnMasterAsync(string sql)
    {
        await using var connection = new SqlConnection(new SqlConnectionStringBuilder(Server) { InitialCatalog = "master" }.ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>Says once a run whether SQL Server took part: an absent database must not look like a passed one.</summary>
[SetUpFixture]
public sealed class DatabaseNotice
{
    [OneTimeSetUp]
    public void Say() => TestContext.Progress.WriteLine(TestDatabase.Notice);
}
