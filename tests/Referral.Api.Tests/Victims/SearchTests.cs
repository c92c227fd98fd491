using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A person who has a case already is found by whatever somebody still knows of her, by her own team and nobody else.</summary>
public sealed class SearchTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        await _app.AddAsync(World.BlockedOfficer);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    private HttpClient Officer => _app.As(World.Officer);

    [TestCase("زرتاشیہ گیلانی", "زرتاشیہ گیلانی")]
    [TestCase("زرتاشیہ گیلانی", "Zartashia Gilani")]
    [TestCase("زرتاشیہ گیلانی", "zartashiya GEELANI")]
    [TestCase("فریحہ کریمی", "فريحه كريمي", Description = "Arabic ي, ك and ه")]
    [TestCase("فريحه كريمي", "فریحہ کریمی", Description = "and the other way round")]
    [TestCase("فریحہ کریمی", "Fareeha Kareemi")]
    [TestCase("عبدالرحمن ترابی", "Abdur Rehman Turabi")]
    [TestCase("گل ناز چنبیلی", "Mst. Gulnaz Chambeli")]
    public async Task She_is_found_by_her_name_in_any_spelling(string kept, string asked)
    {
        var id = await Officer.GivenVictimAsync(kept);

        var found = await FindAsync(Officer, new { name = asked });

        Assert.That(found.Ids, Does.Contain(id));
        Assert.That(found.Of(id).Because, Is.EqualTo(new[] { "name" }));
    }

    [Test]
    public async Task What_was_written_in_Latin_letters_is_found_in_Urdu()
    {
        var victim = await Officer.PostAsync("/victims", """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":9},"name":{"latin":"Mehrunnisa Baltistani"} }""").JsonAsync(201);

        var found = await FindAsync(Officer, new { name = "مہرالنسا بلتستانی" });

        Assert.That(found.Ids, Does.Contain(victim.GetProperty("id").GetGuid()));
    }

    [Test]
    public async Task What_was_said_at_registration_is_found_at_once_and_a_name_in_the_wrong_field_is_refused()
    {
        const string Draft = """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":9},"name":{"ur":"زرمینہ"},"fatherName":{"latin":"Sher Afgan Mazari"} }""";
        var victim = await Officer.PostAsync("/victims", Draft).JsonAsync(201);
        var wrong = await Officer.PostAsync("/victims", Draft.Replace("latin", "ur", StringComparison.Ordinal)).JsonAsync(422);

        var found = await FindAsync(Officer, new { name = "Zarmina", fatherName = "شیرافگن مزاری" });

        Assert.That(found.Of(victim.GetProperty("id").GetGuid()).Because, Is.EqualTo(new[] { "name", "father_name" }));
        Assert.That(wrong.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/fatherName/ur"));
    }

    [TestCase("cnic", "35202-7418529-6")]
    [TestCase("cnic", "3520274185296")]
    [TestCase("cnic", "۳۵۲۰۲ ۷۴۱۸۵۲۹ ۶")]
    [TestCase("phone", "0312-9876543")]
    [TestCase("phone", "+92 312 9876543")]
    [TestCase("phone", "987 6543")]
    [TestCase("phone", "٩٨٧٦٥٤٣")]
    [TestCase("name", "Nargis")]
    [TestCase("fatherName", "قل مرزاد")]
    public async Task She_is_found_by_each_number_and_name_of_hers(string member, string asked)
    {
        var id = await GivenWithPapersAsync();

        var found = await FindAsync(Officer, new Dictionary<string, string> { [member] = asked });

        var reason = member switch { "cnic" => "national_id", "fatherName" => "father_name", _ => member };
        Assert.That(found.Of(id).Because, Is.EqualTo(new[] { reason }));
        Assert.That(found.Of(id).Likeness, Is.EqualTo(member == "cnic" ? "exact" : "possible"));
    }

    [Test]
    public async Task A_case_code_is_taken_as_people_type_it()
    {
        var id = await Officer.GivenVictimAsync("نازنین");
        var code = (await Officer.ReadAsync($"/victims/{id}").JsonAsync()).GetProperty("caseCode").GetString()!;

        var found = await FindAsync(Officer, new { caseCode = code.Replace("-", " ", StringComparison.Ordinal).ToLowerInvariant() });
        var stranger = await FindAsync(_app.As(World.StrangerSupervisor), new { caseCode = code });

        Assert.That(found.Of(id).Likeness, Is.EqualTo("exact"));
        Assert.That(found.Ids, Is.EqualTo(new[] { id }));
        Assert.That(stranger.Ids, Is.Empty);
    }

    [Test]
    public async Task Who_has_more_in_common_comes_first_and_a_sister_shows_as_one()
    {
        var she = await GivenAsync("""{"name":{"ur":"سمیعہ ارغوانی"},"fatherName":{"latin":"Zulqarnain Arghwani"} }""");
        var sister = await GivenAsync("""{"name":{"ur":"رضوانہ"},"fatherName":{"ur":"ذوالقرنین ارغوانی"} }""");
        var namesake = await GivenAsync("""{"name":{"latin":"Samia Arghwani"},"fatherName":{"latin":"Bakhtawar"} }""");

        var found = await FindAsync(Officer, new { name = "Samiya Arghwani", fatherName = "Zulqarnain Arghwani" });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Ids[0], Is.EqualTo(she));
            Assert.That(found.Of(she).Likeness, Is.EqualTo("likely"));
            Assert.That(found.Of(she).Because, Is.EqualTo(new[] { "name", "father_name" }));
            Assert.That(found.Of(sister).Because, Is.EqualTo(new[] { "father_name" }));
            Assert.That(found.Of(namesake).Because, Is.EqualTo(new[] { "name" }));
        }
    }

    [Test]
    public async Task Only_her_team_and_its_supervisors_find_her_and_never_who_is_kept_away()
    {
        var id = await Officer.GivenVictimAsync("پلوشہ خٹک");
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{id}/team", $$"""{"workerId":"{{World.BlockedOfficer.Id}}"}""").JsonAsync(201);
        var asked = new { name = "Palwasha Khattak" };
        Assert.That((await FindAsync(_app.As(World.BlockedOfficer), asked)).Ids, Does.Contain(id), "A member of the team finds her.");

        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{id}/blocks", $$"""{"workerId":"{{World.BlockedOfficer.Id}}","reason":"threatened_person"}""").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await FindAsync(Officer, asked)).Ids, Does.Contain(id));
            Assert.That((await FindAsync(_app.As(World.PoliceSupervisor), asked)).Ids, Does.Contain(id));
            Assert.That((await FindAsync(_app.As(World.OtherOfficer), asked)).Ids, Is.Empty);
            Assert.That((await FindAsync(_app.As(World.StrangerSupervisor), asked)).Ids, Is.Empty);
            Assert.That((await FindAsync(_app.As(World.PoliceClient), asked)).Ids, Is.Empty);
            Assert.That((await FindAsync(_app.As(World.BlockedOfficer), asked)).Ids, Is.Empty);
        }
    }

    [Test]
    public async Task What_a_document_no_longer_says_is_no_longer_found()
    {
        var id = await GivenAsync("""{"name":{"latin":"Yasmeen Torwali"},"nationalId":"35202-1111111-2"}""");
        await Officer.PutAsync($"/victims/{id}/contact", """{"phones":[{"number":"0312 5550101","mayRing":false}]}""", "\"0\"").JsonAsync();

        await Officer.PutAsync($"/victims/{id}/identity", """{"name":{"latin":"Shabnam Kohistani"} }""", "\"2\"").JsonAsync();
        await Officer.PutAsync($"/victims/{id}/contact", """{"phones":[]}""", "\"1\"").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await FindAsync(Officer, new { name = "Yasmeen Torwali" })).Ids, Does.Not.Contain(id));
            Assert.That((await FindAsync(Officer, new { cnic = "35202-1111111-2" })).Ids, Is.Empty);
            Assert.That((await FindAsync(Officer, new { phone = "5550101" })).Ids, Is.Empty);
            Assert.That((await FindAsync(Officer, new { name = "شبنم کوہستانی" })).Ids, Does.Contain(id));
        }
        await Officer.PutAsync($"/victims/{id}/identity", "{}", "\"3\"").JsonAsync();
        Assert.That(await NumberAsync("SELECT count(*) FROM tokens WHERE subject_id = @id", new { id }), Is.Zero);
    }

    [TestCase("{}", "nothing_to_search_by", "")]
    [TestCase("""{"name":"  ","phone":""}""", "nothing_to_search_by", "")]
    [TestCase("""{"name":"Muhammad"}""", "nothing_to_search_by", "/name too_common")]
    [TestCase("""{"fatherName":"علي"}""", "nothing_to_search_by", "/fatherName too_common")]
    [TestCase("""{"name":"Nargis","phone":"12345"}""", "rule_broken", "/phone wrong_form")]
    [TestCase("""{"cnic":"35202-1234567"}""", "rule_broken", "/cnic wrong_form")]
    [TestCase("""{"caseCode":"PB-26-7F3K2X"}""", "rule_broken", "/caseCode wrong_form")]
    public async Task Too_little_to_search_by_is_refused_with_what_to_give(string body, string code, string wrong)
    {
        var problem = await Officer.PostAsync("/victims/search", body).JsonAsync(422);

        var errors = problem.TryGetProperty("errors", out var all) ? all.EnumerateArray().Select(e => $"{e.GetProperty("pointer").GetString()} {e.GetProperty("code").GetString()}") : [];
        Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo(code));
        Assert.That(string.Join(' ', errors), Is.EqualTo(wrong));
        if (code == "nothing_to_search_by")
        {
            Assert.That(problem.GetProperty("give").EnumerateArray().Select(give => give.GetString()), Is.EqualTo(new[] { "name", "fatherName", "caseCode", "phone", "cnic" }));
        }
    }

    [Test]
    public async Task A_common_name_helps_beside_something_else()
    {
        var id = await GivenAsync("""{"name":{"ur":"محمد"},"fatherName":{"ur":"شیرافگن"} }""");

        var found = await FindAsync(Officer, new { name = "Mohammed", fatherName = "Sher Afgan" });

        Assert.That(found.Of(id).Because, Is.EqualTo(new[] { "name", "father_name" }));
    }

    [Test]
    public async Task The_answer_has_no_name_and_the_journal_no_word_that_was_searched_for()
    {
        var id = await GivenAsync("""{"name":{"latin":"Gulrukh Hunzai"},"fatherName":{"latin":"Sikandar Hunzai"} }""");
        var before = await NumberAsync("SELECT count(*) FROM journal", new { });

        var answer = await Officer.PostAsync("/victims/search", """{"name":"Gulrukh Hunzai","phone":"7770707"}""").JsonAsync();

        var rows = await GivenReferral.ChangeAsync(_app, work => work.ListAsync<Row>(
            "SELECT j.subject_kind, j.victim_id, j.groups, j.facts FROM journal j WHERE j.action = 'search.read' AND (j.victim_id = @id OR j.facts LIKE '%\"by\":\"phone,name\"%')", new { id }, CancellationToken.None));
        var log = await Officer.ReadAsync($"/victims/{id}/access-log").JsonAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answer.GetRawText(), Does.Not.Contain("Gulrukh").And.Not.Contain("Hunzai"));
            Assert.That(answer.GetProperty("more").GetBoolean(), Is.False);
            Assert.That(rows.Select(row => row.SubjectKind), Is.EquivalentTo(new[] { "search", "victim" }));
            Assert.That(rows.Single(row => row.SubjectKind == "search").Facts, Is.EqualTo("""{"by":"phone,name","found":"1"}"""));
            Assert.That(rows.Single(row => row.SubjectKind == "victim").Groups, Is.EqualTo("identity"));
            Assert.That(await NumberAsync("SELECT count(*) FROM journal", new { }), Is.EqualTo(before + 2), "Her case alone was opened.");
            Assert.That(log.GetProperty("items").EnumerateArray().Select(row => row.GetProperty("action").GetString()), Does.Contain("search.read"));
        }
    }

    [Test]
    public async Task Twenty_are_listed_and_the_answer_says_that_there_are_more()
    {
        for (var i = 0; i < 21; i++)
        {
            await Officer.GivenVictimAsync("تہمینہ درانی");
        }

        var found = await FindAsync(Officer, new { name = "Tehmina Durrani" });

        Assert.That(found.Ids, Has.Count.EqualTo(20));
        Assert.That(found.More);
    }

    [Test]
    public async Task Thousands_of_others_with_the_same_name_do_not_hide_her()
    {
        var id = await Officer.GivenVictimAsync("زیتون بگٹی");
        await GivenReferral.ChangeAsync(_app, async work =>
        {
            var tokens = await work.ListAsync<Token>("SELECT t.kind, t.token AS value, t.key_version FROM tokens t WHERE t.subject_id = @id", new { id }, CancellationToken.None);
            for (var i = 0; i < 2000; i++)
            {
                // Newer than she is, so that they come first.
                var other = Guid.Parse($"ffffffff-0000-7000-8000-{i:x12}");
                foreach (var token in tokens)
                {
                    await work.ExecuteAsync(
                        "INSERT INTO tokens (subject_id, kind, token, key_version, subject_kind) VALUES (@other, @kind, @value, @version, 'victim')",
                        new { other, kind = token.Kind, value = token.Value, version = token.KeyVersion }, CancellationToken.None);
                }
            }
            return 0;
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await FindAsync(Officer, new { name = "Zaitoon Bugti" })).Ids, Is.EqualTo(new[] { id }), "who has few cases");
            Assert.That((await FindAsync(_app.As(World.PoliceSupervisor), new { name = "Zaitoon Bugti" })).Ids, Is.EqualTo(new[] { id }), "who sees those of many units");
            Assert.That((await FindAsync(_app.As(World.StrangerCaseworker), new { name = "Zaitoon Bugti" })).Ids, Is.Empty);
        }
    }

    [Test]
    public async Task She_is_found_while_others_come_to_her_team_and_leave()
    {
        var id = await Officer.GivenVictimAsync("قندیل مہمند");
        var team = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
            {
                await Officer.PostAsync($"/victims/{id}/team", $$"""{"workerId":"{{World.OtherOfficer.Id}}"}""").JsonAsync(201);
                await Officer.SendAsync(HttpMethod.Delete, $"/victims/{id}/team/{World.OtherOfficer.Id}").JsonAsync(204);
            }
        });
        var others = new List<int>();
        while (!team.IsCompleted)
        {
            Assert.That((await FindAsync(Officer, new { name = "Qandeel Mohmand" })).Ids, Is.EqualTo(new[] { id }));
            others.Add((await FindAsync(_app.As(World.OtherOfficer), new { name = "Qandeel Mohmand" })).Ids.Count);
        }
        await team;

        Assert.That(others, Is.All.AnyOf(0, 1));
        Assert.That((await FindAsync(_app.As(World.OtherOfficer), new { name = "Qandeel Mohmand" })).Ids, Is.Empty);
    }

    [Test]
    public async Task A_name_is_kept_as_sixteen_bits_and_a_number_whole()
    {
        var id = await GivenWithPapersAsync();

        var kept = await GivenReferral.ChangeAsync(_app, work => work.ListAsync<Token>(
            "SELECT t.kind, t.token AS value, t.key_version FROM tokens t WHERE t.subject_id = @id", new { id }, CancellationToken.None));

        Assert.That(kept.Select(token => (token.Kind, token.Value.Length)).Distinct(), Is.EquivalentTo(new[] { ("name", 2), ("father_name", 2), ("national_id", 32), ("phone", 32) }));
    }

    [Test]
    public async Task An_older_generation_of_the_index_key_still_finds_what_it_wrote()
    {
        await using var app = await TestApp.StartAsync();
        var before = await app.As(World.Officer).GivenVictimAsync("مرجان کلاشی");
        var file = Path.Combine(app.Folder, "data", "keys", "index.keys");
        await File.AppendAllTextAsync(file, $"index-newer {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n");
        await using var rotated = app.Another();
        var after = await rotated.As(World.Officer).GivenVictimAsync("مرجان کلاشی");

        var found = await FindAsync(rotated.As(World.Officer), new { name = "Marjan Kalashi" });

        Assert.That(found.Ids, Is.EquivalentTo(new[] { before, after }));
    }

    [Test]
    public async Task Everybody_is_found_under_the_newest_key_alone_once_it_was_indexed_anew()
    {
        await using var app = await TestApp.StartAsync();
        var id = await app.As(World.Officer).GivenVictimAsync("مرجان کلاشی");
        await app.As(World.Officer).PutAsync($"/victims/{id}/contact", """{"phones":[{"number":"03129876543","mayRing":false}]}""", "\"0\"").JsonAsync();
        var file = Path.Combine(app.Folder, "data", "keys", "index.keys");
        await File.WriteAllTextAsync(file, $"index-newer {Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n");
        await using var rotated = app.Another();
        var officer = rotated.As(World.Officer);
        Assert.That((await FindAsync(officer, new { name = "Marjan Kalashi" })).Ids, Is.Empty, "Its key has gone.");

        var victims = await rotated.Services.GetRequiredService<Reindexing>().RunAsync(CancellationToken.None);

        Assert.That(victims, Is.EqualTo(1));
        Assert.That((await FindAsync(officer, new { name = "Marjan Kalashi", phone = "9876543" })).Of(id).Because, Is.EqualTo(new[] { "phone", "name" }));
    }

    private async Task<Guid> GivenAsync(string identity)
    {
        var victim = await Officer.PostAsync("/victims", """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":12} }""").JsonAsync(201);
        var id = victim.GetProperty("id").GetGuid();
        await Officer.PutAsync($"/victims/{id}/identity", identity, "\"1\"").JsonAsync();
        return id;
    }

    private async Task<Guid> GivenWithPapersAsync()
    {
        var id = await GivenAsync("""{"name":{"ur":"زلیخا"},"aliases":[{"ur":"نرگس"}],"fatherName":{"latin":"Quilmarzad"},"nationalId":"35202-7418529-6","nationalIdKind":"b_form_crc"}""");
        await Officer.PutAsync($"/victims/{id}/contact", """{"phones":[{"number":"0300 0000000","mayRing":true},{"number":"03129876543","mayRing":false}]}""", "\"0\"").JsonAsync();
        return id;
    }

    private Task<long> NumberAsync(string sql, object parameters) =>
        GivenReferral.ChangeAsync(_app, work => work.ScalarAsync<long>(sql, parameters, CancellationToken.None));

    private static async Task<Found> FindAsync(HttpClient client, object asked) =>
        new(await client.PostAsync("/victims/search", JsonSerializer.Serialize(asked, Loose)).JsonAsync());

    private static readonly JsonSerializerOptions Loose = new() { TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver() };

    private sealed class Found(JsonElement answer)
    {
        public IReadOnlyList<Guid> Ids => [.. answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];

        public bool More => answer.GetProperty("more").GetBoolean();

        public (string Likeness, string[] Because) Of(Guid id)
        {
            var item = answer.GetProperty("items").EnumerateArray().FirstOrDefault(item => item.GetProperty("id").GetGuid() == id);
            Assert.That(item.ValueKind, Is.EqualTo(JsonValueKind.Object), $"Not found in {answer}");
            return (item.GetProperty("likeness").GetString()!, [.. item.GetProperty("because").EnumerateArray().Select(reason => reason.GetString()!)]);
        }
    }

    private sealed record Row
    {
        public required string SubjectKind { get; init; }
        public Guid? VictimId { get; init; }
        public string? Groups { get; init; }
        public string? Facts { get; init; }
    }

    private sealed record Token
    {
        public required string Kind { get; init; }
        public required byte[] Value { get; init; }
        public required string KeyVersion { get; init; }
    }
}
