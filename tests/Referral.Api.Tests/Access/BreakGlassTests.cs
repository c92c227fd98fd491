using System.Net;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Emergency access: what it opens, to whom, for how long, who hears of it, and whom it never lets in.</summary>
public sealed class BreakGlassTests
{
    private TestApp _app = null!;
    private Guid _victim;
    private string _code = "";

    [SetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync(("Roles", "api"));
        _victim = await _app.As(World.Officer).GivenVictimAsync();
        _code = await GivenBreakGlass.CodeOfAsync(_app, World.Officer, _victim);
    }

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task It_opens_the_minimum_and_what_was_named_to_one_person_for_four_hours()
    {
        await _app.As(World.Officer).PostAsync($"/victims/{_victim}/records", """{"kind":"note","body":{"text":"She counts bricks."}}""").JsonAsync(201);
        var before = await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim);
        var opened = await GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, _code, "\"identity\",\"health\"").JsonAsync(201);
        var until = _app.Clock.GetUtcNow().AddHours(4);

        var shell = await _app.As(World.HospitalDesk).ReadAsync($"/victims/{_victim}").JsonAsync();
        var items = await _app.As(World.HospitalDesk).ReadAsync($"/victims/{_victim}/records").JsonAsync();
        var seen = await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim);
        var others = await GivenBreakGlass.SeenAsync(_app, World.StrangerCaseworker, _victim);
        using var written = await _app.As(World.HospitalDesk).PutAsync($"/victims/{_victim}", "{}", "\"1\"");
        _app.Clock.Advance(TimeSpan.FromHours(4) - TimeSpan.FromMilliseconds(1));
        var last = await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim);
        _app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var after = await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Empty);
            Assert.That((seen, last, after, others), Is.EqualTo(("shell identity health records", "shell identity health records", "", "")));
            Assert.That(items.GetProperty("items").GetArrayLength(), Is.Zero, "No items.");
            Assert.That(shell.GetProperty("emergencyUntil").GetDateTimeOffset(), Is.EqualTo(until));
            Assert.That(opened.GetProperty("untilAt").GetDateTimeOffset(), Is.EqualTo(until));
            Assert.That(shell.GetProperty("groups").EnumerateArray().Select(group => group.GetString()), Is.EqualTo(new[] { "health", "identity" }));
            Assert.That(written.StatusCode, Is.Not.EqualTo(HttpStatusCode.OK));
        }
    }

    [TestCase("{0}")]
    [TestCase("  {0}  ")]
    public async Task The_code_is_read_in_every_spelling(string spelling)
    {
        var typed = string.Format(System.Globalization.CultureInfo.InvariantCulture, spelling, _code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal));

        await GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, typed).JsonAsync(201);

        Assert.That(await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim), Does.StartWith("shell"));
    }

    [Test]
    public async Task The_team_its_supervisors_and_the_national_office_hear_of_it_at_once_even_at_night()
    {
        var id = await GivenBreakGlass.OpenedAsync(_app, _victim);

        var told = new List<string>();
        foreach (var persona in World.Everybody.Where(persona => !persona.IsClient))
        {
            if ((await _app.ToldAsync(persona)).Any(one => one.GetProperty("kind").GetString() == "breakglass.opened" && one.GetProperty("subjectId").GetGuid() == id))
            {
                told.Add(persona.Key);
            }
        }
        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EquivalentTo(new[] { "officer", "police supervisor", "protection officer" }));
            Assert.That(await GivenBreakGlass.SeenAsync(_app, World.ProtectionOfficer, _victim), Is.EqualTo("shell records bases"), "The office sees the minimum, and keeps orders.");
            Assert.That(await SeenByAsync(id), Is.EquivalentTo(new[] { "officer", "police supervisor", "hospital desk", "protection officer" }));
        }
    }

    [Test]
    public async Task Whoever_is_kept_away_or_hidden_from_meets_what_no_case_has_byte_for_byte()
    {
        await _app.AddAsync(World.BlockedOfficer);
        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", $$"""{"workerId":"{{World.HospitalDesk.Id}}","reason":"threatened_person"}""").JsonAsync(201);
        await HideAsync($$"""{"agencies":["{{World.Shelter}}"]}""");
        var nobody = CaseCode.Make("PK-PB", 2026, 4711).Text;

        foreach (var persona in new[] { World.HospitalDesk, World.ShelterDesk, World.ShelterSupervisor })
        {
            var (none, hers) = (await AnswerAsync(persona, nobody), await AnswerAsync(persona, _code));
            Assert.That(hers, Is.EqualTo(none).And.StartsWith("404"), persona.Key);
        }
        var journal = await RefusedAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(journal, Has.Count.EqualTo(6).And.All.Contains("breakGlass"));
            Assert.That(journal, Has.None.Contains(_code).And.None.Contains(nobody), "Whose code was tried is not written down in the open.");
            Assert.That(await _app.ToldAsync(World.ProtectionOfficer), Is.Empty);
        }
    }

    [Test]
    public async Task A_block_and_a_wish_that_come_later_shut_it()
    {
        await GivenBreakGlass.OpenedAsync(_app, _victim);
        await GivenBreakGlass.OpenedAsync(_app, _victim, by: World.ShelterDesk);

        await _app.As(World.PoliceSupervisor).PostAsync($"/victims/{_victim}/blocks", $$"""{"workerId":"{{World.HospitalDesk.Id}}","reason":"threatened_person"}""").JsonAsync(201);
        await HideAsync("""{"kinds":["shelter"]}""");

        Assert.That(
            (await GivenBreakGlass.SeenAsync(_app, World.HospitalDesk, _victim), await GivenBreakGlass.SeenAsync(_app, World.ShelterDesk, _victim)), Is.EqualTo(("", "")));
    }

    [Test]
    public async Task Who_sees_the_case_needs_none_and_who_has_one_gets_no_second_before_it_ends()
    {
        var team = await GivenBreakGlass.OpenAsync(_app, World.Officer, _code).JsonAsync(409);
        var supervisor = await GivenBreakGlass.OpenAsync(_app, World.PoliceSupervisor, _code).JsonAsync(409);
        var colleague = await GivenBreakGlass.OpenAsync(_app, World.OtherOfficer, _code, "\"contact\"").JsonAsync(201);
        var again = await GivenBreakGlass.OpenAsync(_app, World.OtherOfficer, _code, "\"health\"").JsonAsync(409);
        await _app.As(World.OtherOfficer).PostAsync($"/break-glass/{colleague.GetProperty("id").GetGuid()}/end", "").JsonAsync();
        await GivenBreakGlass.OpenAsync(_app, World.OtherOfficer, _code, "\"health\"").JsonAsync(201);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((Code(team), Code(supervisor), Code(again)), Is.EqualTo(("sees_case_already", "sees_case_already", "break_glass_open")));
            Assert.That(again.GetProperty("breakGlassId").GetGuid(), Is.EqualTo(colleague.GetProperty("id").GetGuid()));
            Assert.That(await GivenBreakGlass.SeenAsync(_app, World.OtherOfficer, _victim), Is.EqualTo("shell health records"));
            Assert.That((await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, $"/break-glass?victimId={_victim}")), Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Two_at_once_open_it_once_and_a_replay_opens_nothing_more()
    {
        var (first, second) = (Guid.NewGuid().ToString(), Guid.NewGuid().ToString());
        var answers = await Task.WhenAll(
            GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, _code, key: first), GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, _code, key: second));
        var winner = answers[0].StatusCode == HttpStatusCode.Created ? 0 : 1;

        var replay = await GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, _code, key: winner == 0 ? first : second).JsonAsync(201);
        var other = await GivenBreakGlass.OpenAsync(_app, World.HospitalDesk, _code, "\"health\"", key: winner == 0 ? first : second).JsonAsync(422);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(answer => (int)answer.StatusCode), Is.EquivalentTo(new[] { 201, 409 }));
            Assert.That(replay.GetProperty("id").GetGuid(), Is.EqualTo((await GivenTransfer.ListAsync(_app, World.PoliceSupervisor, "/break-glass")).Single().GetProperty("id").GetGuid()));
            Assert.That(Code(other), Is.EqualTo("key_reused"));
            Assert.That((await _app.ToldAsync(World.PoliceSupervisor)).Count(one => one.GetProperty("kind").GetString() == "breakglass.opened"), Is.EqualTo(1));
        }
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Test]
    public async Task Those_who_meet_nobody_open_nothing()
    {
        var allowed = new List<string>();
        foreach (var persona in World.Everybody)
        {
            using var answer = await GivenBreakGlass.OpenAsync(_app, persona, CaseCode.Make("PK-PB", 2026, 4711).Text);
            if (answer.StatusCode != HttpStatusCode.Forbidden)
            {
                allowed.Add(persona.Key);
            }
        }
        Assert.That(allowed, Is.EquivalentTo(new[]
        {
            "officer", "other officer", "police supervisor", "shelter desk", "shelter supervisor", "hospital desk", "stranger caseworker", "stranger supervisor",
        }));
    }

    [TestCase("{\"caseCode\":\"PB-26-7F3K2Z\",\"reason\":\"life_at_risk\",\"note\":\"x\",\"groups\":[]}", 422, "/caseCode", "mistyped")]
    [TestCase("{\"caseCode\":\"PB\",\"reason\":\"life_at_risk\",\"note\":\" \",\"groups\":[]}", 422, "/caseCode", "mistyped")]
    [TestCase("{\"caseCode\":\"PB\",\"reason\":\"curious\",\"note\":\"x\",\"groups\":[]}", 400, "/reason", "unknown_code")]
    [TestCase("{\"caseCode\":\"PB\",\"reason\":\"life_at_risk\",\"note\":\"x\",\"groups\":[\"protection\"]}", 400, "/groups/0", "unknown_code")]
    public async Task What_opens_nothing_is_named_by_pointer(string body, int status, string pointer, string code)
    {
        var problem = await _app.As(World.HospitalDesk).PostAsync("/break-glass", body).JsonAsync(status);

        var error = problem.GetProperty("errors")[0];
        Assert.That((error.GetProperty("pointer").GetString(), error.GetProperty("code").GetString()), Is.EqualTo((pointer, code)));
    }

    [Test]
    public async Task Whoever_tries_codes_is_slowed_down_and_a_colleague_beside_him_is_not()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"), ("Rates:GuessesPerMinute", "3"));
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var tried = await GivenBreakGlass.OpenAsync(app, World.HospitalDesk, CaseCode.Make("PK-PB", 2026, (uint)i).Text);
            statuses.Add((int)tried.StatusCode);
        }
        using var other = await GivenBreakGlass.OpenAsync(app, World.ShelterDesk, CaseCode.Make("PK-PB", 2026, 9).Text);

        Assert.That((statuses, (int)other.StatusCode), Is.EqualTo((new List<int> { 404, 404, 404, 429, 429 }, 404)));
    }

    private static string Code(JsonElement problem) => problem.GetProperty("code").GetString()!;

    private async Task<string> AnswerAsync(Persona by, string code)
    {
        using var response = await GivenBreakGlass.OpenAsync(_app, by, code, "\"identity\"");
        return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()} {string.Join(';', response.Headers.Select(header => header.Key))}";
    }

    private async Task<List<string>> SeenByAsync(Guid id)
    {
        var seen = new List<string>();
        foreach (var persona in World.Everybody)
        {
            if (await GivenTransfer.StatusAsync(_app, persona, $"/break-glass/{id}") == 200)
            {
                seen.Add(persona.Key);
            }
        }
        return seen;
    }

    private async Task<List<string>> RefusedAsync()
    {
        var page = await _app.As(World.Auditor).ReadAsync("/audit?action=refused.unknown&limit=200").JsonAsync();
        return [.. page.GetProperty("items").EnumerateArray().Select(row => row.GetRawText())];
    }

    private async Task HideAsync(string hideFrom) => await _app.As(World.Officer).PostAsync($"/victims/{_victim}/bases", $$"""
        {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"signed","language":"urd","scriptVersion":"1","groups":[],"purposes":["provide_service"],
         "recipients":{"agencies":["{{World.Hospital}}"]},"hideFrom":{{hideFrom}} }
        """).JsonAsync(201);
}
