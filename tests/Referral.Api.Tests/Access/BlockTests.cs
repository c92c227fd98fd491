using System.Net;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A block beats every grant, and whoever it is about learns nothing of it.</summary>
public sealed class BlockTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_blocked_member_of_the_team_meets_what_does_not_exist_until_the_block_is_lifted()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var block = await SetAsync(World.PoliceSupervisor, victim, $$"""{"workerId":"{{World.Officer.Id}}","reason":"threatened_person","note":"rang her uncle"}""").JsonAsync(201);

        string[] paths = ["", "/identity", "/records", "/needs", "/bases", "/team", "/grants", "/assignable", "/access-log", "/history"];
        var hers = await BodiesAsync(World.Officer, victim, paths);
        var none = await BodiesAsync(World.Officer, Guid.NewGuid(), paths);
        var list = await _app.As(World.Officer).ReadAsync("/victims").JsonAsync();
        await GivenBlock.LiftAsync(_app, victim, block.GetProperty("id").GetGuid(), World.PoliceSupervisor, World.ProtectionOfficer);
        using var lifted = await _app.As(World.Officer).ReadAsync($"/victims/{victim}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(block.GetProperty("note").GetString(), Is.EqualTo("rang her uncle"));
            Assert.That(hers, Is.EqualTo(none));
            Assert.That(list.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("id").GetGuid()), Does.Not.Contain(victim));
            Assert.That(lifted.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }
    }

    [Test]
    public async Task A_blocked_agency_with_its_supervisors_is_blind_and_only_the_national_office_can_help()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var own = await SetAsync(World.PoliceSupervisor, victim, $$"""{"agencyId":"{{World.Police}}","reason":"under_review"}""").JsonAsync(422);
        var set = await SetAsync(World.ProtectionOfficer, victim, $$"""{"agencyId":"{{World.Police}}","reason":"under_review","note":"file 12"}""").JsonAsync(201);
        using var officer = await _app.As(World.Officer).ReadAsync($"/victims/{victim}");
        using var supervisor = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{victim}/blocks");
        using var lifting = await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks/{set.GetProperty("id").GetGuid()}/lift", "");
        using var opening = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{victim}/identity");
        var list = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{victim}/blocks").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("own_block"));
            Assert.That(officer.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(supervisor.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(lifting.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(opening.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(list.GetProperty("items")[0].GetProperty("note").GetString(), Is.EqualTo("file 12"));
        }
    }

    [Test]
    public async Task Only_those_who_may_set_blocks_read_of_them_anywhere()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await SetAsync(World.PoliceSupervisor, victim, $$"""{"workerId":"{{World.OtherOfficer.Id}}","reason":"person_asks"}""").JsonAsync(201);

        using var blocks = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/blocks");
        var log = await ActionsAsync(World.Officer, victim, "access-log");
        var history = await ActionsAsync(World.Officer, victim, "history");
        var supervisor = await ActionsAsync(World.PoliceSupervisor, victim, "history");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blocks.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(log.Concat(history), Has.None.StartWith("block"));
            Assert.That(supervisor, Does.Contain("block.set"));
        }
    }

    [TestCase("{\"reason\":\"person_asks\"}", 422, "/workerId")]
    [TestCase("{\"reason\":\"person_asks\",\"workerId\":\"00000000-0000-7000-8000-00000000ffff\"}", 422, "/workerId")]
    [TestCase("{\"reason\":\"person_asks\",\"agencyId\":\"00000000-0000-7000-8000-00000000ffff\"}", 422, "/agencyId")]
    [TestCase("{\"reason\":\"person_asks\",\"agencyId\":\"00000000-0000-7000-8000-0000000000a5\",\"workerId\":\"00000000-0000-7000-8000-0000000000b2\"}", 422, "/agencyId")]
    [TestCase("{\"reason\":\"gossip\",\"workerId\":\"00000000-0000-7000-8000-0000000000b2\"}", 400, "/reason")]
    public async Task What_makes_no_block_is_named_by_pointer(string body, int status, string pointer)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var problem = await SetAsync(World.PoliceSupervisor, victim, body).JsonAsync(status);

        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer));
    }

    [Test]
    public async Task A_stranger_who_sets_blocks_elsewhere_cannot_set_one_here()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        await SetAsync(World.StrangerSupervisor, victim, $$"""{"workerId":"{{World.Officer.Id}}","reason":"person_asks"}""").JsonAsync(404);
    }

    private Task<HttpResponseMessage> SetAsync(Persona by, Guid victim, string body) => _app.As(by).PostAsync($"/victims/{victim}/blocks", body);

    private async Task<IReadOnlyList<string>> BodiesAsync(Persona by, Guid victim, string[] paths)
    {
        var bodies = new List<string>();
        foreach (var path in paths)
        {
            using var response = await _app.As(by).ReadAsync($"/victims/{victim}{path}");
            bodies.Add($"{path} {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        }
        return bodies;
    }

    private async Task<IReadOnlyList<string>> ActionsAsync(Persona by, Guid victim, string what)
    {
        var page = await _app.As(by).ReadAsync($"/victims/{victim}/{what}").JsonAsync();
        return [.. page.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString()!)];
    }
}
