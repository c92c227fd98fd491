using Microsoft.Extensions.DependencyInjection;
using System.Text;
using NationalReferral.Identity;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The demo country: complete, written once, and nowhere in the open.</summary>
[TestFixture]
internal sealed class DemoCountryTests
{
    private const int Victims = 84;
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task LoadAsync()
    {
        _app = await TestApp.StartAsync(("Demo:Enabled", "false"));
        Assert.That(await DemoCountry.LoadAsync(_app.Services, Victims, default), Is.True);
    }

    [OneTimeTearDown]
    public async Task CloseAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Referrals_stand_in_every_state_that_exists_so_far()
    {
        var moves = ReferralLifecycle.Moves;
        var reachable = moves.SelectMany(move => move.From).Concat(moves.Select(move => move.To).OfType<ReferralState>()).Distinct().Select(state => state.Code());

        Assert.That(await ListAsync("SELECT DISTINCT r.state FROM referrals r"), Is.EquivalentTo(reachable));
    }

    [Test]
    public async Task Every_account_and_client_maps_to_somebody_who_may_act()
    {
        var accounts = _app.Services.GetRequiredService<IdentityAccounts>();
        string[] subjects = [.. DemoWorld.Clients.Select(client => client.ClientId), .. await Task.WhenAll(DemoCountry.Accounts.Select(async account => (await accounts.FindAsync(account.Email, default))!))];

        foreach (var subject in subjects)
        {
            var rows = await _app.Database.ReadAsync(Caller.System, work => Principals.FindAsync(work, accounts.Issuer, subject, default), default);
            Assert.That(rows.Any(row => row.CanAct), Is.True, subject);
        }
    }

    [Test]
    public async Task Every_role_has_an_account() =>
        Assert.That(
            string.Join(' ', await ListAsync("SELECT m.roles FROM memberships m JOIN logins l ON l.worker_id = m.worker_id")).Split(' ').Distinct(),
            Is.SupersetOf(Enum.GetValues<Role>().Select(role => role.Code())));

    [Test]
    public async Task Case_codes_are_different() =>
        Assert.That(await ListAsync("SELECT DISTINCT v.case_code FROM victims v"), Has.Count.EqualTo(Victims));

    [Test]
    public async Task Few_open_deadlines_have_run_out()
    {
        var late = await ListAsync("SELECT c.kind FROM clocks c WHERE c.state = 'running' AND c.due_at <= @now");

        Assert.That(late, Has.Count.InRange(1, Victims / 20), string.Join(' ', late));
    }

    [Test]
    public async Task Places_are_what_the_referrals_hold()
    {
        var held = await ListAsync("SELECT r.place FROM referrals r WHERE r.place <> 'none'");
        var counted = await _app.Database.ReadAsync(
            Caller.System, work => work.ScalarAsync<int>("SELECT sum(c.reserved + c.occupied) FROM capacity c JOIN services s ON s.id = c.service_id WHERE s.assured_on IS NOT NULL", null, default), default);

        Assert.That(counted, Is.EqualTo(held.Count).And.GreaterThan(0));
    }

    [Test]
    public async Task An_interrupted_start_is_gone_on_with()
    {
        await using var app = await TestApp.StartAsync();
        await DemoCountry.LoadAsync(app.Services, 3, default);

        Assert.That(await DemoCountry.LoadAsync(app.Services, 7, default), Is.True);

        var codes = await app.Database.ReadAsync(Caller.System, work => work.ListAsync<string>("SELECT DISTINCT v.case_code FROM victims v", null, default), default);
        Assert.That(codes, Has.Count.EqualTo(7));
    }

    [Test]
    public async Task Nothing_is_written_twice()
    {
        var before = await ListAsync("SELECT action FROM journal");

        Assert.That(await DemoCountry.LoadAsync(_app.Services, Victims, default), Is.False);
        Assert.That(await ListAsync("SELECT action FROM journal"), Has.Count.EqualTo(before.Count));
    }

    [Test]
    public void No_name_telephone_or_number_stands_in_any_file()
    {
        var stories = new DemoStories(_app.Clock.GetUtcNow());
        string[] words = [.. Enumerable.Range(0, Victims).SelectMany(number => WordsOf(stories.Of(number))).Distinct()];
        string[] files = Directory.GetFiles(_app.Folder, "*", SearchOption.AllDirectories);
        Assert.That(words, Has.Length.GreaterThan(4 * Victims));
        Assert.That(files.Select(Path.GetFileName), Has.Some.EndsWith(".db"));

        foreach (var file in files)
        {
            var bytes = ReadWhole(file);
            foreach (var word in words)
            {
                Assert.That(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)), Is.Negative, $"{file}: {word}");
                Assert.That(bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(word)), Is.Negative, $"{file}: {word} (UTF-16)");
            }
        }
    }

    [Test]
    public void Identities_and_telephones_keep_the_rules()
    {
        var districts = _app.Services.GetRequiredService<Districts>();
        var stories = new DemoStories(_app.Clock.GetUtcNow());
        for (var number = 0; number < Victims; number++)
        {
            var papers = stories.Of(number).Papers!;
            Assert.That(Identities.Check(papers.Identity, districts).Errors, Is.Empty);
            Assert.That(Contacts.Check(papers.Contact, districts).Errors, Is.Empty);
            Assert.That(ItemKinds.Check("incident", stories.Of(number).Incident, districts), Is.Empty);
        }
    }

    private static IEnumerable<string> WordsOf(DemoStory story)
    {
        var papers = story.Papers!;
        string?[] words =
        [
            papers.Identity.Name!.Ur, papers.Identity.Name.Latin, papers.Identity.FatherName!.Ur, papers.Identity.FatherName.Latin, papers.Identity.NationalId,
            papers.Identity.NationalId?.Replace("-", string.Empty), papers.Contact.Phones![0].Number, papers.Contact.Phones[0].AskFor, papers.Contact.Address,
            story.Draft.Note, story.Consent?.GivenBy.Name,
        ];
        return words.OfType<string>();
    }

    private static byte[] ReadWhole(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private Task<IReadOnlyList<string>> ListAsync(string sql) =>
        _app.Database.ReadAsync(Caller.System, work => work.ListAsync<string>(sql, null, default), default);
}
