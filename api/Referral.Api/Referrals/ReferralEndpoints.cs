using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;
using static NationalReferral.ReferralRefusals;

namespace NationalReferral;

/// <summary>Drafting, reading and listing referrals. Moves stand in <see cref="Actions"/>.</summary>
internal static class ReferralEndpoints
{
    public static void MapReferrals(this IEndpointRouteBuilder api)
    {
        var referrals = api.MapGroup("/referrals").WithTags("Referrals");
        referrals.MapPost("", CreateAsync).May(Permissions.Refer)
            .WithName("createReferral")
            .WithSummary("Draft a referral")
            .WithDescription("One need of an own case to one service. Nobody but the sender sees a draft; submit sends it.")
            .Refuses(Unreadable, TransferRefusals.CaseNotOpen, TreatedAsChild, RuleBroken, IdTaken, KeyReused);
        referrals.MapGet("", ListAsync).May(Permissions.ReadReferrals)
            .WithName("listReferrals")
            .WithSummary("List referrals by deadline")
            .WithDescription("The box `received` (default) or `sent` of the own unit, for a supervisor of every unit below; or all of one victim. `show` is open (default), due (within 24 hours), overdue or closed; `reportedBy` sender those whose provider has no account, so that the sender writes its answers.")
            .Refuses(Unreadable);
        referrals.MapGet("/{id}", GetAsync).May(Permissions.ReadReferrals)
            .WithName("getReferral")
            .WithSummary("Read a referral")
            .WithDescription("Codes only, with what the caller may do and open now. Data groups are read at the victim's own addresses.")
            .Refuses(Unknown);
        referrals.MapPut("/{id}", PutAsync).May(Permissions.Refer)
            .WithName("putReferral")
            .WithSummary("Change a draft")
            .WithDescription("The whole draft. Once it is sent, moves and entries are all that changes it.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, IllegalMove, TransferRefusals.CaseNotOpen, TreatedAsChild, RuleBroken);
        referrals.MapPost("/{id}/{action}", Actions.ActAsync).May(Permissions.Act, Actions.MayTry)
            .WithName("actOnReferral")
            .WithSummary("Take an action on a referral")
            .WithDescription($"One of {string.Join(", ", Actions.Paths.Order(StringComparer.Ordinal))}: those that `allowedActions` of the referral names, with what each needs. 204 when the caller may see nothing of it any more.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, IllegalMove, OtherPartyActs, InfoRoundsSpent, AlreadyRerouted, TransferRefusals.CaseNotOpen, CapacityExhausted, SetBroken, ReleaseNeeded, NeedsMissing, NotDueYet, BasisRefusals.NoBasis, TreatedAsChild, RuleBroken, KeyReused);
        referrals.MapGet("/{id}/entries", Entries.ListAsync).May(Permissions.ReadReferrals)
            .WithName("listEntries")
            .WithSummary("Read messages, services and outcomes")
            .WithDescription("Oldest first, for both parties while they see the referral. A read that is recorded.")
            .Refuses(Unreadable, Unknown);
        referrals.MapPost("/{id}/entries", Entries.AddAsync).May(Permissions.WriteEntries)
            .WithName("addEntry")
            .WithSummary("Write a message, a service or an outcome")
            .WithDescription("Messages by either party; what was delivered and what came of it by the provider, from arrival on.")
            .Refuses(Unreadable, Unknown, OtherPartyActs, ReleaseNeeded, RuleBroken, IdTaken, KeyReused);
    }

    internal static Task<Results<Made<ReferralView>, Refused>> CreateAsync(ReferralDraft draft, Call call, Keys keys) =>
        call.ActAsync<Results<Made<ReferralView>, Refused>>(
            async work =>
            {
                var (prepared, refusal) = await Drafts.PrepareAsync(work, draft, keys, call.Cancellation);
                if (prepared is null)
                {
                    return refusal!;
                }
                var id = draft.Id ?? Ids.New(work.Now);
                try
                {
                    await WriteAsync(work, id, draft, prepared, keys, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_referrals"))
                {
                    return IdTaken;
                }
                return Done.Made(id);
            },
            async (work, done) => await ReferralStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } referral
                ? new Made<ReferralView>($"/api/v1/referrals/{referral.Id}", await ReferralViews.OfAsync(work, referral, call.Cancellation), referral.Tag)
                : Refused.Because(Unknown),
            refused => refused);

    /// <summary>Everything that a draft writes: turn, row, the sender's own sight of it, what was chosen, the note, the journal row.</summary>
    internal static async Task WriteAsync(Work work, Guid id, ReferralDraft draft, Prepared prepared, Keys keys, CancellationToken cancellation)
    {
        var turn = await Turns.TakeAsync(work, draft.VictimId, prepared.Victim.AccessVersion, cancellation);
        await ReferralStore.InsertAsync(work, id, draft, prepared, cancellation);
        await Referrals.OpenToSenderAsync(work, draft.VictimId, id, work.Caller.UnitId, [work.Caller.PrincipalId], cancellation);
        await Disclosures.ChooseAsync(work, id, prepared.Pieces, cancellation);
        await Entries.NoteAsync(work, id, draft.VictimId, draft.Note, keys, cancellation);
        await AppendAsync(work, JournalActions.ReferralCreated, id, draft, prepared, turn, cancellation);
    }

    internal static Task<Results<Found<ReferralView>, Refused>> PutAsync(Id id, ReferralDraft draft, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<ReferralView>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { Sends: true } referral)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(referral.Tag) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (referral.State != ReferralState.Draft)
            {
                return Refused.Because(IllegalMove, ("from", referral.State.Code()));
            }
            if (draft.VictimId != referral.VictimId)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError("/victimId", "not_found")] });
            }
            var (prepared, refusal) = await Drafts.PrepareAsync(work, draft, keys, call.Cancellation);
            if (prepared is null)
            {
                return Refused.Because(refusal!);
            }
            if (!await ReferralStore.SaveDraftAsync(work, referral, draft, prepared, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await Disclosures.ForgetAsync(work, referral.Id, call.Cancellation);
            await Disclosures.ChooseAsync(work, referral.Id, prepared.Pieces, call.Cancellation);
            await Entries.NoteAsync(work, referral.Id, referral.VictimId, draft.Note, keys, call.Cancellation);
            await AppendAsync(work, JournalActions.ReferralChanged, referral.Id, draft, prepared, referral.AccessVersion, call.Cancellation);
            var saved = await ReferralStore.FindAsync(work, id, call.Cancellation) ?? referral;
            return new Found<ReferralView>(await ReferralViews.OfAsync(work, saved, call.Cancellation), saved.Tag);
        });

    internal static Task<Results<Found<ReferralView>, Refused>> GetAsync(Id id, Call call) =>
        call.ReadAsync<Results<Found<ReferralView>, Refused>>(async work =>
            await ReferralStore.FindAsync(work, id, call.Cancellation) is { } referral
                ? new Found<ReferralView>(await ReferralViews.OfAsync(work, referral, call.Cancellation), referral.Tag, moves: true)
                : Refused.Because(Unknown));

    internal static Task<Results<Listed<ReferralRow>, Refused>> ListAsync(
        Call call, Paging paging, Guid? victimId,
        [CodeOf("party", Only = ["received", "sent"])] string? box,
        [CodeOf("referral_state", Only = ["open", "due", "overdue", "closed"])] string? show,
        [CodeOf("referral_state")] string? state,
        [CodeOf("party", Only = ["sender", "provider"])] string? reportedBy) =>
        call.ReadAsync<Results<Listed<ReferralRow>, Refused>>(async work =>
        {
            var rows = victimId is { } victim
                ? await Worklists.OfVictimAsync(work, victim, state, reportedBy, paging, call.Cancellation)
                : await Worklists.ListAsync(work, box != "sent", show ?? "open", state, reportedBy, paging, call.Cancellation);
            var groups = await GroupStore.RefsAsync(work, rows, call.Cancellation);
            return Listed.Of(rows, paging, row => new Cursor(row.DueAt, row.Id), row => ReferralViews.RowOf(row, ReferralViews.GroupOf(row, groups)));
        });

    private static Task<Guid> AppendAsync(
        Work work, string action, Guid id, ReferralDraft draft, Prepared prepared, long seen, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "referral",
            SubjectId = id,
            VictimId = draft.VictimId,
            AccessVersion = seen,
            Groups = [.. prepared.Pieces.Select(piece => piece.Group).Distinct()],
            Facts = [("serviceId", draft.ServiceId.ToString()), ("providerId", prepared.ProviderId.ToString()), ("urgency", prepared.Urgency.Code())],
        }, cancellation);
}
