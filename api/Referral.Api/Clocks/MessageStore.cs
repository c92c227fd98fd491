using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What is to be sent to one worker by one way, made of all that waited for him at that moment.</summary>
internal sealed record DueMessage
{
    public required Guid MessageId { get; init; }
    public required Guid WorkerId { get; init; }
    public required bool IsUrgent { get; init; }
    public required int Attempts { get; init; }
}

/// <summary>Every SQL text over the outbox of mail and SMS.</summary>
internal static class MessageStore
{
    private const string AddSql = """
        INSERT INTO messages (notification_id, channel, worker_id, is_urgent, attempts, next_at)
        SELECT @notificationId, c.channel, w.id, @isUrgent, 0, @now
          FROM workers w
          JOIN (SELECT 'email' AS channel UNION ALL SELECT 'sms' AS channel) c ON (c.channel = 'email' AND w.by_email = 1) OR (c.channel = 'sms' AND w.by_sms = 1)
         WHERE w.id = @workerId
        """;

    /// <summary>In the transaction that writes the notification; for whoever wants to hear of it no other way, nothing.</summary>
    public static Task<int> AddAsync(Work work, Guid notificationId, Guid workerId, bool isUrgent, CancellationToken cancellation) =>
        work.ExecuteAsync(AddSql, new { notificationId, workerId, isUrgent }, cancellation);

    private const string NewSql = """
        SELECT DISTINCT m.worker_id
          FROM messages m
         WHERE m.channel = @channel
           AND m.sent_at IS NULL
           AND m.message_id IS NULL
           AND m.next_at <= @now
         ORDER BY m.worker_id
        """;

    /// <summary>Whom something waits for that is in no message yet.</summary>
    public static Task<IReadOnlyList<Guid>> NewAsync(Work work, string channel, int take, CancellationToken cancellation) =>
        work.PageAsync<Guid>(NewSql, new { channel }, take, cancellation);

    private const string GatherSql = """
        UPDATE messages
           SET message_id = @messageId
         WHERE worker_id = @workerId
           AND channel = @channel
           AND sent_at IS NULL
           AND message_id IS NULL
        """;

    /// <summary>Ten things that wait make one message.</summary>
    public static Task<int> GatherAsync(Work work, Guid workerId, string channel, Guid messageId, CancellationToken cancellation) =>
        work.ExecuteAsync(GatherSql, new { workerId, channel, messageId }, cancellation);

    private const string DueSql = """
        SELECT m.message_id, m.worker_id, max(CASE WHEN m.is_urgent = 1 THEN 1 ELSE 0 END) AS is_urgent, max(m.attempts) AS attempts
          FROM messages m
         WHERE m.channel = @channel
           AND m.sent_at IS NULL
           AND m.message_id IS NOT NULL
           AND m.next_at <= @now
         GROUP BY m.message_id, m.worker_id
         ORDER BY m.message_id
        """;

    public static Task<IReadOnlyList<DueMessage>> DueAsync(Work work, string channel, int take, CancellationToken cancellation) =>
        work.PageAsync<DueMessage>(DueSql, new { channel }, take, cancellation);

    private const string TakeSql = """
        UPDATE messages
           SET next_at = @nextAt, attempts = attempts + @tries
         WHERE message_id = @messageId
           AND sent_at IS NULL
           AND next_at <= @now
        """;

    /// <summary>Before it is sent, so that a process that dies in between only makes it late.</summary>
    /// <returns>False when another instance has it.</returns>
    public static async Task<bool> TakeAsync(Work work, Guid messageId, DateTimeOffset nextAt, int tries, CancellationToken cancellation) =>
        await work.ExecuteAsync(TakeSql, new { messageId, nextAt, tries }, cancellation) > 0;

    private const string SentSql = """
        UPDATE messages
           SET sent_at = @now
         WHERE message_id = @messageId
           AND sent_at IS NULL
        """;

    /// <summary>Also what can never be sent: it waits for nobody any more.</summary>
    public static Task<int> SentAsync(Work work, Guid messageId, CancellationToken cancellation) => work.ExecuteAsync(SentSql, new { messageId }, cancellation);
}
