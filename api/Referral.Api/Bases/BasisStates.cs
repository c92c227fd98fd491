using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Every SQL text that moves a basis from one state to another. What follows for others is <see cref="Aftermath"/>.</summary>
internal static class BasisStates
{
    private const string EndSql = """
        UPDATE bases
           SET status = @status, ended_at = @now, ended_reason = @reason, version = version + 1
         WHERE id = @id
           AND status IN ('active', 'stayed')
        """;

    /// <returns>False, with nothing written, when it was not in force, nor stayed.</returns>
    public static async Task<bool> EndAsync(Work work, Guid id, BasisStatus status, string reason, CancellationToken cancellation)
    {
        var ended = await work.ExecuteAsync(EndSql, new { id, status = status.Code(), reason }, cancellation) == 1;
        if (ended)
        {
            await Clocks.BasisEndedAsync(work, id, cancellation);
        }
        return ended;
    }

    private const string MoveSql = """
        UPDATE bases
           SET status = @to, valid_from = CASE WHEN @from = 'pending' THEN @now ELSE valid_from END, version = version + 1
         WHERE id = @id
           AND status = @from
        """;

    /// <summary>From waiting, or from being stayed, to being in force; or stayed. From when it was waiting it is valid now.</summary>
    /// <returns>False, with nothing written, when it stood elsewhere.</returns>
    public static async Task<bool> MoveAsync(Work work, Guid id, BasisStatus from, BasisStatus to, CancellationToken cancellation) =>
        await work.ExecuteAsync(MoveSql, new { id, from = from.Code(), to = to.Code() }, cancellation) == 1;

    private const string DropSql = """
        UPDATE bases
           SET status = @status, ended_at = @now, ended_reason = 'not_approved', version = version + 1
         WHERE id = @id
           AND status = 'pending'
        """;

    /// <summary>Nobody said yes to it.</summary>
    public static Task<int> DropAsync(Work work, Guid id, BasisStatus status, CancellationToken cancellation) =>
        work.ExecuteAsync(DropSql, new { id, status }, cancellation);

    private const string DueSql = """
        SELECT b.id, b.victim_id, b.valid_to
          FROM bases b
         WHERE b.status IN ('active', 'stayed')
           AND b.valid_to <= @now
         ORDER BY b.valid_to, b.id
        """;

    /// <summary>Bases whose time ran out, the longest ago first.</summary>
    public static Task<IReadOnlyList<DueBasis>> DueAsync(Work work, int take, CancellationToken cancellation) =>
        work.PageAsync<DueBasis>(DueSql, null, take, cancellation);
}

/// <summary>A basis whose time ran out.</summary>
internal sealed record DueBasis
{
    public required Guid Id { get; init; }
    public required Guid VictimId { get; init; }
    public required DateTimeOffset ValidTo { get; init; }
}
