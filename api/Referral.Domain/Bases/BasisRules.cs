namespace NationalReferral;

/// <summary>Why two people decide for a child instead of a guardian (taxonomy <c>best_interests_ground</c>).</summary>
public enum BestInterestsGround
{
    GuardianConflicted,
    GuardianAbsent,
    GuardianRefuses,
}

/// <summary>
/// Rules of what allows sharing though nobody consented (design: legal bases). The longest terms are this product's own: whoever
/// needs longer looks at it again and records it anew.
/// </summary>
public static class BasisRules
{
    public static readonly TimeSpan LongestDecision = TimeSpan.FromDays(183);

    public static readonly TimeSpan LongestDuty = TimeSpan.FromDays(365);

    /// <summary>Three days: by then somebody can be asked, or two people can decide.</summary>
    public const int LongestEmergencyHours = 72;

    /// <summary>What an emergency is for; nobody has to think of codes then.</summary>
    public static readonly IReadOnlyList<string> EmergencyPurposes = ["emergency", "medical_treatment", "protection", "provide_service"];

    /// <summary>Of guardians whom a court or an institution with custody by law stands behind.</summary>
    public static readonly IReadOnlyList<string> AppointedCapacities = ["court_appointed_guardian", "state_custodian"];

    /// <summary>More of a group than its documents: in an order such a group names its items.</summary>
    private const DataGroup ItemsOnly = DataGroup.Protection;

    /// <summary>Proposed for a child, whose guardian cannot speak for it or does not.</summary>
    /// <returns>Null when it may be proposed.</returns>
    public static Refusal? CheckDecision(Extent extent, bool asChild, string reason, DateTimeOffset now) => Incomplete(
    [
        Said("/reason", reason),
        asChild ? null : new("/ground", "not_for_an_adult"),
        .. Term(extent, now, LongestDecision),
        .. extent.Check(now),
    ]);

    /// <summary>A law asks for it: at most for a year, then somebody looks whether it still does.</summary>
    /// <returns>Null when it may be recorded.</returns>
    public static Refusal? CheckDuty(Extent extent, string section, DateTimeOffset now) => Incomplete([Said("/section", section), .. Term(extent, now, LongestDuty), .. extent.Check(now)]);

    /// <summary>To save life or prevent serious harm, where nobody can be asked in time. Its hours are bounded where they are read.</summary>
    /// <returns>Null when it may be recorded.</returns>
    public static Refusal? CheckEmergency(Extent extent, string whyNotAsked, DateTimeOffset now) => Incomplete([Said("/whyNotAsked", whyNotAsked), .. extent.Check(now)]);

    /// <summary>It opens what it names, to whom it names, until its date; nothing follows from a kind of agency or a whole group of items.</summary>
    /// <returns>Null when it may be proposed.</returns>
    public static Refusal? CheckOrder(Extent extent, string court, string orderNumber, DateTimeOffset now) => Incomplete(
    [
        Said("/court", court),
        Said("/orderNumber", orderNumber),
        extent.Groups.Contains(ItemsOnly) ? new($"/groups/{extent.Groups.ToList().IndexOf(ItemsOnly)}", "items_only") : null,
        .. Term(extent, now, null),
        .. extent.Check(now),
    ]);

    /// <summary>Who decides for her from now on, and by whose word.</summary>
    /// <returns>Null when it may be recorded.</returns>
    public static Refusal? CheckGuardianship(string capacity, string relation, string? name, string authority, DateTimeOffset? validTo, DateTimeOffset now)
    {
        var relations = ConsentRules.Capacities[capacity].Relations;
        return Incomplete(
        [
            relations.Contains(relation) ? null : new("/guardian/relation", "cannot_decide", relations),
            string.IsNullOrWhiteSpace(name) ? new("/guardian/name", "required") : null,
            Said("/authority", authority),
            validTo <= now ? new("/validTo", "not_in_future") : null,
        ]);
    }

    /// <returns>Null when it may be recorded.</returns>
    public static Refusal? CheckHold(string authority, string reason, DateTimeOffset? validTo, DateTimeOffset now) => Incomplete(
        [Said("/authority", authority), Said("/reason", reason), validTo <= now ? new("/validTo", "not_in_future") : null]);

    private static FieldError? Said(string pointer, string text) => TextRules.Check(pointer, text, TextRules.Note);

    private static IEnumerable<FieldError?> Term(Extent extent, DateTimeOffset now, TimeSpan? longest) =>
    [
        extent.ValidTo is null ? new("/validTo", "required") : null,
        extent.ValidTo > now + longest ? new("/validTo", "too_far") : null,
    ];

    private static Refusal? Incomplete(IEnumerable<FieldError?> found)
    {
        FieldError[] errors = [.. found.OfType<FieldError>()];
        return errors.Length == 0 ? null : new Refusal(BasisRefusals.BasisIncomplete) { Errors = errors };
    }
}
