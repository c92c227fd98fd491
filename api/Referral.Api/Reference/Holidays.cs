using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verb of holidays: what a working calendar needs to know.</summary>
internal static class Holidays
{
    /// <summary>Days without work for an agency of <paramref name="province"/>; for null only those of the whole country.</summary>
    public static Task<IReadOnlyList<DateOnly>> DaysAsync(
        Work work, string? province, DateOnly firstOn, DateOnly lastOn, CancellationToken cancellation) =>
        HolidayStore.OffAsync(work, province, firstOn, lastOn, cancellation);
}
