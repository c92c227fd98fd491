using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of relations: who says that she belongs to him, and whether anybody has checked it.</summary>
internal static class Relations
{
    /// <summary>
    /// A claimant is unverified until somebody has written how he was checked. Only that is looked at; nothing of the item is shown.
    /// </summary>
    /// <returns>Null when she has no such relation, or the caller may not open it.</returns>
    public static async Task<bool?> IsCheckedAsync(Work work, Guid victimId, Guid relationId, Keys keys, CancellationToken cancellation) =>
        await RecordStore.FindItemAsync(work, victimId, relationId, cancellation) is { Kind: "relation" } record
            ? keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item).CheckedBy is not null
            : null;
}
