using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Consent over HTTP: recorded, read, taken back; and who sees what before and after.</summary>
public sealed class BasisTests
{
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_consent_is_recorded_read_back_and_listed_for_the_team_only()
    {
        var officer = _app.As(World.Officer);
        var victim = await officer.GivenVictimAsync();

        var made = await RecordAsync(victim, Consent("""["identity","health"]""", ToShelter, more: ""","hideFrom":{"kinds":["police"]},"note":"said in the yard" """));
        var read = await officer.ReadAsync($"/victims/{victim}/bases/{IdOf(made)}").JsonAsync();
        var list = await officer.ReadAsync($"/victims/{victim}/bases").JsonAsync();
        using var colleague = await _app.As(World.OtherOfficer).ReadAsync($"/victims/{victim}/bases");
        using var stranger = await _app.As(World.StrangerCaseworker).ReadAsync($"/victims/{victim}/bases/{IdOf(made)}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.GetProperty("status").GetString(), Is.EqualTo("active"));
            Assert.That(read.GetProperty("groups").EnumerateArray().Select(g => g.GetString()), Is.EquivalentTo(new[] { "minimum", "identity", "health" }));
            Assert.That(read.GetProperty("note").GetString(), Is.EqualTo("said in the yard"));
            Assert.That(read.GetProperty("recipients").GetProperty("agencies")[0].GetProperty("nameEn").GetString(), Is.EqualTo("Invented Shelter"));
            Assert.That(list.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
            Assert.That(colleague.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(stranger.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task What_the_consent_says_in_words_is_not_in_the_database()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        await RecordAsync(victim, Consent("""["identity"]""", ToShelter, giver: "Marker-Guardian", more: ""","note":"Marker-Note" """));

        var bytes = string.Concat(Directory.EnumerateFiles(_app.Folder, "*.db*", SearchOption.AllDirectories).Select(ReadShared));
        Assert.That(bytes, Does.Not.Contain("Marker-Guardian").And.Not.Contain("Marker-Note"));
    }

    [Test]
    public async Task A_refusal_is_recorded_and_covers_nothing()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var made = await RecordAsync(victim, Consent("""["identity"]""", ToShelter, more: ""","refused":true"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(made.GetProperty("status").GetString(), Is.EqualTo("refused"));
            Assert.That(await WhyNotAsync(victim, World.Shelter), Is.EqualTo("minimum:no_basis identity:no_basis"));
        }
    }

    [TestCase("""{"agencies":["{shelter}"]}""", "", "minimum identity", "minimum:other_recipient identity:other_recipient")]
    [TestCase("""{"kinds":["shelter","health"],"districts":["PK-PB"]}""", "", "minimum identity", "minimum identity")]
    [TestCase("""{"kinds":["shelter","health"],"districts":["PK-PB-KSR"]}""", "", "minimum:other_recipient identity:other_recipient", "minimum:other_recipient identity:other_recipient")]
    [TestCase("""{"kinds":["shelter","health"],"districts":["PK-PB"]}""", ""","hideFrom":{"agencies":["{hospital}"]}""", "minimum identity", "minimum:hidden_from identity:hidden_from")]
    [TestCase("""{"kinds":["shelter","health"],"districts":["PK-PB"]}""", ""","hideFrom":{"kinds":["shelter"]}""", "minimum:hidden_from identity:hidden_from", "minimum identity")]
    public async Task May_share_says_yes_or_why_not(string recipients, string more, string shelter, string hospital)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        await RecordAsync(victim, Consent("""["identity"]""", Named(recipients), more: Named(more)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await WhyNotAsync(victim, World.Shelter), Is.EqualTo(shelter));
            Assert.That(await WhyNotAsync(victim, World.Hospital), Is.EqualTo(hospital));
        }
    }

    [Test]
    public async Task A_recipient_may_not_record_and_the_own_agency_is_none_even_of_its_kind()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();

        var refused = await _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", Consent("""["identity"]""", $$"""{"agencies":["{{World.Police}}"]}""")).JsonAsync(422);
        await RecordAsync(victim, Consent("""["identity"]""", """{"kinds":["police"],"districts":["PK-PB"]}"""));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.GetProperty("code").GetString(), Is.EqualTo("recipient_records"));
            Assert.That(await WhyNotAsync(victim, World.PoliceKasur), Is.EqualTo("minimum:other_recipient identity:other_recipient"));
            Assert.That(await WhyNotAsync(victim, World.Police), Is.EqualTo("minimum identity"));
        }
    }

    [TestCase("capacity\":\"guardian_with_assent", "capacity\":\"self", 422, "/capacity")]
    [TestCase("relation\":\"mother", "relation\":\"employer", 422, "/givenBy/relation")]
    [TestCase("relation\":\"mother", "relation\":\"queen", 400, "/givenBy/relation")]
    [TestCase("form\":\"thumb_print", "form\":\"verbal_with_witness", 422, "/witness")]
    [TestCase("[\"provide_service\"]", "[]", 422, "/purposes")]
    [TestCase("[\"identity\"]", "[\"identity\",\"secrets\"]", 400, "/groups/1")]
    [TestCase("\"agencies\":[\"{shelter}\"]", "\"kinds\":[\"shelter\"],\"districts\":[\"PK-XX\"]", 400, "/recipients/districts/0")]
    [TestCase("\"agencies\":[\"{shelter}\"]", "\"kinds\":[\"shelter\"]", 422, "/recipients/districts")]
    [TestCase("\"agencies\":[\"{shelter}\"]", "\"agencies\":[\"00000000-0000-7000-8000-00000000ffff\"]", 422, "/recipients/agencies/0")]
    [TestCase("\"kind\":\"consent\"", "\"kind\":\"consent\",\"validTo\":\"2026-01-01T00:00:00Z\"", 422, "/validTo")]
    [TestCase("\"kind\":\"consent\"", "\"kind\":\"court_order\"", 400, "/kind")]
    [TestCase("\"kind\":\"consent\"", "\"kind\":\"consent\",\"records\":[\"00000000-0000-7000-8000-00000000ffff\"]", 422, "/records/0")]
    public async Task What_makes_no_consent_is_named_by_pointer(string right, string wrong, int status, string pointer)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var body = Consent("""["identity"]""", """{"agencies":["{shelter}"]}""").Replace(right, wrong, StringComparison.Ordinal);

        var problem = await _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", Named(body)).JsonAsync(status);

        Assert.That(problem.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo(pointer), problem.ToString());
    }

    [Test]
    public async Task Withdrawal_shuts_the_door_in_the_same_transaction_and_ends_the_referral()
    {
        var (victim, basis) = await GivenAcceptedAsync("""["identity","contact"]""", ["identity", "contact"]);
        using var before = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");

        var withdrawn = await WithdrawAsync(victim, basis, """{"by":"mother","reason":"guardian_withdrew"}""").JsonAsync();
        using var after = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");
        using var shell = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(shell.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(withdrawn.GetProperty("basis").GetProperty("status").GetString(), Is.EqualTo("withdrawn"));
            Assert.That(withdrawn.GetProperty("endedGrants").GetInt32(), Is.EqualTo(6));
            Assert.That(withdrawn.GetProperty("endedReferrals").GetArrayLength(), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Withdrawing_some_groups_lets_the_referral_go_on_with_what_is_left()
    {
        var (victim, basis) = await GivenAcceptedAsync("""["identity","contact"]""", ["identity", "contact"]);

        var withdrawn = await WithdrawAsync(victim, basis, """{"by":"mother","reason":"guardian_withdrew","groups":["contact"]}""").JsonAsync();
        using var identity = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");
        using var contact = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/contact");
        var first = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/bases/{basis}").JsonAsync();
        var told = await _app.As(World.ShelterDesk).ReadAsync("/notifications").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("kind").GetString()), Does.Contain("disclosure.changed"));
            Assert.That(identity.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(contact.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(withdrawn.GetProperty("endedReferrals").GetArrayLength(), Is.Zero);
            Assert.That(withdrawn.GetProperty("endedGrants").GetInt32(), Is.EqualTo(2));
            Assert.That(withdrawn.GetProperty("basis").GetProperty("supersedesId").GetGuid(), Is.EqualTo(basis));
            Assert.That(first.GetProperty("status").GetString(), Is.EqualTo("superseded"));
        }
    }

    [Test]
    public async Task Another_consent_keeps_open_what_it_covers()
    {
        var (victim, basis) = await GivenAcceptedAsync("""["identity","contact"]""", ["identity", "contact"]);
        await RecordAsync(victim, Consent("""["identity"]""", ToShelter));

        var whatIf = await _app.As(World.Officer).PostAsync($"/victims/{victim}/bases/{basis}/what-if", "{}").JsonAsync();
        var withdrawn = await WithdrawAsync(victim, basis, """{"by":"mother","reason":"guardian_withdrew"}""").JsonAsync();
        using var identity = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");
        using var contact = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/contact");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(whatIf.GetProperty("losesAccess")[0].GetProperty("groups").EnumerateArray().Select(g => g.GetString()), Is.EqualTo(new[] { "contact" }));
            Assert.That(whatIf.GetProperty("endsReferrals").GetArrayLength(), Is.Zero);
            Assert.That(whatIf.GetProperty("stays").EnumerateArray().Select(s => s.GetProperty("why").GetString()), Is.EqualTo(new[] { "leads_case", "other_basis" }));
            Assert.That(identity.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(contact.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(withdrawn.GetProperty("endedReferrals").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task Before_the_answer_what_is_withdrawn_never_opens()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var basis = IdOf(await RecordAsync(victim, Consent("""["identity","contact"]""", ToShelter)));
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, victim, World.Shelter, ["identity", "contact"], []);

        await WithdrawAsync(victim, basis, """{"by":"mother","reason":"guardian_withdrew","groups":["contact"]}""").JsonAsync();
        await CarriedReferrals.AcceptAsync(_app.Database, victim, World.Shelter, referral!.Value);
        using var identity = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");
        using var contact = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/contact");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(identity.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(contact.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task What_a_later_consent_hides_shuts_at_once()
    {
        var (victim, _) = await GivenAcceptedAsync("""["identity"]""", ["identity"]);

        await RecordAsync(victim, Consent("""["identity"]""", $$"""{"agencies":["{{World.Hospital}}"]}""", more: $$""","hideFrom":{"agencies":["{{World.Shelter}}"]}"""));
        using var after = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");

        Assert.That(after.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task A_consent_that_runs_out_ends_access_by_itself_and_the_job_ends_the_referral()
    {
        var (victim, basis) = await GivenAcceptedAsync("""["identity"]""", ["identity"], validTo: _app.Clock.GetUtcNow().AddHours(2));

        _app.Clock.Advance(TimeSpan.FromHours(3));
        using var closed = await _app.As(World.ShelterDesk).ReadAsync($"/victims/{victim}/identity");
        await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);
        var ended = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/bases/{basis}").JsonAsync();
        var shell = await _app.As(World.Officer).ReadAsync("/victims").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(closed.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(ended.GetProperty("status").GetString(), Is.EqualTo("ended"));
            Assert.That(ended.GetProperty("endedReason").GetString(), Is.EqualTo("expired"));
            Assert.That(shell.GetProperty("items").EnumerateArray().Single(v => v.GetProperty("id").GetGuid() == victim).GetProperty("openReferrals").GetInt32(), Is.Zero);
        }
    }

    [Test]
    public async Task Withdrawing_takes_the_tag_that_is_true_and_happens_once()
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var basis = IdOf(await RecordAsync(victim, Consent("""["identity"]""", ToShelter)));
        const string Body = """{"by":"mother","reason":"guardian_withdrew"}""";
        var path = $"/victims/{victim}/bases/{basis}/withdraw";

        await _app.As(World.Officer).PostAsync(path, Body).JsonAsync(428);
        await _app.As(World.Officer).PostAsync(path, Body, "\"9\"").JsonAsync(412);
        await _app.As(World.Officer).PostAsync(path, """{"by":"mother","reason":"person_withdrew"}""", "\"1\"").JsonAsync(422);
        await _app.As(World.Officer).PostAsync(path, Body, "\"1\"", "withdraw-key-1").JsonAsync();
        var replayed = await _app.As(World.Officer).PostAsync(path, Body, "\"1\"", "withdraw-key-1").JsonAsync();
        var again = await _app.As(World.Officer).PostAsync(path, Body, "\"2\"").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(replayed.GetProperty("basis").GetProperty("status").GetString(), Is.EqualTo("withdrawn"));
            Assert.That(again.GetProperty("code").GetString(), Is.EqualTo("basis_not_live"));
        }
    }

    private const string ToShelter = """{"agencies":["00000000-0000-7000-8000-0000000000a3"]}""";

    private static string Named(string text) => text
        .Replace("{shelter}", World.Shelter.ToString(), StringComparison.Ordinal)
        .Replace("{hospital}", World.Hospital.ToString(), StringComparison.Ordinal);

    private static string Consent(string groups, string recipients, string giver = "Sakina", string more = "") => $$"""
        {"kind":"consent","givenBy":{"relation":"mother","name":"{{giver}}"},"capacity":"guardian_with_assent","form":"thumb_print","language":"urd","scriptVersion":"2026-1","groups":{{groups}},"purposes":["provide_service"],"recipients":{{recipients}}{{more}}}
        """;

    private static Guid IdOf(JsonElement basis) => basis.GetProperty("id").GetGuid();

    private Task<JsonElement> RecordAsync(Guid victim, string body) => _app.As(World.Officer).PostAsync($"/victims/{victim}/bases", body).JsonAsync(201);

    private Task<HttpResponseMessage> WithdrawAsync(Guid victim, Guid basis, string body) =>
        _app.As(World.Officer).PostAsync($"/victims/{victim}/bases/{basis}/withdraw", body, "\"1\"");

    private async Task<(Guid Victim, Guid Basis)> GivenAcceptedAsync(string consented, string[] carried, DateTimeOffset? validTo = null)
    {
        var victim = await _app.As(World.Officer).GivenVictimAsync();
        var more = validTo is { } to ? $",\"validTo\":\"{to.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}\"" : "";
        var basis = IdOf(await RecordAsync(victim, Consent(consented, ToShelter, more: more)));
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, victim, World.Shelter, carried, []);
        await CarriedReferrals.AcceptAsync(_app.Database, victim, World.Shelter, referral!.Value);
        return (victim, basis);
    }

    private async Task<string> WhyNotAsync(Guid victim, Guid agency)
    {
        var rows = await _app.As(World.Officer).PostAsync(
            $"/victims/{victim}/may-share", $$"""{"agencyId":"{{agency}}","purpose":"provide_service","groups":["identity"]}""").JsonAsync();
        return string.Join(' ', rows.GetProperty("items").EnumerateArray().Select(row =>
            row.GetProperty("covered").GetBoolean() ? row.GetProperty("group").GetString() : $"{row.GetProperty("group").GetString()}:{row.GetProperty("why").GetString()}"));
    }

    private static string ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
