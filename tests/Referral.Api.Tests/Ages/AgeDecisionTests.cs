using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Who disputes an age, who decides it, and that nobody is an adult in between.</summary>
public sealed class AgeDecisionTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Whoever_is_disputed_is_a_child_at_once_in_every_rule_whatever_is_written_after()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2000-01-01"}""");
        var before = await GivenAge.AsChildAsync(_app, victim);

        await GivenAge.DisputeAsync(_app, victim);
        var at = await GivenAge.ShellAsync(_app, victim);
        await GivenAge.PutAsync(_app, victim, "identity", """{"birth":{"on":"1990-01-01","evidence":"identity_card"}}""");
        var consent = await ConsentAsync(victim, "self", "self", 422);
        await ConsentAsync(victim, "self_mature_child", "self", 201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.False);
            Assert.That((at.GetProperty("asChild").GetBoolean(), at.GetProperty("ageStatus").GetString()), Is.EqualTo((true, "disputed")));
            Assert.That(await GivenAge.AsChildAsync(_app, victim), "another paper decides nothing");
            Assert.That(consent, Does.Contain("not_for_a_child"));
            Assert.That((await _app.ToldAsync(World.PoliceSupervisor)).Select(told => told.GetProperty("kind").GetString()), Does.Contain("age.disputed"));
        }
    }

    [Test]
    public async Task It_is_decided_by_a_supervisor_from_the_evidence_and_never_by_who_disputed()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":17}""");
        var paper = await GivenAge.EvidenceAsync(_app, victim, "birth_certificate", "\"bornOn\":\"2001-05-01\"");
        await GivenAge.DisputeAsync(_app, victim, World.PoliceSupervisor);

        using var byCaseworker = await GivenAge.DetermineAsync(_app, victim, [paper], by: World.Officer);
        using var own = await GivenAge.DetermineAsync(_app, victim, [paper]);
        var stillChild = await GivenAge.AsChildAsync(_app, victim);
        // Supervises the same unit; here nobody keeps him away.
        await _app.AddAsync(World.BlockedOfficer);
        var decided = await GivenAge.DetermineAsync(_app, victim, [paper], by: World.BlockedOfficer).JsonAsync(201);
        var shell = await GivenAge.ShellAsync(_app, victim);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)byCaseworker.StatusCode, Is.EqualTo(403));
            Assert.That((int)own.StatusCode, Is.EqualTo(422));
            Assert.That(await own.Content.ReadAsStringAsync(), Does.Contain("own_dispute"));
            Assert.That(stillChild);
            Assert.That((decided.GetProperty("bornFrom").GetString(), decided.GetProperty("stands").GetBoolean()), Is.EqualTo(("2001-05-01", true)));
            Assert.That((shell.GetProperty("ageStatus").GetString(), shell.GetProperty("asChild").GetBoolean()), Is.EqualTo(("determined", false)));
        }
    }

    [Test]
    public async Task A_later_decision_supersedes_and_the_earlier_one_stays_to_be_read()
    {
        var victim = await GivenAge.RegisteredAsync(_app, "{}");
        var examined = await GivenAge.EvidenceAsync(_app, victim, "medical_examination", "\"years\":19,\"least\":18,\"most\":20");
        await GivenAge.DetermineAsync(_app, victim, [examined]).JsonAsync(201);
        var first = await GivenAge.AsChildAsync(_app, victim);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        var school = await GivenAge.EvidenceAsync(_app, victim, "school_certificate", "\"bornOn\":\"2011-04-01\"");
        using var passedOver = await GivenAge.DetermineAsync(_app, victim, [examined]);

        await GivenAge.DetermineAsync(_app, victim, [school, examined]).JsonAsync(201);

        var history = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/age-determinations");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(first, Is.False);
            Assert.That((int)passedOver.StatusCode, Is.EqualTo(422));
            Assert.That(await passedOver.Content.ReadAsStringAsync(), Does.Contain("evidence_left_out"));
            Assert.That(await GivenAge.AsChildAsync(_app, victim));
            Assert.That(history.Select(row => (row.GetProperty("bornTo").GetString(), row.GetProperty("evidence").GetString(), row.GetProperty("stands").GetBoolean())), Is.EqualTo(new[]
            {
                ("2011-04-01", "school_certificate", true), ("2008-11-24", "medical_examination", false),
            }));
            Assert.That(history[0].GetProperty("reason").GetString(), Is.EqualTo("The union council confirmed the entry."));
        }
    }

    /// <summary>All that is written of an age is sealed: no reason, no day of birth stands plain in the database.</summary>
    [Test]
    public async Task No_day_of_birth_stands_plain()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2010-12-20"}""");
        await GivenAge.DisputeAsync(_app, victim);

        var shown = await GivenReferral.ReadAsync(_app, work => work.FirstOrNoneAsync<string>("SELECT age_look_on FROM victims WHERE id = @victim", new { victim }, CancellationToken.None));
        var bytes = string.Concat(Directory.EnumerateFiles(_app.Folder, "*.db*", SearchOption.AllDirectories).Select(file => File.ReadAllText(file, System.Text.Encoding.Latin1)));

        Assert.That(shown, Does.StartWith("2027-01-01"));
        Assert.That(bytes, Does.Not.Contain("2010-12-20").And.Not.Contain("Her aunt says"));
    }

    private async Task<string> ConsentAsync(Guid victim, string capacity, string relation, int status) =>
        (await _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"{{relation}}"},"capacity":"{{capacity}}","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
            """).JsonAsync(status)).ToString();
}
