namespace NationalReferral.Tests;

public sealed class QuietHoursTests
{
    // 22:00 to 06:00 in Karachi is 17:00 to 01:00 UTC.
    [TestCase("2026-11-24T16:59:00Z", "2026-11-24T16:59:00Z")]
    [TestCase("2026-11-24T17:00:00Z", "2026-11-25T01:00:00Z")]
    [TestCase("2026-11-24T20:30:00Z", "2026-11-25T01:00:00Z")]
    [TestCase("2026-11-25T00:59:00Z", "2026-11-25T01:00:00Z")]
    [TestCase("2026-11-25T01:00:00Z", "2026-11-25T01:00:00Z")]
    public void What_comes_in_the_night_is_told_in_the_morning(string now, string earliest) =>
        Assert.That(new QuietHours(22 * 60, 6 * 60).Earliest(DateTimeOffset.Parse(now, null)), Is.EqualTo(DateTimeOffset.Parse(earliest, null)));

    [Test]
    public void Hours_that_end_where_they_begin_are_never_quiet()
    {
        var now = new DateTimeOffset(2026, 11, 24, 20, 0, 0, TimeSpan.Zero);

        Assert.That(new QuietHours(600, 600).Earliest(now), Is.EqualTo(now));
    }
}
