using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>When an agency works: its pattern of the week (set agency_calendar) and the holidays of its province. Each is looked up once.</summary>
internal sealed class Calendars(Work work)
{
    private const string Always = "always";
    private const string SixDays = "six_days";

    // The longest deadline runs 21 working days; what was spent of it is counted back as far.
    private static readonly TimeSpan Behind = TimeSpan.FromDays(120);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    private const string FindSql = """
        SELECT a.calendar, a.province
          FROM agencies a
         WHERE a.id = @agencyId
        """;

    private readonly Dictionary<Guid, (string Code, WorkingCalendar Calendar)> _known = [];

    /// <returns>The calendar that such a clock runs on, and its code.</returns>
    public async Task<(string Code, WorkingCalendar Calendar)> OfAsync(ClockKind kind, Urgency urgency, Guid agencyId, CancellationToken cancellation) =>
        ClockRules.RunsDayAndNight(kind, urgency) ? (Always, WorkingCalendar.DayAndNight)
            : _known.TryGetValue(agencyId, out var known) ? known
            : _known[agencyId] = await FindAsync(agencyId, cancellation);

    private async Task<(string Code, WorkingCalendar Calendar)> FindAsync(Guid agencyId, CancellationToken cancellation)
    {
        var row = await work.FirstOrNoneAsync<CalendarRow>(FindSql, new { agencyId }, cancellation)
            ?? throw new InvalidOperationException($"Agency {agencyId} is not there, but a clock runs for it.");
        if (row.Calendar == Always)
        {
            return (Always, WorkingCalendar.DayAndNight);
        }
        var days = await Holidays.DaysAsync(work, row.Province, Karachi.DateOf(work.Now - Behind), Karachi.DateOf(work.Now + Ahead), cancellation);
        return (row.Calendar, WorkingCalendar.Office(days, saturdays: row.Calendar == SixDays));
    }

    private sealed record CalendarRow
    {
        public required string Calendar { get; init; }
        public string? Province { get; init; }
    }
}
