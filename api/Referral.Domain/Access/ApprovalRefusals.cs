namespace NationalReferral;

public static class ApprovalRefusals
{
    /// <summary>The same is asked already, and nobody has decided.</summary>
    public static readonly RefusalKind ApprovalOpen = new("approval_open", 409);

    /// <summary>Somebody decided it, or it is not needed any more.</summary>
    public static readonly RefusalKind ApprovalEnded = new("approval_ended", 409);

    /// <summary>Who proposes never decides.</summary>
    public static readonly RefusalKind OwnProposal = new("own_proposal", 422);
}
