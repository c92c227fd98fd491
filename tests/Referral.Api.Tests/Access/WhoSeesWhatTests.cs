using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Everybody against everything of one victim, at each step of a referral's life.</summary>
public sealed class WhoSeesWhatTests
{
    private static readonly string[] Nobody = [];
    private static readonly string[] TheTeam = ["officer", "police supervisor"];
    private static readonly string[] TheTeamAndTheShelter = [.. TheTeam, "shelter desk", "shelter supervisor", "shelter client"];

    private TestApp _app = null!;
    private Guid _victim;
    private Guid _shared;
    private Guid _kept;
    private Guid _basis;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        var officer = _app.As(World.Officer);
        _victim = await officer.GivenVictimAsync();
        _shared = await IncidentAsync(restricted: false);
        _kept = await IncidentAsync(restricted: false);
        var basis = await officer.PostAsync($"/victims/{_victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
             "groups":["identity"],"records":["{{_shared}}"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
            """).JsonAsync(201);
        _basis = basis.GetProperty("id").GetGuid();
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_door_opens_to_whom_it_was_promised_and_shuts_to_all_of_them()
    {
        var recorded = await LookAsync();
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, _victim, World.Shelter, ["identity"], [_shared]);
        var submitted = await LookAsync();
        await CarriedReferrals.AcceptAsync(_app.Database, _victim, World.Shelter, referral!.Value);
        var accepted = await LookAsync();
        await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases/{_basis}/withdraw", """{"by":"mother","reason":"guardian_withdrew"}""", "\"1\"").JsonAsync();
        var withdrawn = await LookAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(recorded, Is.EqualTo(Seen(shell: TheTeam, identity: TheTeam, shared: TheTeam)), "recorded");
            Assert.That(submitted, Is.EqualTo(Seen(shell: TheTeamAndTheShelter, identity: TheTeam, shared: TheTeam)), "submitted");
            Assert.That(accepted, Is.EqualTo(Seen(shell: TheTeamAndTheShelter, identity: TheTeamAndTheShelter, shared: TheTeamAndTheShelter)), "accepted");
            Assert.That(withdrawn, Is.EqualTo(recorded), "withdrawn");
        }
    }

    [Test]
    public async Task A_restricted_item_opens_to_its_author_and_not_to_the_rest_of_the_team()
    {
        var item = await IncidentAsync(restricted: true);

        Assert.That(await WhoAsync($"/records/{item}"), Is.EqualTo(new[] { "officer" }));
    }

    [Test]
    public async Task What_was_opened_at_one_desk_does_not_follow_a_worker_to_another()
    {
        var here = await SeesAsync(World.PoliceKasur);
        var elsewhere = await SeesAsync(World.Shelter);

        Assert.That((here, elsewhere), Is.EqualTo((true, false)));

        Task<bool> SeesAsync(Guid unit) => _app.Database.ReadAsync(
            new Caller { PrincipalId = World.Officer.Id, WorkerId = World.Officer.Id, UnitId = unit },
            async work => await Cases.FindAsync(work, _victim, CancellationToken.None) is not null, CancellationToken.None);
    }

    private static string[] Seen(string[] shell, string[] identity, string[] shared) =>
    [
        $"shell: {string.Join(", ", shell)}",
        $"identity: {string.Join(", ", identity)}",
        $"contact: {string.Join(", ", TheTeam)}",
        $"shared item: {string.Join(", ", shared)}",
        $"kept item: {string.Join(", ", TheTeam)}",
        $"bases: {string.Join(", ", TheTeam)}",
        $"access log: {string.Join(", ", TheTeam)}",
        $"somebody else's item under her address: {string.Join(", ", Nobody)}",
    ];

    private async Task<string[]> LookAsync() =>
    [
        $"shell: {string.Join(", ", await WhoAsync(""))}",
        $"identity: {string.Join(", ", await WhoAsync("/identity"))}",
        $"contact: {string.Join(", ", await WhoAsync("/contact"))}",
        $"shared item: {string.Join(", ", await WhoAsync($"/records/{_shared}"))}",
        $"kept item: {string.Join(", ", await WhoAsync($"/records/{_kept}"))}",
        $"bases: {string.Join(", ", await WhoAsync("/bases"))}",
        $"access log: {string.Join(", ", await WhoAsync("/access-log"))}",
        $"somebody else's item under her address: {string.Join(", ", await WhoAsync($"/records/{Guid.NewGuid()}"))}",
    ];

    /// <summary>Who gets 200. Everybody else gets 404, or 403 where the role never reads cases.</summary>
    private async Task<string[]> WhoAsync(string path)
    {
        var seeing = new List<string>();
        foreach (var persona in World.Everybody)
        {
            using var response = await _app.As(persona).ReadAsync($"/victims/{_victim}{path}");
            Assert.That((int)response.StatusCode, Is.AnyOf(200, 403, 404), $"{persona} {path}");
            if ((int)response.StatusCode == 200)
            {
                seeing.Add(persona.Key);
            }
        }
        return [.. seeing];
    }

    private async Task<Guid> IncidentAsync(bool restricted)
    {
        var record = await _app.As(World.Officer).PostAsync(
            $"/victims/{_victim}/records", $$"""{"kind":"note","restricted":{{(restricted ? "true" : "false")}},"body":{"text":"what she said"} }""").JsonAsync(201);
        return record.GetProperty("id").GetGuid();
    }
}
