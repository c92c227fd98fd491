using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>When a service is open, in Karachi time. Neither always nor weekly: by appointment.</summary>
public sealed record OpeningTimes(bool Always, [property: Most(21)] IReadOnlyList<OpeningStretch> Weekly);

/// <param name="From"><c>HH:mm</c>.</param>
/// <param name="To"><c>HH:mm</c>; earlier than the beginning: on the next morning.</param>
/// <param name="Day">Null: every day.</param>
public sealed record OpeningStretch([property: Text(5)] string From, [property: Text(5)] string To, [property: CodeOf("weekday")] string? Day = null);

/// <summary>Places of one population.</summary>
/// <param name="Reserved">Kept for accepted referrals; only referrals change it.</param>
/// <param name="AsOf">When the provider last said how many are occupied.</param>
/// <param name="DoubtedAt">When the provider last turned somebody away for want of room, having said nothing of its places since.</param>
/// <param name="Tag">For <c>If-Match</c>.</param>
public sealed record CapacityView(
    [property: CodeOf("population")] string Population,
    int Licensed,
    int Reserved,
    int Occupied,
    int Free,
    int Waiting,
    DateTimeOffset? AsOf,
    DateTimeOffset? DoubtedAt,
    string Tag);

public sealed record CapacityChange(
    [property: Within(0, 100_000)] int Licensed, [property: Within(0, 100_000)] int Occupied, [property: Within(0, 100_000)] int Waiting);

/// <summary>What an agency offers, for whom and where.</summary>
/// <param name="Sex">Null: for all.</param>
/// <param name="Constraints">What it honours.</param>
/// <param name="Coverage">Districts, provinces, or <c>PK</c> for the whole country; empty: the own province.</param>
/// <param name="QuestionedAt">When it last declined somebody as not eligible, having confirmed nothing since.</param>
/// <param name="District">Of the unit; null when the unit is confidential and not the caller's own, as are lat and lon.</param>
/// <param name="FreePlaces">Null: places are not counted.</param>
/// <param name="DistanceKm">In the directory, when a place to measure from was given and the unit's own is known.</param>
public sealed record ServiceView(
    Guid Id,
    Ref Agency,
    string NameEn,
    string NameUr,
    [property: CodeOf("service_category")] string Category,
    int? MinAge,
    int? MaxAge,
    [property: CodeOf("sex")] string? Sex,
    [property: CodeOf("language")] IReadOnlyList<string> Languages,
    [property: CodeOf("accessibility")] IReadOnlyList<string> Accessibility,
    [property: CodeOf("service_constraint")] IReadOnlyList<string> Constraints,
    IReadOnlyList<string> Coverage,
    bool WithSiblings,
    OpeningTimes Hours,
    bool OpenNow,
    bool Emergency,
    [property: CodeOf("accreditation_kind")] string? Accreditation,
    DateOnly? AccreditedTo,
    DateOnly? AssuredOn,
    DateTimeOffset? QuestionedAt,
    [property: CodeOf("service_status")] string Status,
    bool Confidential,
    string? Province,
    string? District,
    double? Lat,
    double? Lon,
    IReadOnlyList<CapacityView> Capacity,
    int? FreePlaces,
    double? DistanceKm,
    bool IsOwn);

/// <summary>A service as its agency describes it.</summary>
/// <param name="Id">Of a new one; else as in the address.</param>
/// <param name="AgencyId">The unit that offers it, from the beginning; the own unit unless told.</param>
public sealed record ServiceDraft(
    [property: Text(200)] string NameEn,
    [property: Text(200)] string NameUr,
    [property: CodeOf("service_category")] string Category,
    OpeningTimes Hours,
    bool Emergency,
    Guid? Id = null,
    Guid? AgencyId = null,
    [property: Within(0, 120)] int? MinAge = null,
    [property: Within(0, 120)] int? MaxAge = null,
    [property: CodeOf("sex", Only = ["female", "male", "transgender"])] string? Sex = null,
    [property: CodeOf("language")] IReadOnlyList<string>? Languages = null,
    [property: CodeOf("accessibility")] IReadOnlyList<string>? Accessibility = null,
    [property: CodeOf("service_constraint")] IReadOnlyList<string>? Constraints = null,
    [property: Most(200)] IReadOnlyList<string>? Coverage = null,
    [property: CodeOf("accreditation_kind")] string? Accreditation = null,
    DateOnly? AccreditedTo = null);
