using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What somebody is told: which thing, how far, until when. Never a word about a person.</summary>
/// <param name="Kind">The event's name, or <c>clock.</c> and the kind of the clock.</param>
/// <param name="IsUrgent">An emergency: it disturbs in quiet hours too.</param>
/// <param name="CauseId">The journal row or the clock; with the stage it makes a notification happen once.</param>
/// <param name="But">Somebody who need not be told.</param>
internal readonly record struct Notice(
    string Kind, Guid CauseId, string SubjectKind, Guid SubjectId, Guid? VictimId, string Stage = "none", DateTimeOffset? DueAt = null, Guid? But = null, bool IsUrgent = false);

/// <summary>The public verb of in-app notifications.</summary>
internal static class Notifications
{
    private const string NotBlocked = """
        NOT EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id JOIN victims v ON v.person_id = p.person_id
                     WHERE v.id = @victimId AND b.lifted_at IS NULL
                       AND (b.id IN (SELECT bw.block_id FROM block_workers bw WHERE bw.worker_id = m.worker_id)
                         OR b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = m.agency_id)))
        """;

    /// <summary>Whom, and whether they hear of it in another way too.</summary>
    private const string Whom = "m.worker_id, CASE WHEN w.by_email = 1 OR w.by_sms = 1 THEN 1 ELSE 0 END AS has_channel";

    private const string Working = "w.status = 'active' AND m.from_at <= @now AND (m.to_at IS NULL OR m.to_at > @now)";

    private const string DeskSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.agency_id = @agencyId
           AND {Working}
           AND (m.roles LIKE '%provider%' OR m.roles LIKE '%supervisor%')
           AND {NotBlocked}
        """;

    /// <summary>Those of a unit who answer referrals.</summary>
    public static async Task TellDeskAsync(Work work, Guid agencyId, Notice notice, CancellationToken cancellation) =>
        await TellAsync(work, await work.ListAsync<Told>(DeskSql, new { agencyId, victimId = notice.VictimId }, cancellation), notice, cancellation);

    private const string SupervisorsSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.agency_id IN (SELECT u.ancestor_id FROM agency_tree u WHERE u.descendant_id = @agencyId)
           AND {Working}
           AND m.roles LIKE '%supervisor%'
           AND {NotBlocked}
           AND NOT EXISTS (SELECT 1 FROM approvals y JOIN agencies u ON u.id = m.agency_id WHERE y.id = @subjectId AND {Visibility.StandsByWhomItLifts})
        """;

    /// <summary>The supervisors of a unit and of every agency above it; that a block is to be lifted none of those who stand by whom it kept away.</summary>
    public static async Task TellSupervisorsAsync(Work work, Guid agencyId, Notice notice, CancellationToken cancellation) =>
        await TellAsync(
            work, await work.ListAsync<Told>(SupervisorsSql, new { agencyId, victimId = notice.VictimId, subjectId = notice.SubjectId }, cancellation), notice, cancellation);

    private const string ProtectionSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.roles LIKE '%protection_officer%'
           AND {Working}
           AND {NotBlocked}
        """;

    /// <summary>The protection officers of the country.</summary>
    public static async Task TellProtectionAsync(Work work, Notice notice, CancellationToken cancellation) =>
        await TellAsync(work, await work.ListAsync<Told>(ProtectionSql, new { victimId = notice.VictimId }, cancellation), notice, cancellation);

    private const string WorkerSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.worker_id = @workerId
           AND {Working}
           AND {NotBlocked}
        """;

    /// <summary>One person, who still works and is not kept away.</summary>
    public static async Task TellWorkerAsync(Work work, Guid workerId, Notice notice, CancellationToken cancellation) =>
        await TellAsync(work, await work.ListAsync<Told>(WorkerSql, new { workerId, victimId = notice.VictimId }, cancellation), notice, cancellation);

    private const string HandlersSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.worker_id <> @aboutId
           AND {Working}
           AND {NotBlocked}
           AND ((m.agency_id = @agencyId AND (m.roles LIKE '%intake_operator%' OR m.roles LIKE '%supervisor%' OR m.roles LIKE '%protection_officer%'))
             OR (@above = 1 AND m.roles LIKE '%supervisor%' AND m.agency_id IN (SELECT u.ancestor_id FROM agency_tree u WHERE u.descendant_id = @agencyId)))
        """;

    /// <summary>Those of a unit who handle reports, but for whom this one is about.</summary>
    /// <param name="above">The supervisors of the agencies above it as well.</param>
    public static async Task TellHandlersAsync(Work work, Guid agencyId, Guid? aboutWorkerId, bool above, Notice notice, CancellationToken cancellation) =>
        await TellAsync(
            work, await work.ListAsync<Told>(HandlersSql, new { agencyId, aboutId = aboutWorkerId ?? Guid.Empty, above, victimId = notice.VictimId }, cancellation), notice, cancellation);

    private const string TeamSql = $"""
        SELECT DISTINCT {Whom}
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE m.agency_id = @agencyId
           AND m.worker_id IN (SELECT g.principal_id FROM grants g
                                WHERE g.victim_id = @victimId AND g.from_at <= @now AND (g.to_at IS NULL OR g.to_at > @now)
                                  AND (g.source = 'team' OR (g.source = 'sender' AND g.source_id = @subjectId)))
           AND {Working}
           AND {NotBlocked}
        """;

    /// <summary>Who sent it and the team of the case, in the sender's unit; where there is nobody yet, its supervisors.</summary>
    public static async Task TellSendersAsync(Work work, Guid agencyId, Notice notice, CancellationToken cancellation)
    {
        var team = await work.ListAsync<Told>(TeamSql, new { agencyId, victimId = notice.VictimId, subjectId = notice.SubjectId }, cancellation);
        if (team.Count == 0)
        {
            // The case has just changed hands, or those who worked on it have left.
            await TellSupervisorsAsync(work, agencyId, notice, cancellation);
            return;
        }
        await TellAsync(work, team, notice, cancellation);
    }

    private const string LeadSql = """
        UPDATE notifications
           SET victim_id = @victimId
         WHERE subject_kind = 'report'
           AND subject_id = @reportId
           AND worker_id IN (SELECT m.worker_id FROM memberships m JOIN agency_tree t ON t.ancestor_id = m.agency_id WHERE t.descendant_id = @handlerId)
        """;

    /// <summary>What those who handle a report were told of it is about the case that it led to.</summary>
    public static Task<int> LeadAsync(Work work, Guid reportId, Guid handlerId, Guid victimId, CancellationToken cancellation) =>
        work.ExecuteAsync(LeadSql, new { reportId, handlerId, victimId }, cancellation);

    private const string InsertSql = """
        INSERT INTO notifications (id, worker_id, kind, cause_id, subject_kind, subject_id, victim_id, stage, due_at, at)
        SELECT @id, @workerId, @kind, @causeId, @subjectKind, @subjectId, @victimId, @stage, @dueAt, @now
         WHERE NOT EXISTS (SELECT 1 FROM notifications q WHERE q.worker_id = @workerId AND q.cause_id = @causeId AND q.stage = @stage)
        """;

    private static async Task TellAsync(Work work, IReadOnlyList<Told> workers, Notice notice, CancellationToken cancellation)
    {
        foreach (var (workerId, hasChannel) in workers)
        {
            // Whoever acts need not be told that he did.
            if (workerId != work.Caller.WorkerId && workerId != notice.But)
            {
                var id = Ids.New(work.Now);
                var isNew = await work.ExecuteAsync(InsertSql, new
                {
                    id,
                    workerId,
                    kind = notice.Kind,
                    causeId = notice.CauseId,
                    subjectKind = notice.SubjectKind,
                    subjectId = notice.SubjectId,
                    victimId = notice.VictimId,
                    stage = notice.Stage,
                    dueAt = notice.DueAt,
                }, cancellation) == 1;
                if (isNew && hasChannel)
                {
                    await MessageStore.AddAsync(work, id, workerId, notice.IsUrgent, cancellation);
                }
            }
        }
    }

    private sealed record Told
    {
        public required Guid WorkerId { get; init; }
        public required bool HasChannel { get; init; }

        public void Deconstruct(out Guid workerId, out bool hasChannel) => (workerId, hasChannel) = (WorkerId, HasChannel);
    }
}
