using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Places of one population, as the database holds them.</summary>
internal sealed record Places
{
    public required Guid ServiceId { get; init; }
    public required string Population { get; init; }
    public required int Licensed { get; init; }
    public required int Reserved { get; init; }
    public required int Occupied { get; init; }
    public required int Waiting { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public DateTimeOffset? DoubtedAt { get; init; }
    public required long Version { get; init; }

    public int Free => Licensed - Reserved - Occupied;
}

/// <summary>What a provider says of its places. What is reserved is written by <see cref="Capacity"/> only.</summary>
internal static class CapacityStore
{
    private const int AtOnce = 1000;

    /// <summary>The check of the table; its name is what a violation says.</summary>
    public const string Check = "ck_capacity_places";

    private const string ListSql = """
        SELECT c.service_id, c.population, c.licensed, c.reserved, c.occupied, c.waiting, c.as_of, c.doubted_at, c.version
          FROM capacity c
         WHERE c.service_id IN (@ids)
         ORDER BY c.population
        """;

    public static async Task<ILookup<Guid, Places>> ListAsync(Work work, IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var places = new List<Places>();
        foreach (var some in ids.Chunk(AtOnce))
        {
            places.AddRange(await work.ListAsync<Places>(ListSql, new { ids = some }, cancellation));
        }
        return places.ToLookup(row => row.ServiceId);
    }

    private const string InsertSql = """
        INSERT INTO capacity (service_id, population, licensed, reserved, occupied, waiting, as_of, version)
        VALUES (@serviceId, @population, @licensed, 0, @occupied, @waiting, @now, 1)
        """;

    private const string SaveSql = """
        UPDATE capacity
           SET licensed = @licensed, occupied = @occupied, waiting = @waiting, as_of = @now, doubted_at = NULL, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
           AND version = @read
        """;

    /// <param name="read">The version that was read; null: there was no row.</param>
    /// <returns>False, with nothing written, when somebody, or a referral, changed the places first.</returns>
    /// <exception cref="ConstraintViolation"><see cref="Check"/>: more places are taken than would be licensed.</exception>
    public static async Task<bool> SetAsync(
        Work work, Guid serviceId, string population, CapacityChange change, long? read, CancellationToken cancellation) =>
        await work.ExecuteAsync(read is null ? InsertSql : SaveSql, new
        {
            serviceId,
            population,
            licensed = change.Licensed,
            occupied = change.Occupied,
            waiting = change.Waiting,
            read,
        }, cancellation) == 1;
}
