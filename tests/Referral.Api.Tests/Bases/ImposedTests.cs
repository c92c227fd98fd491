using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What a law or an emergency asks for is in force at once; what only keeps is as well, and opens nothing.</summary>
public sealed class ImposedTests
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
    public async Task A_duty_names_a_law_in_force_and_its_section()
    {
        var made = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/duties", Duty()).JsonAsync(201);
        var law = made.GetProperty("law");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((law.GetProperty("shortName").GetString(), law.GetProperty("section").GetString(), law.GetProperty("release").GetInt32()), Is.EqualTo(("PTPA 2018", "section 8", 1)));
            Assert.That((made.GetProperty("status").GetString(), made.GetProperty("capacity").GetString()), Is.EqualTo(("active", "none")));
            Assert.That(await MayShareAsync("statutory_report"), Is.EqualTo("covered"));
            Assert.That(await MayShareAsync("provide_service"), Is.EqualTo("other_purpose"));
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Contain("basis.recorded"));
        }
    }

    [TestCase("pk-ptpa-2018", "pk-no-such-law", "/instrumentId unknown_reference")]
    [TestCase("\"validTo\":\"{to}\"", "\"validTo\":null", "/validTo required")]
    [TestCase("\"validTo\":\"{to}\"", "\"validTo\":\"2028-01-01T00:00:00Z\"", "/validTo too_far")]
    public async Task What_makes_no_duty_is_named_by_pointer(string right, string wrong, string why)
    {
        var body = Duty().Replace(right.Replace("{to}", GivenBasis.At(_app.Clock.GetUtcNow().AddDays(30)), StringComparison.Ordinal), wrong, StringComparison.Ordinal);

        var problem = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/duties", body).JsonAsync(422);

        Assert.That(Why(problem), Is.EqualTo(why));
    }

    [Test]
    public async Task No_duty_follows_from_a_law_that_is_no_law_any_more_or_not_yet()
    {
        var laws = await _app.As(World.Officer).ReadAsync("/law/releases/1").JsonAsync();
        var status = laws.GetProperty("instruments").EnumerateArray().ToLookup(one => one.GetProperty("status").GetString(), one => one.GetProperty("id").GetString());
        string[] none = [.. new[] { "superseded", "repealed", "bill" }.SelectMany(one => status[one].Take(1))!];

        foreach (var id in none)
        {
            var problem = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/duties", Duty().Replace("pk-ptpa-2018", id, StringComparison.Ordinal)).JsonAsync(422);
            Assert.That(Why(problem), Is.EqualTo("/instrumentId not_in_force"), id);
        }
        Assert.That(none, Is.Not.Empty);
    }

    [Test]
    public async Task An_emergency_lasts_hours_says_why_nobody_was_asked_and_ends_by_itself()
    {
        var longer = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/emergencies", Emergency(73)).JsonAsync(400);
        var silent = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/emergencies", Emergency(1).Replace("She is unconscious.", " ", StringComparison.Ordinal)).JsonAsync(422);
        var made = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/emergencies", Emergency(72)).JsonAsync(201);
        var before = await MayShareAsync("provide_service");

        await _app.PassAsync(TimeSpan.FromHours(48) + TimeSpan.FromMinutes(1));
        var told = await _app.KindsToldAsync(World.Officer);
        _app.Clock.Advance(TimeSpan.FromHours(24));
        var after = await MayShareAsync("provide_service");
        await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(longer.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/hours"));
            Assert.That(Why(silent), Is.EqualTo("/whyNotAsked blank"));
            Assert.That((made.GetProperty("kind").GetString(), made.GetProperty("reason").GetString()), Is.EqualTo(("vital_interest", "She is unconscious.")));
            Assert.That((before, after), Is.EqualTo(("covered", "no_basis")));
            Assert.That(told, Does.Contain("clock.basis_ends"));
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Contain("basis.recorded"));
            Assert.That(await GivenBasis.StatusAsync(_app, _victim, made.GetProperty("id").GetGuid()), Is.EqualTo("ended"));
        }
    }

    [Test]
    public async Task A_hold_opens_nothing_and_ends_when_it_is_not_needed()
    {
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "legal-holds", """{"authority":"Sessions Court Kasur","orderedOn":"2026-11-20","reason":"The trial needs it."}""");
        var why = await MayShareAsync("provide_service");

        var ended = await GivenBasis.MoveAsync(_app, World.Officer, _victim, id, "end").JsonAsync();

        Assert.That((why, ended.GetProperty("kind").GetString(), ended.GetProperty("status").GetString()), Is.EqualTo(("no_basis", "legal_hold", "ended")));
    }

    [TestCase("bases")]
    [TestCase("best-interests")]
    [TestCase("orders")]
    [TestCase("duties")]
    [TestCase("guardianships")]
    [TestCase("legal-holds")]
    public async Task Whatever_has_an_end_is_spoken_of_a_week_before(string what)
    {
        var to = GivenBasis.At(_app.Clock.GetUtcNow().AddDays(30));
        var id = what switch
        {
            "best-interests" => await GivenBasis.LiveAsync(_app, _victim, what, GivenBasis.Decision(_app, $$"""{"agencies":["{{World.Hospital}}"]}""")),
            "orders" => await GivenBasis.LiveAsync(_app, _victim, what, GivenBasis.Order(_app, World.Hospital)),
            "duties" => await GivenBasis.ProposeAsync(_app, World.Officer, _victim, what, Duty()),
            "guardianships" => await GivenBasis.ProposeAsync(_app, World.Officer, _victim, what, $$"""
                {"guardian":{"relation":"legal_guardian","name":"Invented Bibi"},"capacity":"court_appointed_guardian","authority":"Guardian Judge","orderedOn":"2026-11-20","validTo":"{{to}}"}
                """),
            "legal-holds" => await GivenBasis.ProposeAsync(_app, World.Officer, _victim, what, $$"""{"authority":"Sessions Court","orderedOn":"2026-11-20","reason":"The trial.","validTo":"{{to}}"}"""),
            _ => await GivenBasis.ProposeAsync(_app, World.Officer, _victim, what, $$$"""
                {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1","groups":[],"purposes":["provide_service"],
                 "recipients":{"agencies":["{{{World.Shelter}}}"]},"validTo":"{{{to}}}"}
                """),
        };
        await _app.PassAsync(TimeSpan.FromDays(23) - TimeSpan.FromMinutes(1));
        var early = await _app.KindsToldAsync(World.Officer);

        await _app.PassAsync(TimeSpan.FromMinutes(2));
        var clock = (await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={_victim}")).Single(one => one.GetProperty("kind").GetString() == "basis_ends");

        Assert.That(early, Does.Not.Contain("clock.basis_ends"));
        Assert.That(await _app.KindsToldAsync(World.Officer), Does.Contain("clock.basis_ends"));
        Assert.That(clock.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo((await GivenBasis.ReadAsync(_app, _victim, id)).GetProperty("validTo").GetDateTimeOffset()));
    }

    private string Duty() => $$$"""
        {"instrumentId":"pk-ptpa-2018","section":"section 8","groups":["identity"],"purposes":["statutory_report"],"recipients":{"agencies":["{{{World.Hospital}}}"]},
         "validTo":"{{{GivenBasis.At(_app.Clock.GetUtcNow().AddDays(30))}}}"}
        """;

    private static string Emergency(int hours) => $$$"""
        {"whyNotAsked":"She is unconscious.","hours":{{{hours}}},"groups":["health"],"recipients":{"agencies":["{{{World.Hospital}}}"]} }
        """;

    private async Task<string?> MayShareAsync(string purpose)
    {
        var rows = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/may-share", $$"""{"agencyId":"{{World.Hospital}}","purpose":"{{purpose}}","groups":[]}""").JsonAsync();
        var row = rows.GetProperty("items")[0];
        return row.GetProperty("covered").GetBoolean() ? "covered" : row.GetProperty("why").GetString();
    }

    private static string Why(JsonElement problem) => $"{problem.GetProperty("errors")[0].GetProperty("pointer").GetString()} {problem.GetProperty("errors")[0].GetProperty("code").GetString()}";
}
