namespace NationalReferral;

/// <summary>
/// How old a person is, as far as anybody knows: a documented date, an estimate with its evidence and the day it was
/// made, or nothing. An estimate is kept as the two dates between which the birth lies; no birthday is invented.
/// </summary>
public sealed record Age
{
    public const int Majority = 18;

    /// <summary>
    /// Years that an estimate without a range of its own may be wrong by, either way. Examinations of bones and teeth
    /// are given with two years at best (UNICEF, Age assessment: a technical note, 2013); looks and words are no better.
    /// </summary>
    public const int Margin = 2;

    private const int Oldest = 120;

    /// <summary>Treated as a child in every rule that protects.</summary>
    public static Age NotKnown { get; } = new();

    public DateOnly? EarliestBirth { get; private init; }

    public DateOnly? LatestBirth { get; private init; }

    /// <summary>Best guess on <see cref="AsOf"/>; null for a document or when nothing is known.</summary>
    public int? Years { get; private init; }

    public DateOnly? AsOf { get; private init; }

    /// <summary>Taxonomy <c>age_evidence_kind</c>.</summary>
    public string? Evidence { get; private init; }

    public bool IsDisputed { get; init; }

    /// <summary>An authorised officer decided it (<see cref="Determinations"/>).</summary>
    public bool IsDetermined { get; private init; }

    /// <summary>Taxonomy <c>age_status</c>.</summary>
    public string Status =>
        IsDisputed ? "disputed"
        : IsDetermined ? "determined"
        : EarliestBirth is null ? "not_known"
        : Years is null ? "documented"
        : "estimated";

    public static Age Documented(DateOnly bornOn, string? evidence = null) =>
        new() { EarliestBirth = bornOn, LatestBirth = bornOn, Evidence = evidence };

    /// <param name="least">Fewest years thought possible; without it <see cref="Margin"/> below.</param>
    public static Age About(int years, DateOnly asOf, string? evidence = null, int? least = null, int? most = null)
    {
        var fewest = Math.Clamp(least ?? years - Margin, 0, years);
        var atMost = Math.Clamp(most ?? years + Margin, years, Oldest + Margin);
        return new()
        {
            EarliestBirth = asOf.AddYears(-(atMost + 1)).AddDays(1),
            LatestBirth = asOf.AddYears(-fewest),
            Years = years,
            AsOf = asOf,
            Evidence = evidence,
        };
    }

    /// <summary>As an officer decided: born between two days, or on one.</summary>
    public static Age Determined(DateOnly earliestBirth, DateOnly latestBirth, string evidence) =>
        new() { EarliestBirth = earliestBirth, LatestBirth = latestBirth, Evidence = evidence, IsDetermined = true };

    /// <summary>Chosen from the list of bands by somebody who saw the person.</summary>
    public static Age InBand(AgeBand band, DateOnly asOf, string? evidence = null) =>
        band.From is not { } from ? NotKnown
        : band.To is { } to ? About((from + to) / 2, asOf, evidence, from, to)
        : About(from, asOf, evidence, from, Oldest);

    /// <summary>What is wrong with an age before it is made.</summary>
    public static FieldError? Check(string pointer, int? years, DateOnly? bornOn, DateOnly today) =>
        years is < 0 or > Oldest ? new(pointer, "out_of_range", ["0", $"{Oldest}"])
        : bornOn > today ? new(pointer, "in_future")
        : bornOn < today.AddYears(-Oldest) ? new(pointer, "out_of_range")
        : null;

    /// <summary>The first day on which <see cref="AsChildOn"/> is false; null while nobody knows.</summary>
    public DateOnly? AdultFrom => IsDisputed ? null : LatestBirth is { } born ? Birthday(born, Majority) : null;

    /// <summary>Completed years on a day: the fewest and the most that are possible. Null when nothing is known.</summary>
    public (int Least, int Most)? RangeOn(DateOnly day) =>
        EarliestBirth is { } earliest && LatestBirth is { } latest ? (YearsBetween(latest, day), YearsBetween(earliest, day)) : null;

    /// <summary>The band of the best guess; a person near 18 is in one band and still treated as a child.</summary>
    public AgeBand BandOn(DateOnly day) => AgeBand.Of(
        Years is { } years && AsOf is { } asOf ? years + YearsBetween(asOf, day)
        : RangeOn(day)?.Least);

    /// <summary>Under 18, possibly under 18, unknown or disputed: a child wherever a rule protects children.</summary>
    public bool AsChildOn(DateOnly day) => IsDisputed || RangeOn(day) is not { Least: >= Majority };

    /// <summary>
    /// When what is shown of her is to be looked at again: the first day of a month by which her band or how she is treated has
    /// changed. Not the very day: that is her date of birth, which is sealed, and this stands plain. Until then she is treated
    /// as the child that she was.
    /// </summary>
    /// <returns>Null when nothing will change by itself.</returns>
    public DateOnly? LookAgainOn(DateOnly today)
    {
        var shown = (BandOn(today), AsChildOn(today));
        var month = new DateOnly(today.Year, today.Month, 1);
        return EarliestBirth is null || shown == (AgeBand.Adult, IsDisputed)
            ? null
            : Enumerable.Range(1, 12 * (Majority + Margin + 1)).Select(month.AddMonths).Cast<DateOnly?>()
                .FirstOrDefault(day => (BandOn(day!.Value), AsChildOn(day.Value)) != shown);
    }

    private static int YearsBetween(DateOnly from, DateOnly day)
    {
        var years = day.Year - from.Year;
        return Math.Max(0, years >= 0 && Birthday(from, years) > day ? years - 1 : years);
    }

    // Somebody born on 29 February completes a year on 1 March: the later day protects longer.
    private static DateOnly Birthday(DateOnly born, int years)
    {
        var day = born.AddYears(years);
        return day.Day < born.Day ? day.AddDays(1) : day;
    }
}
