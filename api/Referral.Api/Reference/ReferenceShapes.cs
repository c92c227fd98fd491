using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The names of all code lists, and the version that they share.</summary>
public sealed record TaxonomyIndex(string Version, [property: Most(200)] IReadOnlyList<TaxonomyName> Items);

/// <param name="Title">By language: <c>en</c> and <c>ur</c> always.</param>
public sealed record TaxonomyName(string Name, IReadOnlyDictionary<string, string> Title);

/// <summary>A number that anybody can ring.</summary>
/// <param name="ProvinceCode">Null: it answers for the whole country.</param>
/// <param name="Hours">As the source says it, e.g. <c>24x7</c>.</param>
/// <param name="Serves">For whom, in English.</param>
public sealed record Helpline(string Number, string NameEn, string NameUr, string? AgencyCode, string? ProvinceCode, string? Hours, string? Serves);

/// <summary>One holiday of one day.</summary>
/// <param name="Province">Null: the whole country.</param>
public sealed record HolidayDraft(
    [property: Text(120)] string NameEn,
    [property: Text(120)] string NameUr,
    [property: CodeOf("holiday_kind")] string Kind = "special",
    [property: CodeOf("holiday_status", Only = ["expected", "announced"])] string Status = "announced",
    string? Province = null);

/// <summary>All holidays of one day; none: a working day.</summary>
public sealed record HolidaysDraft([property: Most(10)] IReadOnlyList<HolidayDraft> Items);

public sealed record HolidaysView(DateOnly Date, IReadOnlyList<HolidayView> Items);

public sealed record HolidayView(
    DateOnly Date,
    string? Province,
    string NameEn,
    string NameUr,
    [property: CodeOf("holiday_kind")] string Kind,
    [property: CodeOf("holiday_status")] string Status);
