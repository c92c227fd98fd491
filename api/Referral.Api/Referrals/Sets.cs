using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Those who must stay together (siblings, a mother with her children): what parts them waits for a second person.</summary>
internal static class Sets
{
    /// <returns>False for a group that need not stay together, whatever became of it.</returns>
    public static async Task<bool> ArePartedAsync(Work work, Guid groupId, CancellationToken cancellation) =>
        await GroupStore.FindAsync(work, groupId, cancellation) is { Together: true }
        && ReferralGroups.IsParted(await GroupStore.AllAsync(work, groupId, cancellation));

    /// <summary>Nobody of a set that was parted arrives before that is approved.</summary>
    public static async Task<Refusal?> HeldBackAsync(Work work, StoredReferral referral, CancellationToken cancellation) =>
        referral.GroupId is { } groupId && await AwaitApprovalAsync(work, groupId, cancellation) ? new Refusal(ReferralRefusals.SetBroken) : null;

    public static Task<bool> AwaitApprovalAsync(Work work, Guid groupId, CancellationToken cancellation) => ArePartedAsync(work, groupId, cancellation);
}
