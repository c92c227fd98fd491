using System.Globalization;

namespace NationalReferral.Tests;

/// <summary>The release that the product ships, read from its files.</summary>
internal static class GivenLaw
{
    public static LawRelease Shipped { get; } = new(1, Instruments(), Rules());

    private static LawInstrument[] Instruments() => [.. Repository.Csv("api/Referral.Api/Reference/legal-instruments.csv").Select(row => new LawInstrument(
        row["id"], row["short_name"], row["full_title"], row["jurisdiction"], row["subject"], row["in_force_from"], row["in_force_to"],
        Codes.Parse<LawStatus>(row["status"]), row["source"], Codes.Parse<LawConfidence>(row["confidence"]), row["note"]))];

    private static AgeRule[] Rules() => [.. Repository.Csv("api/Referral.Api/Reference/age-definitions.csv").Select(row => new AgeRule(
        row["rule_id"], row["jurisdiction"], row["purpose"], int.Parse(row["age_limit_exclusive"], CultureInfo.InvariantCulture),
        row["sex"] == "any" ? null : row["sex"], row["instrument_id"], Day(row["in_force_from"])!.Value, Day(row["in_force_to"]),
        Codes.Parse<DatePrecision>(row["date_precision"]), Codes.Parse<LawRuleKind>(row["rule_kind"]), Day(row["verify_by"]), row["note"],
        Codes.Parse<LawConfidence>(row["confidence"])))];

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
