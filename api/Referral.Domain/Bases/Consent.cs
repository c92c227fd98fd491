using static NationalReferral.ConsentRules;

namespace NationalReferral;

/// <summary>A permission as somebody gave or refused it. Codes are already known to exist in their taxonomy.</summary>
public sealed record Consent
{
    /// <summary><c>self</c>, or a <c>relation_kind</c>.</summary>
    public required string Relation { get; init; }

    /// <summary>Name of who gave it, when that is not the person herself and it is known: at a roadside "her mother" must do.</summary>
    public string? GivenBy { get; init; }

    /// <summary>Taxonomy <c>consent_capacity</c>.</summary>
    public required string Capacity { get; init; }

    /// <summary>Taxonomy <c>consent_form</c>.</summary>
    public required string Form { get; init; }

    /// <summary>Who heard it, or who interpreted it.</summary>
    public string? Witness { get; init; }

    /// <summary>ISO 639-3: the language it was explained in.</summary>
    public string? Language { get; init; }

    /// <summary>Version of the text that was read aloud or shown.</summary>
    public string? ScriptVersion { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>The answer was no. It is recorded as such and opens nothing.</summary>
    public bool IsRefused { get; init; }

    public required Extent Extent { get; init; }

    public string? Note { get; init; }

    public BasisStatus Status => IsRefused ? BasisStatus.Refused : BasisStatus.Active;

    /// <returns>Null when it may be recorded.</returns>
    /// <param name="asChild">The person is treated as a child today.</param>
    /// <param name="isDecided">A best-interests decision is in force: with it her own yes is enough.</param>
    public Refusal? Check(bool asChild, bool isDecided, DateTimeOffset now)
    {
        FieldError?[] found = [.. Giver(asChild, isDecided), .. Telling(now), .. IsRefused ? [] : Told(now)];
        FieldError[] errors = [.. found.OfType<FieldError>()];
        return errors.Length == 0 ? null : new Refusal(BasisRefusals.ConsentIncomplete) { Errors = errors };
    }

    /// <summary>What it covers, once it is recorded.</summary>
    public Basis AsBasis(Guid id) => Extent.AsBasis(id, Status, GivenAt);

    private IEnumerable<FieldError?> Giver(bool asChild, bool isDecided)
    {
        var rule = Capacities.GetValueOrDefault(Capacity);
        yield return rule switch
        {
            null => new("/capacity", "unknown_code", [.. Capacities.Keys]),
            { NeedsDecision: true } when !isDecided => new("/capacity", "needs_best_interests_decision"),
            { ForChild: false } when asChild => new("/capacity", "not_for_a_child", CapacitiesFor(asChild)),
            { ForAdult: false } when !asChild => new("/capacity", "not_for_an_adult", CapacitiesFor(asChild)),
            _ => null,
        };
        yield return rule is not null && !rule.Relations.Contains(Relation) ? new("/givenBy/relation", "cannot_decide", [.. rule.Relations]) : null;
        yield return Text("/givenBy/name", GivenBy, TextRules.Name);
    }

    private IEnumerable<FieldError?> Telling(DateTimeOffset now)
    {
        yield return ClientTime.TryTake(GivenAt, now, out _) ? null : new("/givenAt", "in_future");
        yield return WitnessedForms.Contains(Form) && string.IsNullOrWhiteSpace(Witness) ? new("/witness", "required") : Text("/witness", Witness, TextRules.Name);
        yield return Text("/scriptVersion", ScriptVersion, 40);
        yield return Text("/note", Note, TextRules.Note);
    }

    private IEnumerable<FieldError?> Told(DateTimeOffset now) =>
    [
        string.IsNullOrWhiteSpace(Language) ? new("/language", "required") : null,
        string.IsNullOrWhiteSpace(ScriptVersion) ? new("/scriptVersion", "required") : null,
        .. Extent.Check(now),
    ];

    private static FieldError? Text(string pointer, string? text, int max) => text is null or "" ? null : TextRules.Check(pointer, text, max);
}
