using System.Collections.Frozen;

namespace NationalReferral;

/// <summary>Who may decide in which capacity.</summary>
/// <param name="Relations"><c>self</c>, or relations that may speak for the person.</param>
/// <param name="NeedsDecision">Only together with a best-interests decision, which two people take.</param>
public sealed record CapacityRule(bool ForChild, bool ForAdult, IReadOnlyList<string> Relations, bool NeedsDecision = false);

/// <summary>
/// Rules of a permission (design: legal bases). An employer, a recruiter or a husband of a child is nobody's guardian;
/// conflicts of interest of a true guardian are judged from relations on record, not here.
/// </summary>
public static class ConsentRules
{
    public const string Self = "self";

    /// <summary>More than this is no longer a choice that somebody explained; all districts of the country still fit.</summary>
    public const int MostRecipients = 250;

    public const int MostRecords = 200;

    private static readonly string[] Herself = [Self];
    private static readonly string[] Family =
    [
        "mother", "father", "stepmother", "stepfather", "brother", "sister", "grandfather", "grandmother", "paternal_uncle",
        "maternal_uncle", "paternal_aunt", "maternal_aunt", "other_relative", "legal_guardian", "foster_carer",
    ];

    private static readonly string[] Appointed = ["legal_guardian"];

    // The state's own officer holds no relation; whoever keeps the child day by day speaks for it.
    private static readonly string[] Custodian = ["legal_guardian", "foster_carer"];

    public static readonly FrozenDictionary<string, CapacityRule> Capacities = new Dictionary<string, CapacityRule>
    {
        ["self"] = new(ForChild: false, ForAdult: true, Herself),
        ["self_mature_child"] = new(ForChild: true, ForAdult: false, Herself),
        ["guardian_with_assent"] = new(ForChild: true, ForAdult: false, Family),
        ["guardian_child_too_young"] = new(ForChild: true, ForAdult: false, Family),
        ["assent_with_best_interests"] = new(ForChild: true, ForAdult: false, Herself, NeedsDecision: true),
        ["court_appointed_guardian"] = new(ForChild: true, ForAdult: true, Appointed),
        ["state_custodian"] = new(ForChild: true, ForAdult: false, Custodian),
        ["supported_decision"] = new(ForChild: false, ForAdult: true, Herself),
    }.ToFrozenDictionary();

    /// <summary>Forms that are worth nothing without the name of a second person.</summary>
    public static readonly FrozenSet<string> WitnessedForms = FrozenSet.Create("verbal_with_witness", "sign_language");

    /// <param name="reason"><c>person_withdrew</c> or <c>guardian_withdrew</c>.</param>
    public static IReadOnlyList<string> WithdrawnBy(string reason) => reason == "person_withdrew" ? Herself : Family;

    public static IReadOnlyList<string> CapacitiesFor(bool asChild) =>
        [.. Capacities.Where(c => !c.Value.NeedsDecision && (asChild ? c.Value.ForChild : c.Value.ForAdult)).Select(c => c.Key).Order(StringComparer.Ordinal)];
}
