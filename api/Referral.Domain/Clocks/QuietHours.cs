namespace NationalReferral;

/// <summary>When a worker is not to be disturbed, by the clock in Karachi; it may run over midnight. What is an emergency disturbs.</summary>
/// <param name="FromMinute">Minutes after midnight, 0 to 1439.</param>
/// <param name="ToMinute">The first minute in which he may be told again; the same as the beginning: never quiet.</param>
public readonly record struct QuietHours(int FromMinute, int ToMinute)
{
    private const int Day = 24 * 60;

    /// <returns>When it may be told: now, or at the end of the quiet hours.</returns>
    public DateTimeOffset Earliest(DateTimeOffset now)
    {
        var date = Karachi.DateOf(now);
        var minute = (int)(now - Karachi.At(date, TimeSpan.Zero)).TotalMinutes;
        var into = (minute - FromMinute + Day) % Day;
        var length = (ToMinute - FromMinute + Day) % Day;
        return into >= length ? now : Karachi.At(date, TimeSpan.FromMinutes(minute + length - into));
    }
}
