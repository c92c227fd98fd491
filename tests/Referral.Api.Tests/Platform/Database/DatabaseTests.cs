using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class DatabaseTests
{
    private const string CreateSql = """
        CREATE TABLE samples (
            id binary(16) NOT NULL CONSTRAINT pk_samples PRIMARY KEY,
            name nvarchar(40) NOT NULL,
            happened_at datetime2(3) NULL,
            born_on date NULL,
            is_minor bit NOT NULL,
            beds int NOT NULL,
            CONSTRAINT uq_samples_name UNIQUE (name),
            CONSTRAINT ck_samples_beds CHECK (beds >= 0)
        )
        """;

    private const string InsertSql = """
        INSERT INTO samples (id, name, happened_at, born_on, is_minor, beds)
        VALUES (@id, @name, @happenedAt, @bornOn, @isMinor, @beds)
        """;

    private const string ListSql = """
        SELECT id, name, happened_at, born_on, is_minor, beds
          FROM samples
         ORDER BY id
        """;

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task What_is_written_is_read_back()
    {
        await using var database = await OpenAsync();
        var sample = Sample("a") with { HappenedAt = Clock.GetUtcNow(), BornOn = new DateOnly(2015, 2, 28) };

        await Insert(database, sample);
        await Insert(database, Sample("b") with { HappenedAt = null, IsMinor = false });
        var rows = await database.ReadAsync(Caller.System, w => w.ListAsync<Row>(ListSql, null, None), None);

        Assert.That(rows, Has.Count.EqualTo(2));
        Assert.That(rows.Single(r => r.Name == "a"), Is.EqualTo(sample));
    }

    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 10, 11, 12, 345, TimeSpan.Zero));

    private static Row Sample(string name) => new() { Id = Ids.New(Clock.GetUtcNow()), Name = name, IsMinor = true, Beds = 3 };

    private static Task<int> Insert(Database database, Row row) =>
        database.ChangeAsync(Caller.System, w => w.ExecuteAsync(InsertSql, row, None), _ => true, None);

    private static async Task<Database> OpenAsync()
    {
        var file = Path.Combine(Path.GetTempPath(), $"referral-{Guid.NewGuid():N}.db");
        var database = new Database(new() { ConnectionString = $"Data Source={file}", Strict = true }, Clock);
        await database.ChangeAsync(Caller.System, w => w.ExecuteAsync(CreateSql, null, None), _ => true, None);
        return database;
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public DateTimeOffset? HappenedAt { get; init; }
        public DateOnly? BornOn { get; init; }
        public required bool IsMinor { get; init; }
        public required int Beds { get; init; }
    }
}
