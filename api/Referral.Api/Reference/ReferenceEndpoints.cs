using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What everybody looks up: places, code lists, numbers to ring. Open to the public, for it names nobody.</summary>
internal static class ReferenceEndpoints
{
    private static readonly Helpline[] Helplines = [.. Csv.Rows("helplines.csv").Select(row => new Helpline(
        row("number"), row("name_en"), row("name_ur"), Csv.Known(row("agency_code")), Csv.Known(row("province_code")), Csv.Known(row("hours")), Csv.Known(row("serves"))))];

    public static void MapReference(this IEndpointRouteBuilder api)
    {
        var reference = api.MapGroup("").WithTags("Reference").AllowAnonymous();
        reference.MapGet("/provinces", Provinces)
            .WithName("listProvinces")
            .WithSummary("List provinces and administered areas")
            .WithDescription("By ISO 3166-2 code.");
        reference.MapGet("/districts", DistrictsOf)
            .WithName("listDistricts")
            .WithSummary("List districts")
            .WithDescription("Own codes, province and three letters. A superseded district can be read, not written.")
            .Refuses(Unreadable);
        reference.MapGet("/taxonomies", Index)
            .WithName("listTaxonomies")
            .WithSummary("List the code lists")
            .WithDescription("Names and titles; every coded member of this API names one of them.");
        reference.MapGet("/taxonomies/{name}", Find)
            .WithName("getTaxonomy")
            .WithSummary("Read a code list")
            .WithDescription("With labels in English and Urdu, and in Sindhi and Pashto where there are any. A retired code can be read, not written.")
            .Refuses(Unknown);
        reference.MapGet("/helplines", HelplinesOf)
            .WithName("listHelplines")
            .WithSummary("List numbers that anybody can ring")
            .WithDescription("With a province: its own numbers first, then those of the whole country.")
            .Refuses(Unreadable);
    }

    internal static Published<Page<Province>> Provinces(Districts districts) => Whole(districts.Provinces);

    internal static Results<Published<Page<District>>, Refused> DistrictsOf(Districts districts, string? province) =>
        districts.ProvinceFault("province", province) is { } fault
            ? Refused.Because(fault)
            : Whole<District>([.. districts.All.Where(district => province is null || district.ProvinceCode == province)]);

    internal static Published<TaxonomyIndex> Index(Taxonomies taxonomies) => new(new TaxonomyIndex(
        taxonomies.Version,
        [.. taxonomies.Names.Order(StringComparer.Ordinal).Select(name => new TaxonomyName(name, taxonomies.Find(name)!.Title))]));

    internal static Results<Published<Taxonomy>, Refused> Find(Taxonomies taxonomies, string name) =>
        taxonomies.Find(name) is { } found ? new Published<Taxonomy>(found) : Refused.Because(Unknown);

    internal static Results<Published<Page<Helpline>>, Refused> HelplinesOf(Districts districts, string? province) =>
        districts.ProvinceFault("province", province) is { } fault
            ? Refused.Because(fault)
            : Whole<Helpline>([.. Helplines
                .Where(line => province is null || line.ProvinceCode is null || line.ProvinceCode == province)
                .OrderBy(line => province is not null && line.ProvinceCode is null)]);

    private static Published<Page<T>> Whole<T>(IReadOnlyList<T> items) => new(new Page<T>(items, null));
}
