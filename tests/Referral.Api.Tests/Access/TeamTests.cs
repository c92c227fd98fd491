using System.Net;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Teams: who joins, who leaves, who cannot be assigned.</summary>
public sealed class TeamTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Who_joins_sees_the_case_and_who_leaves_does_not()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        using var before = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{victim}/identity");
        await JoinAsync(World.Officer, victim, World.OtherOfficer.Id).JsonAsync(201);
        await JoinAsync(World.Officer, victim, World.OtherOfficer.Id).JsonAsync(201);
        using var during = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{victim}/identity");
        var team = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{victim}/team").JsonAsync();
        using var left = await _app.As(World.PoliceSupervisor).SendAsync(HttpMethod.Delete, $"/victims/{victim}/team/{World.OtherOfficer.Id}");
        using var again = await _app.As(World.PoliceSupervisor).SendAsync(HttpMethod.Delete, $"/victims/{victim}/team/{World.OtherOfficer.Id}");
        using var after = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{victim}/identity");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(during.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(team.GetProperty("items").EnumerateArray().Select(m => m.GetProperty("displayName").GetString()), Is.EquivalentTo(new[] { "officer", "other officer" }));
            Assert.That(left.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
            Assert.That(again.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task On_leave_blocked_and_from_elsewhere_are_refused_with_the_same_words()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var path = $"/victims/{victim}/team";

        var foreign = await BodyAsync(victim, World.ShelterDesk.Id);
        var unknown = await BodyAsync(victim, Guid.NewGuid());
        await SetLeaveAsync(World.OtherOfficer.Id, _app.Clock.GetUtcNow().AddDays(3));
        var onLeave = await BodyAsync(victim, World.OtherOfficer.Id);
        var listedOnLeave = await AssignableAsync(victim);
        await SetLeaveAsync(World.OtherOfficer.Id, null);
        var listedFree = await AssignableAsync(victim);
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{victim}/blocks", $$"""{"workerId":"{{World.OtherOfficer.Id}}","reason":"related_to_perpetrator"}""").JsonAsync(201);
        var blocked = await BodyAsync(victim, World.OtherOfficer.Id);
        var listedBlocked = await AssignableAsync(victim);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { unknown, onLeave, blocked }, Is.All.EqualTo(foreign));
            Assert.That(foreign, Does.Contain("cannot_be_assigned"));
            Assert.That(listedFree, Is.EqualTo("other officer:True"));
            Assert.That(new[] { listedOnLeave, listedBlocked }, Is.All.EqualTo("other officer:False"));
        }
    }

    [Test]
    public async Task Grants_say_who_has_access_and_why()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var grants = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{victim}/grants").JsonAsync();
        using var stranger = await _app.As(World.StrangerSupervisor).ReadAsync($"/victims/{victim}/grants");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                grants.GetProperty("items").EnumerateArray().Select(g => $"{g.GetProperty("source").GetString()} {g.GetProperty("audience").GetString()} {g.GetProperty("workerName").GetString()}"),
                Is.EquivalentTo(new[] { "lead supervisors ", "team principal officer" }));
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    private Task<HttpResponseMessage> JoinAsync(Persona by, Guid victim, Guid worker) =>
        _app.As(by).PostAsync($"/victims/{victim}/team", $$"""{"workerId":"{{worker}}"}""");

    /// <summary>What is refused, without the trace id.</summary>
    private async Task<string> BodyAsync(Guid victim, Guid worker)
    {
        var problem = await JoinAsync(World.Officer, victim, worker).JsonAsync(422);
        return string.Join(' ', problem.EnumerateObject().Where(member => member.Name != "traceId").Select(member => member.ToString()));
    }

    private async Task<string> AssignableAsync(Guid victim)
    {
        var list = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/assignable").JsonAsync();
        return string.Join(' ', list.GetProperty("items").EnumerateArray().Select(w => $"{w.GetProperty("displayName").GetString()}:{w.GetProperty("canBeAssigned").GetBoolean()}"));
    }

    private const string Leave = "UPDATE workers SET unavailable_until = @until WHERE id = @id";

    private Task<int> SetLeaveAsync(Guid id, DateTimeOffset? until) =>
        _app.Database.ChangeAsync(Caller.System, work => work.ExecuteAsync(Leave, new { id, until }, CancellationToken.None), _ => true, CancellationToken.None);
}
