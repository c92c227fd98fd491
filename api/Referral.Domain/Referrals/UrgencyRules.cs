namespace NationalReferral;

/// <summary>An incident as far as urgency asks: coded, with the latest moment at which it can have happened.</summary>
public sealed record IncidentFacts(IReadOnlyCollection<string> Types, IReadOnlyCollection<string> Means, DateTimeOffset LatestAt);

/// <summary>Rules raise the urgency that was asked for; none ever lowers it.</summary>
public static class UrgencyRules
{
    /// <summary>
    /// HIV post-exposure prophylaxis must begin within 72 hours and emergency contraception works best as early
    /// (WHO, Responding to children and adolescents who have been sexually abused, 2017; Health care for women subjected
    /// to intimate partner violence or sexual violence, 2014): a health need within that time cannot wait.
    /// </summary>
    public const string SexualViolence72h = "sexual_violence_72h";

    private static readonly TimeSpan Window = TimeSpan.FromHours(72);
    private static readonly string[] SexualTypes = ["sexual_exploitation"];
    private static readonly string[] SexualMeans = ["sexual_violence"];
    private static readonly string[] HealthNeeds = ["medical_care", "emergency_health_sexual_violence", "medico_legal_examination"];

    /// <summary>False: no incident could raise it, so none needs to be opened.</summary>
    public static bool MayRaise(Urgency asked, string needCategory) => asked != Urgency.Emergency && HealthNeeds.Contains(needCategory);

    /// <returns>What is asked, or more; with the rule that raised it.</returns>
    public static (Urgency Urgency, string? Rule) Raise(
        Urgency asked, string needCategory, IEnumerable<IncidentFacts> incidents, DateTimeOffset now)
    {
        if (MayRaise(asked, needCategory) && incidents.Any(i => IsSexual(i) && now - i.LatestAt <= Window))
        {
            return (Urgency.Emergency, SexualViolence72h);
        }
        return (asked, null);
    }

    private static bool IsSexual(IncidentFacts incident) =>
        incident.Types.Intersect(SexualTypes).Any() || incident.Means.Intersect(SexualMeans).Any();
}
