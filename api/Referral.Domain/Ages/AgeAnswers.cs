namespace NationalReferral;

/// <summary>One row of "is she a child?".</summary>
/// <param name="Benchmark">What a treaty says of the same purpose; null where none does.</param>
public sealed record AgeRow(AgeQuestion Question, string Purpose, LawAnswer Law, AgeAnswer Answer, AgeRule? Benchmark);

/// <summary>Which place and day to ask about.</summary>
/// <param name="Province">ISO 3166-2.</param>
/// <param name="On">The day that counts there: of the act for the place of the act, else the day that was asked for.</param>
/// <param name="District">Where in the province.</param>
/// <param name="RecordId">The incident, for the place of an act.</param>
public sealed record AgeQuestion(AgePlace Place, string Province, DateOnly On, string? District = null, Guid? RecordId = null);

/// <summary>
/// "Is she a child?" is answered by a list, one row for each purpose, place and day, and one protective answer that holds
/// wherever a rule protects children (design: age and law).
/// </summary>
public static class AgeAnswers
{
    /// <param name="questions">Of home, of where she is, of where it happened; those that are known.</param>
    /// <param name="purpose">One of <see cref="LawRelease.Purposes"/>; null for all.</param>
    /// <param name="sex">Taxonomy <c>sex</c>.</param>
    public static IReadOnlyList<AgeRow> Rows(
        LawRelease release, Age age, string? sex, IReadOnlyList<AgeQuestion> questions, string? purpose) =>
        [.. from one in purpose is null ? release.Purposes : [purpose]
            where !IsForTheOther(one, sex)
            from question in questions
            let law = release.Find(one, question.Province, question.On, sex)
            select new AgeRow(question, one, law, Answer(age, law.Rule, question.On), release.Benchmark(one, question.On))];

    /// <summary>Under the limit on a day. A disputed age answers nothing for certain.</summary>
    public static AgeAnswer Answer(Age age, AgeRule? rule, DateOnly on) =>
        rule is null ? AgeAnswer.NoRule
        : age.IsDisputed || age.RangeOn(on) is not { } range ? AgeAnswer.MayBe
        : range.Most < rule.Limit ? AgeAnswer.Yes
        : range.Least >= rule.Limit ? AgeAnswer.No
        : AgeAnswer.MayBe;

    /// <summary>Treated as a child in every rule that protects, whatever single laws say: under 18, or not surely of age (design: age and law).</summary>
    public static (bool AsChild, ProtectiveReason Reason) Protective(Age age, DateOnly on) =>
        age.IsDisputed ? (true, ProtectiveReason.Disputed)
        : age.RangeOn(on) is not { } range ? (true, ProtectiveReason.NotKnown)
        : range.Most < Age.Majority ? (true, ProtectiveReason.Under18)
        : range.Least < Age.Majority ? (true, ProtectiveReason.MayBeUnder18)
        : (false, ProtectiveReason.Adult);

    // The purposes of marriage are two, one for each sex: the laws name the age of the bride and of the groom.
    private static bool IsForTheOther(string purpose, string? sex) =>
        (purpose == "marriage_female" && sex == "male") || (purpose == "marriage_male" && sex == "female");
}
