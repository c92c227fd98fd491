namespace NationalReferral;

/// <summary>Pakistan has one civil time; days, hours of opening and working calendars are meant in it.</summary>
public static class Karachi
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Karachi");

    public static DateTime Local(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Zone).DateTime;

    public static DateOnly DateOf(DateTimeOffset instant) => DateOnly.FromDateTime(Local(instant));

    public static DateTimeOffset At(DateOnly date, TimeOnly time) => At(date, time.ToTimeSpan());

    /// <param name="sinceMidnight">Up to and including 24 hours.</param>
    public static DateTimeOffset At(DateOnly date, TimeSpan sinceMidnight)
    {
        var local = date.ToDateTime(TimeOnly.MinValue) + sinceMidnight;
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>When a deadline that names only a date ends: the last stored moment of that day.</summary>
    public static DateTimeOffset EndOf(DateOnly date) => At(date, TimeSpan.FromDays(1) - TimeSpan.FromMilliseconds(1));
}
