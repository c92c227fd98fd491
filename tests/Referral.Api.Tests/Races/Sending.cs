using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>One request, and what became of it.</summary>
/// <param name="Tag">If-Match, where the request needs one.</param>
/// <param name="By">Null: whoever the client is.</param>
/// <param name="File">Sent instead of the body.</param>
internal sealed record Sent(string Key, string Path, string Body, string? Tag, Persona? By = null, byte[]? File = null)
{
    /// <summary>Of the answer; null until there was one.</summary>
    public Guid? Id { get; set; }

    /// <summary>All that was answered the first time.</summary>
    public JsonElement Answer { get; set; }
}

/// <summary>Where everybody is sent.</summary>
internal sealed record Destination(Guid Service, Guid Agency);

/// <summary>Work for a <see cref="BuiltHost"/> that can be killed at any moment, and what its database holds afterwards.</summary>
internal static class Sending
{
    /// <summary>Until the process is gone: registers, records consent, refers, submits.</summary>
    public static async Task WriteAsync(HttpClient client, ConcurrentQueue<Sent> sent, Destination to)
    {
        try
        {
            while (true)
            {
                await SubmitAsync(client, sent, to);
            }
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException)
        {
            // What is in the queue without an id was not answered.
        }
    }

    /// <returns>The referral.</returns>
    public static async Task<Guid> SubmitAsync(HttpClient client, ConcurrentQueue<Sent> sent, Destination to)
    {
        var victim = await SendAsync(client, sent, "/victims", Girl);
        var need = await SendAsync(client, sent, $"/victims/{victim}/needs", Need);
        await SendAsync(client, sent, $"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service","medical_treatment"],"recipients":{"agencies":["{{to.Agency}}"]} }
            """);
        var referral = await SendAsync(client, sent, "/referrals", $$"""
            {"victimId":"{{victim}}","needId":"{{need}}","serviceId":"{{to.Service}}","groups":["identity"]}
            """);
        using var draft = await client.ReadAsync($"/referrals/{referral}");
        await SendAsync(client, sent, $"/referrals/{referral}/submit", "{}", draft.TagOf());
        return referral;
    }

    private static async Task<Guid> SendAsync(HttpClient client, ConcurrentQueue<Sent> sent, string path, string body, string? tag = null) =>
        IdOf((await AskAsync(client, sent, path, body, tag)).Answer);

    public static async Task<Sent> AskAsync(HttpClient client, ConcurrentQueue<Sent> sent, string path, string body, string? tag = null, Persona? by = null)
    {
        var one = new Sent($"kill-{Guid.NewGuid():N}", path, body, tag, by);
        sent.Enqueue(one);
        one.Answer = await AnswerAsync(client, one);
        one.Id = IdOf(one.Answer);
        return one;
    }

    /// <summary>The same again, twice: the first answer if there was one, and never a second thing.</summary>
    /// <param name="mayBeGone">What was answered before may be about somebody whom the sender does not see any more.</param>
    public static async Task ReplayAsync(HttpClient client, Sent one, bool mayBeGone = false)
    {
        for (var i = 0; i < 2; i++)
        {
            var answer = await AnswerAsync(client, one, mayBeGone && one.Id is not null);
            if (answer.ValueKind != JsonValueKind.Undefined)
            {
                one.Id ??= IdOf(answer);
                Assert.That(IdOf(answer), Is.EqualTo(one.Id), one.Path);
            }
        }
    }

    private static async Task<JsonElement> AnswerAsync(HttpClient client, Sent one, bool mayBeGone = false)
    {
        using var response = await client.SendAsync(one);
        var body = await response.Content.ReadAsStringAsync();
        if (mayBeGone && (int)response.StatusCode == 404)
        {
            return default;
        }
        Assert.That(response.IsSuccessStatusCode, $"{one.Path}: {(int)response.StatusCode} {body}");
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.Clone();
    }

    public static Task<HttpResponseMessage> SendAsync(this HttpClient client, Sent one) =>
        one.File is { } file ? client.SendFileAsync(one.Path, file, one.Key) : client.PostAsync(one.Path, one.Body, one.Tag, one.Key);

    /// <summary>What is answered without an id of its own is known by its household, or by nothing.</summary>
    public static Guid IdOf(JsonElement answer) =>
        answer.TryGetProperty("id", out var id) || answer.TryGetProperty("householdId", out id) ? id.GetGuid() : Guid.Empty;

    public static async Task<Destination> FindPlaceAsync(HttpClient client, ConcurrentQueue<Sent> sent)
    {
        var victim = await SendAsync(client, sent, "/victims", Girl);
        var need = await SendAsync(client, sent, $"/victims/{victim}/needs", Need);
        var matches = await client.ReadAsync($"/victims/{victim}/needs/{need}/matches").JsonAsync();
        var service = matches.GetProperty("items")[0].GetProperty("service");
        return new Destination(service.GetProperty("id").GetGuid(), service.GetProperty("agency").GetProperty("id").GetGuid());
    }

    private const string Girl = """{"found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":10,"evidence":"appearance"} }""";

    private const string Need = """{"category":"medical_care","urgency":"high"}""";

    public static List<T> Rows<T>(string folder, string sql, Func<SqliteDataReader, T> read)
    {
        using var connection = Open(folder);
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

    public static Guid Id(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static SqliteConnection Open(string folder)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "data", "referral.db")};Pooling=False");
        connection.Open();
        return connection;
    }
}
