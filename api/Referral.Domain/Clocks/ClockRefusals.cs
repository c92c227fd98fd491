namespace NationalReferral;

public static class ClockRefusals
{
    /// <summary>What the clock waits for is a move of the referral.</summary>
    public static readonly RefusalKind EndsWithMove = new("ends_with_move", 409);
}
