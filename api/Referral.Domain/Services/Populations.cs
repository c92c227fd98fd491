namespace NationalReferral;

/// <summary>Which places (taxonomy <c>population</c>) somebody could take.</summary>
public static class Populations
{
    public const string Any = "any";

    /// <summary>Places that no child takes.</summary>
    public static bool AreForAdults(string? population) => population is "women" or "men";

    /// <param name="sex">Taxonomy <c>sex</c>; not known: every place for the age, and the provider looks.</param>
    /// <param name="withChildren">A mother who must stay with hers.</param>
    public static IReadOnlyList<string> For(string sex, bool asChild, bool withChildren) => (sex, asChild) switch
    {
        ("female", true) => withChildren ? ["girls", "women_with_children", Any] : ["girls", Any],
        ("female", false) => withChildren ? ["women_with_children", Any] : ["women", Any],
        ("male", true) => ["boys", Any],
        ("male", false) => ["men", Any],
        ("transgender", _) => ["transgender_persons", Any],
        (_, true) => ["girls", "boys", Any],
        _ => ["women", "men", Any],
    };
}
