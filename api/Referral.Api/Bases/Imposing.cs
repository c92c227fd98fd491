using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Writes down what is in force at once, by one person: what a law or an emergency asks for, and what opens nothing, a guardianship
/// and a hold. The supervisors of the case hear of it.
/// </summary>
internal static class Imposing
{
    private const string InRecipients = "/recipients/agencies";

    private static readonly IReadOnlyDictionary<Guid, string> NoItems = new Dictionary<Guid, string>();

    /// <param name="law">The newest approved release; null: there is none.</param>
    public static async Task<Refusal?> DutyAsync(Work work, Keys keys, Case victim, Guid id, DutyDraft draft, LawRelease? law, CancellationToken cancellation)
    {
        var extent = Extents.Of(draft);
        if (BasisRules.CheckDuty(extent, draft.Section, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        var instrument = law?.Instruments.FirstOrDefault(one => one.Id == draft.InstrumentId);
        if (instrument is not { Status: LawStatus.InForce or LawStatus.InForceCheckLapse })
        {
            return new Refusal(GeneralRefusals.RuleBroken) { Errors = [new FieldError("/instrumentId", instrument is null ? "unknown_reference" : "not_in_force")] };
        }
        var words = new LawWords(instrument.Id, instrument.ShortName, draft.Section, law!.Number);
        return await OpenAsync(
            work, keys, victim, new ProposedBasis(
                id, BasisKind.StatutoryDuty, null, extent, InRecipients, BasisDetail.Unasked(draft.Note) with { Law = words }, null, null), cancellation);
    }

    public static async Task<Refusal?> EmergencyAsync(Work work, Keys keys, Case victim, Guid id, EmergencyDraft draft, CancellationToken cancellation)
    {
        var extent = Extents.Of(draft, work.Now);
        return BasisRules.CheckEmergency(extent, draft.WhyNotAsked, work.Now) ?? await OpenAsync(
            work, keys, victim, new ProposedBasis(
                id, BasisKind.VitalInterest, null, extent, InRecipients, BasisDetail.Unasked(null) with { Reason = draft.WhyNotAsked }, null, null), cancellation);
    }

    /// <summary>Who decides for her changes, and with it what earlier guardians allowed: that is suspended, and the new one is asked.</summary>
    public static async Task<Refusal?> GuardianshipAsync(Work work, Keys keys, Case victim, Guid id, GuardianshipDraft draft, CancellationToken cancellation)
    {
        if (BasisRules.CheckGuardianship(draft.Capacity, draft.Guardian.Relation, draft.Guardian.Name, draft.Authority, draft.ValidTo, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        var proposed = new ProposedBasis(
            id, BasisKind.Guardianship, null, new Extent { ValidTo = draft.ValidTo }, InRecipients,
            BasisDetail.Unasked(draft.Note) with
            {
                Relation = draft.Guardian.Relation,
                GiverName = draft.Guardian.Name,
                Capacity = draft.Capacity,
                Order = new OrderWords(draft.Authority, draft.OrderNumber, draft.Judge, draft.OrderedOn),
            },
            null, draft.SupersedesId);
        if (await Extents.UnknownAsync(work, victim.Id, proposed.Kind, proposed.Extent, InRecipients, NoItems, proposed.SupersedesId, cancellation) is { } unknown)
        {
            return unknown;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        if (draft.SupersedesId is { } replaced && !await BasisStates.EndAsync(work, replaced, BasisStatus.Superseded, "superseded", cancellation))
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        await WriteAsync(work, keys, victim, proposed, NoItems, turn, cancellation);
        await Guardians.SuspendAsync(work, keys, victim.Id, turn, cancellation);
        return null;
    }

    /// <summary>Nothing of hers is forgotten while it stands.</summary>
    public static async Task<Refusal?> HoldAsync(Work work, Keys keys, Case victim, Guid id, LegalHoldDraft draft, CancellationToken cancellation)
    {
        if (BasisRules.CheckHold(draft.Authority, draft.Reason, draft.ValidTo, work.Now) is { } incomplete)
        {
            return incomplete;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        var proposed = new ProposedBasis(
            id, BasisKind.LegalHold, null, new Extent { ValidTo = draft.ValidTo }, InRecipients,
            BasisDetail.Unasked(null) with { Order = new OrderWords(draft.Authority, draft.OrderNumber, null, draft.OrderedOn), Reason = draft.Reason }, null, null);
        await WriteAsync(work, keys, victim, proposed, NoItems, turn, cancellation);
        return null;
    }

    private static async Task<Refusal?> OpenAsync(Work work, Keys keys, Case victim, ProposedBasis proposed, CancellationToken cancellation)
    {
        var items = await BasisStore.VisibleItemsAsync(work, victim.Id, proposed.Extent.Records, cancellation);
        if (await Proposing.BarAsync(work, victim, proposed, items, cancellation) is { } bar)
        {
            return bar;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        await WriteAsync(work, keys, victim, proposed, items, turn, cancellation);
        await Aftermath.ApplyAsync(work, victim.Id, turn, "superseded", expired: null, keys, cancellation);
        return null;
    }

    private static async Task WriteAsync(
        Work work, Keys keys, Case victim, ProposedBasis proposed, IReadOnlyDictionary<Guid, string> items, long turn, CancellationToken cancellation)
    {
        var (basis, row) = await Proposing.InsertAsync(work, keys, victim, proposed, items, turn, cancellation);
        if (basis.ValidTo is { } until)
        {
            await Clocks.BasisEndsAsync(work, basis.Id, victim.Id, victim.LeadAgencyId, until, ofAge: false, cancellation);
        }
        await Notifications.TellSupervisorsAsync(work, victim.LeadAgencyId, new Notice(JournalActions.BasisRecorded, row, "victim", victim.Id, victim.Id), cancellation);
    }
}
