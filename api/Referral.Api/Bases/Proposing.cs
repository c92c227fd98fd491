using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What one person wants to open though nobody consented.</summary>
/// <param name="Asks">The approval that it needs; null: it is in force at once.</param>
/// <param name="Agencies">Where the body names the recipients.</param>
/// <param name="Why">For whoever decides.</param>
/// <param name="OccurrenceId">Where it stands in several cases.</param>
internal sealed record ProposedBasis(
    Guid Id, BasisKind Kind, ApprovalKind? Asks, Extent Extent, string Agencies, BasisDetail Detail, string? Why, Guid? SupersedesId, Guid? OccurrenceId = null);

/// <summary>Writes down what opens nothing before a second person has approved it; <see cref="Beginnings"/> is what follows.</summary>
internal static class Proposing
{
    private const string InRecipients = "/recipients/agencies";
    private const string InAgencies = "/agencies";

    /// <returns>Null when it waits for a second person.</returns>
    public static async Task<Refusal?> DecisionAsync(Work work, Keys keys, Case victim, Guid id, BestInterestsDraft draft, CancellationToken cancellation)
    {
        var extent = Extents.Of(draft);
        var age = await Ages.OfAsync(work, keys, victim.Id, cancellation);
        if (BasisRules.CheckDecision(extent, age.AsChildOn(Karachi.DateOf(work.Now)), draft.Reason, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        if (ConsentRules.EndsOfAge(age, work.Now) is { } ofAge && ofAge < extent.ValidTo)
        {
            extent = extent with { ValidTo = ofAge };
        }
        var words = new BestInterestsWords(draft.Ground, draft.Reason, draft.ChildSaid, draft.Tried, draft.Risks);
        var proposal = new ProposedBasis(
            id, BasisKind.BestInterestsDecision, ApprovalKind.BestInterestsDecision, extent, InRecipients,
            BasisDetail.Unasked(null) with { BestInterests = words }, draft.Reason, draft.SupersedesId);
        var items = await BasisStore.VisibleItemsAsync(work, victim.Id, extent.Records, cancellation);
        if (await BarAsync(work, victim, proposal, items, cancellation) is { } bar)
        {
            return bar;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        return await WriteAsync(work, keys, victim, proposal, items, turn, cancellation);
    }

    /// <summary>One order, in the case of each whom it names. Each is checked by a second person by itself, as each is a case of its own.</summary>
    /// <returns>Null when they wait for a second person.</returns>
    public static async Task<Refusal?> OrderAsync(Work work, Keys keys, Case victim, Guid id, OrderDraft draft, CancellationToken cancellation)
    {
        var extent = Extents.Of(draft);
        if (BasisRules.CheckOrder(extent, draft.Court, draft.OrderNumber, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        var (cases, unknown) = await CasesAsync(work, victim, draft.Members ?? [], cancellation);
        if (unknown is not null)
        {
            return unknown;
        }
        var items = await ItemsAsync(work, cases, extent.Records, cancellation);
        var words = new OrderWords(draft.Court, draft.OrderNumber, draft.Judge, draft.OrderedOn);
        var whole = new ProposedBasis(
            id, BasisKind.CourtOrder, ApprovalKind.CourtOrder, extent, InAgencies, BasisDetail.Unasked(draft.Note) with { Order = words }, draft.Note, draft.SupersedesId,
            cases.Count > 1 ? Ids.New(work.Now) : null);
        return await BarAsync(work, victim, whole, items.Values.SelectMany(one => one).ToDictionary(), cancellation)
            ?? await WriteEachAsync(work, keys, cases, whole, items, cancellation);
    }

    /// <summary>In each case its own: of the first it has the id that was asked for.</summary>
    private static async Task<Refusal?> WriteEachAsync(
        Work work, Keys keys, IReadOnlyList<Case> cases, ProposedBasis whole, Dictionary<Guid, IReadOnlyDictionary<Guid, string>> items, CancellationToken cancellation)
    {
        var turns = new Dictionary<Guid, long>();
        foreach (var one in cases.OrderBy(one => one.Id))
        {
            turns[one.Id] = await Turns.TakeAsync(work, one.Id, one.AccessVersion, cancellation);
        }
        foreach (var one in cases)
        {
            var own = whole with
            {
                Id = one == cases[0] ? whole.Id : Ids.New(work.Now),
                Extent = whole.Extent with { Records = [.. items[one.Id].Keys] },
                SupersedesId = await AmendedAsync(work, one.Id, whole.SupersedesId, cancellation),
            };
            if (await WriteAsync(work, keys, one, own, items[one.Id], turns[one.Id], cancellation) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    /// <returns>Hers and those of the members, hers first; or which of them are none of her household that the caller may act for.</returns>
    private static async Task<(IReadOnlyList<Case> Cases, Refusal? Unknown)> CasesAsync(
        Work work, Case victim, IReadOnlyList<Guid> members, CancellationToken cancellation)
    {
        var cases = new List<Case> { victim };
        var errors = new List<FieldError>();
        for (var i = 0; i < members.Count; i++)
        {
            if (victim.HouseholdId is not null && await Cases.FindOverseenAsync(work, members[i], cancellation) is { } member && member.HouseholdId == victim.HouseholdId
                && cases.All(one => one.Id != member.Id))
            {
                cases.Add(member);
            }
            else
            {
                errors.Add(new FieldError($"/members/{i}", "unknown_reference"));
            }
        }
        return (cases, errors.Count == 0 ? null : new Refusal(GeneralRefusals.RuleBroken) { Errors = errors });
    }

    /// <returns>Of each case its items among those that are named, as far as the caller can open them, with their groups.</returns>
    private static async Task<Dictionary<Guid, IReadOnlyDictionary<Guid, string>>> ItemsAsync(
        Work work, IReadOnlyList<Case> cases, IReadOnlyList<Guid> records, CancellationToken cancellation)
    {
        var items = new Dictionary<Guid, IReadOnlyDictionary<Guid, string>>();
        foreach (var one in cases)
        {
            items[one.Id] = await BasisStore.VisibleItemsAsync(work, one.Id, records, cancellation);
        }
        return items;
    }

    /// <summary>Nothing of it is there, or whoever proposes it would be given data by it, or she does not want one of them to know.</summary>
    public static async Task<Refusal?> BarAsync(Work work, Case victim, ProposedBasis proposal, IReadOnlyDictionary<Guid, string> items, CancellationToken cancellation)
    {
        var (extent, agencies) = (proposal.Extent, proposal.Agencies);
        return await Extents.UnknownAsync(work, victim.Id, proposal.Kind, extent, agencies, items, proposal.SupersedesId, cancellation)
            ?? Extents.OwnRecipient(extent, agencies, await Extents.OwnAsync(work, cancellation))
            ?? await HiddenAsync(work, victim.Id, extent, agencies, cancellation);
    }

    private static async Task<Refusal?> HiddenAsync(Work work, Guid victimId, Extent extent, string agencies, CancellationToken cancellation)
    {
        Basis[] hiding = [.. (await BasisRows.LiveAsync(work, victimId, cancellation)).Where(basis => basis.HiddenAgencies.Count + basis.HiddenKinds.Count > 0)];
        if (hiding.Length == 0)
        {
            return null;
        }
        var recipients = await BasisRows.RecipientsAsync(work, [.. extent.Agencies.Distinct()], cancellation);
        FieldError[] errors =
        [
            .. extent.Agencies.Select((id, i) => (id, i))
                .Where(one => hiding.Any(basis => basis.HidesFrom(recipients[one.id])))
                .Select(one => new FieldError($"{agencies}/{one.i}", "hidden_from")),
        ];
        return errors.Length == 0 ? null : new Refusal(GeneralRefusals.RuleBroken) { Errors = errors };
    }

    /// <returns>What an amended order replaces in this case: itself, or the same order of another member.</returns>
    private static async Task<Guid?> AmendedAsync(Work work, Guid victimId, Guid? supersedesId, CancellationToken cancellation)
    {
        if (supersedesId is not { } named || await BasisStore.LoadAsync(work, named, cancellation) is not { } before)
        {
            return null;
        }
        return before.VictimId == victimId ? before.Id
            : before.OccurrenceId is { } occurrence ? (await BasisStore.OfOccurrenceAsync(work, occurrence, cancellation)).FirstOrDefault(one => one.VictimId == victimId)?.Id
            : null;
    }

    /// <summary>The basis and its journal row.</summary>
    /// <returns>With the id of that row.</returns>
    public static async Task<(Basis Basis, Guid Row)> InsertAsync(
        Work work, Keys keys, Case victim, ProposedBasis proposed, IReadOnlyDictionary<Guid, string> items, long turn, CancellationToken cancellation)
    {
        var status = proposed.Asks is null ? BasisStatus.Active : BasisStatus.Pending;
        var basis = proposed.Extent.AsBasis(proposed.Id, status, work.Now) with { Kind = proposed.Kind, Excepted = [work.Caller.UnitId] };
        await BasisStore.InsertAsync(
            work, victim.Id, basis, keys.Seal(victim.Key, StoredBasis.PlaceOf(basis.Id), proposed.Detail, BasisJson.Default.BasisDetail),
            proposed.SupersedesId, record => items[record], cancellation, proposed.OccurrenceId);
        var row = await Journal.AppendAsync(work, new JournalEntry
        {
            Action = proposed.Asks is null ? JournalActions.BasisRecorded : JournalActions.BasisProposed,
            SubjectKind = "basis",
            SubjectId = basis.Id,
            VictimId = victim.Id,
            AccessVersion = turn,
            Groups = basis.Groups,
            Facts =
            [
                ("kind", basis.Kind.Code()),
                .. proposed.SupersedesId is { } earlier ? [("supersedes", earlier.ToString())] : Array.Empty<(string, string)>(),
            ],
        }, cancellation);
        return (basis, row);
    }

    private static async Task<Refusal?> WriteAsync(
        Work work, Keys keys, Case victim, ProposedBasis proposal, IReadOnlyDictionary<Guid, string> items, long turn, CancellationToken cancellation)
    {
        if (proposal.SupersedesId is { } replaced && await BasisStore.LoadAsync(work, replaced, cancellation) is { } before
            && BasisMoves.Check(before.Kind, before.Status, BasisAction.Amend) is not null)
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        var (basis, _) = await InsertAsync(work, keys, victim, proposal, items, turn, cancellation);
        var urgency = await NeedStore.MostUrgentAsync(work, victim.Id, cancellation) ?? Urgency.High;
        var approval = await Approvals.RequireAsync(
            work, new ApprovalAsk(proposal.Asks!.Value, "basis", basis.Id, victim.Id, victim.LeadAgencyId, urgency, Words: proposal.Why), keys, cancellation);
        if (proposal.Kind == BasisKind.CourtOrder)
        {
            // The national office keeps the orders: it may check this one too, and need not wait until nobody else has.
            await Oversight.OpenAsync(work, victim.Id, approval, cancellation);
            await Oversight.OpenAsync(work, victim.Id, basis.Id, cancellation, basis.ValidTo);
            await Notifications.TellProtectionAsync(work, new Notice(JournalActions.ApprovalAsked, approval, "approval", approval, victim.Id), cancellation);
        }
        return null;
    }
}
