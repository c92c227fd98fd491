namespace NationalReferral;

/// <summary>For which sides of a transfer somebody may speak. Only supervisors speak for an agency here.</summary>
/// <param name="Leads">The agency that leads the case, or one above it.</param>
/// <param name="Receives">The agency that would lead it, or one above it.</param>
public readonly record struct TransferSides(bool Leads, bool Receives);

/// <summary>Handing the lead of one case to another agency. Until it is accepted nothing has changed.</summary>
public sealed record Transfer
{
    public required Guid Id { get; init; }

    public required Guid VictimId { get; init; }

    public required Guid FromAgencyId { get; init; }

    public required Guid ToAgencyId { get; init; }

    public required TransferAskedBy AskedBy { get; init; }

    public TransferState State { get; init; } = TransferState.Open;

    /// <summary>True when the old lead keeps the minimum in sight. The lead chooses: as it offers, or as it grants a request.</summary>
    public bool? Stays { get; init; }

    /// <summary>Why it was declined.</summary>
    public string? DeclineReason { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>The agency that has to answer.</summary>
    public Guid AskedAgencyId => AskedBy == TransferAskedBy.Offer ? ToAgencyId : FromAgencyId;

    /// <summary>What <paramref name="sides"/> may do now. Who stands on both sides may do all of it.</summary>
    public IReadOnlyList<TransferAction> AllowedActions(TransferSides sides) =>
        State == TransferState.Open ? [.. Enum.GetValues<TransferAction>().Where(action => Speaks(action, sides))] : [];

    /// <summary>Whether somebody on <paramref name="sides"/> may ask for a transfer from this side.</summary>
    public static bool MayAsk(TransferAskedBy askedBy, TransferSides sides) => askedBy == TransferAskedBy.Offer ? sides.Leads : sides.Receives;

    /// <summary>The transfer after <paramref name="action"/>, or why whoever stands on <paramref name="sides"/> may not take it now.</summary>
    /// <param name="stays">The lead's choice as it grants a request; an offer has made it already.</param>
    /// <param name="reason">Why it is declined (set transfer_decline_reason).</param>
    public Refusal? Attempt(TransferAction action, TransferSides sides, bool? stays, string? reason, DateTimeOffset now, out Transfer after)
    {
        after = this;
        if (State != TransferState.Open)
        {
            return new(TransferRefusals.TransferEnded, ("state", State.Code()));
        }
        if (!Speaks(action, sides))
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", action.Code()));
        }
        if (action == TransferAction.Accept && StaysFault(stays) is { } fault)
        {
            return new(ReferralRefusals.NeedsMissing, ("action", action.Code())) { Errors = [new FieldError("/stays", fault)] };
        }
        after = this with
        {
            State = action switch
            {
                TransferAction.Accept => TransferState.Accepted,
                TransferAction.Decline => TransferState.Declined,
                _ => TransferState.Revoked,
            },
            Stays = Stays ?? stays,
            DeclineReason = reason,
            EndedAt = now,
            Version = Version + 1,
        };
        return null;
    }

    /// <summary>The open transfer after something that nobody on its sides did: time ran out, or the case closed.</summary>
    public Transfer End(TransferState state, DateTimeOffset now) => this with { State = state, EndedAt = now, Version = Version + 1 };

    private string? StaysFault(bool? stays) => (AskedBy, stays) switch
    {
        (TransferAskedBy.Request, null) => "required",
        (TransferAskedBy.Offer, not null) => "not_taken",
        _ => null,
    };

    /// <summary>Who asked may take it back; the other side answers.</summary>
    private bool Speaks(TransferAction action, TransferSides sides) =>
        (AskedBy == TransferAskedBy.Offer) == (action == TransferAction.Revoke) ? sides.Leads : sides.Receives;
}
