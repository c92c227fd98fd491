namespace NationalReferral;

/// <summary>One difference between two releases, to be read by a lawyer.</summary>
/// <param name="Before">Null: it is new.</param>
/// <param name="After">Null: it is not there any more, which a release may not do.</param>
/// <param name="Members">What differs, by the columns' names.</param>
public sealed record RuleChange(AgeRule? Before, AgeRule? After, IReadOnlyList<string> Members)
{
    /// <summary>
    /// A past day would be given another answer: the rule is gone, or something else was altered than its end (where it had none),
    /// the day by which it is to be looked at, the note and how sure it is.
    /// </summary>
    public bool RewritesPast => Before is { } old
        && (After is not { } now || now != old with { To = old.To ?? now.To, VerifyBy = now.VerifyBy, Note = now.Note, Confidence = now.Confidence });
}

/// <summary>What a new release changes.</summary>
public static class ReleaseDiff
{
    /// <summary>In the order of the rules' ids.</summary>
    public static IReadOnlyList<RuleChange> Of(LawRelease before, LawRelease after)
    {
        var (old, now) = (before.Rules.ToDictionary(rule => rule.Id), after.Rules.ToDictionary(rule => rule.Id));
        return [.. old.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Select(id => new RuleChange(old.GetValueOrDefault(id), now.GetValueOrDefault(id), Differing(old.GetValueOrDefault(id), now.GetValueOrDefault(id))))
            .Where(change => change.Before != change.After)];
    }

    private static IReadOnlyList<string> Differing(AgeRule? old, AgeRule? now) => old is null || now is null
        ? []
        : [.. typeof(AgeRule).GetProperties().Where(property => property.CanWrite && !Equals(property.GetValue(old), property.GetValue(now))).Select(property => property.Name)];
}
