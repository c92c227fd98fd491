using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What waits for a second person: who sees it, who decides, and what happens when nobody does.</summary>
public sealed class ApprovalsTests
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
    public async Task It_waits_for_the_supervisors_and_for_nobody_else()
    {
        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim);

        var waits = (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/approvals")).Single();
        var own = (await GivenTransfer.ListAsync(_app, World.Officer, "/approvals")).Single();
        var read = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{id}").JsonAsync();
        var seenBy = new List<string>();
        foreach (var persona in World.Everybody)
        {
            if (await GivenTransfer.StatusAsync(_app, persona, $"/approvals/{id}") == 200)
            {
                seenBy.Add(persona.Key);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits.GetProperty("id").GetGuid(), Is.EqualTo(id));
            Assert.That(GivenApproval.Decisions(waits), Is.EqualTo(new[] { "approve", "send_back", "refuse" }));
            Assert.That((own.GetProperty("own").GetBoolean(), GivenApproval.Decisions(own)), Is.EqualTo((true, Array.Empty<string>())));
            Assert.That(waits.GetProperty("question").GetString(), Is.Null, "A list carries no words.");
            Assert.That(read.GetProperty("question").GetString(), Does.StartWith("The brother"));
            Assert.That(read.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow().AddHours(24)));
            Assert.That(seenBy, Is.EquivalentTo(new[] { "officer", "police supervisor" }));
            Assert.That(await KindsAsync(World.PoliceSupervisor), Is.EqualTo(new[] { "approval.asked" }));
            Assert.That(await KindsAsync(World.Officer), Is.Empty);
            Assert.That(await ActionsAsync(), Does.Contain("approval.asked").And.Contain("approval.read"));
        }
    }

    [Test]
    public async Task Who_proposed_it_never_decides_it_and_a_caseworker_decides_nothing()
    {
        var id = await GivenApproval.SetBrokenAsync(_app, World.PoliceSupervisor, _victim);

        var own = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id).JsonAsync(422);
        var shown = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{id}").JsonAsync();
        using var caseworker = await GivenApproval.DecideAsync(_app, World.Officer, id);
        using var stranger = await GivenApproval.DecideAsync(_app, World.StrangerSupervisor, id);
        using var office = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("own_proposal"));
            Assert.That(own.GetProperty("detail").GetString(), Is.EqualTo("You proposed this. Another supervisor decides."));
            Assert.That((shown.GetProperty("own").GetBoolean(), GivenApproval.Decisions(shown)), Is.EqualTo((true, Array.Empty<string>())));
            Assert.That(new[] { (int)caseworker.StatusCode, (int)stranger.StatusCode, (int)office.StatusCode }, Is.EqualTo(new[] { 403, 404, 404 }));
        }
    }

    [TestCase("send_back", "sent_back")]
    [TestCase("refuse", "refused")]
    public async Task A_no_says_why_and_ends_it(string decision, string state)
    {
        var subject = Guid.NewGuid();
        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject);
        var silent = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id, decision).JsonAsync(422);

        var decided = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id, decision, "Ask the aunt first.").JsonAsync();
        var read = await _app.As(World.Officer).ReadAsync($"/approvals/{id}").JsonAsync();
        var again = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(silent.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/line"));
            Assert.That(decided.GetProperty("state").GetString(), Is.EqualTo(state));
            Assert.That(read.GetProperty("line").GetString(), Is.EqualTo("Ask the aunt first."));
            Assert.That(await KindsAsync(World.Officer), Is.EqualTo(new[] { $"approval.{state}" }));
            Assert.That(await GivenApproval.IsGivenAsync(_app, subject), Is.False);
            Assert.That((await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/approvals")).Single().GetProperty("id").GetGuid(), Is.EqualTo(again));
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/approvals?victimId={_victim}"), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Of_two_who_decide_at_once_one_does_and_the_other_is_told_and_a_replay_is_no_second_decision()
    {
        await _app.AddAsync(World.BlockedOfficer);
        var subject = Guid.NewGuid();
        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject);

        var answers = await Task.WhenAll(
            GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id, key: "first-one"),
            GivenApproval.DecideAsync(_app, World.BlockedOfficer, id, "refuse", "No.", "second-one"));
        var winner = (int)answers[0].StatusCode == 200;
        using var replay = winner
            ? await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, id, key: "first-one")
            : await GivenApproval.DecideAsync(_app, World.BlockedOfficer, id, "refuse", "No.", "second-one");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.EquivalentTo(new[] { 200, 409 }));
            Assert.That((await answers[winner ? 1 : 0].Content.ReadAsStringAsync()), Does.Contain("approval_ended"));
            Assert.That((int)replay.StatusCode, Is.EqualTo(200));
            Assert.That(await GivenApproval.IsGivenAsync(_app, subject), Is.EqualTo(winner));
            Assert.That((await ActionsAsync()).Distinct().Count(action => action is "approval.approved" or "approval.refused"), Is.EqualTo(1));
        }
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Test]
    public async Task What_nobody_decides_reaches_the_national_office_which_decides_and_sees_it_no_more()
    {
        var subject = Guid.NewGuid();
        var id = await GivenApproval.SetBrokenAsync(_app, World.PoliceSupervisor, _victim, subject, Urgency.Emergency);
        await _app.AddAsync(World.BlockedOfficer);
        await _app.PassAsync(TimeSpan.FromHours(3));
        var escalated = await _app.ToldAsync(World.BlockedOfficer);
        var early = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/approvals/{id}");
        await _app.PassAsync(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));

        var late = (await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/approvals")).Single();
        var shell = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{_victim}");
        var identity = await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{_victim}/identity");
        using var decided = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(escalated.Select(told => told.GetProperty("stage").GetString()), Is.EquivalentTo(new[] { "reminded", "escalated" }));
            Assert.That(early, Is.EqualTo(404));
            Assert.That((late.GetProperty("escalated").GetBoolean(), GivenApproval.Decisions(late)), Is.EqualTo((true, new[] { "approve", "send_back", "refuse" })));
            Assert.That((shell, identity), Is.EqualTo((200, 404)));
            Assert.That((int)decided.StatusCode, Is.EqualTo(204));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/approvals/{id}"), Is.EqualTo(404));
            Assert.That(await GivenTransfer.StatusAsync(_app, World.ProtectionOfficer, $"/victims/{_victim}"), Is.EqualTo(404));
            Assert.That(await GivenApproval.IsGivenAsync(_app, subject), Is.True);
            Assert.That(await KindsAsync(World.ProtectionOfficer), Is.EqualTo(new[] { "clock.approval" }));
            Assert.That(await KindsAsync(World.PoliceSupervisor), Is.EqualTo(new[] { "approval.approved" }), "Who proposed it hears of the decision, not of the deadline.");
            Assert.That(await ActionsAsync(), Does.Contain("approval.escalated"));
        }
    }

    [Test]
    public async Task The_same_is_asked_once_at_a_time()
    {
        var subject = Guid.NewGuid();
        await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject);

        Assert.That(async () => await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim, subject), Throws.TypeOf<ConstraintViolation>());
    }

    [Test]
    public async Task Who_leads_the_case_from_now_on_asks_anew()
    {
        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim);

        await GivenTransfer.LedByAsync(_app, _victim, World.StrangerSupervisor);

        var old = await _app.As(World.StrangerSupervisor).ReadAsync($"/approvals/{id}").JsonAsync();
        Assert.That((old.GetProperty("state").GetString(), GivenApproval.Decisions(old)), Is.EqualTo(("withdrawn", Array.Empty<string>())));
        Assert.That(await GivenTransfer.StatusAsync(_app, World.PoliceSupervisor, $"/approvals/{id}"), Is.EqualTo(404));
        Assert.That(await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, "/clocks"), Is.Empty);
    }

    [Test]
    public async Task Who_is_kept_away_from_her_never_learns_of_it()
    {
        await _app.AddAsync(World.BlockedOfficer);
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", $$"""{"workerId":"{{World.BlockedOfficer.Id}}","reason":"person_asks"}""").JsonAsync(201);

        var id = await GivenApproval.SetBrokenAsync(_app, World.Officer, _victim);

        Assert.That(await GivenTransfer.ListAsync(_app, World.BlockedOfficer, "/approvals"), Is.Empty);
        Assert.That(await GivenTransfer.StatusAsync(_app, World.BlockedOfficer, $"/approvals/{id}"), Is.EqualTo(404));
        Assert.That(await KindsAsync(World.BlockedOfficer), Is.Empty);
    }

    private async Task<string?[]> KindsAsync(Persona persona) =>
        [.. (await _app.ToldAsync(persona)).Select(told => told.GetProperty("kind").GetString()).Distinct()];

    private async Task<string?[]> ActionsAsync() =>
        [.. (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/victims/{_victim}/history")).Concat(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/victims/{_victim}/access-log")).Select(row => row.GetProperty("action").GetString())];
}
