using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A family, or all whom a rescue operation found, registered in one request.</summary>
public sealed class IntakeTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_family_of_six_is_one_household_and_six_cases()
    {
        var ids = NewIds(6);
        var officer = _app.As(World.Officer);

        var made = await officer.PostAsync("/victims/intake", Family(ids)).JsonAsync(201);

        var household = made.GetProperty("householdId").GetGuid();
        var listed = Items(await officer.ReadAsync($"/households/{household}").JsonAsync());
        var identity = await officer.ReadAsync($"/victims/{ids[5]}/identity").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()), Is.EqualTo(ids));
            Assert.That(made.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("caseCode").GetString()), Is.Unique);
            Assert.That(listed.Select(one => one.GetProperty("id").GetGuid()), Is.EquivalentTo(ids));
            Assert.That(identity.GetProperty("name").GetProperty("latin").GetString(), Is.EqualTo("Child F"));
            Assert.That(await RegisteredAsync(ids), Is.EqualTo(6), "One journal row each.");
        }
    }

    [Test]
    public async Task The_children_of_an_operation_share_no_household()
    {
        var ids = NewIds(2);

        var made = await _app.As(World.Officer).PostAsync("/victims/intake", Family(ids, kind: "operation")).JsonAsync(201);

        Assert.That(made.GetProperty("householdId").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(made.GetProperty("members").EnumerateArray().Select(one => one.GetProperty("householdId").ValueKind), Is.All.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task One_wrong_member_is_named_and_nobody_is_registered()
    {
        var ids = NewIds(3);
        var officer = _app.As(World.Officer);
        var good = Family(ids);

        var sex = await officer.PostAsync("/victims/intake", Last(good, "\"sex\":\"female\"", "\"sex\":\"man\"")).JsonAsync(400);
        var district = await officer.PostAsync("/victims/intake", Last(good, "PK-PB-KSR", "PK-PB-XXX")).JsonAsync(400);
        var script = await officer.PostAsync("/victims/intake", good.Replace("Child C", "کلثوم", StringComparison.Ordinal)).JsonAsync(422);
        var twice = await officer.PostAsync("/victims/intake", Family([ids[0], ids[1], ids[0]])).JsonAsync(422);
        var nobody = await officer.PostAsync("/victims/intake", """{"kind":"family","members":[]}""").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Pointers(sex), Is.EqualTo(new[] { "/members/2/sex" }));
            Assert.That(Pointers(district), Is.EqualTo(new[] { "/members/2/found/district" }));
            Assert.That(Pointers(script), Is.EqualTo(new[] { "/members/2/name/latin" }));
            Assert.That(Pointers(twice), Is.EqualTo(new[] { "/members/2/id" }));
            Assert.That(Pointers(nobody), Is.EqualTo(new[] { "/members" }));
            Assert.That(await RegisteredAsync(ids), Is.Zero);
        }
    }

    [Test]
    public async Task An_id_that_is_in_use_undoes_the_others_too()
    {
        var officer = _app.As(World.Officer);
        var taken = await officer.GivenVictimAsync();
        var ids = NewIds(2);

        var problem = await officer.PostAsync("/victims/intake", Family([ids[0], ids[1], taken])).JsonAsync(409);

        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo("id_taken"));
        Assert.That(Pointers(problem), Is.EqualTo(new[] { "/members/2/id" }));
        Assert.That(await RegisteredAsync(ids), Is.Zero);
    }

    [Test]
    public async Task Sent_again_it_answers_and_another_body_under_its_key_is_refused()
    {
        var ids = NewIds(3);
        var officer = _app.As(World.Officer);
        var body = Family(ids);

        var both = await Task.WhenAll(officer.PostAsync("/victims/intake", body, key: "family-key-1").JsonAsync(201), officer.PostAsync("/victims/intake", body, key: "family-key-1").JsonAsync(201));
        var other = await officer.PostAsync("/victims/intake", body.Replace("Child A", "Child Z", StringComparison.Ordinal), key: "family-key-1").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(both[1].ToString(), Is.EqualTo(both[0].ToString()));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("key_reused"));
            Assert.That(await RegisteredAsync(ids), Is.EqualTo(3));
        }
    }

    [Test]
    public async Task A_household_in_use_is_not_joined_and_is_seen_by_its_team_alone()
    {
        var household = Guid.CreateVersion7();
        var officer = _app.As(World.Officer);
        await officer.PostAsync("/victims/intake", Family(NewIds(2), household: household)).JsonAsync(201);

        var again = await officer.PostAsync("/victims/intake", Family(NewIds(2), household: household)).JsonAsync(409);
        var seenBy = new List<string>();
        foreach (var persona in World.Everybody)
        {
            using var response = await _app.As(persona).ReadAsync($"/households/{household}");
            if ((int)response.StatusCode == 200)
            {
                seenBy.Add(persona.Key);
            }
        }

        Assert.That(Pointers(again), Is.EqualTo(new[] { "/householdId" }));
        Assert.That(seenBy, Is.EquivalentTo(new[] { World.Officer.Key, World.PoliceSupervisor.Key }));
    }

    [Test]
    public async Task A_hundred_found_in_one_operation_are_one_request()
    {
        var ids = NewIds(100);

        var made = await _app.As(World.Officer).PostAsync("/victims/intake", Family(ids, kind: "operation")).JsonAsync(201);

        Assert.That(made.GetProperty("members").GetArrayLength(), Is.EqualTo(100));
    }

    internal static Guid[] NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())];

    internal static string Family(IReadOnlyList<Guid> ids, string kind = "family", Guid? household = null)
    {
        var members = ids.Select((id, i) => string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"{{{id}}}","found":{"district":"PK-PB-KSR"},"sex":"{{{(i % 2 == 0 ? "female" : "male")}}}","age":{"years":{{{4 + (2 * (i % 6))}}}},"name":{"latin":"Child {{{(char)('A' + (i % 26))}}}"}}
            """));
        return $$"""{"kind":"{{kind}}","householdId":{{(household is null ? "null" : $"\"{household}\"")}},"members":[{{string.Join(',', members)}}]}""";
    }

    private static string Last(string body, string what, string by)
    {
        var at = body.LastIndexOf("\"id\"", StringComparison.Ordinal);
        return body[..at] + body[at..].Replace(what, by, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Pointers(JsonElement problem) => problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString());

    private static JsonElement[] Items(JsonElement page) => [.. page.GetProperty("items").EnumerateArray()];

    private Task<int> RegisteredAsync(Guid[] ids) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(
        "SELECT count(*) FROM journal j WHERE j.action = 'victim.registered' AND j.victim_id IN (@ids)", new { ids }, CancellationToken.None));
}
