namespace NationalReferral;

/// <summary>Why a service cannot be proposed.</summary>
public enum Exclusion
{
    OtherCategory,

    /// <summary>
    /// Suspended, retired, or blocked: one word for all, because whoever reads the list need not know of the block.
    /// </summary>
    NotAvailable,
    OwnUnit,
    NotAssured,
    AgeOutside,
    SexNotServed,
    DistrictNotCovered,
    NoFemaleStaff,
    NoInterpreter,
    NoStepFree,
    NoSiblingsTogether,
    NoChildrenWithHer,
    NearHome,
    NoFreePlace,
    ClosedNow,
}

/// <summary>The rules, one line each; a candidate is excluded by all that apply, so that the reader sees them at once.</summary>
public static class Exclusions
{
    private static readonly (Exclusion Code, Func<Sought, Candidate, DateTimeOffset, bool> Applies)[] Table =
    [
        (Exclusion.OtherCategory, (s, c, _) => c.Category != s.Category),
        (Exclusion.NotAvailable, (_, c, _) => !c.IsActive || c.IsBlocked),
        (Exclusion.OwnUnit, (s, c, _) => c.AgencyId == s.SenderUnit),
        (Exclusion.NotAssured, (_, c, at) => c.AccreditedTo < Karachi.DateOf(at)),
        (Exclusion.AgeOutside, (s, c, _) => !Serves(s, c.MinAge ?? 0, c.MaxAge ?? int.MaxValue)),
        (Exclusion.SexNotServed, (s, c, _) => c.Sex is not null && c.Sex != s.Sex && s.Sex != "not_known"),
        (Exclusion.DistrictNotCovered, (s, c, _) => !Covers(s, c)),
        (Exclusion.NoFemaleStaff, (s, c, _) => Lacks("female_staff", s, c)),
        (Exclusion.NoInterpreter, (s, c, _) => Lacks("interpreter", s, c) && !c.Languages.Intersect(s.Languages).Any()),
        (Exclusion.NoStepFree, (s, c, _) => Lacks("wheelchair", s, c) && !c.Accessibility.Contains("step_free")),
        (Exclusion.NoSiblingsTogether, (s, c, _) => Lacks("with_siblings", s, c)),
        (Exclusion.NoChildrenWithHer, (s, c, _) => Lacks("with_children", s, c)),
        (Exclusion.NearHome, (s, c, _) => s.Wants("not_near_home") && c.District == s.District),
        (Exclusion.NoFreePlace, (s, c, _) => c.FreeFor(s.Populations) == 0),
        (Exclusion.ClosedNow, (s, c, at) => s.Urgency == Urgency.Emergency && !c.TakesEmergencies && !c.Hours.IsOpen(at)),
    ];

    public static IReadOnlyList<Exclusion> Of(Sought sought, Candidate candidate, DateTimeOffset at) =>
        [.. Table.Where(rule => rule.Applies(sought, candidate, at)).Select(rule => rule.Code)];

    // Whoever may be under 18 never goes to a place for adults; otherwise any possible age will do, and nobody is
    // turned away because her age is not known.
    private static bool Serves(Sought sought, int least, int most) =>
        !(sought.AsChild && least >= Age.Majority) && (sought.Age is not { } age || (age.Least <= most && age.Most >= least));

    private static bool Covers(Sought sought, Candidate candidate) =>
        candidate.Coverage.Count == 0
            ? candidate.Province == sought.Province
            : candidate.Coverage.Any(place => place == "PK" || place == sought.Province || place == sought.District);

    private static bool Lacks(string constraint, Sought sought, Candidate candidate) =>
        sought.Wants(constraint) && !candidate.Constraints.Contains(constraint);
}
