namespace NationalReferral.Tests;

public sealed class SafeContactTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Test]
    public void What_was_not_asked_is_not_allowed()
    {
        Assert.That(SafeContact.NotAsked.MayRingAt(At(12)), Is.False);
    }

    [TestCase(12, true)]
    [TestCase(9, false)]
    [TestCase(14, false)]
    public void It_is_safe_to_ring_only_in_the_named_hours(int hour, bool safe)
    {
        var contact = new SafeContact { Ring = true, Times = [new WeeklyTime(DayOfWeek.Monday, new(10, 0), new(14, 0))] };

        Assert.That(contact.MayRingAt(At(hour)), Is.EqualTo(safe));
        Assert.That(contact.MayRingAt(At(hour).AddDays(1)), Is.False);
    }

    [TestCase(23, true)]
    [TestCase(25, true)]
    [TestCase(27, false)]
    [TestCase(1, false, Description = "that night belongs to Sunday")]
    public void A_stretch_may_run_over_midnight(int hour, bool safe)
    {
        var contact = new SafeContact { Ring = true, Times = [new WeeklyTime(DayOfWeek.Monday, new(22, 0), new(2, 0))] };

        Assert.That(contact.MayRingAt(At(hour)), Is.EqualTo(safe));
    }

    [Test]
    public void Its_texts_are_checked_by_pointer()
    {
        var contact = new SafeContact { AskFor = " ", Times = [new WeeklyTime(null, new(9, 0), new(9, 0))] };

        Assert.That(contact.Check("/safeContact").Select(e => e.Pointer), Is.EqualTo(new[] { "/safeContact/askFor", "/safeContact/times/0/to" }));
    }

    private static DateTimeOffset At(int hour) => Karachi.At(Monday, TimeSpan.Zero).AddHours(hour);
}
