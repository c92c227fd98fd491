using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;
using static NationalReferral.TransferRefusals;

namespace NationalReferral;

/// <summary>
/// Transfers of the lead of a case. Supervisors ask and answer; until somebody accepts, the other side sees nothing but what
/// it needs to decide.
/// </summary>
internal static class TransferEndpoints
{
    public static void MapTransfers(this IEndpointRouteBuilder api)
    {
        var transfers = api.MapGroup("/transfers").WithTags("Access");
        transfers.MapGet("", ListAsync).May(Permissions.ReadCases)
            .WithName("listTransfers")
            .WithSummary("List transfers of the lead of cases")
            .WithDescription("For a supervisor, newest first: what the own agency and every unit below is asked (`received`, the default) or asked for (`sent`); `show` is open (default) or closed. Or all of one victim.")
            .Refuses(Unreadable);
        transfers.MapPost("", AskAsync).May(Permissions.TransferCases)
            .WithName("createTransfer")
            .WithSummary("Offer a case to another agency, or ask for one")
            .WithDescription("A supervisor of the lead offers it, and says whether the agency stays with the minimum in sight. A supervisor of another agency that sees the case asks for the lead. A case has one open transfer at a time; nothing else changes before the other side accepts. Unanswered it expires, after 4 or 48 hours, 5 or 14 days by the urgency of the most urgent open need (a request after 5 days). Who cannot lead is refused with the same words, whatever the reason.")
            .Refuses(Unreadable, ReferralRefusals.OtherPartyActs, CaseNotOpen, TransferOpen, IdTaken, RuleBroken, CannotLead, KeyReused);
        transfers.MapGet("/{id}", GetAsync).May(Permissions.ReadCases)
            .WithName("getTransfer")
            .WithSummary("Read a transfer")
            .WithDescription("Who is asked sees it while it can be answered: case code, urgency, age band, sex and district as they were when it was asked. Nothing else of her.")
            .Refuses(Unknown);
        transfers.MapPost("/{id}/accept", AcceptAsync).May(Permissions.TransferCases)
            .WithName("acceptTransfer")
            .WithSummary("Take over, or grant a request")
            .WithDescription("In one step the lead, what the case has sent and its deadlines become the new agency's; the team of the old one ends. Who grants a request says whether the old lead stays. A case may be offered to the agency that led it before.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, TransferEnded, ReferralRefusals.OtherPartyActs, CaseNotOpen, ReferralRefusals.NeedsMissing, CannotLead, KeyReused);
        transfers.MapPost("/{id}/decline", DeclineAsync).May(Permissions.TransferCases)
            .WithName("declineTransfer")
            .WithSummary("Decline a transfer")
            .WithDescription("The lead stays where it is. Who declined an offer sees nothing of it from then on: 204.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, TransferEnded, ReferralRefusals.OtherPartyActs, KeyReused);
        transfers.MapPost("/{id}/revoke", RevokeAsync).May(Permissions.TransferCases)
            .WithName("revokeTransfer")
            .WithSummary("Take back an offer or a request")
            .WithDescription("By the side that asked, as long as nobody answered.")
            .Refuses(Unknown, MatchRequired, Stale, TransferEnded, ReferralRefusals.OtherPartyActs, KeyReused);
    }

    internal static Task<Results<Listed<TransferView>, Refused>> ListAsync(
        Call call, Paging paging, Guid? victimId,
        [CodeOf("transfer_asked_by", Only = ["received", "sent"])] string? box,
        [CodeOf("transfer_state", Only = ["open", "closed"])] string? show) =>
        call.ReadAsync<Results<Listed<TransferView>, Refused>>(async work => Listed.Of(
            victimId is { } victim
                ? await TransferStore.OfVictimAsync(work, victim, paging, call.Cancellation)
                : await TransferStore.ListAsync(work, box != "sent", show != "closed", paging, call.Cancellation),
            paging,
            row => new Cursor(row.AskedAt, row.Id),
            row => View(row, call.Caller)));

    internal static Task<Results<Made<TransferView>, Refused>> AskAsync(TransferDraft draft, Call call) =>
        call.ActAsync<Results<Made<TransferView>, Refused>>(
            work => Transfers.AskAsync(work, draft, call.Cancellation),
            async (work, done) => await TransferStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } transfer
                ? new Made<TransferView>($"/api/v1/transfers/{transfer.Id}", View(transfer, call.Caller), transfer.Tag)
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Found<TransferView>, Refused>> GetAsync(Id id, Call call) =>
        call.ReadAsync<Results<Found<TransferView>, Refused>>(async work =>
            await TransferStore.FindAsync(work, id, call.Cancellation) is { } transfer
                ? new Found<TransferView>(View(transfer, call.Caller), transfer.Tag)
                : Refused.Because(Unknown));

    internal static Task<Results<Found<TransferView>, NoContent, Refused>> AcceptAsync(Id id, TransferAcceptance given, Call call) =>
        EndAsync(id, TransferAction.Accept, given.Stays, null, call);

    internal static Task<Results<Found<TransferView>, NoContent, Refused>> DeclineAsync(Id id, TransferDecline given, Call call) =>
        EndAsync(id, TransferAction.Decline, null, given.Reason, call);

    internal static Task<Results<Found<TransferView>, NoContent, Refused>> RevokeAsync(Id id, Call call) =>
        EndAsync(id, TransferAction.Revoke, null, null, call);

    private static Task<Results<Found<TransferView>, NoContent, Refused>> EndAsync(Guid id, TransferAction action, bool? stays, string? reason, Call call) =>
        call.ActAsync<Results<Found<TransferView>, NoContent, Refused>>(
            async work =>
            {
                if (await TransferStore.FindAsync(work, id, call.Cancellation) is not { } stored)
                {
                    return Unknown;
                }
                return (call.Mismatch(stored.Tag) ?? await Transfers.EndAsync(work, stored, action, stays, reason, call.Cancellation)) is { } refusal
                    ? Done.FromRefusal(refusal)
                    : Done.Changed(id);
            },
            async (work, _) => await TransferStore.FindAsync(work, id, call.Cancellation) is { } transfer
                ? new Found<TransferView>(View(transfer, call.Caller), transfer.Tag)
                : TypedResults.NoContent(),
            refused => refused);

    private static TransferView View(StoredTransfer x, Caller caller) => new(
        x.Id, x.SeesVictim ? x.VictimId : null, x.CaseCode, new Ref(x.FromAgencyId, x.FromNameEn, x.FromNameUr), new Ref(x.ToAgencyId, x.ToNameEn, x.ToNameUr),
        x.AskedBy.Code(), x.State.Code(), x.Stays, x.Reason, x.DeclineReason, x.Urgency?.Code(), x.AgeBand, x.Sex, x.District, x.AskedAt, x.DueAt, x.EndedAt,
        caller.May(Permissions.TransferCases) ? [.. x.ToTransfer().AllowedActions(x.Sides).Select(action => action.Code())] : []);
}
