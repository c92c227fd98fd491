using System.Net;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>An auditor verifies the journal over HTTP, part by part.</summary>
public sealed class AuditVerifyTests
{
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        for (var i = 0; i < 3; i++)
        {
            await _app.As(World.Officer).GivenVictimAsync();
            await _app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
        }
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_part_says_where_the_next_begins_and_the_last_that_all_is_well()
    {
        var first = await VerifyAsync("""{"fromSeal":1,"most":2}""");
        var rest = await VerifyAsync($$"""{"fromSeal":{{first.GetProperty("next")}}}""");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.GetProperty("seals").GetInt64(), first.GetProperty("next").GetInt64(), first.GetProperty("newest").GetInt64()), Is.EqualTo((2L, 3L, 3L)));
            Assert.That((rest.GetProperty("seals").GetInt64(), rest.GetProperty("next").ValueKind), Is.EqualTo((1L, JsonValueKind.Null)));
            Assert.That((rest.GetProperty("badPosition").ValueKind, rest.GetProperty("fault").ValueKind), Is.EqualTo((JsonValueKind.Null, JsonValueKind.Null)));
            Assert.That((rest.GetProperty("waiting").GetInt64(), rest.GetProperty("witnessed").GetInt64()), Is.EqualTo((1L, 3L)), "the first call's own row waits");
        }
    }

    [Test]
    public async Task A_row_that_somebody_changed_is_found_at_its_position_and_that_is_written_down()
    {
        const long Position = 3;
        await AttackAsync($"UPDATE journal SET outcome = 'dome' WHERE position = {Position}");

        var found = await VerifyAsync("""{"fromSeal":1}""");
        var rows = await _app.As(World.Auditor).ReadAsync("/audit?action=audit.verified").JsonAsync();

        var facts = rows.GetProperty("items")[0].GetProperty("facts");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((found.GetProperty("badPosition").GetInt64(), found.GetProperty("fault").GetString()), Is.EqualTo((Position, "row_changed")));
            Assert.That((found.GetProperty("rows").GetInt64(), found.GetProperty("next").ValueKind), Is.EqualTo((Position - 1, JsonValueKind.Null)));
            Assert.That((facts.GetProperty("badPosition").GetString(), facts.GetProperty("fault").GetString()), Is.EqualTo(("3", "row_changed")));
        }
    }

    [TestCase("""{"fromSeal":0}""", "/fromSeal", "out_of_range")]
    [TestCase("""{"fromSeal":1,"most":101}""", "/most", "out_of_range")]
    [TestCase("""{"fromSeal":1,"most":0}""", "/most", "out_of_range")]
    [TestCase("{}", "/fromSeal", "missing")]
    public async Task No_call_verifies_more_than_a_part(string body, string pointer, string code)
    {
        var refused = await _app.As(World.Auditor).PostAsync("/audit/verify", body).JsonAsync(400);

        var error = refused.GetProperty("errors")[0];
        Assert.That((error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()), Is.EqualTo((pointer, code)));
    }

    [Test]
    public async Task Nobody_but_an_auditor_verifies()
    {
        foreach (var persona in World.Everybody.Where(persona => persona != World.Auditor))
        {
            using var refused = await _app.As(persona).PostAsync("/audit/verify", """{"fromSeal":1}""");
            Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), persona.Key);
        }
    }

    [Test]
    public async Task The_newest_seals_are_listed_by_the_number_before_them()
    {
        var later = await _app.As(World.Auditor).ReadAsync("/audit/seals?after=1&limit=1").JsonAsync();
        var last = await _app.As(World.Auditor).ReadAsync($"/audit/seals?after=1&limit=1&cursor={later.GetProperty("next").GetString()}").JsonAsync();

        Assert.That((later.GetProperty("items")[0].GetProperty("n").GetInt64(), last.GetProperty("items")[0].GetProperty("n").GetInt64()), Is.EqualTo((2L, 3L)));
    }

    private Task<JsonElement> VerifyAsync(string body) => _app.As(World.Auditor).PostAsync("/audit/verify", body).JsonAsync();

    /// <summary>What somebody can do who has the file, and none of the keys.</summary>
    private async Task AttackAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_app.Folder, "data", "referral.db")};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
