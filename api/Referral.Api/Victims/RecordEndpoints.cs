using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// The body of an item. One shape for all kinds that exist; which members a kind takes stands in <see cref="ItemKinds"/>.
/// </summary>
/// <param name="Types">incident: what was done to her.</param>
/// <param name="Indicators">screening: what was seen. No score: the list is not a validated scale.</param>
/// <param name="Goals">plan: what shall be reached.</param>
/// <param name="ReviewOn">plan: when it is looked at again, a deadline of the lead.</param>
/// <param name="Visit">visit: which one. That of three, six or twelve months answers the deadline.</param>
/// <param name="Findings">visit: what was seen, as codes.</param>
/// <param name="Happened">critical_incident: what happened. The team, the supervisors and the national protection office are told at once.</param>
/// <param name="Shows">attachment: what the file is.</param>
/// <param name="Text">note: what was written. relation: who it is, by name. All others: what a code cannot say.</param>
/// <param name="Relation">relation: what somebody is to her, by his own word or another's.</param>
/// <param name="Claims">relation: whether he asks that she be given to him.</param>
/// <param name="Evidence">age_evidence: which kind of proof.</param>
/// <param name="BornOn">age_evidence: the day of birth that a document names.</param>
/// <param name="Years">age_evidence: about how old it says that she was on the day on which it was made.</param>
/// <param name="Least">age_evidence: fewest years that it thinks possible; without it two less.</param>
/// <param name="Most">age_evidence: most years; without it two more.</param>
/// <param name="Conflict">relation: why he cannot decide for her; then he can neither allow sharing nor take back what was allowed.</param>
/// <param name="CheckedBy">relation: how it was checked; without it nobody has, and she is not released to him.</param>
public sealed record Item(
    [property: CodeOf("exploitation_type")] IReadOnlyList<string>? Types = null,
    [property: CodeOf("means_of_control")] IReadOnlyList<string>? Means = null,
    [property: CodeOf("industry")] string? Industry = null,
    [property: CodeOf("incident_place_kind")] string? PlaceKind = null,
    string? District = null,
    [property: Past] DateOnly? From = null,
    [property: Past] DateOnly? To = null,
    [property: CodeOf("screening_indicator")] IReadOnlyList<string>? Indicators = null,
    [property: Most(30)] IReadOnlyList<PlanGoal>? Goals = null,
    DateOnly? ReviewOn = null,
    [property: CodeOf("follow_up_kind")] string? Visit = null,
    [property: CodeOf("visit_finding")] IReadOnlyList<string>? Findings = null,
    [property: CodeOf("critical_incident_kind")] string? Happened = null,
    [property: CodeOf("document_kind")] string? Shows = null,
    [property: Text(8000)] string? Text = null,
    [property: CodeOf("relation_kind")] string? Relation = null,
    bool? Claims = null,
    [property: CodeOf("claimant_check")] string? CheckedBy = null,
    [property: Past] DateOnly? CheckedOn = null,
    [property: CodeOf("age_evidence_kind")] string? Evidence = null,
    [property: Past] DateOnly? BornOn = null,
    [property: Within(0, 120)] int? Years = null,
    [property: Within(0, 120)] int? Least = null,
    [property: Within(0, 120)] int? Most = null,
    [property: CodeOf("guardian_conflict")] string? Conflict = null) : ISealed
{
    public static int Schema => 1;
}

/// <summary>Something new to be written of a victim.</summary>
/// <param name="Restricted">Opens only to a grant that names it, or to its author.</param>
public sealed record RecordDraft(
    [property: CodeOf("record_kind", Only = ["incident", "screening", "note", "relation", "plan", "visit", "critical_incident", "age_evidence"])] string Kind,
    Item Body,
    Guid? Id = null,
    bool Restricted = false,
    [property: Past] DateTimeOffset? OccurredAt = null);

/// <summary>A record changed by its author or the team.</summary>
public sealed record RecordChange(Item Body, bool Restricted = false);

/// <summary>An item in a list: no words.</summary>
public sealed record RecordRow(
    Guid Id,
    [property: CodeOf("record_kind")] string Kind,
    [property: CodeOf("data_group")] string Group,
    DateTimeOffset At,
    DateTimeOffset ChangedAt,
    bool Restricted,
    Guid? OccurrenceId,
    bool AuthorIsMe);

/// <summary>An item with its words.</summary>
/// <param name="Workers">Those whom the goals of a plan name.</param>
/// <param name="Agencies">Those whom the goals of a plan name.</param>
/// <param name="Attachment">attachment: the file, which has an address of its own.</param>
public sealed record RecordView(
    Guid Id,
    [property: CodeOf("record_kind")] string Kind,
    [property: CodeOf("data_group")] string Group,
    DateTimeOffset At,
    DateTimeOffset ChangedAt,
    bool Restricted,
    Item Body,
    IReadOnlyList<WorkerRef> Workers,
    IReadOnlyList<Ref> Agencies,
    AttachmentView? Attachment);

/// <summary>The items of a victim: incidents, screenings, notes, plans, visits, and who says that she belongs to him.</summary>
internal static class RecordEndpoints
{
    public static void MapRecords(this IEndpointRouteBuilder api)
    {
        var records = api.MapGroup("/victims/{id}/records").WithTags("Victims");
        records.MapGet("", ListAsync).May(Permissions.ReadCases)
            .WithName("listRecords")
            .WithSummary("List the items of a victim")
            .WithDescription("Newest first, those that the caller could open, without their words. Her documents have addresses of their own.")
            .Refuses(Unreadable, Unknown);
        records.MapPost("", AddAsync).May(Permissions.WriteCases)
            .WithName("addRecord")
            .WithSummary("Add an item: an incident, a note, a relation, a plan, a visit …")
            .WithDescription("A new item goes to nobody outside the team until a referral or an order names it. A visit that was due answers its deadline; a plan with a day on which it is looked at again starts one; a critical incident is told at once.")
            .Refuses(Unreadable, Unknown, RuleBroken, IdTaken, KeyReused);
        records.MapGet("/{recordId}", GetAsync).May(Permissions.ReadCases)
            .WithName("getRecord")
            .WithSummary("Open one item")
            .WithDescription("A read that is recorded: its journal row is durable before the first byte leaves.")
            .Refuses(Unknown);
        records.MapPut("/{recordId}", PutAsync).May(Permissions.WriteCases)
            .WithName("putRecord")
            .WithSummary("Correct one item")
            .WithDescription("The whole body, by a member of the team or a supervisor who can open it. Another day for a plan answers its deadline, and starts the next.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
    }

    internal static Task<Results<Listed<RecordRow>, Refused>> ListAsync(
        Id id, Call call, Paging paging, [CodeOf("record_kind", Only = ["incident", "screening", "note", "relation", "plan", "visit", "critical_incident", "age_evidence", "attachment"])] string? kind) =>
        call.ReadAsync<Results<Listed<RecordRow>, Refused>>(async work =>
        {
            if (await VictimStore.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            return Listed.Of(
                await RecordStore.ListItemsAsync(work, id, kind, paging, call.Cancellation),
                paging,
                row => new Cursor(row.At, row.Id),
                row => new RecordRow(row.Id, row.Kind, row.GroupCode, row.At, row.ChangedAt, row.Restricted, row.OccurrenceId, row.AuthorId == call.Caller.PrincipalId));
        });

    internal static async Task<Results<Made<RecordView>, Refused>> AddAsync(Id id, RecordDraft draft, Call call, Keys keys, Districts districts)
    {
        var errors = ItemKinds.Check(draft.Kind, draft.Body, districts);
        return await call.ActAsync<Results<Made<RecordView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                if (errors.Count > 0)
                {
                    return new Refusal(RuleBroken) { Errors = errors };
                }
                if (await PlanOwners.UnknownAsync(work, draft.Body, call.Cancellation) is { Count: > 0 } unknown)
                {
                    return new Refusal(RuleBroken) { Errors = unknown };
                }
                var recordId = draft.Id ?? Ids.New(work.Now);
                var group = ItemKinds.GroupOf(draft.Kind, draft.Body);
                // What alerts opens access: its turn comes first.
                var turn = draft.Kind == ItemKinds.CriticalIncident ? await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, call.Cancellation) : victim.AccessVersion;
                using var key = keys.Unwrap(victim.Key);
                try
                {
                    await RecordStore.InsertAsync(
                        work, keys, key, recordId, id, draft.Kind, group, draft.Restricted, draft.OccurredAt ?? work.Now,
                        draft.Body, VictimJson.Default.Item, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_records"))
                {
                    return IdTaken;
                }
                await AppendAsync(work, JournalActions.RecordAdded, recordId, id, draft.Kind, group, turn, call.Cancellation);
                if (draft.Kind == ItemKinds.Incident)
                {
                    await Ages.FollowAsync(work, keys, victim.Id, call.Cancellation);
                }
                if (draft.Kind == ItemKinds.CriticalIncident)
                {
                    await CriticalIncidents.AlertAsync(work, victim, recordId, turn, call.Cancellation);
                }
                if (draft.Body.Visit is { } visit)
                {
                    await Clocks.VisitedAsync(work, victim.Id, visit, call.Cancellation);
                }
                if (draft.Kind == ItemKinds.Plan)
                {
                    await PlannedAsync(work, victim, recordId, draft.OccurredAt ?? work.Now, draft.Body.ReviewOn, call.Cancellation);
                }
                return Done.Made(recordId);
            },
            (work, done) => AnswerAsync(work, id, done, keys, call.Cancellation),
            refused => refused);
    }

    internal static async Task<Results<Made<RecordView>, Refused>> AnswerAsync(Work work, Id id, Done done, Keys keys, CancellationToken cancellation) =>
        await RecordStore.FindItemAsync(work, id, done.ResourceId!.Value, cancellation) is { } record
            ? new Made<RecordView>($"/api/v1/victims/{id.Value}/records/{record.Id}", await ViewAsync(work, record, keys, cancellation), Tag.Of(record.Version))
            : Refused.Because(Unknown);

    internal static Task<Results<Found<RecordView>, Refused>> GetAsync(Id id, Id recordId, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<RecordView>, Refused>>(async work =>
        {
            if (await RecordStore.FindItemAsync(work, id, recordId, call.Cancellation) is not { } record)
            {
                return Refused.Because(Unknown);
            }
            await Turns.HoldAsync(work, record.VictimId, record.AccessVersion, call.Cancellation);
            await AppendAsync(work, JournalActions.RecordRead, record.Id, record.VictimId, record.Kind, record.GroupCode, record.AccessVersion, call.Cancellation);
            return new Found<RecordView>(await ViewAsync(work, record, keys, call.Cancellation), Tag.Of(record.Version));
        });

    internal static Task<Results<Found<RecordView>, Refused>> PutAsync(Id id, Id recordId, RecordChange change, Call call, Keys keys, Districts districts) =>
        call.ChangeAsync<Results<Found<RecordView>, Refused>>(async work =>
        {
            if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim
                || await RecordStore.FindItemAsync(work, id, recordId, call.Cancellation) is not { } record)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(Tag.Of(record.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (ItemKinds.Check(record.Kind, change.Body, districts) is { Count: > 0 } errors)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = errors });
            }
            if (await PlanOwners.UnknownAsync(work, change.Body, call.Cancellation) is { Count: > 0 } unknown)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = unknown });
            }
            var before = BodyOf(record, keys);
            if (before.Shows != change.Body.Shows)
            {
                // What it shows decides to which group it belongs, and so who may have it open already.
                return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/body/shows", "not_changed")] });
            }
            if (record.Restricted == change.Restricted && SealedJson.AreSame(before, change.Body, VictimJson.Default.Item))
            {
                return new Found<RecordView>(await ViewAsync(work, record, keys, call.Cancellation), Tag.Of(record.Version));
            }
            if (!await RecordStore.SaveAsync(work, keys, record, change.Restricted, change.Body, VictimJson.Default.Item, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            if (record.Kind == ItemKinds.Plan && before.ReviewOn != change.Body.ReviewOn)
            {
                await PlannedAsync(work, victim, record.Id, record.At, change.Body.ReviewOn, call.Cancellation);
            }
            if (record.Kind == ItemKinds.Incident)
            {
                await Ages.FollowAsync(work, keys, victim.Id, call.Cancellation);
            }
            await AppendAsync(work, JournalActions.RecordChanged, record.Id, record.VictimId, record.Kind, record.GroupCode, record.AccessVersion, call.Cancellation);
            return new Found<RecordView>(await ViewAsync(work, record, work.Now, change.Restricted, change.Body, call.Cancellation), Tag.Of(record.Version + 1));
        });

    /// <summary>The newest plan is the one that is looked at again, and only while somebody works on the case.</summary>
    private static async Task PlannedAsync(Work work, Victim victim, Guid planId, DateTimeOffset at, DateOnly? reviewOn, CancellationToken cancellation)
    {
        if (!await RecordStore.IsFollowedAsync(work, victim.Id, ItemKinds.Plan, planId, at, cancellation))
        {
            await Clocks.PlannedAsync(work, victim.Id, victim.LeadAgencyId, victim.Status == Closures.OpenCase ? reviewOn : null, cancellation);
        }
    }

    private static Item BodyOf(SealedRecord record, Keys keys) => keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item);

    private static Task<RecordView> ViewAsync(Work work, SealedRecord record, Keys keys, CancellationToken cancellation) =>
        ViewAsync(work, record, record.ChangedAt, record.Restricted, BodyOf(record, keys), cancellation);

    private static async Task<RecordView> ViewAsync(Work work, SealedRecord record, DateTimeOffset changedAt, bool restricted, Item body, CancellationToken cancellation)
    {
        var (workers, agencies) = await PlanOwners.NamedAsync(work, body, cancellation);
        var attachment = record.Kind == ItemKinds.Attachment ? await AttachmentStore.AboutAsync(work, record.Id, cancellation) : null;
        return new RecordView(record.Id, record.Kind, record.GroupCode, record.At, changedAt, restricted, body, workers, agencies, attachment);
    }

    internal static Task<Guid> AppendAsync(Work work, string action, Guid recordId, Guid victimId, string kind, string group, long seen, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "record",
            SubjectId = recordId,
            VictimId = victimId,
            AccessVersion = seen,
            Groups = [group],
            Facts = [("kind", kind)],
        }, cancellation);
}
