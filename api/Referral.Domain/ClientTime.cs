namespace NationalReferral;

/// <summary>A time that a client says something happened (<c>occurredAt</c>, <c>reportedAt</c>, <c>at</c>).</summary>
/// <param name="IsLate">Written down more than <see cref="LateAfter"/> after it happened.</param>
public readonly record struct ClientTime(DateTimeOffset At, bool IsLate)
{
    public static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(15);

    /// <summary>Cheap phones run ahead; so much is taken to mean now.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <returns>False when it lies in the future.</returns>
    public static bool TryTake(DateTimeOffset at, DateTimeOffset now, out ClientTime time)
    {
        time = new(at > now ? now : at, now - at > LateAfter);
        return at <= now + Skew;
    }
}
