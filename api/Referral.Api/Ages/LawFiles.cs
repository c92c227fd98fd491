using System.Globalization;

namespace NationalReferral;

/// <summary>The release that the product brings with it (legal-instruments.csv, age-definitions.csv; sources and doubts: Reference/sources.md).</summary>
internal static class LawFiles
{
    public static LawRelease Read(int number) => new(
        number,
        [.. Csv.Rows("legal-instruments.csv").Select(row => new LawInstrument(
            row("id"), row("short_name"), row("full_title"), row("jurisdiction"), row("subject"), Csv.Known(row("in_force_from")), Csv.Known(row("in_force_to")),
            Codes.Parse<LawStatus>(row("status")), row("source"), Codes.Parse<LawConfidence>(row("confidence")), Csv.Known(row("note"))))],
        [.. Csv.Rows("age-definitions.csv").Select(row => new AgeRule(
            row("rule_id"), row("jurisdiction"), row("purpose"), int.Parse(row("age_limit_exclusive"), CultureInfo.InvariantCulture),
            row("sex") == "any" ? null : row("sex"), row("instrument_id"), Day(row("in_force_from"))!.Value, Day(row("in_force_to")),
            Codes.Parse<DatePrecision>(row("date_precision")), Codes.Parse<LawRuleKind>(row("rule_kind")), Day(row("verify_by")), Csv.Known(row("note")),
            Codes.Parse<LawConfidence>(row("confidence"))))]);

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
