using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A row of the journal that may raise an alert: who did it, and when.</summary>
internal sealed record AlertTrace
{
    public required Guid RowId { get; init; }
    public required DateTimeOffset At { get; init; }
    public Guid? WorkerId { get; init; }
    public Guid? ClientId { get; init; }
    public Guid? AgencyId { get; init; }
    public required string Action { get; init; }
    public string? Facts { get; init; }

    /// <summary>Of a read: whose case it was, and the block that is watched.</summary>
    public Guid? VictimId { get; init; }

    public Guid? BlockId { get; init; }
}

/// <summary>What an alert is raised from.</summary>
/// <param name="Operation">Of a try the operation's name in the contract; else the journal's action.</param>
internal sealed record AlertCause(SilentAlertKind Kind, AlertTrace Trace, Guid VictimId, Guid BlockId, string Operation);

/// <summary>
/// Joins the journal to blocks, long after the answer has left: a 404 looked up nothing but what was asked for, and its row
/// holds the ids as they were sent (design: access, 6).
/// </summary>
internal static class AlertTraces
{
    private const string Job = "alerts.silent";

    private const string FromSql = """
        SELECT c.position
          FROM job_cursors c
         WHERE c.name = @job
        """;

    private const string HeadSql = "SELECT coalesce(max(s.to_position), 0) FROM seals s";

    /// <returns>How far the journal was read, and where its sealed part ends.</returns>
    public static async Task<(long From, long Head)> PlaceAsync(Work work, CancellationToken cancellation) =>
        (await work.ScalarAsync<long>(FromSql, new { job = Job }, cancellation), await work.ScalarAsync<long>(HeadSql, null, cancellation));

    private const string MoveSql = """
        UPDATE job_cursors
           SET position = @toPosition
         WHERE name = @job
           AND position = @fromPosition
        """;

    private const string BeginSql = """
        INSERT INTO job_cursors (name, position)
        SELECT @job, @toPosition
         WHERE @fromPosition = 0
           AND NOT EXISTS (SELECT 1 FROM job_cursors c WHERE c.name = @job)
        """;

    /// <returns>False when another instance has read on from there.</returns>
    public static async Task<bool> MoveAsync(Work work, long fromPosition, long toPosition, CancellationToken cancellation)
    {
        var move = new { job = Job, fromPosition, toPosition };
        return await work.ExecuteAsync(MoveSql, move, cancellation) == 1 || await work.ExecuteAsync(BeginSql, move, cancellation) == 1;
    }

    private const string TriesSql = """
        SELECT j.id AS row_id, j.at, j.worker_id, j.client_id, j.agency_id, j.action, j.facts
          FROM journal j
         WHERE j.position > @fromPosition
           AND j.position <= @toPosition
           AND j.action = 'refused.unknown'
           AND j.facts IS NOT NULL
         ORDER BY j.position
        """;

    private const string WatchedSql = """
        SELECT j.id AS row_id, j.at, j.worker_id, j.client_id, j.agency_id, j.action, j.victim_id, b.id AS block_id
          FROM journal j
          JOIN victims v ON v.id = j.victim_id
          JOIN victims p ON p.person_id = v.person_id
          JOIN blocks b ON b.victim_id = p.id
         WHERE j.position > @fromPosition
           AND j.position <= @toPosition
           AND j.action LIKE '%.read'
           AND b.lifted_at <= j.at
           AND b.watch_until > j.at
           AND (b.id IN (SELECT bw.block_id FROM block_workers bw WHERE bw.worker_id = j.worker_id)
             OR b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = j.agency_id))
         ORDER BY j.position, b.from_at, b.id
        """;

    /// <summary>Whatever has an id in a path of the contract and hangs on a case.</summary>
    private const string VictimsSql = """
        SELECT v.id AS asked_id, v.id AS victim_id FROM victims v WHERE v.id IN (@ids)
        UNION SELECT v.household_id, v.id FROM victims v WHERE v.household_id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM records x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM needs x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM bases x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM blocks x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM referrals x WHERE x.id IN (@ids)
        UNION SELECT x.group_id, x.victim_id FROM referrals x WHERE x.group_id IN (@ids)
        UNION SELECT h.id, x.victim_id FROM handovers h JOIN referrals x ON x.id = h.referral_id WHERE h.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM transfers x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM approvals x WHERE x.id IN (@ids) AND x.victim_id IS NOT NULL
        UNION SELECT x.id, x.victim_id FROM break_glass x WHERE x.id IN (@ids)
        UNION SELECT x.id, x.victim_id FROM reports x WHERE x.id IN (@ids) AND x.victim_id IS NOT NULL
        UNION SELECT x.id, x.victim_id FROM clocks x WHERE x.id IN (@ids) AND x.victim_id IS NOT NULL
        UNION SELECT x.id, x.victim_id FROM notifications x WHERE x.id IN (@ids) AND x.victim_id IS NOT NULL
        """;

    private const string BlockSql = """
        SELECT b.id
          FROM victims v
          JOIN victims p ON p.person_id = v.person_id
          JOIN blocks b ON b.victim_id = p.id
         WHERE v.id = @victimId
           AND b.from_at <= @at
           AND (b.lifted_at IS NULL OR b.lifted_at > @at)
           AND (b.id IN (SELECT bw.block_id FROM block_workers bw WHERE bw.worker_id = @workerId)
             OR b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = @agencyId))
         ORDER BY b.from_at, b.id
        """;

    /// <summary>Everything between two positions that an alert is raised from: one for each row and case.</summary>
    public static async Task<IReadOnlyList<AlertCause>> CausesAsync(Work work, long fromPosition, long toPosition, CancellationToken cancellation)
    {
        var between = new { fromPosition, toPosition };
        var causes = (await work.ListAsync<AlertTrace>(WatchedSql, between, cancellation))
            .Select(trace => new AlertCause(SilentAlertKind.Opened, trace, trace.VictimId!.Value, trace.BlockId!.Value, trace.Action))
            .ToList();
        var tries = (await work.ListAsync<AlertTrace>(TriesSql, between, cancellation)).Select(trace => (Trace: trace, Facts: JournalFacts.Read(trace.Facts))).ToList();
        var victims = await VictimsAsync(work, [.. tries.SelectMany(one => IdsOf(one.Facts)).Distinct()], cancellation);
        foreach (var (trace, facts) in tries)
        {
            foreach (var victimId in IdsOf(facts).SelectMany(id => victims[id]).Distinct())
            {
                var live = await work.FirstOrNoneAsync<Guid?>(BlockSql, new { victimId, at = trace.At, workerId = trace.WorkerId, agencyId = trace.AgencyId }, cancellation);
                if (live is { } blockId)
                {
                    causes.Add(new(SilentAlertKind.Tried, trace, victimId, blockId, facts.GetValueOrDefault("operation", trace.Action)));
                }
            }
        }
        return [.. causes.DistinctBy(cause => (cause.Trace.RowId, cause.VictimId))];
    }

    private static IEnumerable<Guid> IdsOf(IReadOnlyDictionary<string, string> facts) =>
        facts.Values.Select(value => Guid.TryParse(value, out var id) ? id : Guid.Empty).Where(id => id != Guid.Empty);

    private static async Task<ILookup<Guid, Guid>> VictimsAsync(Work work, Guid[] ids, CancellationToken cancellation) =>
        (ids.Length == 0 ? [] : await work.ListAsync<AskedVictim>(VictimsSql, new { ids }, cancellation)).ToLookup(one => one.AskedId, one => one.VictimId);

    private sealed record AskedVictim
    {
        public required Guid AskedId { get; init; }
        public required Guid VictimId { get; init; }
    }
}
