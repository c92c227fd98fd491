namespace NationalReferral;

public static class TransferRefusals
{
    /// <summary>A case moves to one agency at a time.</summary>
    public static readonly RefusalKind TransferOpen = new("transfer_open", 409);

    /// <summary>It was accepted, declined or taken back already.</summary>
    public static readonly RefusalKind TransferEnded = new("transfer_ended", 409);

    /// <summary>A closed case has nobody who must act, so nothing to hand over.</summary>
    public static readonly RefusalKind CaseNotOpen = new("case_not_open", 409);

    /// <summary>Suspended, without account, without anybody who could accept, or kept away from her: the same answer for all.</summary>
    public static readonly RefusalKind CannotLead = new("cannot_lead", 422);
}
