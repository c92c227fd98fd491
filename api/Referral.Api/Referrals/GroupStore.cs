using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A group as the database holds it.</summary>
internal sealed record StoredGroup
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required bool Together { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Every SQL text over groups of referrals. Who sees none of the members sees no group.</summary>
internal static class GroupStore
{
    private const string FindSql = """
        SELECT q.id, q.kind, q.together, q.created_at
          FROM referral_groups q
         WHERE q.id = @id
        """;

    /// <summary>For whoever has found a member.</summary>
    public static Task<StoredGroup?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<StoredGroup>(FindSql, new { id }, cancellation);

    private const string InsertSql = """
        INSERT INTO referral_groups (id, sender_agency_id, kind, together, created_by, created_at)
        VALUES (@id, @unit, @kind, @together, @principal, @now)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, string kind, bool together, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new { id, kind, together }, cancellation);

    private const string Page = """
        (@afterAt IS NULL OR q.created_at < @afterAt OR (q.created_at = @afterAt AND q.id < @afterId))
         ORDER BY q.created_at DESC, q.id DESC
        """;

    private const string Units = """
        (SELECT o.descendant_id FROM agency_tree o WHERE o.ancestor_id = @unit AND (o.descendant_id = @unit OR @supervises = 1))
        """;

    private const string SentSql = $"""
        SELECT q.id, q.kind, q.together, q.created_at
          FROM referral_groups q
         WHERE q.id IN (SELECT r.group_id FROM referrals r JOIN victims v ON v.id = r.victim_id
                         WHERE r.group_id IS NOT NULL AND r.sender_agency_id IN {Units} AND {Visibility.OfReferrals})
           AND {Page}
        """;

    private const string ReceivedSql = $"""
        SELECT q.id, q.kind, q.together, q.created_at
          FROM referral_groups q
         WHERE q.id IN (SELECT r.group_id FROM referrals r JOIN victims v ON v.id = r.victim_id
                         WHERE r.group_id IS NOT NULL AND r.provider_agency_id IN {Units} AND {Visibility.OfReferrals})
           AND {Page}
        """;

    /// <summary>Groups with a member that the own unit (for a supervisor also those below) sent or received; newest first.</summary>
    public static Task<IReadOnlyList<StoredGroup>> ListAsync(Work work, bool isReceived, Paging paging, CancellationToken cancellation) =>
        work.PageAsync<StoredGroup>(isReceived ? ReceivedSql : SentSql, new { afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, cancellation);

    private const string Judged = """
        r.group_id, r.id, r.victim_id, r.provider_agency_id, n.category, r.state, r.prior_state,
        CASE WHEN EXISTS (SELECT 1 FROM referrals f WHERE f.rerouted_from = r.id AND f.state NOT IN ('cancelled', 'entered_in_error')) THEN 1 ELSE 0 END AS is_followed
        """;

    private const string SeenSql = $"""
        SELECT {Judged}
          FROM referrals r
          JOIN victims v ON v.id = r.victim_id
          JOIN needs n ON n.id = r.need_id
         WHERE r.group_id IN (@groupIds)
           AND {Visibility.OfReferrals}
        """;

    /// <summary>Of each group the members that the caller sees.</summary>
    public static async Task<ILookup<Guid, GroupMember>> SeenAsync(Work work, IReadOnlyCollection<Guid> groupIds, CancellationToken cancellation) =>
        (groupIds.Count == 0 ? [] : await work.ListAsync<Row>(SeenSql, new { groupIds }, cancellation)).ToLookup(row => row.GroupId, row => row.Member);

    private const string AllSql = $"""
        SELECT {Judged}
          FROM referrals r
          JOIN needs n ON n.id = r.need_id
         WHERE r.group_id = @groupId
        """;

    /// <summary>Whoever asks: for the rule about those who must stay together.</summary>
    public static async Task<IReadOnlyList<GroupMember>> AllAsync(Work work, Guid groupId, CancellationToken cancellation) =>
        [.. (await work.ListAsync<Row>(AllSql, new { groupId }, cancellation)).Select(row => row.Member)];

    private const string KindsSql = """
        SELECT q.id, q.kind, q.together, q.created_at
          FROM referral_groups q
         WHERE q.id IN (@groupIds)
        """;

    /// <summary>The groups of the referrals on a page, with how many members the caller sees. Most pages have none, and ask nothing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, GroupRef>> RefsAsync(Work work, IEnumerable<ListedReferral> referrals, CancellationToken cancellation)
    {
        Guid[] groupIds = [.. referrals.Select(referral => referral.GroupId).OfType<Guid>().Distinct()];
        if (groupIds.Length == 0)
        {
            return new Dictionary<Guid, GroupRef>();
        }
        var seen = await SeenAsync(work, groupIds, cancellation);
        return (await work.ListAsync<StoredGroup>(KindsSql, new { groupIds }, cancellation))
            .ToDictionary(group => group.Id, group => new GroupRef(group.Id, group.Kind, group.Together, seen[group.Id].Count(member => !member.IsFollowed)));
    }

    private sealed record Row
    {
        public required Guid GroupId { get; init; }
        public required Guid Id { get; init; }
        public required Guid VictimId { get; init; }
        public required Guid ProviderAgencyId { get; init; }
        public required string Category { get; init; }
        public required ReferralState State { get; init; }
        public ReferralState? PriorState { get; init; }
        public required bool IsFollowed { get; init; }

        public GroupMember Member => new(Id, VictimId, ProviderAgencyId, Category, State, PriorState, IsFollowed);
    }
}
