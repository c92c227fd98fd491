using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Whoever declines teaches the directory, until the provider says again how things are.</summary>
public sealed class DoubtsTests
{
    private static readonly string Girls = $"/services/{World.ShelterService}/capacity/girls";
    private static readonly string Service = $"/services/{World.ShelterService}";
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [TearDown]
    public Task StopAsync() => _app.DisposeAsync().AsTask();

    [Test]
    public async Task Places_are_doubted_by_who_has_no_room_until_the_provider_counts_again()
    {
        var referral = await DeclinedAsync("no_capacity");

        var doubted = await _app.As(World.Officer).ReadAsync(Girls).JsonAsync();
        var warned = await ReasonsAsync(referral);
        var counted = await _app.As(World.ShelterDesk).PutAsync(
            Girls, """{"licensed":4,"occupied":0,"waiting":0}""", doubted.GetProperty("tag").GetString()).JsonAsync();
        var calm = await ReasonsAsync(referral);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(doubted.GetProperty("doubtedAt").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
            Assert.That(warned, Does.Contain("places_doubted"));
            Assert.That(counted.GetProperty("doubtedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(calm, Does.Not.Contain("places_doubted"));
            Assert.That((await ServiceAsync()).GetProperty("questionedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [Test]
    public async Task Whom_it_helps_is_questioned_by_not_eligible_until_the_provider_confirms_it()
    {
        var referral = await DeclinedAsync("not_eligible");

        var questioned = await ServiceAsync();
        var warned = await ReasonsAsync(referral);
        using var read = await _app.As(World.ShelterAdmin).ReadAsync(Service);
        using var assured = await _app.As(World.ShelterAdmin).PostAsync($"{Service}/assure", "{}", read.Headers.ETag!.ToString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(questioned.GetProperty("questionedAt").ValueKind, Is.EqualTo(JsonValueKind.String));
            Assert.That(warned, Does.Contain("eligibility_questioned").And.Not.Contain("places_doubted"));
            Assert.That((int)assured.StatusCode, Is.EqualTo(200));
            Assert.That((await ServiceAsync()).GetProperty("questionedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [Test]
    public async Task Other_reasons_say_nothing_of_the_directory()
    {
        await DeclinedAsync("no_information");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await ServiceAsync()).GetProperty("questionedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That((await _app.As(World.Officer).ReadAsync(Girls).JsonAsync()).GetProperty("doubtedAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    private async Task<GivenReferral> DeclinedAsync(string reason)
    {
        var referral = await GivenReferral.InAsync(_app, "submitted");
        using var declined = await referral.ActAsync(
            referral.Provider, "decline", await referral.TagAsync(referral.Provider), $$"""{"reason":"{{reason}}"}""");
        Assert.That(declined.IsSuccessStatusCode, await declined.Content.ReadAsStringAsync());
        return referral;
    }

    private Task<JsonElement> ServiceAsync() => _app.As(World.Officer).ReadAsync(Service).JsonAsync();

    private async Task<string[]> ReasonsAsync(GivenReferral referral)
    {
        var matches = await _app.As(World.Officer).ReadAsync($"/victims/{referral.VictimId}/needs/{referral.NeedId}/matches").JsonAsync();
        var own = matches.GetProperty("items").EnumerateArray().Single(match => match.GetProperty("service").GetProperty("id").GetGuid() == World.ShelterService);
        return [.. own.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)];
    }
}
