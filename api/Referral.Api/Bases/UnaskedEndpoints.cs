using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.BasisRefusals;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What allows sharing though nobody consented: proposed, and once it stands stayed, run on, ended.</summary>
internal static class UnaskedEndpoints
{
    public static void MapUnaskedBases(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Bases");
        victims.MapPost("/best-interests", ProposeDecisionAsync).May(Permissions.ShareWithoutConsent)
            .WithName("proposeBestInterests")
            .WithSummary("Propose sharing for a child without its guardian")
            .WithDescription("Where the guardian has a conflict of interest, is not there, or refuses. It opens nothing before a second person has approved it; then it is in force in the same step, until its date. The own agency is no recipient, and no recipient approves.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, RecipientRecords, BasisNotLive, IdTaken, KeyReused);
        victims.MapPost("/orders", ProposeOrderAsync).May(Permissions.KeepOrders)
            .WithName("proposeOrder")
            .WithSummary("Write down an order of a court")
            .WithDescription("It opens nothing before a second person, a supervisor or the national protection office, has checked it against the paper; then it opens its groups and items to its recipients, in the same step, until its date. For members of her household an order and a check each. Naming supersedesId amends an earlier one.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, RecipientRecords, BasisNotLive, IdTaken, KeyReused);
        victims.MapPost("/duties", RecordDutyAsync).May(Permissions.ShareWithoutConsent)
            .WithName("recordDuty")
            .WithSummary("Write down that a law asks for sharing")
            .WithDescription("It names the law, one that is in force in the newest release of the law data, and its section. In force at once, for a year at most; the supervisors of the case hear of it.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, RecipientRecords, IdTaken, KeyReused);
        victims.MapPost("/emergencies", RecordEmergencyAsync).May(Permissions.ShareWithoutConsent)
            .WithName("recordEmergency")
            .WithSummary("Share to save life or prevent serious harm")
            .WithDescription("Where nobody can be asked in time: it says why. In force at once, for 72 hours at most; the supervisors of the case hear of it, and its end is a deadline.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, RecipientRecords, IdTaken, KeyReused);
        victims.MapPost("/guardianships", RecordGuardianshipAsync).May(Permissions.ShareWithoutConsent)
            .WithName("recordGuardianship")
            .WithSummary("Write down who was appointed to decide for her")
            .WithDescription("What earlier guardians allowed is suspended in the same step, and what only that held open shuts; the new guardian is asked anew. It opens nothing, so one person is enough.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, BasisNotLive, IdTaken, KeyReused);
        victims.MapPost("/legal-holds", RecordHoldAsync).May(Permissions.ShareWithoutConsent)
            .WithName("recordLegalHold")
            .WithSummary("Keep what a trial or a review needs")
            .WithDescription("Nothing of hers is forgotten while it stands. It opens nothing, so one person is enough.")
            .Refuses(Unreadable, Unknown, RuleBroken, BasisIncomplete, IdTaken, KeyReused);
        victims.MapPost("/bases/{basisId}/stay", StayAsync).May(Permissions.KeepOrders)
            .WithName("stayOrder")
            .WithSummary("Write down that a court stayed an order")
            .WithDescription("Every door that it held open shuts in the same step, in each case in which it stands; what no other basis allows ends as if it had ended. It can run on until its date.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, NotOfThisBasis, RuleBroken, KeyReused);
        victims.MapPost("/bases/{basisId}/resume", ResumeAsync).May(Permissions.KeepOrders)
            .WithName("resumeOrder")
            .WithSummary("Write down that a stayed order runs on")
            .WithDescription("Its doors open again in the same step, until its date. Referrals that ended with the stay do not come back.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, NotOfThisBasis, BasisNotLive, RuleBroken, KeyReused);
        victims.MapPost("/bases/{basisId}/end", EndAsync).May(Permissions.KeepOrders)
            .WithName("endBasis")
            .WithSummary("End what nobody gave before its date")
            .WithDescription("A consent is not ended: whoever gave it takes it back. Every door that only this held open shuts in the same step.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, NotOfThisBasis, KeyReused);
    }

    internal static async Task<Results<Made<BasisView>, Refused>> ProposeDecisionAsync(Id id, BestInterestsDraft draft, Call call, Keys keys, Districts districts) =>
        Extents.UnknownPlace(draft.Recipients, districts) is { } unknownPlace
            ? Refused.Because(unknownPlace)
            : await RecordAsync(id, draft.Id, Cases.FindAsync, (work, victim, basisId) => Proposing.DecisionAsync(work, keys, victim, basisId, draft, call.Cancellation), call, keys);

    internal static Task<Results<Made<BasisView>, Refused>> ProposeOrderAsync(Id id, OrderDraft draft, Call call, Keys keys) =>
        RecordAsync(id, draft.Id, Cases.FindOverseenAsync, (work, victim, basisId) => Proposing.OrderAsync(work, keys, victim, basisId, draft, call.Cancellation), call, keys);

    internal static async Task<Results<Made<BasisView>, Refused>> RecordDutyAsync(Id id, DutyDraft draft, Call call, Keys keys, Districts districts, Laws laws) =>
        Extents.UnknownPlace(draft.Recipients, districts) is { } unknownPlace
            ? Refused.Because(unknownPlace)
            : await RecordAsync(
                id, draft.Id, Cases.FindAsync,
                async (work, victim, basisId) => await Imposing.DutyAsync(work, keys, victim, basisId, draft, await laws.FindApprovedAsync(work, null, call.Cancellation), call.Cancellation),
                call, keys);

    internal static async Task<Results<Made<BasisView>, Refused>> RecordEmergencyAsync(Id id, EmergencyDraft draft, Call call, Keys keys, Districts districts) =>
        Extents.UnknownPlace(draft.Recipients, districts) is { } unknownPlace
            ? Refused.Because(unknownPlace)
            : await RecordAsync(id, draft.Id, Cases.FindAsync, (work, victim, basisId) => Imposing.EmergencyAsync(work, keys, victim, basisId, draft, call.Cancellation), call, keys);

    internal static Task<Results<Made<BasisView>, Refused>> RecordGuardianshipAsync(Id id, GuardianshipDraft draft, Call call, Keys keys) =>
        RecordAsync(id, draft.Id, Cases.FindAsync, (work, victim, basisId) => Imposing.GuardianshipAsync(work, keys, victim, basisId, draft, call.Cancellation), call, keys);

    internal static Task<Results<Made<BasisView>, Refused>> RecordHoldAsync(Id id, LegalHoldDraft draft, Call call, Keys keys) =>
        RecordAsync(id, draft.Id, Cases.FindAsync, (work, victim, basisId) => Imposing.HoldAsync(work, keys, victim, basisId, draft, call.Cancellation), call, keys);

    internal static Task<Results<Found<BasisView>, NoContent, Refused>> StayAsync(Id id, Id basisId, OrderMove move, Call call, Keys keys) =>
        MoveAsync(id, basisId, BasisAction.Stay, OrderMoves.ReasonOf(BasisAction.Stay), move.OrderedOn, call, keys);

    internal static Task<Results<Found<BasisView>, NoContent, Refused>> ResumeAsync(Id id, Id basisId, OrderMove move, Call call, Keys keys) =>
        MoveAsync(id, basisId, BasisAction.Resume, OrderMoves.ReasonOf(BasisAction.Resume), move.OrderedOn, call, keys);

    internal static Task<Results<Found<BasisView>, NoContent, Refused>> EndAsync(Id id, Id basisId, BasisEnd end, Call call, Keys keys) =>
        MoveAsync(id, basisId, BasisAction.End, end.Reason, null, call, keys);

    private static Task<Results<Made<BasisView>, Refused>> RecordAsync(
        Id id, Guid? asked, Func<Work, Guid, CancellationToken, Task<Case?>> find, Func<Work, Case, Guid, Task<Refusal?>> record, Call call, Keys keys) =>
        call.ActAsync<Results<Made<BasisView>, Refused>>(
            async work =>
            {
                if (await find(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                var basisId = asked ?? Ids.New(work.Now);
                try
                {
                    return await record(work, victim, basisId) is { } refusal ? refusal : Done.Made(basisId);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_bases"))
                {
                    return IdTaken;
                }
            },
            async (work, done) => await BasisStore.FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is { } basis
                ? new Made<BasisView>($"/api/v1/victims/{id.Value}/bases/{basis.Id}", await BasisViews.OfAsync(work, keys, basis, call.Cancellation), Tag.Of(basis.Version))
                : Refused.Because(Unknown),
            refused => refused);

    private static Task<Results<Found<BasisView>, NoContent, Refused>> MoveAsync(
        Id id, Id basisId, BasisAction action, string reason, DateOnly? orderedOn, Call call, Keys keys) =>
        call.ActAsync<Results<Found<BasisView>, NoContent, Refused>>(
            async work =>
            {
                if (await BasisStore.FindAsync(work, id, basisId, call.Cancellation) is not { } basis)
                {
                    return Unknown;
                }
                if (call.Mismatch(Tag.Of(basis.Version)) is { } mismatch)
                {
                    return mismatch;
                }
                return await OrderMoves.MoveAsync(work, keys, basis, action, reason, orderedOn, call.Cancellation) is { } refusal ? refusal : Done.Changed(basis.Id);
            },
            // An order that has ended lies before the national office no more.
            async (work, done) => await BasisStore.FindAsync(work, id, done.ResourceId!.Value, call.Cancellation) is { } basis
                ? new Found<BasisView>(await BasisViews.OfAsync(work, keys, basis, call.Cancellation), Tag.Of(basis.Version))
                : TypedResults.NoContent(),
            refused => refused);
}
