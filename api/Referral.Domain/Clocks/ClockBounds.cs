namespace NationalReferral;

/// <summary>What lengths of a clock may be set, by the country or by an agency.</summary>
public static class ClockBounds
{
    /// <summary>So many times what the product has.</summary>
    private const int Most = 2;

    /// <summary>Days of an agency's calendar: holidays are not looked up further ahead.</summary>
    private const int MostDays = 30;

    private static readonly WorkingCalendar Office = WorkingCalendar.Office([]);

    /// <summary>A Monday morning in Karachi.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);

    /// <returns>Urgencies whose length is wrong, and why: <c>too_long</c>, or <c>sooner_than_more_urgent</c>.</returns>
    public static IEnumerable<(Urgency Urgency, string Code)> Faults(ClockRule set)
    {
        var previous = DateTimeOffset.MinValue;
        foreach (var urgency in Enum.GetValues<Urgency>().OrderBy(one => one))
        {
            var due = Deadline.Begin(set.Kind, urgency, Office, Monday, set.For(urgency)).DueAt;
            var calendar = Deadline.CalendarOf(set.Kind, urgency, Office);
            var length = set.For(urgency).On(calendar);
            if (length > ClockRules.Of(set.Kind).For(urgency).On(calendar) * Most || (calendar == Office && length > Office.StandardDay * MostDays))
            {
                yield return (urgency, "too_long");
            }
            else if (due < previous)
            {
                yield return (urgency, "sooner_than_more_urgent");
            }
            previous = due;
        }
    }
}
