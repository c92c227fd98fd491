namespace NationalReferral;

/// <summary>Why a service stands where it stands, good news and warnings.</summary>
public enum MatchReason
{
    Covered,

    /// <summary>She must be asked first; a warning, not an exclusion.</summary>
    NoBasis,
    FreePlace,
    PlacesNotCounted,

    /// <summary>Nobody has said for a day that the figure is still true.</summary>
    PlacesStale,

    /// <summary>It has turned somebody away for want of room since it said how many are free.</summary>
    PlacesDoubted,

    /// <summary>It has declined somebody as not eligible, and not said since whom it helps.</summary>
    EligibilityQuestioned,
    OpenNow,
    TakesEmergencies,
    ClosedNow,
    SameDistrict,
    OtherProvince,
    SpeaksHerLanguage,
    FemaleStaff,
    Interpreter,
    StepFree,
    WithSiblings,
    Accredited,
}

/// <param name="Rank">1 is the best.</param>
/// <param name="DistanceKm">Null when either place is not known or confidential.</param>
/// <param name="Free">Places she could take; null where they are not counted.</param>
public sealed record Proposal(Candidate Candidate, int Rank, IReadOnlyList<MatchReason> Reasons, double? DistanceKm, int? Free, bool IsOpen);

public sealed record Excluded(Candidate Candidate, IReadOnlyList<Exclusion> Reasons);

/// <summary>
/// Ranks services for a need by rules that can be read aloud: covered before not covered, then open for what is urgent,
/// then places known to be free, then her district, then the nearest, then her language, then the most places. Equal
/// ones stand by id, so that two readers see one order.
/// </summary>
public static class Matching
{
    /// <summary>A count of places older than this is shown as stale.</summary>
    public static readonly TimeSpan StaleAfter = TimeSpan.FromHours(24);

    private static readonly MatchReason[] Uncertain = [MatchReason.PlacesStale, MatchReason.PlacesDoubted];

    public static (IReadOnlyList<Proposal> Matches, IReadOnlyList<Excluded> Excluded) Rank(
        Sought sought, IEnumerable<Candidate> candidates, DateTimeOffset at)
    {
        var judged = candidates.Select(candidate => new Excluded(candidate, Exclusions.Of(sought, candidate, at))).ToArray();
        var matches = judged
            .Where(j => j.Reasons.Count == 0)
            .Select(j => MatchOf(sought, j.Candidate, at))
            .OrderByDescending(m => m.Candidate.IsCovered)
            .ThenByDescending(m => sought.Urgency <= Urgency.High && (m.IsOpen || m.Candidate.TakesEmergencies))
            .ThenByDescending(m => m.Reasons.Contains(MatchReason.FreePlace) && !m.Reasons.Intersect(Uncertain).Any())
            .ThenByDescending(m => m.Reasons.Contains(MatchReason.SameDistrict))
            .ThenBy(m => m.DistanceKm ?? double.MaxValue)
            .ThenByDescending(m => m.Reasons.Contains(MatchReason.SpeaksHerLanguage))
            .ThenByDescending(m => m.Free ?? 0)
            .ThenBy(m => m.Candidate.ServiceId)
            .Select((m, i) => m with { Rank = i + 1 });
        return ([.. matches], [.. judged.Where(j => j.Reasons.Count > 0).OrderBy(j => j.Reasons.Count).ThenBy(j => j.Candidate.ServiceId)]);
    }

    private static Proposal MatchOf(Sought sought, Candidate candidate, DateTimeOffset at)
    {
        var free = candidate.FreeFor(sought.Populations);
        var isOpen = candidate.Hours.IsOpen(at);
        var distance = !candidate.IsConfidential && sought.Near is { } here && candidate.Location is { } there ? Math.Round(here.DistanceTo(there), 1) : (double?)null;
        (bool Holds, MatchReason Reason)[] reasons =
        [
            (candidate.IsCovered, MatchReason.Covered),
            (!candidate.IsCovered, MatchReason.NoBasis),
            (free > 0, MatchReason.FreePlace),
            (free is null, MatchReason.PlacesNotCounted),
            (free > 0 && IsStale(sought, candidate, at), MatchReason.PlacesStale),
            (free > 0 && candidate.Places.Any(p => p.IsDoubted && sought.Populations.Contains(p.Population)), MatchReason.PlacesDoubted),
            (candidate.IsQuestioned, MatchReason.EligibilityQuestioned),
            (isOpen, MatchReason.OpenNow),
            (candidate.TakesEmergencies, MatchReason.TakesEmergencies),
            (!isOpen && !candidate.TakesEmergencies, MatchReason.ClosedNow),
            (!candidate.IsConfidential && candidate.District == sought.District, MatchReason.SameDistrict),
            (candidate.Province != sought.Province, MatchReason.OtherProvince),
            (candidate.Languages.Intersect(sought.Languages).Any(), MatchReason.SpeaksHerLanguage),
            (candidate.Constraints.Contains("female_staff"), MatchReason.FemaleStaff),
            (candidate.Constraints.Contains("interpreter"), MatchReason.Interpreter),
            (candidate.Accessibility.Contains("step_free"), MatchReason.StepFree),
            (candidate.Constraints.Contains("with_siblings"), MatchReason.WithSiblings),
            (candidate.AccreditedTo is not null, MatchReason.Accredited),
        ];
        return new(candidate, 0, [.. reasons.Where(r => r.Holds).Select(r => r.Reason)], distance, free, isOpen);
    }

    // The freshest figure among the places she could take.
    private static bool IsStale(Sought sought, Candidate candidate, DateTimeOffset at) =>
        at - candidate.Places.Where(p => sought.Populations.Contains(p.Population)).Max(p => p.AsOf) > StaleAfter;
}
