namespace NationalReferral;

/// <summary>From which side a transfer was asked for (taxonomy <c>transfer_asked_by</c>).</summary>
public enum TransferAskedBy
{
    /// <summary>By the lead: another agency shall take the case.</summary>
    Offer,

    /// <summary>By an agency that must lead the case.</summary>
    Request,
}

/// <summary>Where a transfer stands (taxonomy <c>transfer_state</c>).</summary>
public enum TransferState
{
    Open,
    Accepted,
    Declined,

    /// <summary>Whoever asked took it back.</summary>
    Revoked,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>The case closed: there is nothing to hand over any more.</summary>
    CaseClosed,
}

/// <summary>How an open transfer ends.</summary>
public enum TransferAction
{
    Accept,
    Decline,
    Revoke,
}
