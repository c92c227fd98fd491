using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The directory learns from whoever declines: no room, and its places are in doubt; not eligible, and whom it helps is
/// questioned. Both hold until the provider says again how things are, and both are shown to whoever would refer.
/// </summary>
internal static class Doubts
{
    private const string DoubtSql = """
        UPDATE capacity
           SET doubted_at = @now, version = version + 1
         WHERE service_id = @serviceId
           AND population = @population
        """;

    private const string QuestionSql = """
        UPDATE services
           SET questioned_at = @now, version = version + 1
         WHERE id = @serviceId
        """;

    /// <param name="population">For whom a place was asked; null or not counted: there is no figure to doubt.</param>
    /// <param name="reason">Set decline_reason; only two of them say something of the directory.</param>
    public static Task LearnAsync(Work work, Guid serviceId, string? population, string? reason, CancellationToken cancellation) => reason switch
    {
        "no_capacity" when population is not null => work.ExecuteAsync(DoubtSql, new { serviceId, population }, cancellation),
        "not_eligible" => work.ExecuteAsync(QuestionSql, new { serviceId }, cancellation),
        _ => Task.CompletedTask,
    };
}
