using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// An adult who refuses can still be counted (design: legal bases): a report that holds no one's data. It is written as of the
/// beginning of the day, with codes alone, and nothing leads from it to a case or from a case to it.
/// </summary>
internal static class Unnamed
{
    public static void MapUnnamed(this IEndpointRouteBuilder api) =>
        api.MapGroup("/reports").WithTags("Reports").MapPost("/unnamed", CountAsync).May(Permissions.CountUnnamed)
            .WithName("countUnnamed")
            .WithSummary("Count somebody who refused, without her data")
            .WithDescription("For a grown person who does not want to be registered or referred. Kinds of exploitation, sex and district; it leads to nobody, and is listed with the reports of the unit (kind unnamed).")
            .Refuses(Unreadable, RuleBroken, KeyReused);

    internal static async Task<Results<NoContent, Refused>> CountAsync(UnnamedDraft draft, Call call, Keys keys, Districts districts)
    {
        if (districts.Fault("/district", draft.District) is { } unknownDistrict)
        {
            return Refused.Because(unknownDistrict);
        }
        if (draft.Types.Count == 0)
        {
            return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/types", "required")] });
        }
        return await call.ActAsync<Results<NoContent, Refused>>(
            async work => Done.Changed(await WriteAsync(work, draft, keys, call.Cancellation)),
            (_, _) => Task.FromResult<Results<NoContent, Refused>>(TypedResults.NoContent()),
            refused => refused);
    }

    private static async Task<Guid> WriteAsync(Work work, UnnamedDraft draft, Keys keys, CancellationToken cancellation)
    {
        var id = Ids.New(work.Now);
        using var key = await keys.CreateAsync(work, "report", id, cancellation);
        await work.ExecuteAsync(InsertSql, new
        {
            id,
            district = draft.District,
            sex = draft.Sex,
            types = Words.Join([.. draft.Types.Distinct()]),
            keyId = key.Id,
            day = Karachi.At(Karachi.DateOf(work.Now), TimeSpan.Zero),
        }, cancellation);
        await ReportEndpoints.AppendAsync(work, JournalActions.ReportTaken, id, null, [("kind", ReportKind.Unnamed.Code()), ("outcome", ReportOutcome.CountedOnly.Code())], cancellation);
        return id;
    }

    // Received when the day began: the minute would tell who sat there.
    private const string InsertSql = """
        INSERT INTO reports (id, agency_id, handler_agency_id, kind, channel, outcome, district, sex, types, is_late, is_anonymous, key_id, story_version,
                             created_by, reported_at, received_at, changed_at, version)
        VALUES (@id, @unit, @unit, 'unnamed', 'outreach', 'counted_only', @district, @sex, @types, 0, 1, @keyId, 1, @principal, @day, @day, @day, 1)
        """;
}
