using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Places of a service, by population. What is reserved belongs to referrals: these verbs are its only writer, always
/// after the victim's turn. A service without rows is unlimited, and nobody calls them for it.
/// </summary>
internal static class Capacity
{
    private const string CountedSql = """
        SELECT c.population
          FROM capacity c
         WHERE c.service_id = @serviceId
         ORDER BY c.population
        """;

    /// <returns>The populations for which the service counts places; none when it is unlimited.</returns>
    public static Task<IReadOnlyList<string>> CountedAsync(Work work, Guid serviceId, CancellationToken cancellation) =>
        work.ListAsync<string>(CountedSql, new { serviceId }, cancellation);

    private const string ReserveSql = """
        UPDATE capacity
           SET reserved = reserved + 1, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
           AND reserved + occupied < licensed
        """;

    /// <summary>One statement judges and takes, so that the last place goes to exactly one of two who race for it.</summary>
    /// <returns>False, with nothing written, when no place is free or the service has none for this population.</returns>
    public static async Task<bool> ReserveAsync(Work work, Guid serviceId, string population, CancellationToken cancellation) =>
        await work.ExecuteAsync(ReserveSql, new { serviceId, population }, cancellation) == 1;

    private const string OccupySql = """
        UPDATE capacity
           SET reserved = reserved - 1, occupied = occupied + 1, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
           AND reserved > 0
        """;

    /// <summary>The person has arrived in the place that was kept.</summary>
    /// <returns>False, with nothing written, when none was reserved.</returns>
    public static async Task<bool> OccupyAsync(Work work, Guid serviceId, string population, CancellationToken cancellation) =>
        await work.ExecuteAsync(OccupySql, new { serviceId, population }, cancellation) == 1;

    private const string FreeReservedSql = """
        UPDATE capacity
           SET reserved = reserved - 1, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
           AND reserved > 0
        """;

    private const string FreeOccupiedSql = """
        UPDATE capacity
           SET occupied = occupied - 1, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
           AND occupied > 0
        """;

    /// <summary>Gives back what the referral's <paramref name="place"/> says it holds; nothing for none.</summary>
    /// <returns>False when nothing was given back: the provider may have counted the person out already.</returns>
    public static async Task<bool> ReleaseAsync(Work work, Guid serviceId, string population, Place place, CancellationToken cancellation) =>
        place != Place.None
        && await work.ExecuteAsync(place == Place.Reserved ? FreeReservedSql : FreeOccupiedSql, new { serviceId, population }, cancellation) == 1;
}
