using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Files of a case: what is taken, who may open them, and that they lie sealed.</summary>
public sealed class AttachmentTests
{
    private TestApp _app = null!;

    private HttpClient Officer => _app.As(World.Officer);

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_file_comes_back_as_it_was_and_every_opening_is_in_the_journal()
    {
        var victim = await Officer.GivenVictimAsync();
        // Of four chunks, the last of them short.
        var file = Pictures.Png(("gAMA", new byte[4]), ("IDAT", RandomNumberGenerator.GetBytes(3 * 256 * 1024)));

        var item = await Officer.AttachAsync(victim, file, "?shows=birth_certificate").JsonAsync(201);
        var id = item.GetProperty("id").GetGuid();
        using var read = await Officer.ReadAsync($"/victims/{victim}/attachments/{id}");
        var log = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/access-log");
        var listed = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/records?kind=attachment");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await read.Content.ReadAsByteArrayAsync(), Is.EqualTo(file));
            Assert.That(read.Content.Headers.ContentType!.MediaType, Is.EqualTo("image/png"));
            Assert.That($"{read.Content.Headers.ContentDisposition}", Is.EqualTo("attachment; filename=\"file.png\""));
            Assert.That($"{read.Headers.CacheControl}", Is.EqualTo("no-store"));
            Assert.That(read.Headers.GetValues("X-Content-Type-Options").Single(), Is.EqualTo("nosniff"));
            Assert.That(read.Headers.GetValues("Content-Security-Policy").Single(), Does.Contain("sandbox"));
            Assert.That(item.GetProperty("group").GetString(), Is.EqualTo("identity"));
            Assert.That(item.GetProperty("body").GetProperty("shows").GetString(), Is.EqualTo("birth_certificate"));
            Assert.That(item.GetProperty("attachment").GetProperty("size").GetInt32(), Is.EqualTo(file.Length));
            Assert.That(listed, Has.Count.EqualTo(1));
            Assert.That(log.Count(row => row.GetProperty("action").GetString() == "file.read"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Nobody_opens_it_but_the_team_and_whoever_it_is_named_to()
    {
        var referral = await GivenReferral.InAsync(_app, "accepted");
        var item = await Officer.AttachAsync(referral.VictimId, Pictures.Jpeg(), "?shows=statement").JsonAsync(201);
        var path = $"/victims/{referral.VictimId}/attachments/{item.GetProperty("id").GetGuid()}";
        var note = await Officer.PostAsync($"/victims/{referral.VictimId}/records", """{"kind":"note","body":{"text":"Seen."}}""").JsonAsync(201);

        foreach (var (persona, status) in new[] { (World.PoliceSupervisor, 200), (World.ShelterDesk, 404), (World.StrangerCaseworker, 404), (World.ProtectionOfficer, 404) })
        {
            Assert.That(await GivenTransfer.StatusAsync(_app, persona, path), Is.EqualTo(status), persona.Key);
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await GivenTransfer.StatusAsync(_app, World.Officer, $"/victims/{referral.VictimId}/attachments/{note.GetProperty("id").GetGuid()}"), Is.EqualTo(404), "A note has no file.");
            Assert.That((int)(await _app.As(World.ShelterDesk).AttachAsync(referral.VictimId, Pictures.Jpeg())).StatusCode, Is.EqualTo(403));
            Assert.That((int)(await _app.As(World.StrangerCaseworker).AttachAsync(referral.VictimId, Pictures.Jpeg())).StatusCode, Is.EqualTo(404));
        }
    }

    [Test]
    public async Task A_restricted_file_is_its_authors()
    {
        var victim = await Officer.GivenVictimAsync();
        await Officer.PostAsync($"/victims/{victim}/team", $$"""{"workerId":"{{World.OtherOfficer.Id}}"}""").JsonAsync(201);

        var item = await Officer.AttachAsync(victim, Pictures.Pdf(), "?shows=statement&restricted=true").JsonAsync(201);
        var path = $"/victims/{victim}/attachments/{item.GetProperty("id").GetGuid()}";

        Assert.That((await GivenTransfer.StatusAsync(_app, World.Officer, path), await GivenTransfer.StatusAsync(_app, World.OtherOfficer, path)), Is.EqualTo((200, 404)));
    }

    [TestCase("text", "file_not_taken")]
    [TestCase("", "file_not_taken")]
    [TestCase("exif", "file_tells_more")]
    public async Task What_is_no_picture_or_says_where_it_was_taken_is_refused_and_nothing_stays(string what, string code)
    {
        var victim = await Officer.GivenVictimAsync();
        var file = what == "exif" ? Pictures.Jpeg((0xE1, Pictures.Exif())) : Encoding.UTF8.GetBytes(what);

        var problem = await Officer.AttachAsync(victim, file).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problem.GetProperty("code").GetString(), Is.EqualTo(code));
            Assert.That(await CountAsync("attachments") + await CountAsync("attachment_chunks"), Is.Zero);
        }
    }

    [Test]
    public async Task More_than_five_megabytes_are_too_many_and_five_are_not()
    {
        var victim = await Officer.GivenVictimAsync();

        using var most = await Officer.AttachAsync(victim, Pictures.Pdf(FileKind.Most - Pictures.Pdf(0).Length));
        using var more = await Officer.AttachAsync(victim, Pictures.Pdf(FileKind.Most));

        Assert.That(((int)most.StatusCode, (int)more.StatusCode), Is.EqualTo((201, 413)));
    }

    [Test]
    public async Task Sent_twice_it_is_there_once_and_an_id_is_taken_once()
    {
        var victim = await Officer.GivenVictimAsync();
        var id = Guid.CreateVersion7();

        var first = await Officer.AttachAsync(victim, Pictures.Plain(), $"?attachmentId={id}", key: "a-file-once").JsonAsync(201);
        var again = await Officer.AttachAsync(victim, Pictures.Plain(), $"?attachmentId={id}", key: "a-file-once").JsonAsync(201);
        var other = await Officer.AttachAsync(victim, Pictures.Jpeg(), $"?attachmentId={id}", key: "a-file-once").JsonAsync(422);
        var taken = await Officer.AttachAsync(victim, Pictures.Jpeg(), $"?attachmentId={id}").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.GetProperty("id").GetGuid(), Is.EqualTo(first.GetProperty("id").GetGuid()).And.EqualTo(id));
            Assert.That(other.GetProperty("code").GetString(), Is.EqualTo("key_reused"));
            Assert.That(taken.GetProperty("code").GetString(), Is.EqualTo("id_taken"));
            Assert.That(await CountAsync("attachments"), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Sent_with_a_key_it_is_read_twice_from_memory_and_never_lies_on_the_disk_unsealed()
    {
        var file = Pictures.Pdf(FileKind.Most / 2);
        var http = new DefaultHttpContext { RequestServices = _app.Services };
        http.Request.Method = HttpMethods.Post;
        http.Request.Headers["Idempotency-Key"] = "a-file-once";
        http.Request.Body = PipeReader.Create(new MemoryStream(file)).AsStream();
        using var read = new MemoryStream();

        await Replays.BufferAsync(http, next => next.Request.Body.CopyToAsync(read));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(http.Request.Body, Is.TypeOf<MemoryStream>());
            Assert.That(read.ToArray(), Is.EqualTo(file));
            Assert.That(Replays.Read(http)!.BodyMac, Has.Length.EqualTo(IndexKey.MacSize));
        }
    }

    [Test]
    public async Task What_it_shows_stays_and_words_can_be_added()
    {
        var victim = await Officer.GivenVictimAsync();
        var item = await Officer.AttachAsync(victim, Pictures.Plain(), "?shows=photo").JsonAsync(201);
        var path = $"/victims/{victim}/records/{item.GetProperty("id").GetGuid()}";
        using var read = await Officer.ReadAsync(path);

        var worded = await Officer.PutAsync(path, """{"body":{"shows":"photo","text":"With her sister"}}""", read.TagOf()).JsonAsync();
        using var again = await Officer.ReadAsync(path);
        var moved = await Officer.PutAsync(path, """{"body":{"shows":"debt_record"}}""", again.TagOf()).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(worded.GetProperty("attachment").GetProperty("mediaType").GetString(), Is.EqualTo("image/png"));
            Assert.That(moved.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/body/shows"));
        }
    }

    [Test]
    public async Task Chunks_lie_sealed_and_open_in_their_place_alone()
    {
        var victim = await Officer.GivenVictimAsync();
        var words = "She was kept behind the third kiln."u8.ToArray();
        var file = Pictures.Pdf(600 * 1024);
        words.CopyTo(file, 20);
        var item = await Officer.AttachAsync(victim, file).JsonAsync(201);
        var path = $"/victims/{victim}/attachments/{item.GetProperty("id").GetGuid()}";

        using var traces = new Traces(_app);
        Assert.That(Traces.PlacesOf("behind the third kiln", traces.Everything()), Is.Empty);
        foreach (var damage in new[] { "DELETE FROM attachment_chunks WHERE number = 2", "UPDATE attachment_chunks SET number = 1 - number + 10 WHERE number < 2", "UPDATE attachments SET chunks = 2" })
        {
            await RunAsync(damage);
            using var read = await Officer.ReadAsync(path);
            Assert.That(read.IsSuccessStatusCode && (await read.Content.ReadAsByteArrayAsync()).Length == file.Length, Is.False, damage);
        }
    }

    [Test]
    public async Task A_scanner_is_asked_first_and_without_its_answer_nothing_is_taken()
    {
        var scanner = new Scanner();
        await using var scanned = _app.Another(("Roles", "api"), ("Files:ClamAv", scanner.Address));
        var officer = scanned.As(World.Officer);
        var victim = await officer.GivenVictimAsync();
        var infected = Pictures.Pdf(400);
        Encoding.ASCII.GetBytes(Scanner.TestVirus).CopyTo(infected, 20);

        using var clean = await officer.AttachAsync(victim, Pictures.Pdf());
        var found = await officer.AttachAsync(victim, infected).JsonAsync(422);
        scanner.IsConfused = true;
        using var confused = await officer.AttachAsync(victim, Pictures.Pdf());
        await scanner.DisposeAsync();
        using var gone = await officer.AttachAsync(victim, Pictures.Pdf());

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)clean.StatusCode, Is.EqualTo(201));
            Assert.That(found.GetProperty("code").GetString(), Is.EqualTo("file_infected"));
            Assert.That(((int)confused.StatusCode, (int)gone.StatusCode), Is.EqualTo((503, 503)));
            Assert.That(scanner.Asked, Is.EqualTo(3));
            Assert.That(await CountAsync("attachments"), Is.EqualTo(1));
        }
    }

    private Task<int> CountAsync(string table) =>
        _app.Database.ReadAsync(Caller.System, work => work.ScalarAsync<int>($"SELECT count(*) FROM {table}", null, CancellationToken.None), CancellationToken.None);

    private Task<int> RunAsync(string sql) =>
        _app.Database.ChangeAsync(Caller.System, work => work.ExecuteAsync(sql, null, CancellationToken.None), _ => true, CancellationToken.None);
}
