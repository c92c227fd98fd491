using System.Collections.Frozen;

namespace NationalReferral;

/// <summary>What a worker is in an agency (taxonomy <c>access_role</c>).</summary>
public enum Role
{
    Caseworker,
    Supervisor,
    ProviderStaff,
    IntakeOperator,
    AgencyAdmin,
    ProtectionOfficer,
    NationalCoordinator,
    Auditor,
    SystemAdmin,
}

/// <summary>What a role or a client's scope lets somebody try. Which child, which referral is another question: grants answer it.</summary>
/// <param name="Code">Names it in the contract and in the matrix of tests.</param>
/// <param name="Roles">A worker needs one of these.</param>
/// <param name="Scope">A partner client needs this one; null: no client may.</param>
public sealed record Permission(string Code, IReadOnlyList<Role> Roles, string? Scope)
{
    private readonly FrozenSet<string> _roles = Roles.Select(role => role.Code()).ToFrozenSet(StringComparer.Ordinal);

    public bool AllowsWorker(IReadOnlySet<string> roles) => _roles.Overlaps(roles);

    public bool AllowsClient(IReadOnlySet<string> scopes) => Scope is not null && scopes.Contains(Scope);
}

/// <summary>The one table of who may try what (design: access). Routes name a row; the matrix test walks them all.</summary>
public static class Permissions
{
    /// <summary>What a partner client can be given (design: access).</summary>
    public static readonly IReadOnlyList<string> ClientScopes =
    [
        "directory.read", "capacity.write", "victims.read", "victims.write", "bases.write",
        "referrals.read", "referrals.write", "reports.write", "changes.read", "subscriptions.write",
    ];

    private static readonly Role[] Everybody = Enum.GetValues<Role>();

    public static readonly Permission Me = new("me", Everybody, "directory.read");
    public static readonly Permission ReadDirectory = new("read_directory", Everybody, "directory.read");
    public static readonly Permission Notifications = new("notifications", Everybody, null);

    public static readonly Permission Register = new("register", [Role.Caseworker, Role.Supervisor, Role.IntakeOperator], "victims.write");
    public static readonly Permission ReadCases = new("read_cases", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff, Role.IntakeOperator, Role.ProtectionOfficer], "victims.read");
    public static readonly Permission Search = new("search", [Role.Caseworker, Role.Supervisor, Role.IntakeOperator], "victims.read");
    public static readonly Permission WriteCases = new("write_cases", [Role.Caseworker, Role.Supervisor], "victims.write");

    /// <summary>Deciding how old somebody is, after her age was disputed or while nobody knows it. Never of an own dispute.</summary>
    public static readonly Permission DetermineAge = new("determine_age", [Role.Supervisor], null);

    public static readonly Permission CloseCases = new("close_cases", [Role.Caseworker, Role.Supervisor], null);
    public static readonly Permission ManageTeams = new("manage_teams", [Role.Caseworker, Role.Supervisor], null);
    public static readonly Permission RecordBases = new("record_bases", [Role.Caseworker, Role.Supervisor], "bases.write");
    /// <summary>What nobody consents to: two people decide it, a law or an emergency asks for it, a court says who decides or what is kept.</summary>
    public static readonly Permission ShareWithoutConsent = new("share_without_consent", [Role.Caseworker, Role.Supervisor], null);

    /// <summary>Giving a survivor a code, reading what she says by it, and answering her.</summary>
    public static readonly Permission HearHer = new("hear_her", [Role.Caseworker, Role.Supervisor], null);

    /// <summary>What courts order: writing it down, staying it, ending it. The national office keeps the orders of cases that lie before it.</summary>
    public static readonly Permission KeepOrders = new("keep_orders", [Role.Caseworker, Role.Supervisor, Role.ProtectionOfficer], null);

    public static readonly Permission TransferCases = new("transfer_cases", [Role.Supervisor], null);
    public static readonly Permission ReadApprovals = new("read_approvals", [Role.Caseworker, Role.Supervisor, Role.ProtectionOfficer], null);

    /// <summary>Taking back what one has proposed oneself.</summary>
    public static readonly Permission Propose = new("propose", [Role.Caseworker, Role.Supervisor, Role.ProtectionOfficer], null);

    /// <summary>Being the second person; never of an own proposal.</summary>
    public static readonly Permission Decide = new("decide", [Role.Supervisor, Role.ProtectionOfficer], null);

    /// <summary>Opening a case in an emergency: whoever meets people. Not the national office, which answers for it afterwards.</summary>
    public static readonly Permission BreakGlass = new("break_glass", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff], null);

    /// <summary>Looking at an emergency access and ending it; whose it is, is another question.</summary>
    public static readonly Permission ReadBreakGlass = new("read_break_glass", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff, Role.ProtectionOfficer], null);

    /// <summary>Answering whether it was right; never of one's own.</summary>
    public static readonly Permission ReviewBreakGlass = new("review_break_glass", [Role.Supervisor, Role.ProtectionOfficer], null);

    public static readonly Permission SetBlocks = new("set_blocks", [Role.Supervisor, Role.ProtectionOfficer], null);

    /// <summary>Hearing of those who are kept away and try all the same.</summary>
    public static readonly Permission WatchBlocks = new("watch_blocks", [Role.ProtectionOfficer], null);

    public static readonly Permission ReadReferrals = new("read_referrals", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff, Role.ProtectionOfficer], "referrals.read");
    public static readonly Permission Refer = new("refer", [Role.Caseworker, Role.Supervisor], "referrals.write");
    public static readonly Permission Answer = new("answer", [Role.ProviderStaff, Role.Supervisor], "referrals.write");

    /// <summary>Any move at all; whose move it is asks for <see cref="Refer"/>, <see cref="Answer"/> or <see cref="Oversee"/> as well.</summary>
    public static readonly Permission Act = new("act", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff, Role.ProtectionOfficer], "referrals.write");

    /// <summary>Deciding where the parties of a referral did not, in time.</summary>
    public static readonly Permission Oversee = new("oversee", [Role.ProtectionOfficer], null);

    public static readonly Permission WriteEntries = new("write_entries", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff], "referrals.write");

    /// <summary>Taking and sorting what people tell; complaints reach the protection officer.</summary>
    public static readonly Permission Reports = new("reports", [Role.IntakeOperator, Role.Supervisor, Role.ProtectionOfficer], "reports.write");

    /// <summary>Counting somebody who refused: whoever spoke with her may.</summary>
    public static readonly Permission CountUnnamed = new("count_unnamed", [Role.Caseworker, Role.Supervisor, Role.IntakeOperator], "reports.write");

    /// <summary>Making a case of a report, or finding the one that it belongs to.</summary>
    public static readonly Permission LinkReports = new("link_reports", [Role.IntakeOperator, Role.Supervisor], null);

    public static readonly Permission WriteServices = new("write_services", [Role.ProviderStaff, Role.AgencyAdmin], null);
    public static readonly Permission WriteCapacity = new("write_capacity", [Role.ProviderStaff, Role.AgencyAdmin], "capacity.write");
    public static readonly Permission ReadWorkers = new("read_workers", [Role.AgencyAdmin, Role.Supervisor, Role.SystemAdmin], null);
    public static readonly Permission ManageWorkers = new("manage_workers", [Role.AgencyAdmin, Role.SystemAdmin], null);
    public static readonly Permission ManageClients = new("manage_clients", [Role.AgencyAdmin], null);
    public static readonly Permission ManageAgencies = new("manage_agencies", [Role.SystemAdmin, Role.AgencyAdmin], null);
    /// <summary>For the country or for an agency: nobody gives himself more time.</summary>
    public static readonly Permission SetClockLengths = new("set_clock_lengths", [Role.SystemAdmin], null);
    /// <summary>Proposing what the laws say of ages, and being the second person; never of an own proposal.</summary>
    public static readonly Permission KeepLaw = new("keep_law", [Role.SystemAdmin, Role.ProtectionOfficer], null);
    public static readonly Permission SetHolidays = new("set_holidays", [Role.SystemAdmin], null);
    public static readonly Permission ReadAudit = new("read_audit", [Role.Auditor], null);
}

/// <summary>Which parts of the web client a worker meets (<c>GET /me</c>), so that no screen tests a role.</summary>
public static class Areas
{
    private static readonly (string Area, Role[] Roles)[] Table =
    [
        ("work", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff]),
        ("find", [Role.Caseworker, Role.Supervisor, Role.IntakeOperator]),
        ("register", [Role.Caseworker, Role.Supervisor, Role.IntakeOperator]),
        ("places", [Role.ProviderStaff, Role.AgencyAdmin]),
        ("reports", [Role.IntakeOperator, Role.Supervisor, Role.ProtectionOfficer]),
        ("desk", [Role.Supervisor, Role.ProtectionOfficer]),
        ("emergency", [Role.Caseworker, Role.Supervisor, Role.ProviderStaff]),
        ("alerts", [Role.ProtectionOfficer]),
        ("law", [Role.SystemAdmin, Role.ProtectionOfficer]),
        ("insights", [Role.NationalCoordinator]),
        ("audit", [Role.Auditor]),
        ("agency", [Role.AgencyAdmin, Role.SystemAdmin]),
        ("account", Enum.GetValues<Role>()),
    ];

    public static IReadOnlyList<string> Of(IReadOnlySet<string> roles) =>
        [.. Table.Where(row => row.Roles.Any(role => roles.Contains(role.Code()))).Select(row => row.Area)];
}
