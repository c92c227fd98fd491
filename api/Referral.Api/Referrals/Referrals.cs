using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The public verbs of referrals, and what every move brings with it. Effects stand here in their order (design: referral
/// lifecycle): the victim's turn, bases, save, place, grants, clocks, journal, notifications.
/// </summary>
internal static class Referrals
{
    private const string Source = "referral";

    /// <summary>The last basis of what a referral carries has ended. Never a caller's own wish.</summary>
    /// <param name="reason">Set withdrawal_reason.</param>
    /// <returns>Why not, with nothing written; null when it is withdrawn.</returns>
    public static async Task<Refusal?> WithdrawAsync(Work work, Guid referralId, string reason, Keys keys, CancellationToken cancellation)
    {
        var refusal = await MoveAsync(work, referralId, ReferralAction.Withdraw, Actor.BasisEnd, new Given { Reason = reason }, cancellation);
        if (refusal is null)
        {
            // Whoever took back the permission has proposed nothing about those who were to stay with her.
            var nobody = work.As(Caller.System, work.Now);
            await Sets.SettleAsync(nobody, (await ReferralStore.LoadAsync(nobody, referralId, cancellation))!, keys, cancellation);
        }
        return refusal;
    }

    /// <summary>She has not come, and nobody said why, until the grace was over as well. Refused when she has come meanwhile.</summary>
    public static Task<Refusal?> ReportNoShowAsync(Work work, Guid referralId, CancellationToken cancellation) =>
        MoveAsync(work, referralId, ReferralAction.ReportNoShow, Actor.Clock, Given.Nothing, cancellation);

    /// <summary>A deadline has run out; it goes on to a fallback. Whoever asked takes the consequences of a refusal: the referral had moved on.</summary>
    public static async Task<Refusal?> ExpireAsync(Work work, Guid referralId, Keys keys, CancellationToken cancellation)
    {
        var refusal = await MoveAsync(work, referralId, ReferralAction.Expire, Actor.Clock, Given.Nothing, cancellation);
        if (refusal is null)
        {
            var expired = (await ReferralStore.LoadAsync(work, referralId, cancellation))!;
            await Rerouting.FallBackAsync(work, expired, keys, cancellation);
            await Sets.SettleAsync(work, expired, keys, cancellation);
        }
        return refusal;
    }

    private static async Task<Refusal?> MoveAsync(
        Work work, Guid referralId, ReferralAction action, Actor actor, Given given, CancellationToken cancellation)
    {
        if (await ReferralStore.LoadAsync(work, referralId, cancellation) is not { } stored)
        {
            return new Refusal(GeneralRefusals.Unknown);
        }
        var before = stored.ToReferral();
        if (before.Attempt(action, actor, given, [], work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        return await MoveAsync(work, stored, before, after, action, actor, given, cancellation);
    }

    /// <summary>Everything that follows once a move is allowed.</summary>
    public static async Task<Refusal?> MoveAsync(
        Work work, StoredReferral stored, Referral before, Referral after, ReferralAction action, Actor actor, Given given, CancellationToken cancellation)
    {
        if (action == ReferralAction.Arrive && (await Sets.BarAsync(work, stored, cancellation) ?? Handovers.Bar(stored)) is { } heldBack)
        {
            return heldBack;
        }
        var move = before.Find(action)!;
        if (Handovers.Bar(stored, move, given) is { } unreleased)
        {
            return unreleased;
        }
        var party = actor.TakesAs(move);
        var turn = await Turns.TakeAsync(work, before.VictimId, stored.AccessVersion, cancellation);
        var opening = await OpeningAsync(work, stored, move.Access, cancellation);
        if (opening.Refusal is { } lacking)
        {
            return lacking;
        }
        // The referral carries the moment that is due, so clocks come before it is saved.
        var dueAt = await Clocks.ApplyAsync(
            work, new ClockSubject(Source, after.Id, after.VictimId, after.Urgency, IsNew: before.State == ReferralState.Draft), move.Clocks,
            kind => PlanOf(kind, after, party), cancellation);
        if (!await ReferralStore.SaveAsync(work, after, before.Version, dueAt, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        if (await PlaceAsync(work, before, after, move.Place, cancellation) is { } full)
        {
            return full;
        }
        await AccessAsync(work, after, move.Access, opening.Covered, cancellation);
        if (before.State == ReferralState.CancelRequested)
        {
            await Oversight.EndAsync(work, after.Id, cancellation);
        }
        var row = await JournalAsync(work, before, after, move, party, turn, given, opening.Covered, cancellation);
        await TellAsync(work, after, move.Event, party, row, dueAt, cancellation);
        return null;
    }

    /// <summary>Who must act when a clock begins with a move, and from or until when.</summary>
    private static ClockPlan? PlanOf(ClockKind kind, Referral after, Party party) => kind switch
    {
        ClockKind.AnswerInfo => new(after.SenderAgencyId),
        ClockKind.Start => new(after.ProviderAgencyId, From: after.PlannedAt),
        ClockKind.Outcome => after.PlannedEndAt is { } end ? new(after.ProviderAgencyId, From: end) : null,
        ClockKind.HoldReview => new(party == Party.Provider ? after.ProviderAgencyId : after.SenderAgencyId, Until: after.ReviewAt),
        _ => new(after.ProviderAgencyId),
    };

    private static readonly ClockEffect[] Reported = [new(ClockVerb.Meet, ClockKind.ReportBack), new(ClockVerb.Begin, ClockKind.ReportBack)];

    /// <summary>Word from the provider: the next is awaited from now on. No change of the referral.</summary>
    public static async Task ReportedBackAsync(Work work, StoredReferral referral, CancellationToken cancellation)
    {
        var dueAt = await Clocks.ApplyAsync(
            work, new ClockSubject(Source, referral.Id, referral.VictimId, referral.Urgency), Reported, _ => new(referral.ProviderAgencyId), cancellation);
        await ReferralStore.SaveDueAsync(work, referral.Id, dueAt, cancellation);
    }

    /// <summary>The grace is over: her place goes to another child, and she may still be expected anew.</summary>
    public static async Task FreePlaceAsync(Work work, Guid referralId, CancellationToken cancellation)
    {
        if (await ReferralStore.LoadAsync(work, referralId, cancellation) is not { State: ReferralState.NoShow, Place: not Place.None } stored)
        {
            return;
        }
        var before = stored.ToReferral();
        var after = before.PlaceFreed(work.Now);
        if (!await ReferralStore.SaveAsync(work, after, before.Version, stored.DueAt, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        await Capacity.ReleaseAsync(work, after.ServiceId, after.Population!, before.Place, cancellation);
        var row = await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.ReferralPlaceFreed,
            SubjectKind = Source,
            SubjectId = after.Id,
            VictimId = after.VictimId,
            AccessVersion = stored.AccessVersion,
            Facts = [("population", after.Population!)],
        }, cancellation);
        await TellAsync(work, after, JournalActions.ReferralPlaceFreed, Party.Clock, row, null, cancellation);
    }

    /// <summary>Which bases allow what now opens. Sending needs all of it covered; accepting opens what still is.</summary>
    private static async Task<(IReadOnlyList<Covered> Covered, Refusal? Refusal)> OpeningAsync(
        Work work, StoredReferral stored, AccessEffect access, CancellationToken cancellation)
    {
        if (access is not (AccessEffect.Minimum or AccessEffect.Disclosed))
        {
            return ([], null);
        }
        var covered = await CoversAsync(work, stored, await Disclosures.CarriedAsync(work, stored.Id, cancellation), cancellation);
        return access == AccessEffect.Minimum && covered.Any(one => !one.IsCovered) ? (covered, Lacking(covered)) : (covered, null);
    }

    /// <summary>The minimum first, then what was chosen.</summary>
    public static Task<IReadOnlyList<Covered>> CoversAsync(
        Work work, StoredReferral stored, IReadOnlyList<DataPiece> carried, CancellationToken cancellation) =>
        Bases.CoversAsync(
            work, stored.VictimId, stored.ProviderAgencyId, stored.Purpose,
            [Piece.Minimum, .. carried.Where(one => one.RecordId is null).Select(one => one.Group)],
            [.. carried.Select(one => one.RecordId).OfType<Guid>()], cancellation);

    private static Refusal Lacking(IReadOnlyList<Covered> covered)
    {
        var lacking = covered.Where(one => !one.IsCovered).ToArray();
        return new Refusal(BasisRefusals.NoBasis)
        {
            Errors = [.. lacking.Select(one => new FieldError(
                one.Piece.RecordId is { } id ? $"/records/{id}" : $"/groups/{one.Piece.Group}", one.Why ?? "no_basis"))],
            Lists =
            [
                ("groups", [.. lacking.Where(one => one.Piece.RecordId is null).Select(one => one.Piece.Group)]),
                ("records", [.. lacking.Select(one => one.Piece.RecordId).OfType<Guid>().Select(id => id.ToString())]),
            ],
        };
    }

    private static async Task<Refusal?> PlaceAsync(Work work, Referral before, Referral after, PlaceEffect effect, CancellationToken cancellation)
    {
        if (effect == PlaceEffect.Reserve && after.Place == Place.Reserved && before.Place != Place.Reserved
            && !await Capacity.ReserveAsync(work, after.ServiceId, after.Population!, cancellation))
        {
            return new Refusal(ReferralRefusals.CapacityExhausted, ("population", after.Population!));
        }
        if (effect == PlaceEffect.Occupy && before.Place == Place.Reserved)
        {
            await Capacity.OccupyAsync(work, after.ServiceId, after.Population!, cancellation);
        }
        if (effect == PlaceEffect.Release && before.Place != Place.None)
        {
            await Capacity.ReleaseAsync(work, after.ServiceId, after.Population!, before.Place, cancellation);
        }
        return null;
    }

    private static async Task AccessAsync(Work work, Referral after, AccessEffect access, IReadOnlyList<Covered> covered, CancellationToken cancellation)
    {
        switch (access)
        {
            case AccessEffect.Minimum:
                await OpenAsync(work, after, covered[0], cancellation);
                break;
            case AccessEffect.Disclosed:
                foreach (var one in covered.Skip(1).Where(one => one.IsCovered))
                {
                    await OpenAsync(work, after, one, cancellation);
                    await Disclosures.OpenAsync(work, after.Id, after.VictimId, one, cancellation);
                }
                break;
            case AccessEffect.Ends:
                await Grants.EndAsync(work, Source, after.Id, work.Now, cancellation);
                await Disclosures.EndAsync(work, after.Id, cancellation);
                break;
            case AccessEffect.EndsLater:
                await Grants.EndAsync(work, Source, after.Id, work.Now + ReferralLifecycle.AccessAfterService, cancellation);
                break;
        }
    }

    /// <summary>With an open end: a sender's referral stays in its sight after the case has gone to another agency.</summary>
    public static async Task OpenToSenderAsync(
        Work work, Guid victimId, Guid referralId, Guid agencyId, IEnumerable<Guid> principals, CancellationToken cancellation)
    {
        foreach (var (audience, principal) in principals.Select(one => ("principal", (Guid?)one)).Append(("supervisors", null)))
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = agencyId,
                Audience = audience,
                PrincipalId = principal,
                GroupCode = Piece.Minimum,
                Source = "sender",
                SourceId = referralId,
            }, cancellation);
        }
    }

    /// <summary>To the provider's unit and to its supervisors, until the basis ends.</summary>
    private static async Task OpenAsync(Work work, Referral referral, Covered covered, CancellationToken cancellation)
    {
        foreach (var audience in new[] { "unit", "supervisors" })
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = referral.VictimId,
                AgencyId = referral.ProviderAgencyId,
                Audience = audience,
                GroupCode = covered.Piece.Group,
                RecordId = covered.Piece.RecordId,
                Source = Source,
                SourceId = referral.Id,
                BasisId = covered.BasisId,
                ToAt = covered.ToAt,
            }, cancellation);
        }
    }

    private static Task<Guid> JournalAsync(
        Work work, Referral before, Referral after, Move move, Party party, long turn, Given given, IReadOnlyList<Covered> covered, CancellationToken cancellation)
    {
        (string Name, string? Value)[] facts =
        [
            ("from", before.State.Code()),
            ("to", after.State.Code()),
            ("party", party == Party.Provider ? after.ReportedBy.Code() : party.Code()),
            ("reason", given.Reason),
            ("outcome", given.Outcome),
            ("exit", given.Exit),
            ("population", move.Place == PlaceEffect.Reserve ? after.Population : null),
            ("urgencyRule", move.Action == ReferralAction.Submit ? after.UrgencyRule : null),
        ];
        return Journal.AppendAsync(work, new JournalEntry
        {
            Action = move.Event,
            SubjectKind = Source,
            SubjectId = after.Id,
            VictimId = after.VictimId,
            AccessVersion = turn,
            Groups = move.Access == AccessEffect.Disclosed ? [.. covered.Skip(1).Where(one => one.IsCovered).Select(one => one.Piece.Group).Distinct()] : [],
            Facts = [.. facts.Where(fact => fact.Value is not null).Select(fact => (fact.Name, fact.Value!))],
        }, cancellation);
    }

    /// <summary>The other side hears of a move; both, when it was nobody's; their supervisors too, when a deadline ran out.</summary>
    private static async Task TellAsync(Work work, Referral after, string what, Party party, Guid row, DateTimeOffset? dueAt, CancellationToken cancellation)
    {
        var notice = new Notice(what, row, Source, after.Id, after.VictimId, DueAt: dueAt, IsUrgent: after.Urgency == Urgency.Emergency);
        var wasSent = after.SubmittedAt is not null;
        if (party != Party.Provider && wasSent)
        {
            await Notifications.TellDeskAsync(work, after.ProviderAgencyId, notice, cancellation);
        }
        if (party is not (Party.Sender or Party.Supervisor))
        {
            await Notifications.TellSendersAsync(work, after.SenderAgencyId, notice, cancellation);
        }
        if (party == Party.Clock)
        {
            await Notifications.TellSupervisorsAsync(work, after.ProviderAgencyId, notice, cancellation);
            await Notifications.TellSupervisorsAsync(work, after.SenderAgencyId, notice, cancellation);
        }
    }
}
