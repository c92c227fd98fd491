namespace NationalReferral;

/// <summary>When something is done that would have been due while a case was closed.</summary>
public static class CatchingUp
{
    private const int Days = 7;

    /// <param name="due">In Karachi.</param>
    /// <param name="today">On which the case is open again.</param>
    /// <returns>The day itself; where it is over, a week from today.</returns>
    public static DateOnly DayFor(DateOnly due, DateOnly today) => due < today ? today.AddDays(Days) : due;
}
