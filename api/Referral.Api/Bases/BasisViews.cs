using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>From rows to what her team is shown.</summary>
internal static class BasisViews
{
    public static async Task<IReadOnlyList<BasisView>> OfAsync(Work work, Keys keys, IReadOnlyList<StoredBasis> bases, CancellationToken cancellation)
    {
        var scopes = await BasisStore.ScopesAsync(work, [.. bases.Select(basis => basis.Id)], cancellation);
        var agencies = await AgencyRefs.OfAsync(work, scopes.SelectMany(scope => scope).Select(scope => scope.AgencyId).OfType<Guid>(), cancellation);
        return [.. bases.Select(basis => View(basis, basis.With(scopes[basis.Id]), basis.Open(keys), agencies, work.Caller))];
    }

    public static async Task<BasisView> OfAsync(Work work, Keys keys, StoredBasis basis, CancellationToken cancellation) =>
        (await OfAsync(work, keys, [basis], cancellation))[0];

    /// <summary>Reading what somebody said, and who, is a read of her data: it stands in the journal first.</summary>
    public static async Task AppendReadAsync(Work work, Case victim, Guid? basisId, CancellationToken cancellation)
    {
        await Turns.HoldAsync(work, victim.Id, victim.AccessVersion, cancellation);
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.BasisRead,
            SubjectKind = "basis",
            SubjectId = basisId,
            VictimId = victim.Id,
            AccessVersion = victim.AccessVersion,
        }, cancellation);
    }

    private static BasisView View(StoredBasis stored, Basis basis, BasisDetail detail, IReadOnlyDictionary<Guid, Ref> agencies, Caller caller)
    {
        Ref[] Named(IReadOnlyList<Guid> ids) => [.. ids.Where(agencies.ContainsKey).Select(id => agencies[id])];
        return new BasisView(
            stored.Id, stored.Kind.Code(), stored.Status.Code(), new GivenBy(detail.Relation, detail.GiverName, detail.RelationId), detail.Capacity, detail.Form, detail.Witness,
            detail.Language, detail.ScriptVersion, stored.ValidFrom, stored.ValidTo, stored.EndedAt, stored.EndedReason, stored.SupersedesId, stored.RecordedAt,
            basis.Groups, basis.Records, basis.Purposes, new RecipientsView(Named(basis.Agencies), basis.Kinds, basis.Districts),
            new HideFromView(Named(basis.HiddenAgencies), basis.HiddenKinds), detail.Note,
            detail.BestInterests, detail.Order, detail.Law, detail.Reason, stored.OccurrenceId,
            [.. BasisMoves.Allowed(stored.Kind, stored.Status).Where(action => caller.May(PermissionFor(stored.Kind, action))).Select(action => action.Code())]);
    }

    /// <summary>Under which the route stands that does it.</summary>
    private static Permission PermissionFor(BasisKind kind, BasisAction action) => (kind, action) switch
    {
        (_, BasisAction.Withdraw) => Permissions.RecordBases,
        (not BasisKind.CourtOrder, BasisAction.Amend) => Permissions.ShareWithoutConsent,
        _ => Permissions.KeepOrders,
    };
}
