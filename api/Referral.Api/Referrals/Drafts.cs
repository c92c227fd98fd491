using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What a draft rests on, looked up and judged.</summary>
internal sealed record Prepared
{
    public required Victim Victim { get; init; }
    public required Guid ProviderId { get; init; }
    public required Urgency Asked { get; init; }
    public required Urgency Urgency { get; init; }
    public string? UrgencyRule { get; init; }
    public required IReadOnlyList<string> Constraints { get; init; }
    public required IReadOnlyList<string> Flags { get; init; }
    public required IReadOnlyList<string> Fallbacks { get; init; }
    public required IReadOnlyList<DataPiece> Pieces { get; init; }
}

/// <summary>The rules of a draft, and the SQL that only they need.</summary>
internal static class Drafts
{
    /// <summary>What every referral shares data for (set purpose_of_sharing).</summary>
    public const string Purpose = "provide_service";

    private const string Protection = "protection";

    /// <returns>Null and a refusal when the caller may not refer her, or the draft names what is not there.</returns>
    public static async Task<(Prepared? Prepared, Refusal? Refusal)> PrepareAsync(Work work, ReferralDraft draft, Keys keys, CancellationToken cancellation)
    {
        if (await VictimStore.FindCaseAsync(work, draft.VictimId, cancellation) is not { } victim)
        {
            return (null, Broken(new FieldError("/victimId", "not_found")));
        }
        if (victim.Status != "open")
        {
            return (null, new Refusal(TransferRefusals.CaseNotOpen));
        }
        var need = await NeedStore.FindAsync(work, victim.Id, draft.NeedId, cancellation);
        var service = await OfferAsync(work, draft.ServiceId, victim.Id, cancellation);
        var items = await ItemsAsync(work, victim.Id, draft.Records ?? [], cancellation);
        FieldError[] errors =
        [
            .. need is null ? [new FieldError("/needId", "not_found")] : Array.Empty<FieldError>(),
            .. service is null ? [new FieldError("/serviceId", "not_available")]
                : service.AgencyId == work.Caller.UnitId ? [new FieldError("/serviceId", "own_unit")] : Array.Empty<FieldError>(),
            .. draft.Groups.Select((group, i) => (group, i)).Where(g => g.group == Protection).Select(g => new FieldError($"/groups/{g.i}", "items_only")),
            .. (draft.Records ?? []).Select((id, i) => (id, i)).Where(r => items.All(item => item.Id != r.id)).Select(r => new FieldError($"/records/{r.i}", "not_found")),
            .. draft.GroupId is { } groupId && !await JoinGroupAsync(work, groupId, cancellation) ? [new FieldError("/groupId", "not_found")] : Array.Empty<FieldError>(),
        ];
        errors = [.. errors, .. await WrongFallbacksAsync(work, victim.Id, victim.AsChild, draft, cancellation)];
        if (errors.Length > 0)
        {
            return (null, Broken(errors));
        }
        if (ForAdults(new(victim.AgeBand, victim.Sex, victim.District, victim.AsChild), service!.MinAge, draft.Population) is { } notForHer)
        {
            return (null, notForHer);
        }
        var asked = Codes.Parse<Urgency>(draft.Urgency ?? need!.Urgency);
        var (urgency, rule) = await RaiseAsync(work, victim.Id, asked, need!.Category, keys, cancellation);
        return (new Prepared
        {
            Victim = victim,
            ProviderId = service!.AgencyId,
            Asked = asked,
            Urgency = urgency,
            UrgencyRule = rule,
            Constraints = draft.Constraints ?? Words.Split(need.Constraints),
            Flags = [.. Flags(new(victim.AgeBand, victim.Sex, victim.District, victim.AsChild), service)],
            Fallbacks = [.. (draft.Fallbacks ?? []).Select(id => id.ToString())],
            Pieces = [.. draft.Groups.Distinct().Select(group => new DataPiece(group)), .. items.Select(item => new DataPiece(item.GroupCode, item.Id))],
        }, null);
    }

    private static async Task<IReadOnlyList<FieldError>> WrongFallbacksAsync(Work work, Guid victimId, bool asChild, ReferralDraft draft, CancellationToken cancellation)
    {
        var errors = new List<FieldError>();
        foreach (var (id, i) in (draft.Fallbacks ?? []).Select((id, i) => (id, i)))
        {
            var offer = await OfferAsync(work, id, victimId, cancellation);
            var code = i >= Rerouting.MostFallbacks ? "too_many_items"
                : id == draft.ServiceId || draft.Fallbacks!.Take(i).Contains(id) ? "named_twice"
                : offer is null ? "not_available"
                : offer.AgencyId == work.Caller.UnitId ? "own_unit"
                : asChild && IsForAdults(offer.MinAge) ? ReferralRefusals.TreatedAsChild.Code : null;
            if (code is not null)
            {
                errors.Add(new FieldError($"/fallbacks/{i}", code));
            }
        }
        return errors;
    }

    private static Refusal Broken(params FieldError[] errors) => new(RuleBroken) { Errors = errors };

    public static IEnumerable<string> Flags(Minimum known, Offer service)
    {
        if (service.Province is not null && service.Province != Districts.ProvinceOf(known.District))
        {
            yield return "out_of_area";
        }
        if (IsToBeSaid(known))
        {
            yield return TreatedAsChild;
        }
    }

    public const string TreatedAsChild = "treated_as_child";

    /// <summary>Everybody sees that a girl of twelve is a child; that somebody of unknown age is treated as one has to be said.</summary>
    public static bool IsToBeSaid(Minimum known) => known.AsChild && AgeBand.Find(known.AgeBand) is not { To: < Age.Majority };

    /// <summary>She is treated as a child, and the service or the place is for adults alone.</summary>
    /// <returns>Null when she may go there.</returns>
    public static Refusal? ForAdults(Minimum known, int? minAge, string? population) =>
        !known.AsChild ? null
        : IsForAdults(minAge) ? new Refusal(ReferralRefusals.TreatedAsChild) { Errors = [new FieldError("/serviceId", TreatedAsChild)] }
        : Populations.AreForAdults(population) ? new Refusal(ReferralRefusals.TreatedAsChild) { Errors = [new FieldError("/population", TreatedAsChild)] }
        : null;

    public static bool IsForAdults(int? minAge) => minAge >= Age.Majority;

    private const string SaveMinimumSql = """
        UPDATE referrals
           SET age_band = @ageBand, sex = @sex, district = @district
         WHERE id = @id
        """;

    public static Task<int> SaveMinimumAsync(Work work, Guid id, Minimum minimum, CancellationToken cancellation) =>
        work.ExecuteAsync(SaveMinimumSql, new { id, ageBand = minimum.AgeBand, sex = minimum.Sex, district = minimum.District }, cancellation);

    /// <summary>What is judged again as a referral is sent, however old its draft or the referral before it: how urgent it is, and what must be said of her.</summary>
    public static async Task<Referral> AfreshAsync(
        Work work, StoredReferral stored, Referral after, Offer offer, Keys keys, CancellationToken cancellation)
    {
        var (urgency, rule) = await RaiseAsync(work, after.VictimId, after.AskedUrgency, stored.Category, keys, cancellation);
        return after with { Urgency = urgency, UrgencyRule = rule, Flags = [.. Flags(stored.Known, offer)] };
    }

    /// <summary>Rules look into the incidents, as the draft is written and again as it is sent.</summary>
    private static async Task<(Urgency Urgency, string? Rule)> RaiseAsync(
        Work work, Guid victimId, Urgency asked, string category, Keys keys, CancellationToken cancellation)
    {
        if (!UrgencyRules.MayRaise(asked, category))
        {
            return (asked, null);
        }
        var incidents = await work.ListAsync<SealedRecord>(IncidentsSql, new { victimId }, cancellation);
        return UrgencyRules.Raise(asked, category, incidents.Select(record => FactsOf(record, keys)), work.Now);
    }

    private static IncidentFacts FactsOf(SealedRecord record, Keys keys)
    {
        var incident = keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.Item);
        var lastDay = incident.To ?? incident.From;
        return new IncidentFacts(incident.Types ?? [], incident.Means ?? [], lastDay is { } day ? Karachi.EndOf(day) : record.At);
    }

    private const string IncidentsSql = $"""
        SELECT d.id, d.victim_id, d.kind, d.group_code, d.occurrence_id, d.restricted, d.author_id, d.at, d.changed_at, d.body, d.version,
               v.access_version, {Keys.Columns}
          FROM records d
          JOIN victims v ON v.id = d.victim_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE d.victim_id = @victimId
           AND d.kind = 'incident'
        """;

    private const string OfferSql = """
        SELECT s.agency_id, s.min_age, a.province
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
         WHERE s.id = @serviceId
           AND s.status = 'active'
           AND a.status = 'active'
           AND NOT EXISTS (SELECT 1 FROM blocks b JOIN victims p ON p.id = b.victim_id JOIN victims v ON v.person_id = p.person_id
                            WHERE v.id = @victimId AND b.lifted_at IS NULL
                              AND b.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id = a.id))
        """;

    /// <returns>Null when it is retired, suspended or must never learn of her: one answer for all.</returns>
    public static Task<Offer?> OfferAsync(Work work, Guid serviceId, Guid victimId, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Offer>(OfferSql, new { serviceId, victimId }, cancellation);

    private const string ItemsSql = $"""
        SELECT d.id, d.group_code
          FROM records d
          JOIN victims v ON v.id = d.victim_id
         WHERE d.victim_id = @victimId
           AND d.kind NOT IN ('identity', 'contact', 'demographics', 'health', 'family', 'legal')
           AND d.id IN (@records)
           AND {Visibility.OfItems}
        """;

    private static async Task<IReadOnlyList<ItemRow>> ItemsAsync(Work work, Guid victimId, IReadOnlyList<Guid> records, CancellationToken cancellation) =>
        records.Count == 0 ? [] : await work.ListAsync<ItemRow>(ItemsSql, new { victimId, records }, cancellation);

    private const string NewGroupSql = """
        INSERT INTO referral_groups (id, sender_agency_id, kind, together, created_by, created_at)
        SELECT @groupId, @unit, 'needs', 0, @principal, @now
         WHERE NOT EXISTS (SELECT 1 FROM referral_groups q WHERE q.id = @groupId)
        """;

    private const string OwnGroupSql = """
        SELECT count(*)
          FROM referral_groups q
         WHERE q.id = @groupId
           AND q.sender_agency_id = @unit
        """;

    /// <summary>The first referral that names a group makes it.</summary>
    private static async Task<bool> JoinGroupAsync(Work work, Guid groupId, CancellationToken cancellation)
    {
        await work.ExecuteAsync(NewGroupSql, new { groupId }, cancellation);
        return await work.ScalarAsync<int>(OwnGroupSql, new { groupId }, cancellation) == 1;
    }

    private sealed record ItemRow
    {
        public required Guid Id { get; init; }
        public required string GroupCode { get; init; }
    }
}

/// <summary>What a referral says of her before anything is opened.</summary>
internal readonly record struct Minimum(string AgeBand, string Sex, string District, bool AsChild)
{
    public bool IsSaidBy(StoredReferral referral) => (AgeBand, Sex, District) == (referral.AgeBand, referral.Sex, referral.District);
}

/// <summary>A service that takes referrals.</summary>
internal sealed record Offer
{
    public required Guid AgencyId { get; init; }
    public string? Province { get; init; }
    public int? MinAge { get; init; }
}
