using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Somebody grown who refuses is counted, and nothing leads to her.</summary>
public sealed class UnnamedTests
{
    private const string Body = """{"types":["bonded_labour"],"sex":"female","district":"PK-PB-KSR"}""";

    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task She_is_counted_once_as_of_the_day_and_leads_to_nobody()
    {
        using var counted = await _app.As(World.Officer).PostAsync("/reports/unnamed", Body, key: "counted-1");
        using var again = await _app.As(World.Officer).PostAsync("/reports/unnamed", Body, key: "counted-1");
        var row = (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/reports?show=all&kind=unnamed")).Single();
        var report = await _app.As(World.PoliceSupervisor).ReadAsync($"/reports/{row.GetProperty("id").GetGuid()}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(((int)counted.StatusCode, (int)again.StatusCode), Is.EqualTo((204, 204)));
            Assert.That((row.GetProperty("kind").GetString(), row.GetProperty("outcome").GetString(), row.GetProperty("district").GetString()), Is.EqualTo(("unnamed", "counted_only", "PK-PB-KSR")));
            Assert.That(row.GetProperty("receivedAt").GetDateTimeOffset(), Is.EqualTo(Karachi.At(Karachi.DateOf(_app.Clock.GetUtcNow()), TimeSpan.Zero)));
            Assert.That((report.GetProperty("story").GetString(), report.GetProperty("victimId").GetString(), report.GetProperty("reporter").ValueKind), Is.EqualTo(((string?)null, (string?)null, System.Text.Json.JsonValueKind.Null)));
            Assert.That(await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/reports"), Is.Empty, "Nobody has to sort it.");
            Assert.That(await GivenTransfer.ListAsync(_app, World.StrangerSupervisor, "/reports?show=all"), Is.Empty);
        }
    }

    [TestCase("""{"types":[]}""", 422)]
    [TestCase("""{"types":["bonded_labour"],"district":"PK-XX"}""", 400)]
    [TestCase("""{"types":["bonded_labour"],"story":"She said so."}""", 400)]
    public async Task It_takes_codes_and_no_words(string body, int status)
    {
        using var answer = await _app.As(World.Officer).PostAsync("/reports/unnamed", body);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task No_word_is_added_to_it_later()
    {
        using var counted = await _app.As(World.Officer).PostAsync("/reports/unnamed", Body);
        var id = (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/reports?show=all&kind=unnamed")).Single().GetProperty("id").GetGuid();
        using var read = await _app.As(World.PoliceSupervisor).ReadAsync($"/reports/{id}");

        var sorted = await _app.As(World.PoliceSupervisor).PutAsync($"/reports/{id}", """{"outcome":"counted_only","urgency":null,"district":null,"story":"Her name is"}""", read.TagOf()).JsonAsync(409);
        var linked = await _app.As(World.PoliceSupervisor).PostAsync($"/reports/{id}/convert", """{"found":{"district":"PK-PB-KSR","place":"kiln"},"sex":"female","age":{"years":30,"evidence":"appearance"},"name":{"ur":"کلثوم"} }""").JsonAsync(422);

        Assert.That((sorted.GetProperty("code").GetString(), linked.GetProperty("code").GetString()), Is.EqualTo(("counted_only", "only_intakes")));
    }

    [Test]
    public async Task Nobody_makes_one_of_another_report()
    {
        using var kind = await _app.As(World.PoliceSupervisor).PostAsync("/reports", """{"channel":"helpline","kind":"unnamed"}""");
        using var outcome = await _app.As(World.PoliceSupervisor).PostAsync("/reports", """{"channel":"helpline","outcome":"counted_only"}""");

        Assert.That(((int)kind.StatusCode, (int)outcome.StatusCode), Is.EqualTo((400, 422)));
    }
}
