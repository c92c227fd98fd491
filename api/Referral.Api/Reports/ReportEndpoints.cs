using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What people tell: calls, visits, messages. Taken down, sorted, and most of it closed at once.</summary>
internal static class ReportEndpoints
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapPost("", TakeAsync).May(Permissions.Reports)
            .WithName("createReport")
            .WithSummary("Take down a call, a visit or a message")
            .WithDescription("Channel and outcome are enough for junk, a wrong number or information given. A complaint goes to the protection officer, round the agency that it is about; then the receipt is all that its writer sees of it.")
            .Refuses(Unreadable, RuleBroken, ReportRefusals.AboutYourself, ReportRefusals.NobodyIndependent, IdTaken, KeyReused);
        reports.MapGet("", ListAsync).May(Permissions.Reports)
            .WithName("listReports")
            .WithSummary("List the reports of the own unit")
            .WithDescription("Newest first, without words; for a supervisor those of every unit below. Those that nobody has sorted yet, unless asked otherwise.")
            .Refuses(Unreadable);
        reports.MapGet("/{id}", GetAsync).May(Permissions.Reports)
            .WithName("getReport")
            .WithSummary("Open one report")
            .WithDescription("With the story and what is kept of the caller. A read that is recorded.")
            .Refuses(Unknown);
        reports.MapPut("/{id}", SortAsync).May(Permissions.Reports)
            .WithName("putReport")
            .WithSummary("Sort a report")
            .WithDescription("How urgent, where, what became of it. That it led to a case is not said here: link or convert it. Of a duplicate, which report it tells again.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, ReportRefusals.ReportSettled, ReportRefusals.CountedOnly, RuleBroken);
        api.MapUnnamed();
        api.MapReportLinks();
        api.MapWishes();
    }

    internal static async Task<Results<Made<ReportReceipt>, Refused>> TakeAsync(ReportDraft draft, Call call, Keys keys, IndexKey index, Districts districts)
    {
        if (districts.Fault("/district", draft.District) is { } unknownDistrict)
        {
            return Refused.Because(unknownDistrict);
        }
        var (kept, errors) = ReportTaking.Check(draft);
        if (errors.Count > 0)
        {
            return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
        }
        return await call.ActAsync<Results<Made<ReportReceipt>, Refused>>(
            work => ReportTaking.WriteAsync(work, kept, keys, index, call.Cancellation),
            async (work, done) => await ReportStore.FindTakenAsync(work, done.ResourceId!.Value, call.Cancellation) is { } taken
                ? new Made<ReportReceipt>($"/api/v1/reports/{taken.Id}", new ReportReceipt(
                    taken.Id, taken.IsLate, await RefAsync(work, taken.HandlerAgencyId, call.Cancellation),
                    taken.FollowCode is { } code ? keys.Open(taken.Key, code, FollowCodes.PlaceOf(taken.FollowId!.Value), FollowJson.Default.FollowText).Code : null))
                : Refused.Because(Unknown),
            refused => refused);
    }

    internal static Task<Results<Listed<ReportRow>, Refused>> ListAsync(
        Call call, Paging paging, [CodeOf("report_kind")] string? kind, [CodeOf("report_show", Only = ["open", "sorted", "all"])] string? show) =>
        call.ReadAsync<Results<Listed<ReportRow>, Refused>>(async work => Listed.Of(
            await ReportStore.ListAsync(work, show ?? "open", kind, paging, call.Cancellation),
            paging,
            row => new Cursor(row.ReceivedAt, row.Id),
            row => new ReportRow(row.Id, row.Kind, row.Channel, row.Outcome, row.Urgency, row.District, row.ReportedAt, row.ReceivedAt, row.IsLate, row.Unread, row.CallBackBy, row.StopBy, row.VictimId)));

    internal static Task<Results<Found<ReportView>, Refused>> GetAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<ReportView>, Refused>>(async work =>
        {
            if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
            {
                return Refused.Because(Unknown);
            }
            await AppendAsync(work, JournalActions.ReportRead, report.Id, report.VictimId, [], call.Cancellation);
            await FollowStore.ReadAsync(work, report.Id, call.Cancellation);
            await Wishes.BeginOfAsync(work, report.Id, call.Cancellation);
            return await AnswerAsync(work, report.Id, keys, call.Cancellation);
        });

    internal static async Task<Results<Found<ReportView>, Refused>> SortAsync(Id id, ReportChange change, Call call, Keys keys, Districts districts)
    {
        if (districts.Fault("/district", change.District) is { } unknownDistrict)
        {
            return Refused.Because(unknownDistrict);
        }
        var outcome = ReportTaking.OutcomeOf(change.Outcome);
        return await call.ChangeAsync<Results<Found<ReportView>, Refused>>(async work =>
        {
            if (await ReportStore.FindAsync(work, id, call.Cancellation) is not { } report)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(Tag.Of(report.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (report.Kind == ReportKind.Unnamed)
            {
                return Refused.Because(ReportRefusals.CountedOnly);
            }
            if (ReportRules.IsSettled(report.Outcome, outcome))
            {
                return Refused.Because(ReportRefusals.ReportSettled);
            }
            if (ReportRules.SortFault(report.Outcome, outcome) is { } fault)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = [fault] });
            }
            if (change.RelatedId is { } named)
            {
                if (outcome != ReportOutcome.Duplicate)
                {
                    return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/relatedId", "not_taken")] });
                }
                var told = named == report.RelatedId ? named : await FirstOfAsync(work, report.Id, named, call.Cancellation);
                if (told is null)
                {
                    return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/relatedId", "unknown_reference")] });
                }
                change = change with { RelatedId = told };
            }
            return await SaveAsync(work, report, change, keys, call.Cancellation);
        });
    }

    /// <summary>The first of those that tell the same as the one that is named.</summary>
    /// <returns>Null when the caller sees no such report, when that one is this report, and when this one is itself the first of others.</returns>
    private static async Task<Guid?> FirstOfAsync(Work work, Guid reportId, Guid named, CancellationToken cancellation) =>
        await ReportStore.FindAsync(work, named, cancellation) is not null
            && !await ReportStore.IsToldAgainAsync(work, reportId, cancellation)
            && await ReportStore.FirstOfAsync(work, named, cancellation) is { } first
            && first != reportId
            ? first
            : null;

    private static async Task<Results<Found<ReportView>, Refused>> SaveAsync(Work work, Report report, ReportChange change, Keys keys, CancellationToken cancellation)
    {
        var before = report.Story is { } sealedStory ? keys.Open(report.Key, sealedStory, Report.StoryPlace(report.Id, report.StoryVersion), ReportJson.Default.ReportStory).Text : null;
        var isRetold = change.Story != before;
        if (!isRetold && (change.Outcome, change.Urgency, change.District, change.RelatedId) == (report.Outcome?.Code(), report.Urgency, report.District, report.RelatedId))
        {
            return await FoundAsync(work, report, keys, cancellation);
        }
        var storyVersion = report.StoryVersion + (isRetold ? 1 : 0);
        var story = !isRetold ? report.Story
            : change.Story is null ? null
            : keys.Seal(report.Key, Report.StoryPlace(report.Id, storyVersion), new ReportStory(change.Story), ReportJson.Default.ReportStory);
        if (!await ReportStore.SortAsync(work, report, change, story, storyVersion, cancellation))
        {
            return Refused.Because(Stale);
        }
        if ((change.Outcome is null) != (report.Outcome is null) || change.Urgency != report.Urgency)
        {
            await Reports.KeepTimeAsync(work, report.Id, report.HandlerAgencyId, report.ReportedAt, change.Urgency, change.Outcome is not null, cancellation);
        }
        await AppendAsync(
            work, JournalActions.ReportSorted, report.Id, report.VictimId,
            [
                ("outcome", change.Outcome ?? "none"), ("urgency", change.Urgency ?? "none"), ("retold", isRetold ? "yes" : "no"),
                .. change.RelatedId is { } related ? [("relatedId", related.ToString())] : Array.Empty<(string, string)>(),
            ], cancellation);
        return await FoundAsync(work, await ReportStore.FindAsync(work, report.Id, cancellation) ?? report, keys, cancellation);
    }

    /// <summary>What the caller may see of it now.</summary>
    internal static async Task<Results<Found<ReportView>, Refused>> AnswerAsync(Work work, Guid id, Keys keys, CancellationToken cancellation) =>
        await ReportStore.FindAsync(work, id, cancellation) is { } report ? await FoundAsync(work, report, keys, cancellation) : Refused.Because(Unknown);

    private static async Task<Found<ReportView>> FoundAsync(Work work, Report report, Keys keys, CancellationToken cancellation)
    {
        var agencies = await AgencyRefs.OfAsync(work, new[] { report.HandlerAgencyId, report.AboutAgencyId }.OfType<Guid>(), cancellation);
        var story = report.Story is { } told ? keys.Open(report.Key, told, Report.StoryPlace(report.Id, report.StoryVersion), ReportJson.Default.ReportStory).Text : null;
        var reporter = report.Reporter is { } teller
            ? keys.Open(new WrappedKey(report.ReporterKeyId!.Value, report.ReporterKek!, report.ReporterWrapped!), teller, Report.ReporterPlace(report.Id), ReportJson.Default.ReporterRecord)
            : null;
        var messages = await FollowStore.ListAsync(work, report.Id, null, 200, cancellation);
        var kin = await ReportStore.KinAsync(work, report, cancellation);
        return new(
            new ReportView(
                report.Id, report.Kind.Code(), report.Channel, report.Outcome?.Code(), report.Urgency, report.District, report.ReportedAt, report.ReceivedAt, report.IsLate, report.IsAnonymous,
                story, reporter, agencies[report.HandlerAgencyId], report.AboutAgencyId is { } about ? agencies[about] : null,
                report.AboutWorkerId is { } worker ? new WorkerRef(worker, report.AboutWorkerName ?? string.Empty) : null,
                report.VictimId,
                report.RelatedId is { } related && kin.Contains(related) ? related : null,
                [.. kin.Where(one => one != report.RelatedId)],
                report.CallBackBy,
                report.StopBy,
                [.. messages.Select(message => new FollowMessage(message.Kind, message.At, keys.Open(report.Key, message.Body, StoredMessage.PlaceOf(message.Id), FollowJson.Default.FollowBody)))],
                new ReportMay(!ReportRules.NamesCase(report.Outcome) && report.Kind != ReportKind.Unnamed, report is { Kind: ReportKind.Intake, VictimId: null } && work.Caller.May(Permissions.LinkReports))),
            Tag.Of(report.Version));
    }

    private static async Task<Ref> RefAsync(Work work, Guid agencyId, CancellationToken cancellation) =>
        (await AgencyRefs.OfAsync(work, [agencyId], cancellation))[agencyId];

    internal static Task<Guid> AppendAsync(
        Work work, string action, Guid id, Guid? victimId, IReadOnlyList<(string Name, string Value)> facts, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry { Action = action, SubjectKind = "report", SubjectId = id, VictimId = victimId, Facts = facts }, cancellation);
}
