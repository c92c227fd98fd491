namespace NationalReferral;

/// <summary>One piece of evidence on file, and what it says of her age.</summary>
/// <param name="Kind">Taxonomy <c>age_evidence_kind</c>.</param>
public sealed record AgeProof(Guid Id, string Kind, Age Says);

/// <summary>
/// How an officer decides an age. He does not choose it: he says which evidence counts, and the age is what the strongest of
/// that says. The order is that of the Juvenile Justice System Act 2018, section 8: birth certificate, educational
/// certificates, any other pertinent document; a medical examination only where there is none of them. Where pieces of one
/// strength disagree, every age between them is possible, and the doubt protects.
/// </summary>
public static class Determinations
{
    private const int MedicalExamination = 4;

    /// <summary>1 is the strongest (the order of the taxonomy).</summary>
    public static int RankOf(string kind) => kind switch
    {
        "birth_certificate" => 1,
        "school_certificate" => 2,
        "medical_examination" => MedicalExamination,
        "statement" => 5,
        "appearance" => 6,
        _ => 3,
    };

    /// <summary>It can decide: the section names no statement and no looks, and a marriage paper often states a false age.</summary>
    public static bool Decides(string kind) => RankOf(kind) <= MedicalExamination && kind != "nikah_nama";

    /// <param name="onFile">All that the officer can read.</param>
    /// <param name="restsOn">What the decision rests on.</param>
    /// <param name="setAside">What does not count; the officer's reason says why.</param>
    /// <returns>The age, or what is wrong: nothing that could decide may be passed over in silence.</returns>
    public static (Age? Age, IReadOnlyList<FieldError> Errors) Decide(
        IReadOnlyList<AgeProof> onFile, IReadOnlyList<Guid> restsOn, IReadOnlyList<Guid> setAside)
    {
        var known = onFile.Select(proof => proof.Id).ToHashSet();
        FieldError[] errors =
        [
            .. restsOn.Index().Where(one => !known.Contains(one.Item)).Select(one => new FieldError($"/restsOn/{one.Index}", "unknown_reference")),
            .. setAside.Index().Where(one => !known.Contains(one.Item)).Select(one => new FieldError($"/setAside/{one.Index}", "unknown_reference")),
            .. setAside.Index().Where(one => restsOn.Contains(one.Item)).Select(one => new FieldError($"/setAside/{one.Index}", "named_twice")),
        ];
        if (errors.Length > 0)
        {
            return (null, errors);
        }
        AgeProof[] deciding = [.. onFile.Where(proof => Decides(proof.Kind))];
        var strongest = deciding.Where(proof => restsOn.Contains(proof.Id)).Select(proof => RankOf(proof.Kind)).DefaultIfEmpty(int.MaxValue).Min();
        if (strongest == int.MaxValue)
        {
            return (null, [new FieldError("/restsOn", "not_enough_alone")]);
        }
        if (deciding.Any(proof => RankOf(proof.Kind) <= strongest && !restsOn.Contains(proof.Id) && !setAside.Contains(proof.Id)))
        {
            return (null, [new FieldError("/restsOn", "evidence_left_out")]);
        }
        AgeProof[] decisive = [.. deciding.Where(proof => RankOf(proof.Kind) == strongest && restsOn.Contains(proof.Id))];
        return (Age.Determined(
            decisive.Min(proof => proof.Says.EarliestBirth)!.Value, decisive.Max(proof => proof.Says.LatestBirth)!.Value, decisive[0].Kind), []);
    }
}
