using System.Reflection;

namespace NationalReferral.Tests;

/// <summary>The table of permissions against the sentences of the design.</summary>
public sealed class PermissionsTests
{
    private static readonly Permission[] All =
        [.. typeof(Permissions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<Permission>()];

    private static readonly string[] Scopes =
    [
        "directory.read", "capacity.write", "victims.read", "victims.write", "bases.write", "referrals.read", "referrals.write",
        "reports.write", "changes.read", "subscriptions.write",
    ];

    private static readonly string[] AreasOfMe =
        ["work", "find", "register", "places", "reports", "desk", "emergency", "alerts", "law", "insights", "audit", "agency", "account"];

    [Test]
    public void Codes_are_unique_and_scopes_are_those_that_clients_can_have()
    {
        Assert.That(All.Select(p => p.Code), Is.Unique.And.Not.Empty);
        Assert.That(All.Select(p => p.Scope).OfType<string>().Distinct(), Is.SubsetOf(Scopes));
    }

    [TestCase("register", "caseworker supervisor intake_operator")]
    [TestCase("record_bases", "caseworker supervisor")]
    [TestCase("refer", "caseworker supervisor")]
    [TestCase("answer", "provider_staff supervisor")]
    [TestCase("write_services", "provider_staff agency_admin")]
    [TestCase("write_capacity", "provider_staff agency_admin")]
    [TestCase("transfer_cases", "supervisor")]
    [TestCase("close_cases", "caseworker supervisor")]
    [TestCase("decide", "supervisor protection_officer")]
    [TestCase("determine_age", "supervisor")]
    [TestCase("share_without_consent", "caseworker supervisor")]
    [TestCase("keep_orders", "caseworker supervisor protection_officer")]
    [TestCase("keep_law", "protection_officer system_admin")]
    [TestCase("set_blocks", "supervisor protection_officer")]
    [TestCase("manage_clients", "agency_admin")]
    [TestCase("reports", "intake_operator supervisor protection_officer")]
    [TestCase("read_audit", "auditor")]
    public void Who_may_try_what_is_what_the_design_says(string code, string roles)
    {
        var permission = All.Single(p => p.Code == code);

        Assert.That(permission.Roles.Select(role => role.Code()), Is.EquivalentTo(roles.Split(' ')));
    }

    [Test]
    public void Whoever_runs_the_system_or_watches_it_reads_no_case([Values(Role.SystemAdmin, Role.AgencyAdmin, Role.NationalCoordinator, Role.Auditor)] Role role)
    {
        HashSet<string> roles = [role.Code()];

        Assert.That(All.Where(p => p.AllowsWorker(roles)).Select(p => p.Code), Has.None.Contains("case").And.None.Contains("referral").And.None.Contains("bas"));
    }

    [Test]
    public void Nobody_without_a_role_may_try_anything()
    {
        Assert.That(All.Where(p => p.AllowsWorker(new HashSet<string>()) || p.AllowsClient(new HashSet<string>())), Is.Empty);
    }

    [Test]
    public void Every_area_is_one_of_the_design_and_every_role_has_its_account([Values] Role role)
    {
        Assert.That(Areas.Of(new HashSet<string> { role.Code() }), Is.SubsetOf(AreasOfMe).And.Contains("account"));
    }
}
