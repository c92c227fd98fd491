using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// What whoever holds a follow-code of a report or of a case can do without signing in. A code that nobody holds gets the same answer, from the same
/// statements: trying codes teaches nothing. Only a mistake that the check character finds is said aloud, which
/// everybody could work out alone.
/// </summary>
internal static class FollowEndpoints
{
    public static void MapFollowCodes(this IEndpointRouteBuilder api)
    {
        var codes = api.MapGroup("/public/codes").WithTags("Reports").AllowAnonymous().Guessable();
        codes.MapPost("/status", StatusAsync)
            .WithName("followStatus")
            .WithSummary("Ask how far a report has come")
            .WithDescription("Received, being acted on, or closed; nothing else, ever. A code that nobody holds is received. Ten calls a minute for each address.")
            .Refuses(Unreadable, RuleBroken);
        codes.MapPost("/messages", MessageAsync)
            .WithName("followMessage")
            .WithSummary("Say something to those who handle a report")
            .WithDescription("A message, a wish to be called back, or a wish that it stops. The answer is the same for a code that nobody holds.")
            .Refuses(Unreadable, RuleBroken, KeyReused);
        codes.MapPost("/feedback", FeedbackAsync)
            .WithName("followFeedback")
            .WithSummary("Say how it went")
            .WithDescription("Four questions and words, each of which can be left out. The answer is the same for a code that nobody holds.")
            .Refuses(Unreadable, RuleBroken, KeyReused);
    }

    internal static async Task<Results<Ok<FollowView>, Refused>> StatusAsync(FollowQuery query, Call call, IndexKey index)
    {
        if (!FollowCode.TryParse(query.FollowCode, out var code))
        {
            return Mistyped();
        }
        return await call.ReadAsync<Results<Ok<FollowView>, Refused>>(async work =>
        {
            var found = await FollowStore.FindAsync(work, FollowCodes.MacsOf(code, index), call.Cancellation);
            return TypedResults.Ok(new FollowView(StatusOf(found).Code()));
        });
    }

    private static FollowStatus StatusOf(Followed? found) => found?.VictimId is not null
        ? FollowRules.StatusOf(found.CaseStatus == "open")
        : FollowRules.StatusOf(found?.TakenAt is not null, found?.Outcome, found?.CaseStatus == "open");

    internal static Task<Results<Ok<FollowSent>, Refused>> MessageAsync(FollowMessageDraft draft, Call call, Keys keys, IndexKey index) =>
        draft.Kind == "message" && string.IsNullOrWhiteSpace(draft.Text)
            ? Task.FromResult<Results<Ok<FollowSent>, Refused>>(Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/text", "required")] }))
            : SendAsync(draft.FollowCode, draft.Kind, new FollowBody(draft.Text), call, keys, index);

    internal static Task<Results<Ok<FollowSent>, Refused>> FeedbackAsync(FollowFeedbackDraft draft, Call call, Keys keys, IndexKey index) =>
        SendAsync(draft.FollowCode, "feedback", new FollowBody(draft.Text, draft.WasHeard, draft.WasHelped, draft.FeltSafe, draft.WouldAskAgain), call, keys, index);

    private static async Task<Results<Ok<FollowSent>, Refused>> SendAsync(string typed, string kind, FollowBody body, Call call, Keys keys, IndexKey index)
    {
        if (!FollowCode.TryParse(typed, out var code))
        {
            return Mistyped();
        }
        var macs = FollowCodes.MacsOf(code, index);
        return await call.ActAsync<Results<Ok<FollowSent>, Refused>>(
            async work =>
            {
                var found = await FollowStore.FindAsync(work, macs, call.Cancellation);
                var id = Ids.New(work.Now);
                // Words for nobody are sealed as well, and with a key that is forgotten at once.
                using var key = found is null ? Keys.Unkept() : keys.Unwrap(found.Key);
                var bytes = keys.Seal(key, StoredMessage.PlaceOf(id), body, FollowJson.Default.FollowBody);
                await FollowStore.AddAsync(work, id, macs, kind, bytes, call.Cancellation);
                await Journal.AppendAsync(work, new JournalEntry
                {
                    Action = found is null ? JournalActions.RefusedUnknown : found.VictimId is not null ? JournalActions.VictimSpoke : JournalActions.ReportFollowed,
                    Outcome = found is null ? "unknown" : "done",
                    SubjectKind = found?.SubjectKind ?? "report",
                    SubjectId = found?.SubjectId,
                    VictimId = found?.VictimId,
                    Facts = [("kind", kind)],
                }, call.Cancellation);
                return new Done(StatusCodes.Status200OK, null);
            },
            (_, _) => Task.FromResult<Results<Ok<FollowSent>, Refused>>(TypedResults.Ok(new FollowSent(true))),
            refused => refused);
    }

    private static Refused Mistyped() => Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/followCode", "mistyped")] });
}
