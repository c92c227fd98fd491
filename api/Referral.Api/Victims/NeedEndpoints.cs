using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What a victim needs: the reason for every referral, and the evidence of what was missing.</summary>
internal static class NeedEndpoints
{
    public static void MapNeeds(this IEndpointRouteBuilder api)
    {
        var needs = api.MapGroup("/victims/{id}/needs").WithTags("Victims");
        needs.MapGet("", ListAsync).May(Permissions.ReadCases)
            .WithName("listNeeds")
            .WithSummary("List the needs of a victim")
            .WithDescription("All of them, oldest first.")
            .Refuses(Unknown);
        needs.MapPost("", AddAsync).May(Permissions.Register)
            .WithName("addNeed")
            .WithSummary("Add a need")
            .WithDescription("A service category with its urgency and what a provider must honour.")
            .Refuses(Unreadable, Unknown, IdTaken, KeyReused);
        needs.MapPut("/{needId}", PutAsync).May(Permissions.WriteCases)
            .WithName("putNeed")
            .WithSummary("Change a need, or say what became of it")
            .WithDescription("An unmet need says why: that is the evidence of where help is missing.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, VictimRefusals.UnmetNeedsReason);
    }

    internal static Task<Results<Listed<NeedView>, Refused>> ListAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<NeedView>, Refused>>(async work =>
            await VictimStore.FindCaseAsync(work, id, call.Cancellation) is null
                ? Refused.Because(Unknown)
                : Listed.Whole<NeedView>([.. (await NeedStore.ListAsync(work, id, call.Cancellation)).Select(View)]));

    internal static Task<Results<Made<NeedView>, Refused>> AddAsync(Id id, NeedDraft draft, Call call) =>
        call.ActAsync<Results<Made<NeedView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                var needId = draft.Id ?? Ids.New(work.Now);
                try
                {
                    await NeedStore.InsertAsync(work, needId, id, draft, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_needs"))
                {
                    return IdTaken;
                }
                await AppendAsync(work, JournalActions.NeedAdded, victim.Id, needId, victim.AccessVersion, draft.Category, call.Cancellation);
                return Done.Made(needId);
            },
            async (work, done) => await NeedStore.FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is { } need
                ? new Made<NeedView>($"/api/v1/victims/{id.Value}/needs/{need.Id}", View(need), Tag.Of(need.Version))
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Found<NeedView>, Refused>> PutAsync(Id id, Id needId, NeedChange change, Call call) =>
        call.ChangeAsync<Results<Found<NeedView>, Refused>>(async work =>
        {
            if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim
                || await NeedStore.FindAsync(work, id, needId, call.Cancellation) is not { } need)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(Tag.Of(need.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if ((change.Status == "unmet") != (change.UnmetReason is not null))
            {
                return Refused.Because(new Refusal(VictimRefusals.UnmetNeedsReason) { Errors = [new FieldError("/unmetReason", "missing")] });
            }
            var saved = need with { Urgency = change.Urgency, Status = change.Status, UnmetReason = change.UnmetReason, Constraints = Words.Join(change.Constraints) };
            if (saved == need)
            {
                return new Found<NeedView>(View(need), Tag.Of(need.Version));
            }
            if (!await NeedStore.SaveAsync(work, need, change, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await AppendAsync(work, JournalActions.NeedChanged, victim.Id, need.Id, victim.AccessVersion, need.Category, call.Cancellation);
            return new Found<NeedView>(View(saved), Tag.Of(need.Version + 1));
        });

    private static NeedView View(VictimNeed need) => new(
        need.Id, need.Category, need.Urgency, need.Status, need.UnmetReason, Words.Split(need.Constraints), need.At);

    private static Task<Guid> AppendAsync(Work work, string action, Guid victimId, Guid needId, long seen, string category, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "need",
            SubjectId = needId,
            VictimId = victimId,
            AccessVersion = seen,
            Facts = [("category", category)],
        }, cancellation);
}
