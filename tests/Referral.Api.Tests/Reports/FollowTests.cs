using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What whoever holds a follow-code can do, and what trying codes teaches: nothing.</summary>
public sealed class FollowTests
{
    private static readonly string Wrong = FollowCode.Make(1).Text;

    private TestApp _app = null!;

    private HttpClient Nobody => _app.As(null);

    private HttpClient Operator => _app.As(World.IntakeOperator);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_code_answers_in_three_words_how_far_it_has_come()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline","story":"Two girls."}""");
        var received = await StatusAsync(code);
        await SortAsync(id, """{"outcome":null,"urgency":"low","district":null,"story":"Two girls."}""");
        var taken = await StatusAsync(code.ToLowerInvariant());
        await SortAsync(id, """{"outcome":"passed_on","urgency":"low","district":null,"story":"Two girls."}""");
        var closed = await StatusAsync(code.Replace("-", " ", StringComparison.Ordinal));

        Assert.That(new[] { received, taken, closed }, Is.EqualTo(new[]
        {
            """{"status":"received"}""", """{"status":"being_acted_on"}""", """{"status":"closed"}""",
        }));
    }

    [Test]
    public async Task A_code_of_a_report_that_became_a_case_is_acted_on()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline"}""");
        await Operator.PostAsync($"/reports/{id}/convert", """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":9,"evidence":"appearance"}}""").JsonAsync();

        Assert.That(await StatusAsync(code), Is.EqualTo("""{"status":"being_acted_on"}"""));
    }

    [Test]
    public async Task A_code_that_nobody_holds_gets_the_same_answers()
    {
        var (_, code) = await TakeAsync("""{"channel":"helpline"}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await StatusAsync(Wrong), Is.EqualTo(await StatusAsync(code)));
            Assert.That(await SentAsync("messages", $$"""{"followCode":"{{Wrong}}","text":"hello"}"""), Is.EqualTo(await SentAsync("messages", $$"""{"followCode":"{{code}}","text":"hello"}""")));
            Assert.That(await SentAsync("feedback", $$"""{"followCode":"{{Wrong}}","wasHeard":"no"}"""), Is.EqualTo(await SentAsync("feedback", $$"""{"followCode":"{{code}}","wasHeard":"no"}""")));
            Assert.That(await CountAsync("SELECT count(*) FROM follow_messages m JOIN follow_codes f ON f.subject_id = m.subject_id"), Is.EqualTo(await CountAsync("SELECT count(*) FROM follow_messages m")));
        }
    }

    [Test]
    public async Task A_mistake_in_typing_is_found_by_the_check_character()
    {
        var (_, code) = await TakeAsync("""{"channel":"helpline"}""");
        var mistyped = $"{(code[0] == '7' ? '8' : '7')}{code[1..]}";

        foreach (var (path, more) in new[] { ("status", ""), ("messages", ""","text":"hello" """), ("feedback", "") })
        {
            var refused = await Nobody.PostAsync($"/public/codes/{path}", $$"""{"followCode":"{{mistyped}}"{{more}}}""").JsonAsync(422);
            Assert.That(refused.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("mistyped"), path);
        }
    }

    [Test]
    public async Task What_comes_by_the_code_is_read_by_those_who_handle_the_report()
    {
        var (id, code) = await TakeAsync("""{"channel":"helpline","outcome":"information_given"}""");
        var before = await UnreadAsync(id);
        await SentAsync("messages", $$"""{"followCode":"{{code}}","kind":"message","text":"after six"}""");
        _app.Clock.Advance(TimeSpan.FromMinutes(1));
        await SentAsync("feedback", $$"""{"followCode":"{{code}}","wasHeard":"yes","feltSafe":"not_sure","text":"Thank you."}""");
        var waiting = await UnreadAsync(id);

        var report = await Operator.ReadAsync($"/reports/{id}").JsonAsync();
        var after = await UnreadAsync(id);

        var messages = report.GetProperty("messages").EnumerateArray().ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, waiting, after), Is.EqualTo(((int?)null, (int?)2, (int?)null)), "a closed report waits again while a message is not read");
            Assert.That(messages.Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { "feedback", "message" }));
            Assert.That(messages[0].GetProperty("body").GetProperty("feltSafe").GetString(), Is.EqualTo("not_sure"));
            Assert.That(messages[1].GetProperty("body").GetProperty("text").GetString(), Is.EqualTo("after six"));
        }
    }

    [Test]
    public async Task A_code_is_told_once_and_again_only_to_the_same_request()
    {
        const string Body = """{"channel":"walk_in","story":"told once"}""";
        var first = await Operator.PostAsync("/reports", Body, key: "follow-once").JsonAsync(201);
        var again = await Operator.PostAsync("/reports", Body, key: "follow-once").JsonAsync(201);
        using var read = await Operator.ReadAsync($"/reports/{first.GetProperty("id").GetGuid()}");
        var junk = await Operator.PostAsync("/reports", """{"channel":"helpline","outcome":"junk"}""").JsonAsync(201);

        var code = first.GetProperty("followCode").GetString()!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetProperty("followCode").GetString(), Is.EqualTo(code));
            Assert.That(await read.Content.ReadAsStringAsync(), Does.Not.Contain(code));
            Assert.That(junk.GetProperty("followCode").GetString(), Is.Null);
        }
    }

    [Test]
    public async Task Whoever_tries_codes_is_slowed_down_and_others_are_not()
    {
        await using var app = await TestApp.StartAsync(("Rates:GuessesPerMinute", "3"));
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var tried = await app.As(null).PostAsync("/public/codes/status", $$"""{"followCode":"{{FollowCode.Make((ulong)i).Text}}"}""");
            statuses.Add((int)tried.StatusCode);
        }
        using var other = await app.As(World.IntakeOperator).ReadAsync("/reports");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 200, 429, 429 }));
            Assert.That((int)other.StatusCode, Is.EqualTo(200));
        }
    }

    private async Task<(Guid Id, string Code)> TakeAsync(string body)
    {
        var receipt = await Operator.PostAsync("/reports", body).JsonAsync(201);
        return (receipt.GetProperty("id").GetGuid(), receipt.GetProperty("followCode").GetString()!);
    }

    private async Task SortAsync(Guid id, string body)
    {
        using var read = await Operator.ReadAsync($"/reports/{id}");
        await Operator.PutAsync($"/reports/{id}", body, read.TagOf()).JsonAsync();
    }

    private Task<string> StatusAsync(string code) => SentAsync("status", $$"""{"followCode":"{{code}}"}""");

    /// <summary>Status, headers and body.</summary>
    private async Task<string> SentAsync(string path, string body)
    {
        using var answer = await Nobody.PostAsync($"/public/codes/{path}", body);
        Assert.That((int)answer.StatusCode, Is.EqualTo(200));
        return await answer.Content.ReadAsStringAsync();
    }

    /// <returns>Null when it does not wait.</returns>
    private async Task<int?> UnreadAsync(Guid id)
    {
        var list = await Operator.ReadAsync("/reports?limit=200").JsonAsync();
        return list.GetProperty("items").EnumerateArray().Where(one => one.GetProperty("id").GetGuid() == id).Select(one => (int?)one.GetProperty("unread").GetInt32()).SingleOrDefault();
    }

    private Task<int> CountAsync(string sql) => GivenReferral.ReadAsync(_app, work => work.ScalarAsync<int>(sql, null, CancellationToken.None));
}
