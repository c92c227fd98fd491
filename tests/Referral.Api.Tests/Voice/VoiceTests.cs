using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A survivor speaks by the code that she was given, and her team answers.</summary>
public sealed class VoiceTests
{
    private const string Words = "Nobody shall come to the house any more";
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task What_she_asks_for_reaches_her_team_with_a_deadline_until_it_is_answered()
    {
        var (victim, code) = await GivenVoice.CodeAsync(_app);
        var asked = _app.Clock.GetUtcNow();
        await GivenVoice.SayAsync(_app, code, "stop", Words);
        await _app.PassAsync(TimeSpan.FromMinutes(1));
        var told = await _app.KindsToldAsync(World.Officer);
        var message = (await SaidAsync(World.Officer, victim)).Single();
        var clocks = await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={victim}");

        var answered = await AnswerAsync(World.Officer, victim, message, """{"outcome":"stopped","words":"Visits are over."}""").JsonAsync();
        await _app.PassAsync(TimeSpan.FromDays(3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Does.Contain("stop.asked"));
            Assert.That(message.GetProperty("body").GetProperty("text").GetString(), Is.EqualTo(Words));
            Assert.That(message.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(asked.AddHours(24)).Within(TimeSpan.FromSeconds(1)));
            Assert.That(clocks.Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { "stop_request" }));
            Assert.That(answered.GetProperty("answer").GetProperty("words").GetString(), Is.EqualTo("Visits are over."));
            Assert.That(answered.GetProperty("dueAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={victim}"), Is.Empty);
            Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Not.Contain("clock.stop_request"), "It was answered in time.");
        }
    }

    [Test]
    public async Task Unanswered_it_reaches_the_supervisors_and_can_still_be_answered()
    {
        var (victim, code) = await GivenVoice.CodeAsync(_app);
        await GivenVoice.SayAsync(_app, code, "call_back", "After six");
        await _app.PassAsync(TimeSpan.FromMinutes(1));
        await _app.PassAsync(TimeSpan.FromHours(5));
        var late = (await SaidAsync(World.Officer, victim)).Single();

        await AnswerAsync(World.Officer, victim, late, """{"outcome":"called"}""").JsonAsync();

        Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Contain("clock.callback"));
        Assert.That(late.GetProperty("dueAt").GetDateTimeOffset(), Is.LessThan(_app.Clock.GetUtcNow()), "Missed, it is still asked for.");
        Assert.That((await SaidAsync(World.Officer, victim)).Single().GetProperty("dueAt").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [TestCase("call_back", "callback")]
    [TestCase("stop", "stop_request")]
    public async Task What_she_waits_for_goes_with_the_lead_of_her_case(string kind, string clock)
    {
        var (victim, code) = await GivenVoice.CodeAsync(_app);
        await GivenVoice.SayAsync(_app, code, kind, Words);
        await _app.PassAsync(TimeSpan.FromMinutes(1));

        await GivenTransfer.LedByAsync(_app, victim, World.StrangerSupervisor);

        Assert.That(await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, $"/clocks?kind={clock}"), Has.Count.EqualTo(1));
        Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/clocks?kind={clock}"), Is.Empty);
    }

    [Test]
    public async Task How_it_went_reaches_the_supervisors_and_not_the_team_alone()
    {
        var (victim, code) = await GivenVoice.CodeAsync(_app);
        await _app.As(null).PostAsync("/public/codes/feedback", $$"""{"followCode":"{{code}}","feltSafe":"no","text":"{{Words}}"}""").JsonAsync();
        await _app.PassAsync(TimeSpan.FromMinutes(1));

        var said = (await SaidAsync(World.PoliceSupervisor, victim)).Single();

        Assert.That(await _app.KindsToldAsync(World.PoliceSupervisor), Does.Contain("feedback.given"));
        Assert.That(said.GetProperty("body").GetProperty("feltSafe").GetString(), Is.EqualTo("no"));
    }

    [Test]
    public async Task A_provider_of_one_referral_reads_nothing_of_it()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        await _app.As(World.Officer).PostAsync($"/victims/{referral.VictimId}/follow-code", "{}").JsonAsync();

        using var read = await _app.As(World.ShelterSupervisor).GetAsync($"/victims/{referral.VictimId}/messages");
        using var given = await _app.As(World.ShelterSupervisor).PostAsync($"/victims/{referral.VictimId}/follow-code", "{}");

        Assert.That(((int)read.StatusCode, (int)given.StatusCode), Is.EqualTo((404, 404)));
    }

    [Test]
    public async Task A_new_code_ends_the_one_before_and_tells_how_far_her_case_is()
    {
        var (victim, old) = await GivenVoice.CodeAsync(_app);
        var next = (await _app.As(World.Officer).PostAsync($"/victims/{victim}/follow-code", "{}").JsonAsync()).GetProperty("followCode").GetString()!;

        await GivenVoice.SayAsync(_app, old, "message", "from the old one");
        await GivenVoice.SayAsync(_app, next, "message", "from the new one");

        Assert.That(await StatusAsync(old), Is.EqualTo("received"), "As a code that nobody holds.");
        Assert.That(await StatusAsync(next), Is.EqualTo("being_acted_on"));
        Assert.That((await SaidAsync(World.Officer, victim)).Select(one => one.GetProperty("body").GetProperty("text").GetString()), Is.EqualTo(new[] { "from the new one" }));
    }

    [Test]
    public async Task The_same_request_told_twice_tells_the_same_code()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var key = Guid.NewGuid().ToString();

        var first = await _app.As(World.Officer).PostAsync($"/victims/{victim}/follow-code", "{}", key: key).JsonAsync();
        var again = await _app.As(World.Officer).PostAsync($"/victims/{victim}/follow-code", "{}", key: key).JsonAsync();

        Assert.That(again.GetProperty("followCode").GetString(), Is.EqualTo(first.GetProperty("followCode").GetString()));
    }

    [Test]
    public async Task An_outcome_of_another_kind_is_refused_and_an_answer_stays()
    {
        var (victim, code) = await GivenVoice.CodeAsync(_app);
        await GivenVoice.SayAsync(_app, code, "message", "I am well");
        var message = (await SaidAsync(World.Officer, victim)).Single();

        using var wrong = await AnswerAsync(World.Officer, victim, message, """{"outcome":"stopped"}""");
        await AnswerAsync(World.Officer, victim, message, """{"outcome":"heard","words":"Thank you."}""").JsonAsync();
        var second = await AnswerAsync(World.PoliceSupervisor, victim, message, """{"outcome":"heard","words":"Other words."}""").JsonAsync();

        Assert.That((int)wrong.StatusCode, Is.EqualTo(422));
        Assert.That(second.GetProperty("answer").GetProperty("words").GetString(), Is.EqualTo("Thank you."));
    }

    [Test]
    public async Task Who_read_what_is_counted_for_each_agency_and_kind_of_data()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        await _app.As(World.ShelterSupervisor).ReadAsync($"/victims/{referral.VictimId}/identity").JsonAsync();
        await _app.As(World.ShelterSupervisor).ReadAsync($"/victims/{referral.VictimId}/identity").JsonAsync();

        var rows = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{referral.VictimId}/readers");
        using var provider = await _app.As(World.ShelterSupervisor).GetAsync($"/victims/{referral.VictimId}/readers");

        var shelter = rows.Single(row => row.GetProperty("agency").GetProperty("id").GetGuid() == World.Shelter && row.GetProperty("groups")[0].GetString() == "identity");
        Assert.That(shelter.GetProperty("times").GetInt32(), Is.EqualTo(2));
        Assert.That((int)provider.StatusCode, Is.EqualTo(404));
    }

    private async Task<IReadOnlyList<JsonElement>> SaidAsync(Persona who, Guid victim) => [.. await GivenTransfer.ListAsync(_app, who, $"/victims/{victim}/messages")];

    private Task<HttpResponseMessage> AnswerAsync(Persona who, Guid victim, JsonElement message, string answer) =>
        _app.As(who).PostAsync($"/victims/{victim}/messages/{message.GetProperty("id").GetGuid()}/answer", answer);

    private async Task<string?> StatusAsync(string code) =>
        (await _app.As(null).PostAsync("/public/codes/status", $$"""{"followCode":"{{code}}"}""").JsonAsync()).GetProperty("status").GetString();
}
