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
        ValidTo = draft.ValidTo,
        IsRefused = draft.Refused,
        Groups = [.. draft.Groups.Where(group => group != Piece.Minimum).Select(Codes.Parse<DataGroup>)],
        Records = draft.Records ?? [],
        Purposes = draft.Purposes,
        Agencies = draft.Recipients.Agencies ?? [],
        Kinds = draft.Recipients.Kinds ?? [],
        Districts = draft.Recipients.Districts ?? [],
        HideFromAgencies = draft.HideFrom?.Agencies ?? [],
        HideFromKinds = draft.HideFrom?.Kinds ?? [],
        Note = draft.Note,
    };

    /// <summary>400 unless every place is a district or a province.</summary>
    public static Refusal? UnknownPlace(BasisDraft draft, Districts districts)
    {
        FieldError[] errors =
        [
            .. (draft.Recipients.Districts ?? [])
                .Select((code, i) => (code, i))
                .Where(place => districts.Find(place.code) is null && districts.Provinces.All(province => province.Code != place.code))
                .Select(place => new FieldError($"/recipients/districts/{place.i}", "unknown_code")),
        ];
        return errors.Length == 0 ? null : new Refusal(GeneralRefusals.Unreadable) { Errors = errors };
    }

    /// <returns>Null when it is written.</returns>
    public static async Task<Refusal?> RecordAsync(Work work, Keys keys, Case victim, Guid id, BasisDraft draft, CancellationToken cancellation)
    {
        var consent = ConsentOf(draft, work.Now);
        // As old as she is today: what the case shows of it was written when somebody last changed her identity.
        var age = await Ages.OfAsync(work, keys, victim.Id, cancellation);
        var asChild = age.AsChildOn(Karachi.DateOf(work.Now));
        if (consent.Check(asChild, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        var items = await BasisStore.VisibleItemsAsync(work, victim.Id, consent.Records, cancellation);
        if (await UnknownIdsAsync(work, victim, consent, items, draft, cancellation) is { Count: > 0 } errors)
        {
            return new Refusal(GeneralRefusals.RuleBroken) { Errors = errors };
        }
        var own = (await BasisRows.RecipientsAsync(work, [work.Caller.UnitId], cancellation))[work.Caller.UnitId];
        if (own.Line.Any(unit => consent.Agencies.Contains(unit.Id)))
        {
            return new Refusal(BasisRefusals.RecipientRecords) { Errors = [new FieldError("/recipients/agencies", BasisRefusals.RecipientRecords.Code)] };
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        if (draft.SupersedesId is { } replaced && !await BasisStore.EndAsync(work, replaced, BasisStatus.Superseded, "superseded", cancellation))
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        var endsOfAge = ConsentRules.EndsOfAge(consent.Capacity, age, work.Now);
        var ofAge = endsOfAge is not null && !(consent.ValidTo <= endsOfAge);
        if (ofAge)
        {
            consent = consent with { ValidTo = endsOfAge };
        }
        var basis = consent.AsBasis(id) with { Excepted = [own.Id] };
        var detail = new BasisDetail(
            consent.Relation, consent.GivenBy, consent.Capacity, consent.Form, consent.Witness, consent.Language, consent.ScriptVersion, consent.Note);
        await BasisStore.InsertAsync(
            work, victim.Id, draft.Kind, basis, keys.Seal(victim.Key, StoredBasis.PlaceOf(id), detail, BasisJson.Default.BasisDetail),
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

    private static async Task<IReadOnlyList<FieldError>> UnknownIdsAsync(
        Work work, Case victim, Consent consent, IReadOnlyDictionary<Guid, string> items, BasisDraft draft, CancellationToken cancellation)
    {
        var known = await AgencyRefs.OfAsync(work, consent.Agencies.Concat(consent.HideFromAgencies), cancellation);
        var errors = new List<FieldError>();
        errors.AddRange(Unknown("/recipients/agencies", consent.Agencies, known.ContainsKey));
        errors.AddRange(Unknown("/hideFrom/agencies", consent.HideFromAgencies, known.ContainsKey));
        errors.AddRange(Unknown("/records", consent.Records, items.ContainsKey));
        if (draft.SupersedesId is { } replaced && await BasisStore.FindAsync(work, victim.Id, replaced, cancellation) is null)
        {
            errors.Add(new FieldError("/supersedesId", "unknown_reference"));
        }
        return errors;
    }

    private static IEnumerable<FieldError> Unknown(string pointer, IReadOnlyList<Guid> ids, Func<Guid, bool> isKnown) =>
        ids.Select((id, i) => (id, i)).Where(one => !isKnown(one.id)).Select(one => new FieldError($"{pointer}/{one.i}", "unknown_reference"));

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
