namespace NationalReferral;

/// <summary>Completed years, in bands that cut at every age Pakistan's child laws name (taxonomy <c>age_band</c>).</summary>
/// <param name="From">Null when nothing is known.</param>
/// <param name="To">Null without upper end.</param>
public sealed record AgeBand(string Code, int? From, int? To)
{
    public static readonly AgeBand Adult = new("age_18_plus", 18, null);
    public static readonly AgeBand NotKnown = new("not_known", null, null);

    public static IReadOnlyList<AgeBand> All { get; } =
    [
        new("age_0_5", 0, 5),
        new("age_6_9", 6, 9),
        new("age_10_11", 10, 11),
        new("age_12_13", 12, 13),
        new("age_14_15", 14, 15),
        new("age_16_17", 16, 17),
        Adult,
        NotKnown,
    ];

    public static AgeBand Of(int? years) => years is { } y ? All.First(band => y >= band.From && y <= (band.To ?? int.MaxValue)) : NotKnown;

    /// <returns>Null when there is no such band.</returns>
    public static AgeBand? Find(string? code) => All.FirstOrDefault(band => band.Code == code);
}
