using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// kill -9 under load. What was acknowledged is there; what was not happens once when it is sent again; no referral is half done.
/// </summary>
public sealed class KillTests
{
    private const int Writers = 8;

    private const string ReferralsSql = """
        SELECT hex(r.id), r.state,
               (SELECT COUNT(*) FROM clocks c WHERE c.subject_id = r.id),
               (SELECT COUNT(*) FROM notifications n WHERE n.subject_id = r.id),
               (SELECT COUNT(*) FROM journal j WHERE j.subject_id = r.id AND j.action = 'referral.submitted')
          FROM referrals r
        """;

    private string _folder = null!;
    private int _port;

    private static int Kills => Environment.GetEnvironmentVariable("REFERRAL_TEST_FULL") == "1" ? 50 : 10;

    [SetUp]
    public void Prepare()
    {
        _folder = Directory.CreateTempSubdirectory("nrs-kill-").FullName;
        _port = BuiltHost.FreePort();
    }

    [TearDown]
    public void Clean() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_acknowledged_write_survives_and_nothing_happens_twice_or_half()
    {
        var sent = new ConcurrentQueue<Sent>();
        var host = await BuiltHost.StartAsync(_folder, _port);
        try
        {
            var before = Count("victims");
            var place = await FindPlaceAsync(host.Client, sent);
            var isCut = false;
            for (var kill = 0; kill < Kills; kill++)
            {
                var now = new ConcurrentQueue<Sent>();
                var client = host.Client;
                var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => WriteAsync(client, now, place))).ToArray();
                await SomeAsync(now);
                await host.KillAsync();
                await Task.WhenAll(writers);
                isCut |= now.Any(one => one.Id is null);

                host.Dispose();
                host = await BuiltHost.StartAsync(_folder, _port);
                foreach (var one in now)
                {
                    await ReplayAsync(host.Client, one);
                    sent.Enqueue(one);
                }
            }
            await host.KillAsync();

            var verdict = await BuiltHost.RunAsync(_folder, _port, "verify");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(isCut, "No kill met a request under way.");
                Assert.That(Count("victims"), Is.EqualTo(before + sent.Count(one => one.Path == "/victims")));
                Assert.That(verdict.Code, Is.Zero, verdict.Output);
            }
            AssertWhole(sent);
        }
        finally
        {
            host.Dispose();
        }
    }

    /// <summary>Until some were submitted, and a moment that nobody chose.</summary>
    private static async Task SomeAsync(ConcurrentQueue<Sent> sent)
    {
        var patience = Stopwatch.StartNew();
        while (sent.Count(one => one.Id is not null && one.Path.EndsWith("/submit", StringComparison.Ordinal)) < Writers)
        {
            Assert.That(patience.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)), "Nothing gets submitted.");
            await Task.Delay(20);
        }
        await Task.Delay(Random.Shared.Next(200));
    }

    /// <summary>Each submitted once, with its clock and those who were told; and nothing besides.</summary>
    private void AssertWhole(IReadOnlyCollection<Sent> sent)
    {
        var created = sent.Where(one => one.Path == "/referrals").Select(one => Hex(one.Id!.Value)).ToHashSet();
        var submitted = sent.Where(one => one.Path.EndsWith("/submit", StringComparison.Ordinal)).Select(one => Hex(one.Id!.Value)).ToHashSet();
        var rows = Referrals().Where(row => created.Contains(row.Id)).ToArray();
        var whole = rows.First(row => row.State == "submitted");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Length.EqualTo(created.Count));
            Assert.That(whole is { Clocks: > 0, Notifications: > 0, Submissions: 1 }, whole.ToString());
            Assert.That(rows.Where(row => row.State == "submitted").Select(row => row.Id), Is.EquivalentTo(submitted));
            Assert.That(rows.Where(row => row.State == "submitted"), Is.All.Matches<Row>(row => row with { Id = whole.Id } == whole));
            Assert.That(rows.Where(row => row.State != "submitted"), Is.All.Matches<Row>(row => row with { Id = "" } == new Row("", "draft", 0, 0, 0)));
        }
    }

    /// <summary>Until the process is gone: registers, records consent, refers, submits.</summary>
    private static async Task WriteAsync(HttpClient client, ConcurrentQueue<Sent> sent, Place place)
    {
        try
        {
            while (true)
            {
                var victim = await SendAsync(client, sent, "/victims", Girl);
                var need = await SendAsync(client, sent, $"/victims/{victim}/needs", Need);
                await SendAsync(client, sent, $"/victims/{victim}/bases", $$"""
                    {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
                     "groups":["identity"],"purposes":["provide_service","medical_treatment"],"recipients":{"agencies":["{{place.Agency}}"]} }
                    """);
                var referral = await SendAsync(client, sent, "/referrals", $$"""
                    {"victimId":"{{victim}}","needId":"{{need}}","serviceId":"{{place.Service}}","groups":["identity"]}
                    """);
                using var draft = await client.ReadAsync($"/referrals/{referral}");
                await SendAsync(client, sent, $"/referrals/{referral}/submit", "{}", draft.TagOf());
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // What is in the queue without an id was not answered.
        }
    }

    private static async Task<Guid> SendAsync(HttpClient client, ConcurrentQueue<Sent> sent, string path, string body, string? tag = null)
    {
        var one = new Sent($"kill-{Guid.NewGuid():N}", path, body, tag);
        sent.Enqueue(one);
        one.Id = await AnswerAsync(client, one);
        return one.Id.Value;
    }

    /// <summary>The same again, twice: the first answer if there was one, and never a second thing.</summary>
    private static async Task ReplayAsync(HttpClient client, Sent one)
    {
        var id = await AnswerAsync(client, one);
        one.Id ??= id;
        Assert.That(id, Is.EqualTo(one.Id), one.Path);
        Assert.That(await AnswerAsync(client, one), Is.EqualTo(one.Id), one.Path);
    }

    private static async Task<Guid> AnswerAsync(HttpClient client, Sent one)
    {
        using var response = await client.PostAsync(one.Path, one.Body, one.Tag, one.Key);
        var body = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, $"{one.Path}: {(int)response.StatusCode} {body}");
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.GetProperty("id").GetGuid();
    }

    private static async Task<Place> FindPlaceAsync(HttpClient client, ConcurrentQueue<Sent> sent)
    {
        var victim = await SendAsync(client, sent, "/victims", Girl);
        var need = await SendAsync(client, sent, $"/victims/{victim}/needs", Need);
        var matches = await client.ReadAsync($"/victims/{victim}/needs/{need}/matches").JsonAsync();
        var service = matches.GetProperty("items")[0].GetProperty("service");
        return new Place(service.GetProperty("id").GetGuid(), service.GetProperty("agency").GetProperty("id").GetGuid());
    }

    private const string Girl = """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":10,"evidence":"appearance"} }""";

    private const string Need = """{"category":"medical_care","urgency":"high"}""";

    private long Count(string table) => Rows($"SELECT COUNT(*) FROM {table}", row => row.GetInt64(0)).Single();

    private List<Row> Referrals() =>
        Rows(ReferralsSql, row => new Row(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4)));

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "data", "referral.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    private static string Hex(Guid id) => Convert.ToHexString(id.ToByteArray(bigEndian: true));

    /// <param name="Tag">If-Match, where the request needs one.</param>
    private sealed record Sent(string Key, string Path, string Body, string? Tag)
    {
        /// <summary>Of the answer; null until there was one.</summary>
        public Guid? Id { get; set; }
    }

    private sealed record Place(Guid Service, Guid Agency);

    private sealed record Row(string Id, string State, int Clocks, int Notifications, int Submissions);
}
