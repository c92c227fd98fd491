namespace NationalReferral;

/// <summary>A stretch of the week in Karachi time; it may run over midnight, and 00:00 as its end is that midnight.</summary>
/// <param name="Day">Null: every day.</param>
public readonly record struct WeeklyTime(DayOfWeek? Day, TimeOnly From, TimeOnly To)
{
    public bool Holds(DateTime local)
    {
        var time = TimeOnly.FromDateTime(local);
        return From <= To
            ? IsOn(local.DayOfWeek) && time >= From && time < To
            : (IsOn(local.DayOfWeek) && time >= From) || (IsOn(local.AddDays(-1).DayOfWeek) && time < To);
    }

    private bool IsOn(DayOfWeek day) => Day is null || Day == day;
}
