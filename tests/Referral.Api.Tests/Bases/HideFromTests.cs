using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Whom she does not want to know: whatever they had, by whichever source, shuts in the transaction that writes it down.</summary>
public sealed class HideFromTests
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
    public async Task Who_led_the_case_before_and_stayed_sees_it_no_more()
    {
        await GivenTransfer.LedByAsync(_app, _victim, World.StrangerSupervisor, stays: true);
        var before = await GivenBasis.OpenToAsync(_app, World.Officer, _victim, "");

        await HideAsync(World.StrangerSupervisor, """{"kinds":["police"]}""");

        Assert.That((before[0], (await GivenBasis.OpenToAsync(_app, World.Officer, _victim, ""))[0]), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task Who_leads_the_case_and_is_hidden_from_does_not_stay_when_it_moves()
    {
        await HideAsync(World.Officer, """{"kinds":["police"]}""");
        var leads = await GivenBasis.OpenToAsync(_app, World.Officer, _victim, "");

        await GivenTransfer.LedByAsync(_app, _victim, World.StrangerSupervisor, stays: true);

        Assert.That((leads[0], (await GivenBasis.OpenToAsync(_app, World.Officer, _victim, ""))[0]), Is.EqualTo((200, 404)));
    }

    [Test]
    public async Task The_case_is_not_offered_to_them_and_an_offer_that_is_open_is_out_of_their_sight()
    {
        var open = await GivenTransfer.AskAsync(_app, World.PoliceSupervisor, GivenTransfer.Offer(_victim, World.Shelter));
        var before = await GivenTransfer.StatusAsync(_app, World.ShelterSupervisor, $"/transfers/{open}");

        await HideAsync(World.Officer, $$"""{"agencies":["{{World.Shelter}}"]}""");
        var after = await GivenTransfer.StatusAsync(_app, World.ShelterSupervisor, $"/transfers/{open}");
        using var accepted = await GivenTransfer.EndAsync(_app, World.ShelterSupervisor, open, "accept");
        await GivenTransfer.EndAsync(_app, World.PoliceSupervisor, open, "revoke").JsonAsync();
        var again = await _app.As(World.PoliceSupervisor).PostAsync("/transfers", GivenTransfer.Offer(_victim, World.Shelter)).JsonAsync(422);

        Assert.That((before, after, (int)accepted.StatusCode, again.GetProperty("code").GetString()), Is.EqualTo((200, 404, 404, "cannot_lead")));
    }

    private async Task HideAsync(Persona by, string hideFrom) => await _app.As(by).PostAsync($"/victims/{_victim}/bases", $$"""
        {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1","groups":[],"purposes":["provide_service"],
         "recipients":{"agencies":["{{World.Hospital}}"]},"hideFrom":{{hideFrom}}}
        """).JsonAsync(201);
}
