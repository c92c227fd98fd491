namespace NationalReferral;

/// <summary>What a search and a case have in common (taxonomy <c>like_because</c>).</summary>
public enum LikeBecause
{
    CaseCode,
    NationalId,
    Phone,
    Name,
    FatherName,
}

/// <summary>How likely it is the same person (taxonomy <c>likeness</c>). A worker decides; this only says what to look at first.</summary>
public enum Likeness
{
    /// <summary>The case code or the number of her papers is the same.</summary>
    Exact,

    /// <summary>Two things agree.</summary>
    Likely,

    /// <summary>One thing agrees: many people have one name, a family has one telephone.</summary>
    Possible,
}

/// <summary>What a case says of a person, opened for as long as it is compared.</summary>
/// <param name="Names">In every script, with the names that she is also called by.</param>
/// <param name="NationalId">Digits alone.</param>
/// <param name="PhoneEnds">See <see cref="PhoneEnd"/>.</param>
public sealed record CaseWords(
    string CaseCode, IReadOnlyList<string> Names, IReadOnlyList<string> FatherNames, string? NationalId, IReadOnlyList<string> PhoneEnds);

/// <summary>Whether a case may be the one that somebody looks for, and why.</summary>
/// <param name="Score">Orders cases of one search, the likeliest first; says nothing beyond it.</param>
public sealed record CaseLikeness(Likeness Likeness, IReadOnlyList<LikeBecause> Because, double Score)
{
    /// <returns>Null when nothing agrees: tokens of names collide on purpose, so most of what they find is somebody else.</returns>
    public static CaseLikeness? Between(CaseSearch asked, CaseWords kept)
    {
        var (name, father) = (Nearest(asked.Name, kept.Names), Nearest(asked.FatherName, kept.FatherNames));
        var because = new List<LikeBecause>();
        Add(LikeBecause.CaseCode, asked.CaseCode is { } code && code.Text == kept.CaseCode);
        Add(LikeBecause.NationalId, asked.NationalId is { } id && id.Digits == kept.NationalId);
        Add(LikeBecause.Phone, asked.PhoneEnd is { } end && kept.PhoneEnds.Contains(end));
        Add(LikeBecause.Name, name >= NameLikeness.Likely);
        Add(LikeBecause.FatherName, father >= NameLikeness.Likely);
        if (because.Count == 0)
        {
            return null;
        }
        var isExact = because[0] is LikeBecause.CaseCode or LikeBecause.NationalId;
        // Whole steps for what agrees; within a step the nearer name, and hers before her father's.
        var score = (isExact ? 8 : 0) + because.Count + (0.6 * name) + (0.3 * father);
        return new(isExact ? Likeness.Exact : because.Count > 1 ? Likeness.Likely : Likeness.Possible, because, score);

        void Add(LikeBecause reason, bool agrees)
        {
            if (agrees)
            {
                because.Add(reason);
            }
        }
    }

    private static double Nearest(string? asked, IReadOnlyList<string> kept) =>
        asked is null || kept.Count == 0 ? 0 : kept.Max(name => NameLikeness.Between(asked, name));
}
