using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What waits is told by mail and SMS, without a word about anybody.</summary>
public sealed class MessageTests
{
    private const string Settings = """{"email":"desk@invented.example","phone":"0300 1234567","byEmail":true,"bySms":true,"language":"eng","quietFrom":"22:00","quietTo":"06:00"}""";

    private Gateways _gateways = null!;
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _gateways = await Gateways.StartAsync();
        _app = await TestApp.StartAsync([("Roles", "api"), .. _gateways.Settings]);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _app.DisposeAsync();
        await _gateways.DisposeAsync();
    }

    [Test]
    public async Task What_waits_is_told_once_by_each_way_that_was_chosen_and_says_nothing_else()
    {
        await WantAsync();
        await GivenReferral.InAsync(_app, "submitted");
        await GivenReferral.InAsync(_app, "submitted");
        var sent = await SendAsync();
        var again = await SendAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((sent, again), Is.EqualTo((2, 0)), "Two that wait make one message on each way.");
            Assert.That(_gateways.Mails.Single(), Does.Contain("To: desk@invented.example").And.Contain("something waits for you"));
            Assert.That(_gateways.Texts.Single(), Does.Contain("+923001234567").Or.Contain("\\u002B923001234567"));
            foreach (var text in _gateways.Mails.Concat(_gateways.Texts))
            {
                Assert.That(text, Does.Not.Contain("PB-26").And.Not.Contain("کلثوم").And.Not.Contain("referral.submitted").And.Not.Contain("girl"));
            }
        }
    }

    [Test]
    public async Task A_gateway_that_fails_is_asked_again_with_the_same_id_and_slows_nothing()
    {
        await WantAsync();
        _gateways.IsOutOfOrder = true;
        await GivenReferral.InAsync(_app, "submitted");
        var first = await SendAsync();
        _gateways.IsOutOfOrder = false;
        var tooSoon = await SendAsync();
        _app.Clock.Advance(TimeSpan.FromMinutes(2));
        var second = await SendAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, tooSoon, second), Is.EqualTo((1, 0, 1)), "Mail goes, whatever the SMS gateway does.");
            Assert.That(_gateways.Texts.Select(IdOf).Distinct().ToArray(), Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task At_night_only_an_emergency_disturbs()
    {
        await WantAsync();
        await UntilAsync(23);
        await GivenReferral.InAsync(_app, "submitted", "low");
        var quiet = await SendAsync();
        await GivenReferral.InAsync(_app, "submitted", "emergency");
        var urgent = await SendAsync();
        await UntilAsync(6);
        var morning = await SendAsync();

        Assert.That((quiet, urgent, morning), Is.EqualTo((0, 2, 2)));
    }

    [Test]
    public async Task That_a_child_has_gone_back_to_whom_she_was_freed_from_does_not_wait_for_the_morning()
    {
        await WantAsync(World.ProtectionOfficer);
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        await UntilAsync(23);

        await _app.As(World.Officer).PostAsync($"/victims/{victim}/records", """{"kind":"critical_incident","body":{"happened":"returned_to_exploiter","text":"In the night."}}""").JsonAsync(201);

        Assert.That(await SendAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task Whoever_asked_for_nothing_is_sent_nothing_and_nobody_reads_where_another_is_reached()
    {
        await GivenReferral.InAsync(_app, "submitted");
        var none = await SendAsync();
        await WantAsync();
        using var client = await _app.As(World.ShelterClient).ReadAsync("/me/contact");
        var other = await _app.As(World.ShelterSupervisor).ReadAsync("/me/contact").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none, Is.Zero);
            Assert.That((int)client.StatusCode, Is.EqualTo(403));
            Assert.That(other.GetProperty("email").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [TestCase("""{"email":"not an address"}""", "/email")]
    [TestCase("""{"phone":"12"}""", "/phone")]
    [TestCase("""{"byEmail":true}""", "/email")]
    [TestCase("""{"bySms":true}""", "/phone")]
    [TestCase("""{"quietFrom":"25:00","quietTo":"06:00"}""", "/quietFrom")]
    [TestCase("""{"quietFrom":"22:00"}""", "/quietTo")]
    public async Task What_is_wrong_is_named(string body, string pointer)
    {
        using var read = await _app.As(World.ShelterDesk).ReadAsync("/me/contact");
        var problem = await _app.As(World.ShelterDesk).PutAsync("/me/contact", body, read.TagOf()).JsonAsync(422);

        Assert.That(problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("pointer").GetString()), Is.EqualTo(new[] { pointer }));
    }

    private async Task WantAsync(Persona? persona = null)
    {
        using var read = await _app.As(persona ?? World.ShelterDesk).ReadAsync("/me/contact");
        var saved = await _app.As(persona ?? World.ShelterDesk).PutAsync("/me/contact", Settings, read.TagOf()).JsonAsync();
        Assert.That(saved.GetProperty("phone").GetString(), Is.EqualTo("+923001234567"));
    }

    private async Task<int> SendAsync()
    {
        var sent = 0;
        foreach (var channel in _app.Services.GetRequiredService<MessageChannels>().All)
        {
            sent += await _app.Services.GetRequiredService<MessageJob>().RunAsync(channel, CancellationToken.None);
        }
        return sent;
    }

    /// <summary>The next time that clocks in Karachi show this hour.</summary>
    private Task UntilAsync(int hour)
    {
        var now = _app.Clock.GetUtcNow();
        var at = Karachi.At(Karachi.DateOf(now), TimeSpan.FromHours(hour));
        _app.Clock.Advance((at > now ? at : at.AddDays(1)) - now + TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    private static string? IdOf(string text) => JsonDocument.Parse(text).RootElement.GetProperty("id").GetString();
}
