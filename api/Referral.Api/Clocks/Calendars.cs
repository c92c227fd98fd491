using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>When an agency works: its pattern of the week (set agency_calendar) and the holidays of its province. Each is looked up once.</summary>
internal sealed class Calendars(Work work)
{
    public const string Always = "always";
    private const string SixDays = "six_days";

    // The longest deadline runs 30 working days, also where another length is set (ClockBounds); what was spent of it is counted back as far.
    private const int Behind = 75;
    private const int Ahead = 90;

    private const string FindSql = """
        SELECT a.calendar, a.province
          FROM agencies a
         WHERE a.id = @agencyId
        """;

    /// <summary>How long what begins runs on them.</summary>
    public ClockLengths Lengths { get; } = new(work);

    private readonly Dictionary<(Guid, DateOnly), (string Code, WorkingCalendar Calendar)> _known = [];

    /// <param name="around">Now, or the later moment from which the clock runs.</param>
    /// <returns>The calendar that such a clock runs on, and its code.</returns>
    public async Task<(string Code, WorkingCalendar Calendar)> OfAsync(
        ClockKind kind, Urgency urgency, Guid agencyId, CancellationToken cancellation, DateTimeOffset? around = null)
    {
        if (ClockRules.RunsDayAndNight(kind, urgency))
        {
            return (Always, WorkingCalendar.DayAndNight);
        }
        var day = Karachi.DateOf(around ?? work.Now);
        return _known.TryGetValue((agencyId, day), out var known) ? known : _known[(agencyId, day)] = await FindAsync(agencyId, day, cancellation);
    }

    private async Task<(string Code, WorkingCalendar Calendar)> FindAsync(Guid agencyId, DateOnly day, CancellationToken cancellation)
    {
        var row = await work.FirstOrNoneAsync<CalendarRow>(FindSql, new { agencyId }, cancellation)
            ?? throw new InvalidOperationException($"Agency {agencyId} is not there, but a clock runs for it.");
        if (row.Calendar == Always)
        {
            return (Always, WorkingCalendar.DayAndNight);
        }
        var days = await Holidays.DaysAsync(work, row.Province, day.AddDays(-Behind), day.AddDays(Ahead), cancellation);
        return (row.Calendar, WorkingCalendar.Office(days, saturdays: row.Calendar == SixDays));
    }

    private sealed record CalendarRow
    {
        public required string Calendar { get; init; }
        public string? Province { get; init; }
    }
}
