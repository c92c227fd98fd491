using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>When an agency works: its pattern of the week (set agency_calendar) and the holidays of its province.</summary>
internal static class Calendars
{
    public const string Always = "always";
    private const string SixDays = "six_days";

    // The longest deadline runs 21 working days; what was spent of it is counted back as far.
    private static readonly TimeSpan Behind = TimeSpan.FromDays(120);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(400);

    private const string FindSql = """
        SELECT a.calendar, a.province
          FROM agencies a
         WHERE a.id = @agencyId
        """;

    /// <returns>The code of its pattern, and the calendar.</returns>
    public static async Task<(string Code, WorkingCalendar Calendar)> OfAsync(Work work, Guid agencyId, CancellationToken cancellation)
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
