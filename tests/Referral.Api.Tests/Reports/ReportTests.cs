using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Taking reports down and sorting them.</summary>
public sealed class ReportTests
{
    private TestApp _app = null!;

    private HttpClient Operator => _app.As(World.IntakeOperator);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("junk")]
    [TestCase("wrong_number")]
    [TestCase("information_given")]
    public async Task Channel_and_outcome_are_enough_for_a_call_that_needs_nothing_more(string outcome)
    {
        var taken = await TakeAsync($$"""{"channel":"helpline","outcome":"{{outcome}}"}""");
        var report = await Operator.ReadAsync($"/reports/{taken}").JsonAsync();
        var open = await IdsAsync("/reports?limit=200");
        var sorted = await IdsAsync("/reports?show=sorted&limit=200");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
            Assert.That(report.GetProperty("kind").GetString(), Is.EqualTo("intake"));
            Assert.That(report.GetProperty("story").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(report.GetProperty("reporter").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(open, Does.Not.Contain(taken), "nobody has to look at it again");
            Assert.That(sorted, Does.Contain(taken));
        }
    }

    [Test]
    public async Task A_real_one_waits_to_be_sorted_with_its_words_and_its_caller()
    {
        var taken = await TakeAsync("""
            {"channel":"helpline","urgency":"high","district":"PK-PB-KSR","story":"Two girls carry bricks at night.",
             "reporter":{"name":"Noreen","phone":"0300 1234567","mayRing":true,"callNote":"after six"}}
            """);

        var report = await Operator.ReadAsync($"/reports/{taken}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await IdsAsync("/reports?limit=200"), Does.Contain(taken));
            Assert.That(report.GetProperty("story").GetString(), Is.EqualTo("Two girls carry bricks at night."));
            Assert.That(report.GetProperty("reporter").GetProperty("phone").GetString(), Is.EqualTo("+923001234567"));
            Assert.That(report.GetProperty("reporter").GetProperty("callNote").GetString(), Is.EqualTo("after six"));
            Assert.That(report.GetProperty("handler").GetProperty("id").GetGuid(), Is.EqualTo(World.Police));
            Assert.That(await ActionsAsync(taken), Is.EquivalentTo(new[] { "report.taken", "report.read" }));
        }
    }

    [Test]
    public async Task The_list_holds_no_words()
    {
        await TakeAsync("""{"channel":"walk_in","story":"gulzamindar","reporter":{"name":"Noreen"}}""");

        using var list = await Operator.ReadAsync("/reports?show=all&limit=200");

        Assert.That(await list.Content.ReadAsStringAsync(), Does.Not.Contain("gulzamindar").And.Not.Contain("Noreen"));
    }

    [TestCase("""{"phone":"03001234567","isAnonymous":true}""", "/reporter/phone", "not_agreed")]
    [TestCase("""{"phone":"03001234567","name":"Noreen","isAnonymous":true,"agreesToKeep":true}""", "/reporter/name", "not_taken")]
    [TestCase("""{"phone":"17"}""", "/reporter/phone", "wrong_form")]
    public async Task What_the_caller_did_not_agree_to_is_not_stored(string reporter, string pointer, string code)
    {
        var id = Guid.CreateVersion7();

        var refused = await Operator.PostAsync("/reports", $$"""{"id":"{{id}}","channel":"helpline","reporter":{{reporter}} }""").JsonAsync(422);
        using var read = await Operator.ReadAsync($"/reports/{id}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer));
            Assert.That(refused.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That((int)read.StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task An_unknown_caller_who_agrees_can_be_called_back()
    {
        var taken = await TakeAsync("""{"channel":"helpline","reporter":{"phone":"03001234567","isAnonymous":true,"agreesToKeep":true}}""");

        var report = await Operator.ReadAsync($"/reports/{taken}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.GetProperty("isAnonymous").GetBoolean());
            Assert.That(report.GetProperty("reporter").GetProperty("phone").GetString(), Is.EqualTo("+923001234567"));
            Assert.That(report.GetProperty("reporter").GetProperty("name").ValueKind, Is.EqualTo(JsonValueKind.Null));
        }
    }

    [Test]
    public async Task What_was_written_down_without_a_connection_says_so()
    {
        var now = _app.Clock.GetUtcNow();

        var late = await Operator.PostAsync("/reports", $$"""{"channel":"police","reportedAt":"{{now.AddMinutes(-16):O}}"}""").JsonAsync(201);
        var soon = await Operator.PostAsync("/reports", $$"""{"channel":"police","reportedAt":"{{now.AddMinutes(-14):O}}"}""").JsonAsync(201);
        var future = await Operator.PostAsync("/reports", $$"""{"channel":"police","reportedAt":"{{now.AddHours(1):O}}"}""").JsonAsync(422);
        var read = await Operator.ReadAsync($"/reports/{late.GetProperty("id").GetGuid()}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(late.GetProperty("isLate").GetBoolean());
            Assert.That(soon.GetProperty("isLate").GetBoolean(), Is.False);
            Assert.That(future.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/reportedAt"));
            Assert.That(read.GetProperty("reportedAt").GetDateTimeOffset(), Is.EqualTo(now.AddMinutes(-16)));
            Assert.That(read.GetProperty("receivedAt").GetDateTimeOffset(), Is.EqualTo(now));
        }
    }

    [Test]
    public async Task Sending_twice_takes_down_once()
    {
        const string Body = """{"channel":"message","story":"once"}""";

        var first = await Operator.PostAsync("/reports", Body, key: "report-once").JsonAsync(201);
        var again = await Operator.PostAsync("/reports", Body, key: "report-once").JsonAsync(201);
        var other = await Operator.PostAsync("/reports", """{"channel":"message","story":"twice"}""", key: "report-once").JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText()));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("key_reused"));
        }
    }

    [Test]
    public async Task It_is_sorted_by_whoever_read_it_last()
    {
        var taken = await TakeAsync("""{"channel":"helpline","story":"first words"}""");
        using var read = await Operator.ReadAsync($"/reports/{taken}");
        const string Sorted = """{"outcome":"passed_on","urgency":"low","district":"PK-PB-LHR","story":"first words, and second"}""";

        var blind = await Operator.PutAsync($"/reports/{taken}", Sorted).JsonAsync(428);
        using var sorted = await Operator.PutAsync($"/reports/{taken}", Sorted, read.TagOf());
        using var same = await Operator.PutAsync($"/reports/{taken}", Sorted, sorted.TagOf());
        var stale = await Operator.PutAsync($"/reports/{taken}", Sorted, read.TagOf()).JsonAsync(412);
        var shown = await Operator.ReadAsync($"/reports/{taken}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blind.GetProperty("code").GetString(), Is.EqualTo("match_required"));
            Assert.That(stale.GetProperty("code").GetString(), Is.EqualTo("stale"));
            Assert.That(same.TagOf(), Is.EqualTo(sorted.TagOf()), "the same again changes nothing");
            Assert.That(shown.GetProperty("story").GetString(), Is.EqualTo("first words, and second"));
            Assert.That(shown.GetProperty("outcome").GetString(), Is.EqualTo("passed_on"));
            Assert.That((await ActionsAsync(taken)).Count(action => action == "report.sorted"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Sorting_does_not_say_that_it_led_to_a_case()
    {
        var taken = await TakeAsync("""{"channel":"helpline"}""");
        using var read = await Operator.ReadAsync($"/reports/{taken}");

        var refused = await Operator.PutAsync($"/reports/{taken}", """{"outcome":"case_opened","urgency":null,"district":null,"story":null}""", read.TagOf()).JsonAsync(422);

        Assert.That(refused.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/outcome"));
    }

    [Test]
    public async Task It_is_seen_by_the_own_unit_and_its_supervisors_and_by_no_other()
    {
        var taken = await TakeAsync("""{"channel":"helpline"}""");
        var brought = (await _app.As(World.PoliceClient).PostAsync("/reports", """{"channel":"partner_system"}""").JsonAsync(201)).GetProperty("id").GetGuid();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await SeesAsync(World.PoliceSupervisor, taken));
            Assert.That(await SeesAsync(World.PoliceSupervisor, brought), "a unit below");
            Assert.That(await SeesAsync(World.IntakeOperator, brought), Is.False, "not her unit, and she supervises none");
            Assert.That(await SeesAsync(World.PoliceClient, brought));
            Assert.That(await SeesAsync(World.PoliceClient, taken), Is.False);
            Assert.That(await SeesAsync(World.StrangerSupervisor, taken), Is.False);
            Assert.That(await SeesAsync(World.ProtectionOfficer, taken), Is.False);
        }
    }

    private async Task<Guid> TakeAsync(string body) => (await Operator.PostAsync("/reports", body).JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<bool> SeesAsync(Persona persona, Guid id)
    {
        using var answer = await _app.As(persona).ReadAsync($"/reports/{id}");
        var listed = await _app.As(persona).ReadAsync("/reports?show=all&limit=200").JsonAsync();
        var isListed = listed.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("id").GetGuid() == id);
        Assert.That(isListed, Is.EqualTo(answer.IsSuccessStatusCode), "the list and the report agree");
        return isListed;
    }

    private async Task<Guid[]> IdsAsync(string path) =>
        [.. (await Operator.ReadAsync(path).JsonAsync()).GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

    private Task<IReadOnlyList<string>> ActionsAsync(Guid id) => GivenReferral.ReadAsync(
        _app, work => work.ListAsync<string>("SELECT j.action FROM journal j WHERE j.subject_id = @id ORDER BY j.at, j.id", new { id }, CancellationToken.None));
}
