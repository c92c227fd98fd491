using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The documents of a victim, one of each kind, each a data group of its own.</summary>
internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Victims");
        Map(victims, "identity", VictimJson.Default.IdentityRecord, new IdentityRecord(), Identities.Check, Identities.AfterAsync);
        Map(victims, "contact", VictimJson.Default.ContactRecord, new ContactRecord(), Contacts.Check, Contacts.AfterAsync);
        Map(victims, "demographics", VictimJson.Default.DemographicsRecord, new DemographicsRecord(), static (document, _) => (document, []), Nothing);
        Map(victims, "health", VictimJson.Default.HealthRecord, new HealthRecord(), static (document, _) => (document, []), Nothing);
    }

    private static Task Nothing<T>(Work work, Keys keys, SearchTokens tokens, Guid victimId, T document, CancellationToken cancellation) => Task.CompletedTask;

    /// <param name="check">The document as it is kept, and what a rule forbids in it.</param>
    /// <param name="after">What else follows from it, in the same transaction.</param>
    private static void Map<T>(
        IEndpointRouteBuilder victims, string group, JsonTypeInfo<T> type, T empty,
        Func<T, Districts, (T, IReadOnlyList<FieldError>)> check, Func<Work, Keys, SearchTokens, Guid, T, CancellationToken, Task> after)
        where T : class, ISealed
    {
        var name = char.ToUpperInvariant(group[0]) + group[1..];
        victims.MapGet($"/{group}", (Id id, Call call, Keys keys) => GetAsync(id, call, keys, group, type, empty)).May(Permissions.ReadCases)
            .WithName($"get{name}")
            .WithSummary($"Open the data group {group}")
            .WithDescription("A read that is recorded: its journal row is durable before the first byte leaves. What was never written is an empty document with the tag \"0\".")
            .Refuses(Unknown);
        victims.MapPut($"/{group}", (Id id, T document, Call call, Keys keys, SearchTokens tokens, Districts districts) =>
                PutAsync(id, document, call, keys, tokens, districts, group, type, check, after))
            .May(Permissions.WriteCases)
            .WithName($"put{name}")
            .WithSummary($"Write the data group {group}")
            .WithDescription("The whole document, by a member of the team or a supervisor. The first time with If-Match: \"0\".")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
    }

    private static Task<Results<Found<T>, Refused>> GetAsync<T>(Id id, Call call, Keys keys, string group, JsonTypeInfo<T> type, T empty)
        where T : class, ISealed =>
        call.ChangeAsync<Results<Found<T>, Refused>>(async work =>
        {
            if (await RecordStore.MayOpenAsync(work, id, group, call.Cancellation) is not { } seen)
            {
                return Refused.Because(Unknown);
            }
            var record = await RecordStore.FindDocumentAsync(work, id, group, call.Cancellation);
            await Turns.HoldAsync(work, id, seen, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.RecordRead,
                SubjectKind = "record",
                SubjectId = record?.Id,
                VictimId = id,
                AccessVersion = seen,
                Groups = [group],
            }, call.Cancellation);
            return record is null
                ? new Found<T>(empty, Tag.None)
                : new Found<T>(keys.Open(record.Key, record.Body, record.Place, type), Tag.Of(record.Version));
        });

    private static async Task<Results<Found<T>, Refused>> PutAsync<T>(
        Id id, T document, Call call, Keys keys, SearchTokens tokens, Districts districts, string group, JsonTypeInfo<T> type,
        Func<T, Districts, (T Kept, IReadOnlyList<FieldError> Errors)> check, Func<Work, Keys, SearchTokens, Guid, T, CancellationToken, Task> after)
        where T : class, ISealed
    {
        var (kept, errors) = check(document, districts);
        return await call.ChangeAsync<Results<Found<T>, Refused>>(async work =>
        {
            if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            var record = await RecordStore.FindDocumentAsync(work, id, group, call.Cancellation);
            if (call.Mismatch(record is null ? Tag.None : Tag.Of(record.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (errors.Count > 0)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
            }
            if (record is not null && SealedJson.AreSame(keys.Open(record.Key, record.Body, record.Place, type), kept, type))
            {
                return new Found<T>(kept, Tag.Of(record.Version));
            }
            var recordId = record?.Id ?? Ids.New(work.Now);
            if (record is null)
            {
                using var key = keys.Unwrap(victim.Key);
                await RecordStore.InsertAsync(
                    work, keys, key, recordId, id, group, group, restricted: false, work.Now, kept, type, call.Cancellation);
            }
            else if (!await RecordStore.SaveAsync(work, keys, record, restricted: false, kept, type, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await after(work, keys, tokens, id, kept, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = record is null ? JournalActions.RecordAdded : JournalActions.RecordChanged,
                SubjectKind = "record",
                SubjectId = recordId,
                VictimId = id,
                AccessVersion = victim.AccessVersion,
                Groups = [group],
            }, call.Cancellation);
            return new Found<T>(kept, Tag.Of((record?.Version ?? 0) + 1));
        });
    }
}
