using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What allows sharing: recorded, read, taken back, and asked about beforehand.</summary>
internal static class BasisEndpoints
{
    public static void MapBases(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Bases");
        victims.MapGet("/bases", ListAsync).May(Permissions.ReadCases)
            .WithName("listBases")
            .WithSummary("List what allows sharing")
            .WithDescription("In force, waiting and ended, newest first; for her team, and for the national office those orders that lie before it. A read that is recorded.")
            .Refuses(Unknown);
        victims.MapPost("/bases", RecordAsync).May(Permissions.RecordBases)
            .WithName("recordBasis")
            .WithSummary("Record a consent, or its refusal")
            .WithDescription("The minimum is part of every consent; a refusal covers nothing. Never edited: name supersedesId to replace an earlier one. The own agency is no recipient, even where its kind is one.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisRefusals.ConsentIncomplete, BasisRefusals.GuardianConflicted, BasisRefusals.RecipientRecords, BasisRefusals.BasisNotLive, IdTaken, KeyReused);
        victims.MapGet("/bases/{basisId}", GetAsync).May(Permissions.ReadCases)
            .WithName("getBasis")
            .WithSummary("Read one basis")
            .WithDescription("For her team; an order also for the national office before which it lies. A read that is recorded.")
            .Refuses(Unknown);
        victims.MapPost("/bases/{basisId}/withdraw", WithdrawAsync).May(Permissions.RecordBases)
            .WithName("withdrawBasis")
            .WithSummary("Take a consent back, whole or for some groups")
            .WithDescription("Every door that only this consent held open shuts in the same transaction. A referral without a basis for its minimum, or for all that it carries beyond it, is withdrawn; another goes on with what is left.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, BasisRefusals.BasisNotLive, BasisRefusals.NotOfThisBasis, RuleBroken, BasisRefusals.GuardianConflicted, KeyReused);
        victims.MapPost("/bases/{basisId}/what-if", WhatIfAsync).May(Permissions.RecordBases)
            .WithName("askWhatIf")
            .WithSummary("Ask what taking it back would do")
            .WithDescription("Writes nothing: who would lose access at once, which referrals would end, who keeps what and why.")
            .Refuses(Unreadable, Unknown);
        victims.MapPost("/may-share", MayShareAsync).May(Permissions.Refer)
            .WithName("askMayShare")
            .WithSummary("Ask whether something may be shared with an agency")
            .WithDescription("Writes nothing. For the minimum and each group and item: covered, by which basis, or why not.")
            .Refuses(Unreadable, Unknown);
    }

    internal static Task<Results<Listed<BasisView>, Refused>> ListAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Listed<BasisView>, Refused>>(async work =>
        {
            if (await Cases.FindOverseenAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            var bases = await BasisStore.ListAsync(work, id, call.Cancellation);
            await BasisViews.AppendReadAsync(work, victim, null, call.Cancellation);
            return Listed.Whole(await BasisViews.OfAsync(work, keys, bases, call.Cancellation));
        });

    internal static async Task<Results<Made<BasisView>, Refused>> RecordAsync(Id id, BasisDraft draft, Call call, Keys keys, Districts districts)
    {
        if (Extents.UnknownPlace(draft.Recipients, districts) is { } unknownPlace)
        {
            return Refused.Because(unknownPlace);
        }
        return await call.ActAsync<Results<Made<BasisView>, Refused>>(
            async work =>
            {
                if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                var basisId = draft.Id ?? Ids.New(work.Now);
                try
                {
                    return await Recording.RecordAsync(work, keys, victim, basisId, draft, call.Cancellation) is { } refusal ? refusal : Done.Made(basisId);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_bases"))
                {
                    return IdTaken;
                }
            },
            async (work, done) => await FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is { } basis
                ? new Made<BasisView>($"/api/v1/victims/{id.Value}/bases/{basis.Id}", await BasisViews.OfAsync(work, keys, basis, call.Cancellation), Tag.Of(basis.Version))
                : Refused.Because(Unknown),
            refused => refused);
    }

    internal static Task<Results<Found<BasisView>, Refused>> GetAsync(Id id, Id basisId, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<BasisView>, Refused>>(async work =>
        {
            if (await Cases.FindOverseenAsync(work, id, call.Cancellation) is not { } victim
                || await BasisStore.FindAsync(work, id, basisId, call.Cancellation) is not { } basis)
            {
                return Refused.Because(Unknown);
            }
            await BasisViews.AppendReadAsync(work, victim, basis.Id, call.Cancellation);
            return new Found<BasisView>(await BasisViews.OfAsync(work, keys, basis, call.Cancellation), Tag.Of(basis.Version));
        });

    internal static Task<Results<Found<WithdrawalView>, Refused>> WithdrawAsync(Id id, Id basisId, Withdrawal withdrawal, Call call, Keys keys) =>
        call.ActAsync<Results<Found<WithdrawalView>, Refused>>(
            async work =>
            {
                if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim
                    || await BasisStore.FindAsync(work, id, basisId, call.Cancellation) is not { } basis)
                {
                    return Unknown;
                }
                if (call.Mismatch(Tag.Of(basis.Version)) is { } mismatch)
                {
                    return mismatch;
                }
                return await Withdrawing.WithdrawAsync(work, keys, victim, basis, withdrawal, call.Cancellation) is { } refusal ? refusal : Done.Changed(basis.Id);
            },
            async (work, done) =>
            {
                if (await FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is not { EndedAt: { } endedAt } ended)
                {
                    return Refused.Because(Unknown);
                }
                var stands = ended.Status == BasisStatus.Superseded ? await BasisStore.SuccessorAsync(work, id, ended.Id, call.Cancellation) ?? ended : ended;
                var view = new WithdrawalView(
                    await BasisViews.OfAsync(work, keys, stands, call.Cancellation),
                    await HoldingRows.ShutAsync(work, id, endedAt, call.Cancellation),
                    await HoldingRows.WithdrawnAsync(work, id, endedAt, call.Cancellation));
                return new Found<WithdrawalView>(view, Tag.Of(stands.Version));
            },
            refused => refused);

    internal static Task<Results<Ok<WhatIfView>, Refused>> WhatIfAsync(Id id, Id basisId, WhatIf question, Call call) =>
        call.ReadAsync<Results<Ok<WhatIfView>, Refused>>(async work =>
            await Cases.FindAsync(work, id, call.Cancellation) is { } victim && await BasisStore.FindAsync(work, id, basisId, call.Cancellation) is { } basis
                ? TypedResults.Ok(await Withdrawing.WhatIfAsync(work, victim, basis, question.Groups, call.Cancellation))
                : Refused.Because(Unknown));

    internal static Task<Results<Listed<MayShareRow>, Refused>> MayShareAsync(Id id, MayShareQuery query, Call call) =>
        call.ReadAsync<Results<Listed<MayShareRow>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var covered = await Bases.CoversAsync(
                work, id, query.AgencyId, query.Purpose, [.. query.Groups.Prepend(Piece.Minimum).Distinct()], query.Records ?? [], call.Cancellation);
            return Listed.Whole<MayShareRow>(
                [.. covered.Select(one => new MayShareRow(one.Piece.Group, one.Piece.RecordId, one.IsCovered, one.BasisId, one.Why))]);
        });

    /// <summary>For the answer of a change: the caller may have lost sight of her by it, or since.</summary>
    private static async Task<StoredBasis?> FindAsync(Work work, Guid victimId, Guid basisId, CancellationToken cancellation) =>
        await Cases.FindAsync(work, victimId, cancellation) is null ? null : await BasisStore.FindAsync(work, victimId, basisId, cancellation);
}
