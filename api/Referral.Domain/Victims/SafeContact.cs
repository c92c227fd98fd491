namespace NationalReferral;

/// <summary>
/// How a person can be reached without danger. Whoever answers her phone may be the one she fled from, so nothing is
/// allowed that was not said.
/// </summary>
public sealed record SafeContact
{
    public static SafeContact NotAsked { get; } = new();

    public bool Ring { get; init; }

    public bool Message { get; init; }

    public bool Visit { get; init; }

    /// <summary>When it is safe to ring; none: at any time, if ringing is allowed at all.</summary>
    public IReadOnlyList<WeeklyTime> Times { get; init; } = [];

    /// <summary>Who to ask for.</summary>
    public string? AskFor { get; init; }

    /// <summary>What must not be said to whoever answers.</summary>
    public string? NeverSay { get; init; }

    /// <summary>ISO 639-3.</summary>
    public string? Language { get; init; }

    public bool MayRingAt(DateTimeOffset at)
    {
        var local = Karachi.Local(at);
        return Ring && (Times.Count == 0 || Times.Any(time => time.Holds(local)));
    }

    public IReadOnlyList<FieldError> Check(string pointer)
    {
        var errors = new List<FieldError>();
        if (AskFor is { } ask && TextRules.Check($"{pointer}/askFor", ask, TextRules.Line) is { } wrongAsk)
        {
            errors.Add(wrongAsk);
        }
        if (NeverSay is { } never && TextRules.Check($"{pointer}/neverSay", never, TextRules.Line) is { } wrongNever)
        {
            errors.Add(wrongNever);
        }
        errors.AddRange(Times.Select((time, i) => (time, i)).Where(t => t.time.From == t.time.To).Select(t => new FieldError($"{pointer}/times/{t.i}/to", "no_length")));
        return errors;
    }
}
