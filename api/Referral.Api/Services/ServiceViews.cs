using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What callers are shown of services; the one place that keeps a confidential unit's place to its own people.</summary>
internal static class ServiceViews
{
    /// <summary>Views of <paramref name="services"/>, in their order.</summary>
    public static async Task<IReadOnlyList<ServiceView>> OfAsync(Work work, IReadOnlyList<ServiceRow> services, CancellationToken cancellation)
    {
        var terms = await ServiceStore.TermsAsync(work, services.Select(service => service.Id), cancellation);
        var places = await CapacityStore.ListAsync(work, services.Select(service => service.Id), cancellation);
        return [.. services.Select(service => Of(service, [.. terms[service.Id]], [.. places[service.Id]], work.Now))];
    }

    public static ServiceView Of(ServiceRow service, IReadOnlyList<TermRow> terms, IReadOnlyList<Places> places, DateTimeOffset now)
    {
        var showsPlace = !service.Confidential || service.IsOwn;
        var hours = OpeningHours.Parse(service.Hours);
        var constraints = Codes(terms, ServiceStore.Constraint);
        return new ServiceView(
            service.Id,
            new Ref(service.AgencyId, service.AgencyNameEn, service.AgencyNameUr),
            service.NameEn,
            service.NameUr,
            service.Category,
            service.MinAge,
            service.MaxAge,
            service.Sex,
            Codes(terms, ServiceStore.Language),
            Codes(terms, ServiceStore.Access),
            constraints,
            Codes(terms, ServiceStore.Coverage),
            constraints.Contains("with_siblings"),
            ServiceRules.TimesOf(hours),
            hours.IsOpen(now),
            service.Emergency,
            service.Accreditation,
            service.AccreditedTo,
            service.AssuredOn,
            service.QuestionedAt,
            service.Status,
            service.Confidential,
            service.Province,
            showsPlace ? service.District : null,
            showsPlace ? service.Lat : null,
            showsPlace ? service.Lon : null,
            [.. places.Select(Of)],
            places.Count == 0 ? null : places.Sum(row => row.Free),
            null,
            service.IsOwn);
    }

    public static CapacityView Of(Places places) => new(
        places.Population, places.Licensed, places.Reserved, places.Occupied, places.Free, places.Waiting, places.AsOf, places.DoubtedAt, Tag.Of(places.Version).Text);

    private static string[] Codes(IReadOnlyList<TermRow> terms, string kind) => [.. terms.Where(term => term.Kind == kind).Select(term => term.Code)];
}
