using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Asking that the lead of a case moves, answering, and what an acceptance brings with it.</summary>
internal static class Transfers
{
    /// <summary>Nothing changes but that somebody is asked. She is named by id: whom the caller does not see is not found.</summary>
    public static async Task<Done> AskAsync(Work work, TransferDraft draft, CancellationToken cancellation)
    {
        var askedBy = Codes.Parse<TransferAskedBy>(draft.AskedBy);
        var isOffer = askedBy == TransferAskedBy.Offer;
        var victim = isOffer
            ? await VictimStore.FindCaseAsync(work, draft.VictimId, cancellation)
            : await VictimStore.FindAsync(work, draft.VictimId, cancellation);
        if (victim is null)
        {
            return Broken(new FieldError("/victimId", "not_found"));
        }
        var toAgencyId = draft.ToAgencyId ?? (isOffer ? Guid.Empty : work.Caller.UnitId);
        if (!Transfer.MayAsk(askedBy, await TransferStore.SidesAsync(work, victim.LeadAgencyId, toAgencyId, cancellation)))
        {
            return new Refusal(ReferralRefusals.OtherPartyActs, ("action", askedBy.Code()));
        }
        if (victim.Status != OpenCase)
        {
            return TransferRefusals.CaseNotOpen;
        }
        if (await TransferStore.IsOpenAsync(work, victim.Id, cancellation))
        {
            return TransferRefusals.TransferOpen;
        }
        if (Faults(draft, isOffer, toAgencyId == victim.LeadAgencyId) is { Length: > 0 } faults)
        {
            return Broken(faults);
        }
        if (!await CanLeadAsync(work, victim.Id, toAgencyId, cancellation))
        {
            return CannotLead();
        }
        var transfer = new Transfer
        {
            Id = draft.Id ?? Ids.New(work.Now),
            VictimId = victim.Id,
            FromAgencyId = victim.LeadAgencyId,
            ToAgencyId = toAgencyId,
            AskedBy = askedBy,
            Stays = draft.Stays,
        };
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        // Who asks for a case need not learn how urgent the rest of it is.
        var urgency = isOffer ? await NeedStore.MostUrgentAsync(work, victim.Id, cancellation) : null;
        try
        {
            await TransferStore.InsertAsync(work, transfer, victim, draft.Reason, urgency, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_transfers_open"))
        {
            return TransferRefusals.TransferOpen;
        }
        catch (ConstraintViolation violation) when (violation.Is("pk_transfers"))
        {
            return GeneralRefusals.IdTaken;
        }
        var dueAt = await KeepTimeAsync(work, transfer, urgency ?? Urgency.Medium, ClockVerb.Begin, cancellation);
        var action = isOffer ? JournalActions.TransferOffered : JournalActions.TransferRequested;
        await TellAsync(work, transfer, action, await JournalAsync(work, transfer, action, draft.Reason, turn, cancellation), cancellation, dueAt);
        return Done.Made(transfer.Id);
    }

    /// <summary>An agency that she does not want to know leads no case of hers: the same answer as for every other that cannot.</summary>
    private static async Task<bool> CanLeadAsync(Work work, Guid victimId, Guid agencyId, CancellationToken cancellation) =>
        await TransferStore.CanLeadAsync(work, victimId, agencyId, cancellation) && !await Bases.IsHiddenAsync(work, victimId, agencyId, cancellation);

    private static FieldError[] Faults(TransferDraft draft, bool isOffer, bool leadsAlready) =>
    [
        .. isOffer && draft.ToAgencyId is null ? [new FieldError("/toAgencyId", "required")] : Array.Empty<FieldError>(),
        .. leadsAlready ? [new FieldError("/toAgencyId", "leads_already")] : Array.Empty<FieldError>(),
        .. (isOffer, draft.Stays) switch
        {
            (true, null) => [new FieldError("/stays", "required")],
            (false, not null) => [new FieldError("/stays", "not_taken")],
            _ => Array.Empty<FieldError>(),
        },
    ];

    /// <summary>The design's order: tag, lifecycle, rules, write.</summary>
    /// <returns>Why nothing was done; null when the transfer has ended.</returns>
    public static async Task<Refusal?> EndAsync(
        Work work, StoredTransfer stored, TransferAction action, bool? stays, string? reason, CancellationToken cancellation)
    {
        if (stored.ToTransfer().Attempt(action, stored.Sides, stays, reason, work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        if (action == TransferAction.Accept)
        {
            if (stored.CaseStatus != OpenCase)
            {
                return new Refusal(TransferRefusals.CaseNotOpen);
            }
            if (!await CanLeadAsync(work, after.VictimId, after.ToAgencyId, cancellation))
            {
                return CannotLead();
            }
        }
        var turn = await Turns.TakeAsync(work, after.VictimId, stored.AccessVersion, cancellation);
        if (!await TransferStore.SaveAsync(work, after, stored.Version, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        await KeepTimeAsync(work, after, default, action == TransferAction.Revoke ? ClockVerb.Stop : ClockVerb.Meet, cancellation);
        var what = action switch
        {
            TransferAction.Accept => JournalActions.TransferAccepted,
            TransferAction.Decline => JournalActions.TransferDeclined,
            _ => JournalActions.TransferRevoked,
        };
        var row = await JournalAsync(work, after, what, reason ?? stored.Reason, turn, cancellation);
        // While those who worked on the case are still its team.
        await TellAsync(work, after, what, row, cancellation);
        if (action == TransferAction.Accept)
        {
            await LeadAsync(work, after, turn, cancellation);
        }
        return null;
    }

    /// <summary>Nobody answered in time: the lead stays where it is, and may ask another. The caller holds her turn.</summary>
    public static async Task ExpireAsync(Work work, Guid id, CancellationToken cancellation)
    {
        if (await TransferStore.FindOpenAsync(work, id, cancellation) is { } open)
        {
            await EndAsync(work, open.End(TransferState.Expired, work.Now), open.Version, JournalActions.TransferExpired, null, cancellation);
        }
    }

    /// <summary>The case closed, and with it what was asked about its lead. The caller holds her turn.</summary>
    public static async Task CloseAsync(Work work, Guid victimId, long turn, CancellationToken cancellation)
    {
        if (await TransferStore.OpenOfAsync(work, victimId, cancellation) is { } open)
        {
            await KeepTimeAsync(work, open, default, ClockVerb.Stop, cancellation);
            await EndAsync(work, open.End(TransferState.CaseClosed, work.Now), open.Version, JournalActions.TransferClosed, turn, cancellation);
        }
    }

    private static async Task EndAsync(Work work, Transfer after, long read, string what, long? turn, CancellationToken cancellation)
    {
        if (!await TransferStore.SaveAsync(work, after, read, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        await TellAsync(work, after, what, await JournalAsync(work, after, what, after.State.Code(), turn, cancellation), cancellation);
    }

    /// <summary>The deadline of whoever is asked; a verb but the first finds it by itself.</summary>
    private static Task<DateTimeOffset?> KeepTimeAsync(Work work, Transfer transfer, Urgency urgency, ClockVerb verb, CancellationToken cancellation) => Clocks.ApplyAsync(
        work, new ClockSubject(Subject, transfer.Id, transfer.VictimId, urgency), [new ClockEffect(verb, ClockKind.Transfer)], _ => new(transfer.AskedAgencyId), cancellation);

    /// <summary>A deadline speaks to whoever must answer, and in the end to the supervisors of both sides.</summary>
    public static async Task TellAsync(Work work, Clock clock, ClockStage stage, Notice notice, CancellationToken cancellation)
    {
        if (await TransferStore.FindOpenAsync(work, clock.SubjectId, cancellation) is not { } open)
        {
            return;
        }
        if (stage > ClockStage.Reminded || open.AskedAgencyId == open.FromAgencyId)
        {
            await Notifications.TellSupervisorsAsync(work, open.FromAgencyId, notice, cancellation);
        }
        if (stage > ClockStage.Reminded || open.AskedAgencyId == open.ToAgencyId)
        {
            await TellReceivingAsync(work, open, notice, cancellation);
        }
    }

    /// <summary>To an agency that may not learn of her any more it was never offered: nobody above it hears of it either.</summary>
    private static async Task TellReceivingAsync(Work work, Transfer transfer, Notice notice, CancellationToken cancellation)
    {
        if (await TransferStore.MayLearnAsync(work, transfer.VictimId, transfer.ToAgencyId, cancellation)
            && !await Bases.IsHiddenAsync(work, transfer.VictimId, transfer.ToAgencyId, cancellation))
        {
            await Notifications.TellSupervisorsAsync(work, transfer.ToAgencyId, notice, cancellation);
        }
    }

    /// <summary>
    /// The lead moves whole: the case, what it has sent, its deadlines, its doors. What a referral opened to a provider or
    /// to its sender stays as it is; so do bases, which are hers.
    /// </summary>
    private static async Task LeadAsync(Work work, Transfer transfer, long turn, CancellationToken cancellation)
    {
        var (victimId, agencyId) = (transfer.VictimId, transfer.ToAgencyId);
        await Cases.LeadAsync(work, victimId, agencyId, cancellation);
        await SenderChanges.FollowAsync(work, victimId, agencyId, turn, cancellation);
        await Clocks.MoveAsync(work, victimId, agencyId, cancellation);
        await Approvals.WithdrawAsync(work, victimId, turn, cancellation);
        await Grants.EndOfOthersAsync(work, victimId, "lead", agencyId, cancellation);
        await Grants.EndOfOthersAsync(work, victimId, "team", agencyId, cancellation);
        // It led the case once before, and stayed.
        await Grants.EndOfAgencyAsync(work, victimId, Residual, agencyId, cancellation);
        await Grants.OpenAsync(work, new Grant
        {
            VictimId = victimId,
            AgencyId = agencyId,
            Audience = "supervisors",
            GroupCode = "all",
            Source = "lead",
            SourceId = victimId,
        }, cancellation);
        if (transfer.Stays == true)
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = transfer.FromAgencyId,
                Audience = "unit",
                GroupCode = Piece.Minimum,
                Source = Residual,
                SourceId = transfer.Id,
            }, cancellation);
        }
        await Bases.EndHiddenAsync(work, victimId, cancellation);
    }

    /// <summary>Supervisors of both sides and the team of the case: whoever did it knows.</summary>
    private static async Task TellAsync(Work work, Transfer transfer, string what, Guid row, CancellationToken cancellation, DateTimeOffset? dueAt = null)
    {
        var notice = new Notice(what, row, Subject, transfer.Id, transfer.VictimId, DueAt: dueAt);
        await Notifications.TellSendersAsync(work, transfer.FromAgencyId, notice, cancellation);
        await Notifications.TellSupervisorsAsync(work, transfer.FromAgencyId, notice, cancellation);
        await TellReceivingAsync(work, transfer, notice, cancellation);
    }

    private static Task<Guid> JournalAsync(Work work, Transfer transfer, string action, string reason, long? turn, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = Subject,
            SubjectId = transfer.Id,
            VictimId = transfer.VictimId,
            AccessVersion = turn,
            Facts =
            [
                ("fromAgencyId", transfer.FromAgencyId.ToString()),
                ("toAgencyId", transfer.ToAgencyId.ToString()),
                ("askedBy", transfer.AskedBy.Code()),
                ("reason", reason),
                .. transfer.Stays is { } stays ? [("stays", stays ? "yes" : "no")] : Array.Empty<(string, string)>(),
            ],
        }, cancellation);

    private static Refusal Broken(params FieldError[] errors) => new(GeneralRefusals.RuleBroken) { Errors = errors };

    private static Refusal CannotLead() =>
        new(TransferRefusals.CannotLead) { Errors = [new FieldError("/toAgencyId", TransferRefusals.CannotLead.Code)] };

    private const string Subject = "transfer";
    private const string OpenCase = "open";
    private const string Residual = "residual";
}
