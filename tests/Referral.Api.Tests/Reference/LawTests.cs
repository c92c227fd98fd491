using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Who is a child, for everybody to read; and a past answer stays what it was.</summary>
public sealed class LawTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("2014-06-10", 16, "pk-sd-marriage-female-1", "in_force")]
    [TestCase("2014-06-11", 18, "pk-sd-marriage-female-2", "in_force")]
    public async Task Anybody_may_ask_by_purpose_province_and_day(string day, int limit, string rule, string status)
    {
        var row = await OneAsync($"/law/rules?purpose=marriage_female&province=PK-SD&on={day}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.GetProperty("limit").GetInt32(), Is.EqualTo(limit));
            Assert.That(row.GetProperty("rule").GetProperty("id").GetString(), Is.EqualTo(rule));
            Assert.That(row.GetProperty("status").GetString(), Is.EqualTo(status));
            Assert.That(row.GetProperty("benchmark").GetInt32(), Is.EqualTo(18));
        }
    }

    [Test]
    public async Task Every_purpose_has_a_row_for_every_province_and_says_where_nothing_is_known()
    {
        var rows = (await _app.As(null).ReadAsync("/law/rules?on=2026-11-29").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        var law = LawFiles.Read(1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Count.EqualTo(law.Purposes.Count * 7));
            Assert.That(rows.Where(row => row.GetProperty("status").GetString() == "no_rule").Select(row => row.GetProperty("limit").ValueKind), Is.Not.Empty.And.All.EqualTo(JsonValueKind.Null));
        }
    }

    /// <summary>A new release answers from its approval on; the same question to the old one is answered as before, also after a restart.</summary>
    [Test]
    public async Task A_past_answer_is_the_same_after_a_new_release()
    {
        const string Question = "/law/rules?purpose=marriage_female&province=PK-KP&on=2027-02-01";
        var before = (await OneAsync(Question)).GetRawText();
        var shipped = LawFiles.Read(2);
        var ended = new DateOnly(2027, 1, 1);
        var next = new LawRelease(2, shipped.Instruments,
        [
            .. shipped.Rules.Select(rule => rule.Id == "pk-kp-marriage-female-1" ? rule with { To = ended } : rule),
            shipped.Rules.Single(rule => rule.Id == "pk-kp-marriage-female-1") with { Id = "pk-kp-marriage-female-2", From = ended, To = null, Limit = 18 },
        ]);
        await WriteAsync(next, approvedAt: null);
        Assert.That((await OneAsync(Question)).GetRawText(), Is.EqualTo(before), "it is only proposed");

        await ApproveAsync(2);

        Assert.That((await OneAsync(Question)).GetProperty("limit").GetInt32(), Is.EqualTo(18));
        Assert.That((await OneAsync($"{Question}&release=1")).GetRawText(), Is.EqualTo(before));
        var changes = (await _app.As(null).ReadAsync("/law/releases/2/changes").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.That(changes.Select(change => change.GetProperty("after").GetProperty("id").GetString()), Is.EqualTo(new[] { "pk-kp-marriage-female-1", "pk-kp-marriage-female-2" }));
        Assert.That(changes[0].GetProperty("members").EnumerateArray().Select(member => member.GetString()), Is.EqualTo(new[] { "to" }));
        Assert.That(changes.Select(change => change.GetProperty("rewritesPast").GetBoolean()), Is.All.False);
    }

    /// <summary>What the database holds is what the files say: no column is lost or turned.</summary>
    [Test]
    public async Task The_first_release_is_that_of_the_files()
    {
        var stored = await _app.Services.GetRequiredService<Database>().ReadAsync(Caller.System, work => LawStore.FindAsync(work, 1, CancellationToken.None), CancellationToken.None);
        var files = LawFiles.Read(1);

        Assert.That(stored!.Rules, Is.EquivalentTo(files.Rules));
        Assert.That(stored.Instruments, Is.EquivalentTo(files.Instruments));
    }

    [TestCase("/law/rules?purpose=no_such", 400)]
    [TestCase("/law/rules?province=Punjab", 400)]
    [TestCase("/law/rules?on=2026-02-31", 400)]
    [TestCase("/law/rules?release=999", 404)]
    [TestCase("/law/releases/999", 404)]
    [TestCase("/law/releases/1/changes?since=999", 404)]
    public async Task What_cannot_be_answered_is_said_so(string path, int status)
    {
        using var answer = await _app.As(null).ReadAsync(path);

        Assert.That((int)answer.StatusCode, Is.EqualTo(status));
    }

    private async Task<JsonElement> OneAsync(string path) => (await _app.As(null).ReadAsync(path).JsonAsync()).GetProperty("items").EnumerateArray().Single();

    private Task<bool> WriteAsync(LawRelease release, DateTimeOffset? approvedAt) => _app.Services.GetRequiredService<Database>().ChangeAsync(Caller.System, async work =>
    {
        await LawStore.InsertAsync(work, Ids.New(work.Now), release, "A test.", approvedAt, CancellationToken.None);
        return true;
    }, static _ => true, CancellationToken.None);

    private Task<int> ApproveAsync(int number) => _app.Services.GetRequiredService<Database>().ChangeAsync(
        Caller.System,
        work => work.ExecuteAsync("UPDATE law_releases SET state = 'approved', approved_at = @now WHERE number = @number", new { number }, CancellationToken.None),
        static _ => true, CancellationToken.None);
}
