using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Writes down a consent or its refusal.</summary>
internal static class Recording
{
    public static Consent ConsentOf(BasisDraft draft, DateTimeOffset now) => new()
    {
        Relation = draft.GivenBy.Relation,
        GivenBy = draft.GivenBy.Name,
        Capacity = draft.Capacity,
        Form = draft.Form,
        Witness = draft.Witness,
        Language = draft.Language,
        ScriptVersion = draft.ScriptVersion,
        GivenAt = draft.GivenAt ?? now,
        IsRefused = draft.Refused,
        Extent = Extents.Of(draft),
        Note = draft.Note,
    };

    /// <returns>Null when it is written.</returns>
    public static async Task<Refusal?> RecordAsync(Work work, Keys keys, Case victim, Guid id, BasisDraft draft, CancellationToken cancellation)
    {
        var consent = ConsentOf(draft, work.Now);
        // As old as she is today: what the case shows of it was written when somebody last changed her identity.
        var age = await Ages.OfAsync(work, keys, victim.Id, cancellation);
        var asChild = age.AsChildOn(Karachi.DateOf(work.Now));
        var isDecided = (await BasisRows.LiveAsync(work, victim.Id, cancellation)).Any(basis => basis.Kind == BasisKind.BestInterestsDecision);
        if (consent.Check(asChild, isDecided, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        // A refusal opens nothing, whoever says it: it is written down as it was said.
        if (!consent.IsRefused && await Guardians.BarAsync(
            work, keys, victim.Id, consent.Relation, draft.GivenBy.RelationId, consent.Capacity, "/givenBy/relation", cancellation) is { } barred)
        {
            return barred;
        }
        var items = await BasisStore.VisibleItemsAsync(work, victim.Id, consent.Extent.Records, cancellation);
        if (await Extents.UnknownAsync(work, victim.Id, BasisKind.Consent, consent.Extent, "/recipients/agencies", items, draft.SupersedesId, cancellation) is { } unknown)
        {
            return unknown;
        }
        var own = await Extents.OwnAsync(work, cancellation);
        if (Extents.OwnRecipient(consent.Extent, "/recipients/agencies", own) is { } recipient)
        {
            return recipient;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        if (draft.SupersedesId is { } replaced && !await BasisStates.EndAsync(work, replaced, BasisStatus.Superseded, "superseded", cancellation))
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        var endsOfAge = ConsentRules.EndsOfAge(consent.Capacity, age, work.Now);
        var ofAge = endsOfAge is not null && !(consent.Extent.ValidTo <= endsOfAge);
        if (ofAge)
        {
            consent = consent with { Extent = consent.Extent with { ValidTo = endsOfAge } };
        }
        var basis = consent.AsBasis(id) with { Excepted = [own.Id] };
        var detail = new BasisDetail(
            consent.Relation, consent.GivenBy, consent.Capacity, consent.Form, consent.Witness, consent.Language, consent.ScriptVersion, consent.Note,
            RelationId: draft.GivenBy.RelationId);
        await BasisStore.InsertAsync(
            work, victim.Id, basis, keys.Seal(victim.Key, StoredBasis.PlaceOf(id), detail, BasisJson.Default.BasisDetail),
            draft.SupersedesId, record => items[record], cancellation);
        if (basis is { Status: BasisStatus.Active, ValidTo: { } until })
        {
            await Clocks.BasisEndsAsync(work, id, victim.Id, victim.LeadAgencyId, until, ofAge, cancellation);
        }
        if (consent.Relation == ConsentRules.Self)
        {
            await Clocks.SpokeForHerselfAsync(work, victim.Id, ofAge: !asChild, cancellation);
        }
        await AppendAsync(work, victim.Id, turn, basis, draft, cancellation);
        // What stands under no basis since she came of age goes on under hers, or ends by her word.
        if (consent.Relation == ConsentRules.Self && !asChild)
        {
            await Aftermath.ApplyAsync(work, victim.Id, turn, consent.IsRefused ? Aftermath.PersonWithdrew : "superseded", expired: null, keys, cancellation);
        }
        else if (draft.SupersedesId is not null || basis.HiddenAgencies.Count + basis.HiddenKinds.Count > 0)
        {
            await Aftermath.ApplyAsync(work, victim.Id, turn, "superseded", expired: null, keys, cancellation);
        }
        return null;
    }

    private static Task<Guid> AppendAsync(Work work, Guid victimId, long turn, Basis basis, BasisDraft draft, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.BasisRecorded,
            SubjectKind = "basis",
            SubjectId = basis.Id,
            VictimId = victimId,
            AccessVersion = turn,
            Groups = basis.Groups,
            Facts =
            [
                ("kind", draft.Kind),
                ("status", basis.Status.Code()),
                ("capacity", draft.Capacity),
                ("relation", draft.GivenBy.Relation),
                .. draft.SupersedesId is { } replaced ? [("supersedes", replaced.ToString())] : Array.Empty<(string, string)>(),
            ],
        }, cancellation);
}
