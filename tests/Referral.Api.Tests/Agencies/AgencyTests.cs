using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class AgencyTests
{
    private const string Address = "14 Marker Street, behind the mill";
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Me_says_who_is_calling_and_what_it_may_open()
    {
        var officer = await _app.As(World.Officer).ReadAsync("/me").JsonAsync();
        var client = await _app.As(World.PoliceClient).ReadAsync("/me").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(officer.GetProperty("kind").GetString(), Is.EqualTo("worker"));
            Assert.That(officer.GetProperty("agency").GetProperty("id").GetGuid(), Is.EqualTo(World.PoliceKasur));
            Assert.That(Texts(officer, "areas"), Is.SupersetOf(new[] { "work", "register" }));
            Assert.That(officer.GetProperty("memberships")[0].GetProperty("roles")[0].GetString(), Is.EqualTo("caseworker"));
            Assert.That(client.GetProperty("kind").GetString(), Is.EqualTo("client"));
            Assert.That(Texts(client, "scopes"), Does.Contain("victims.write"));
        }
    }

    [Test]
    public async Task A_worker_changes_the_own_name_and_a_client_does_not()
    {
        var desk = _app.As(World.HospitalDesk);
        using var before = await desk.ReadAsync("/me");

        var changed = await desk.PutAsync("/me", """{"displayName":"Night desk"}""", before.TagOf()).JsonAsync();
        using var client = await _app.As(World.ShelterClient).PutAsync("/me", """{"displayName":"x"}""", "\"1\"");

        Assert.That(changed.GetProperty("displayName").GetString(), Is.EqualTo("Night desk"));
        Assert.That((int)client.StatusCode, Is.EqualTo(403));
    }

    [Test]
    public async Task A_unit_stands_under_everything_that_its_parent_stands_under()
    {
        var unit = await GivenUnitAsync(World.PoliceAdmin, World.PoliceKasur, "A station");

        var listed = await _app.As(World.PoliceAdmin).ReadAsync($"/agencies/{unit}").JsonAsync();
        var stranger = await _app.As(World.StrangerAdmin).ReadAsync($"/agencies/{unit}").JsonAsync();

        Assert.That(listed.GetProperty("isOwn").GetBoolean(), Is.True);
        Assert.That(stranger.GetProperty("isOwn").GetBoolean(), Is.False);
    }

    [TestCase("null")]
    [TestCase("\"00000000-0000-7000-8000-0000000000a3\"")]
    public async Task An_administrator_creates_units_under_the_own_agency_only(string parent)
    {
        using var answer = await _app.As(World.PoliceAdmin).PostAsync("/agencies", Draft("Elsewhere", parent));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain("outside_own_agency"));
    }

    [Test]
    public async Task A_confidential_place_is_known_to_its_own_people_only()
    {
        var made = await _app.As(World.SystemAdmin).PostAsync("/agencies", Draft(
            "A hidden house", $"\"{World.Shelter}\"", $$""","confidential":true,"district":"PK-PB-KSR","address":"{{Address}}" """)).JsonAsync(201);
        var id = made.GetProperty("id").GetGuid();

        var own = await _app.As(World.ShelterAdmin).ReadAsync($"/agencies/{id}").JsonAsync();
        var others = await _app.As(World.Officer).ReadAsync($"/agencies/{id}").JsonAsync();
        var search = await _app.As(World.Officer).ReadAsync("/agencies?district=PK-PB-KSR").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("address").GetString(), Is.EqualTo(Address));
            Assert.That(own.GetProperty("district").GetString(), Is.EqualTo("PK-PB-KSR"));
            Assert.That(made.GetProperty("address").ValueKind, Is.EqualTo(JsonValueKind.Null), "the administrator of the system is not its own people");
            Assert.That(others.GetRawText(), Does.Not.Contain("Marker").And.Not.Contain("KSR"));
            Assert.That(others.GetProperty("province").GetString(), Is.EqualTo("PK-PB"));
            Assert.That(search.GetRawText(), Does.Not.Contain("hidden house"));
        }
    }

    [Test]
    public async Task An_address_stays_readable_through_every_change()
    {
        var made = await _app.As(World.SystemAdmin).PostAsync("/agencies", Draft(
            "A house", $"\"{World.Shelter}\"", $$""","confidential":true,"district":"PK-PB-KSR","address":"{{Address}}" """)).JsonAsync(201);
        var path = $"/agencies/{made.GetProperty("id").GetGuid()}";
        var system = _app.As(World.SystemAdmin);

        await system.PostAsync($"{path}/suspend", "{}", await TagAsync(system, path)).JsonAsync();
        await system.PostAsync($"{path}/resume", "{}", await TagAsync(system, path)).JsonAsync();
        await system.PutAsync(path, """{"kind":"shelter","nameEn":"Renamed","nameUr":"نیا نام","hasAccount":true,"confidential":true}""", await TagAsync(system, path)).JsonAsync();

        var own = await _app.As(World.ShelterAdmin).ReadAsync(path).JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("address").GetString(), Is.EqualTo(Address));
            Assert.That(own.GetProperty("district").GetString(), Is.EqualTo("PK-PB-KSR"));
            Assert.That(own.GetProperty("nameEn").GetString(), Is.EqualTo("Renamed"));
        }
    }

    [TestCase(""" "kind":"police","confidential":false """, "/kind")]
    [TestCase(""" "kind":"ngo","confidential":false,"district":"PK-SD-KHS","province":"PK-PB" """, "/province")]
    [TestCase(""" "kind":"ngo","confidential":true,"lat":31.5 """, "/lat")]
    [TestCase(""" "kind":"ngo","confidential":false,"lat":31.5 """, "/lon")]
    [TestCase(""" "kind":"ngo","confidential":false,"hasAccount":false """, "/hasAccount")]
    public async Task What_an_administrator_may_not_say_is_named(string members, string pointer)
    {
        var admin = _app.As(World.StrangerAdmin);
        var path = $"/agencies/{World.Stranger}";

        using var answer = await admin.PutAsync(path, $$"""{"nameEn":"S","nameUr":"س",{{(members.Contains("hasAccount", StringComparison.Ordinal) ? "" : "\"hasAccount\":true,")}}{{members}}}""", await TagAsync(admin, path));

        Assert.That((int)answer.StatusCode, Is.EqualTo(422));
        Assert.That(await answer.Content.ReadAsStringAsync(), Does.Contain($"\"{pointer}\""));
    }

    [Test]
    public async Task Another_agency_cannot_be_changed_and_the_own_unit_cannot_be_suspended()
    {
        var admin = _app.As(World.StrangerAdmin);
        using var foreign = await admin.PostAsync($"/agencies/{World.Hospital}/suspend", "{}", "\"1\"");
        using var own = await admin.PostAsync($"/agencies/{World.Stranger}/suspend", "{}", await TagAsync(admin, $"/agencies/{World.Stranger}"));

        Assert.That((int)foreign.StatusCode, Is.EqualTo(404));
        Assert.That((int)own.StatusCode, Is.EqualTo(422));
    }

    [Test]
    public async Task A_suspended_agency_takes_its_units_along()
    {
        var system = _app.As(World.SystemAdmin);
        var path = $"/agencies/{await GivenUnitAsync(World.SystemAdmin, World.Hospital, "A ward")}";
        var parent = $"/agencies/{World.Hospital}";

        await system.PostAsync($"{parent}/suspend", "{}", await TagAsync(system, parent)).JsonAsync();
        var during = await system.ReadAsync(path).JsonAsync();
        await system.PostAsync($"{parent}/resume", "{}", await TagAsync(system, parent)).JsonAsync();
        var after = await system.ReadAsync(path).JsonAsync();

        Assert.That(during.GetProperty("status").GetString(), Is.EqualTo("suspended"));
        Assert.That(after.GetProperty("status").GetString(), Is.EqualTo("active"));
    }

    [Test]
    public async Task Every_change_leaves_a_journal_row_and_what_changes_nothing_leaves_none()
    {
        var unit = await GivenUnitAsync(World.PoliceAdmin, World.PoliceKasur, "A journaled station");
        var admin = _app.As(World.PoliceAdmin);
        var path = $"/agencies/{unit}";
        const string Change = """{"kind":"shelter","nameEn":"Renamed station","nameUr":"نام","hasAccount":true,"confidential":false}""";

        await admin.PutAsync(path, Change, await TagAsync(admin, path)).JsonAsync();
        await admin.PutAsync(path, Change, await TagAsync(admin, path)).JsonAsync();
        using var refused = await admin.PutAsync(path, Change.Replace("shelter", "court", StringComparison.Ordinal), await TagAsync(admin, path));

        var actions = await _app.Database.ReadAsync(
            Platform.Caller.System,
            work => work.ListAsync<string>("SELECT action FROM journal WHERE subject_id = @unitId ORDER BY at, action", new { unitId = unit }, CancellationToken.None),
            CancellationToken.None);
        Assert.That((int)refused.StatusCode, Is.EqualTo(422));
        Assert.That(actions, Is.EquivalentTo(new[] { "agency.changed", "agency.created" }));
    }

    [Test]
    public async Task Pages_of_agencies_join_without_gap()
    {
        var client = _app.As(World.Officer);
        var all = await client.ReadAsync("/agencies?limit=200&hasAccount=false").JsonAsync();
        var names = new List<string>();
        var path = "/agencies?limit=25&hasAccount=false";
        while (true)
        {
            var page = await client.ReadAsync(path).JsonAsync();
            names.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("nameEn").GetString()!));
            if (page.GetProperty("next").GetString() is not { } next)
            {
                break;
            }
            path = $"/agencies?limit=25&hasAccount=false&cursor={next}";
        }

        Assert.That(names, Is.EqualTo(all.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("nameEn").GetString())));
    }

    private async Task<Guid> GivenUnitAsync(Persona by, Guid parent, string name) =>
        (await _app.As(by).PostAsync("/agencies", Draft(name, $"\"{parent}\"")).JsonAsync(201)).GetProperty("id").GetGuid();

    private static string Draft(string name, string parent, string more = ",\"confidential\":false") =>
        $$"""{"kind":"shelter","nameEn":"{{name}}","nameUr":"نام","hasAccount":true,"parentId":{{parent}}{{more}}}""";

    private static async Task<string> TagAsync(HttpClient client, string path)
    {
        using var answer = await client.ReadAsync(path);
        return answer.TagOf();
    }

    private static IEnumerable<string?> Texts(JsonElement element, string name) => element.GetProperty(name).EnumerateArray().Select(item => item.GetString());
}
