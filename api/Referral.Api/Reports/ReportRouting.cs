using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Who handles a report. Usually the unit that took it down; a complaint goes round the agency that it is about, to the
/// national protection office; what happens in the household of a member of staff goes round that person.
/// </summary>
internal static class ReportRouting
{
    private const string Active = "w.status = 'active' AND m.from_at <= @now AND (m.to_at IS NULL OR m.to_at > @now)";

    private const string WorkerSql = """
        SELECT count(*)
          FROM workers w
         WHERE w.id = @workerId
        """;

    // Not the place of whom it is about, nor in or below the agency that it is about.
    private const string Apart = """
        m.agency_id NOT IN (SELECT o.agency_id FROM memberships o WHERE o.worker_id = @workerId AND (o.to_at IS NULL OR o.to_at > @now))
           AND m.agency_id NOT IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @agencyId)
        """;

    private const string OfficesSql = $"""
        SELECT DISTINCT m.agency_id
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE {Active}
           AND m.roles LIKE '%protection_officer%'
           AND {Apart}
         ORDER BY m.agency_id
        """;

    private const string OwnUnitSql = $"""
        SELECT count(*)
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE {Active}
           AND m.agency_id = @unit
           AND (m.roles LIKE '%intake_operator%' OR m.roles LIKE '%supervisor%')
           AND {Apart}
        """;

    private const string OthersSql = $"""
        SELECT count(*)
          FROM memberships m
          JOIN workers w ON w.id = m.worker_id
         WHERE {Active}
           AND m.agency_id = @unit
           AND m.worker_id <> @workerId
           AND (m.roles LIKE '%intake_operator%' OR m.roles LIKE '%supervisor%')
        """;

    /// <returns>The unit that handles it, or why it cannot be taken.</returns>
    public static async Task<(Guid HandlerId, Refusal? Refusal)> OfAsync(Work work, ReportKind kind, Concerned about, CancellationToken cancellation)
    {
        if (about.IsNobody)
        {
            return (work.Caller.UnitId, null);
        }
        if (await FaultAsync(work, about, cancellation) is { } fault)
        {
            return (default, fault);
        }
        // A list of ids cannot be asked for one that is null; an id that nobody has stands for it.
        var ids = new { workerId = about.WorkerId ?? Guid.Empty, agencyId = about.AgencyId ?? Guid.Empty };
        if (kind != ReportKind.Complaint && await work.ScalarAsync<int>(OthersSql, ids, cancellation) > 0)
        {
            return (work.Caller.UnitId, null);
        }
        var offices = await work.PageAsync<Guid>(OfficesSql, ids, 1, cancellation);
        return offices.Count > 0 ? (offices[0], null)
            : await work.ScalarAsync<int>(OwnUnitSql, ids, cancellation) > 0 ? (work.Caller.UnitId, null)
            : (default, new Refusal(ReportRefusals.NobodyIndependent));
    }

    private static async Task<Refusal?> FaultAsync(Work work, Concerned about, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (about.AgencyId is { } agency && (await AgencyRefs.OfAsync(work, [agency], cancellation)).Count == 0)
        {
            errors.Add(new("/aboutAgencyId", "unknown_reference"));
        }
        if (about.WorkerId is { } worker && await work.ScalarAsync<int>(WorkerSql, new { workerId = worker }, cancellation) == 0)
        {
            errors.Add(new("/aboutWorkerId", "unknown_reference"));
        }
        return errors.Count > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors }
            : about.WorkerId is { } self && self == work.Caller.WorkerId ? new Refusal(ReportRefusals.AboutYourself)
            : null;
    }
}
