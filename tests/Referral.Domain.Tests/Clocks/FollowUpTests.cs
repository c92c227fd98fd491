namespace NationalReferral.Tests;

public sealed class FollowUpTests
{
    [Test]
    public void A_visit_is_due_at_the_end_of_the_day_so_many_months_later()
    {
        var ended = new DateTimeOffset(2026, 11, 30, 20, 0, 0, TimeSpan.Zero);

        var due = FollowUps.All.Select(visit => Karachi.Local(FollowUps.DueAt(visit, ended)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(due, Is.EqualTo(new[] { "2027-03-01 23:59", "2027-06-01 23:59", "2027-12-01 23:59" }), "In Karachi it was December already.");
    }

    [Test]
    public void It_speaks_two_weeks_and_three_days_before()
    {
        var start = new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero);
        var clock = Deadline.Until(ClockKind.FollowUp, start, start.AddDays(90));

        var (reminded, first) = clock.Reach(WorkingCalendar.DayAndNight, start.AddDays(76));
        var (_, second) = reminded.Reach(WorkingCalendar.DayAndNight, start.AddDays(87));

        Assert.That(clock.NextAt, Is.EqualTo(start.AddDays(76)));
        Assert.That((first.Single(), second.Single()), Is.EqualTo((ClockStage.Reminded, ClockStage.Escalated)));
    }
}
