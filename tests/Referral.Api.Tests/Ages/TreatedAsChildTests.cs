using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Nobody who is, or may be, a child is sent to a service for adults; and what follows as somebody becomes one, or is one no more.</summary>
public sealed class TreatedAsChildTests
{
    private TestApp _app = null!;

    private HttpClient Officer => _app.As(World.Officer);

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        await GivenReferral.WidenAsync(_app);
        await GivenReferral.ChangeAsync(_app, work => work.ExecuteAsync("UPDATE services SET min_age = 18 WHERE id = @id", new { id = World.HospitalService }, CancellationToken.None));
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCase("""{"years":10}""", 422)]
    [TestCase("""{"years":19}""", 422, Description = "She may be 17.")]
    [TestCase("{}", 422)]
    [TestCase("""{"years":30}""", 201)]
    public async Task A_service_for_adults_is_refused_for_whoever_may_be_a_child(string age, int status)
    {
        var victim = await GivenAge.RegisteredAsync(_app, age);

        var answer = await ReferAsync(victim, World.HospitalService, status);

        if (status == 422)
        {
            Assert.That((answer.GetProperty("code").GetString(), answer.GetProperty("errors")[0].GetProperty("pointer").GetString()), Is.EqualTo(("treated_as_child", "/serviceId")));
        }
    }

    [Test]
    public async Task A_place_for_women_is_refused_to_a_girl()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":10}""");

        var answer = await ReferAsync(victim, World.ShelterService, 422, population: "women");

        Assert.That((answer.GetProperty("code").GetString(), answer.GetProperty("errors")[0].GetProperty("pointer").GetString()), Is.EqualTo(("treated_as_child", "/population")));
    }

    [Test]
    public async Task What_was_sent_before_the_dispute_says_so_is_not_accepted_any_more_and_is_moved_by_nobody()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"years":30}""");
        await GivenReferral.ConsentAsync(_app, victim, ["identity"], World.Hospital);
        var (waiting, accepted) = (await SentAsync(victim), await SentAsync(victim));
        await ActAsync(World.HospitalDesk, accepted, "accept", """{"population":"any"}""", 200);
        _app.Clock.Advance(TimeSpan.FromMinutes(1));

        await GivenAge.DisputeAsync(_app, victim);

        var (flagged, standing) = (await ViewAsync(waiting), await ViewAsync(accepted));
        var refused = await ActAsync(World.HospitalDesk, waiting, "accept", """{"population":"any"}""", 422);
        var declined = await ActAsync(World.HospitalDesk, waiting, "decline", """{"reason":"not_eligible"}""");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((Flags(flagged), flagged.GetProperty("state").GetString()), Is.EqualTo(("treated_as_child", "submitted")));
            Assert.That((Flags(standing), standing.GetProperty("state").GetString()), Is.EqualTo(("treated_as_child", "accepted")));
            Assert.That(refused.GetProperty("code").GetString(), Is.EqualTo("treated_as_child"));
            Assert.That(declined, Is.AnyOf(200, 204));
            Assert.That((await _app.ToldAsync(World.HospitalDesk)).Count(told => told.GetProperty("kind").GetString() == "referral.flagged"), Is.EqualTo(2));
            Assert.That((await _app.ToldAsync(World.PoliceSupervisor)).Select(told => told.GetProperty("kind").GetString()), Does.Contain("age.disputed"));
        }
    }

    [Test]
    public async Task Whoever_looks_grown_up_is_turned_away_by_no_service_for_children()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2000-01-01"}""");
        await GivenAge.DisputeAsync(_app, victim);
        var need = await NeedAsync(victim, "safe_shelter");

        var matches = await Officer.ReadAsync($"/victims/{victim}/needs/{need}/matches").JsonAsync();

        Assert.That(matches.GetProperty("items").EnumerateArray().Select(match => match.GetProperty("service").GetProperty("id").GetGuid()), Does.Contain(World.ShelterService));
    }

    [Test]
    public async Task On_her_birthday_nothing_is_shown_and_with_the_month_the_case_follows_once_on_any_instance()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2008-12-15"}""");
        await using var another = _app.Another(("Roles", "api"));
        await PassToAsync(new DateTimeOffset(2026, 12, 20, 6, 0, 0, TimeSpan.Zero));
        var early = await RenewAsync(_app);
        var exact = await Officer.ReadAsync($"/victims/{victim}/age").JsonAsync();
        var meanwhile = await GivenAge.AsChildAsync(_app, victim);

        await PassToAsync(new DateTimeOffset(2027, 1, 1, 6, 0, 0, TimeSpan.Zero));
        var looked = new[] { await RenewAsync(_app), await RenewAsync(another), await RenewAsync(_app) };

        var shell = await GivenAge.ShellAsync(_app, victim);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.Zero);
            Assert.That(exact.GetProperty("protectiveAnswer").GetProperty("asChild").GetBoolean(), Is.False, "asked, the answer is to the day");
            Assert.That(meanwhile, "and until the month is over she is protected");
            Assert.That(looked, Is.EqualTo(new[] { 1, 0, 0 }));
            Assert.That((shell.GetProperty("asChild").GetBoolean(), shell.GetProperty("ageBand").GetString()), Is.EqualTo((false, "age_18_plus")));
            Assert.That(await RenewedAsync(victim), Is.EqualTo(1));
        }
    }

    [Test]
    public async Task A_dispute_outlives_the_birthday()
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2008-12-15"}""");
        await GivenAge.DisputeAsync(_app, victim);

        await PassToAsync(new DateTimeOffset(2027, 2, 1, 6, 0, 0, TimeSpan.Zero));
        await RenewAsync(_app);

        Assert.That(await GivenAge.AsChildAsync(_app, victim));
    }

    /// <summary>Known to be of age: what her mother allowed ends, hers is asked for, and the place at the shelter stays hers with the minimum alone, until she speaks.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public async Task Who_comes_of_age_keeps_her_place_until_she_says_what_may_be_shared(bool refuses)
    {
        var victim = await GivenAge.RegisteredAsync(_app, "{}");
        await ConsentAsync(victim, "guardian_with_assent", "mother");
        var referral = await PlacedAsync(victim);
        var before = await StatusAsync($"/victims/{victim}/identity");

        await GivenAge.PutAsync(_app, victim, "identity", """{"birth":{"on":"2000-02-01","evidence":"b_form_crc"}}""");

        var bases = await GivenTransfer.ListAsync(_app, World.Officer, $"/victims/{victim}/bases");
        var placed = await ViewAsync(referral);
        var clock = (await Officer.ReadAsync($"/clocks?victimId={victim}&kind=renew_basis").JsonAsync()).GetProperty("items")[0];
        var after = (await StatusAsync($"/victims/{victim}/identity"), await StatusAsync($"/referrals/{referral}"));
        await ConsentAsync(victim, "self", "self", refuses);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.EqualTo(200));
            Assert.That(bases.Select(basis => basis.GetProperty("status").GetString()), Is.EqualTo(new[] { "ended" }));
            Assert.That(placed.GetProperty("state").GetString(), Is.EqualTo("accepted"));
            Assert.That(clock.GetProperty("dueAt").GetDateTimeOffset(), Is.EqualTo(_app.Clock.GetUtcNow().AddDays(7)).Within(TimeSpan.FromSeconds(1)));
            Assert.That(after, Is.EqualTo((404, 200)), "the minimum, and not her name");
            Assert.That((await ViewAsync(referral)).GetProperty("state").GetString(), Is.EqualTo(refuses ? "withdrawn" : "accepted"));
            Assert.That((await Officer.ReadAsync($"/clocks?victimId={victim}&kind=renew_basis").JsonAsync()).GetProperty("items").GetArrayLength(), Is.Zero, "she has spoken");
        }
    }

    /// <summary>The same where the end was known: her 18th birthday lies in a month whose beginning ended it.</summary>
    [TestCase(true)]
    [TestCase(false, Description = "The deadline spoke first.")]
    public async Task A_placement_stands_also_when_the_permission_ends_by_itself(bool endsFirst)
    {
        var victim = await GivenAge.RegisteredAsync(_app, """{"documentedOn":"2009-03-15"}""");
        await ConsentAsync(victim, "guardian_with_assent", "mother");
        var referral = await PlacedAsync(victim);

        _app.Clock.Advance(new DateTimeOffset(2027, 2, 28, 19, 1, 0, TimeSpan.Zero) - _app.Clock.GetUtcNow());
        if (!endsFirst)
        {
            await _app.SpeakAsync();
        }
        await _app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None);

        Assert.That((await StatusAsync($"/referrals/{referral}"), await StatusAsync($"/victims/{victim}/identity")), Is.EqualTo((200, 404)));
    }

    private static Task<int> RenewAsync(TestApp app) => app.Services.GetRequiredService<AgeRenewal>().RunAsync(CancellationToken.None);

    private Task PassToAsync(DateTimeOffset at)
    {
        _app.Clock.Advance(at - _app.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private Task<int> RenewedAsync(Guid victim) => GivenReferral.ReadAsync(
        _app, work => work.ScalarAsync<int>("SELECT count(*) FROM journal WHERE victim_id = @victim AND action = 'age.renewed'", new { victim }, CancellationToken.None));

    private async Task<Guid> NeedAsync(Guid victim, string category) =>
        (await Officer.PostAsync($"/victims/{victim}/needs", $$"""{"category":"{{category}}","urgency":"high"}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<JsonElement> ReferAsync(Guid victim, Guid service, int status, string population = "any")
    {
        var need = await NeedAsync(victim, service == World.HospitalService ? "medical_care" : "safe_shelter");
        return await Officer.PostAsync("/referrals", $$"""
            {"victimId":"{{victim}}","needId":"{{need}}","serviceId":"{{service}}","groups":["identity"],"population":"{{population}}"}
            """).JsonAsync(status);
    }

    private async Task<Guid> SentAsync(Guid victim, Guid? service = null, string population = "any")
    {
        var id = (await ReferAsync(victim, service ?? World.HospitalService, 201, population)).GetProperty("id").GetGuid();
        await ActAsync(World.Officer, id, "submit", "{}", 200);
        return id;
    }

    /// <summary>Accepted at the shelter, which reads who she is.</summary>
    private async Task<Guid> PlacedAsync(Guid victim)
    {
        var id = await SentAsync(victim, World.ShelterService, "girls");
        await ActAsync(World.ShelterDesk, id, "accept", """{"population":"girls"}""", 200);
        return id;
    }

    private async Task<JsonElement> ActAsync(Persona by, Guid referral, string action, string body, int status)
    {
        using var read = await _app.As(by).ReadAsync($"/referrals/{referral}");
        return await _app.As(by).PostAsync($"/referrals/{referral}/{action}", body, read.TagOf()).JsonAsync(status);
    }

    private async Task<int> ActAsync(Persona by, Guid referral, string action, string body)
    {
        using var read = await _app.As(by).ReadAsync($"/referrals/{referral}");
        using var answer = await _app.As(by).PostAsync($"/referrals/{referral}/{action}", body, read.TagOf());
        return (int)answer.StatusCode;
    }

    private Task<JsonElement> ViewAsync(Guid referral) => Officer.ReadAsync($"/referrals/{referral}").JsonAsync();

    private static string Flags(JsonElement view) => string.Join(' ', view.GetProperty("flags").EnumerateArray().Select(flag => flag.GetString()));

    private async Task<int> StatusAsync(string path)
    {
        using var answer = await _app.As(World.ShelterDesk).ReadAsync(path);
        return (int)answer.StatusCode;
    }

    private Task<JsonElement> ConsentAsync(Guid victim, string capacity, string relation, bool refused = false) =>
        Officer.PostAsync($"/victims/{victim}/bases", $$"""
            {"kind":"consent","givenBy":{"relation":"{{relation}}"},"capacity":"{{capacity}}","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]},"refused":{{(refused ? "true" : "false")}} }
            """).JsonAsync(201);
}
