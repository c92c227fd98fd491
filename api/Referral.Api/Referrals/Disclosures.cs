using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One chosen piece of a referral.</summary>
internal sealed record Disclosure
{
    public required Guid Id { get; init; }
    public required DateTimeOffset ChosenAt { get; init; }
    public required string GroupCode { get; init; }
    public Guid? RecordId { get; init; }

    /// <summary>Of an item.</summary>
    public string? Kind { get; init; }

    public long? RecordVersion { get; init; }
    public Guid? BasisId { get; init; }
    public DateTimeOffset? OpenedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The caller may open it now.</summary>
    public required bool IsOpen { get; init; }

    public DataPiece Piece => new(GroupCode, RecordId, Kind);
}

/// <summary>What a referral carries: chosen by the sender, opened by accepting, ended with the referral or its basis.</summary>
internal static class Disclosures
{
    // Hers, and BETWEEN: so that an index of her records tells the kind and no record is fetched (see ReferralStore). The whole case is
    // asked for once, and then each piece by its own group: with OR between the two all of her grants would be walked for every piece.
    private const string ListSql = $"""
        SELECT x.id, x.chosen_at, x.group_code, x.record_id, d.kind, x.record_version, x.basis_id, x.opened_at, x.ended_at,
               CASE WHEN EXISTS (SELECT 1 FROM grants g WHERE {Visibility.OfGrants} AND g.group_code = 'all') THEN 1
                    WHEN EXISTS (
                   SELECT 1 FROM grants g
                    WHERE {Visibility.OfGrants}
                      AND g.source_id = x.referral_id AND g.group_code = x.group_code
                      AND (g.record_id = x.record_id OR (g.record_id IS NULL AND x.record_id IS NULL))) THEN 1 ELSE 0 END AS is_open
          FROM disclosures x
          JOIN victims v ON v.id = @victimId
          LEFT JOIN records d ON d.victim_id = @victimId AND d.id BETWEEN x.record_id AND x.record_id
         WHERE x.referral_id = @referralId
        """;

    /// <summary>Everything that was ever chosen, in that order; only whoever sees the referral may ask.</summary>
    public static async Task<IReadOnlyList<Disclosure>> ListAsync(Work work, Guid referralId, Guid victimId, CancellationToken cancellation) =>
        // A handful, sorted here: SQLite would need as long for it as for finding them.
        [.. (await work.ListAsync<Disclosure>(ListSql, new { referralId, victimId }, cancellation)).OrderBy(one => one.ChosenAt).ThenBy(one => one.GroupCode, StringComparer.Ordinal).ThenBy(one => one.Id)];

    private const string CarriedSql = """
        SELECT x.group_code, x.record_id
          FROM disclosures x
         WHERE x.referral_id = @referralId
           AND x.ended_at IS NULL
        """;

    /// <summary>What the referral carries now, for rules: whoever asks has found the referral.</summary>
    public static async Task<IReadOnlyList<DataPiece>> CarriedAsync(Work work, Guid referralId, CancellationToken cancellation) =>
        [.. (await work.ListAsync<CarriedRow>(CarriedSql, new { referralId }, cancellation)).Select(row => new DataPiece(row.GroupCode, row.RecordId))];

    private sealed record CarriedRow
    {
        public required string GroupCode { get; init; }
        public Guid? RecordId { get; init; }
    }

    private const string ChooseSql = """
        INSERT INTO disclosures (id, referral_id, group_code, record_id, chosen_at)
        VALUES (@id, @referralId, @groupCode, @recordId, @now)
        """;

    public static async Task ChooseAsync(Work work, Guid referralId, IEnumerable<DataPiece> pieces, CancellationToken cancellation)
    {
        foreach (var piece in pieces)
        {
            await work.ExecuteAsync(ChooseSql, new { id = Ids.New(work.Now), referralId, groupCode = piece.Group, recordId = piece.RecordId }, cancellation);
        }
    }

    private const string ForgetSql = """
        DELETE FROM disclosures
         WHERE referral_id = @referralId
           AND opened_at IS NULL
        """;

    /// <summary>Before a draft chooses anew.</summary>
    public static Task<int> ForgetAsync(Work work, Guid referralId, CancellationToken cancellation) =>
        work.ExecuteAsync(ForgetSql, new { referralId }, cancellation);

    // A document has the kind of its group.
    private const string OpenSql = """
        UPDATE disclosures
           SET opened_at = @now, basis_id = @basisId,
               record_version = (SELECT d.version FROM records d
                                  WHERE d.victim_id = @victimId AND (d.id = @recordId OR (@recordId IS NULL AND d.kind = @groupCode)))
         WHERE referral_id = @referralId
           AND group_code = @groupCode
           AND (record_id = @recordId OR (record_id IS NULL AND @recordId IS NULL))
           AND opened_at IS NULL
           AND ended_at IS NULL
        """;

    /// <summary>The receipt of one piece: its version now, and by which basis.</summary>
    public static Task<int> OpenAsync(Work work, Guid referralId, Guid victimId, Covered covered, CancellationToken cancellation) =>
        work.ExecuteAsync(OpenSql, new
        {
            referralId,
            victimId,
            groupCode = covered.Piece.Group,
            recordId = covered.Piece.RecordId,
            basisId = covered.BasisId,
        }, cancellation);

    private const string EndSql = """
        UPDATE disclosures
           SET ended_at = @now
         WHERE referral_id = @referralId
           AND opened_at IS NOT NULL
           AND ended_at IS NULL
        """;

    public static Task<int> EndAsync(Work work, Guid referralId, CancellationToken cancellation) =>
        work.ExecuteAsync(EndSql, new { referralId }, cancellation);
}
