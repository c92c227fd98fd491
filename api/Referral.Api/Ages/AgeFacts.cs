using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A place and the days of an act.</summary>
/// <param name="RecordId">The incident.</param>
/// <param name="From">The day on which it began, as far as anybody knows.</param>
/// <param name="To">The day on which it ended; null when that is the same day.</param>
internal sealed record ActFact(Guid RecordId, string District, DateOnly From, DateOnly? To);

/// <summary>Between which days she was born, as an officer decided.</summary>
internal sealed record DecidedBirth(DateOnly Earliest, DateOnly Latest, string Evidence);

/// <summary>All that "is she a child?" is answered from, as it was known at one time.</summary>
/// <param name="Birth">What identity says; an estimate names its day.</param>
/// <param name="IsDisputed">Somebody disputed her age, and nobody has decided it since.</param>
/// <param name="Decided">The last determination: it stands whatever identity says later.</param>
/// <param name="Home">District of the contact.</param>
/// <param name="Present">District of the case.</param>
internal sealed record AgeFacts(
    Birth? Birth, bool IsDisputed, DecidedBirth? Decided, string Sex, string? Home, string Present, IReadOnlyList<ActFact> Acts) : ISealed
{
    public static int Schema => 1;

    /// <summary>Her age as every rule sees it: while it is disputed she is surely nothing.</summary>
    public Age Age => (Decided is { } decided ? Age.Determined(decided.Earliest, decided.Latest, decided.Evidence) : Ages.AgeOf(Birth)) with { IsDisputed = IsDisputed };

    /// <summary>Which places and days the law is asked about.</summary>
    /// <param name="mayHome">The caller may open where she lives.</param>
    /// <param name="acts">The incidents that the caller may open.</param>
    public IReadOnlyList<AgeQuestion> Questions(DateOnly asOf, bool mayHome, IReadOnlyCollection<Guid> acts) =>
    [
        .. Home is { } home && mayHome ? [Of(AgePlace.Home, home, asOf)] : Array.Empty<AgeQuestion>(),
        Of(AgePlace.Present, Present, asOf),
        .. from act in Acts
           where acts.Contains(act.RecordId)
           from day in new[] { act.From, act.To ?? act.From }.Distinct()
           select Of(AgePlace.Act, act.District, day) with { RecordId = act.RecordId },
    ];

    private static AgeQuestion Of(AgePlace place, string district, DateOnly on) => new(place, Districts.ProvinceOf(district), on, district);
}

/// <summary>What a dispute or a determination says.</summary>
/// <param name="RestsOn">Items of evidence; of a determination.</param>
/// <param name="SetAside">Items of evidence that do not count.</param>
internal sealed record AgeDecision(string Reason, IReadOnlyList<Guid> RestsOn, IReadOnlyList<Guid> SetAside, DecidedBirth? Birth) : ISealed
{
    public const string Dispute = "dispute";
    public const string Determination = "determination";

    public static int Schema => 1;
}
