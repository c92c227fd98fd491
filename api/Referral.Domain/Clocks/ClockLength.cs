using System.Globalization;

namespace NationalReferral;

/// <summary>How long a clock runs: hours that pass on its calendar, or days of that calendar.</summary>
public readonly record struct ClockLength(int Amount, bool InDays)
{
    /// <summary>Its spelling in the database and in the journal: <c>4h</c>, <c>3d</c>.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"{Amount}{(InDays ? 'd' : 'h')}");

    public static ClockLength Hours(int amount) => new(amount, false);

    public static ClockLength Days(int amount) => new(amount, true);

    /// <summary>For codes that the product itself wrote.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ClockLength Parse(string code) =>
        code is [.. var amount, 'd' or 'h'] && int.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new(number, code[^1] == 'd')
            : throw new FormatException($"'{code}' is no length of a clock.");

    public TimeSpan On(WorkingCalendar calendar) => InDays ? calendar.StandardDay * Amount : TimeSpan.FromHours(Amount);
}
