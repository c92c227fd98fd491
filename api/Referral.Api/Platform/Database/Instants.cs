using System.Globalization;

namespace NationalReferral.Platform;

/// <summary>Instants as the database keeps them: UTC, whole milliseconds (<c>datetime2(3)</c>).</summary>
internal static class Instants
{
    private const string Format = "yyyy-MM-dd HH:mm:ss.fff";

    public static DateTimeOffset Cut(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>Fixed width, so that text order is time order.</summary>
    public static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
