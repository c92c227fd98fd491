using CsCheck;

namespace NationalReferral.Tests;

public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Monday10 = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly WorkingCalendar Office = WorkingCalendar.Office([]);

    [Test]
    public void The_table_gives_every_urgency_its_time()
    {
        TimeSpan[] acknowledge = [.. Enum.GetValues<Urgency>().Select(u => Deadline.Begin(ClockKind.Acknowledge, u, Office, Monday10).DueAt - Monday10)];

        Assert.That(acknowledge, Is.EqualTo(new[] { TimeSpan.FromHours(1), TimeSpan.FromHours(24), TimeSpan.FromDays(3), TimeSpan.FromDays(9) }));
    }

    [Test]
    public void Less_urgent_is_never_sooner([ValueSource(nameof(Rules))] ClockRule rule)
    {
        var due = Enum.GetValues<Urgency>().Select(u => Deadline.Begin(rule.Kind, u, Office, Monday10).DueAt).ToArray();

        Assert.That(due, Is.Ordered);
    }

    [Test]
    public void It_speaks_at_half_at_three_quarters_and_at_the_end()
    {
        var clock = Deadline.Begin(ClockKind.Decide, Urgency.Emergency, Office, Monday10);
        var spoken = new List<(double Hours, ClockStage Stage)>();

        for (var minutes = 0; clock.IsOpen; minutes += 15)
        {
            (clock, var reached) = clock.Reach(WorkingCalendar.DayAndNight, Monday10.AddMinutes(minutes));
            spoken.AddRange(reached.Select(stage => (minutes / 60.0, stage)));
        }

        Assert.That(spoken, Is.EqualTo(new[] { (2.0, ClockStage.Reminded), (3.0, ClockStage.Escalated), (4.0, ClockStage.Missed) }));
        Assert.That(clock, Has.Property(nameof(Deadline.State)).EqualTo(ClockState.Missed).And.Property(nameof(Deadline.NextAt)).Null);
    }

    [Test]
    public void After_an_outage_it_says_everything_once_in_order()
    {
        var clock = Deadline.Begin(ClockKind.Acknowledge, Urgency.Emergency, Office, Monday10);

        var (after, reached) = clock.Reach(WorkingCalendar.DayAndNight, Monday10.AddHours(5));
        var again = after.Reach(WorkingCalendar.DayAndNight, Monday10.AddHours(6)).Reached;

        Assert.That(reached, Is.EqualTo([ClockStage.Reminded, ClockStage.Escalated, ClockStage.Missed]));
        Assert.That(again, Is.Empty);
    }

    [TestCase(ClockKind.RenewBasis, 60, 14)]
    [TestCase(ClockKind.PlanReview, 7, 1)]
    [TestCase(ClockKind.BasisEnds, 7, 1)]
    public void What_has_a_day_of_its_own_is_spoken_of_in_time_to_do_it(ClockKind kind, int first, int second)
    {
        var clock = Deadline.Until(kind, Monday10, Monday10.AddDays(100));

        var (reminded, _) = clock.Reach(WorkingCalendar.DayAndNight, clock.NextAt!.Value);

        Assert.That((clock.NextAt, reminded.NextAt), Is.EqualTo((Monday10.AddDays(100 - first), (DateTimeOffset?)Monday10.AddDays(100 - second))));
    }

    [Test]
    public void A_paused_clock_does_not_speak_and_is_due_later_by_the_pause()
    {
        var clock = Deadline.Begin(ClockKind.Decide, Urgency.High, Office, Monday10);

        var paused = clock.Pause(WorkingCalendar.DayAndNight, Monday10.AddHours(30));
        var resumed = paused.Resume(WorkingCalendar.DayAndNight, Monday10.AddHours(50));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(paused, Has.Property(nameof(Deadline.NextAt)).Null.And.Property(nameof(Deadline.Spent)).EqualTo(TimeSpan.FromHours(30)));
            Assert.That(resumed.DueAt, Is.EqualTo(Monday10.AddHours(68)));
            Assert.That(resumed.Pauses, Is.EqualTo(1));
        }
    }

    [Test]
    public void Only_time_that_runs_is_spent() =>
        Gen.Select(Gen.Enum<Urgency>(), Gen.Int[1, 2_000].Array[5]).Sample((urgency, minutes) =>
        {
            var calendar = Deadline.CalendarOf(ClockKind.Decide, urgency, Office);
            var clock = Deadline.Begin(ClockKind.Decide, urgency, Office, Monday10);
            DateTimeOffset[] at = [Monday10.AddMinutes(minutes[0]), default, default, default, default];
            for (var i = 1; i < at.Length; i++)
            {
                at[i] = at[i - 1].AddMinutes(minutes[i]);
            }

            var twice = clock.Pause(calendar, at[0]).Resume(calendar, at[1]).Pause(calendar, at[2]).Resume(calendar, at[3]);

            var ran = calendar.Between(Monday10, at[0]) + calendar.Between(at[1], at[2]) + calendar.Between(at[3], twice.DueAt);
            return twice.DueAt <= at[3] || ran == clock.Allowed;
        });

    [Test]
    public void A_holiday_announced_the_night_before_moves_what_is_left()
    {
        var eid = WorkingCalendar.Office([new DateOnly(2026, 3, 4)]);
        var clock = Deadline.Begin(ClockKind.Acknowledge, Urgency.Medium, Office, Monday10);

        var moved = clock.Recompute(eid);

        Assert.That(moved.DueAt, Is.EqualTo(Monday10.AddDays(4)));
        Assert.That(moved.NextAt, Is.EqualTo(eid.Add(Monday10, clock.Allowed * 0.5)));
    }

    [Test]
    public void A_pause_counts_what_ran_on_the_calendar_of_its_day()
    {
        var eid = WorkingCalendar.Office([new DateOnly(2026, 3, 4)]);
        var clock = Deadline.Begin(ClockKind.Acknowledge, Urgency.Medium, Office, Monday10);
        var thursday = Monday10.AddDays(3);

        var told = clock.Recompute(eid).Pause(eid, thursday);
        var untold = clock.Pause(eid, thursday);

        Assert.That(untold.Spent, Is.EqualTo(eid.Between(Monday10, thursday)));
        Assert.That(untold.Resume(eid, thursday).DueAt, Is.EqualTo(told.Resume(eid, thursday).DueAt));
    }

    [Test]
    public void A_clock_that_is_still_to_start_keeps_its_start_through_a_pause()
    {
        var clock = Deadline.Begin(ClockKind.Start, Urgency.Medium, Office, Monday10.AddDays(2));

        var resumed = clock.Pause(Office, Monday10).Resume(Office, Monday10.AddDays(1));

        Assert.That(resumed.DueAt, Is.EqualTo(clock.DueAt));
    }

    [Test]
    public void An_answered_clock_stays_answered()
    {
        var met = Deadline.Begin(ClockKind.Acknowledge, Urgency.High, Office, Monday10).Meet();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(met.Stop(), Is.EqualTo(met));
            Assert.That(met.Pause(Office, Monday10), Is.EqualTo(met));
            Assert.That(met.Resume(Office, Monday10), Is.EqualTo(met));
            Assert.That(met.Reach(Office, Monday10.AddYears(1)).Reached, Is.Empty);
        }
    }

    private static IEnumerable<ClockRule> Rules() => ClockRules.All;
}
