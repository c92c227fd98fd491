namespace NationalReferral.Platform;

/// <summary>
/// Where sealed bytes belong. They open nowhere else: not in another row, not in another data group, and not as an
/// earlier version of the same row.
/// </summary>
/// <param name="Table">The table's name, as in the schema.</param>
/// <param name="RowId">The row's id.</param>
/// <param name="Group">The data group (<c>identity</c>, <c>health</c> …), or the column's name where there is none.</param>
/// <param name="Version">The row's version; 0 for rows that never change.</param>
public readonly record struct SealedPlace(string Table, Guid RowId, string Group, long Version)
{
    internal CanonicalBytes Bytes(Guid keyId) => new CanonicalBytes().Add(Table).Add(RowId).Add(Group).Add(Version).Add(keyId);
}
