using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Worklists by deadline. Each text walks one unit along its index in the order of the list, so that a page costs the
/// same however many there are; a supervisor's list is merged from the units below.
/// </summary>
internal static class Worklists
{
    private const string Sort = "ORDER BY r.due_at, r.id";

    private const string Page = """
        r.due_at BETWEEN @fromAt AND @untilAt
           AND (@state IS NULL OR r.state = @state)
           AND (@reportedBy IS NULL OR r.reported_by = @reportedBy)
           AND (@afterId IS NULL OR r.due_at > @afterAt OR (r.due_at = @afterAt AND r.id > @afterId))
        """;

    private const string PageBack = """
        r.due_at BETWEEN @fromAt AND @untilAt
           AND (@state IS NULL OR r.state = @state)
           AND (@reportedBy IS NULL OR r.reported_by = @reportedBy)
           AND (@afterId IS NULL OR r.due_at < @afterAt OR (r.due_at = @afterAt AND r.id < @afterId))
         ORDER BY r.due_at DESC, r.id DESC
        """;

    private const string ReceivedSql = $"""
        SELECT {ReferralStore.ListedColumns}
          {ReferralStore.ListedFrom}
         WHERE r.provider_agency_id = @agencyId
           AND r.is_open = 1
           AND r.state <> 'draft'
           AND {Visibility.OfReferrals}
           AND {Page}
         {Sort}
        """;

    private const string ReceivedClosedSql = $"""
        SELECT {ReferralStore.ListedColumns}
          {ReferralStore.ListedFrom}
         WHERE r.provider_agency_id = @agencyId
           AND r.is_open = 0
           AND r.submitted_at IS NOT NULL
           AND {Visibility.OfReferrals}
           AND {PageBack}
        """;

    private const string SentSql = $"""
        SELECT {ReferralStore.ListedColumns}
          {ReferralStore.ListedFrom}
         WHERE r.sender_agency_id = @agencyId
           AND r.is_open = 1
           AND {Visibility.OfReferrals}
           AND {Page}
         {Sort}
        """;

    private const string SentClosedSql = $"""
        SELECT {ReferralStore.ListedColumns}
          {ReferralStore.ListedFrom}
         WHERE r.sender_agency_id = @agencyId
           AND r.is_open = 0
           AND {Visibility.OfReferrals}
           AND {PageBack}
        """;

    private const string OfVictimSql = $"""
        SELECT {ReferralStore.ListedColumns}
          {ReferralStore.ListedFrom}
         WHERE r.victim_id = @victimId
           AND {Visibility.OfReferrals}
           AND {Page}
         {Sort}
        """;

    private const string UnitsBelowSql = """
        SELECT t.descendant_id
          FROM agency_tree t
         WHERE t.ancestor_id = @unit
        """;

    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Soon = TimeSpan.FromHours(24);

    /// <param name="isReceived">Else the sent ones.</param>
    /// <param name="show"><c>open</c>, <c>due</c> (within 24 hours), <c>overdue</c>, or <c>closed</c>: the last closed first.</param>
    /// <param name="state">Only those; null for all.</param>
    /// <param name="reportedBy">By whom the provider's answers are written; null for all.</param>
    public static async Task<IReadOnlyList<ListedReferral>> ListAsync(
        Work work, bool isReceived, string show, string? state, string? reportedBy, Paging paging, CancellationToken cancellation)
    {
        var isClosed = show == "closed";
        var sql = (isReceived, isClosed) switch
        {
            (true, false) => ReceivedSql,
            (true, true) => ReceivedClosedSql,
            (false, false) => SentSql,
            _ => SentClosedSql,
        };
        var (fromAt, untilAt) = Bounds(work, isReceived, show, paging);
        var units = work.Caller.Supervises ? await work.ListAsync<Guid>(UnitsBelowSql, null, cancellation) : [work.Caller.UnitId];
        var rows = new List<ListedReferral>();
        foreach (var agencyId in units)
        {
            var asked = new { agencyId, fromAt, untilAt, state, reportedBy, afterAt = paging.AfterAt, afterId = paging.AfterId };
            rows.AddRange(await work.PageAsync<ListedReferral>(sql, asked, paging.Take, cancellation));
        }
        return units.Count == 1 ? rows : [.. InOrder(rows, isClosed).Take(paging.Take)];
    }

    /// <summary>All of one victim that the caller sees, open ones by deadline and then the closed.</summary>
    public static Task<IReadOnlyList<ListedReferral>> OfVictimAsync(Work work, Guid victimId, string? state, string? reportedBy, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<ListedReferral>(
            OfVictimSql, new { victimId, fromAt = paging.AfterAt ?? Earliest, untilAt = ReferralStore.Never, state, reportedBy, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    /// <summary>Where in the index the page begins and ends, so that nothing before or behind it is walked.</summary>
    private static (DateTimeOffset FromAt, DateTimeOffset UntilAt) Bounds(Work work, bool isReceived, string show, Paging paging) => show switch
    {
        // A provider sees nothing that ended longer ago.
        "closed" => (isReceived ? work.Now - ReferralLifecycle.AccessAfterService : Earliest, paging.AfterAt ?? ReferralStore.Never),
        "due" => (paging.AfterAt ?? Earliest, work.Now + Soon),
        "overdue" => (paging.AfterAt ?? Earliest, work.Now),
        _ => (paging.AfterAt ?? Earliest, ReferralStore.Never),
    };

    private static IEnumerable<ListedReferral> InOrder(IEnumerable<ListedReferral> rows, bool lastFirst) => lastFirst
        ? rows.OrderByDescending(row => row.DueAt).ThenByDescending(row => Bytes(row.Id), Comparer)
        : rows.OrderBy(row => row.DueAt).ThenBy(row => Bytes(row.Id), Comparer);

    // As the database compares ids.
    private static byte[] Bytes(Guid id) => id.ToByteArray(bigEndian: true);

    private static readonly Comparer<byte[]> Comparer = Comparer<byte[]>.Create((a, b) => a.AsSpan().SequenceCompareTo(b));
}
