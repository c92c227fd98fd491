using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A day on which calendars that keep holidays stand still.</summary>
internal sealed record Holiday
{
    public required Guid Id { get; init; }
    public required DateOnly HolidayOn { get; init; }
    public string? Province { get; init; }
    public required string NameEn { get; init; }
    public required string NameUr { get; init; }
    public required string Kind { get; init; }
    public required string Status { get; init; }
}

/// <summary>Every SQL text over holidays.</summary>
internal static class HolidayStore
{
    private const string ListSql = """
        SELECT h.id, h.holiday_on, h.province, h.name_en, h.name_ur, h.kind, h.status
          FROM holidays h
         WHERE h.holiday_on >= @firstOn
           AND h.holiday_on <= @lastOn
           AND h.status <> 'cancelled'
         ORDER BY h.holiday_on, h.name_en
        """;

    /// <summary>Those that hold, first day and last day included.</summary>
    public static Task<IReadOnlyList<Holiday>> ListAsync(Work work, DateOnly firstOn, DateOnly lastOn, CancellationToken cancellation) =>
        work.ListAsync<Holiday>(ListSql, new { firstOn, lastOn }, cancellation);

    private const string DaysSql = """
        SELECT DISTINCT h.holiday_on
          FROM holidays h
        """;

    /// <returns>Every day that anybody has said something of, cancelled ones too.</returns>
    public static Task<IReadOnlyList<DateOnly>> DaysAsync(Work work, CancellationToken cancellation) =>
        work.ListAsync<DateOnly>(DaysSql, null, cancellation);

    private const string OffSql = """
        SELECT DISTINCT h.holiday_on
          FROM holidays h
         WHERE h.holiday_on >= @firstOn
           AND h.holiday_on <= @lastOn
           AND h.status <> 'cancelled'
           AND (h.province IS NULL OR h.province = @province)
        """;

    /// <summary>Days without work in a province; for null only those of the whole country.</summary>
    public static Task<IReadOnlyList<DateOnly>> OffAsync(Work work, string? province, DateOnly firstOn, DateOnly lastOn, CancellationToken cancellation) =>
        work.ListAsync<DateOnly>(OffSql, new { province, firstOn, lastOn }, cancellation);

    private const string CancelSql = """
        UPDATE holidays
           SET status = 'cancelled'
         WHERE holiday_on = @holidayOn
        """;

    /// <summary>What was said of the day stays as cancelled, so that no later release of the files brings it back.</summary>
    public static Task<int> CancelAsync(Work work, DateOnly holidayOn, CancellationToken cancellation) =>
        work.ExecuteAsync(CancelSql, new { holidayOn }, cancellation);

    private const string InsertSql = """
        INSERT INTO holidays (id, holiday_on, province, name_en, name_ur, kind, status)
        VALUES (@id, @holidayOn, @province, @nameEn, @nameUr, @kind, @status)
        """;

    public static Task<int> InsertAsync(Work work, Holiday holiday, CancellationToken cancellation) => work.ExecuteAsync(InsertSql, holiday, cancellation);

    private const string ConfirmSql = """
        UPDATE holidays
           SET status = @status
         WHERE id = @id
           AND status <> 'cancelled'
        """;

    /// <summary>A later release of the files knows better whether the day was announced.</summary>
    public static Task<int> ConfirmAsync(Work work, Guid id, string status, CancellationToken cancellation) =>
        work.ExecuteAsync(ConfirmSql, new { id, status }, cancellation);
}
