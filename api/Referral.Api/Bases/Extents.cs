using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a draft of any basis would open, looked at before it is written: the same questions for every kind.</summary>
internal static class Extents
{
    public static Extent Of(IExtentDraft draft) => new()
    {
        Groups = GroupsOf(draft.Groups),
        Records = draft.Records ?? [],
        Purposes = draft.Purposes,
        Agencies = draft.Recipients.Agencies ?? [],
        Kinds = draft.Recipients.Kinds ?? [],
        Districts = draft.Recipients.Districts ?? [],
        HideFromAgencies = draft.HideFrom?.Agencies ?? [],
        HideFromKinds = draft.HideFrom?.Kinds ?? [],
        ValidTo = draft.ValidTo,
    };

    public static Extent Of(OrderDraft draft) => new()
    {
        Groups = GroupsOf(draft.Groups),
        Records = draft.Records ?? [],
        Purposes = draft.Purposes,
        Agencies = draft.Agencies,
        ValidTo = draft.ValidTo,
    };

    public static Extent Of(EmergencyDraft draft, DateTimeOffset now) => new()
    {
        Groups = GroupsOf(draft.Groups),
        Records = draft.Records ?? [],
        Purposes = BasisRules.EmergencyPurposes,
        Agencies = draft.Recipients.Agencies ?? [],
        Kinds = draft.Recipients.Kinds ?? [],
        Districts = draft.Recipients.Districts ?? [],
        ValidTo = now.AddHours(draft.Hours),
    };

    /// <summary>400 unless every place is a district or a province.</summary>
    public static Refusal? UnknownPlace(RecipientsDraft recipients, Districts districts)
    {
        FieldError[] errors =
        [
            .. (recipients.Districts ?? [])
                .Select((code, i) => (code, i))
                .Where(place => districts.Find(place.code) is null && districts.Provinces.All(province => province.Code != place.code))
                .Select(place => new FieldError($"/recipients/districts/{place.i}", "unknown_code")),
        ];
        return errors.Length == 0 ? null : new Refusal(GeneralRefusals.Unreadable) { Errors = errors };
    }

    /// <param name="agencies">Where the body names the recipients.</param>
    /// <param name="items">Her items among those that are named, as far as the caller can open them.</param>
    /// <param name="supersedes">What it would replace: of the same kind, or it is none of those that can be.</param>
    /// <returns>Null when everything that it names is there.</returns>
    public static async Task<Refusal?> UnknownAsync(
        Work work, Guid victimId, BasisKind kind, Extent extent, string agencies, IReadOnlyDictionary<Guid, string> items, Guid? supersedes, CancellationToken cancellation)
    {
        var known = await AgencyRefs.OfAsync(work, extent.Agencies.Concat(extent.HideFromAgencies), cancellation);
        var errors = new List<FieldError>();
        errors.AddRange(Unknown(agencies, extent.Agencies, known.ContainsKey));
        errors.AddRange(Unknown("/hideFrom/agencies", extent.HideFromAgencies, known.ContainsKey));
        errors.AddRange(Unknown("/records", extent.Records, items.ContainsKey));
        if (supersedes is { } replaced && (await BasisStore.FindAsync(work, victimId, replaced, cancellation))?.Kind != kind)
        {
            errors.Add(new FieldError("/supersedesId", "unknown_reference"));
        }
        return errors.Count == 0 ? null : new Refusal(GeneralRefusals.RuleBroken) { Errors = errors };
    }

    /// <summary>Who is given data under a basis may not be the one who records it.</summary>
    /// <param name="agencies">Where the body names the recipients.</param>
    /// <param name="own">The caller's unit.</param>
    public static Refusal? OwnRecipient(Extent extent, string agencies, Recipient own) =>
        own.Line.Any(unit => extent.Agencies.Contains(unit.Id))
            ? new Refusal(BasisRefusals.RecipientRecords) { Errors = [new FieldError(agencies, BasisRefusals.RecipientRecords.Code)] }
            : null;

    /// <summary>The unit in which the caller acts, as a recipient.</summary>
    public static async Task<Recipient> OwnAsync(Work work, CancellationToken cancellation) =>
        (await BasisRows.RecipientsAsync(work, [work.Caller.UnitId], cancellation))[work.Caller.UnitId];

    private static DataGroup[] GroupsOf(IReadOnlyList<string> groups) => [.. groups.Where(group => group != Piece.Minimum).Select(Codes.Parse<DataGroup>)];

    private static IEnumerable<FieldError> Unknown(string pointer, IReadOnlyList<Guid> ids, Func<Guid, bool> isKnown) =>
        ids.Select((id, i) => (id, i)).Where(one => !isKnown(one.id)).Select(one => new FieldError($"{pointer}/{one.i}", "unknown_reference"));
}
