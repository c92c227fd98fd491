namespace NationalReferral;

/// <summary>Every field that some move asks for, each once, and the check of a body against a move.</summary>
public static class Needs
{
    public static readonly Need Question = new("question", NeedKind.Text, g => g.Question);
    public static readonly Need Answer = new("answer", NeedKind.Text, g => g.Answer);
    public static readonly Need Population = new("population", NeedKind.Code, g => g.Population, NeedRule.WherePlacesAreCounted, "population");
    public static readonly Need WhyDeclined = new("reason", NeedKind.Code, g => g.Reason, Set: "decline_reason");
    public static readonly Need WhyCancelled = new("reason", NeedKind.Code, g => g.Reason, Set: "cancel_reason");
    public static readonly Need WhyWithdrawn = new("reason", NeedKind.Code, g => g.Reason, Set: "withdrawal_reason");
    public static readonly Need Suggestion = new("suggestedServiceId", NeedKind.Id, g => g.SuggestedServiceId, NeedRule.Never);
    public static readonly Need At = new("at", NeedKind.Time, g => g.At);
    public static readonly Need PlannedAt = new("plannedAt", NeedKind.Plan, g => g.PlannedAt);
    public static readonly Need PlannedEndAt = new("plannedEndAt", NeedKind.Plan, g => g.PlannedEndAt, NeedRule.Never);
    public static readonly Need ReviewAt = new("reviewAt", NeedKind.Plan, g => g.ReviewAt);
    public static readonly Need Escort = new("escort", NeedKind.Text, g => g.Escort);
    public static readonly Need Waited = new("waited", NeedKind.Text, g => g.Waited);
    public static readonly Need Exit = new("exit", NeedKind.Code, g => g.Exit, Set: "safe_exit") { AfterRelease = ["to_family", "by_herself"] };
    public static readonly Need SafeExit = new("safeExit", NeedKind.Text, g => g.SafeExit);
    public static readonly Need WhyNotThere = new("reason", NeedKind.Code, g => g.Reason, Set: "no_show_reason");
    public static readonly Need WhyEnded = new("reason", NeedKind.Code, g => g.Reason, Set: "ended_early_reason") { AfterRelease = ["family_reunion_sooner"] };
    public static readonly Need WhyHeld = new("reason", NeedKind.Code, g => g.Reason, Set: "hold_reason");
    public static readonly Need WhyKept = new("reason", NeedKind.Code, g => g.Reason, Set: "refuse_cancel_reason");
    public static readonly Need WhyInError = new("reason", NeedKind.Code, g => g.Reason, Set: "error_reason");
    public static readonly Need NewService = new("serviceId", NeedKind.Id, g => g.ServiceId);
    public static readonly Need Outcome = new("outcome", NeedKind.Code, g => g.Outcome, Set: "outcome") { AfterRelease = ["safely_reunited", "placed_in_family_care"] };
    public static readonly Need Note = new("note", NeedKind.Text, g => g.Note, NeedRule.Never);

    public static IReadOnlyList<Need> All { get; } =
    [
        Question, Answer, Population, WhyDeclined, WhyCancelled, WhyWithdrawn, Suggestion, At, PlannedAt, PlannedEndAt, ReviewAt, Escort, Waited,
        Exit, SafeExit, WhyNotThere, WhyEnded, WhyHeld, WhyKept, WhyInError, NewService, Outcome, Note,
    ];

    /// <summary>No plan is made for longer than a year ahead.</summary>
    private static readonly TimeSpan Furthest = TimeSpan.FromDays(366);

    /// <returns>Null when a plan can be made for then.</returns>
    public static string? PlanFault(DateTimeOffset at, DateTimeOffset now) => at <= now ? "in_past" : at > now + Furthest ? "too_far" : null;

    /// <summary>What is missing, not asked for, or of the wrong form in <paramref name="given"/>.</summary>
    /// <param name="counted">Populations with capacity rows; none: the service is unlimited.</param>
    public static IReadOnlyList<FieldError> Check(Move move, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now)
    {
        var errors = new List<FieldError>();
        foreach (var need in move.Needs)
        {
            if (Wrong(need, given, counted, now) is { } error)
            {
                errors.Add(error);
            }
        }
        errors.AddRange(
            from need in All.DistinctBy(n => n.Name)
            where need.Given(given) is not null && move.Needs.All(n => n.Name != need.Name)
            select new FieldError($"/{need.Name}", "not_taken"));
        return errors;
    }

    private static FieldError? Wrong(Need need, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now)
    {
        var pointer = $"/{need.Name}";
        return need.Given(given) switch
        {
            null when need.Rule == NeedRule.Always => new(pointer, "required"),
            null when need.Rule == NeedRule.WherePlacesAreCounted && counted.Count > 0 => new(pointer, "required", [.. counted]),
            string code when need == Population && counted.Count > 0 && !counted.Contains(code) => new(pointer, "not_offered", [.. counted]),
            string text when need.Kind == NeedKind.Text => TextRules.Check(pointer, text, TextRules.Note),
            DateTimeOffset at when need.Kind == NeedKind.Plan => PlanFault(at, now) is { } fault ? new(pointer, fault) : null,
            DateTimeOffset at when !ClientTime.TryTake(at, now, out _) => new(pointer, "in_future"),
            _ => null,
        };
    }
}
