using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// What follows when one side, or the other, says that a child was handed over (design: referral lifecycle, arrive). A count that
/// does not match is an emergency: it starts a clock of one hour and tells the supervisors of both sides at once.
/// </summary>
internal static class Handovers
{
    /// <summary>Of a referral: somebody at the provider has said that she is there.</summary>
    public const string Received = "received";

    /// <summary>Of a referral: the sender has said that she is on her way.</summary>
    public const string Given = "given";

    /// <summary>Of a referral: both sides have said that her family has her.</summary>
    public const string Released = "released";

    private const string ToFamily = "to_family";

    private static readonly ClockEffect[] Alarm = [new(ClockVerb.Begin, ClockKind.MissingInTransit)];
    private static readonly ClockEffect[] AllClear = [new(ClockVerb.Meet, ClockKind.MissingInTransit)];

    /// <summary>A service begins for a child once somebody has received her.</summary>
    public static Refusal? Bar(StoredReferral referral) => referral.AwaitsHandover ? new Refusal(ReferralRefusals.HandoverNeeded) : null;

    /// <summary>Nobody says that a family has a child before both sides have confirmed that she was released to whoever was checked.</summary>
    public static Refusal? Bar(StoredReferral referral, Move move, Given given) =>
        referral.AwaitsRelease && move.Needs.Any(need => need.SaysReleased(given)) ? new Refusal(ReferralRefusals.ReleaseNeeded) : null;

    /// <summary>Which handovers the caller may write down now.</summary>
    public static IReadOnlyList<string> WritableBy(Caller caller, StoredReferral referral) =>
        SideOf(caller, referral, null) is null
            ? []
            : [.. Enum.GetValues<HandoverDirection>().Where(direction => Handover.CanHappen(direction, referral.State)).Select(direction => direction.Code())];

    /// <summary>
    /// On which side the caller speaks. Who stands on both, above both agencies or for a provider without an account, speaks
    /// for the one that is awaited; to begin with, for the one that has her.
    /// </summary>
    /// <returns>Null for whoever only sees the referral.</returns>
    public static Party? SideOf(Caller caller, StoredReferral referral, Handover? awaited)
    {
        if (!caller.May(Permissions.WriteEntries))
        {
            return null;
        }
        return referral.ActorFor(caller) switch
        {
            { Sends: true, Provides: true } => awaited?.By == Party.Provider ? Party.Sender : Party.Provider,
            { Provides: true } => Party.Provider,
            { Sends: true } => Party.Sender,
            _ => null,
        };
    }

    public static async Task<Done> WriteAsync(Work work, StoredReferral referral, HandoverDraft draft, Keys keys, CancellationToken cancellation)
    {
        var direction = Codes.Parse<HandoverDirection>(draft.Direction);
        if (SideOf(work.Caller, referral, null) is not { } side)
        {
            return new Refusal(ReferralRefusals.OtherPartyActs, ("action", "handover"), ("party", Party.Provider.Code()));
        }
        if (!Handover.CanHappen(direction, referral.State))
        {
            return new Refusal(ReferralRefusals.IllegalMove, ("from", referral.State.Code()), ("action", "handover"));
        }
        if (Fault(draft, direction) is { } fault)
        {
            return fault;
        }
        if (draft.Reason == ToFamily)
        {
            switch (await Relations.IsCheckedAsync(work, referral.VictimId, draft.RelationId!.Value, keys, cancellation))
            {
                case null:
                    return new Refusal(GeneralRefusals.RuleBroken) { Errors = [new FieldError("/relationId", "not_found")] };
                case false:
                    return ReferralRefusals.ClaimantUnverified;
            }
        }
        var handover = Handover.Begin(direction, side, draft.Children);
        var id = draft.Id ?? Ids.New(work.Now);
        var words = new HandoverBody(draft.GivenBy, draft.ReceivedBy, draft.Place, draft.Belongings, draft.Papers, draft.Note);
        try
        {
            await HandoverStore.InsertAsync(
                work, id, referral.Id, handover, draft,
                keys.Seal(await Keys.OfVictimAsync(work, referral.VictimId, cancellation), StoredHandover.PlaceOf(id, "handover"), words, ReferralJson.Default.HandoverBody), cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("pk_handovers"))
        {
            return GeneralRefusals.IdTaken;
        }
        catch (ConstraintViolation violation) when (violation.Is("uq_handovers_open"))
        {
            return ReferralRefusals.HandoverOpen;
        }
        await FollowAsync(work, referral, id, handover, WhereSheIs(referral, null, handover, draft.Reason), JournalActions.HandoverWritten, [("direction", draft.Direction), ("reason", draft.Reason)], side, cancellation);
        return Done.Made(id);
    }

    public static async Task<Done> ConfirmAsync(
        Work work, StoredReferral referral, StoredHandover stored, HandoverConfirmation given, Keys keys, CancellationToken cancellation)
    {
        var before = stored.ToHandover();
        if (SideOf(work.Caller, referral, before) is not { } side || before.Confirm(side, given.Children, given.IsThere) is not { } after
            || !await HandoverStore.ConfirmAsync(work, stored.Id, after, await WordsAsync(work, referral, stored.Id, "confirmation", given.Note, keys, cancellation), cancellation))
        {
            return ReferralRefusals.HandoverNotAwaited;
        }
        await FollowAsync(work, referral, stored.Id, after, WhereSheIs(referral, before, after, stored.Reason), JournalActions.HandoverConfirmed, [("state", after.State.Code())], side, cancellation);
        return Done.Changed(stored.Id);
    }

    public static async Task<Done> SettleAsync(
        Work work, StoredReferral referral, StoredHandover stored, HandoverSettlement given, Keys keys, CancellationToken cancellation)
    {
        var before = stored.ToHandover();
        if (SideOf(work.Caller, referral, null) is not { } side || before.Settle(side, Codes.Parse<HandoverFinding>(given.Finding)) is not { } after
            || !await HandoverStore.SettleAsync(work, stored.Id, after, given.Finding, await WordsAsync(work, referral, stored.Id, "settlement", given.Note, keys, cancellation), cancellation))
        {
            return ReferralRefusals.HandoverNotAwaited;
        }
        await FollowAsync(work, referral, stored.Id, after, WhereSheIs(referral, before, after, stored.Reason), JournalActions.HandoverSettled, [("finding", given.Finding)], side, cancellation);
        return Done.Changed(stored.Id);
    }

    /// <summary>The referral says how far it is; the clock starts or ends; the other side hears of it.</summary>
    private static async Task FollowAsync(
        Work work, StoredReferral referral, Guid id, Handover after, string? where, string action, IReadOnlyList<(string, string)> facts, Party side, CancellationToken cancellation)
    {
        var isMissing = after.State == HandoverState.Missing;
        var flags = Words.Split(referral.Flags);
        var dueAt = referral.DueAt == ReferralStore.Never ? null : referral.DueAt;
        if (isMissing || after.State == HandoverState.Settled)
        {
            flags = isMissing ? [.. flags.Union([Referral.MissingInTransit])] : [.. flags.Where(flag => flag != Referral.MissingInTransit)];
            dueAt = await Clocks.ApplyAsync(
                work, new ClockSubject("referral", referral.Id, referral.VictimId, Urgency.Emergency), isMissing ? Alarm : AllClear,
                _ => new ClockPlan(referral.SenderAgencyId), cancellation);
        }
        if (!await ReferralStore.SaveHandoverAsync(work, referral, where, flags, dueAt, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        await TellAsync(work, referral, action, await AppendAsync(work, referral, action, [.. facts, ("handoverId", id.ToString())], cancellation), side, cancellation);
        if (isMissing)
        {
            var row = await AppendAsync(work, referral, JournalActions.HandoverMissing, [("handoverId", id.ToString())], cancellation);
            var notice = new Notice(JournalActions.HandoverMissing, row, "referral", referral.Id, referral.VictimId, DueAt: dueAt, IsUrgent: true);
            await Notifications.TellSupervisorsAsync(work, referral.ProviderAgencyId, notice, cancellation);
            await Notifications.TellSupervisorsAsync(work, referral.SenderAgencyId, notice, cancellation);
        }
    }

    /// <summary>Whoever is received again after a release is with the provider; that the other side confirms late how she first came moves nobody.</summary>
    private static string? WhereSheIs(StoredReferral referral, Handover? before, Handover after, string reason) => after.Direction == HandoverDirection.Release
        ? after.HasLeft && reason == ToFamily ? Released : referral.Handover
        : after.HasArrived ? before?.HasArrived == true ? referral.Handover : Received
        : after.State == HandoverState.Open ? Given : null;

    private static async Task TellAsync(Work work, StoredReferral referral, string action, Guid row, Party side, CancellationToken cancellation)
    {
        var notice = new Notice(action, row, "referral", referral.Id, referral.VictimId);
        if (side == Party.Provider)
        {
            await Notifications.TellSendersAsync(work, referral.SenderAgencyId, notice, cancellation);
        }
        else
        {
            await Notifications.TellDeskAsync(work, referral.ProviderAgencyId, notice, cancellation);
        }
    }

    /// <summary>Numbers of papers and names stay out: codes and ids only.</summary>
    public static Task<Guid> AppendAsync(
        Work work, StoredReferral referral, string action, IReadOnlyList<(string, string)> facts, CancellationToken cancellation) => Journal.AppendAsync(work, new JournalEntry
    {
        Action = action,
        SubjectKind = "referral",
        SubjectId = referral.Id,
        VictimId = referral.VictimId,
        AccessVersion = referral.AccessVersion,
        Facts = facts,
    }, cancellation);

    private static Refusal? Fault(HandoverDraft draft, HandoverDirection direction)
    {
        FieldError[] errors =
        [
            .. Blank("/givenBy", draft.GivenBy), .. Blank("/receivedBy", draft.ReceivedBy), .. Blank("/place", draft.Place),
            .. draft.Reason == ToFamily && direction == HandoverDirection.Arrival ? [new FieldError("/reason", "not_taken")] : Array.Empty<FieldError>(),
            .. draft.Reason == ToFamily && draft.RelationId is null ? [new FieldError("/relationId", "required")] : Array.Empty<FieldError>(),
            .. draft.Reason != ToFamily && draft.RelationId is not null ? [new FieldError("/relationId", "not_taken")] : Array.Empty<FieldError>(),
        ];
        return errors.Length > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = errors } : null;
    }

    private static FieldError[] Blank(string pointer, string text) => string.IsNullOrWhiteSpace(text) ? [new FieldError(pointer, "required")] : [];

    private static async Task<byte[]?> WordsAsync(
        Work work, StoredReferral referral, Guid id, string part, string? text, Keys keys, CancellationToken cancellation) => string.IsNullOrWhiteSpace(text)
        ? null
        : keys.Seal(await Keys.OfVictimAsync(work, referral.VictimId, cancellation), StoredHandover.PlaceOf(id, part), new EntryBody(text.Trim()), ReferralJson.Default.EntryBody);
}
