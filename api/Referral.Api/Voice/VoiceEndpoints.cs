using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// A survivor speaks for herself: she is given a code on paper, says by it what she wants (<see cref="FollowEndpoints"/>), and her team
/// answers. Only those who see her whole case read what she says; a provider of one referral does not.
/// </summary>
internal static class VoiceEndpoints
{
    private const string Subject = "victim";

    public static void MapVoice(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Voice");
        victims.MapPost("/follow-code", GiveAsync).May(Permissions.HearHer)
            .WithName("giveFollowCode")
            .WithSummary("Give a survivor a code of her own")
            .WithDescription("Told once, to be written on paper: with it she asks how far it is, wants to be called, asks that it stops, and says how it went, without an account. An earlier code of hers ends.")
            .Refuses(Unknown, KeyReused);
        victims.MapGet("/messages", ListAsync).May(Permissions.HearHer)
            .WithName("listVoiceMessages")
            .WithSummary("Read what a survivor says")
            .WithDescription("What came by her codes, newest first, and what became of it; for her team. A read that is recorded.")
            .Refuses(Unreadable, Unknown);
        victims.MapPost("/messages/{messageId}/answer", AnswerAsync).May(Permissions.HearHer)
            .WithName("answerVoiceMessage")
            .WithSummary("Write down what became of what she said")
            .WithDescription("Each kind has its outcomes (422 `not_offered`). The same wish said earlier is answered with it, and its deadline is met, in time or late. What is answered stays as it is. A wish that it stops ends nothing by itself: permissions are taken back under her bases.")
            .Refuses(Unreadable, Unknown, RuleBroken, KeyReused);
    }

    internal static Task<Results<Ok<CodeView>, Refused>> GiveAsync(Id id, Call call, Keys keys, IndexKey index) =>
        call.ActAsync<Results<Ok<CodeView>, Refused>>(
            async work =>
            {
                if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                await FollowStore.EndAsync(work, victim.Id, call.Cancellation);
                using var key = keys.Unwrap(victim.Key);
                var codeId = await FollowCodes.GiveAsync(work, Subject, victim.Id, keys, key, index, call.Cancellation);
                await AppendAsync(work, JournalActions.CodeGiven, victim.Id, [], call.Cancellation);
                return Done.Changed(codeId);
            },
            async (work, done) => await Cases.FindAsync(work, id, call.Cancellation) is not null
                && await FollowStore.GivenAsync(work, id, done.ResourceId!.Value, call.Cancellation) is { } given
                ? TypedResults.Ok(new CodeView(keys.Open(given.Key, given.Code, FollowCodes.PlaceOf(given.Id), FollowJson.Default.FollowText).Code))
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Listed<VoiceMessage>, Refused>> ListAsync(Id id, Call call, Paging paging, Keys keys) =>
        call.ChangeAsync<Results<Listed<VoiceMessage>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            await Turns.HoldAsync(work, victim.Id, victim.AccessVersion, call.Cancellation);
            await AppendAsync(work, JournalActions.VoiceRead, victim.Id, [], call.Cancellation);
            await FollowStore.ReadAsync(work, victim.Id, call.Cancellation);
            await Wishes.BeginOfAsync(work, victim.Id, call.Cancellation);
            var rows = await FollowStore.ListAsync(work, victim.Id, paging.After, paging.Take, call.Cancellation);
            var due = await DueAsync(work, victim.Id, call.Cancellation);
            return Listed.Of(rows, paging, row => new Cursor(row.At, row.Id), row => View(row, due, victim, keys));
        });

    internal static Task<Results<Ok<VoiceMessage>, Refused>> AnswerAsync(Id id, Id messageId, VoiceAnswer answer, Call call, Keys keys) =>
        call.ActAsync<Results<Ok<VoiceMessage>, Refused>>(
            async work =>
            {
                if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim
                    || await FollowStore.OneAsync(work, victim.Id, messageId, call.Cancellation) is not { } message)
                {
                    return Unknown;
                }
                if (!OutcomesOf(message.Kind).Contains(answer.Outcome))
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/outcome", "not_offered", OutcomesOf(message.Kind))] };
                }
                var words = answer.Words is { } said ? keys.Seal(victim.Key, StoredMessage.AnswerPlaceOf(message.Id), new VoiceWords(said), VoiceJson.Default.VoiceWords) : null;
                if (await FollowStore.AnswerAsync(work, victim.Id, message, answer.Outcome, words, call.Cancellation) > 0)
                {
                    await Wishes.BeginOfAsync(work, victim.Id, call.Cancellation);
                    if (Wishes.ClockOf(message.Kind) is { } clock)
                    {
                        await Clocks.AnsweredAsync(work, victim.Id, clock, call.Cancellation);
                    }
                    await AppendAsync(work, JournalActions.VoiceAnswered, victim.Id, [("kind", message.Kind), ("outcome", answer.Outcome)], call.Cancellation);
                }
                return Done.Changed(message.Id);
            },
            async (work, done) => await Cases.FindAsync(work, id, call.Cancellation) is { } victim
                && await FollowStore.OneAsync(work, victim.Id, done.ResourceId!.Value, call.Cancellation) is { } message
                ? TypedResults.Ok(View(message, await DueAsync(work, victim.Id, call.Cancellation), victim, keys))
                : Refused.Because(Unknown),
            refused => refused);

    private static string[] OutcomesOf(string kind) => kind switch
    {
        StoredMessage.CallBack => ["called"],
        StoredMessage.Stop => ["stopped", "partly_stopped", "explained"],
        _ => ["heard"],
    };

    private static async Task<IReadOnlyDictionary<ClockKind, DateTimeOffset>> DueAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        var due = new Dictionary<ClockKind, DateTimeOffset>();
        foreach (var kind in new[] { ClockKind.Callback, ClockKind.StopRequest })
        {
            foreach (var clock in await ClockStore.AskingAsync(work, victimId, kind, cancellation))
            {
                due[kind] = clock.DueAt;
            }
        }
        return due;
    }

    private static VoiceMessage View(StoredMessage row, IReadOnlyDictionary<ClockKind, DateTimeOffset> due, Case victim, Keys keys) => new(
        row.Id,
        row.Kind,
        row.At,
        keys.Open(victim.Key, row.Body, StoredMessage.PlaceOf(row.Id), FollowJson.Default.FollowBody),
        row.AnsweredAt is null && Wishes.ClockOf(row.Kind) is { } kind && due.TryGetValue(kind, out var at) ? at : null,
        row.Answer is { } outcome
            ? new VoiceAnswer(outcome, row.AnswerWords is { } words ? keys.Open(victim.Key, words, StoredMessage.AnswerPlaceOf(row.Id), VoiceJson.Default.VoiceWords).Text : null)
            : null,
        row.AnsweredAt);

    private static Task<Guid> AppendAsync(Work work, string action, Guid victimId, IReadOnlyList<(string, string)> facts, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry { Action = action, SubjectKind = Subject, SubjectId = victimId, VictimId = victimId, Facts = facts }, cancellation);
}
