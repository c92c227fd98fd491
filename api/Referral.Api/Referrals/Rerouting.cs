using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// The same need to another provider, with nothing typed again. Time to help counts on from the first submission (design:
/// clocks). What a live basis covers is sent at once, else a draft waits for one.
/// </summary>
internal static class Rerouting
{
    /// <summary>As many as a worker can have thought about.</summary>
    public const int MostFallbacks = 5;

    private static readonly Actor Sender = new(Sends: true, Provides: false);

    /// <summary>As the sender wishes it.</summary>
    /// <returns>Why not; then whoever asked writes nothing.</returns>
    public static async Task<Refusal?> SendOnAsync(Work work, StoredReferral from, Guid serviceId, Keys keys, CancellationToken cancellation)
    {
        if (from.ReroutedTo is not null)
        {
            return new Refusal(ReferralRefusals.AlreadyRerouted);
        }
        if (!await Cases.IsOpenAsync(work, from.VictimId, cancellation))
        {
            return new Refusal(TransferRefusals.CaseNotOpen);
        }
        var offer = await Drafts.OfferAsync(work, serviceId, from.VictimId, cancellation);
        return offer is null ? Broken("not_available")
            : offer.AgencyId == from.SenderAgencyId ? Broken("own_unit")
            : Drafts.ForAdults(from.Known, offer.MinAge, from.Population) is { } notForHer ? notForHer
            : await SendAsync(work, from, serviceId, offer, Words.Split(from.Fallbacks), keys, cancellation);
    }

    private static Refusal Broken(string code) => new(RuleBroken) { Errors = [new FieldError("/serviceId", code)] };

    /// <summary>
    /// To the first of its fallbacks that still takes referrals and that a basis still covers. Nobody need press anything,
    /// so nobody has: the journal names the system and not who declined.
    /// </summary>
    public static async Task FallBackAsync(Work work, StoredReferral from, Keys keys, CancellationToken cancellation)
    {
        work = work.As(Caller.System, work.Now);
        var fallbacks = Words.Split(from.Fallbacks);
        var pieces = fallbacks.Count == 0 ? [] : await PiecesAsync(work, from, cancellation);
        for (var i = 0; i < fallbacks.Count; i++)
        {
            var serviceId = Guid.Parse(fallbacks[i]);
            if (await Drafts.OfferAsync(work, serviceId, from.VictimId, cancellation) is { } offer
                && Drafts.ForAdults(from.Known, offer.MinAge, from.Population) is null
                && await IsCoveredAsync(work, from, pieces, offer, cancellation))
            {
                await SendAsync(work, from, serviceId, offer, [.. fallbacks.Skip(i + 1)], keys, cancellation);
                return;
            }
        }
    }

    /// <summary>Pointers of those that no live basis covers, with whatever the referral carries.</summary>
    public static async Task<IReadOnlyList<FieldError>> UncoveredAsync(Work work, StoredReferral referral, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        if (string.IsNullOrEmpty(referral.Fallbacks))
        {
            return errors;
        }
        var carried = await Disclosures.CarriedAsync(work, referral.Id, cancellation);
        foreach (var (service, i) in Words.Split(referral.Fallbacks).Select((service, i) => (service, i)))
        {
            var offer = await Drafts.OfferAsync(work, Guid.Parse(service), referral.VictimId, cancellation);
            if (offer is null || !await IsCoveredAsync(work, referral, carried, offer, cancellation))
            {
                errors.Add(new FieldError($"/fallbacks/{i}", offer is null ? "not_available" : "no_basis"));
            }
        }
        return errors;
    }

    /// <summary>All that was ever chosen: what had been opened to the first provider has ended.</summary>
    private static async Task<IReadOnlyList<DataPiece>> PiecesAsync(Work work, StoredReferral referral, CancellationToken cancellation) =>
        [.. (await Disclosures.ListAsync(work, referral.Id, referral.VictimId, cancellation)).Select(one => new DataPiece(one.GroupCode, one.RecordId)).Distinct()];

    private static async Task<bool> IsCoveredAsync(
        Work work, StoredReferral referral, IReadOnlyList<DataPiece> carried, Offer offer, CancellationToken cancellation)
    {
        var covered = await Referrals.CoversAsync(work, referral with { ProviderAgencyId = offer.AgencyId }, carried, cancellation);
        return covered.All(one => one.IsCovered);
    }

    private const string CopySql = """
        INSERT INTO referrals (id, group_id, victim_id, need_id, sender_agency_id, provider_agency_id, service_id, state, is_open, asked_urgency,
                               urgency, urgency_rule, reported_by, rerouted_from, fallbacks, population, age_band, sex, district, constraints,
                               flags, place, info_rounds, purpose, created_by, created_at, first_submitted_at, helped_at, due_at, changed_at, version)
        SELECT @id, r.group_id, r.victim_id, r.need_id, r.sender_agency_id, @providerId, @serviceId, 'draft', 1, r.asked_urgency,
               r.urgency, r.urgency_rule, 'provider', r.id, @fallbacks, r.population, v.age_band, v.sex, v.district, r.constraints,
               @flags, 'none', 0, r.purpose, r.created_by, @now, r.first_submitted_at, r.helped_at, @dueAt, @now, 1
          FROM referrals r
          JOIN victims v ON v.id = r.victim_id
         WHERE r.id = @fromId
        """;

    private static async Task<Refusal?> SendAsync(
        Work work, StoredReferral from, Guid serviceId, Offer offer, IReadOnlyList<string> fallbacks, Keys keys, CancellationToken cancellation)
    {
        var id = Ids.New(work.Now);
        await work.ExecuteAsync(CopySql, new
        {
            id,
            fromId = from.Id,
            providerId = offer.AgencyId,
            serviceId,
            fallbacks = Words.Join(fallbacks.Where(one => one != serviceId.ToString())),
            flags = Words.Join(Drafts.Flags(from.Known, offer)),
            dueAt = ReferralStore.Never,
        }, cancellation);
        await Referrals.OpenToSenderAsync(work, from.VictimId, id, from.SenderAgencyId, await SendersOfAsync(work, from, cancellation), cancellation);
        await Disclosures.ChooseAsync(work, id, await PiecesAsync(work, from, cancellation), cancellation);
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.ReferralCreated,
            SubjectKind = "referral",
            SubjectId = id,
            VictimId = from.VictimId,
            Facts = [("serviceId", serviceId.ToString()), ("providerId", offer.AgencyId.ToString()), ("reroutedFrom", from.Id.ToString())],
        }, cancellation);
        var stored = (await ReferralStore.LoadAsync(work, id, cancellation))!;
        var draft = stored.ToReferral();
        if (draft.Attempt(ReferralAction.Submit, Sender, Given.Nothing, [], work.Now, out var sent) is { } impossible)
        {
            return impossible;
        }
        sent = await Drafts.AfreshAsync(work, stored, sent, offer, keys, cancellation);
        var refusal = await Referrals.MoveAsync(work, stored, draft, sent, ReferralAction.Submit, Sender, Given.Nothing, cancellation);
        // Not covered: it waits as a draft until she has been asked.
        return refusal is null || refusal.Kind == BasisRefusals.NoBasis ? null : refusal;
    }

    private const string SendersSql = """
        SELECT g.principal_id
          FROM grants g
         WHERE g.source_id = @id
           AND g.source = 'sender'
           AND g.audience = 'principal'
           AND g.agency_id = @senderAgencyId
        """;

    /// <summary>Whoever wrote the first one for the agency that leads the case keeps it in sight, and whoever sends it on.</summary>
    private static async Task<IEnumerable<Guid>> SendersOfAsync(Work work, StoredReferral from, CancellationToken cancellation)
    {
        var first = await work.ListAsync<Guid>(SendersSql, new { id = from.Id, senderAgencyId = from.SenderAgencyId }, cancellation);
        return from.Sends ? first.Append(work.Caller.PrincipalId).Distinct() : first.Distinct();
    }
}
