using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The public verbs of this slice beside <see cref="Capacity"/>.</summary>
internal static class Services
{
    /// <summary>
    /// Every offered service of a category, for <see cref="Matching.Rank"/>, confidential ones with their district and
    /// place: the ranking may use them, an answer may not name them. Whether a basis covers it and whether it is blocked
    /// is for the caller to say.
    /// </summary>
    public static async Task<IReadOnlyList<Candidate>> CandidatesAsync(Work work, string category, CancellationToken cancellation)
    {
        var services = await ServiceStore.OfCategoryAsync(work, category, cancellation);
        var terms = await ServiceStore.TermsAsync(work, services.Select(service => service.Id), cancellation);
        var places = await CapacityStore.ListAsync(work, services.Select(service => service.Id), cancellation);
        return [.. services.Select(service => CandidateOf(service, [.. terms[service.Id]], [.. places[service.Id]]))];
    }

    /// <summary>What the caller may see of these services, by id; the unknown ones are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, ServiceView>> ViewsAsync(Work work, IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        var rows = new List<ServiceRow>();
        foreach (var some in ids.Chunk(1000))
        {
            rows.AddRange(await ServiceStore.OfIdsAsync(work, some, cancellation));
        }
        return (await ServiceViews.OfAsync(work, rows, cancellation)).ToDictionary(view => view.Id);
    }

    private static Candidate CandidateOf(ServiceRow service, IReadOnlyList<TermRow> terms, IReadOnlyList<Places> places)
    {
        string[] Codes(string kind) => [.. terms.Where(term => term.Kind == kind).Select(term => term.Code)];
        return new Candidate
        {
            ServiceId = service.Id,
            AgencyId = service.AgencyId,
            Category = service.Category,
            IsActive = service.Status == "active" && service.AgencyStatus == "active",
            MinAge = service.MinAge,
            MaxAge = service.MaxAge,
            Sex = service.Sex,
            Languages = Codes(ServiceStore.Language),
            Accessibility = Codes(ServiceStore.Access),
            Constraints = Codes(ServiceStore.Constraint),
            Coverage = Codes(ServiceStore.Coverage),
            District = service.District,
            Province = service.Province,
            Location = service.Location,
            IsConfidential = service.Confidential,
            Hours = OpeningHours.Parse(service.Hours),
            TakesEmergencies = service.Emergency,
            Places = [.. places.Select(row => new FreePlaces(row.Population, row.Free, row.AsOf, row.DoubtedAt is not null))],
            AccreditedTo = service.AccreditedTo,
            IsQuestioned = service.QuestionedAt is not null,
        };
    }
}
