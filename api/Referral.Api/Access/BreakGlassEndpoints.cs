using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.BreakGlassRefusals;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Emergency access: opened alone, told at once, answered for afterwards.</summary>
internal static class BreakGlassEndpoints
{
    public static void MapBreakGlass(this IEndpointRouteBuilder api)
    {
        var accesses = api.MapGroup("/break-glass").WithTags("Access");
        accesses.MapPost("", OpenAsync).May(Permissions.BreakGlass).Guessable()
            .WithName("breakGlass")
            .WithSummary("Open a case in an emergency")
            .WithDescription("By its code, for four hours, to the caller alone: the minimum and the documents that are named, no items. The team, its supervisors and the national protection office hear of it at once, and one of them answers afterwards whether it was right. A code that no case has, a case that the caller is kept away from, and one of which she does not want the caller's agency to know get one answer. A few calls a minute.")
            .Refuses(Unreadable, Unknown, SeesCaseAlready, BreakGlassOpen, RuleBroken, IdTaken, KeyReused);
        accesses.MapGet("", ListAsync).May(Permissions.ReadBreakGlass)
            .WithName("listBreakGlass")
            .WithSummary("List emergency accesses that wait for an answer")
            .WithDescription("By deadline: for a supervisor those to cases of the own agency and every unit below, for the national protection office those that lie before it, and for everybody those that they opened. Or all of one victim, newest first. Codes only.")
            .Refuses(Unreadable);
        accesses.MapGet("/{id}", GetAsync).May(Permissions.ReadBreakGlass)
            .WithName("getBreakGlass")
            .WithSummary("Read why a case was opened in an emergency, and what was read")
            .WithDescription("With the words of whoever opened it and whoever answered, and what the journal says was read meanwhile. For the supervisors of whoever opened it without justification that it was found so, and nothing of her. A read that is recorded.")
            .Refuses(Unknown);
        accesses.MapPost("/{id}/end", EndAsync).May(Permissions.ReadBreakGlass)
            .WithName("endBreakGlass")
            .WithSummary("End an emergency access before its time")
            .WithDescription("By whoever opened it, or whoever would answer for it. It is answered for all the same. What is over stays as it is.")
            .Refuses(Unknown, ReferralRefusals.OtherPartyActs, KeyReused);
        accesses.MapPost("/{id}/review", ReviewAsync).May(Permissions.ReviewBreakGlass).AfterSigningIn()
            .WithName("reviewBreakGlass")
            .WithSummary("Answer whether an emergency access was right")
            .WithDescription("By a supervisor of the agency that leads the case or the national protection office, never by whoever opened it. What was not justified ends in the same step, and the supervisors of whoever opened it and the national protection office hear of it.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, Reviewed, ReferralRefusals.OtherPartyActs, OwnBreakGlass, ReferralRefusals.NeedsMissing, KeyReused);
    }

    internal static async Task<Results<Made<BreakGlassView>, Refused>> OpenAsync(BreakGlassDraft draft, Call call, Keys keys)
    {
        var isCode = CaseCode.TryParse(draft.CaseCode, out var code);
        FieldError[] errors =
        [
            .. isCode ? [] : new[] { new FieldError("/caseCode", "mistyped") },
            .. string.IsNullOrWhiteSpace(draft.Note) ? new[] { new FieldError("/note", "blank") } : [],
        ];
        if (errors.Length > 0)
        {
            return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
        }
        return await call.ActAsync<Results<Made<BreakGlassView>, Refused>>(
            work => BreakGlasses.OpenAsync(work, code!, draft, keys, call.Cancellation),
            async (work, done) => await BreakGlassStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } stored
                ? new Made<BreakGlassView>($"/api/v1/break-glass/{stored.Id}", View(stored, call.Caller, work.Now), TagOf(stored))
                : Refused.Because(Unknown),
            refused => refused);
    }

    internal static Task<Results<Listed<BreakGlassView>, Refused>> ListAsync(Call call, Paging paging, Guid? victimId) =>
        call.ReadAsync<Results<Listed<BreakGlassView>, Refused>>(async work => Listed.Of(
            victimId is { } victim
                ? await BreakGlassStore.OfVictimAsync(work, victim, paging, call.Cancellation)
                : await BreakGlassStore.WaitingAsync(work, paging, call.Cancellation),
            paging,
            row => new Cursor(victimId is null ? row.DueAt : row.OpenedAt, row.Id),
            row => View(row, call.Caller, work.Now)));

    internal static Task<Results<Found<BreakGlassView>, Refused>> GetAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<BreakGlassView>, Refused>>(async work =>
        {
            if (await BreakGlassStore.FindAsync(work, id, call.Cancellation) is not { } stored)
            {
                return Refused.Because(Unknown);
            }
            await BreakGlasses.ReadAsync(work, stored, call.Cancellation);
            var readings = await Journal.ReadingsAsync(work, stored.VictimId, stored.WorkerId, stored.AgencyId, stored.OpenedAt, stored.UntilAt, call.Cancellation);
            var view = View(stored, call.Caller, work.Now) with
            {
                Note = Open(stored, stored.Note, "note", keys),
                Line = Open(stored, stored.Line, "line", keys),
                Readings = [.. readings.Select(one => new BreakGlassReading(one.Action, one.Groups?.Split(',') ?? [], one.Times, one.FirstAt, one.LastAt))],
            };
            // What is read meanwhile moves without a new version; of the words the tag tells nothing.
            return new Found<BreakGlassView>(view, TagOf(stored).Showing(Encoding.UTF8.GetBytes($"{readings.Sum(one => one.Times)} {view.MayEnd} {view.Escalated}")));
        });

    internal static Task<Results<Found<BreakGlassView>, NoContent, Refused>> EndAsync(Id id, Call call) =>
        ActAsync(id, call, (work, stored) => BreakGlasses.EndAsync(work, stored, call.Cancellation));

    internal static Task<Results<Found<BreakGlassView>, NoContent, Refused>> ReviewAsync(Id id, BreakGlassVerdict verdict, Call call, Keys keys) =>
        ActAsync(id, call, async (work, stored) => call.Mismatch(TagOf(stored))
            ?? await BreakGlasses.ReviewAsync(work, stored, Codes.Parse<BreakGlassAnswer>(verdict.Answer), verdict.Line, keys, call.Cancellation));

    private static Task<Results<Found<BreakGlassView>, NoContent, Refused>> ActAsync(Guid id, Call call, Func<Work, StoredBreakGlass, Task<Refusal?>> act) =>
        call.ActAsync<Results<Found<BreakGlassView>, NoContent, Refused>>(
            async work =>
            {
                if (await BreakGlassStore.FindAsync(work, id, call.Cancellation) is not { } stored)
                {
                    return Unknown;
                }
                return await act(work, stored) is { } refusal ? Done.FromRefusal(refusal) : Done.Changed(id);
            },
            // The national office sees nothing of it once it is settled.
            async (work, _) => await BreakGlassStore.FindAsync(work, id, call.Cancellation) is { } stored
                ? new Found<BreakGlassView>(View(stored, call.Caller, work.Now), TagOf(stored))
                : TypedResults.NoContent(),
            refused => refused);

    private static string? Open(StoredBreakGlass stored, byte[]? words, string column, Keys keys) =>
        words is null || !stored.KnowsHer ? null : keys.Open(stored.Key, words, StoredBreakGlass.PlaceOf(stored.Id, column), AccessJson.Default.BreakGlassWords).Text;

    private static Tag TagOf(StoredBreakGlass stored) => Tag.Of(stored.Version, stored.KnowsHer ? ["her"] : []);

    private static BreakGlassView View(StoredBreakGlass e, Caller caller, DateTimeOffset now)
    {
        var (access, knows) = (e.ToBreakGlass(), e.KnowsHer);
        return new BreakGlassView(
            e.Id, knows ? e.VictimId : null, knows ? e.CaseCode : null, knows ? e.AgeBand : null, knows ? e.Sex : null, knows ? e.District : null,
            e.WorkerName is { } opener ? new WorkerRef(e.WorkerId, opener) : null, new Ref(e.AgencyId, e.NameEn, e.NameUr),
            new Ref(e.LeadAgencyId, e.LeadNameEn, e.LeadNameUr), e.Reason, Words.Split(e.Groups), e.OpenedAt, e.UntilAt, e.DueAt, e.Escalated,
            e.Answer?.Code(), e is { ReviewedBy: { } by, ReviewerName: { } name } ? new WorkerRef(by, name) : null, e.ReviewedAt, null, null, [],
            e.WorkerId == caller.PrincipalId, access.MayEnd(caller.PrincipalId, e.Reviews, now),
            caller.May(Permissions.ReviewBreakGlass) && access.MayReview(caller.PrincipalId, e.Reviews) ? Codes.All<BreakGlassAnswer>() : []);
    }
}
