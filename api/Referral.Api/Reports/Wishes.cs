using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// What holders of follow-codes ask for: to be called, that it stops, to be heard. Deadlines run from that moment; a job starts them and
/// tells whom it concerns, or whoever reads first, because the answer to a code that nobody holds must come from the same statements.
/// </summary>
internal static class Wishes
{
    public static void MapWishes(this IEndpointRouteBuilder api)
    {
        var report = api.MapGroup("/reports/{id}").WithTags("Reports");
        report.MapPost("/called-back", CalledAsync).May(Permissions.Reports)
            .WithName("calledBack")
            .WithSummary("Say that whoever asked for it was called")
            .WithDescription("By those who handle the report, in time or late: the deadline is met. Where nobody waits for a call nothing changes.")
            .Refuses(Unknown, KeyReused);
        report.MapPost("/stop-answered", StopAnsweredAsync).May(Permissions.Reports)
            .WithName("answerStop")
            .WithSummary("Say that whoever asked that it stops has an answer")
            .WithDescription("By those who handle the report, in time or late, once it was stopped or said why not: the deadline is met. It stops nothing by itself. Where nobody waits for it nothing changes.")
            .Refuses(Unknown, KeyReused);
    }

    internal static Task<Results<Found<ReportView>, Refused>> CalledAsync(Id id, Call call, Keys keys) => AnswerAsync(id, ClockKind.Callback, call, keys);

    internal static Task<Results<Found<ReportView>, Refused>> StopAnsweredAsync(Id id, Call call, Keys keys) => AnswerAsync(id, ClockKind.StopRequest, call, keys);

    private static Task<Results<Found<ReportView>, Refused>> AnswerAsync(Guid id, ClockKind kind, Call call, Keys keys) =>
        call.ActAsync(
            async work =>
            {
                if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
                {
                    return Unknown;
                }
                await BeginOfAsync(work, report.Id, call.Cancellation);
                await Clocks.AnsweredAsync(work, report.Id, kind, call.Cancellation);
                return Done.Changed(report.Id);
            },
            (work, done) => ReportEndpoints.AnswerAsync(work, done.ResourceId!.Value, keys, call.Cancellation),
            refused => refused);

    /// <summary>Messages that nobody has looked at, the oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> WaitingAsync(Work work, int take, CancellationToken cancellation) => FollowStore.NewAsync(work, take, cancellation);

    /// <summary>Whoever reads before the job has looked learns until when somebody waits.</summary>
    /// <param name="subjectId">A report or a case.</param>
    public static async Task BeginOfAsync(Work work, Guid subjectId, CancellationToken cancellation)
    {
        foreach (var message in await FollowStore.NewOfAsync(work, subjectId, cancellation))
        {
            await BeginAsync(work, message, cancellation);
        }
    }

    /// <summary>Of one subject one call and one answer are waited for at a time: asking again does not make it later.</summary>
    /// <returns>False, with nothing written, when another instance was first. A message that belongs to nothing is only marked.</returns>
    public static async Task<bool> BeginAsync(Work work, Guid messageId, CancellationToken cancellation)
    {
        if (!await FollowStore.TakeAsync(work, messageId, cancellation))
        {
            return false;
        }
        if (await FollowStore.WishAsync(work, messageId, cancellation) is { } wish)
        {
            await (wish.ReportId is { } reportId ? ToldOfAsync(work, wish, reportId, cancellation) : HeardOfAsync(work, wish, cancellation));
        }
        return true;
    }

    /// <summary>Those who handle a report. Its messages wait where it is listed; of feedback the supervisors above hear as well.</summary>
    private static async Task ToldOfAsync(Work work, Wish wish, Guid reportId, CancellationToken cancellation)
    {
        var urgency = Reports.UrgencyOf(wish.Urgency);
        var clock = ClockOf(wish.Kind);
        var dueAt = clock is { } kind
            ? await StartAsync(work, new ClockSubject("report", reportId, wish.VictimId, urgency), kind, wish.HandlerAgencyId!.Value, wish.At, cancellation)
            : null;
        if (wish.Kind == StoredMessage.Message || (clock is not null && dueAt is null))
        {
            return;
        }
        var notice = new Notice(NoticeOf(wish.Kind), wish.Id, "report", reportId, wish.VictimId, DueAt: dueAt, IsUrgent: urgency == Urgency.Emergency);
        await Notifications.TellHandlersAsync(work, wish.HandlerAgencyId!.Value, wish.AboutWorkerId, above: wish.Kind == StoredMessage.Feedback, notice, cancellation);
    }

    /// <summary>What a survivor says reaches her team; how it went reaches the supervisors of those who lead her case, and not whom she speaks of alone.</summary>
    private static async Task HeardOfAsync(Work work, Wish wish, CancellationToken cancellation)
    {
        var (victimId, lead) = (wish.VictimId!.Value, wish.LeadAgencyId!.Value);
        var dueAt = ClockOf(wish.Kind) is { } kind
            ? await StartAsync(work, new ClockSubject("victim", victimId, victimId, Urgency.High), kind, lead, wish.At, cancellation)
            : null;
        var notice = new Notice(NoticeOf(wish.Kind), wish.Id, "victim", victimId, victimId, DueAt: dueAt);
        await (wish.Kind == StoredMessage.Feedback
            ? Notifications.TellSupervisorsAsync(work, lead, notice, cancellation)
            : Notifications.TellSendersAsync(work, lead, notice, cancellation));
    }

    /// <summary>The deadline of what somebody wants; null: nobody is waited for.</summary>
    public static ClockKind? ClockOf(string kind) => kind switch
    {
        StoredMessage.CallBack => ClockKind.Callback,
        StoredMessage.Stop => ClockKind.StopRequest,
        _ => null,
    };

    /// <returns>When it is due; null when one is waited for already.</returns>
    private static async Task<DateTimeOffset?> StartAsync(
        Work work, ClockSubject subject, ClockKind kind, Guid agencyId, DateTimeOffset since, CancellationToken cancellation) =>
        await Clocks.IsAwaitedAsync(work, subject.Id, kind, cancellation)
            ? null
            : await Clocks.ApplyAsync(work, subject, [new ClockEffect(ClockVerb.Begin, kind)], _ => new ClockPlan(agencyId, Since: since), cancellation);

    private static string NoticeOf(string kind) => kind switch
    {
        StoredMessage.CallBack => "callback.asked",
        StoredMessage.Stop => "stop.asked",
        StoredMessage.Feedback => "feedback.given",
        _ => "message.left",
    };
}
