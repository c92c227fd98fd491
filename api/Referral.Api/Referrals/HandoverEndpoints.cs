using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;
using static NationalReferral.ReferralRefusals;

namespace NationalReferral;

/// <summary>Handovers of a child between the sides of a referral, and out of the provider's care.</summary>
internal static class HandoverEndpoints
{
    public static void MapHandovers(this IEndpointRouteBuilder api)
    {
        var handovers = api.MapGroup("/referrals/{id}/handovers").WithTags("Referrals");
        handovers.MapGet("", ListAsync).May(Permissions.ReadReferrals)
            .WithName("listHandovers")
            .WithSummary("Read handovers")
            .WithDescription("Oldest first, with the words of both sides, for the parties while they see the referral. A read that is recorded.")
            .Refuses(Unreadable, Unknown);
        handovers.MapPost("", WriteAsync).May(Permissions.WriteEntries)
            .WithName("createHandover")
            .WithSummary("Write down who gave a child to whom")
            .WithDescription("By either side, once the referral is accepted; `handovers` of the referral says which. The other side confirms. A child arrives once the provider has said that she was handed over. To the family only with a claimant who was checked.")
            .Refuses(Unreadable, Unknown, OtherPartyActs, IllegalMove, HandoverOpen, ClaimantUnverified, RuleBroken, IdTaken, KeyReused);
        handovers.MapPost("/{handoverId}/confirm", ConfirmAsync).May(Permissions.WriteEntries)
            .WithName("confirmHandover")
            .WithSummary("Confirm a handover")
            .WithDescription("By the other side, with its own count. Another number than the first, or a child who is not there, is an emergency: both supervisors are told at once, and it has to be explained within the hour.")
            .Refuses(Unreadable, Unknown, HandoverNotAwaited, KeyReused);
        handovers.MapPost("/{handoverId}/settle", SettleAsync).May(Permissions.WriteEntries)
            .WithName("settleHandover")
            .WithSummary("Explain who was missing")
            .WithDescription("Ends the clock. That she is with the provider now is the provider's to say.")
            .Refuses(Unreadable, Unknown, HandoverNotAwaited, KeyReused);
    }

    internal static Task<Results<Listed<HandoverView>, Refused>> ListAsync(Id id, Call call, Paging paging, Keys keys) =>
        call.ChangeAsync<Results<Listed<HandoverView>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral)
            {
                return Refused.Because(Unknown);
            }
            if (referral.OnlySees(call.Caller))
            {
                return Listed.Whole<HandoverView>([]);
            }
            var rows = await HandoverStore.ListAsync(work, referral.Id, paging, call.Cancellation);
            if (rows.Count > 0)
            {
                await Turns.HoldAsync(work, referral.VictimId, referral.AccessVersion, call.Cancellation);
                await Handovers.AppendAsync(work, referral, JournalActions.HandoversRead, [], call.Cancellation);
            }
            return Listed.Of(rows, paging, row => new Cursor(row.At, row.Id), row => View(row, referral, call.Caller, keys));
        });

    internal static Task<Results<Made<HandoverView>, Refused>> WriteAsync(Id id, HandoverDraft draft, Call call, Keys keys) =>
        call.ActAsync<Results<Made<HandoverView>, Refused>>(
            async work => await PartyToAsync(work, id, call.Cancellation) is { } referral
                ? await Handovers.WriteAsync(work, referral, draft, keys, call.Cancellation)
                : Unknown,
            async (work, done) => await FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is ({ } referral, { } handover)
                ? new Made<HandoverView>($"/api/v1/referrals/{id.Value}/handovers/{handover.Id}", View(handover, referral, call.Caller, keys))
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Ok<HandoverView>, Refused>> ConfirmAsync(Id id, Id handoverId, HandoverConfirmation given, Call call, Keys keys) =>
        ChangeAsync(id, handoverId, call, keys, (work, referral, handover) => Handovers.ConfirmAsync(work, referral, handover, given, keys, call.Cancellation));

    internal static Task<Results<Ok<HandoverView>, Refused>> SettleAsync(Id id, Id handoverId, HandoverSettlement given, Call call, Keys keys) =>
        ChangeAsync(id, handoverId, call, keys, (work, referral, handover) => Handovers.SettleAsync(work, referral, handover, given, keys, call.Cancellation));

    private static Task<Results<Ok<HandoverView>, Refused>> ChangeAsync(
        Id id, Id handoverId, Call call, Keys keys, Func<Work, StoredReferral, StoredHandover, Task<Done>> change) =>
        call.ActAsync<Results<Ok<HandoverView>, Refused>>(
            async work => await FindAsync(work, id, handoverId, call.Cancellation) is ({ } referral, { } handover)
                ? await change(work, referral, handover)
                : Unknown,
            async (work, _) => await FindAsync(work, id, handoverId, call.Cancellation) is ({ } referral, { } handover)
                ? TypedResults.Ok(View(handover, referral, call.Caller, keys))
                : Refused.Because(Unknown),
            refused => refused);

    /// <summary>An agency that led the case before sees where the referral stands, and no words.</summary>
    private static async Task<StoredReferral?> PartyToAsync(Work work, Guid id, CancellationToken cancellation) =>
        await ReferralStore.FindAsync(work, id, cancellation) is { } referral && !referral.OnlySees(work.Caller) ? referral : null;

    private static async Task<(StoredReferral?, StoredHandover?)> FindAsync(Work work, Guid id, Guid handoverId, CancellationToken cancellation) =>
        await PartyToAsync(work, id, cancellation) is { } referral ? (referral, await HandoverStore.FindAsync(work, id, handoverId, cancellation)) : (null, null);

    private static HandoverView View(StoredHandover h, StoredReferral referral, Caller caller, Keys keys)
    {
        var words = keys.Open(h.Key, h.Body, StoredHandover.PlaceOf(h.Id, "handover"), ReferralJson.Default.HandoverBody);
        var handover = h.ToHandover();
        var awaited = Handovers.SideOf(caller, referral, handover);
        var side = Handovers.SideOf(caller, referral, null);
        return new HandoverView(
            h.Id, h.Direction.Code(), h.Reason, h.State.Code(), h.WrittenBy.Code(), new Ref(h.AuthorAgencyId, h.NameEn, h.NameUr),
            h.GivenCount, h.ReceivedCount, h.IsThere, words.GivenBy, words.ReceivedBy, words.Place, words.Belongings, words.Papers, words.Note, h.RelationId,
            h.OccurredAt, h.At, h.ConfirmedAt, WordsOf(h, h.Confirmation, "confirmation", keys), h.Finding, h.SettledAt, WordsOf(h, h.Settlement, "settlement", keys),
            awaited is { } party && handover.Confirm(party, 0, false) is not null,
            side is { } own ? [.. Enum.GetValues<HandoverFinding>().Where(finding => handover.Settle(own, finding) is not null).Select(finding => finding.Code())] : []);
    }

    private static string? WordsOf(StoredHandover h, byte[]? sealedWords, string part, Keys keys) =>
        sealedWords is null ? null : keys.Open(h.Key, sealedWords, StoredHandover.PlaceOf(h.Id, part), ReferralJson.Default.EntryBody).Text;
}
