using CsCheck;

namespace NationalReferral.Tests;

public sealed class WorkingCalendarTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);
    private static readonly DateOnly PakistanDay = new(2026, 3, 23);
    private static readonly WorkingCalendar Office = WorkingCalendar.Office([PakistanDay]);

    private static readonly Gen<WorkingCalendar> AnyCalendar =
        from opens in Gen.Int[0, 11]
        from closes in Gen.Int[12, 24]
        from days in Gen.Int[1, 127]
        from pause in Gen.Bool
        from holidays in Gen.Int[0, 400].List[0, 40]
        select WorkingCalendar.Of(
            from day in Enum.GetValues<DayOfWeek>()
            where (days & (1 << (int)day)) != 0
            from hours in pause ? new[] { (opens, 12), (13, Math.Max(closes, 14)) } : [(opens, closes)]
            select new WorkingHours(day, TimeSpan.FromHours(hours.Item1), TimeSpan.FromHours(hours.Item2)),
            holidays.Select(n => Monday.AddDays(n)));

    private static readonly Gen<DateTimeOffset> AnyMoment = Gen.Int[0, 300 * 24 * 60].Select(minutes => Karachi.At(Monday, TimeSpan.Zero).AddMinutes(minutes));
    private static readonly Gen<TimeSpan> AnyLength = Gen.Int[1, 30 * 8 * 60].Select(minutes => TimeSpan.FromMinutes(minutes));

    /// <summary>
    /// As rules ask for it, in the calendar's own days and at most 30 of them: an agency that works an hour a week has not 240
    /// hours in the years that Add looks ahead.
    /// </summary>
    private static readonly Gen<(WorkingCalendar Calendar, TimeSpan Length, TimeSpan Other)> AnyTask =
        from calendar in AnyCalendar
        from length in Gen.Int[1, 30 * (int)calendar.StandardDay.TotalMinutes]
        from other in Gen.Int[1, 30 * (int)calendar.StandardDay.TotalMinutes]
        select (calendar, TimeSpan.FromMinutes(length), TimeSpan.FromMinutes(other));

    [TestCase("2026-03-02 10:00", 3, "2026-03-05 10:00", TestName = "Three_working_days_from_Monday_end_on_Thursday")]
    [TestCase("2026-03-01 23:00", 3, "2026-03-04 17:00", TestName = "From_a_Sunday_time_begins_on_Monday_morning")]
    [TestCase("2026-03-06 16:00", 1, "2026-03-09 16:00", TestName = "A_weekend_does_not_count")]
    [TestCase("2026-03-20 16:00", 1, "2026-03-24 16:00", TestName = "A_holiday_after_a_weekend_does_not_count")]
    [TestCase("2026-03-02 17:00", 1, "2026-03-03 17:00", TestName = "At_closing_time_the_next_day_begins")]
    public void Working_days(string from, int days, string expected)
    {
        Assert.That(Office.Add(At(from), Office.StandardDay * days), Is.EqualTo(At(expected)));
    }

    [Test]
    public void A_Saturday_morning_counts_for_half_a_day()
    {
        WorkingHours[] week =
        [
            new(DayOfWeek.Friday, TimeSpan.FromHours(9), TimeSpan.FromHours(17)),
            new(DayOfWeek.Saturday, TimeSpan.FromHours(9), TimeSpan.FromHours(13)),
        ];
        var calendar = WorkingCalendar.Of(week, []);

        Assert.That(calendar.Add(At("2026-03-06 13:00"), calendar.StandardDay), Is.EqualTo(At("2026-03-07 13:00")));
    }

    [Test]
    public void A_week_without_hours_or_with_hours_that_overlap_is_no_calendar()
    {
        WorkingHours[] overlap =
        [
            new(DayOfWeek.Friday, TimeSpan.FromHours(9), TimeSpan.FromHours(13)),
            new(DayOfWeek.Friday, TimeSpan.FromHours(12), TimeSpan.FromHours(17)),
        ];

        Assert.That(() => WorkingCalendar.Of([], []), Throws.ArgumentException);
        Assert.That(() => WorkingCalendar.Of(overlap, []), Throws.ArgumentException);
    }

    [Test]
    public void What_is_added_is_what_lies_between() =>
        Gen.Select(AnyTask, AnyMoment).Sample((task, from) =>
        {
            var (calendar, length, _) = task;
            var due = calendar.Add(from, length);
            return due > from && calendar.Between(from, due) == length;
        });

    [Test]
    public void Adding_in_two_steps_is_adding_at_once() =>
        Gen.Select(AnyTask, AnyMoment).Sample((task, from) =>
        {
            var (calendar, one, two) = task;
            return calendar.Add(calendar.Add(from, one), two) == calendar.Add(from, one + two);
        });

    [Test]
    public void Going_back_undoes_going_on() =>
        Gen.Select(AnyTask, AnyMoment).Sample((task, from) =>
        {
            var (calendar, length, _) = task;
            var due = calendar.Add(from, length);
            return calendar.Between(calendar.Add(due, -length), due) == length;
        });

    [Test]
    public void Time_between_adds_up_at_any_cut() =>
        Gen.Select(AnyCalendar, AnyMoment, AnyMoment, AnyMoment).Sample((calendar, a, b, c) =>
        {
            DateTimeOffset[] cuts = [.. new[] { a, b, c }.Order()];
            return calendar.Between(cuts[0], cuts[2]) == calendar.Between(cuts[0], cuts[1]) + calendar.Between(cuts[1], cuts[2]);
        });

    [Test]
    public void A_further_holiday_never_brings_a_deadline_forward() =>
        Gen.Select(AnyMoment, AnyLength, Gen.Int[0, 60]).Sample((from, length, day) =>
            WorkingCalendar.Office([Monday.AddDays(day)]).Add(from, length) >= WorkingCalendar.Office([]).Add(from, length));

    [Test]
    public void A_deadline_that_names_a_date_ends_with_that_day_in_Karachi()
    {
        Assert.That(Karachi.EndOf(new DateOnly(2026, 3, 5)), Is.EqualTo(new DateTimeOffset(2026, 3, 5, 18, 59, 59, 999, TimeSpan.Zero)));
    }

    private static DateTimeOffset At(string local)
    {
        var time = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);
        return Karachi.At(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time));
    }
}
