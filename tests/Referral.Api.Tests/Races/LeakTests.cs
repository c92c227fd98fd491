using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What was told about a child stands nowhere in clear: not in files, not in logs, not in refusals.</summary>
public sealed class LeakTests
{
    private const string Urdu = "زرتاشیہ";
    private const string Latin = "Zartashia";
    private const string Father = "Quilmarzad";
    private const string Words = "blauwkrokus";
    private const string Phone = "03129876543";
    private const string NationalNumber = "35202-7418529-6";

    private static readonly string[] Told = [Urdu, Latin, Father, Words, "3129876543", NationalNumber, "3520274185296"];

    private TestApp _app = null!;
    private Traces _traces = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        _traces = new Traces(_app);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _app.DisposeAsync();
        _traces.Dispose();
    }

    [Test]
    public async Task Nothing_that_was_told_is_found_in_files_logs_or_refusals()
    {
        var victimId = Guid.CreateVersion7();
        var caseCode = await TellAsync(victimId);
        await ProvokeAsync(victimId);
        await FaultAsync(victimId);
        await SealAsync();

        var files = _traces.Everything();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(files.Values.Any(bytes => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(caseCode.ToLowerInvariant())) >= 0), "The search sees what is stored.");
            Assert.That(files.Keys.Select(Path.GetFileName), Is.SupersetOf(new[] { "referral.db", "referral.db-wal", "referral.db-shm", "journal.witness" }));
            Assert.That(_traces.Log, Does.Contain("failed with"), "The fault was logged.");
            foreach (var told in Told)
            {
                Assert.That(Traces.PlacesOf(told, files), Is.Empty, told);
            }
        }
    }

    /// <summary>The search itself finds what stands in clear: one word planted in each place, found there and nowhere else.</summary>
    [TestCase("referral.db", "کھلاکھاتہ")]
    [TestCase("referral.db-wal", "plantedinwal")]
    [TestCase("journal", "plantedinjournal")]
    [TestCase("journal.witness", "plantedinwitness")]
    [TestCase("log", "plantedinlog")]
    [TestCase("refusal", "plantedinrefusal")]
    public async Task A_word_that_is_written_in_clear_is_found(string place, string word)
    {
        var isStored = place is "referral.db" or "referral.db-wal" or "journal";
        switch (place)
        {
            case "journal":
                await GivenReferral.ChangeAsync(_app, work => Journal.AppendAsync(
                    work, new JournalEntry { Action = JournalActions.VictimChanged, SubjectKind = "victim", Facts = [("planted", word)] }, CancellationToken.None));
                break;
            case "journal.witness":
                await SealAsync();
                await File.AppendAllTextAsync(_traces.Everything().Keys.Single(file => file.EndsWith(place, StringComparison.Ordinal)), word);
                break;
            case "log":
                _app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("planted").Log(LogLevel.Information, default, word, null, static (said, _) => said);
                break;
            case "refusal":
                await RefusedAsync(400, _app.As(World.Officer).PostAsync("/victims", $$"""{"{{word}}":1}"""));
                break;
            default:
                await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE agencies SET helpline = @word WHERE id = @unit2", new { word, unit2 = World.Hospital }, CancellationToken.None));
                break;
        }
        if (place == "referral.db")
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(_app.Folder, "data", "referral.db")};Pooling=False");
            connection.Open();
            using var checkpoint = connection.CreateCommand();
            checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
            checkpoint.ExecuteNonQuery();
        }

        var found = Traces.PlacesOf(word, _traces.Everything());

        Assert.That(found, Is.Not.Empty.And.All.EndsWith(place is "journal" ? "referral.db-wal" : place));
        Assert.That(isStored, Is.EqualTo(found.All(file => file.Contains("referral.db", StringComparison.Ordinal))));
    }

    /// <returns>Her case code, which does stand in clear.</returns>
    private async Task<string> TellAsync(Guid victimId)
    {
        var officer = _app.As(World.Officer);
        var victim = await officer.PostAsync("/victims", Draft(victimId), key: "leak-registration").JsonAsync(201);
        var her = $"/victims/{victimId}";
        var read = await officer.PutAsync($"{her}/identity", $$"""
            {"name":{"ur":"{{Urdu}}","latin":"{{Latin}}"},"fatherName":{"latin":"{{Father}}"},"aliases":[{"ur":"{{Urdu}}"}],
             "nationalId":"{{NationalNumber}}","nationalIdKind":"b_form_crc"}
            """, "\"1\"").JsonAsync();
        await officer.PutAsync($"{her}/contact", $$"""
            {"phones":[{"number":"{{Phone}}","mayRing":true,"whose":"mother","askFor":"{{Latin}}","neverSay":"{{Words}}"}],"address":"{{Words}} {{Father}}"}
            """, "\"0\"").JsonAsync();
        await officer.PutAsync($"{her}/health", $$"""{"urgentNotes":"{{Words}} {{Urdu}}"}""", "\"0\"").JsonAsync();
        await officer.PostAsync($"{her}/records", Note(victimId)).JsonAsync(201);
        await officer.PostAsync($"{her}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"father","name":"{{Father}}"},"capacity":"guardian_with_assent","form":"verbal_with_witness","witness":"{{Urdu}}",
             "language":"urd","scriptVersion":"1","groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]},"note":"{{Words}} {{Latin}}"}
            """).JsonAsync(201);
        await _app.As(World.PoliceSupervisor).PostAsync($"{her}/blocks", $$"""
            {"workerId":"{{World.HospitalDesk.Id}}","reason":"threatened_person","note":"{{Words}} {{Urdu}} {{Phone}}"}
            """).JsonAsync(201);
        await ReferAsync(officer, victimId);
        await ReportAsync();
        var found = await officer.PostAsync("/victims/search", $$"""{"name":"{{Urdu}}","fatherName":"{{Father}}","cnic":"{{NationalNumber}}","phone":"{{Phone}}"}""", key: "leak-search").JsonAsync();
        Assert.That(found.GetProperty("items")[0].GetProperty("because").GetArrayLength(), Is.EqualTo(4), "She is found by all of it.");
        Assert.That(read.GetProperty("name").GetProperty("ur").GetString(), Is.EqualTo(Urdu));
        return victim.GetProperty("caseCode").GetString()!;
    }

    private async Task ReferAsync(HttpClient officer, Guid victimId)
    {
        var need = await officer.PostAsync($"/victims/{victimId}/needs", """{"category":"safe_shelter","urgency":"high"}""").JsonAsync(201);
        var referral = await officer.PostAsync("/referrals", $$"""
            {"victimId":"{{victimId}}","needId":"{{need.GetProperty("id").GetGuid()}}","serviceId":"{{World.ShelterService}}","groups":["identity"],"note":"{{Words}} {{Latin}}"}
            """).JsonAsync(201);
        var path = $"/referrals/{referral.GetProperty("id").GetGuid()}";
        var shelter = _app.As(World.ShelterDesk);
        await ActAsync(officer, path, "submit", "{}");
        await ActAsync(shelter, path, "request-info", $$"""{"question":"{{Words}}?"}""");
        await ActAsync(officer, path, "answer-info", $$"""{"answer":"{{Words}} {{Urdu}} {{Phone}}"}""");
        await ActAsync(shelter, path, "accept", """{"population":"girls"}""");
        await officer.PostAsync($"{path}/entries", $$"""{"kind":"message","text":"{{Words}} {{Latin}} {{NationalNumber}}"}""").JsonAsync(201);
        var opened = await shelter.ReadAsync($"/victims/{victimId}/identity").JsonAsync();
        Assert.That(opened.GetProperty("nationalId").GetString(), Does.Contain("7418529"));
    }

    private async Task ReportAsync()
    {
        var taker = _app.As(World.IntakeOperator);
        var report = await taker.PostAsync("/reports", $$"""
            {"channel":"helpline","story":"{{Words}} {{Urdu}} {{Latin}}","reporter":{"name":"{{Father}}","phone":"{{Phone}}","mayRing":true,"callNote":"{{Words}}"} }
            """, key: "leak-report").JsonAsync(201);
        var path = $"/reports/{report.GetProperty("id").GetGuid()}";
        using var read = await taker.ReadAsync(path);
        await taker.PutAsync(path, $$"""{"outcome":null,"urgency":"high","district":"PK-PB-KSR","story":"{{Words}} {{NationalNumber}}"}""", read.TagOf()).JsonAsync();
        await RefusedAsync(422, taker.PostAsync("/reports", $$"""{"channel":"helpline","reporter":{"name":"{{Father}}","phone":"{{Phone}}","isAnonymous":true} }"""));
        await RefusedAsync(400, taker.PostAsync("/reports", $$"""{"channel":"{{Words}}","story":"{{Latin}}"}"""));
    }

    private async Task ProvokeAsync(Guid victimId)
    {
        var officer = _app.As(World.Officer);
        var her = $"/victims/{victimId}";
        await RefusedAsync(400, officer.PostAsync("/victims", $$"""{"found":{"district":"PK-PB-KSR"},"sex":"{{Urdu}}","age":{"years":10,"evidence":"{{Latin}}"} }"""));
        await RefusedAsync(400, officer.PostAsync("/victims", $$"""{"found":{"district":"{{Words}}"},"sex":"female","age":{"years":"{{Phone}}"} }"""));
        await RefusedAsync(400, officer.PostAsync("/victims", $$"""{"name":{"ur":"{{Urdu}}","latin":"{{Latin}}" {{NationalNumber}}"""));
        await RefusedAsync(400, officer.PostAsync("/victims", Draft(Guid.CreateVersion7()), key: $"{Latin} {Father}"));
        await RefusedAsync(400, officer.ReadAsync($"/victims?cursor={Uri.EscapeDataString(Urdu)}{Latin}"));
        await RefusedAsync(400, officer.PostAsync("/victims/search", $$"""{"name":"{{Urdu}}","called":"{{Latin}}"}"""));
        await RefusedAsync(422, officer.PostAsync("/victims/search", $$"""{"name":"{{Latin}}","phone":"{{Father}}","cnic":"{{Phone}}"}"""));
        await RefusedAsync(404, officer.ReadAsync($"/victims/{Uri.EscapeDataString(Urdu)}"));
        await RefusedAsync(404, officer.ReadAsync($"/victims/{Latin}"));
        await RefusedAsync(404, officer.ReadAsync($"/victims/{NationalNumber}/records/{Phone[1..]}"));
        await RefusedAsync(404, officer.ReadAsync($"/{Latin}/{NationalNumber}"), or: 403);
        await RefusedAsync(404, _app.As(World.StrangerCaseworker).PutAsync($"{her}/identity", $$"""{"name":{"latin":"{{Latin}}"} }""", "\"2\""));
        await RefusedAsync(409, officer.PostAsync("/victims", Draft(victimId)));
        await RefusedAsync(409, officer.PostAsync($"{her}/records", Note(victimId)));
        await RefusedAsync(412, officer.PutAsync($"{her}/identity", $$"""{"name":{"latin":"{{Latin}}"} }""", "\"99\""));
        await RefusedAsync(422, officer.PostAsync("/victims", Draft(Guid.CreateVersion7()), key: "leak-registration"));
        await RefusedAsync(422, officer.PutAsync($"{her}/identity", $$"""{"name":{"latin":"{{Urdu}}"},"nationalId":"{{Latin}}"}""", "\"2\""));
        await RefusedAsync(422, officer.PutAsync($"{her}/contact", $$"""{"phones":[{"number":"{{Words}}","mayRing":true}]}""", "\"1\""));
    }

    /// <summary>A stored document that cannot be opened any more: the answer is 500, and a line is logged.</summary>
    private async Task FaultAsync(Guid victimId)
    {
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync(
            "UPDATE records SET body = @body WHERE victim_id = @victimId AND kind = 'health'", new { body = new byte[64], victimId }, CancellationToken.None));
        await RefusedAsync(500, _app.As(World.Officer).ReadAsync($"/victims/{victimId}/health?{Latin}={Uri.EscapeDataString(Urdu)}"));
    }

    /// <summary>Until the witness file has been written.</summary>
    private async Task SealAsync()
    {
        for (var i = 0; i < 100 && !Directory.EnumerateFiles(_app.Folder, "journal.witness", SearchOption.AllDirectories).Any(); i++)
        {
            _app.Clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(100);
        }
    }

    private static async Task ActAsync(HttpClient client, string path, string action, string body)
    {
        using var before = await client.ReadAsync(path);
        await client.PostAsync($"{path}/{action}", body, before.TagOf()).JsonAsync();
    }

    private async Task RefusedAsync(int status, Task<HttpResponseMessage> sending, int or = 0)
    {
        using var response = await sending;
        var body = await response.Content.ReadAsStringAsync();
        Assert.That((int)response.StatusCode, Is.EqualTo(status).Or.EqualTo(or), body);
        await _traces.KeepAsync(response);
    }

    private static string Draft(Guid id) => $$"""
        {"id":"{{id}}","found":{"district":"PK-PB-KSR","place":"{{Words}}"},"sex":"female","age":{"years":10,"evidence":"appearance"},
         "name":{"ur":"{{Urdu}}","latin":"{{Latin}}"},"note":"{{Words}} {{Urdu}} {{Phone}}"}
        """;

    private static string Note(Guid id) => $$"""{"id":"{{id}}","kind":"note","body":{"text":"{{Words}} {{Urdu}} {{Latin}} {{NationalNumber}}"} }""";
}
