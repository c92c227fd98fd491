using System.Numerics;

namespace NationalReferral.Platform;

/// <summary>Instants as the database keeps them: UTC, whole milliseconds (<c>datetime2(3)</c>).</summary>
internal static class Instants
{
    private const string Pattern = "0000-00-00 00:00:00.000";

    /// <summary>The least by which two kept instants differ.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(1);

    public static DateTimeOffset Cut(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        return new(ticks - ticks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
    }

    /// <summary>Fixed width, so that text order is time order. By hand as <see cref="Parse"/>: every statement binds the time.</summary>
    public static string Text(DateTimeOffset instant) => string.Create(Pattern.Length, instant.UtcDateTime, static (text, at) =>
    {
        Pattern.CopyTo(text);
        Fill(text, at);
    });

    /// <summary>By hand, because every row holds several: a tenth of what the format costs.</summary>
    /// <exception cref="FormatException">Not what <see cref="Text"/> writes.</exception>
    public static DateTimeOffset Parse(string text)
    {
        if (text.Length != Pattern.Length)
        {
            throw new FormatException("An instant has 23 characters.");
        }
        return new(new DateTime(
            Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2), Number(text, 14, 2), Number(text, 17, 2), Number(text, 20, 3), DateTimeKind.Utc));
    }

    /// <summary>Year to millisecond over the zeros of a pattern such as <see cref="Pattern"/>, in characters or in the bytes of UTF-8.</summary>
    public static void Fill<T>(Span<T> text, DateTime at) where T : struct, IBinaryInteger<T>
    {
        Put(text[..4], at.Year);
        Put(text[5..7], at.Month);
        Put(text[8..10], at.Day);
        Put(text[11..13], at.Hour);
        Put(text[14..16], at.Minute);
        Put(text[17..19], at.Second);
        Put(text[20..23], at.Millisecond);
    }

    private static void Put<T>(Span<T> digits, int number) where T : struct, IBinaryInteger<T>
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            digits[i] = T.CreateTruncating('0' + number % 10);
            number /= 10;
        }
    }

    private static int Number(string text, int from, int length)
    {
        var number = 0;
        foreach (var digit in text.AsSpan(from, length))
        {
            number = char.IsAsciiDigit(digit) ? number * 10 + digit - '0' : throw new FormatException("An instant has digits where it should.");
        }
        return number;
    }
}
