using System.Net;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Somebody reads her identity on two instances while a door shuts on one of them.</summary>
internal static class DoorRace
{
    /// <summary>
    /// Nothing is served by a request that began after the shutting was answered, and every byte that was served has a row in the
    /// journal, written before that of the shutting and of an earlier turn.
    /// </summary>
    /// <param name="shut">Shuts the door.</param>
    /// <param name="shuts">What the journal says of that.</param>
    /// <param name="beside">What else goes on at the same time.</param>
    /// <param name="served">How often it was read before.</param>
    public static async Task RunAsync(
        TestApp one, TestApp two, Guid victim, Persona reader, Func<Task<HttpResponseMessage>> shut, string shuts, string race, Func<Task>? beside = null, int served = 0)
    {
        var answered = false;
        var readers = new[] { one, two, two }.Select(app => Task.Run(() => ReadUntilShutAsync(app, reader, victim, () => Volatile.Read(ref answered)))).ToArray();
        var other = Task.Run(beside ?? (() => Task.CompletedTask));
        using var said = await shut();
        Volatile.Write(ref answered, true);
        served += (await Task.WhenAll(readers)).Sum();
        await other;

        var rows = await one.Database.ReadAsync(
            Caller.System, work => work.ListAsync<Row>(RowsSql, new { victim, shuts, reader = reader.Id }, CancellationToken.None), CancellationToken.None);
        var end = rows.Single(row => row.Action == shuts);
        var reads = rows.Where(row => row.Action == JournalActions.RecordRead).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)said.StatusCode, Is.AnyOf(200, 201), race);
            Assert.That(reads, Has.Length.EqualTo(served), race);
            Assert.That(reads.Select(row => row.AccessVersion), Is.All.LessThan(end.AccessVersion), race);
            // What a row says of its turn could be old; the order in which the rows were written cannot.
            Assert.That(reads.Select(row => row.Written), Is.All.LessThan(end.Written), race);
        }
    }

    /// <returns>How often her identity was served. Stops at the first request that began after the shutting was answered.</returns>
    private static async Task<int> ReadUntilShutAsync(TestApp app, Persona reader, Guid victim, Func<bool> isAnswered)
    {
        var client = app.As(reader);
        var served = 0;
        while (true)
        {
            var isAfter = isAnswered();
            using var response = await client.ReadAsync($"/victims/{victim}/identity");
            served += response.StatusCode == HttpStatusCode.OK ? 1 : 0;
            if (isAfter)
            {
                Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
                return served;
            }
        }
    }

    private const string RowsSql = """
        SELECT j.action, j.access_version, j.rowid AS written
          FROM journal j
         WHERE j.victim_id = @victim
           AND (j.action = @shuts OR (j.action = 'record.read' AND j.worker_id = @reader))
        """;

    private sealed record Row
    {
        public required string Action { get; init; }
        public required long AccessVersion { get; init; }
        public required long Written { get; init; }
    }
}
