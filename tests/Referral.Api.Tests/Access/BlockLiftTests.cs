using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Whoever is kept away is so until two people say otherwise, neither of whom works with him.</summary>
public sealed class BlockLiftTests
{
    private TestApp _app = null!;
    private Guid _victim;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _victim = await _app.As(World.Officer).GivenVictimAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Nothing_is_lifted_before_a_second_person_says_yes()
    {
        var block = await GivenBlock.SetAsync(_app, _victim, World.Officer, World.PoliceSupervisor);

        var asked = await GivenBlock.AskAsync(_app, _victim, block, World.PoliceSupervisor).JsonAsync();
        var approval = asked.GetProperty("lift").GetProperty("id").GetGuid();
        var waiting = await StatusAsync(World.Officer);
        var read = await _app.As(World.ProtectionOfficer).ReadAsync($"/approvals/{approval}").JsonAsync();
        using var decided = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, approval);

        var lifted = await GivenBlock.FindAsync(_app, _victim, block, World.PoliceSupervisor);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.GetProperty("liftedAt").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(waiting, Is.EqualTo(404));
            Assert.That(read.GetProperty("question").GetString(), Is.EqualTo("It was his cousin."));
            Assert.That(read.GetProperty("block").GetProperty("worker").GetProperty("id").GetGuid(), Is.EqualTo(World.Officer.Id));
            Assert.That((int)decided.StatusCode, Is.EqualTo(204));
            Assert.That(await StatusAsync(World.Officer), Is.EqualTo(200));
            Assert.That(lifted.GetProperty("watchedUntil").GetDateTimeOffset() - lifted.GetProperty("liftedAt").GetDateTimeOffset(), Is.EqualTo(TimeSpan.FromDays(90)));
            Assert.That(lifted.GetProperty("lift").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        }
    }

    [Test]
    public async Task Who_proposes_never_decides_and_one_who_works_elsewhere_may()
    {
        var block = await GivenBlock.SetAsync(_app, _victim, $"\"agencyId\":\"{World.Shelter}\"", World.PoliceSupervisor);
        var approval = await GivenBlock.ProposeAsync(_app, _victim, block, World.ProtectionOfficer);

        var own = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, approval).JsonAsync(422);
        var shown = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{approval}").JsonAsync();
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("own_proposal"));
            Assert.That(GivenApproval.Decisions(shown), Does.Contain("approve"));
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Contain("approval.asked"));
        }
    }

    [Test]
    public async Task Nobody_who_works_with_him_or_above_him_is_told_or_decides()
    {
        await _app.AddAsync(World.BlockedOfficer);
        var block = await GivenBlock.SetAsync(_app, _victim, World.BlockedOfficer, World.PoliceSupervisor);

        var approval = await GivenBlock.ProposeAsync(_app, _victim, block, World.ProtectionOfficer);

        var above = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync(409);
        var desk = await _app.As(World.PoliceSupervisor).ReadAsync("/approvals").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(above.GetProperty("code").GetString(), Is.EqualTo("other_party_acts"));
            Assert.That(desk.GetProperty("items").GetArrayLength(), Is.Zero);
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Has.None.StartWith("approval"));
            Assert.That(await _app.KindsToldAsync(World.BlockedOfficer), Is.Empty);
            Assert.That(await _app.As(World.BlockedOfficer).ReadAsync($"/approvals/{approval}").JsonAsync(404), Is.Not.Default);
            // On her team, but nobody who sets blocks.
            Assert.That(await _app.As(World.Officer).ReadAsync($"/approvals/{approval}").JsonAsync(404), Is.Not.Default);
            Assert.That((await _app.As(World.Officer).ReadAsync($"/approvals?victimId={_victim}").JsonAsync()).GetProperty("items").GetArrayLength(), Is.Zero);
            Assert.That(await ActionsAsync("history"), Has.None.StartWith("approval").And.None.StartWith("block"));
            Assert.That(await ActionsAsync("access-log"), Has.None.StartWith("approval").And.None.StartWith("block"));
        }
    }

    [TestCase("refuse", 204)]
    [TestCase("send_back", 204)]
    public async Task A_no_leaves_him_away_and_it_can_be_asked_again(string decision, int status)
    {
        var block = await GivenBlock.SetAsync(_app, _victim, World.Officer, World.PoliceSupervisor);
        var approval = await GivenBlock.ProposeAsync(_app, _victim, block, World.PoliceSupervisor);
        var twice = await GivenBlock.AskAsync(_app, _victim, block, World.ProtectionOfficer, "").JsonAsync(409);

        using var decided = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, approval, decision, "Ask her first.");

        var told = await _app.KindsToldAsync(World.PoliceSupervisor);
        var away = await StatusAsync(World.Officer);
        await GivenBlock.LiftAsync(_app, _victim, block, World.PoliceSupervisor, World.ProtectionOfficer);
        var late = await GivenBlock.AskAsync(_app, _victim, block, World.PoliceSupervisor).JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(twice.GetProperty("code").GetString(), Is.EqualTo("approval_open"));
            Assert.That((int)decided.StatusCode, Is.EqualTo(status));
            Assert.That(told, Does.Contain(decision == "refuse" ? "approval.refused" : "approval.sent_back"));
            Assert.That(away, Is.EqualTo(404));
            Assert.That(late.GetProperty("liftedAt").ValueKind, Is.Not.EqualTo(System.Text.Json.JsonValueKind.Null));
            Assert.That(late.GetProperty("lift").ValueKind, Is.EqualTo(System.Text.Json.JsonValueKind.Null));
        }
    }

    [Test]
    public async Task Taken_back_it_leaves_him_away_and_the_office_without_sight_of_her()
    {
        var block = await GivenBlock.SetAsync(_app, _victim, World.Officer, World.PoliceSupervisor);
        var approval = await GivenBlock.ProposeAsync(_app, _victim, block, World.PoliceSupervisor);
        using var seen = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{_victim}");

        await _app.As(World.PoliceSupervisor).PostAsync($"/approvals/{approval}/withdraw", "").JsonAsync();

        using var gone = await _app.As(World.ProtectionOfficer).ReadAsync($"/victims/{_victim}");
        Assert.That(((int)seen.StatusCode, (int)gone.StatusCode, await StatusAsync(World.Officer)), Is.EqualTo((200, 404, 404)));
    }

    private async Task<int> StatusAsync(Persona by)
    {
        using var response = await _app.As(by).ReadAsync($"/victims/{_victim}");
        return (int)response.StatusCode;
    }

    private async Task<string[]> ActionsAsync(string what) =>
        [.. (await _app.As(World.Officer).ReadAsync($"/victims/{_victim}/{what}").JsonAsync()).GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString()!)];
}
