using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Who proposed something does not want it any more.</summary>
public sealed class TakenBackTests
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
    public async Task Only_who_proposed_it_takes_it_back_and_only_while_nobody_decided()
    {
        var id = await ProposeAsync();
        var own = await _app.As(World.Officer).ReadAsync($"/approvals/{id}").JsonAsync();
        var asked = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{id}").JsonAsync();
        var other = await TakeBackAsync(World.PoliceSupervisor, id).JsonAsync(409);
        using var stranger = await TakeBackAsync(World.StrangerSupervisor, id);

        var taken = await TakeBackAsync(World.Officer, id).JsonAsync();
        var twice = await TakeBackAsync(World.Officer, id).JsonAsync(409);
        var late = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id).JsonAsync(409);
        await _app.PassAsync(TimeSpan.FromDays(10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((own.GetProperty("mayWithdraw").GetBoolean(), asked.GetProperty("mayWithdraw").GetBoolean()), Is.EqualTo((true, false)));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("other_party_acts"));
            Assert.That((int)stranger.StatusCode, Is.EqualTo(404));
            Assert.That((taken.GetProperty("state").GetString(), taken.GetProperty("mayWithdraw").GetBoolean()), Is.EqualTo(("withdrawn", false)));
            Assert.That(twice.GetProperty("code").GetString(), Is.EqualTo("approval_ended"));
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("approval_ended"));
            Assert.That((await _app.ToldAsync(World.PoliceSupervisor)).Select(told => told.GetProperty("kind").GetString()), Has.None.StartsWith("clock."), "Its deadline has stopped.");
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/approvals"), Is.Empty);
        }
        Assert.That(await ProposeAsync(), Is.Not.EqualTo(id), "The same can be asked again.");
    }

    [Test]
    public async Task What_the_national_office_saw_of_her_ends_with_it_and_in_her_turn([Values] bool byWhoProposed)
    {
        var subject = Guid.NewGuid();
        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject);
        await _app.PassAsync(TimeSpan.FromHours(25));
        var overseen = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/approvals/{id}");
        var before = await TurnAsync();

        if (byWhoProposed)
        {
            await TakeBackAsync(World.Officer, id).JsonAsync();
        }
        else
        {
            await GivenReferral.ChangeAsync(_app, async work =>
            {
                await Approvals.WithdrawAsync(work, ApprovalKind.SetBroken, [subject], CancellationToken.None);
                return 1;
            });
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(overseen, Is.EqualTo(200));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/approvals/{id}"), Is.EqualTo(404));
            Assert.That(await TurnAsync(), Is.GreaterThan(before));
        }
    }

    private async Task<Guid> ProposeAsync() =>
        (await _app.As(World.Officer).PostAsync($"/victims/{_victim}/close", """{"reason":"goals_met","criteria":["needs_met"]}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private Task<HttpResponseMessage> TakeBackAsync(Persona by, Guid id) => _app.As(by).PostAsync($"/approvals/{id}/withdraw", "{}");

    private Task<long> TurnAsync() => GivenReferral.ReadAsync(
        _app, work => work.ScalarAsync<long>("SELECT access_version FROM victims WHERE id = @id", new { id = _victim }, CancellationToken.None));
}
