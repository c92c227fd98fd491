using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace NationalReferral;

/// <summary>When a service is open, in Karachi time: day and night, or stretches of the week.</summary>
public sealed record OpeningHours
{
    /// <summary>Two stretches a day, with room for a third: longer lists are mistakes.</summary>
    public const int MostStretches = 21;

    private const string Always = "always";

    private OpeningHours(bool isAlways, IReadOnlyList<WeeklyTime> weekly) => (IsAlways, Weekly) = (isAlways, weekly);

    public static OpeningHours DayAndNight { get; } = new(true, []);

    /// <summary>By appointment: never open without asking first.</summary>
    public static OpeningHours None { get; } = new(false, []);

    public bool IsAlways { get; }

    public IReadOnlyList<WeeklyTime> Weekly { get; }

    /// <returns>False when a stretch has no length, two stretches begin together, or there are too many.</returns>
    public static bool TryMake(IReadOnlyList<WeeklyTime> weekly, [NotNullWhen(true)] out OpeningHours? hours)
    {
        var isWrong = weekly.Count > MostStretches || weekly.Any(t => t.From == t.To) || weekly.DistinctBy(t => (t.Day, t.From)).Count() < weekly.Count;
        hours = isWrong ? null : new(false, [.. weekly.OrderBy(t => t.Day).ThenBy(t => t.From)]);
        return hours is not null;
    }

    public bool IsOpen(DateTimeOffset at)
    {
        var local = Karachi.Local(at);
        return IsAlways || Weekly.Any(stretch => stretch.Holds(local));
    }

    /// <summary>Written by <see cref="ToString"/>: <c>always</c>, or <c>monday 09:00-17:00; friday 09:00-12:30</c>.</summary>
    public static OpeningHours Parse(string text) =>
        text == Always ? DayAndNight
        : new(false, [.. text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Stretch)]);

    public override string ToString() =>
        IsAlways ? Always
        : string.Join("; ", Weekly.Select(t => string.Create(CultureInfo.InvariantCulture, $"{t.Day?.Code() ?? "daily"} {t.From:HH\\:mm}-{t.To:HH\\:mm}")));

    public bool Equals(OpeningHours? other) => other is not null && IsAlways == other.IsAlways && Weekly.SequenceEqual(other.Weekly);

    public override int GetHashCode() => HashCode.Combine(IsAlways, Weekly.Count);

    private static WeeklyTime Stretch(string text)
    {
        var parts = text.Split(' ', '-');
        return new(
            parts[0] == "daily" ? null : Codes.Parse<DayOfWeek>(parts[0]),
            TimeOnly.ParseExact(parts[1], "HH:mm", CultureInfo.InvariantCulture),
            TimeOnly.ParseExact(parts[2], "HH:mm", CultureInfo.InvariantCulture));
    }
}
