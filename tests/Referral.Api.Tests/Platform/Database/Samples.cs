namespace NationalReferral.Platform;

/// <summary>Throwaway tables for the tests of the database itself.</summary>
internal static class Samples
{
    private static readonly string[] Tables =
    [
        """
        CREATE TABLE samples (
            id binary(16) NOT NULL CONSTRAINT pk_samples PRIMARY KEY,
            name nvarchar(40) NOT NULL,
            phone nvarchar(40) NULL CONSTRAINT uq_samples_phone UNIQUE,
            happened_at datetime2(3) NULL,
            born_on date NULL,
            is_minor bit NOT NULL,
            beds int NULL,
            state nvarchar(40) NOT NULL,
            lat float NULL,
            photo varbinary(100) NULL,
            CONSTRAINT uq_samples_name UNIQUE (name, beds),
            CONSTRAINT ck_samples_beds CHECK (beds >= 0)
        )
        """,
        "CREATE UNIQUE INDEX uq_samples_state ON samples (state) WHERE state = 'only_one'",
        """
        CREATE TABLE sample_notes (
            id binary(16) NOT NULL CONSTRAINT pk_sample_notes PRIMARY KEY,
            sample_id binary(16) NOT NULL CONSTRAINT fk_sample_notes_sample REFERENCES samples (id)
        )
        """,
    ];

    private const string Insert = """
        INSERT INTO samples (id, name, phone, happened_at, born_on, is_minor, beds, state, lat, photo)
        VALUES (@id, @name, @phone, @happenedAt, @bornOn, @isMinor, @beds, @state, @lat, @photo)
        """;

    private const string List = """
        SELECT id, name, phone, happened_at, born_on, is_minor, beds, state, lat, photo
          FROM samples
         ORDER BY id
        """;

    public static async Task<Database> WithSamplesAsync(this Database database)
    {
        foreach (var table in Tables)
        {
            await database.ChangeAsync(Caller.System, work => work.ExecuteAsync(table, null, default), _ => true, default);
        }
        return database;
    }

    public static Sample Of(string name) =>
        new() { Id = Ids.New(TimeProvider.System.GetUtcNow()), Name = name, IsMinor = true, State = SampleState.InShelter };

    public static Task<int> AddAsync(this Work work, Sample sample) => work.ExecuteAsync(Insert, sample, default);

    public static Task<int> AddAsync(this Database database, Sample sample) =>
        database.ChangeAsync(Caller.System, work => work.AddAsync(sample), _ => true, default);

    public static Task<IReadOnlyList<Sample>> SamplesAsync(this Work work) => work.ListAsync<Sample>(List, null, default);

    public static Task<IReadOnlyList<Sample>> SamplesAsync(this Database database) =>
        database.ReadAsync(Caller.System, work => work.SamplesAsync(), default);

    public static Task<IReadOnlyList<Sample>> PageAsync(this Database database, int take) =>
        database.ReadAsync(Caller.System, work => work.PageAsync<Sample>(List, null, take, default), default);

    public static Task<T?> ValueAsync<T>(this Database database, string sql, object? parameters = null) =>
        database.ReadAsync(Caller.System, work => work.ScalarAsync<T>(sql, parameters, default), default);
}

public enum SampleState
{
    InShelter,
    OnlyOne,
}

internal sealed record Sample
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? Phone { get; init; }
    public DateTimeOffset? HappenedAt { get; init; }
    public DateOnly? BornOn { get; init; }
    public required bool IsMinor { get; init; }
    public int? Beds { get; init; }
    public required SampleState State { get; init; }
    public double? Lat { get; init; }
    public byte[]? Photo { get; init; }
}
