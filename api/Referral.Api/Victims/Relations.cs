using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of relations: who says that she belongs to him, whether anybody has checked it, and whether his interest is against hers.</summary>
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

    /// <summary>
    /// A conflict of interest is on record. Where several are of that kind and nobody says which he is, one that has a conflict bars
    /// them all: whom it is about would else only have to leave his name out.
    /// </summary>
    /// <param name="relation">What he is to her.</param>
    /// <param name="relationId">Which relation on record; only one of that kind counts.</param>
    public static async Task<bool> IsConflictedAsync(Work work, Guid victimId, string relation, Guid? relationId, Keys keys, CancellationToken cancellation)
    {
        var known = (await RecordStore.RelationsAsync(work, victimId, cancellation))
            .Select(record => (record.Id, Item: keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item)))
            .Where(one => one.Item.Relation == relation)
            .ToArray();
        var named = known.Where(one => one.Id == relationId).ToArray();
        return (named.Length > 0 ? named : known).Any(one => one.Item.Conflict is not null);
    }
}
