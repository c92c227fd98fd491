using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// One order of withdrawing and reading, on both engines (design: access, 7). Whatever opens, ends or uses access takes
/// a turn of the victim first (ids ascending; before the referral, before capacity); whatever reads a data group holds the turn that it saw.
/// </summary>
internal static class Turns
{
    private const string TakeSql = """
        UPDATE victims
           SET access_version = access_version + 1
         WHERE id = @victimId
        """;

    private const string NowSql = """
        SELECT v.access_version
          FROM victims v
         WHERE v.id = @victimId
        """;

    /// <returns>The turn taken, for the journal row.</returns>
    public static async Task<long> TakeAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        await work.ExecuteAsync(TakeSql, new { victimId }, cancellation);
        return await work.ScalarAsync<long>(NowSql, new { victimId }, cancellation);
    }

    private const string TakeSeenSql = """
        UPDATE victims
           SET access_version = access_version + 1
         WHERE id = @victimId
           AND access_version = @seen
        """;

    /// <summary>Takes a turn on what was seen: for changes that were judged by a read before.</summary>
    /// <exception cref="ChangedMeanwhileException">Somebody took a turn since: the body runs again.</exception>
    public static async Task<long> TakeAsync(Work work, Guid victimId, long seen, CancellationToken cancellation) =>
        await work.ExecuteAsync(TakeSeenSql, new { victimId, seen }, cancellation) == 1 ? seen + 1 : throw new ChangedMeanwhileException();

    private const string HoldSql = """
        UPDATE victims
           SET access_version = access_version
         WHERE id = @victimId
           AND access_version = @seen
        """;

    /// <summary>Keeps whoever would end access waiting until this transaction is over.</summary>
    /// <exception cref="ChangedMeanwhileException">Somebody took a turn since <paramref name="seen"/> was read: the body runs again.</exception>
    public static async Task HoldAsync(Work work, Guid victimId, long seen, CancellationToken cancellation)
    {
        if (await work.ExecuteAsync(HoldSql, new { victimId, seen }, cancellation) == 0)
        {
            throw new ChangedMeanwhileException();
        }
    }
}
