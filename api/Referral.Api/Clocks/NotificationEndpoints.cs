using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Something waits: which thing, and until when. It stays when the thing itself can no longer be seen.</summary>
/// <param name="Kind">The event's name, e.g. <c>referral.submitted</c>, or <c>clock.</c> and the kind of the clock.</param>
/// <param name="Stage">Of a clock: reminded, escalated, missed; else none.</param>
public sealed record NotificationView(
    Guid Id, string Kind, string SubjectKind, Guid SubjectId, string Stage, DateTimeOffset? DueAt, DateTimeOffset At, DateTimeOffset? ReadAt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NotificationView))]
[JsonSerializable(typeof(Page<NotificationView>))]
[JsonSerializable(typeof(ClockDraft))]
[JsonSerializable(typeof(ClockItem))]
[JsonSerializable(typeof(Page<ClockItem>))]
internal sealed partial class ClockJson : JsonSerializerContext;

/// <summary>A worker's own notifications.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("/notifications").WithTags("Notifications");
        notifications.MapGet("", ListAsync).May(Permissions.Notifications)
            .WithName("listNotifications")
            .WithSummary("List what waits for the caller")
            .WithDescription("Newest first, ids and codes only.")
            .Refuses(Unreadable);
        notifications.MapPost("/{id}/read", ReadAsync).May(Permissions.Notifications)
            .WithName("readNotification")
            .WithSummary("Mark a notification as read")
            .WithDescription("The first time counts; again changes nothing.")
            .Refuses(Unknown, KeyReused);
    }

    internal static Task<Results<Listed<NotificationView>, Refused>> ListAsync(Call call, Paging paging, bool? unread) =>
        call.ReadAsync<Results<Listed<NotificationView>, Refused>>(async work => Listed.Of(
            await work.PageAsync<NotificationRow>(
                unread == true ? ListUnreadSql : ListSql, new { afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, call.Cancellation),
            paging,
            row => new Cursor(row.At, row.Id),
            View));

    internal static Task<Results<Ok<NotificationView>, Refused>> ReadAsync(Id id, Call call) =>
        call.ActAsync<Results<Ok<NotificationView>, Refused>>(
            async work =>
            {
                if (await work.FirstOrNoneAsync<NotificationRow>(FindSql, new { id = id.Value }, call.Cancellation) is not { } row)
                {
                    return Unknown;
                }
                await work.ExecuteAsync(MarkSql, new { id = row.Id }, call.Cancellation);
                return Done.Changed(row.Id);
            },
            async (work, done) => await work.FirstOrNoneAsync<NotificationRow>(FindSql, new { id = done.ResourceId!.Value }, call.Cancellation) is { } row
                ? TypedResults.Ok(View(row))
                : Refused.Because(Unknown),
            refused => refused);

    private static NotificationView View(NotificationRow row) =>
        new(row.Id, row.Kind, row.SubjectKind, row.SubjectId, row.Stage, row.DueAt, row.At, row.ReadAt);

    // One that was written before somebody was blocked is not shown to him any more.
    private const string Own = $"""
        SELECT q.id, q.kind, q.subject_kind, q.subject_id, q.stage, q.due_at, q.at, q.read_at
          FROM notifications q
          LEFT JOIN victims v ON v.id = q.victim_id
         WHERE q.worker_id = @worker
           AND (q.victim_id IS NULL OR ({Visibility.NotBlocked}))
        """;

    private const string ListSql = $"""
        {Own}
           AND (@afterId IS NULL OR q.at < @afterAt OR (q.at = @afterAt AND q.id < @afterId))
         ORDER BY q.at DESC, q.id DESC
        """;

    private const string ListUnreadSql = $"""
        {Own}
           AND q.read_at IS NULL
           AND (@afterId IS NULL OR q.at < @afterAt OR (q.at = @afterAt AND q.id < @afterId))
         ORDER BY q.at DESC, q.id DESC
        """;

    private const string FindSql = $"""
        {Own}
           AND q.id = @id
        """;

    private const string MarkSql = """
        UPDATE notifications
           SET read_at = @now
         WHERE id = @id
           AND read_at IS NULL
        """;

    private sealed record NotificationRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string SubjectKind { get; init; }
        public required Guid SubjectId { get; init; }
        public required string Stage { get; init; }
        public DateTimeOffset? DueAt { get; init; }
        public required DateTimeOffset At { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
    }
}
