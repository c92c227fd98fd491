using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One step towards a goal.</summary>
public sealed record PlanAction([property: Text(500)] string Text, DateOnly? DueOn = null, bool Done = false);

/// <summary>What shall be reached, and who sees to it.</summary>
/// <param name="WorkerId">Who sees to it; of the agency that leads the case, or of the one that is named.</param>
/// <param name="AgencyId">Which agency sees to it, where it is another.</param>
public sealed record PlanGoal(
    [property: CodeOf("service_category")] string Category,
    [property: Text(1000)] string Text,
    [property: CodeOf("goal_state")] string State,
    Guid? WorkerId = null,
    Guid? AgencyId = null,
    DateOnly? DueOn = null,
    [property: Most(20)] IReadOnlyList<PlanAction>? Actions = null);

/// <summary>The day on which a plan is looked at again.</summary>
internal static class PlanReviews
{
    /// <summary>
    /// The case is open again, and with it its newest plan, whether it was written before or while the case was closed. Nothing
    /// is told of it but the day.
    /// </summary>
    public static async Task ReopenedAsync(Work work, Guid victimId, Guid agencyId, Keys keys, CancellationToken cancellation)
    {
        if (await RecordStore.NewestAsync(work, victimId, ItemKinds.Plan, cancellation) is { } plan
            && keys.Open(plan.Key, plan.Body, plan.Place, VictimJson.Default.Item).ReviewOn is { } reviewOn)
        {
            await Clocks.PlannedAsync(work, victimId, agencyId, CatchingUp.DayFor(reviewOn, Karachi.DateOf(work.Now)), cancellation);
        }
    }
}

/// <summary>Looks up whom a plan names.</summary>
internal static class PlanOwners
{
    private const string WorkerSql = """
        SELECT count(*)
          FROM workers w
         WHERE w.id = @id
           AND w.status = 'active'
        """;

    private const string AgencySql = """
        SELECT count(*)
          FROM agencies a
         WHERE a.id = @id
        """;

    private const string NamesSql = """
        SELECT w.id, w.display_name
          FROM workers w
         WHERE w.id IN (@ids)
         ORDER BY w.display_name, w.id
        """;

    /// <summary>Names of those whom a plan names, for whoever may read it; none for other items.</summary>
    public static async Task<(IReadOnlyList<WorkerRef> Workers, IReadOnlyList<Ref> Agencies)> NamedAsync(Work work, Item item, CancellationToken cancellation)
    {
        var goals = item.Goals ?? [];
        Guid[] ids = [.. goals.Select(goal => goal.WorkerId).OfType<Guid>().Distinct()];
        var workers = ids.Length == 0 ? [] : await work.ListAsync<Named>(NamesSql, new { ids }, cancellation);
        return (
            [.. workers.Select(worker => new WorkerRef(worker.Id, worker.DisplayName))],
            [.. (await AgencyRefs.OfAsync(work, goals.Select(goal => goal.AgencyId).OfType<Guid>(), cancellation)).Values]);
    }

    private sealed record Named
    {
        public required Guid Id { get; init; }
        public required string DisplayName { get; init; }
    }

    /// <summary>Pointers of those that are not there.</summary>
    public static async Task<IReadOnlyList<FieldError>> UnknownAsync(Work work, Item item, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        foreach (var (goal, i) in (item.Goals ?? []).Select((goal, i) => (goal, i)))
        {
            if (goal.WorkerId is { } worker && await work.ScalarAsync<int>(WorkerSql, new { id = worker }, cancellation) == 0)
            {
                errors.Add(new FieldError($"/body/goals/{i}/workerId", "unknown_reference"));
            }
            if (goal.AgencyId is { } agency && await work.ScalarAsync<int>(AgencySql, new { id = agency }, cancellation) == 0)
            {
                errors.Add(new FieldError($"/body/goals/{i}/agencyId", "unknown_reference"));
            }
        }
        return errors;
    }
}
