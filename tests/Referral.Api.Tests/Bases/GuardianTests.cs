using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Who may decide for a child: whose interest is against hers may not, and whoever was appointed takes the place of the others.</summary>
public sealed class GuardianTests
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
    public async Task A_conflicted_guardian_neither_allows_nor_takes_back_and_the_answer_names_the_ways_left()
    {
        var allowed = await ConsentAsync("father").JsonAsync(201);
        var byMother = await ConsentAsync("mother").JsonAsync(201);
        await RelationAsync("father", "profits");

        var allows = await ConsentAsync("father").JsonAsync(422);
        var takesBack = await WithdrawAsync(byMother, "father").JsonAsync(422);
        using var mother = await WithdrawAsync(allowed, "mother");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Code(allows), Why(allows)), Is.EqualTo(("guardian_conflicted", "/givenBy/relation conflict")));
            Assert.That(allows.GetProperty("waysLeft").EnumerateArray().Select(way => way.GetString()), Does.Contain("proposeBestInterests").And.Contain("proposeOrder"));
            Assert.That((Code(takesBack), Why(takesBack)), Is.EqualTo(("guardian_conflicted", "/by conflict")));
            Assert.That((int)mother.StatusCode, Is.EqualTo(200));
        }
    }

    [Test]
    public async Task His_refusal_is_written_down_as_he_said_it_and_opens_nothing()
    {
        await RelationAsync("father", "depends");

        var refused = await ConsentAsync("father", ""","refused":true""").JsonAsync(201);

        Assert.That(refused.GetProperty("status").GetString(), Is.EqualTo("refused"));
        Assert.That(await MayShareAsync(), Is.EqualTo("no_basis"));
    }

    [Test]
    public async Task Of_two_uncles_the_one_without_a_conflict_is_named()
    {
        var conflicted = await RelationAsync("maternal_uncle", "took_part");
        var safe = await RelationAsync("maternal_uncle", null);

        var unnamed = await ConsentAsync("maternal_uncle").JsonAsync(422);
        var wrong = await ConsentAsync("maternal_uncle", id: conflicted).JsonAsync(422);
        using var right = await ConsentAsync("maternal_uncle", id: safe);

        Assert.That((Code(unnamed), Code(wrong), (int)right.StatusCode), Is.EqualTo(("guardian_conflicted", "guardian_conflicted", 201)));
    }

    [Test]
    public async Task Who_is_appointed_suspends_at_once_what_other_guardians_allowed_and_is_asked_instead()
    {
        var basis = (await ConsentAsync("mother").JsonAsync(201)).GetProperty("id").GetGuid();
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, _victim, World.Shelter, ["identity"], []);
        await CarriedReferrals.AcceptAsync(_app.Database, _victim, World.Shelter, referral!.Value);
        var before = await GivenBasis.OpenToAsync(_app, World.ShelterDesk, _victim, "", "/identity");

        var made = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/guardianships", Guardianship()).JsonAsync(201);
        var after = await GivenBasis.OpenToAsync(_app, World.ShelterDesk, _victim, "", "/identity");
        var suspended = await GivenBasis.ReadAsync(_app, _victim, basis);
        var mother = await ConsentAsync("mother").JsonAsync(422);
        using var appointed = await ConsentAsync("legal_guardian", capacity: "court_appointed_guardian");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, after), Is.EqualTo((new[] { 200, 200 }, new[] { 404, 404 })));
            Assert.That((suspended.GetProperty("status").GetString(), suspended.GetProperty("endedReason").GetString()), Is.EqualTo(("suspended", "guardian_appointed")));
            Assert.That((made.GetProperty("kind").GetString(), made.GetProperty("status").GetString(), made.GetProperty("givenBy").GetProperty("name").GetString()), Is.EqualTo(("guardianship", "active", "Invented Bibi")));
            Assert.That((Code(mother), Why(mother)), Is.EqualTo(("guardian_conflicted", "/givenBy/relation other_guardian")));
            Assert.That((int)appointed.StatusCode, Is.EqualTo(201));
        }
    }

    [Test]
    public async Task A_guardianship_that_has_ended_gives_nothing_back_by_itself()
    {
        var basis = (await ConsentAsync("mother").JsonAsync(201)).GetProperty("id").GetGuid();
        var made = (await _app.As(World.Officer).PostAsync($"/victims/{_victim}/guardianships", Guardianship()).JsonAsync(201)).GetProperty("id").GetGuid();

        await GivenBasis.MoveAsync(_app, World.Officer, _victim, made, "end").JsonAsync();
        using var mother = await ConsentAsync("mother");

        Assert.That((await GivenBasis.StatusAsync(_app, _victim, basis), (int)mother.StatusCode), Is.EqualTo(("suspended", 201)));
    }

    [TestCase("\"relation\":\"legal_guardian\"", "\"relation\":\"mother\"", "/guardian/relation cannot_decide")]
    [TestCase(",\"name\":\"Invented Bibi\"", "", "/guardian/name required")]
    [TestCase("\"authority\"", "\"validTo\":\"2026-01-01T00:00:00Z\",\"authority\"", "/validTo not_in_future")]
    [TestCase("\"authority\"", "\"supersedesId\":\"00000000-0000-7000-8000-00000000ffff\",\"authority\"", "/supersedesId unknown_reference")]
    public async Task What_makes_no_guardianship_is_named_by_pointer(string right, string wrong, string why)
    {
        var problem = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/guardianships", Guardianship().Replace(right, wrong, StringComparison.Ordinal)).JsonAsync(422);

        Assert.That(Why(problem), Is.EqualTo(why));
    }

    private static string Guardianship() => """
        {"guardian":{"relation":"legal_guardian","name":"Invented Bibi"},"capacity":"court_appointed_guardian","authority":"Guardian Judge Kasur","orderedOn":"2026-11-20"}
        """;

    private Task<HttpResponseMessage> ConsentAsync(string relation, string more = "", string capacity = "guardian_with_assent", Guid? id = null) =>
        _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", $$$"""
            {"kind":"consent","givenBy":{"relation":"{{{relation}}}","relationId":{{{(id is { } one ? $"\"{one}\"" : "null")}}}},"capacity":"{{{capacity}}}","form":"signed","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{{World.Shelter}}}"]}{{{more}}}}
            """);

    private Task<HttpResponseMessage> WithdrawAsync(JsonElement basis, string by) =>
        _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases/{basis.GetProperty("id").GetGuid()}/withdraw", $$"""{"by":"{{by}}","reason":"guardian_withdrew"}""", "\"1\"");

    private async Task<Guid> RelationAsync(string relation, string? conflict) =>
        (await _app.As(World.Officer).PostAsync($"/victims/{_victim}/records", $$$"""
            {"kind":"relation","body":{"relation":"{{{relation}}}","text":"Known to the team.","conflict":{{{(conflict is null ? "null" : $"\"{conflict}\"")}}}}}
            """).JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<string?> MayShareAsync()
    {
        var rows = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/may-share", $$"""{"agencyId":"{{World.Shelter}}","purpose":"provide_service","groups":[]}""").JsonAsync();
        return rows.GetProperty("items")[0].GetProperty("why").GetString();
    }

    private static string? Code(JsonElement problem) => problem.GetProperty("code").GetString();

    private static string Why(JsonElement problem) => $"{problem.GetProperty("errors")[0].GetProperty("pointer").GetString()} {problem.GetProperty("errors")[0].GetProperty("code").GetString()}";
}
