namespace NationalReferral;

/// <summary>What whoever looks at an emergency access afterwards says of it (taxonomy <c>break_glass_answer</c>).</summary>
public enum BreakGlassAnswer
{
    Justified,

    /// <summary>It had to be opened, and more of it was than was needed.</summary>
    TooWide,
    NotJustified,
}

/// <summary>
/// An emergency access to one case, by one worker, for hours. Nobody is asked before; the lead and the national office hear of
/// it at once, and one of them answers afterwards whether it was right. Never the one who opened it.
/// </summary>
public sealed record BreakGlass
{
    /// <summary>How long it stays open, unless somebody ends it (design, screens: 4 hours).</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(4);

    public required Guid Id { get; init; }

    /// <summary>Who opened it.</summary>
    public required Guid WorkerId { get; init; }

    public required DateTimeOffset UntilAt { get; init; }

    public BreakGlassAnswer? Answer { get; init; }

    public Guid? ReviewedBy { get; init; }

    public DateTimeOffset? ReviewedAt { get; init; }

    public long Version { get; init; } = 1;

    /// <param name="by">Who looks at it.</param>
    /// <param name="reviews">Supervises the agency that leads the case, or keeps the national office.</param>
    public bool MayReview(Guid by, bool reviews) => Answer is null && reviews && by != WorkerId;

    /// <inheritdoc cref="MayReview"/>
    public bool MayEnd(Guid by, bool reviews, DateTimeOffset now) => UntilAt > now && (reviews || by == WorkerId);

    /// <summary>It after <paramref name="answer"/>, or why <paramref name="by"/> may not give it. What was not justified shuts at once.</summary>
    /// <param name="reviews">Supervises the agency that leads the case, or keeps the national office.</param>
    /// <param name="hasLine">Something is said to whoever opened it: needed for all but justified.</param>
    public Refusal? Attempt(BreakGlassAnswer answer, Guid by, bool reviews, bool hasLine, DateTimeOffset now, out BreakGlass after)
    {
        after = this;
        if (Answer is { } given)
        {
            return new(BreakGlassRefusals.Reviewed, ("answer", given.Code()));
        }
        if (by == WorkerId)
        {
            return new(BreakGlassRefusals.OwnBreakGlass);
        }
        if (!reviews)
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", "review"));
        }
        if (answer != BreakGlassAnswer.Justified && !hasLine)
        {
            return new(ReferralRefusals.NeedsMissing, ("action", "review")) { Errors = [new FieldError("/line", "required")] };
        }
        after = this with
        {
            Answer = answer,
            ReviewedBy = by,
            ReviewedAt = now,
            UntilAt = answer == BreakGlassAnswer.NotJustified && UntilAt > now ? now : UntilAt,
            Version = Version + 1,
        };
        return null;
    }

    /// <summary>It after it was ended, now; over already it stays as it is. Or why <paramref name="by"/> may not.</summary>
    /// <param name="reviews">Supervises the agency that leads the case, or keeps the national office.</param>
    public Refusal? AttemptEnd(Guid by, bool reviews, DateTimeOffset now, out BreakGlass after)
    {
        after = this;
        if (by != WorkerId && !reviews)
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", "end"));
        }
        after = UntilAt > now ? this with { UntilAt = now, Version = Version + 1 } : this;
        return null;
    }
}
