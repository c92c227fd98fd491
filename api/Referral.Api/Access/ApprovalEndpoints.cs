using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.ApprovalRefusals;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The desk: what waits for a second person. What is asked is asked where it belongs; here it is decided.</summary>
internal static class ApprovalEndpoints
{
    public static void MapApprovals(this IEndpointRouteBuilder api)
    {
        var approvals = api.MapGroup("/approvals").WithTags("Access");
        approvals.MapGet("", ListAsync).May(Permissions.ReadApprovals)
            .WithName("listApprovals")
            .WithSummary("List what waits for a second person")
            .WithDescription("By deadline: for a supervisor what the own agency and every unit below is asked, for the national protection office what nobody decided in time or is for it to check, and for everybody what they proposed. Or all of one victim, newest first. Codes only.")
            .Refuses(Unreadable);
        approvals.MapGet("/{id}", GetAsync).May(Permissions.ReadApprovals)
            .WithName("getApproval")
            .WithSummary("Read what is asked, and why")
            .WithDescription("With the words of whoever asked and decided. A read that is recorded.")
            .Refuses(Unknown);
        approvals.MapPost("/{id}/decide", DecideAsync).May(Permissions.Decide).AfterSigningIn()
            .WithName("decideApproval")
            .WithSummary("Approve, send back or refuse")
            .WithDescription("Who proposes never decides. What was asked is never edited, so it needs no tag: of two who decide at once the first one does, and the other is told. What an approval brings happens in the same step.")
            .Refuses(
                Unreadable, Unknown, ApprovalEnded, ReferralRefusals.OtherPartyActs, OwnProposal, ReferralRefusals.NeedsMissing,
                TransferRefusals.CaseNotOpen, VictimRefusals.ReferralsOpen, BasisRefusals.BasisNotLive, BasisRefusals.RecipientRecords, KeyReused);
        approvals.MapPost("/{id}/withdraw", WithdrawAsync).May(Permissions.Propose)
            .WithName("withdrawApproval")
            .WithSummary("Take back what one has proposed")
            .WithDescription("By whoever proposed it, while nobody has decided. Nobody need decide any more; the same can be asked again.")
            .Refuses(Unknown, ApprovalEnded, ReferralRefusals.OtherPartyActs, KeyReused);
    }

    internal static Task<Results<Listed<ApprovalView>, Refused>> ListAsync(Call call, Paging paging, Guid? victimId) =>
        call.ReadAsync<Results<Listed<ApprovalView>, Refused>>(async work => Listed.Of(
            victimId is { } victim
                ? await ApprovalStore.OfVictimAsync(work, victim, paging, call.Cancellation)
                : await ApprovalStore.WaitingAsync(work, paging, call.Cancellation),
            paging,
            row => new Cursor(victimId is null ? row.DueAt : row.AskedAt, row.Id),
            row => View(row, call.Caller)));

    internal static Task<Results<Found<ApprovalView>, Refused>> GetAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Found<ApprovalView>, Refused>>(async work =>
        {
            if (await ApprovalStore.FindAsync(work, id, call.Cancellation) is not { } stored)
            {
                return Refused.Because(Unknown);
            }
            await Approvals.ReadAsync(work, stored, call.Cancellation);
            var view = View(stored, call.Caller) with
            {
                Question = Open(stored, stored.Question, "question", keys),
                Line = Open(stored, stored.Answer, "answer", keys),
                Basis = stored.SubjectKind == "basis" ? await Bases.ViewAsync(work, keys, stored.SubjectId, call.Cancellation) : null,
                Block = stored.Kind == ApprovalKind.BlockLift ? await BlockEndpoints.OfCaseAsync(work, keys, stored.SubjectId, call.Cancellation) : null,
            };
            return new Found<ApprovalView>(view, TagOf(stored));
        });

    internal static Task<Results<Found<ApprovalView>, NoContent, Refused>> DecideAsync(Id id, ApprovalVerdict verdict, Call call, Keys keys) =>
        call.ActAsync<Results<Found<ApprovalView>, NoContent, Refused>>(
            async work =>
            {
                if (await ApprovalStore.FindAsync(work, id, call.Cancellation) is not { } stored)
                {
                    return Unknown;
                }
                var decision = Codes.Parse<ApprovalDecision>(verdict.Decision);
                return await Approvals.DecideAsync(work, stored, decision, verdict.Line, keys, call.Cancellation) is { } refusal
                    ? Done.FromRefusal(refusal)
                    : Done.Changed(id);
            },
            // The national office sees nothing of it once it is settled.
            async (work, _) => await ApprovalStore.FindAsync(work, id, call.Cancellation) is { } stored
                ? new Found<ApprovalView>(View(stored, call.Caller), TagOf(stored))
                : TypedResults.NoContent(),
            refused => refused);

    internal static Task<Results<Found<ApprovalView>, Refused>> WithdrawAsync(Id id, Call call) =>
        call.ActAsync<Results<Found<ApprovalView>, Refused>>(
            async work =>
            {
                if (await ApprovalStore.FindAsync(work, id, call.Cancellation) is not { } stored)
                {
                    return Unknown;
                }
                return await Approvals.TakeBackAsync(work, stored, call.Cancellation) is { } refusal ? Done.FromRefusal(refusal) : Done.Changed(id);
            },
            async (work, _) => await ApprovalStore.FindAsync(work, id, call.Cancellation) is { } stored
                ? new Found<ApprovalView>(View(stored, call.Caller), TagOf(stored))
                : Refused.Because(Unknown),
            refused => refused);

    private static string? Open(StoredApproval stored, byte[]? words, string column, Keys keys) =>
        words is null ? null : keys.Open(stored.Key, words, StoredApproval.PlaceOf(stored.Id, column), AccessJson.Default.ApprovalWords).Text;

    private static Tag TagOf(StoredApproval stored) => Tag.Of(stored.Version, stored.Escalated ? ["escalated"] : []);

    internal static ApprovalView View(StoredApproval y, Caller caller) => new(
        y.Id, y.Kind.Code(), y.State.Code(), y.SubjectKind, y.SubjectId, y.VictimId, y.CaseCode, y.AgeBand, y.Sex, y.District,
        new Ref(y.AgencyId, y.NameEn, y.NameUr), y.Urgency.Code(), y.Reason, Words.Split(y.Criteria),
        y.AskedName is { } asked ? new WorkerRef(y.AskedBy, asked) : null, y.AskedAt, y.DueAt, y.Escalated,
        y is { DecidedBy: { } by, DecidedName: { } name } ? new WorkerRef(by, name) : null, y.DecidedAt, null, null,
        y.AskedBy == caller.PrincipalId,
        caller.May(Permissions.Propose) && y.ToApproval().MayTakeBack(caller.PrincipalId),
        caller.May(Permissions.Decide) ? [.. y.ToApproval().AllowedDecisions(caller.PrincipalId, y.Decides).Select(decision => decision.Code())] : [],
        y.GroupId);
}
