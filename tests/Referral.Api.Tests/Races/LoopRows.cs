using System.Globalization;

namespace NationalReferral.Tests;

/// <summary>Something that a database holds because of one person: what it is, and how it stands.</summary>
internal readonly record struct LoopRow(Guid VictimId, string What);

/// <summary>What the loop leaves in a database, as lines that two families can be compared by.</summary>
internal static class LoopRows
{
    private const string AllSql = """
        SELECT v.id, concat('case ', v.status) FROM victims v
        UNION ALL SELECT t.subject_id, concat('token ', t.kind) FROM tokens t JOIN victims v ON v.id = t.subject_id
        UNION ALL SELECT x.victim_id, concat('record ', x.kind) FROM records x
        UNION ALL SELECT x.victim_id, concat('need ', x.category, ' ', x.status) FROM needs x
        UNION ALL SELECT x.victim_id, concat('basis ', x.kind, ' ', x.status) FROM bases x
        UNION ALL SELECT b.victim_id, concat('basis for ', x.group_code, ' ', x.purpose) FROM basis_scopes x JOIN bases b ON b.id = x.basis_id
        UNION ALL SELECT x.victim_id, concat('grant ', x.source, ' ', x.audience, ' ', x.group_code, ' ', CASE WHEN x.to_at IS NULL THEN 'open' ELSE 'ends' END) FROM grants x
        UNION ALL SELECT x.victim_id, concat('referral ', x.state, ' ', x.place) FROM referrals x
        UNION ALL SELECT r.victim_id, concat('disclosure ', x.group_code, ' ', CASE WHEN x.opened_at IS NULL THEN 'chosen' ELSE 'opened' END) FROM disclosures x JOIN referrals r ON r.id = x.referral_id
        UNION ALL SELECT r.victim_id, concat('handover ', x.direction, ' ', x.state) FROM handovers x JOIN referrals r ON r.id = x.referral_id
        UNION ALL SELECT r.victim_id, concat('entry ', x.kind) FROM entries x JOIN referrals r ON r.id = x.referral_id
        UNION ALL SELECT x.victim_id, concat('approval ', x.kind, ' ', x.state) FROM approvals x
        UNION ALL SELECT x.victim_id, concat('block ', CASE WHEN x.worker_id IS NULL THEN 'unknown' ELSE 'worker' END, ' ', CASE WHEN x.lifted_at IS NULL THEN 'stands' ELSE 'lifted' END) FROM blocks x
        UNION ALL SELECT b.victim_id, concat('block mark ', x.kind) FROM block_tokens x JOIN blocks b ON b.id = x.block_id
        UNION ALL SELECT b.victim_id, 'kept away' FROM block_workers x JOIN blocks b ON b.id = x.block_id
        UNION ALL SELECT x.victim_id, concat('emergency access ', coalesce(x.answer, 'waits'), ' ', x.version) FROM break_glass x
        UNION ALL SELECT x.victim_id, concat('age facts ', x.n) FROM age_facts x
        UNION ALL SELECT x.victim_id, concat('age ', x.kind, ' ', x.n) FROM age_decisions x
        UNION ALL SELECT r.victim_id, concat('file ', x.media_type, ' ', x.chunks, ' ', (SELECT sum(length(c.body)) FROM attachment_chunks c WHERE c.record_id = x.record_id)) FROM attachments x JOIN records r ON r.id = x.record_id
        UNION ALL SELECT x.subject_id, concat('code ', CASE WHEN x.ended_at IS NULL THEN 'runs' ELSE 'ended' END) FROM follow_codes x
        UNION ALL SELECT x.subject_id, concat('said ', x.kind, ' ', coalesce(x.answer, 'waits')) FROM follow_messages x
        UNION ALL SELECT x.victim_id, concat('clock ', x.kind, ' ', x.state) FROM clocks x
        UNION ALL SELECT x.victim_id, concat('told ', x.kind, ' ', x.stage) FROM notifications x WHERE x.victim_id IS NOT NULL
        UNION ALL SELECT x.victim_id, concat('in a set of ', (SELECT count(*) FROM referrals o WHERE o.group_id = x.group_id)) FROM referrals x
        UNION ALL SELECT x.victim_id, concat('journal ', x.action) FROM journal x WHERE x.victim_id IS NOT NULL AND x.action NOT LIKE '%.read'
        """;

    public static List<LoopRow> All(string folder) => Sending.Rows(folder, AllSql, row => new LoopRow(Sending.Id(row, 0), row.GetString(1)));

    /// <returns>Each kind of thing and how many there are of it because of these people, in order.</returns>
    public static string[] Of(List<LoopRow> all, IReadOnlyList<Guid> victims) =>
    [
        .. all.Where(row => victims.Contains(row.VictimId)).GroupBy(row => row.What)
            .Select(same => string.Create(CultureInfo.InvariantCulture, $"{same.Key} {same.Count()}")).Order(StringComparer.Ordinal),
    ];

    public static long Count(string folder, string table) => Sending.Rows(folder, $"SELECT COUNT(*) FROM {table}", row => row.GetInt64(0)).Single();

    /// <returns>Reserved and occupied places of a service, of all populations.</returns>
    public static (int Reserved, int Occupied) Places(string folder, Guid serviceId) => Sending.Rows(
        folder, $"SELECT SUM(reserved), SUM(occupied) FROM capacity WHERE hex(service_id) = '{Convert.ToHexString(serviceId.ToByteArray(bigEndian: true))}'",
        row => (row.GetInt32(0), row.GetInt32(1))).Single();
}
