using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// Whoever holds a follow-code may ask to be called. The deadline runs from that moment; a job starts it, or whoever opens the report
/// first, because the answer to a code that nobody holds must come from the same statements.
/// </summary>
internal static class CallBacks
{
    private const string Asked = "callback.asked";

    public static void MapCallBacks(this IEndpointRouteBuilder api) =>
        api.MapGroup("/reports/{id}").WithTags("Reports").MapPost("/called-back", CalledAsync).May(Permissions.Reports)
            .WithName("calledBack")
            .WithSummary("Say that whoever asked for it was called")
            .WithDescription("By those who handle the report, in time or late: the deadline is met. Where nobody waits for a call nothing changes.")
            .Refuses(Unknown, KeyReused);

    internal static Task<Results<Found<ReportView>, Refused>> CalledAsync(Id id, Call call, Keys keys) =>
        call.ActAsync(
            async work =>
            {
                if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
                {
                    return Unknown;
                }
                // Called before the job has seen the wish: it begins and is met at once, and nobody is told.
                foreach (var wish in await FollowStore.CallsOfAsync(work, report.Id, call.Cancellation))
                {
                    if (await FollowStore.TakeCallAsync(work, wish, call.Cancellation) && await FollowStore.CallAsync(work, wish, call.Cancellation) is { } asked)
                    {
                        await StartAsync(work, asked, call.Cancellation);
                    }
                }
                await Clocks.CalledBackAsync(work, report.Id, call.Cancellation);
                return Done.Changed(report.Id);
            },
            (work, done) => ReportEndpoints.AnswerAsync(work, done.ResourceId!.Value, keys, call.Cancellation),
            refused => refused);

    /// <summary>Wishes whose deadline has not begun, the oldest first.</summary>
    public static Task<IReadOnlyList<Guid>> WaitingAsync(Work work, int take, CancellationToken cancellation) => FollowStore.CallsAsync(work, take, cancellation);

    /// <summary>Whoever opens the report before the job has seen the wishes about it reads until when somebody waits.</summary>
    public static async Task BeginOfAsync(Work work, Guid reportId, CancellationToken cancellation)
    {
        foreach (var wish in await FollowStore.CallsOfAsync(work, reportId, cancellation))
        {
            await BeginAsync(work, wish, cancellation);
        }
    }

    /// <summary>Of one report one call is waited for at a time: asking again does not make it later.</summary>
    /// <returns>False, with nothing written, when another instance was first. A wish that belongs to no report is only marked.</returns>
    public static async Task<bool> BeginAsync(Work work, Guid messageId, CancellationToken cancellation)
    {
        if (!await FollowStore.TakeCallAsync(work, messageId, cancellation))
        {
            return false;
        }
        if (await FollowStore.CallAsync(work, messageId, cancellation) is { } asked && await StartAsync(work, asked, cancellation) is { } dueAt)
        {
            var notice = new Notice(
                Asked, messageId, "report", asked.ReportId, asked.VictimId, DueAt: dueAt, IsUrgent: Reports.UrgencyOf(asked.Urgency) == Urgency.Emergency);
            await Notifications.TellHandlersAsync(work, asked.HandlerAgencyId, asked.AboutWorkerId, above: false, notice, cancellation);
        }
        return true;
    }

    /// <returns>When it is due; null when one is waited for already.</returns>
    private static async Task<DateTimeOffset?> StartAsync(Work work, AskedCall asked, CancellationToken cancellation) =>
        await Clocks.IsCallAwaitedAsync(work, asked.ReportId, cancellation)
            ? null
            : await Clocks.ApplyAsync(
                work, new ClockSubject("report", asked.ReportId, asked.VictimId, Reports.UrgencyOf(asked.Urgency)),
                [new ClockEffect(ClockVerb.Begin, ClockKind.Callback)], _ => new ClockPlan(asked.HandlerAgencyId, Since: asked.At), cancellation);
}
