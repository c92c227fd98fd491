using System.Collections.Frozen;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What each party is shown of a referral.</summary>
internal static class ReferralViews
{
    public static async Task<ReferralView> OfAsync(Work work, StoredReferral referral, CancellationToken cancellation) =>
        Of(
            work.Caller, referral, await Disclosures.ListAsync(work, referral.Id, referral.VictimId, cancellation),
            GroupOf(referral, await GroupStore.RefsAsync(work, [referral], cancellation)));

    private static ReferralView Of(Caller caller, StoredReferral r, IReadOnlyList<Disclosure> disclosures, GroupRef? group)
    {
        var isSender = IsSender(r);
        // A receipt that a later one replaced has ended; the draft's choice stands until then.
        var chosen = disclosures.Where(one => one.EndedAt is null || !r.State.IsOpen()).ToArray();
        return new ReferralView(
            r.Id, group?.Id, isSender ? "sender" : "provider", VictimIdFor(r), r.CaseCode, isSender ? r.NeedId : null, r.Category,
            SenderOf(r), ProviderOf(r), new Ref(r.ServiceId, r.ServiceNameEn, r.ServiceNameUr),
            r.State.Code(), r.Phase?.Code(), r.PriorState?.Code(), r.Urgency.Code(),
            isSender ? r.AskedUrgency.Code() : null, isSender ? r.UrgencyRule : null, r.Reason, r.Outcome,
            r.AgeBand, r.Sex, r.District, Words.Split(r.Constraints), Words.Split(r.Flags), r.Population, r.Place.Code(), r.ReportedBy.Code(),
            isSender ? r.ReroutedFrom : null, isSender ? r.ReroutedTo : null, r.SuggestedServiceId, isSender ? [.. Words.Split(r.Fallbacks).Select(Guid.Parse)] : [],
            [.. chosen.Select(one => isSender || one.IsOpen ? one.Piece : new DataPiece(one.GroupCode)).Distinct()],
            [.. disclosures.Where(one => one.IsOpen && one.EndedAt is null).Select(one => one.Piece)],
            ClockOf(r), isSender ? r.FirstSubmittedAt : null, isSender ? r.HelpedAt : null,
            isSender ? (long?)r.ToReferral().TimeToHelp?.TotalMinutes : null, r.SubmittedAt, r.AcknowledgedAt, r.AnsweredAt, r.PlannedAt, r.PlannedEndAt, r.ReviewAt,
            r.StartedAt, r.EndedAt, r.ChangedAt, AllowedActions(caller, r), Entries.KindsFor(caller, r), group,
            r.State == ReferralState.Accepted && r.AwaitsHandover, Handovers.WritableBy(caller, r));
    }

    /// <summary>To a provider a group is what it sees of it: of one alone it is told nothing.</summary>
    public static GroupRef? GroupOf(ListedReferral r, IReadOnlyDictionary<Guid, GroupRef> groups) =>
        r.GroupId is { } id && groups.TryGetValue(id, out var group) && (IsSender(r) || group.Members > 1) ? group : null;

    public static ReferralRow RowOf(ListedReferral r, GroupRef? group) => new(
        r.Id, r.CaseCode, VictimIdFor(r), r.State.Code(), r.Phase?.Code(), r.Urgency.Code(), r.Category, r.AgeBand, r.Sex, r.District,
        SenderOf(r), ProviderOf(r), ClockOf(r), r.SubmittedAt, r.ChangedAt, group, r.ReportedBy.Code());

    public static Ref SenderOf(ListedReferral r) => new(r.SenderAgencyId, r.SenderNameEn, r.SenderNameUr);

    public static Ref ProviderOf(ListedReferral r) => new(r.ProviderAgencyId, r.ProviderNameEn, r.ProviderNameUr);

    /// <summary>Whoever sees it and is not the provider sees it as the sender does: through the case.</summary>
    public static bool IsSender(ListedReferral r) => r.Sends || !r.Provides;

    private static Guid? VictimIdFor(ListedReferral r) => IsSender(r) || r.AnsweredAt is not null ? r.VictimId : null;

    private static ClockView? ClockOf(ListedReferral r) => r.ClockKind is null
        ? null
        : new ClockView(r.ClockKind, r.ClockDueAt!.Value, r.ClockStartedAt!.Value, r.ClockState!, r.ClockStage!);

    /// <summary>What the caller's side may do, as far as its role or scopes go.</summary>
    private static IReadOnlyList<AllowedAction> AllowedActions(Caller caller, StoredReferral r)
    {
        var actor = r.ActorFor(caller);
        var offers = Offered[(r.CountsPlaces, r.AwaitsRelease)];
        return [.. r.ToReferral().AllowedActions(actor).Where(move => Actions.Allows(caller, move, actor.SpeaksForProvider)).Select(move => offers[move])];
    }

    // The table does not change, so each offer is made once.
    private static readonly FrozenDictionary<(bool CountsPlaces, bool AwaitsRelease), FrozenDictionary<Move, AllowedAction>> Offered = (
        from countsPlaces in new[] { true, false }
        from awaitsRelease in new[] { true, false }
        select KeyValuePair.Create((countsPlaces, awaitsRelease), Offers(countsPlaces, awaitsRelease))).ToFrozenDictionary();

    private static FrozenDictionary<Move, AllowedAction> Offers(bool countsPlaces, bool awaitsRelease) => ReferralLifecycle.Moves.ToFrozenDictionary<Move, Move, AllowedAction>(
        move => move,
        move => new(move.Action.Code(), [.. move.Needs.Select(need => NeedOf(need, countsPlaces, awaitsRelease))]),
        ReferenceEqualityComparer.Instance);

    private static ActionNeed NeedOf(Need need, bool countsPlaces, bool awaitsRelease) => new(
        need.Name, need.Kind.Code(), need.Rule == NeedRule.Always || (need.Rule == NeedRule.WherePlacesAreCounted && countsPlaces), need.Set,
        awaitsRelease ? need.AfterRelease : []);
}
