using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class WorkerTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task An_administrator_sees_the_own_tree_and_a_supervisor_the_own_unit()
    {
        var admin = await _app.As(World.PoliceAdmin).ReadAsync("/workers").JsonAsync();
        var supervisor = await _app.As(World.PoliceSupervisor).ReadAsync("/workers").JsonAsync();
        using var stranger = await _app.As(World.StrangerAdmin).ReadAsync($"/workers/{World.Officer.Id}");

        var seen = admin.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Is.SupersetOf(new[] { World.Officer.Id, World.PoliceSupervisor.Id }));
            Assert.That(seen, Does.Not.Contain(World.ShelterDesk.Id));
            Assert.That(supervisor.GetRawText(), Does.Not.Contain(World.Officer.Id.ToString()));
            Assert.That((int)stranger.StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task Roles_are_set_by_another_and_ended_again()
    {
        var admin = _app.As(World.PoliceAdmin);
        var path = $"/workers/{World.IntakeOperator.Id}";

        var set = await admin.PutAsync($"{path}/memberships/{World.PoliceKasur}", """{"roles":["caseworker","intake_operator"]}""", await TagAsync(admin, path)).JsonAsync();
        var ended = await admin.SendAsync(HttpMethod.Delete, $"{path}/memberships/{World.PoliceKasur}", ifMatch: await TagAsync(admin, path)).JsonAsync();

        Assert.That(set.GetProperty("memberships").GetArrayLength(), Is.EqualTo(2));
        Assert.That(ended.GetProperty("memberships").GetArrayLength(), Is.EqualTo(1));
    }

    [TestCase("""{"roles":["agency_admin","supervisor"]}""", "roles_exclude")]
    [TestCase("""{"roles":["auditor"]}""", "not_offered")]
    [TestCase("""{"roles":[]}""", "required")]
    public async Task Some_roles_cannot_be_given_by_an_administrator(string body, string code)
    {
        var admin = _app.As(World.PoliceAdmin);
        var path = $"/workers/{World.OtherOfficer.Id}";

        using var answer = await admin.PutAsync($"{path}/memberships/{World.PoliceKasur}", body, await TagAsync(admin, path));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain(code));
    }

    [Test]
    public async Task Nobody_grants_to_himself()
    {
        var admin = _app.As(World.PoliceAdmin);
        var path = $"/workers/{World.PoliceAdmin.Id}";
        var tag = await TagAsync(admin, path);

        using var grant = await admin.PutAsync($"{path}/memberships/{World.PoliceKasur}", """{"roles":["supervisor"]}""", tag);
        using var end = await admin.PostAsync($"{path}/deactivate", "{}", tag);

        Assert.That((int)grant.StatusCode, Is.EqualTo(422));
        Assert.That((int)end.StatusCode, Is.EqualTo(422));
    }

    [Test]
    public async Task A_membership_outside_the_own_tree_is_unknown()
    {
        var admin = _app.As(World.PoliceAdmin);
        var path = $"/workers/{World.OtherOfficer.Id}";

        using var answer = await admin.PutAsync($"{path}/memberships/{World.Shelter}", """{"roles":["provider_staff"]}""", await TagAsync(admin, path));

        Assert.That((int)answer.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task A_worker_of_two_agencies_is_not_deactivated_by_one_of_them()
    {
        var system = _app.As(World.SystemAdmin);
        var path = $"/workers/{World.HospitalDesk.Id}";
        await system.PutAsync($"{path}/memberships/{World.Shelter}", """{"roles":["agency_admin"]}""", await TagAsync(system, path)).JsonAsync();
        var admin = _app.As(World.ShelterAdmin);

        using var answer = await admin.PostAsync($"{path}/deactivate", "{}", await TagAsync(admin, path));
        var seen = await admin.ReadAsync(path).JsonAsync();

        Assert.That((int)answer.StatusCode, Is.EqualTo(409));
        Assert.That(seen.GetProperty("memberships").GetArrayLength(), Is.EqualTo(1), "where else somebody works is not told");
    }

    [Test]
    public async Task A_deactivated_worker_stays_deactivated()
    {
        var admin = _app.As(World.ShelterAdmin);
        var path = $"/workers/{World.ShelterDesk.Id}";

        var gone = await admin.PostAsync($"{path}/deactivate", "{}", await TagAsync(admin, path)).JsonAsync();

        Assert.That(gone.GetProperty("status").GetString(), Is.EqualTo("inactive"));
    }

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var answer = await client.ReadAsync(path);
        return answer.TagOf();
    }
}
