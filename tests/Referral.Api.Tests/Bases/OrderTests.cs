using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Orders of courts: they open what they name, to whom they name, until their date or until the court says otherwise.</summary>
public sealed class OrderTests
{
    private static readonly string[] Everything = ["", "/identity", "/contact", "/health"];

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
    public async Task It_opens_what_it_names_to_whom_it_names_once_the_office_has_checked_it()
    {
        var (named, other) = (await NoteAsync(_victim), await NoteAsync(_victim));
        var id = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "orders", GivenBasis.Order(_app, World.Hospital, more: $$""","records":["{{named}}"]"""));
        var before = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, Everything);
        var approval = await GivenBasis.ApprovalAsync(_app, World.ProtectionOfficer, id);
        var asked = await _app.As(World.ProtectionOfficer).ReadAsync($"/approvals/{approval}").JsonAsync();

        using var decided = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, approval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { 404, 404, 404, 404 }));
            Assert.That(asked.GetProperty("basis").GetProperty("order").GetProperty("court").GetString(), Does.StartWith("Court of"));
            Assert.That((int)decided.StatusCode, Is.EqualTo(204));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, Everything), Is.EqualTo(new[] { 200, 200, 404, 404 }));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, $"/records/{named}", $"/records/{other}"), Is.EqualTo(new[] { 200, 404 }));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.ShelterDesk, _victim, Everything), Is.EqualTo(new[] { 404, 404, 404, 404 }));
            Assert.That((await _app.ToldAsync(World.HospitalDesk)).Select(told => told.GetProperty("kind").GetString()), Is.EqualTo(new[] { "basis.recorded" }));
            Assert.That(await GrantsAsync(), Is.EqualTo(new[] { "order unit identity", "order unit minimum", "order unit protection" }));
        }
    }

    [Test]
    public async Task A_stay_shuts_at_once_what_it_opened_and_it_can_run_on_or_end()
    {
        var id = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital));
        var open = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");

        var stayed = await GivenBasis.MoveAsync(_app, World.PoliceSupervisor, _victim, id, "stay").JsonAsync();
        var shut = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");
        var resumed = await GivenBasis.MoveAsync(_app, World.PoliceSupervisor, _victim, id, "resume").JsonAsync();
        var again = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");
        var ended = await GivenBasis.MoveAsync(_app, World.ProtectionOfficer, _victim, id, "end");
        var over = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");
        var late = await GivenBasis.MoveAsync(_app, World.PoliceSupervisor, _victim, id, "stay").JsonAsync(409);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(new[] { open, shut, again, over }, Is.EqualTo(new[] { new[] { 200, 200 }, [404, 404], [200, 200], [404, 404] }));
            Assert.That((stayed.GetProperty("status").GetString(), resumed.GetProperty("status").GetString(), (int)ended.StatusCode), Is.EqualTo(("stayed", "active", 204)));
            Assert.That(stayed.GetProperty("allowedActions").EnumerateArray().Select(one => one.GetString()), Is.EqualTo(new[] { "resume", "amend", "end" }));
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("not_of_this_basis"));
        }
        ended.Dispose();
    }

    [Test]
    public async Task At_its_date_it_ends_by_itself_also_while_it_is_stayed()
    {
        var id = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital, days: 2));
        var other = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Shelter, days: 2));
        await GivenBasis.MoveAsync(_app, World.Officer, _victim, other, "stay").JsonAsync();

        _app.Clock.Advance(TimeSpan.FromDays(2));
        var shut = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity");
        var late = await GivenBasis.MoveAsync(_app, World.Officer, _victim, other, "resume").JsonAsync(409);
        await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(shut, Is.EqualTo(new[] { 404, 404 }));
            Assert.That(late.GetProperty("code").GetString(), Is.EqualTo("basis_not_live"));
            Assert.That((await GivenBasis.StatusAsync(_app, _victim, id), await GivenBasis.StatusAsync(_app, _victim, other)), Is.EqualTo(("ended", "ended")));
        }
    }

    [Test]
    public async Task An_amended_order_takes_the_place_of_the_earlier_one_once_it_is_checked()
    {
        var first = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital));
        var second = await GivenBasis.ProposeAsync(_app, World.Officer, _victim, "orders", GivenBasis.Order(_app, World.Hospital, """["contact"]""", more: $$""","supersedesId":"{{first}}" """));
        var before = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, Everything);

        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, second)).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(new[] { 200, 200, 404, 404 }));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, Everything), Is.EqualTo(new[] { 200, 404, 200, 404 }));
            Assert.That((await GivenBasis.StatusAsync(_app, _victim, first), await GivenBasis.StatusAsync(_app, _victim, second)), Is.EqualTo(("superseded", "active")));
        }
    }

    [Test]
    public async Task It_names_members_of_the_household_and_each_is_checked_and_stayed_with_the_others()
    {
        var (sister, brother, household) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await _app.As(World.Officer).PostAsync("/victims/intake", $$"""
            {"kind":"family","householdId":"{{household}}","members":[
             {"id":"{{sister}}","found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"female","age":{"years":10,"evidence":"appearance"},"name":{"ur":"کلثوم"} },
             {"id":"{{brother}}","found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"male","age":{"years":8,"evidence":"appearance"},"name":{"ur":"بلال"} }]}
            """).JsonAsync(201);
        var (hers, his) = (await NoteAsync(sister), await NoteAsync(brother));
        var stranger = await _app.As(World.Officer).PostAsync($"/victims/{sister}/orders", GivenBasis.Order(_app, World.Hospital, more: $$""","members":["{{_victim}}"]""")).JsonAsync(422);

        var id = await GivenBasis.ProposeAsync(_app, World.Officer, sister, "orders", GivenBasis.Order(_app, World.Hospital, more: $$""","members":["{{brother}}"],"records":["{{hers}}","{{his}}"]"""));
        var of = (await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{brother}/bases")).Single().GetProperty("id").GetGuid();
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id)).JsonAsync();
        var one = await GivenBasis.OpenToAsync(_app, World.HospitalDesk, brother, "");
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, of)).JsonAsync();
        int[] both = [.. await GivenBasis.OpenToAsync(_app, World.HospitalDesk, sister, "", $"/records/{hers}"), .. await GivenBasis.OpenToAsync(_app, World.HospitalDesk, brother, "", $"/records/{his}")];
        await GivenBasis.MoveAsync(_app, World.Officer, brother, of, "stay").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stranger.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/members/0"));
            Assert.That(one, Is.EqualTo(new[] { 404 }));
            Assert.That(both, Is.EqualTo(new[] { 200, 200, 200, 200 }));
            Assert.That((await GivenBasis.StatusAsync(_app, sister, id), await GivenBasis.StatusAsync(_app, brother, of)), Is.EqualTo(("stayed", "stayed")));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, sister, ""), Is.EqualTo(new[] { 404 }));
        }
    }

    [Test]
    public async Task Whom_she_does_not_want_to_know_learns_nothing_by_an_order_either()
    {
        await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital));
        await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", $$$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1","groups":["identity"],"purposes":["provide_service"],
             "recipients":{"agencies":["{{{World.Shelter}}}"]},"hideFrom":{"agencies":["{{{World.Hospital}}}"]} }
            """).JsonAsync(201);

        var later = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/orders", GivenBasis.Order(_app, World.Hospital)).JsonAsync(422);

        Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "", "/identity"), Is.EqualTo(new[] { 404, 404 }));
        Assert.That(later.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("hidden_from"));
    }

    [Test]
    public async Task The_national_office_writes_down_orders_of_cases_that_lie_before_it_and_of_no_others()
    {
        using var unseen = await _app.As(World.ProtectionOfficer).PostAsync($"/victims/{_victim}/orders", GivenBasis.Order(_app, World.Hospital));
        await GivenBasis.OverseenAsync(_app, _victim);

        var id = await GivenBasis.ProposeAsync(_app, World.ProtectionOfficer, _victim, "orders", GivenBasis.Order(_app, World.Hospital));
        var own = await GivenApproval.DecideAsync(_app, World.ProtectionOfficer, await GivenBasis.ApprovalAsync(_app, World.ProtectionOfficer, id)).JsonAsync(422);
        var seen = (await GivenTransfer.ListAsync(_app, World.ProtectionOfficer, $"/victims/{_victim}/bases")).Single();
        await GivenApproval.DecideAsync(_app, World.PoliceSupervisor, await GivenBasis.ApprovalAsync(_app, World.PoliceSupervisor, id)).JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)unseen.StatusCode, Is.EqualTo(404));
            Assert.That(own.GetProperty("code").GetString(), Is.EqualTo("own_proposal"));
            Assert.That(seen.GetProperty("id").GetGuid(), Is.EqualTo(id));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.HospitalDesk, _victim, "/identity"), Is.EqualTo(new[] { 200 }));
            Assert.That(await GivenBasis.OpenToAsync(_app, World.ProtectionOfficer, _victim, "/identity"), Is.EqualTo(new[] { 404 }));
        }
    }

    [Test]
    public async Task A_guardian_cannot_take_back_what_a_court_ordered_and_a_consent_replaces_no_order()
    {
        var id = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital));

        var taken = await GivenBasis.MoveAsync(_app, World.Officer, _victim, id, "withdraw", """{"by":"mother","reason":"guardian_withdrew"}""").JsonAsync(409);
        var replaced = await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1","groups":[],"purposes":["provide_service"],
             "recipients":{"agencies":["{{World.Shelter}}"]},"supersedesId":"{{id}}"}
            """).JsonAsync(422);

        Assert.That(taken.GetProperty("code").GetString(), Is.EqualTo("not_of_this_basis"));
        Assert.That(replaced.GetProperty("errors")[0].GetProperty("pointer").GetString(), Is.EqualTo("/supersedesId"));
    }

    [Test]
    public async Task A_referral_that_only_an_order_allows_ends_with_its_stay()
    {
        var id = await GivenBasis.LiveAsync(_app, _victim, "orders", GivenBasis.Order(_app, World.Hospital));
        var referral = await CarriedReferrals.SubmitAsync(_app.Database, _victim, World.Hospital, ["identity"], []);

        await GivenBasis.MoveAsync(_app, World.Officer, _victim, id, "stay").JsonAsync();
        var read = await _app.As(World.Officer).ReadAsync($"/referrals/{referral}").JsonAsync();

        Assert.That(read.GetProperty("state").GetString(), Is.EqualTo("withdrawn"));
    }

    private async Task<Guid> NoteAsync(Guid victim) =>
        (await _app.As(World.Officer).PostAsync($"/victims/{victim}/records", """{"kind":"note","body":{"text":"She counts bricks."}}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<string[]> GrantsAsync() =>
    [
        .. (await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/victims/{_victim}/grants"))
            .Where(grant => grant.GetProperty("source").GetString() == "order")
            .Select(grant => $"order {grant.GetProperty("audience").GetString()} {grant.GetProperty("group").GetString()}").Order(StringComparer.Ordinal),
    ];
}
