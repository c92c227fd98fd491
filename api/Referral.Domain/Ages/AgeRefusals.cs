namespace NationalReferral;

/// <summary>Refusals of the slice Ages.</summary>
public static class AgeRefusals
{
    /// <summary>Whoever disputes an age does not decide it.</summary>
    public static readonly RefusalKind OwnDispute = new("own_dispute", 422);
}
