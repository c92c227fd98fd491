using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Sharing for a child without its guardian: one person proposes, another approves, and only then may anything be given.</summary>
public sealed class BestInterestsTests
{
    private const string ToHospital = """{"agencies":["00000000-0000-7000-8000-0000000000a4"]}""";

    private TestApp _app = null!;
    private Guid _victim;

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _victim = await _app.As(World.Officer).GivenVictimAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task It_allows_nothing_before_a_second_person_approves_and_is_in_force_from_then_on()
    {
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        var before = await MayShareAsync();
        var waiting = await GivenBasis.ReadAsync(_app, _victim, id);
        var approval = await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id);
        var asked = await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{approval}").JsonAsync();
        using var caseworker = await GivenApproval.DecideAsync(_app, World.Officer, approval);

        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync();
        var stands = await GivenBasis.ReadAsync(_app, _victim, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((waiting.GetProperty("kind").GetString(), waiting.GetProperty("status").GetString(), before), Is.EqualTo(("best_interests_decision", "pending", "no_basis")));
            Assert.That(waiting.GetProperty("allowedActions").GetArrayLength(), Is.Zero);
            Assert.That((asked.GetProperty("kind").GetString(), asked.GetProperty("subjectKind").GetString()), Is.EqualTo(("best_interests_decision", "basis")));
            Assert.That(asked.GetProperty("basis").GetProperty("bestInterests").GetProperty("childSaid").GetString(), Is.EqualTo("I want to go to school."));
            Assert.That((int)caseworker.StatusCode, Is.EqualTo(403));
            Assert.That((stands.GetProperty("status").GetString(), await MayShareAsync()), Is.EqualTo(("active", "covered")));
            Assert.That(stands.GetProperty("allowedActions").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { "amend", "end" }));
            Assert.That(await ActionsAsync(), Does.Contain("basis.proposed").And.Contain("basis.recorded"));
        }
    }

    [Test]
    public async Task Who_proposed_it_never_approves_it()
    {
        var id = await GivenBasis.ProposeAsync(_app, World.PoliceSupervisor, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        var approval = await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id);

        var own = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync(422);

        Assert.That((own.GetProperty("code").GetString(), await GivenBasis.StatusAsync(_app, _victim, id)), Is.EqualTo(("own_proposal", "pending")));
    }

    [TestCase("refuse", "refused")]
    [TestCase("send_back", "withdrawn")]
    public async Task Without_a_yes_it_never_was_one(string decision, string status)
    {
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));

        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id), decision, "Ask the aunt first.").JsonAsync();
        var after = await GivenBasis.ReadAsync(_app, _victim, id);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((after.GetProperty("status").GetString(), after.GetProperty("endedReason").GetString()), Is.EqualTo((status, "not_approved")));
            Assert.That(await MayShareAsync(), Is.EqualTo("no_basis"));
        }
    }

    [Test]
    public async Task Who_leads_the_case_from_now_on_proposes_anew()
    {
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));

        await GivenTransfer.LedByAsync(_app, _victim, World.StrangerSupervisor);

        Assert.That((await GivenBasis.ReadAsync(_app, _victim, id, World.StrangerSupervisor)).GetProperty("status").GetString(), Is.EqualTo("withdrawn"));
    }

    [Test]
    public async Task A_recipient_neither_records_nor_approves_it()
    {
        var records = await _app.As(World.Officer).PostAsync(
            $"/victims/{_victim}/best-interests", GivenBasis.Decision(_app, $$"""{"agencies":["{{World.Police}}"]}""")).JsonAsync(422);
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, """{"kinds":["police"],"districts":["PK-PB"]}"""));
        var approval = await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id);

        var approves = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(records.GetProperty("code").GetString(), Is.EqualTo("recipient_records"));
            Assert.That(approves.GetProperty("code").GetString(), Is.EqualTo("recipient_records"));
            Assert.That(await GivenBasis.StatusAsync(_app, _victim, id), Is.EqualTo("pending"));
            Assert.That((await _app.As(World.PoliceSupervisor).ReadAsync($"/approvals/{approval}").JsonAsync()).GetProperty("state").GetString(), Is.EqualTo("open"));
        }
    }

    [Test]
    public async Task It_is_for_a_child_and_has_an_end_within_half_a_year()
    {
        var woman = (await _app.As(World.Officer).PostAsync(
            "/victims", """{"found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"female","age":{"years":40,"evidence":"appearance"},"name":{"ur":"کلثوم"} }""").JsonAsync(201)).GetProperty("id").GetGuid();

        var adult = await RefusedAsync(woman, GivenBasis.Decision(_app, ToHospital));
        var long_ = await RefusedAsync(_victim, GivenBasis.Decision(_app, ToHospital, days: 184));
        var over = await RefusedAsync(_victim, GivenBasis.Decision(_app, ToHospital, days: -1));
        var endless = await RefusedAsync(_victim, GivenBasis.Decision(_app, ToHospital).Replace($"\"validTo\":\"{GivenBasis.At(_app.Clock.GetUtcNow().AddDays(30))}\"", "\"validTo\":null", StringComparison.Ordinal));

        Assert.That(new[] { adult, long_, over, endless }, Is.EqualTo(new[]
        {
            "basis_incomplete /ground not_for_an_adult", "basis_incomplete /validTo too_far", "basis_incomplete /validTo not_in_future", "basis_incomplete /validTo required",
        }));
    }

    [Test]
    public async Task With_it_the_childs_own_yes_is_enough()
    {
        const string Own = """
            {"kind":"consent","givenBy":{"relation":"self"},"capacity":"assent_with_best_interests","form":"thumb_print","language":"urd","scriptVersion":"1","groups":["identity"],
             "purposes":["provide_service"],"recipients":{"agencies":["00000000-0000-7000-8000-0000000000a3"]} }
            """;
        var alone = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", Own).JsonAsync(422);
        await GivenBasis.LiveAsync(_app, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));

        using var with = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", Own);

        Assert.That((alone.GetProperty("errors")[0].GetProperty("code").GetString(), (int)with.StatusCode), Is.EqualTo(("needs_best_interests_decision", 201)));
    }

    [Test]
    public async Task A_week_before_it_ends_and_while_nobody_decides_somebody_hears_of_it()
    {
        var waits = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        await GivenBasis.LiveAsync(_app, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));

        await _app.PassAsync(TimeSpan.FromDays(23) + TimeSpan.FromMinutes(1));
        var officer = await _app.ToldAsync(World.Officer);
        var office = await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, "/approvals");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(officer.Select(told => told.GetProperty("kind").GetString()), Does.Contain("clock.basis_ends"));
            Assert.That(office.Single().GetProperty("subjectId").GetGuid(), Is.EqualTo(waits));
        }
    }

    [Test]
    public async Task Ended_before_its_date_it_takes_with_it_what_it_alone_allowed()
    {
        var id = await GivenBasis.LiveAsync(_app, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, _victim, World.Hospital, ["identity"], []);
        await CarriedReferrals.AcceptAsync(_app.Database, _victim, World.Hospital, referral!.Value);
        var before = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");

        var ended = await GivenBasis.MoveAsync(_app, World.Officer, _victim, id, "end", """{"reason":"not_needed"}""").JsonAsync();

        Assert.That(before, Is.EqualTo(new[] { 200, 200 }));
        Assert.That((ended.GetProperty("status").GetString(), ended.GetProperty("endedReason").GetString()), Is.EqualTo(("ended", "not_needed")));
        Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity"), Is.EqualTo(new[] { 404, 404 }));
    }

    [Test]
    public async Task When_she_comes_of_age_nobody_decides_for_her_any_more_and_hers_is_asked_for()
    {
        var stands = await GivenBasis.LiveAsync(_app, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        var waits = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital));
        var approval = await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, waits);

        await GivenAge.PutAsync(_app, _victim, "identity", """{"birth":{"on":"2000-02-01","evidence":"b_form_crc"}}""");
        var ended = await GivenBasis.ReadAsync(_app, _victim, stands);
        var late = await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, approval).JsonAsync(409);
        var clocks = await GivenTransfer.ListAsync(_app, World.Officer, $"/clocks?victimId={_victim}");

        using (Assert.EnterMultipleScope())
        {
            Assert.That((ended.GetProperty("status").GetString(), ended.GetProperty("endedReason").GetString()), Is.EqualTo(("ended", "turned_18")));
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("basis_not_live"));
            Assert.That(clocks.Select(clock => clock.GetProperty("kind").GetString()), Does.Contain("renew_basis"));
            Assert.That(await MayShareAsync(), Is.EqualTo("no_basis"));
        }
    }

    [Test]
    public async Task It_lasts_no_longer_than_she_is_a_child()
    {
        await GivenAge.PutAsync(_app, _victim, "identity", """{"birth":{"on":"2009-01-10","evidence":"b_form_crc"}}""");

        var id = await GivenBasis.LiveAsync(_app, _victim, "best-interests", GivenBasis.Decision(_app, ToHospital, days: 120));
        var stands = await GivenBasis.ReadAsync(_app, _victim, id);

        Assert.That(stands.GetProperty("validTo").GetDateTimeOffset(), Is.EqualTo(Karachi.At(new DateOnly(2027, 1, 1), TimeSpan.Zero)));
    }

    private async Task<string> RefusedAsync(Guid victim, string body)
    {
        var problem = await _app.As(World.Officer).PostAsync($"/victims/{victim}/best-interests", body).JsonAsync(422);
        var error = problem.GetProperty("errors")[0];
        return $"{problem.GetProperty("code").GetString()} {error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}";
    }

    private async Task<string?> MayShareAsync()
    {
        var rows = await _app.As(World.Officer).PostAsync(
            $"/victims/{_victim}/may-share", $$"""{"agencyId":"{{World.Hospital}}","purpose":"provide_service","groups":["identity"]}""").JsonAsync();
        JsonElement[] all = [.. rows.GetProperty("items").EnumerateArray()];
        return all.All(row => row.GetProperty("covered").GetBoolean()) ? "covered" : all[0].GetProperty("why").GetString();
    }

    private async Task<string?[]> ActionsAsync() =>
        [.. (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/victims/{_victim}/history")).Select(row => row.GetProperty("action").GetString())];
}
