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
        // Who stands on the sender's side as well has proposed it; a provider's answer is nobody's proposal.
        await AskAsync(moved.Sends ? work : work.As(Caller.System, work.Now), heldBack, null, keys, cancellation);
    }

    /// <summary>For each about whom nobody is asked yet.</summary>
    /// <param name="words">Why they cannot stay together.</param>
    /// <returns>How many were asked about.</returns>
    public static async Task<int> AskAsync(Work work, IReadOnlyCollection<Guid> heldBack, string? words, Keys keys, CancellationToken cancellation)
    {
        var asked = 0;
        foreach (var id in heldBack.Except(await Approvals.OpenAmongAsync(work, ApprovalKind.SetBroken, heldBack, cancellation)))
        {
            var kept = (await ReferralStore.LoadAsync(work, id, cancellation))!;
            await Approvals.RequireAsync(
                work, new ApprovalAsk(ApprovalKind.SetBroken, "referral", id, kept.VictimId, kept.SenderAgencyId, kept.Urgency, Words: words), keys, cancellation);
            asked++;
        }
        return asked;
    }

    /// <summary>It was decided whether she may arrive: those who would bring her and those who would take her in hear of it.</summary>
    public static async Task TellAsync(Work work, Guid referralId, Guid row, CancellationToken cancellation)
    {
        if (await ReferralStore.LoadAsync(work, referralId, cancellation) is { } kept)
        {
            var notice = new Notice("set.decided", row, "referral", kept.Id, kept.VictimId);
            await Notifications.TellSendersAsync(work, kept.SenderAgencyId, notice, cancellation);
            await Notifications.TellDeskAsync(work, kept.ProviderAgencyId, notice, cancellation);
        }
    }
}
