using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Who can help with what, where, and now.</summary>
internal static class DirectoryEndpoints
{
    private const double Furthest = 2_500;

    public static void MapDirectory(this IEndpointRouteBuilder api) =>
        api.MapGet("/directory", SearchAsync).May(Permissions.ReadDirectory).WithTags("Services")
            .WithName("searchDirectory")
            .WithSummary("Search the directory of services")
            .WithDescription(
                "A district is matched by coverage. With a point, or else with a district, the nearest come first; without, by name. A service of a "
                + "confidential unit has no distance and stands behind those that have one; with maxKm it is left out. With free, full services are left "
                + "out; those that do not count places stay. Sex and age say which places count.")
            .Refuses(Unreadable);

    internal static async Task<Results<Listed<ServiceView>, Refused>> SearchAsync(
        Call call, Paging paging, Districts districts, Taxonomies taxonomies,
        [CodeOf("service_category")] string? category, string? district,
        [Within(-90, 90)] double? nearLat, [Within(-180, 180)] double? nearLon, [Within(0.1, Furthest)] double? maxKm,
        [Within(0, 120)] int? age, [CodeOf("sex", Only = ["female", "male", "transgender"])] string? sex, [CodeOf("language")] string? language,
        bool? openNow, bool? free)
    {
        var place = districts.Find(district);
        var near = nearLat is { } lat && nearLon is { } lon ? new GeoPoint(lat, lon) : place is null ? (GeoPoint?)null : new GeoPoint(place.Lat, place.Lon);
        var error = district is not null && place is null ? new FieldError("district", "unknown_code")
            : nearLat is null != nearLon is null ? new FieldError(nearLat is null ? "nearLat" : "nearLon", "missing")
            : maxKm is not null && near is null ? new FieldError("nearLat", "missing")
            : null;
        if (error is not null)
        {
            return Refused.Because(new Refusal(Unreadable) { Errors = [error] });
        }
        var question = new DirectoryQuestion(
            category, district, age, sex, language, maxKm is { } km ? Box.Around(near!.Value, km) : null,
            sex is null || age is null ? taxonomies.Codes("population") : Populations.For(sex, age < Age.Majority, withChildren: false));
        return await call.ReadAsync<Results<Listed<ServiceView>, Refused>>(async work =>
        {
            var found = (await DirectoryStore.FindAsync(work, question, call.Cancellation))
                .Where(row => openNow is not true || OpeningHours.Parse(row.Hours).IsOpen(work.Now))
                .Where(row => free is not true || row.Free is null or > 0)
                .Select(row => (Row: row, Km: Distance(near, row)))
                .Where(hit => maxKm is null || hit.Km <= maxKm)
                .OrderBy(hit => hit.Km ?? double.MaxValue)
                .ThenBy(hit => hit.Row.NameEn, StringComparer.Ordinal)
                .ThenBy(hit => hit.Row.Id)
                .ToList();
            var from = Begin(found.ConvertAll(hit => hit.Row.Id), paging.After);
            var page = found.Skip(from).Take(paging.Take).ToList();
            var views = await Services.ViewsAsync(work, page.ConvertAll(hit => hit.Row.Id), call.Cancellation);
            return Listed.Of(
                page,
                paging,
                hit => PlaceOf(from + page.IndexOf(hit), hit.Row.Id),
                hit => views[hit.Row.Id] with { FreePlaces = hit.Row.Free, DistanceKm = hit.Km });
        });
    }

    /// <summary>To a tenth of a kilometre; never to where nobody may know.</summary>
    private static double? Distance(GeoPoint? near, DirectoryRow row) =>
        near is { } here && !row.Confidential && row.Location is { } there ? Math.Round(here.DistanceTo(there), 1) : null;

    // The order has no column that a keyset could hold: the page goes on behind the last row shown or, when that row
    // has gone meanwhile, at the place where it stood.
    private static Cursor PlaceOf(int index, Guid id) => new(DateTimeOffset.UnixEpoch.AddTicks(index), id);

    private static int Begin(List<Guid> ids, Cursor? after) =>
        after is null ? 0
        : ids.IndexOf(after.Id) is var index and >= 0 ? index + 1
        : (int)((after.At ?? DateTimeOffset.UnixEpoch) - DateTimeOffset.UnixEpoch).Ticks;
}
