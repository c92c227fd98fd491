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

    /// <summary>Whoever speaks for a child stops when she is none any more (design: legal bases). What a court says of an adult has its own end.</summary>
    private static readonly FrozenSet<string> OfGuardians = FrozenSet.Create("guardian_with_assent", "guardian_child_too_young", "state_custodian");

    /// <summary>It ends when she is treated as a child no more.</summary>
    public static bool IsOfGuardian(string capacity) => OfGuardians.Contains(capacity);

    /// <summary>Somebody else than she herself said it: what a newly appointed guardian is asked anew.</summary>
    public static bool IsAnothers(string capacity) => Capacities.TryGetValue(capacity, out var rule) && !rule.Relations.Contains(Self);

    /// <summary>How sharing can still be allowed where a guardian cannot decide: operations of the contract.</summary>
    public static readonly IReadOnlyList<string> WaysLeft = ["proposeBestInterests", "proposeOrder", "recordGuardianship", "recordEmergency"];

    /// <summary>
    /// When what somebody else allowed for her ends by itself: as the month begins in which she comes of age; where that has begun,
    /// as it ends. Not on the day: that is her date of birth, which is sealed, and a deadline stands plain.
    /// </summary>
    /// <returns>Null for her own word, and while nobody knows when she comes of age.</returns>
    public static DateTimeOffset? EndsOfAge(string capacity, Age age, DateTimeOffset now) => OfGuardians.Contains(capacity) ? EndsOfAge(age, now) : null;

    /// <summary>The same for what two people decided for her.</summary>
    /// <returns>Null while nobody knows when she comes of age.</returns>
    public static DateTimeOffset? EndsOfAge(Age age, DateTimeOffset now)
    {
        if (age.AdultFrom is not { } on || Karachi.At(on, TimeSpan.Zero) <= now)
        {
            return null;
        }
        var month = new DateOnly(on.Year, on.Month, 1);
        var begins = Karachi.At(month, TimeSpan.Zero);
        return begins > now ? begins : Karachi.At(month.AddMonths(1), TimeSpan.Zero);
    }

    /// <summary>Forms that are worth nothing without the name of a second person.</summary>
    public static readonly FrozenSet<string> WitnessedForms = FrozenSet.Create("verbal_with_witness", "sign_language");

    /// <param name="reason"><c>person_withdrew</c> or <c>guardian_withdrew</c>.</param>
    public static IReadOnlyList<string> WithdrawnBy(string reason) => reason == "person_withdrew" ? Herself : Family;

    public static IReadOnlyList<string> CapacitiesFor(bool asChild) =>
        [.. Capacities.Where(c => !c.Value.NeedsDecision && (asChild ? c.Value.ForChild : c.Value.ForAdult)).Select(c => c.Key).Order(StringComparer.Ordinal)];
}
