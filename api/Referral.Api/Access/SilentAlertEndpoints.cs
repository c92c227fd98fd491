using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Somebody who is kept away from her asked for her, or one who was until not long ago opened her. He is never told.</summary>
/// <param name="BlockId">What keeps him away, or did.</param>
/// <param name="Worker">Null for a partner system.</param>
/// <param name="Operation">What he tried, by its name in this contract; of what was opened the action as the journal has it.</param>
/// <param name="At">When he did.</param>
/// <param name="Words">What was found out or done. Only where it is read by itself.</param>
/// <param name="Block">Who is kept away. Only where it is read by itself.</param>
public sealed record SilentAlertView(
    Guid Id,
    [property: CodeOf("silent_alert_kind")] string Kind,
    Guid VictimId,
    string CaseCode,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("sex")] string Sex,
    string District,
    Guid BlockId,
    WorkerRef? Worker,
    Ref? Agency,
    string Operation,
    DateTimeOffset At,
    DateTimeOffset RaisedAt,
    DateTimeOffset? HandledAt,
    WorkerRef? HandledBy,
    string? Words = null,
    BlockView? Block = null);

/// <param name="Words">What was found out, and what is done about it.</param>
public sealed record AlertSettled([property: Text(2000)] string Words);

/// <summary>What was found out, in words: sealed with her key.</summary>
internal sealed record AlertWords(string Text) : ISealed
{
    public static int Schema => 1;
}

/// <summary>The national protection office looks after those who are kept away and try; nobody else sees that they did.</summary>
internal static class SilentAlertEndpoints
{
    public static void MapSilentAlerts(this IEndpointRouteBuilder api)
    {
        var alerts = api.MapGroup("/silent-alerts").WithTags("Access");
        alerts.MapGet("", ListAsync).May(Permissions.WatchBlocks)
            .WithName("listSilentAlerts")
            .WithSummary("List who tried to reach a victim that he must not")
            .WithDescription("Newest first: those that nobody has settled, or with handled=true the others. Codes and names of staff only.")
            .Refuses(Unreadable);
        alerts.MapGet("/{id}", GetAsync).May(Permissions.WatchBlocks)
            .WithName("getSilentAlert")
            .WithSummary("Read a silent alert")
            .WithDescription("With who is kept away, and what was found out. A read that is recorded.")
            .Refuses(Unknown);
        alerts.MapPost("/{id}/handled", HandleAsync).May(Permissions.WatchBlocks)
            .WithName("settleSilentAlert")
            .WithSummary("Say what was found out")
            .WithDescription("It settles this one and what the same person did before it. Once nothing of a block waits, the office sees nothing of the case any more. Settled once is settled.")
            .Refuses(Unreadable, Unknown, RuleBroken, KeyReused);
    }

    internal static Task<Results<Listed<SilentAlertView>, Refused>> ListAsync(Call call, Paging paging, bool? handled) =>
        call.ReadAsync<Results<Listed<SilentAlertView>, Refused>>(async work =>
        {
            var rows = await SilentAlertStore.ListAsync(work, handled == true, paging, call.Cancellation);
            var agencies = await AgencyRefs.OfAsync(work, rows.Select(row => row.AgencyId).OfType<Guid>(), call.Cancellation);
            return Listed.Of(rows, paging, row => new Cursor(row.At, row.Id), row => View(row, agencies));
        });

    internal static Task<Results<Found<SilentAlertView>, Refused>> GetAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<SilentAlertView>, Refused>>(async work =>
        {
            if (await SilentAlertStore.FindAsync(work, id, call.Cancellation) is not { } alert)
            {
                return Refused.Because(Unknown);
            }
            await Turns.HoldAsync(work, alert.VictimId, alert.AccessVersion, call.Cancellation);
            await SilentAlerts.AppendAsync(work, JournalActions.AlertRead, alert.Id, alert.VictimId, alert.AccessVersion, call.Cancellation);
            return await AnswerAsync(work, keys, alert, call.Cancellation);
        });

    internal static Task<Results<Found<SilentAlertView>, Refused>> HandleAsync(Id id, AlertSettled settled, Call call, Keys keys) =>
        call.ActAsync<Results<Found<SilentAlertView>, Refused>>(
            async work =>
            {
                if (await SilentAlertStore.FindAsync(work, id, call.Cancellation) is not { } alert)
                {
                    return Unknown;
                }
                if (string.IsNullOrWhiteSpace(settled.Words))
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/words", "required")] };
                }
                if (alert.HandledAt is null)
                {
                    var turn = await BlockStore.TakeTurnsAsync(work, alert.VictimId, alert.AccessVersion, call.Cancellation);
                    var words = keys.Seal(alert.Key, StoredAlert.PlaceOf(alert.Id), new AlertWords(settled.Words.Trim()), AccessJson.Default.AlertWords);
                    await SilentAlertStore.HandleAsync(work, alert, words, call.Cancellation);
                    if (await SilentAlertStore.WaitingAsync(work, alert.BlockId, call.Cancellation) == 0)
                    {
                        await Oversight.EndAsync(work, alert.BlockId, call.Cancellation);
                    }
                    await SilentAlerts.AppendAsync(work, JournalActions.AlertHandled, alert.Id, alert.VictimId, turn, call.Cancellation);
                }
                return Done.Changed(alert.Id);
            },
            async (work, _) => await SilentAlertStore.FindAsync(work, id, call.Cancellation) is { } alert
                ? await AnswerAsync(work, keys, alert, call.Cancellation)
                : Refused.Because(Unknown),
            refused => refused);

    private static async Task<Found<SilentAlertView>> AnswerAsync(Work work, Keys keys, StoredAlert alert, CancellationToken cancellation)
    {
        var agencies = await AgencyRefs.OfAsync(work, alert.AgencyId is { } agency ? [agency] : [], cancellation);
        var view = View(alert, agencies) with
        {
            Words = alert.Words is { } words ? keys.Open(alert.Key, words, StoredAlert.PlaceOf(alert.Id), AccessJson.Default.AlertWords).Text : null,
            Block = await BlockEndpoints.OfCaseAsync(work, keys, alert.BlockId, cancellation),
        };
        return new Found<SilentAlertView>(view, Tag.Of(alert.HandledAt is null ? 1 : 2));
    }

    private static SilentAlertView View(StoredAlert a, IReadOnlyDictionary<Guid, Ref> agencies) => new(
        a.Id, a.Kind.Code(), a.VictimId, a.CaseCode, a.AgeBand, a.Sex, a.District, a.BlockId,
        a is { WorkerId: { } worker, WorkerName: { } name } ? new WorkerRef(worker, name) : null,
        a.AgencyId is { } agency ? agencies.GetValueOrDefault(agency) : null,
        a.Operation, a.At, a.RaisedAt, a.HandledAt,
        a is { HandledBy: { } by, HandledName: { } handler } ? new WorkerRef(by, handler) : null);
}
