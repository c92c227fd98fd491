using CsCheck;

namespace NationalReferral.Tests;

public sealed class OpeningHoursTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static readonly Gen<WeeklyTime> AnyStretch =
        Gen.Select(Gen.Int[-1, 6], Gen.Int[0, 1439], Gen.Int[0, 1439]).Select((day, from, to) =>
            new WeeklyTime(day < 0 ? null : (DayOfWeek)day, TimeOnly.MinValue.AddMinutes(from), TimeOnly.MinValue.AddMinutes(to)));

    [TestCase(8, false)]
    [TestCase(9, true)]
    [TestCase(17, false)]
    [TestCase(22, true)]
    [TestCase(25, true, Description = "the night shift of Monday")]
    [TestCase(30, false)]
    public void It_is_open_in_its_stretches(int hour, bool open)
    {
        OpeningHours.TryMake([new(DayOfWeek.Monday, new(9, 0), new(17, 0)), new(DayOfWeek.Monday, new(20, 0), new(6, 0))], out var hours);

        Assert.That(hours!.IsOpen(Karachi.At(Monday, TimeSpan.Zero).AddHours(hour)), Is.EqualTo(open));
    }

    [Test]
    public void Day_and_night_is_always_open_and_no_hours_never()
    {
        var at = Karachi.At(Monday, new TimeOnly(3, 0));

        Assert.That(OpeningHours.DayAndNight.IsOpen(at));
        Assert.That(OpeningHours.None.IsOpen(at), Is.False);
    }

    [Test]
    public void What_was_written_is_read_again() =>
        AnyStretch.List[0, 12].Sample(stretches =>
            !OpeningHours.TryMake(stretches, out var hours) || (OpeningHours.Parse(hours.ToString()).Equals(hours) && hours.ToString().Length <= 1000));

    [Test]
    public void The_longest_list_fits_its_column()
    {
        var stretches = Enum.GetValues<DayOfWeek>().SelectMany(_ => Enumerable.Range(0, 3), (day, n) => new WeeklyTime(day, new(8 + (4 * n), 0), new(10 + (4 * n), 0)));

        Assert.That(OpeningHours.TryMake([.. stretches], out var hours) ? hours.ToString().Length : 0, Is.InRange(1, 1000));
    }

    [Test]
    public void Hours_without_length_or_twice_are_refused()
    {
        WeeklyTime nine = new(DayOfWeek.Monday, new(9, 0), new(17, 0));

        Assert.That(OpeningHours.TryMake([nine with { To = new(9, 0) }], out _), Is.False);
        Assert.That(OpeningHours.TryMake([nine, nine with { To = new(12, 0) }], out _), Is.False);
    }

    [Test]
    public void Day_and_night_is_written_in_one_word()
    {
        Assert.That(OpeningHours.Parse(OpeningHours.DayAndNight.ToString()), Is.EqualTo(OpeningHours.DayAndNight));
    }
}
