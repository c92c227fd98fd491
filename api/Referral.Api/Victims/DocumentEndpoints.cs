using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The documents of a victim, one of each kind, each a data group of its own.</summary>
internal static class DocumentEndpoints
{
    private static readonly Document<IdentityRecord> Identity = new("identity", VictimJson.Default.IdentityRecord, new(), Identities.Check, Identities.AfterAsync);
    private static readonly Document<ContactRecord> Contact = new("contact", VictimJson.Default.ContactRecord, new(), Contacts.Check, Contacts.AfterAsync);
    private static readonly Document<DemographicsRecord> Demographics = new("demographics", VictimJson.Default.DemographicsRecord, new(), static (document, _) => (document, []), Nothing);
    private static readonly Document<HealthRecord> Health = new("health", VictimJson.Default.HealthRecord, new(), static (document, _) => (document, []), Nothing);

    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Victims");
        Reads(victims.MapGet("/identity", (Id id, Call call, Keys keys) => GetAsync(id, call, keys, Identity)), "Identity");
        Writes(victims.MapPut("/identity", (Id id, IdentityRecord document, Call call, Keys keys, SearchTokens tokens, Districts districts) =>
            PutAsync(id, document, call, keys, tokens, districts, Identity)), "Identity");
        Reads(victims.MapGet("/contact", (Id id, Call call, Keys keys) => GetAsync(id, call, keys, Contact)), "Contact");
        Writes(victims.MapPut("/contact", (Id id, ContactRecord document, Call call, Keys keys, SearchTokens tokens, Districts districts) =>
            PutAsync(id, document, call, keys, tokens, districts, Contact)), "Contact");
        Reads(victims.MapGet("/demographics", (Id id, Call call, Keys keys) => GetAsync(id, call, keys, Demographics)), "Demographics");
        Writes(victims.MapPut("/demographics", (Id id, DemographicsRecord document, Call call, Keys keys, SearchTokens tokens, Districts districts) =>
            PutAsync(id, document, call, keys, tokens, districts, Demographics)), "Demographics");
        Reads(victims.MapGet("/health", (Id id, Call call, Keys keys) => GetAsync(id, call, keys, Health)), "Health");
        Writes(victims.MapPut("/health", (Id id, HealthRecord document, Call call, Keys keys, SearchTokens tokens, Districts districts) =>
            PutAsync(id, document, call, keys, tokens, districts, Health)), "Health");
    }

    private static Task Nothing<T>(Work work, Keys keys, SearchTokens tokens, Guid victimId, T document, CancellationToken cancellation) => Task.CompletedTask;

    private static void Reads(RouteHandlerBuilder endpoint, string name) => endpoint.May(Permissions.ReadCases)
        .WithName($"get{name}")
        .WithSummary($"Open the data group {name.ToLowerInvariant()}")
        .WithDescription("A read that is recorded: its journal row is durable before the first byte leaves. What was never written is an empty document with the tag \"0\".")
        .Refuses(Unknown);

    private static void Writes(RouteHandlerBuilder endpoint, string name) => endpoint.May(Permissions.WriteCases)
        .WithName($"put{name}")
        .WithSummary($"Write the data group {name.ToLowerInvariant()}")
        .WithDescription("The whole document, by a member of the team or a supervisor. The first time with If-Match: \"0\".")
        .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);

    private static Task<Results<Found<T>, Refused>> GetAsync<T>(Id id, Call call, Keys keys, Document<T> kind)
        where T : class, ISealed =>
        call.ChangeAsync<Results<Found<T>, Refused>>(async work =>
        {
            if (await RecordStore.MayOpenAsync(work, id, kind.Group, call.Cancellation) is not { } seen)
            {
                return Refused.Because(Unknown);
            }
            var record = await RecordStore.FindDocumentAsync(work, id, kind.Group, call.Cancellation);
            await Turns.HoldAsync(work, id, seen, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.RecordRead,
                SubjectKind = "record",
                SubjectId = record?.Id,
                VictimId = id,
                AccessVersion = seen,
                Groups = [kind.Group],
            }, call.Cancellation);
            return record is null
                ? new Found<T>(kind.Empty, Tag.None)
                : new Found<T>(keys.Open(record.Key, record.Body, record.Place, kind.Type), Tag.Of(record.Version));
        });

    private static async Task<Results<Found<T>, Refused>> PutAsync<T>(
        Id id, T document, Call call, Keys keys, SearchTokens tokens, Districts districts, Document<T> kind)
        where T : class, ISealed
    {
        var (kept, errors) = kind.Check(document, districts);
        return await call.ChangeAsync<Results<Found<T>, Refused>>(async work =>
        {
            if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            var record = await RecordStore.FindDocumentAsync(work, id, kind.Group, call.Cancellation);
            if (call.Mismatch(record is null ? Tag.None : Tag.Of(record.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (errors.Count > 0)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
            }
            if (record is not null && SealedJson.AreSame(keys.Open(record.Key, record.Body, record.Place, kind.Type), kept, kind.Type))
            {
                return new Found<T>(kept, Tag.Of(record.Version));
            }
            var recordId = record?.Id ?? Ids.New(work.Now);
            if (record is null)
            {
                using var key = keys.Unwrap(victim.Key);
                await RecordStore.InsertAsync(
                    work, keys, key, recordId, id, kind.Group, kind.Group, restricted: false, work.Now, kept, kind.Type, call.Cancellation);
            }
            else if (!await RecordStore.SaveAsync(work, keys, record, restricted: false, kept, kind.Type, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await kind.After(work, keys, tokens, id, kept, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = record is null ? JournalActions.RecordAdded : JournalActions.RecordChanged,
                SubjectKind = "record",
                SubjectId = recordId,
                VictimId = id,
                AccessVersion = victim.AccessVersion,
                Groups = [kind.Group],
            }, call.Cancellation);
            return new Found<T>(kept, Tag.Of((record?.Version ?? 0) + 1));
        });
    }

    /// <param name="Check">The document as it is kept, and what a rule forbids in it.</param>
    /// <param name="After">What else follows from it, in the same transaction.</param>
    private sealed record Document<T>(
        string Group, JsonTypeInfo<T> Type, T Empty,
        Func<T, Districts, (T Kept, IReadOnlyList<FieldError> Errors)> Check, Func<Work, Keys, SearchTokens, Guid, T, CancellationToken, Task> After);
}
