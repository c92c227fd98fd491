namespace NationalReferral;

/// <summary>One stretch of work on one weekday, in Karachi time.</summary>
/// <param name="To">At most 24:00.</param>
public readonly record struct WorkingHours(DayOfWeek Day, TimeSpan From, TimeSpan To);

/// <summary>
/// When an agency works: a weekly pattern minus holidays. Time of a deadline passes only while it works. A "day" of a
/// deadline is one <see cref="StandardDay"/> of working time, so 72 h for a medium referral is three working days: from
/// Monday 10:00 to Thursday 10:00, from a Sunday to Wednesday's close.
/// </summary>
public sealed class WorkingCalendar
{
    private static readonly DayOfWeek[] MondayToFriday =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    // Four years without one working day is a pattern by mistake, not a deadline.
    private const int FurthestDays = 1_500;

    private static readonly ILookup<DayOfWeek, WorkingHours> FiveDays = OfficeWeek(MondayToFriday);
    private static readonly ILookup<DayOfWeek, WorkingHours> SixDays = OfficeWeek([.. MondayToFriday, DayOfWeek.Saturday]);

    private readonly ILookup<DayOfWeek, WorkingHours> _week;
    private readonly HashSet<DateOnly> _holidays;
    private readonly bool _always;

    private WorkingCalendar(ILookup<DayOfWeek, WorkingHours> week, IEnumerable<DateOnly> holidays, bool always)
    {
        _week = week;
        _holidays = [.. holidays];
        _always = always;
        StandardDay = always ? TimeSpan.FromDays(1) : _week.Max(Length);
    }

    /// <summary>Never closed; its day has 24 hours.</summary>
    public static WorkingCalendar DayAndNight { get; } = new(FiveDays, [], always: true);

    /// <summary>The longest day of the week; shorter ones (a Saturday morning) count for less.</summary>
    public TimeSpan StandardDay { get; }

    /// <summary>Federal office days and hours, Monday to Friday, 09:00 to 17:00, unless an agency says otherwise.</summary>
    public static WorkingCalendar Office(IEnumerable<DateOnly> holidays, bool saturdays = false) =>
        new(saturdays ? SixDays : FiveDays, holidays, always: false);

    /// <exception cref="ArgumentException">No hours at all, hours that end before they begin, or that overlap.</exception>
    public static WorkingCalendar Of(IEnumerable<WorkingHours> week, IEnumerable<DateOnly> holidays)
    {
        var hours = week.OrderBy(h => h.Day).ThenBy(h => h.From).ToArray();
        var overlap = hours.Zip(hours.Skip(1)).Any(pair => pair.First.Day == pair.Second.Day && pair.First.To > pair.Second.From);
        if (hours.Length == 0 || overlap || hours.Any(h => h.From < TimeSpan.Zero || h.To <= h.From || h.To > TimeSpan.FromDays(1)))
        {
            throw new ArgumentException("A working week needs hours that follow each other.", nameof(week));
        }
        return new(hours.ToLookup(h => h.Day), holidays, always: false);
    }

    /// <summary>The moment at which <paramref name="length"/> of working time has passed since <paramref name="from"/>.</summary>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan length)
    {
        if (_always || length == TimeSpan.Zero)
        {
            return from + length;
        }
        var left = length.Duration();
        foreach (var (opens, closes) in length > TimeSpan.Zero ? Forwards(from) : Backwards(from))
        {
            if (left <= closes - opens)
            {
                return length > TimeSpan.Zero ? opens + left : closes - left;
            }
            left -= closes - opens;
        }
        throw new InvalidOperationException($"The calendar has not {length} of working time within {FurthestDays} days of {from:O}.");
    }

    /// <summary>Working time between two moments; nothing when they stand the other way round.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to)
    {
        if (to <= from)
        {
            return TimeSpan.Zero;
        }
        if (_always)
        {
            return to - from;
        }
        var spent = TimeSpan.Zero;
        foreach (var (opens, closes) in Forwards(from).TakeWhile(stretch => stretch.Opens < to))
        {
            spent += (closes < to ? closes : to) - opens;
        }
        return spent;
    }

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Forwards(DateTimeOffset start) =>
        from stretch in Stretches(Karachi.DateOf(start), 1)
        where stretch.Closes > start
        select (stretch.Opens > start ? stretch.Opens : start, stretch.Closes);

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Backwards(DateTimeOffset until) =>
        from stretch in Stretches(Karachi.DateOf(until), -1)
        where stretch.Opens < until
        select (stretch.Opens, stretch.Closes < until ? stretch.Closes : until);

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Stretches(DateOnly first, int step)
    {
        for (var n = 0; n < FurthestDays; n++)
        {
            var date = first.AddDays(n * step);
            if (_holidays.Contains(date))
            {
                continue;
            }
            var hours = _week[date.DayOfWeek];
            foreach (var h in step > 0 ? hours : hours.Reverse())
            {
                yield return (Karachi.At(date, h.From), Karachi.At(date, h.To));
            }
        }
    }

    private static ILookup<DayOfWeek, WorkingHours> OfficeWeek(IEnumerable<DayOfWeek> days) =>
        days.Select(day => new WorkingHours(day, TimeSpan.FromHours(9), TimeSpan.FromHours(17))).ToLookup(h => h.Day);

    private static TimeSpan Length(IEnumerable<WorkingHours> day) => day.Aggregate(TimeSpan.Zero, (sum, h) => sum + (h.To - h.From));
}
