namespace NationalReferral;

/// <summary>A piece that a referral carries, and the basis under which it does.</summary>
public readonly record struct Held(Piece Piece, Guid? BasisId);

/// <summary>What one referral carries to its provider.</summary>
/// <param name="IsOpen">False in the days after the end of a service, while what was disclosed is still open.</param>
/// <param name="Minimum">Under which basis the provider sees the minimum.</param>
/// <param name="Carried">Beyond the minimum.</param>
/// <param name="IsPlaced">It was accepted, and its service is not over: somebody keeps a place for her, or she is there.</param>
public sealed record Holding(
    Guid ReferralId, Recipient Provider, string Purpose, bool IsOpen, Held Minimum, IReadOnlyList<Held> Carried, bool IsPlaced = false);

/// <summary>What is left of a referral once bases have changed.</summary>
/// <param name="Stands">The placement stands with the minimum alone, until she says what may be shared.</param>
public sealed record Ending(Holding Holding, Covered Minimum, IReadOnlyList<Covered> Carried, bool Stands = false)
{
    /// <summary>No live basis is left for the minimum, or for all that it carried beyond it (design: legal bases).</summary>
    public bool Withdraws => !Stands && Holding.IsOpen && (!Minimum.IsCovered || (Carried.Count > 0 && Carried.All(covered => !covered.IsCovered)));

    public IEnumerable<Piece> Lost => Carried.Prepend(Minimum).Where(covered => Withdraws || (!covered.IsCovered && !(Stands && covered == Minimum))).Select(covered => covered.Piece);

    public bool IsUnchanged => Minimum.BasisId == Holding.Minimum.BasisId
        && Carried.Select(covered => covered.BasisId).SequenceEqual(Holding.Carried.Select(held => held.BasisId));
}

/// <summary>What follows for referrals when a basis begins or ends.</summary>
public static class Endings
{
    /// <param name="standing">
    /// Who comes of age does not lose her place by it (design: age and law): the provider keeps the minimum, under no basis, and
    /// loses the rest. What must be hidden from it ends all the same.
    /// </param>
    public static Ending Of(Holding holding, IReadOnlyCollection<Basis> bases, DateTimeOffset now, bool standing = false)
    {
        var covered = Coverage.OfHeld(bases, holding.Provider, holding.Purpose, holding.Carried.Prepend(holding.Minimum), now);
        return new Ending(holding, covered[0], [.. covered.Skip(1)], standing && holding.IsPlaced && covered[0].Why != "hidden_from");
    }
}
