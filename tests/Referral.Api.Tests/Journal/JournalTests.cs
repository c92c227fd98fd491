using System.Text.Json;
using System.Text.Json.Serialization;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral;

public sealed class JournalTests
{
    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task A_row_says_who_did_what_to_whom_and_when()
    {
        await using var home = await JournalHome.OpenAsync();
        var (victim, referral) = (Guid.NewGuid(), Guid.NewGuid());
        var at = home.Clock.GetUtcNow();

        var id = await home.AppendAsync(new()
        {
            Action = JournalActions.ReferralAccepted,
            SubjectKind = "referral",
            SubjectId = referral,
            VictimId = victim,
            AccessVersion = 4,
            Groups = ["identity", "health"],
            Facts = [("from", "acknowledged"), ("to", "accepted")],
        });
        await home.Sealer.SealAsync(None);

        var row = await home.RowAsync(1);
        var expected = new JournalRow
        {
            Id = id,
            Position = 1,
            At = at,
            AccessVersion = 4,
            WorkerId = home.Caller.WorkerId,
            ClientId = null,
            AgencyId = home.Caller.UnitId,
            Role = "caseworker,supervisor",
            Action = "referral.accepted",
            Outcome = "done",
            SubjectKind = "referral",
            SubjectId = referral,
            VictimId = victim,
            Groups = "identity,health",
            Facts = """{"from":"acknowledged","to":"accepted"}""",
            Change = null,
            KeyId = null,
            RowHash = row.RowHash,
        };
        Assert.That(row, Is.EqualTo(expected));
    }

    [Test]
    public async Task A_change_that_is_undone_leaves_no_row()
    {
        await using var home = await JournalHome.OpenAsync();
        var entry = new JournalEntry { Action = JournalActions.VictimRegistered };

        await home.Database.ChangeAsync(home.Caller, work => Journal.AppendAsync(work, entry, None), _ => false, None);

        Assert.That(await home.ReadAsync(work => SealStore.CountWaitingAsync(work, None)), Is.Zero);
    }

    [Test]
    public async Task What_changed_is_sealed_with_the_key_of_whom_it_is_about()
    {
        await using var home = await JournalHome.OpenAsync();
        var victim = Guid.NewGuid();
        var change = new Renaming { Before = "a girl", After = "Zainab" };

        await home.Database.ChangeAsync(home.Caller, async work =>
        {
            using var key = await home.DataKeys.CreateAsync(work, "victim", victim, None);
            var entry = new JournalEntry { Action = JournalActions.RecordChanged, VictimId = victim };
            return await Journal.AppendAsync(work, entry, home.DataKeys, key, change, RenamingJson.Default.Renaming, None);
        }, _ => true, None);

        await home.Sealer.SealAsync(None);
        var row = await home.RowAsync(1);
        var wrapped = await home.ReadAsync(work => Keys.FindAsync(work, "victim", victim, None));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row.KeyId, Is.EqualTo(wrapped!.Value.Id));
            Assert.That(home.DataKeys.Open(wrapped.Value, row.Change!, Journal.ChangeOf(row.Id), RenamingJson.Default.Renaming), Is.EqualTo(change));
        }
    }

    [TestCase("victim.befriended", "count", "1", "actions")]
    [TestCase("victim.changed", "name", "Zainab Bibi", "name")]
    [TestCase("victim.changed", "name", "زینب", "name")]
    [TestCase("victim.changed", "id", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "id")]
    public async Task Words_do_not_get_into_the_open(string action, string fact, string value, string named)
    {
        await using var home = await JournalHome.OpenAsync();

        var fault = Assert.ThrowsAsync<ArgumentException>(() => home.AppendAsync(new() { Action = action, Facts = [(fact, value)] }));

        Assert.That(fault.Message, Does.Contain(named).And.Not.Contain("Zainab"));
    }

    [Test]
    public void An_unknown_id_is_kept_when_it_is_one_and_nothing_else_is()
    {
        var id = Guid.NewGuid();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JournalEntry.Unknown("victim", id.ToString()).SubjectId, Is.EqualTo(id));
            Assert.That(JournalFacts.Write(JournalEntry.Unknown("victim", "Zainab").Facts), Is.EqualTo("""{"sent":"unreadable"}"""));
            Assert.That(JournalEntry.Unknown("victim", "Zainab").SubjectId, Is.Null);
        }
    }

    [Test]
    public void Every_action_fits_its_column_and_has_one_meaning()
    {
        Assert.That(JournalActions.All, Is.Not.Empty);
        Assert.That(JournalActions.All, Has.All.Match("^[a-z]+\\.[a-z_]+$").And.All.Length.LessThanOrEqualTo(60));
        Assert.That(JournalActions.All, Has.Count.EqualTo(typeof(JournalActions).GetFields().Count(field => field.IsLiteral)), "one code, two names");
    }

    [Test]
    public async Task A_victim_s_access_log_shows_reads_and_its_history_only_changes()
    {
        await using var home = await JournalHome.OpenAsync();
        var victim = Guid.NewGuid();
        string[] actions = [JournalActions.VictimRegistered, JournalActions.RecordRead, JournalActions.BasisRecorded, JournalActions.RefusedUnknown];
        await home.GivenRowsAsync(4, i => new() { Action = actions[i], VictimId = victim });
        await home.GivenRowsAsync(2);

        var log = await home.ReadAsync(work => JournalStore.AccessLogAsync(work, victim, true, JournalPlace.Newest, 50, None));
        var history = await home.ReadAsync(work => JournalStore.VictimHistoryAsync(work, victim, true, JournalPlace.Newest, 50, None));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join(' ', log.Select(line => line.Action)), Is.EqualTo("refused.unknown basis.recorded record.read victim.registered"));
            Assert.That(string.Join(' ', history.Select(line => line.Action)), Is.EqualTo("basis.recorded victim.registered"));
        }
    }

    [Test]
    public async Task Pages_meet_without_a_gap_even_within_one_millisecond()
    {
        await using var home = await JournalHome.OpenAsync();
        var referral = Guid.NewGuid();
        for (var i = 0; i < 25; i++)
        {
            await home.AppendAsync(new() { Action = JournalActions.EntryAdded, SubjectKind = "referral", SubjectId = referral });
            home.Clock.Advance(TimeSpan.FromMilliseconds(i % 3 == 0 ? 1 : 0));
        }

        var seen = new List<Guid>();
        var place = JournalPlace.Newest;
        while (seen.Count <= 25 && await home.ReadAsync(work => JournalStore.SubjectHistoryAsync(work, "referral", referral, place, 4, None)) is [.., var last] page)
        {
            seen.AddRange(page.Select(line => line.Id));
            place = JournalPlace.Of(last);
        }

        Assert.That(seen, Has.Count.EqualTo(25).And.Unique);
    }

    [Test]
    public async Task An_auditor_finds_rows_by_every_thing_that_can_be_asked()
    {
        await using var home = await JournalHome.OpenAsync();
        var (victim, service) = (Guid.NewGuid(), Guid.NewGuid());
        await home.GivenRowsAsync(3);
        var from = home.Clock.GetUtcNow();
        var wanted = await home.AppendAsync(new() { Action = JournalActions.ServiceChanged, SubjectKind = "service", SubjectId = service, VictimId = victim });
        home.Clock.Advance(TimeSpan.FromSeconds(1));
        var to = home.Clock.GetUtcNow();
        await home.Database.ChangeAsync(Caller.System, work => Journal.AppendAsync(work, new() { Action = JournalActions.ClockMissed }, None), _ => true, None);

        AuditQuestion[] questions =
        [
            new() { VictimId = victim },
            new() { SubjectId = service },
            new() { Action = "service.changed" },
            new() { FromAt = from, ToAt = to },
            new() { WorkerId = home.Caller.WorkerId, FromAt = from },
            new() { AgencyId = home.Caller.UnitId, Action = "service.changed" },
            new() { VictimId = victim, WorkerId = home.Caller.WorkerId, AgencyId = home.Caller.UnitId, SubjectId = service, FromAt = from, ToAt = to },
        ];
        foreach (var question in questions)
        {
            Assert.That(await AskAsync(home, question), Is.EqualTo(new[] { wanted }), question.ToString());
        }
        Assert.That(await AskAsync(home, new()), Has.Count.EqualTo(5));
        Assert.That(await AskAsync(home, new() { VictimId = victim, WorkerId = Guid.NewGuid() }), Is.Empty);
        Assert.That(await AskAsync(home, new() { WorkerId = home.Caller.WorkerId, VictimId = Guid.NewGuid() }), Is.Empty);
    }

    private static async Task<IReadOnlyList<Guid>> AskAsync(JournalHome home, AuditQuestion question) =>
        [.. (await home.ReadAsync(work => JournalStore.AuditAsync(work, question, JournalPlace.Newest, 50, None))).Select(line => line.Id)];
}

internal sealed record Renaming : ISealed
{
    public static int Schema => 1;

    public required string Before { get; init; }

    public required string After { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Renaming))]
internal sealed partial class RenamingJson : JsonSerializerContext;
