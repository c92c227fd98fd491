using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A database of its own with keys and a witness, and the verbs of somebody who attacks the file.</summary>
internal sealed class JournalHome : IAsyncDisposable
{
    private static readonly Guid Shelter = Guid.NewGuid();
    private readonly string _folder = Directory.CreateTempSubdirectory("referral-journal-").FullName;
    private readonly List<Database> _databases = [];
    private string _file = string.Empty;

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    public Caller Caller { get; } = new()
    {
        PrincipalId = Guid.NewGuid(),
        WorkerId = Guid.NewGuid(),
        UnitId = Shelter,
        Roles = new HashSet<string> { "supervisor", "caseworker" },
    };

    public Database Database { get; private set; } = null!;

    public JournalSealer Sealer { get; private set; } = null!;

    public JournalKeys Keys { get; private set; } = null!;

    public Keys DataKeys { get; private set; } = null!;

    public Witness Witness { get; private set; } = null!;

    private static CancellationToken None => CancellationToken.None;

    public static async Task<JournalHome> OpenAsync()
    {
        var home = new JournalHome();
        home.Witness = new(Path.Combine(home._folder, "witness"));
        home.Keys = new(home.Ring("mac", KeySource.Symmetric), home.Ring("signing", KeySource.Signing));
        home.DataKeys = new(home.Ring("kek", KeySource.Symmetric));
        home._file = Path.Combine(home._folder, "referral.db");
        await Migrations.RunAsync(home.Options, None);
        home.Database = home.Connect();
        home.Sealer = home.Instance(home.Database);
        return home;
    }

    /// <summary>Another instance of the product, over the same file and the same witness.</summary>
    public JournalSealer Instance() => Instance(Connect());

    public JournalSealer Instance(Database database) =>
        new(database, new Leases(database, Clock), Keys, Witness, Clock, NullLogger<JournalSealer>.Instance);

    public JournalSealer InstanceWith(JournalKeys keys) =>
        new(Database, new Leases(Database, Clock), keys, Witness, Clock, NullLogger<JournalSealer>.Instance);

    public Task<JournalVerdict> VerifyAsync() => new JournalVerifier(Database, Keys, Witness, Clock).VerifyAsync(None);

    public async Task<IReadOnlyList<Guid>> GivenRowsAsync(int count, Func<int, JournalEntry>? entry = null)
    {
        var ids = new List<Guid>();
        for (var i = 0; i < count; i++)
        {
            var row = entry?.Invoke(i) ?? new JournalEntry
            {
                Action = JournalActions.RecordRead,
                SubjectKind = "record",
                SubjectId = Guid.NewGuid(),
                VictimId = Guid.NewGuid(),
                AccessVersion = i,
                Groups = ["identity", "health"],
                Facts = [("count", "1")],
            };
            ids.Add(await AppendAsync(row));
            Clock.Advance(TimeSpan.FromMilliseconds(7));
        }
        return ids;
    }

    /// <summary>Rows and seals of several batches, a few of them not sealed yet.</summary>
    public async Task GivenSealedRowsAsync(params int[] batches)
    {
        foreach (var count in batches)
        {
            await GivenRowsAsync(count);
            await Sealer.SealAsync(None);
        }
    }

    public Task<Guid> AppendAsync(JournalEntry entry) =>
        Database.ChangeAsync(Caller, work => Journal.AppendAsync(work, entry, None), _ => true, None);

    public Task<T> ReadAsync<T>(Func<Work, Task<T>> read) => Database.ReadAsync(Caller, read, None);

    public Task<JournalRow> RowAsync(long position) =>
        ReadAsync(async work => (await SealStore.RowsAsync(work, position, position, 1, None))[0]);

    public Task<IReadOnlyList<JournalSeal>> SealsAsync() => ReadAsync(work => SealStore.SealsAsync(work, 0, 1000, None));

    /// <summary>What somebody can do who has the file, and none of the keys.</summary>
    public async Task AttackAsync(string sql, params (string Name, object Value)[] values)
    {
        await using var connection = new SqliteConnection($"Data Source={_file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        // The attacker's text is the test's own.
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            command.Parameters.AddWithValue(name, value);
        }
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>A backup of the database as it is now.</summary>
    public async Task<string> BackUpAsync()
    {
        var copy = Path.Combine(_folder, $"{Guid.NewGuid():N}.db");
        await AttackAsync("VACUUM INTO @copy", ("@copy", copy));
        return copy;
    }

    /// <summary>The product starts again over another file.</summary>
    public void Restore(string file)
    {
        _file = file;
        Database = Connect();
        Sealer = Instance(Database);
    }

    public void UseWitness(string name)
    {
        Witness = new(Path.Combine(_folder, name));
        Sealer = Instance(Database);
    }

    public JournalKeys OtherKeys() => new(Ring("other-mac", KeySource.Symmetric), Ring("other-signing", KeySource.Signing));

    public KeyRing Ring(string name, Func<byte[]> make) =>
        new(new(name, name, Path.Combine(_folder, $"{name}.keys"), null, true, make));

    public async ValueTask DisposeAsync()
    {
        foreach (var database in _databases)
        {
            await database.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    private DatabaseOptions Options => new() { ConnectionString = $"Data Source={_file}", Strict = true };

    private Database Connect()
    {
        var database = new Database(Options, Clock);
        _databases.Add(database);
        return database;
    }
}
