using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What the caller is shown of a group: those that it sees, and what follows from them.</summary>
internal static class GroupViews
{
    public static GroupMember MemberOf(StoredReferral r) => new(r.Id, r.VictimId, r.ProviderAgencyId, r.Category, r.State, r.PriorState, r.ReroutedTo is not null);

    /// <summary>Of all that is shown, so that whoever answers has seen it.</summary>
    public static Tag TagOf(IReadOnlyList<StoredReferral> members) => Tag.Of(members.Sum(member => member.Version), members.Select(member => $"{member.Id}{member.Tag}"));

    public static async Task<GroupView> OfAsync(Work work, StoredGroup group, IReadOnlyList<StoredReferral> members, CancellationToken cancellation)
    {
        var heldBack = await Sets.HeldBackAsync(work, group, cancellation);
        var open = await Approvals.OpenAmongAsync(work, ApprovalKind.SetBroken, heldBack, cancellation);
        var asked = await Approvals.OpenSeenAsync(work, ApprovalKind.SetBroken, open, cancellation);
        var arriving = await HandoverStore.ArrivingAsync(work, [.. members.Where(member => member.AnsweredAt is not null).Select(member => member.Id)], cancellation);
        return new GroupView(
            group.Id, group.Kind, group.Together, ReferralGroups.StateOf([.. members.Select(MemberOf)]).Code(),
            [.. members.Select(member => MemberViewOf(work.Caller, member, arriving.GetValueOrDefault(member.Id), heldBack.Contains(member.Id)))],
            group.CreatedAt, Groups.AllowedActions(work.Caller, members, [.. heldBack.Except(open)]),
            [.. Approvals.AllowedOf(work.Caller, asked).Select(decision => decision.Code())]);
    }

    private static GroupMemberView MemberViewOf(Caller caller, StoredReferral r, ArrivingHandover? arriving, bool isHeldBack) => new(
        ReferralViews.RowOf(r, null), new Ref(r.ServiceId, r.ServiceNameEn, r.ServiceNameUr), r.Population, r.CountsPlaces,
        r.State == ReferralState.Declined ? r.Reason : null, Groups.AwaitsAnswerOf(caller, r), isHeldBack,
        GroupJourneys.AllowedActions(caller, r, arriving?.ToHandover(), isHeldBack), GroupJourneys.AwaitsCountSince(caller, r, arriving));
}
