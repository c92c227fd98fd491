using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who is calling, and which parts of a client it meets.</summary>
/// <param name="Kind"><c>worker</c> or <c>client</c>.</param>
/// <param name="Agency">The agency, or unit of one, that it acts in.</param>
/// <param name="Memberships">Every place that a worker may act in; empty for a client.</param>
public sealed record MeView(
    string Kind,
    Guid Id,
    string DisplayName,
    Ref Agency,
    [property: CodeOf("agency_kind")] string UnitKind,
    string? District,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Areas,
    IReadOnlyList<MembershipView> Memberships);

public sealed record MeChange([property: Text(120)] string DisplayName);

public sealed record MembershipView(Ref Agency, [property: CodeOf("access_role")] IReadOnlyList<string> Roles);

/// <summary>An agency in a list. A confidential one names its district to its own people only.</summary>
public sealed record AgencyRow(
    Guid Id,
    Guid? ParentId,
    string? Code,
    [property: CodeOf("agency_kind")] string Kind,
    string NameEn,
    string NameUr,
    string? Province,
    string? District,
    [property: CodeOf("agency_status")] string Status,
    bool HasAccount,
    bool Confidential,
    string? Helpline);

/// <summary>An agency, or a unit of one.</summary>
/// <param name="Address">Of a confidential one: for its own people only, as is its district. Its position is kept nowhere.</param>
/// <param name="IsOwn">True when the caller's unit is this one, or stands above it.</param>
public sealed record AgencyView(
    Guid Id,
    Guid? ParentId,
    string? Code,
    [property: CodeOf("agency_kind")] string Kind,
    string NameEn,
    string NameUr,
    string? Province,
    string? District,
    [property: CodeOf("agency_status")] string Status,
    bool HasAccount,
    bool Confidential,
    string? Helpline,
    string? Address,
    double? Lat,
    double? Lon,
    [property: CodeOf("agency_calendar")] string Calendar,
    bool IsOwn);

/// <summary>A new agency; with a parent, a unit of it.</summary>
/// <param name="Province">Follows from the district where there is one; neither: it works in the whole country.</param>
public sealed record AgencyDraft(
    [property: CodeOf("agency_kind")] string Kind,
    [property: Text(200)] string NameEn,
    [property: Text(200)] string NameUr,
    bool HasAccount,
    bool Confidential,
    Guid? Id = null,
    Guid? ParentId = null,
    string? Province = null,
    string? District = null,
    [property: Text(500)] string? Address = null,
    [property: Within(23, 38)] double? Lat = null,
    [property: Within(60, 81)] double? Lon = null,
    [property: Text(60)] string? Helpline = null,
    [property: CodeOf("agency_calendar")] string Calendar = "usual");

/// <summary>
/// What can be changed of an agency; its parent cannot. Kind and account only by a system administrator. Who may not read
/// the address or district of a confidential agency keeps them by leaving them out.
/// </summary>
public sealed record AgencyChange(
    [property: CodeOf("agency_kind")] string Kind,
    [property: Text(200)] string NameEn,
    [property: Text(200)] string NameUr,
    bool HasAccount,
    bool Confidential,
    string? Province = null,
    string? District = null,
    [property: Text(500)] string? Address = null,
    [property: Within(23, 38)] double? Lat = null,
    [property: Within(60, 81)] double? Lon = null,
    [property: Text(60)] string? Helpline = null,
    [property: CodeOf("agency_calendar")] string Calendar = "usual");

/// <summary>Where an agency is. Sealed under the agency's own key.</summary>
internal sealed record AgencyAddress(string Text) : ISealed
{
    public static int Schema => 1;
}

/// <summary>A worker, and where they work within the caller's reach.</summary>
public sealed record WorkerView(
    Guid Id,
    string DisplayName,
    [property: CodeOf("worker_status")] string Status,
    DateTimeOffset? UnavailableUntil,
    IReadOnlyList<MembershipView> Memberships);

/// <summary>A name that a caller gave of a member of staff.</summary>
/// <param name="AgencyId">Where the worker works, or above it.</param>
public sealed record WorkerQuery(Guid AgencyId, [property: Text(200)] string Name);

/// <summary>Who may be meant, the likeliest first.</summary>
public sealed record MatchedWorkers(IReadOnlyList<WorkerRef> Items);

/// <param name="UnavailableUntil">On leave until then: cannot be assigned. Null: at work.</param>
/// <param name="NationalId">CNIC. It is sealed and shown to nobody, as are the next two; left out, what was said before stays.</param>
/// <param name="Phone">In any Pakistani writing, or international with +.</param>
/// <param name="FatherName">In any script.</param>
public sealed record WorkerChange(
    [property: Text(120)] string DisplayName,
    DateTimeOffset? UnavailableUntil = null,
    [property: Text(30)] string? NationalId = null,
    [property: Text(30)] string? Phone = null,
    [property: Text(200)] string? FatherName = null);

public sealed record MembershipChange([property: CodeOf("access_role"), Most(9)] IReadOnlyList<string> Roles);

/// <summary>A partner system of an agency.</summary>
/// <param name="ClientId">What it signs in with.</param>
/// <param name="Tag">For <c>If-Match</c>.</param>
public sealed record ClientView(
    Guid Id, Guid AgencyId, string ClientId, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, string Tag);

/// <param name="Scopes">What it may try, e.g. <c>referrals.read</c>; which child, grants say.</param>
public sealed record ClientDraft([property: Text(100)] string Name, [property: Most(10)] IReadOnlyList<string> Scopes);

/// <param name="ClientSecret">Shown once: null when the request is a repetition under its Idempotency-Key.</param>
public sealed record ClientSecretView(Guid Id, string ClientId, string? ClientSecret, IReadOnlyList<string> Scopes);
