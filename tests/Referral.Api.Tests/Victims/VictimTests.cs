using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

public sealed class VictimTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_girl_about_ten_is_registered_and_her_name_opens_to_her_team_only()
    {
        var id = await _app.As(World.Officer).GivenVictimAsync();

        var identity = await _app.As(World.Officer).ReadAsync($"/victims/{id}/identity").JsonAsync();
        using var colleague = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{id}/identity");
        using var supervisor = await _app.As(World.PoliceSupervisor).ReadAsync($"/victims/{id}/identity");
        using var stranger = await _app.As(World.StrangerSupervisor).ReadAsync($"/victims/{id}/identity");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity.GetProperty("name").GetProperty("ur").GetString(), Is.EqualTo("کلثوم"));
            Assert.That(identity.GetProperty("birth").GetProperty("on").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(colleague.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(supervisor.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task Whoever_takes_calls_registers_with_what_is_needed()
    {
        var id = await _app.As(World.IntakeOperator).GivenVictimAsync();

        await _app.As(World.IntakeOperator).PostAsync($"/victims/{id}/needs", """{"category":"safe_shelter","urgency":"high"}""").JsonAsync(201);
        var needs = await _app.As(World.IntakeOperator).ReadAsync($"/victims/{id}/needs").JsonAsync();

        Assert.That(needs.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_case_code_that_somebody_has_is_drawn_again()
    {
        const string District = "PK-PB-KSR";
        var id = await _app.As(World.Officer).GivenVictimAsync();
        var (taken, drawn) = await GivenReferral.ChangeAsync(_app, async work =>
        {
            var first = await VictimEndpoints.CodeAsync(work, District, () => 7, CancellationToken.None);
            await work.ExecuteAsync("UPDATE victims SET case_code = @first WHERE id = @id", new { first, id }, CancellationToken.None);
            var draws = new Queue<uint>([7, 7, 8]);
            return (first, await VictimEndpoints.CodeAsync(work, District, draws.Dequeue, CancellationToken.None));
        });

        Assert.That(drawn, Is.EqualTo(CaseCode.Make(District, 2026, 8).Text).And.Not.EqualTo(taken));
    }

    [Test]
    public async Task What_a_stranger_may_not_see_answers_like_what_does_not_exist()
    {
        var id = await _app.As(World.Officer).GivenVictimAsync();

        var hers = await _app.As(World.StrangerCaseworker).ReadAsync($"/victims/{id}").Result.Content.ReadAsStringAsync();
        var random = await _app.As(World.StrangerCaseworker).ReadAsync($"/victims/{Guid.NewGuid()}").Result.Content.ReadAsStringAsync();
        var unparsable = await _app.As(World.StrangerCaseworker).ReadAsync("/victims/not-an-id").Result.Content.ReadAsStringAsync();

        Assert.That(new[] { random, unparsable }, Is.All.EqualTo(hers));
    }

    [Test]
    public async Task The_shell_says_codes_and_follows_the_birth_in_identity()
    {
        var officer = _app.As(World.Officer);
        var id = await officer.GivenVictimAsync();
        using var before = await officer.ReadAsync($"/victims/{id}/identity");

        await officer.PutAsync($"/victims/{id}/identity", """{"birth":{"years":30,"evidence":"statement"},"nationalId":"۳۵۲۰۲-۱۲۳۴۵۶۷-۱"}""", before.TagOf()).JsonAsync();

        var shell = await officer.ReadAsync($"/victims/{id}").JsonAsync();
        var identity = await officer.ReadAsync($"/victims/{id}/identity").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(shell.GetProperty("ageBand").GetString(), Is.EqualTo("age_18_plus"));
            Assert.That(shell.GetProperty("asChild").GetBoolean(), Is.False);
            Assert.That(identity.GetProperty("nationalId").GetString(), Is.EqualTo("35202-1234567-1"));
        }
    }

    [Test]
    public async Task A_stale_reader_is_refused_and_a_reader_without_tag_is_asked_for_one()
    {
        var officer = _app.As(World.Officer);
        var id = await officer.GivenVictimAsync();

        using var stale = await officer.PutAsync($"/victims/{id}/contact", "{}", "\"7\"");
        using var without = await officer.PutAsync($"/victims/{id}/contact", "{}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)stale.StatusCode, Is.EqualTo(412));
            Assert.That((int)without.StatusCode, Is.EqualTo(428));
        }
    }

    [Test]
    public async Task The_same_key_registers_once_and_another_body_under_it_is_refused()
    {
        var officer = _app.As(World.Officer);
        const string Body = """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{}}""";

        var first = await officer.PostAsync("/victims", Body, key: "replay-key-1").JsonAsync(201);
        var second = await officer.PostAsync("/victims", Body, key: "replay-key-1").JsonAsync(201);
        var other = await officer.PostAsync("/victims", Body.Replace("female", "male", StringComparison.Ordinal), key: "replay-key-1").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.GetProperty("id").GetGuid(), Is.EqualTo(first.GetProperty("id").GetGuid()));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("key_reused"));
        }
    }

    [TestCase("""{"found":{"district":"PK-PB-XXX"},"sex":"female","age":{}}""", 400, "/found/district")]
    [TestCase("""{"found":{"district":"PK-PB-KSR"},"sex":"woman","age":{}}""", 400, "/sex")]
    [TestCase("""{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":-3}}""", 400, "/age/years")]
    [TestCase("""{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{},"nmae":1}""", 400, "/nmae")]
    [TestCase("""{"found":{"district":"PK-PB-KSR","occurredAt":"2027-01-01T00:00:00Z"},"sex":"female","age":{}}""", 422, "/found/occurredAt")]
    [TestCase("""{"found":{"district":"PK-PB-KSR","occurredAt":"2026-02-31T00:00:00Z"},"sex":"female","age":{}}""", 400, "/found/occurredAt")]
    [TestCase("""{"found":{"district":"PK-PB-KSR"},"age":{}}""", 400, "/sex")]
    [TestCase("""{"found":""", 400, "/found")]
    public async Task Bad_input_is_named_by_pointer(string body, int status, string pointer)
    {
        var problem = await _app.As(World.Officer).PostAsync("/victims", body).JsonAsync(status);

        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer));
    }

    [Test]
    public async Task A_list_goes_on_where_the_page_ended()
    {
        var operatorClient = _app.As(World.IntakeOperator);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
            await operatorClient.GivenVictimAsync();
        }

        var first = await operatorClient.ReadAsync("/victims?limit=2").JsonAsync();
        var second = await operatorClient.ReadAsync($"/victims?limit=2&cursor={first.GetProperty("next").GetString()}").JsonAsync();
        var bad = await operatorClient.ReadAsync("/victims?cursor=abc").JsonAsync(400);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.GetProperty("items").GetArrayLength(), Is.EqualTo(2));
            Assert.That(second.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
            Assert.That(second.GetProperty("next").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(bad.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("cursor"));
        }
    }
}
