using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What happened in a referral that is not a move. Both parties read it while they see the referral; its words are sealed.</summary>
internal static class Entries
{
    public static Task<Results<Listed<EntryView>, Refused>> ListAsync(Id id, Call call, Paging paging, Keys keys) =>
        call.ChangeAsync<Results<Listed<EntryView>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral)
            {
                return Refused.Because(Unknown);
            }
            if (referral.OnlySees(call.Caller))
            {
                return Listed.Whole<EntryView>([]);
            }
            var rows = await work.PageAsync<EntryRow>(ListSql, new { referralId = referral.Id, afterAt = paging.AfterAt, afterId = paging.AfterId }, paging.Take, call.Cancellation);
            if (rows.Any(row => row.Body is not null))
            {
                await Turns.HoldAsync(work, referral.VictimId, referral.AccessVersion, call.Cancellation);
                await Journal.AppendAsync(work, Written(JournalActions.EntriesRead, referral, null, []), call.Cancellation);
            }
            return Listed.Of(rows, paging, row => new Cursor(row.At, row.Id), row => View(row, call.Caller, keys));
        });

    public static async Task<Results<Made<EntryView>, Refused>> AddAsync(Id id, EntryDraft draft, Call call, Keys keys, Taxonomies taxonomies)
    {
        if (draft.Kind == "outcome" && draft.Codes?.Any(code => !taxonomies.Codes("outcome").Contains(code)) == true)
        {
            return Refused.Because(new Refusal(Unreadable) { Errors = [new FieldError("/codes", "unknown_code", taxonomies.Codes("outcome"))] });
        }
        return await call.ActAsync<Results<Made<EntryView>, Refused>>(
            async work =>
            {
                if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral)
                {
                    return Unknown;
                }
                if (!KindsFor(call.Caller, referral).Contains(draft.Kind))
                {
                    return new Refusal(ReferralRefusals.OtherPartyActs, ("action", draft.Kind), ("party", Party.Provider.Code()));
                }
                if (draft.Kind == "outcome" && referral.AwaitsRelease && draft.Codes?.Any(Needs.Outcome.AfterRelease.Contains) == true)
                {
                    return ReferralRefusals.ReleaseNeeded;
                }
                if (Fault(draft) is { } fault)
                {
                    return fault;
                }
                try
                {
                    var entryId = await WriteAsync(
                        work, referral, draft.Kind, draft.Text, draft.Codes ?? [], keys, call.Cancellation, draft.Id, draft.OccurredAt);
                    if (draft.Kind is "progress" or "service_delivered" && referral.State == ReferralState.InService)
                    {
                        await Referrals.ReportedBackAsync(work, referral, call.Cancellation);
                    }
                    await TellAsync(work, referral, entryId, call.Cancellation);
                    return Done.Made(entryId);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_entries"))
                {
                    return IdTaken;
                }
            },
            async (work, done) => await ReferralStore.FindAsync(work, id, call.Cancellation) is { } referral
                && await work.FirstOrNoneAsync<EntryRow>(FindSql, new { id = done.ResourceId!.Value, referralId = referral.Id }, call.Cancellation) is { } entry
                ? new Made<EntryView>($"/api/v1/referrals/{referral.Id}/entries/{entry.Id}", View(entry, call.Caller, keys))
                : Refused.Because(Unknown),
            refused => refused);
    }

    /// <summary>Either side writes messages; from arrival on the provider says what it gave, how it goes and what came of it.</summary>
    public static IReadOnlyList<string> KindsFor(Caller caller, StoredReferral referral)
    {
        if (!caller.May(Permissions.WriteEntries) || referral.OnlySees(caller))
        {
            return [];
        }
        var serves = referral.ActorFor(caller).Provides && referral.State is ReferralState.InService or ReferralState.Completed;
        return serves ? ["message", "progress", "service_delivered", "outcome"] : ["message"];
    }

    private static Refusal? Fault(EntryDraft draft)
    {
        FieldError[] errors =
        [
            .. draft.Kind == "message" && string.IsNullOrWhiteSpace(draft.Text) ? [new FieldError("/text", "required")] : Array.Empty<FieldError>(),
            .. draft.Kind == "outcome" && draft.Codes is not { Count: > 0 } ? [new FieldError("/codes", "required")] : Array.Empty<FieldError>(),
            .. draft.Kind != "outcome" && draft.Codes is { Count: > 0 } ? [new FieldError("/codes", "not_taken")] : Array.Empty<FieldError>(),
        ];
        return errors.Length > 0 ? new Refusal(RuleBroken) { Errors = errors } : null;
    }

    /// <summary>Writes an entry and its journal row. What goes along with a move is told with the move.</summary>
    public static async Task<Guid> WriteAsync(
        Work work, StoredReferral referral, string kind, string? text, IReadOnlyList<string> codes, Keys keys, CancellationToken cancellation,
        Guid? entryId = null, DateTimeOffset? occurredAt = null)
    {
        var id = entryId ?? Ids.New(work.Now);
        await InsertAsync(work, id, referral.Id, referral.VictimId, kind, text, codes, keys, occurredAt, cancellation);
        await Journal.AppendAsync(work, Written(JournalActions.EntryAdded, referral, id, [("kind", kind)]), cancellation);
        return id;
    }

    private static async Task TellAsync(Work work, StoredReferral referral, Guid entryId, CancellationToken cancellation)
    {
        var notice = new Notice(JournalActions.EntryAdded, entryId, "referral", referral.Id, referral.VictimId);
        if (ReferralViews.IsSender(referral) && referral.SubmittedAt is not null)
        {
            await Notifications.TellDeskAsync(work, referral.ProviderAgencyId, notice, cancellation);
        }
        if (referral.Provides)
        {
            await Notifications.TellSendersAsync(work, referral.SenderAgencyId, notice, cancellation);
        }
    }

    /// <summary>The first message of a draft: nobody is told before it is sent.</summary>
    public static async Task NoteAsync(Work work, Guid referralId, Guid victimId, string? note, Keys keys, CancellationToken cancellation)
    {
        await work.ExecuteAsync(ForgetSql, new { referralId }, cancellation);
        if (!string.IsNullOrWhiteSpace(note))
        {
            await InsertAsync(work, Ids.New(work.Now), referralId, victimId, "message", note, [], keys, null, cancellation);
        }
    }

    private static async Task InsertAsync(
        Work work, Guid id, Guid referralId, Guid victimId, string kind, string? text, IReadOnlyList<string> codes, Keys keys,
        DateTimeOffset? occurredAt, CancellationToken cancellation)
    {
        byte[]? body = null;
        if (!string.IsNullOrWhiteSpace(text))
        {
            body = keys.Seal(await Keys.OfVictimAsync(work, victimId, cancellation), PlaceOf(id), new EntryBody(text.Trim()), ReferralJson.Default.EntryBody);
        }
        await work.ExecuteAsync(InsertSql, new { id, referralId, kind, codes = Words.Join(codes), body, occurredAt }, cancellation);
    }

    private static SealedPlace PlaceOf(Guid id) => new("entries", id, "entry", 1);

    private static JournalEntry Written(string action, StoredReferral referral, Guid? entryId, IReadOnlyList<(string, string)> facts) => new()
    {
        Action = action,
        SubjectKind = "referral",
        SubjectId = referral.Id,
        VictimId = referral.VictimId,
        AccessVersion = referral.AccessVersion,
        Facts = entryId is { } id ? [.. facts, ("entryId", id.ToString())] : facts,
    };

    private static EntryView View(EntryRow row, Caller caller, Keys keys) => new(
        row.Id, row.Kind, row.Body is null ? null : keys.Open(row.Key, row.Body, PlaceOf(row.Id), ReferralJson.Default.EntryBody).Text,
        Words.Split(row.Codes), row.OccurredAt, row.At, new Ref(row.AuthorAgencyId, row.NameEn, row.NameUr), row.AuthorId == caller.PrincipalId);

    private const string Columns = $"""
        e.id, e.kind, e.author_id, e.author_agency_id, e.codes, e.body, e.occurred_at, e.at, a.name_en, a.name_ur, {Keys.Columns}
        """;

    private const string From = """
        FROM entries e
        JOIN referrals r ON r.id = e.referral_id
        JOIN victims v ON v.id = r.victim_id
        JOIN data_keys k ON k.id = v.key_id
        JOIN agencies a ON a.id = e.author_agency_id
        """;

    private const string ListSql = $"""
        SELECT {Columns}
          {From}
         WHERE e.referral_id = @referralId
           AND {Visibility.OfReferrals}
           AND (@afterId IS NULL OR e.at > @afterAt OR (e.at = @afterAt AND e.id > @afterId))
         ORDER BY e.at, e.id
        """;

    private const string FindSql = $"""
        SELECT {Columns}
          {From}
         WHERE e.id = @id
           AND e.referral_id = @referralId
           AND {Visibility.OfReferrals}
        """;

    private const string InsertSql = """
        INSERT INTO entries (id, referral_id, kind, author_id, author_agency_id, codes, body, occurred_at, at)
        VALUES (@id, @referralId, @kind, @principal, @unit, @codes, @body, @occurredAt, @now)
        """;

    private const string ForgetSql = """
        DELETE FROM entries
         WHERE referral_id = @referralId
        """;

    private sealed record EntryRow : SealedRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required Guid AuthorId { get; init; }
        public required Guid AuthorAgencyId { get; init; }
        public required string Codes { get; init; }
        public byte[]? Body { get; init; }
        public DateTimeOffset? OccurredAt { get; init; }
        public required DateTimeOffset At { get; init; }
        public required string NameEn { get; init; }
        public required string NameUr { get; init; }
    }
}
