using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The way from a report to a case: one that is there, or a new one.</summary>
internal static class ReportLinking
{
    /// <summary>Whoever lives in the household that a report is about is kept away from the case.</summary>
    private const string OwnHousehold = "related_to_perpetrator";

    public static void MapReportLinks(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports/{id}").WithTags("Reports");
        reports.MapPost("/link", LinkAsync).May(Permissions.LinkReports)
            .WithName("linkReport")
            .WithSummary("Say to which case a report belongs")
            .WithDescription("A case that the caller can open. Linking twice changes nothing.")
            .Refuses(Unreadable, Unknown, ReportRefusals.ReportSettled, ReportRefusals.OnlyIntakes, RuleBroken, KeyReused);
        reports.MapPost("/convert", ConvertAsync).May(Permissions.LinkReports)
            .WithName("convertReport")
            .WithSummary("Register the person of whom a report tells")
            .WithDescription("As a registration, with a case that runs since the call. A report becomes one case: converting again answers with that.")
            .Refuses(Unreadable, Unknown, IdTaken, ReportRefusals.OnlyIntakes, RuleBroken, KeyReused);
    }

    internal static Task<Results<Found<ReportView>, Refused>> LinkAsync(Id id, ReportLink link, Call call, Keys keys) =>
        call.ActAsync(
            async work =>
            {
                if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
                {
                    return Unknown;
                }
                if (report.VictimId == link.VictimId)
                {
                    return Done.Changed(report.Id);
                }
                if (report.VictimId is not null)
                {
                    return ReportRefusals.ReportSettled;
                }
                if (report.Kind != ReportKind.Intake)
                {
                    return ReportRefusals.OnlyIntakes;
                }
                if (await Cases.FindAsync(work, link.VictimId, call.Cancellation) is not { } victim)
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/victimId", "not_found")] };
                }
                await LeadAsync(work, report, victim.Id, ReportOutcome.LinkedToCase, JournalActions.ReportLinked, call.Cancellation);
                return Done.Changed(report.Id);
            },
            (work, done) => ReportEndpoints.AnswerAsync(work, done.ResourceId!.Value, keys, call.Cancellation),
            refused => refused);

    internal static async Task<Results<Found<ReportView>, Refused>> ConvertAsync(Id id, VictimDraft draft, Call call, Keys keys, SearchTokens tokens, Districts districts)
    {
        var fault = VictimEndpoints.Fault(ref draft, districts);
        if (fault is { Kind.Status: StatusCodes.Status400BadRequest })
        {
            return Refused.Because(fault);
        }
        return await call.ActAsync(
            async work =>
            {
                if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
                {
                    return Unknown;
                }
                if (report.VictimId is not null)
                {
                    return Done.Changed(report.Id);
                }
                if (report.Kind != ReportKind.Intake)
                {
                    return ReportRefusals.OnlyIntakes;
                }
                if (fault is not null)
                {
                    return fault;
                }
                var victimId = draft.Id ?? Ids.New(work.Now);
                try
                {
                    await VictimEndpoints.WriteAsync(work, victimId, draft, null, report.ReportedAt, keys, tokens, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_victims") || violation.Is("uq_data_keys_subject"))
                {
                    return IdTaken;
                }
                await LeadAsync(work, report, victimId, ReportOutcome.CaseOpened, JournalActions.ReportConverted, call.Cancellation);
                return Done.Changed(report.Id);
            },
            (work, done) => ReportEndpoints.AnswerAsync(work, done.ResourceId!.Value, keys, call.Cancellation),
            refused => refused);
    }

    /// <exception cref="ChangedMeanwhileException">Somebody else was first: the body runs again and finds the case.</exception>
    private static async Task LeadAsync(Work work, Report report, Guid victimId, ReportOutcome outcome, string action, CancellationToken cancellation)
    {
        if (report.AboutWorkerId is { } workerId)
        {
            await Blocks.SetAsync(work, victimId, workerId, OwnHousehold, cancellation);
        }
        if (!await ReportStore.LeadAsync(work, report, victimId, outcome, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        await CaseClocks.LedAsync(work, report.Id, report.HandlerAgencyId, victimId, cancellation);
        await Reports.KeepTimeAsync(work, report.Id, report.HandlerAgencyId, report.ReportedAt, report.Urgency, isSorted: true, cancellation);
        await ReportEndpoints.AppendAsync(work, action, report.Id, victimId, [], cancellation);
    }
}
