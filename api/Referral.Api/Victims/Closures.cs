using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Asks a second person whether a case may close.</summary>
/// <param name="Criteria">What is true: those that are not are told in the note.</param>
/// <param name="Note">For whoever decides; sealed.</param>
public sealed record ClosureDraft(
    [property: CodeOf("closure_reason")] string Reason,
    [property: CodeOf("closure_criterion")] IReadOnlyList<string> Criteria,
    [property: Text(2000)] string? Note = null,
    Guid? Id = null);

public sealed record Reopening([property: CodeOf("reopen_reason")] string Reason);

/// <summary>
/// The end of a case, and its beginning again. One person asks, another approves (see <see cref="ApprovalKinds"/>). Who could
/// read the case can read it afterwards; what is closed is the work.
/// </summary>
internal static class Closures
{
    internal const string OpenCase = "open";
    private const string ClosedCase = "closed";

    public static void MapClosures(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Victims");
        victims.MapPost("/close", AskAsync).May(Permissions.CloseCases)
            .WithName("closeVictim")
            .WithSummary("Ask that a case closes")
            .WithDescription("Refused while a referral is open. Nothing changes before a second person approves; then the case closes in the same step, its deadlines stop, an open transfer ends, and whoever could read it still can.")
            .Refuses(Unreadable, Unknown, TransferRefusals.CaseNotOpen, VictimRefusals.ReferralsOpen, ApprovalRefusals.ApprovalOpen, IdTaken, KeyReused);
        victims.MapPost("/reopen", ReopenAsync).May(Permissions.CloseCases)
            .WithName("reopenVictim")
            .WithSummary("Open a closed case again")
            .WithDescription("One person is enough: nobody waits for help until a second one is found. What was allowed and ends by itself is asked for again in time, and the plan is looked at on its day; where that was over meanwhile, within a week. So with the visits that are left; of those that were due meanwhile only the last is made up for.")
            .Refuses(Unreadable, Unknown, VictimRefusals.CaseOpen, KeyReused);
    }

    internal static Task<Results<Made<ApprovalView>, Refused>> AskAsync(Id id, ClosureDraft draft, Call call, Keys keys) =>
        call.ActAsync<Results<Made<ApprovalView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                if (victim.Status != OpenCase)
                {
                    return TransferRefusals.CaseNotOpen;
                }
                if (await BarAsync(work, victim.Id, call.Cancellation) is { } bar)
                {
                    return bar;
                }
                if (await Approvals.IsOpenAsync(work, ApprovalKind.Closure, victim.Id, call.Cancellation))
                {
                    return ApprovalRefusals.ApprovalOpen;
                }
                var ask = new ApprovalAsk(
                    ApprovalKind.Closure, "victim", victim.Id, victim.Id, victim.LeadAgencyId, Urgency.Medium, draft.Reason, [.. draft.Criteria.Distinct()], draft.Note, draft.Id);
                try
                {
                    return Done.Made(await Approvals.RequireAsync(work, ask, keys, call.Cancellation));
                }
                catch (ConstraintViolation violation) when (violation.Is("uq_approvals_open"))
                {
                    return ApprovalRefusals.ApprovalOpen;
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_approvals"))
                {
                    return IdTaken;
                }
            },
            async (work, done) => await Approvals.ViewAsync(work, done.ResourceId!.Value, call.Cancellation) is { } view
                ? new Made<ApprovalView>($"/api/v1/approvals/{view.Id}", view)
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Found<VictimView>, Refused>> ReopenAsync(Id id, Reopening reopening, Call call, Keys keys) =>
        call.ActAsync<Results<Found<VictimView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                if (victim.Status != ClosedCase)
                {
                    return VictimRefusals.CaseOpen;
                }
                var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, call.Cancellation);
                await VictimStore.SetStatusAsync(work, victim.Id, ClosedCase, OpenCase, null, call.Cancellation);
                await CaseClocks.ReopenedAsync(work, victim.Id, victim.LeadAgencyId, call.Cancellation);
                await PlanReviews.ReopenedAsync(work, victim.Id, victim.LeadAgencyId, keys, call.Cancellation);
                await TellAsync(work, victim.Id, victim.LeadAgencyId, JournalActions.VictimReopened, reopening.Reason, turn, call.Cancellation);
                return Done.Changed(victim.Id);
            },
            async (work, _) => await VictimEndpoints.AnswerAsync(work, id, call),
            refused => refused);

    /// <summary>What follows when a second person approved. The caller holds her turn.</summary>
    /// <returns>Why it cannot close now: something was sent since it was asked.</returns>
    public static async Task<Refusal?> CloseAsync(Work work, Guid victimId, Guid agencyId, string reason, long turn, CancellationToken cancellation)
    {
        if (await BarAsync(work, victimId, cancellation) is { } bar)
        {
            return bar;
        }
        if (await VictimStore.SetStatusAsync(work, victimId, OpenCase, ClosedCase, reason, cancellation) == 0)
        {
            return new Refusal(TransferRefusals.CaseNotOpen);
        }
        await Clocks.StopOfLeadAsync(work, victimId, cancellation);
        await Approvals.WithdrawAsync(work, victimId, turn, cancellation);
        await Transfers.CloseAsync(work, victimId, turn, cancellation);
        await TellAsync(work, victimId, agencyId, JournalActions.VictimClosed, reason, turn, cancellation);
        return null;
    }

    private static async Task<Refusal?> BarAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        var open = await VictimStore.OpenReferralsAsync(work, victimId, cancellation);
        return open == 0 ? null : new Refusal(VictimRefusals.ReferralsOpen, ("count", open.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task TellAsync(Work work, Guid victimId, Guid agencyId, string action, string reason, long turn, CancellationToken cancellation)
    {
        var row = await Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "victim",
            SubjectId = victimId,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = [("reason", reason)],
        }, cancellation);
        await Notifications.TellSendersAsync(work, agencyId, new Notice(action, row, "victim", victimId, victimId), cancellation);
    }
}
