using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verbs of this slice: what may be shared with whom, now.</summary>
internal static class Bases
{
    /// <summary>
    /// Which live basis covers each of <paramref name="groups"/> (data groups, and <see cref="Piece.Minimum"/> where it is
    /// asked for) and each item of <paramref name="records"/>, in that order. Whoever acts on the answer holds the victim's turn.
    /// </summary>
    /// <param name="recipient">The unit that would be given data.</param>
    /// <param name="purpose">Set purpose_of_sharing.</param>
    /// <returns>An item that is not hers is not covered, <c>not_hers</c>.</returns>
    public static async Task<IReadOnlyList<Covered>> CoversAsync(
        Work work, Guid victimId, Guid recipient, string purpose, IReadOnlyList<string> groups, IReadOnlyList<Guid> records, CancellationToken cancellation) =>
        (await CoversAsync(work, victimId, [recipient], purpose, groups, records, cancellation))[recipient];

    /// <summary>The same for many recipients at once: for matches. A recipient that does not exist is covered for nothing.</summary>
    public static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Covered>>> CoversAsync(
        Work work, Guid victimId, IReadOnlyCollection<Guid> recipients, string purpose, IReadOnlyList<string> groups, IReadOnlyList<Guid> records,
        CancellationToken cancellation)
    {
        var bases = await BasisRows.LiveAsync(work, victimId, cancellation);
        var known = await BasisRows.RecipientsAsync(work, recipients, cancellation);
        var items = await BasisRows.PiecesAsync(work, victimId, records, cancellation);
        Piece[] pieces = [.. groups.Select(group => new Piece(group)), .. records.Select(id => items.GetValueOrDefault(id) ?? new Piece("protection", id))];
        return recipients.Distinct().ToDictionary(id => id, id => known.TryGetValue(id, out var recipient)
            ? (IReadOnlyList<Covered>)[.. Coverage.Of(bases, recipient, purpose, pieces, work.Now).Select(covered => IsHers(covered.Piece, items) ? covered : NotHers(covered.Piece))]
            : [.. pieces.Select(piece => new Covered(piece, null, null, "other_recipient"))]);
    }

    /// <summary>A basis about which somebody decides, for whoever was let in to the decision.</summary>
    public static async Task<BasisView?> ViewAsync(Work work, Keys keys, Guid id, CancellationToken cancellation) =>
        await BasisStore.LoadAsync(work, id, cancellation) is { } stored ? await BasisViews.OfAsync(work, keys, stored, cancellation) : null;

    /// <summary>She does not want this agency to know, whatever else is allowed.</summary>
    public static async Task<bool> IsHiddenAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation) =>
        (await BasisRows.RecipientsAsync(work, [agencyId], cancellation)).TryGetValue(agencyId, out var recipient)
        && (await BasisRows.LiveAsync(work, victimId, cancellation)).Any(basis => basis.HidesFrom(recipient));

    /// <summary>Another agency leads the case: what she hides from earlier ones shuts now. The caller holds her turn.</summary>
    public static async Task EndHiddenAsync(Work work, Guid victimId, CancellationToken cancellation) =>
        await HiddenGrants.EndAsync(work, victimId, await BasisRows.LiveAsync(work, victimId, cancellation), cancellation);

    private static bool IsHers(Piece piece, IReadOnlyDictionary<Guid, Piece> items) => piece.RecordId is not { } id || items.ContainsKey(id);

    private static Covered NotHers(Piece piece) => new(piece, null, null, "not_hers");
}
