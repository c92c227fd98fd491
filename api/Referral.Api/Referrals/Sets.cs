using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Those who must stay together (siblings, a mother with her children). Whoever is kept apart from the others arrives once a
/// second person, a supervisor of the sender, has approved it: asked for each of them, for each is a case of its own.
/// </summary>
internal static class Sets
{
    /// <summary>Nobody is let in who was to stay with others, is kept apart from them, and was not looked at by a second person.</summary>
    public static async Task<Refusal?> BarAsync(Work work, StoredReferral referral, CancellationToken cancellation) =>
        referral.GroupId is { } groupId
        && await GroupStore.FindAsync(work, groupId, cancellation) is { } group
        && (await HeldBackAsync(work, group, cancellation)).Contains(referral.Id)
            ? new Refusal(ReferralRefusals.SetBroken)
            : null;

    /// <returns>Referrals whose arrival waits for a second person; none for a group that need not stay together.</returns>
    public static async Task<IReadOnlyCollection<Guid>> HeldBackAsync(Work work, StoredGroup group, CancellationToken cancellation) =>
        group.Together ? await HeldBackAsync(work, await GroupStore.AllAsync(work, group.Id, cancellation), cancellation) : [];

    private static async Task<IReadOnlyCollection<Guid>> HeldBackAsync(Work work, IReadOnlyList<GroupMember> members, CancellationToken cancellation)
    {
        var waiting = new List<Guid>();
        foreach (var member in ReferralGroups.HeldBack(members))
        {
            if (!await Approvals.IsGivenAsync(work, ApprovalKind.SetBroken, member.ReferralId, cancellation))
            {
                waiting.Add(member.ReferralId);
            }
        }
        return waiting;
    }

    /// <summary>After a move: where a set is parted now, a second person is asked at once; where it no longer is, nobody need decide.</summary>
    public static async Task SettleAsync(Work work, StoredReferral moved, Keys keys, CancellationToken cancellation)
    {
        if (moved.GroupId is not { } groupId || await GroupStore.FindAsync(work, groupId, cancellation) is not { Together: true })
        {
            return;
        }
        var members = await GroupStore.AllAsync(work, groupId, cancellation);
        var heldBack = await HeldBackAsync(work, members, cancellation);
        await Approvals.WithdrawAsync(work, ApprovalKind.SetBroken, [.. members.Select(member => member.ReferralId).Except(heldBack)], cancellation);
        foreach (var id in heldBack)
        {
            if (!await Approvals.IsOpenAsync(work, ApprovalKind.SetBroken, id, cancellation)
                && await ReferralStore.LoadAsync(work, id, cancellation) is { } kept)
            {
                await Approvals.RequireAsync(work, new ApprovalAsk(ApprovalKind.SetBroken, "referral", id, kept.VictimId, kept.SenderAgencyId, kept.Urgency), keys, cancellation);
            }
        }
    }
}
