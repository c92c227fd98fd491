using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;
using static NationalReferral.ReferralRefusals;

namespace NationalReferral;

/// <summary>Referrals that go together: a family, a rescue operation, several needs of one person.</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder api)
    {
        var groups = api.MapGroup("/referral-groups").WithTags("Referrals");
        groups.MapPost("", CreateAsync).May(Permissions.Refer)
            .WithName("createReferralGroup")
            .WithSummary("Draft referrals that go together")
            .WithDescription("All of them or none, at most 100, each as in POST /referrals. `together`: they must stay together; answers that part them wait for a second person before anybody arrives. Others can join with POST /referrals and the groupId.")
            .Refuses(Unreadable, TransferRefusals.CaseNotOpen, TreatedAsChild, RuleBroken, IdTaken, KeyReused);
        groups.MapGet("", ListAsync).May(Permissions.ReadReferrals)
            .WithName("listReferralGroups")
            .WithSummary("List groups of referrals")
            .WithDescription("Newest first: those with a member that the own unit received (`received`, the default) or sent (`sent`), for a supervisor also those of units below. Counted and judged is what the caller sees.")
            .Refuses(Unreadable);
        groups.MapGet("/{id}", GetAsync).May(Permissions.ReadReferrals)
            .WithName("getReferralGroup")
            .WithSummary("Read a group of referrals")
            .WithDescription("The members that the caller may see; of the others nothing tells. The state follows from them.")
            .Refuses(Unknown);
        groups.MapPost("/{id}/submit", SubmitAsync).May(Permissions.Refer)
            .WithName("submitReferralGroup")
            .WithSummary("Send all drafts of a group")
            .WithDescription("All of them or none. What no permission covers is named for every one of them: `/members/{referral id}/groups/{group}`.")
            .Refuses(Unknown, MatchRequired, Stale, IllegalMove, OtherPartyActs, BasisRefusals.NoBasis, TreatedAsChild, RuleBroken, KeyReused);
        groups.MapPost("/{id}/answer", AnswerAsync).May(Permissions.Act)
            .WithName("answerReferralGroup")
            .WithSummary("Accept or decline a group in one step")
            .WithDescription("By the provider, for every member that waits for it: each accepted or declined. Places are taken for all who are accepted, or nothing happens: 409 `capacity_exhausted`. 204 when the caller may see nothing of it any more.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, IllegalMove, OtherPartyActs, CapacityExhausted, NeedsMissing, TreatedAsChild, RuleBroken, KeyReused);
        groups.MapPost("/{id}/ask", AskAsync).May(Permissions.Refer)
            .WithName("askToPartGroup")
            .WithSummary("Ask again whether those who are kept apart may arrive")
            .WithDescription("By the sender, with the reason. An answer that parts a set asks by itself; this is for when a supervisor has sent that back or refused, and things are otherwise now. Each of them is decided under /approvals, or all at once by `decide`.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, IllegalMove, RuleBroken, KeyReused);
        groups.MapPost("/{id}/decide", DecideAsync).May(Permissions.Decide).AfterSigningIn()
            .WithName("decideAboutGroup")
            .WithSummary("Decide about all who are kept apart")
            .WithDescription("The same word about everybody of the group whose arrival waits for a second person, as POST /approvals/{id}/decide takes it of one; all or none. Each has her own approval.")
            .Refuses(
                Unreadable, Unknown, MatchRequired, Stale, ApprovalRefusals.ApprovalEnded, IllegalMove, OtherPartyActs, ApprovalRefusals.OwnProposal, NeedsMissing, KeyReused);
        groups.MapPost("/{id}/move", MoveAsync).May(Permissions.Act)
            .WithName("moveReferralGroup")
            .WithSummary("Let several of a group set out or arrive together")
            .WithDescription("Everybody who is named or nobody, each as by POST /referrals/{id}/depart or …/arrive. Members say in `allowedActions` who can.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, IllegalMove, OtherPartyActs, HandoverNeeded, SetBroken, NeedsMissing, RuleBroken, KeyReused);
        groups.MapPost("/{id}/handovers", HandOverAsync).May(Permissions.WriteEntries)
            .WithName("handOverGroup")
            .WithSummary("Write down who gave several children of a group to whom")
            .WithDescription("Into the care of one provider, by either side: the same words about everybody who is named, each with a handover of her own, all or none. The other side confirms.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, OtherPartyActs, IllegalMove, HandoverOpen, RuleBroken, KeyReused);
        groups.MapPost("/{id}/handovers/confirm", ConfirmAsync).May(Permissions.WriteEntries)
            .WithName("confirmGroupHandover")
            .WithSummary("Confirm the handover of children who came together")
            .WithDescription("By the other side, with its own count and a word about each. Another number than the first is an emergency for all of them, a child who is not there for her: both supervisors are told at once, and it has to be explained within the hour.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, HandoverNotAwaited, RuleBroken, KeyReused);
    }

    internal static Task<Results<Made<GroupView>, Refused>> CreateAsync(GroupDraft draft, Call call, Keys keys) =>
        call.ActAsync<Results<Made<GroupView>, Refused>>(
            work => Groups.DraftAsync(work, draft, keys, call.Cancellation),
            async (work, done) =>
            {
                var id = done.ResourceId!.Value;
                return await ReferralStore.OfGroupAsync(work, id, call.Cancellation) is { Count: > 0 } members
                    ? new Made<GroupView>($"/api/v1/referral-groups/{id}", await ViewAsync(work, id, members, call), GroupViews.TagOf(members))
                    : Refused.Because(Unknown);
            },
            refused => refused);

    internal static Task<Results<Listed<GroupRow>, Refused>> ListAsync(
        Call call, Paging paging, [CodeOf("party", Only = ["received", "sent"])] string? box) =>
        call.ReadAsync<Results<Listed<GroupRow>, Refused>>(async work =>
        {
            var groups = await GroupStore.ListAsync(work, box != "sent", paging, call.Cancellation);
            var seen = await GroupStore.SeenAsync(work, [.. groups.Select(group => group.Id)], call.Cancellation);
            return Listed.Of(groups, paging, group => new Cursor(group.CreatedAt, group.Id), group => new GroupRow(
                group.Id, group.Kind, group.Together, ReferralGroups.StateOf([.. seen[group.Id]]).Code(),
                seen[group.Id].Count(member => !member.IsFollowed), group.CreatedAt));
        });

    internal static Task<Results<Found<GroupView>, Refused>> GetAsync(Id id, Call call) =>
        call.ReadAsync<Results<Found<GroupView>, Refused>>(async work =>
            await ReferralStore.OfGroupAsync(work, id, call.Cancellation) is { Count: > 0 } members
                ? new Found<GroupView>(await ViewAsync(work, id, members, call), GroupViews.TagOf(members), moves: true)
                : Refused.Because(Unknown));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> SubmitAsync(Id id, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => Groups.SubmitAsync(work, members, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> AnswerAsync(Id id, GroupAnswer answer, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => Groups.AnswerAsync(work, members, answer, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> AskAsync(Id id, GroupQuestion question, Call call, Keys keys) =>
        ActAsync(id, call, async (work, members) => await Groups.AskAsync(
            work, (await GroupStore.FindAsync(work, id, call.Cancellation))!, members, question.Words, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> DecideAsync(Id id, ApprovalVerdict verdict, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => Groups.DecideAsync(work, members, verdict, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> MoveAsync(Id id, GroupMove move, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => GroupJourneys.MoveAsync(work, members, move, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> HandOverAsync(Id id, GroupHandover handover, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => GroupJourneys.HandOverAsync(work, members, handover, keys, call.Cancellation));

    internal static Task<Results<Found<GroupView>, NoContent, Refused>> ConfirmAsync(Id id, GroupConfirmation given, Call call, Keys keys) =>
        ActAsync(id, call, (work, members) => GroupJourneys.ConfirmAsync(work, members, given, keys, call.Cancellation));

    private static Task<Results<Found<GroupView>, NoContent, Refused>> ActAsync(
        Guid id, Call call, Func<Work, IReadOnlyList<StoredReferral>, Task<Refusal?>> act) =>
        call.ActAsync<Results<Found<GroupView>, NoContent, Refused>>(
            async work =>
            {
                if (await ReferralStore.OfGroupAsync(work, id, call.Cancellation) is not { Count: > 0 } members)
                {
                    return Unknown;
                }
                return (call.Mismatch(GroupViews.TagOf(members)) ?? await act(work, members)) is { } refusal ? Done.FromRefusal(refusal) : Done.Changed(id);
            },
            async (work, _) => await ReferralStore.OfGroupAsync(work, id, call.Cancellation) is { Count: > 0 } members
                ? new Found<GroupView>(await ViewAsync(work, id, members, call), GroupViews.TagOf(members))
                : TypedResults.NoContent(),
            refused => refused);

    private static async Task<GroupView> ViewAsync(Work work, Guid id, IReadOnlyList<StoredReferral> members, Call call) =>
        await GroupViews.OfAsync(work, (await GroupStore.FindAsync(work, id, call.Cancellation))!, members, call.Cancellation);
}
