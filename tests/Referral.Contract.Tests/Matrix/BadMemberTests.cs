using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Requests that are good but for one place, for every operation and every member, parameter and header that the contract
/// names, sent by somebody who may do everything to things that are there: the answer names the place, nothing of the
/// database changes (the journal's rows of refusals aside), and it is never 500.
/// </summary>
public sealed class BadMemberTests
{
    private static readonly string[] BadTags = ["nonsense", "\"", "W/nonsense", "\"1\" \"2\""];
    private static readonly string[] BadKeys = ["short", "with a space", "tab\tin the middle", new string('k', 101)];

    private TestApp _app = null!;
    private OwnCase _case = null!;

    public static IEnumerable<PublishedOperation> WithBody => PublishedOperations.All.Where(operation => operation.BodyShape is not null);

    public static IEnumerable<PublishedOperation> WithQuery => PublishedOperations.All.Where(operation => operation.Query.Count > 0);

    public static IEnumerable<PublishedOperation> WithTag => PublishedOperations.All.Where(operation => PublishedOperations.Parameters(operation, "header").Any(p => p.Name == "If-Match"));

    public static IEnumerable<PublishedOperation> WithKey => PublishedOperations.All.Where(operation => PublishedOperations.Parameters(operation, "header").Any(p => p.Name == "Idempotency-Key"));

    private static IEnumerable<string> Moves => Actions.Paths.Order(StringComparer.Ordinal);

    private HttpClient Everybody => _app.As(World.Omnipotent);

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _case = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor, opener: World.HospitalDesk, alerts: true);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCaseSource(nameof(WithBody))]
    public async Task One_bad_member_is_named_and_nothing_is_stored(PublishedOperation operation)
    {
        var before = Digest();
        var wrong = new List<string>();
        foreach (var bad in BadMembers.Of(operation))
        {
            var (status, problem) = await SendAsync(operation, bad.Body);
            if (status is not (400 or 422) || !Names(problem, bad.Pointer))
            {
                wrong.Add($"{bad.Pointer} {bad.Fault}: {status} {problem}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(Digest(), Is.EqualTo(before), "Something was stored.");
    }

    /// <summary>Or what is asked of somebody's answer would never get as far as a rule. An operation on a new kind of thing adds one to <see cref="OwnCase"/>.</summary>
    [TestCaseSource(nameof(WithBody))]
    public void What_the_path_names_is_there(PublishedOperation operation) =>
        Assert.That(operation.Ids.Where(name => _case.Find(operation, name) is null), Is.Empty);

    [Test]
    public async Task One_bad_member_is_named_whatever_the_move([ValueSource(nameof(Moves))] string action)
    {
        var operation = PublishedOperations.All.Single(one => one.Name == "actOnReferral");
        var before = Digest();
        var wrong = new List<string>();
        foreach (var bad in BadMembers.Of(operation))
        {
            var (status, problem) = await SendAsync(operation, bad.Body, action: action);
            if (status is not (400 or 422) || !Names(problem, bad.Pointer))
            {
                wrong.Add($"{bad.Pointer} {bad.Fault}: {status} {problem}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(Digest(), Is.EqualTo(before), "Something was stored.");
    }

    [TestCaseSource(nameof(WithBody))]
    public async Task Urdu_and_emoji_are_taken_or_named(PublishedOperation operation)
    {
        var wrong = new List<string>();
        foreach (var words in BadMembers.Words(operation))
        {
            var (status, problem) = await SendAsync(operation, words.Body);
            if (status >= 500 || (status == 400 && !Names(problem, words.Pointer)))
            {
                wrong.Add($"{words.Pointer} {words.Fault}: {status} {problem}");
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
    }

    [TestCaseSource(nameof(WithQuery))]
    public async Task One_bad_parameter_is_named(PublishedOperation operation)
    {
        var before = Digest();
        var wrong = new List<string>();
        foreach (var (name, schema) in PublishedOperations.Parameters(operation, "query"))
        {
            foreach (var value in BadValues(name, schema))
            {
                using var response = await Everybody.SendAsync(operation.Method, $"{PathOf(operation)}?{name}={Uri.EscapeDataString(value)}");
                var problem = await response.Content.ReadAsStringAsync();
                if ((int)response.StatusCode != 400 || !Names(problem, name))
                {
                    wrong.Add($"{name}={value}: {(int)response.StatusCode} {problem}");
                }
            }
        }

        Assert.That(wrong, Is.Empty, string.Join('\n', wrong));
        Assert.That(Digest(), Is.EqualTo(before), "Something was stored.");
    }

    [TestCaseSource(nameof(WithTag))]
    public async Task A_tag_that_is_none_is_named(PublishedOperation operation) => await NamesHeaderAsync(operation, "If-Match", BadTags);

    [TestCaseSource(nameof(WithKey))]
    public async Task A_key_that_is_none_is_named(PublishedOperation operation) => await NamesHeaderAsync(operation, "Idempotency-Key", BadKeys);

    private async Task NamesHeaderAsync(PublishedOperation operation, string header, string[] values)
    {
        var before = Digest();
        foreach (var value in values)
        {
            var isTag = header == "If-Match";
            var (status, problem) = await SendAsync(operation, ValidBodies.Text(operation), isTag ? value : "\"1\"", isTag ? null : value);

            Assert.That(status, Is.EqualTo(400), $"{value}: {problem}");
            Assert.That(operation.Statuses, Does.Contain("400"), "The contract does not say that this operation answers 400.");
            Assert.That(Names(problem, header), $"{value}: {problem}");
        }
        Assert.That(Digest(), Is.EqualTo(before), "Something was stored.");
    }

    private async Task<(int Status, string Body)> SendAsync(PublishedOperation operation, string body, string tag = "\"1\"", string? key = null, string action = "accept")
    {
        using var request = new HttpRequestMessage(operation.Method, $"/api/v1{PathOf(operation, action)}");
        if (operation.BodyShape is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }
        request.Headers.TryAddWithoutValidation("If-Match", tag);
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }
        using var response = await Everybody.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private string PathOf(PublishedOperation operation, string action = "accept") => operation.Filled(name => name switch
    {
        "action" => action,
        "population" => "girls",
        "date" => "2027-03-23",
        "name" => "sex",
        "number" => "1",
        _ => (_case.Find(operation, name) ?? Guid.NewGuid()).ToString(),
    });

    private static IEnumerable<string> BadValues(string name, JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out _))
        {
            return ["no_such_code", "قلم"];
        }
        return (PublishedOperations.TypeOf(schema), PublishedOperations.FormatOf(schema)) switch
        {
            ("integer" or "number", _) => ["many", "1e9", "قلم", .. schema.TryGetProperty("maximum", out var most) ? [$"{most.GetDouble() + 1:0}"] : Array.Empty<string>()],
            ("boolean", _) => ["perhaps", "2"],
            ("string", "uuid") => ["nobody", "\U0001F642"],
            ("string", "date") => ["2026-02-31", "yesterday"],
            ("string", "date-time") => ["2026-02-31T10:00:00Z", "yesterday"],
            _ => [new string('x', schema.TryGetProperty("maxLength", out var length) ? length.GetInt32() + 1 : 5000), "\u200b\u200d", "a\u0001b", .. name is "district" or "province" ? ["PK-XX-NIX"] : Array.Empty<string>()],
        };
    }

    private static bool Names(string problem, string place)
    {
        if (problem.Length == 0)
        {
            return false;
        }
        using var body = JsonDocument.Parse(problem);
        return body.RootElement.TryGetProperty("errors", out var errors)
            && errors.EnumerateArray().Any(error => error.GetProperty("pointer").GetString() == place);
    }

    /// <summary>Of every row of every table, but the journal's rows of refusals.</summary>
    private string Digest()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_app.Folder, "data", "referral.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in Rows(connection, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"))
        {
            foreach (var row in Rows(connection, table == "journal" ? "SELECT * FROM journal WHERE action NOT LIKE 'refused.%' ORDER BY 1" : $"SELECT * FROM \"{table}\" ORDER BY 1, 2"))
            {
                digest.AppendData(Encoding.UTF8.GetBytes($"{table} {row}\n"));
            }
        }
        return Convert.ToHexString(digest.GetHashAndReset());
    }

    private static List<string> Rows(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")));
        }
        return rows;
    }
}
