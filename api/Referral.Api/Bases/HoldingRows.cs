using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One live door that a referral opened.</summary>
internal sealed record HeldGrant
{
    public required Guid Id { get; init; }
    public required Guid AgencyId { get; init; }
    public required string Audience { get; init; }
    public Guid? PrincipalId { get; init; }
    public required string GroupCode { get; init; }
    public Guid? RecordId { get; init; }
    public required Guid SourceId { get; init; }
    public Guid? BasisId { get; init; }
    public DateTimeOffset? ToAt { get; init; }

    public (string, Guid?) What => (GroupCode, RecordId);
}

/// <summary>One row of a receipt, or of a receipt to be.</summary>
internal sealed record HeldDisclosure
{
    public required Guid Id { get; init; }
    public required Guid ReferralId { get; init; }
    public required string GroupCode { get; init; }
    public Guid? RecordId { get; init; }
    public long? RecordVersion { get; init; }
    public Guid? BasisId { get; init; }
    public required DateTimeOffset ChosenAt { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public bool? Restricted { get; init; }

    public (string, Guid?) What => (GroupCode, RecordId);
}

/// <summary>A referral with what it carries and the doors that it holds open.</summary>
/// <param name="Until">Once its service has ended: when its doors shut at the latest.</param>
internal sealed record HeldReferral(Holding Holding, IReadOnlyList<HeldGrant> Grants, IReadOnlyList<HeldDisclosure> Disclosures, DateTimeOffset? Until);

/// <summary>What referrals carry, read and rewritten when bases change. The rows belong to grants and referrals; this is the one other place that writes them.</summary>
internal static class HoldingRows
{
    private const string ReferralsSql = """
        SELECT r.id, r.provider_agency_id, r.purpose, r.is_open, r.answered_at, r.ended_at
          FROM referrals r
         WHERE r.victim_id = @victimId
           AND r.state <> 'draft'
           AND (r.is_open = 1
                OR EXISTS (SELECT 1 FROM grants g WHERE g.source = 'referral' AND g.source_id = r.id AND (g.to_at IS NULL OR g.to_at > @now))
                OR (r.state IN ('completed', 'ended_early') AND r.ended_at > @servedSince AND r.ended_at < @expiredAt
                    AND EXISTS (SELECT 1 FROM grants g WHERE g.source = 'referral' AND g.source_id = r.id AND g.basis_id = @expiredId AND g.to_at = @expiredAt)))
         ORDER BY r.id
        """;

    private const string GrantsSql = """
        SELECT g.id, g.agency_id, g.audience, g.principal_id, g.group_code, g.record_id, g.source_id, g.basis_id, g.to_at
          FROM grants g
         WHERE g.victim_id = @victimId
           AND g.source = 'referral'
           AND (g.to_at IS NULL OR g.to_at > @now OR (g.basis_id = @expiredId AND g.to_at = @expiredAt))
        """;

    private const string DisclosuresSql = """
        SELECT d.id, d.referral_id, d.group_code, d.record_id, d.record_version, d.basis_id, d.chosen_at, d.opened_at, x.restricted
          FROM disclosures d
          JOIN referrals r ON r.id = d.referral_id
          LEFT JOIN records x ON x.id = d.record_id
         WHERE r.victim_id = @victimId
           AND d.ended_at IS NULL
        """;

    /// <param name="expired">A basis that ended by itself: the doors that shut at that instant count as held until now.</param>
    /// <returns>The referrals of a victim that carry anything, ids ascending.</returns>
    public static async Task<IReadOnlyList<HeldReferral>> ListAsync(Work work, Guid victimId, DueBasis? expired, CancellationToken cancellation)
    {
        var referrals = await work.ListAsync<Row>(ReferralsSql, new
        {
            victimId,
            servedSince = work.Now - ReferralLifecycle.AccessAfterService,
            expiredId = expired?.Id,
            expiredAt = expired?.ValidTo,
        }, cancellation);
        if (referrals.Count == 0)
        {
            return [];
        }
        var grants = (await work.ListAsync<HeldGrant>(GrantsSql, new { victimId, expiredId = expired?.Id, expiredAt = expired?.ValidTo }, cancellation))
            .ToLookup(grant => grant.SourceId);
        var disclosures = (await work.ListAsync<HeldDisclosure>(DisclosuresSql, new { victimId }, cancellation)).ToLookup(row => row.ReferralId);
        var providers = await BasisRows.RecipientsAsync(work, [.. referrals.Select(referral => referral.ProviderAgencyId).Distinct()], cancellation);
        return [.. referrals.Select(referral => Held(referral, providers[referral.ProviderAgencyId], [.. grants[referral.Id]], [.. disclosures[referral.Id]]))];
    }

    private static HeldReferral Held(Row referral, Recipient provider, IReadOnlyList<HeldGrant> grants, IReadOnlyList<HeldDisclosure> disclosures)
    {
        var minimum = new Held(new Piece(Piece.Minimum), grants.FirstOrDefault(grant => grant.GroupCode == Piece.Minimum)?.BasisId);
        var opened = grants.Where(grant => grant.GroupCode != Piece.Minimum).ToLookup(grant => grant.What);
        var carried = disclosures.Select(row => new Held(
            new Piece(row.GroupCode, row.RecordId, row.Restricted ?? false), opened[row.What].FirstOrDefault()?.BasisId ?? row.BasisId));
        return new HeldReferral(
            new Holding(referral.Id, provider, referral.Purpose, referral.IsOpen, minimum, [.. carried], referral is { IsOpen: true, AnsweredAt: not null }),
            grants, disclosures, referral.IsOpen ? null : referral.EndedAt + ReferralLifecycle.AccessAfterService);
    }

    private const string EndDisclosuresSql = """
        UPDATE disclosures
           SET ended_at = @now
         WHERE id IN (@ids)
           AND ended_at IS NULL
        """;

    public static Task<int> EndDisclosuresAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        ids.Count == 0 ? Task.FromResult(0) : work.ExecuteAsync(EndDisclosuresSql, new { ids }, cancellation);

    private const string AddDisclosureSql = """
        INSERT INTO disclosures (id, referral_id, group_code, record_id, record_version, basis_id, chosen_at, opened_at)
        VALUES (@id, @referralId, @groupCode, @recordId, @recordVersion, @basisId, @chosenAt, @openedAt)
        """;

    /// <summary>The same piece in a new receipt, or under another basis before anything was opened.</summary>
    public static Task<int> AddDisclosureAsync(Work work, HeldDisclosure row, Guid basisId, CancellationToken cancellation) => work.ExecuteAsync(AddDisclosureSql, new
    {
        id = Ids.New(work.Now),
        referralId = row.ReferralId,
        groupCode = row.GroupCode,
        recordId = row.RecordId,
        recordVersion = row.RecordVersion,
        basisId,
        chosenAt = row.ChosenAt,
        openedAt = row.OpenedAt is null ? (DateTimeOffset?)null : work.Now,
    }, cancellation);

    private const string ShutSql = """
        SELECT count(*)
          FROM grants g
         WHERE g.victim_id = @victimId
           AND g.source = 'referral'
           AND g.to_at = @at
           AND NOT EXISTS (SELECT 1 FROM grants n WHERE n.source_id = g.source_id AND n.source = g.source AND n.audience = g.audience
                              AND n.from_at = g.to_at AND (n.to_at IS NULL OR n.to_at > g.to_at) AND n.group_code = g.group_code AND (n.record_id = g.record_id OR (n.record_id IS NULL AND g.record_id IS NULL)))
        """;

    /// <summary>Doors that shut at an instant and were not opened anew under another basis.</summary>
    public static async Task<int> ShutAsync(Work work, Guid victimId, DateTimeOffset at, CancellationToken cancellation) =>
        await work.ScalarAsync<int>(ShutSql, new { victimId, at }, cancellation);

    private const string WithdrawnSql = """
        SELECT r.id
          FROM referrals r
         WHERE r.victim_id = @victimId
           AND r.state = 'withdrawn'
           AND r.ended_at = @at
         ORDER BY r.id
        """;

    public static Task<IReadOnlyList<Guid>> WithdrawnAsync(Work work, Guid victimId, DateTimeOffset at, CancellationToken cancellation) =>
        work.ListAsync<Guid>(WithdrawnSql, new { victimId, at }, cancellation);

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid ProviderAgencyId { get; init; }
        public required string Purpose { get; init; }
        public required bool IsOpen { get; init; }
        public DateTimeOffset? AnsweredAt { get; init; }
        public DateTimeOffset? EndedAt { get; init; }
    }
}
