using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A service category that a victim needs, met or not.</summary>
internal sealed record VictimNeed
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required string Category { get; init; }
    public required string Urgency { get; init; }
    public required string Status { get; init; }
    public string? UnmetReason { get; init; }
    public required string Constraints { get; init; }
    public required DateTimeOffset At { get; init; }
    public required long Version { get; init; }
}

/// <summary>Every SQL text over needs. Only those who work on the whole case meet them.</summary>
internal static class NeedStore
{
    private const string Columns = "n.id, n.victim_id, n.category, n.urgency, n.status, n.unmet_reason, n.constraints, n.at, n.version";

    private const string ListSql = $"""
        SELECT {Columns}
          FROM needs n
          JOIN victims v ON v.id = n.victim_id
         WHERE n.victim_id = @victimId
           AND {Visibility.OfCases}
         ORDER BY n.at, n.id
        """;

    public static Task<IReadOnlyList<VictimNeed>> ListAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        work.ListAsync<VictimNeed>(ListSql, new { victimId }, cancellation);

    private const string UrgenciesSql = """
        SELECT n.urgency
          FROM needs n
         WHERE n.victim_id = @victimId
           AND n.status = 'open'
        """;

    /// <summary>Of her open needs, for whoever was let in to the case before.</summary>
    /// <returns>Null when no need is open.</returns>
    public static async Task<Urgency?> MostUrgentAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        (await work.ListAsync<string>(UrgenciesSql, new { victimId }, cancellation)).Select(code => (Urgency?)Codes.Parse<Urgency>(code)).Min();

    private const string FindSql = $"""
        SELECT {Columns}
          FROM needs n
          JOIN victims v ON v.id = n.victim_id
         WHERE n.id = @id
           AND n.victim_id = @victimId
           AND {Visibility.OfCases}
        """;

    /// <returns>Null when she has no such need, or the caller does not work on her case.</returns>
    public static Task<VictimNeed?> FindAsync(Work work, Guid victimId, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<VictimNeed>(FindSql, new { victimId, id }, cancellation);

    private const string InsertSql = """
        INSERT INTO needs (id, victim_id, category, urgency, status, constraints, at, version)
        VALUES (@id, @victimId, @category, @urgency, 'open', @constraints, @now, 1)
        """;

    public static Task<int> InsertAsync(Work work, Guid id, Guid victimId, NeedDraft draft, CancellationToken cancellation) =>
        work.ExecuteAsync(InsertSql, new
        {
            id,
            victimId,
            category = draft.Category,
            urgency = draft.Urgency,
            constraints = Words.Join(draft.Constraints),
        }, cancellation);

    private const string SaveSql = """
        UPDATE needs
           SET urgency = @urgency, status = @status, unmet_reason = @unmetReason, constraints = @constraints, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <returns>False, with nothing written, when somebody else changed the need first.</returns>
    public static async Task<bool> SaveAsync(Work work, VictimNeed need, NeedChange change, CancellationToken cancellation) =>
        await work.ExecuteAsync(SaveSql, new
        {
            id = need.Id,
            read = need.Version,
            urgency = change.Urgency,
            status = change.Status,
            unmetReason = change.UnmetReason,
            constraints = Words.Join(change.Constraints),
        }, cancellation) == 1;
}
