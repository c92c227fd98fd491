namespace NationalReferral;

/// <summary>Whether one piece may be shared, and by which basis.</summary>
/// <param name="BasisId">Null: nothing covers it, and <paramref name="Why"/> says why.</param>
/// <param name="ToAt">When that basis ends by itself; a grant under it ends then.</param>
/// <param name="Why"><c>hidden_from</c>, <c>no_basis</c>, <c>other_recipient</c>, <c>other_purpose</c> or <c>group_not_covered</c>.</param>
public sealed record Covered(Piece Piece, Guid? BasisId, DateTimeOffset? ToAt, string? Why)
{
    public bool IsCovered => BasisId is not null;
}

/// <summary>Which basis covers what. The one place that decides it: sending, previews, matches and endings all ask here.</summary>
public static class Coverage
{
    /// <summary>
    /// The answer for each piece, in the order asked. What any live basis hides from a recipient stays hidden, whichever
    /// other basis would cover it. Of several that cover, the one that lasts longest is taken, so that access does not flicker.
    /// </summary>
    public static IReadOnlyList<Covered> Of(
        IEnumerable<Basis> bases, Recipient recipient, string purpose, IEnumerable<Piece> pieces, DateTimeOffset now) =>
        OfHeld(bases, recipient, purpose, pieces.Select(piece => new Held(piece, null)), now);

    /// <summary>The same for what is held already: it stays under its own basis for as long as that one covers it.</summary>
    public static IReadOnlyList<Covered> OfHeld(
        IEnumerable<Basis> bases, Recipient recipient, string purpose, IEnumerable<Held> pieces, DateTimeOffset now)
    {
        Basis[] live = [.. bases.Where(basis => basis.IsLive(now)).OrderByDescending(basis => basis.ValidTo ?? DateTimeOffset.MaxValue).ThenBy(basis => basis.Id)];
        if (live.Any(basis => basis.HidesFrom(recipient)))
        {
            return [.. pieces.Select(held => new Covered(held.Piece, null, null, "hidden_from"))];
        }
        Basis[] reaching = [.. live.Where(basis => basis.Reaches(recipient))];
        Basis[] fitting = [.. reaching.Where(basis => basis.Purposes.Contains(purpose))];
        var why = live.Length == 0 ? "no_basis"
            : reaching.Length == 0 ? "other_recipient"
            : fitting.Length == 0 ? "other_purpose"
            : "group_not_covered";
        return [.. pieces.Select(held => fitting.Where(basis => basis.Covers(held.Piece)).OrderBy(basis => basis.Id != held.BasisId).FirstOrDefault() is { } basis
            ? new Covered(held.Piece, basis.Id, basis.ValidTo, null)
            : new Covered(held.Piece, null, null, why))];
    }
}
