using System.Text.RegularExpressions;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Two worlds: in one there is a case from which somebody is kept away, in the other there is none. Whatever he can ask, whatever his
/// second account and his agency's administrator can, is answered in the one as in the other, byte for byte: lists, counts, tags, pickers, searches,
/// notifications. Every operation of the contract is walked; ids that each world draws for itself are left aside.
/// </summary>
public sealed partial class BlockWalkTests
{
    private const string Phone = "0300-3520274";

    private static readonly Persona[] Walkers = [World.BlockedOfficer, World.BlockedKeeper, World.PoliceAdmin];

    private static readonly Guid Victim = Guid.CreateVersion7();
    private static readonly Guid Household = Guid.CreateVersion7();
    private static readonly Guid Referral = Guid.CreateVersion7();
    private static readonly Guid Group = Guid.CreateVersion7();
    private static readonly Guid Need = Guid.CreateVersion7();
    private static readonly Guid Record = Guid.CreateVersion7();
    private static readonly Guid Basis = Guid.CreateVersion7();
    private static readonly Guid Block = Guid.CreateVersion7();

    private TestApp _with = null!;
    private TestApp _without = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _with = await WorldAsync();
        _without = await WorldAsync();
        await MakeAsync();
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _with.DisposeAsync();
        await _without.DisposeAsync();
    }

    [Test]
    public async Task No_operation_tells_them_apart()
    {
        var walked = 0;
        var differ = new List<string>();
        // What only reads comes first: what is made afterwards has ids of its own in each world.
        foreach (var operation in PublishedOperations.All.OrderBy(one => one.Method != HttpMethod.Get).ThenBy(one => one.Name, StringComparer.Ordinal))
        {
            foreach (var persona in Walkers)
            {
                foreach (var path in PathsOf(operation))
                {
                    var with = await AskAsync(_with, persona, operation, path);
                    var without = await AskAsync(_without, persona, operation, path);
                    walked++;
                    if (with != without)
                    {
                        differ.Add($"{persona} {operation.Method} {path}\n{with}\n-- without her:\n{without}");
                    }
                }
            }
        }
        TestContext.Out.WriteLine($"{walked} answers in each world.");

        Assert.That(differ, Is.Empty);
        Assert.That(walked, Is.GreaterThan(3 * PublishedOperations.All.Count - 1));
    }

    [Test]
    public async Task Nor_does_a_search_for_her()
    {
        var operation = PublishedOperations.All.Single(one => one.Name == "searchVictims");
        foreach (var persona in Walkers)
        {
            const string Asked = """{"name":"کلثوم","phone":"03003520275"}""";
            var with = await AskAsync(_with, persona, operation, "/victims/search", Asked);
            var without = await AskAsync(_without, persona, operation, "/victims/search", Asked);

            Assert.That(with, Is.EqualTo(without), persona.Key);
        }
    }

    /// <summary>Whom the walk is about: the clerk, and his second account at another agency, by one telephone.</summary>
    private static async Task<TestApp> WorldAsync()
    {
        var app = await TestApp.StartAsync(("Roles", "api"));
        foreach (var persona in World.Blocked)
        {
            await app.AddAsync(persona);
            using var read = await app.As(persona).ReadAsync("/me/contact");
            await app.As(persona).PutAsync("/me/contact", $$"""{"phone":"{{Phone}}"}""", read.TagOf()).JsonAsync();
        }
        return app;
    }

    /// <summary>Registered, on her team, sent to where the second account works; then the clerk is kept away.</summary>
    private async Task MakeAsync()
    {
        var lead = _with.As(World.Officer);
        var supervisor = _with.As(World.PoliceSupervisor);
        await lead.PostAsync("/victims/intake", $$"""
            {"kind":"family","householdId":"{{Household}}","members":[{"id":"{{Victim}}","found":{"district":"PK-PB-KSR","place":"brick kiln"},"sex":"female","age":{"years":10,"evidence":"appearance"},"name":{"ur":"کلثوم"} }]}
            """).JsonAsync(201);
        await lead.PostAsync($"/victims/{Victim}/needs", $$"""{"id":"{{Need}}","category":"safe_shelter","urgency":"high"}""").JsonAsync(201);
        await lead.PostAsync($"/victims/{Victim}/records", $$"""{"id":"{{Record}}","kind":"note","body":{"text":"She counts bricks."} }""").JsonAsync(201);
        await lead.PostAsync($"/victims/{Victim}/bases", $$"""
            {"id":"{{Basis}}","kind":"consent","givenBy":{"relation":"self"},"capacity":"self_mature_child","form":"verbal_with_witness","witness":"Noreen","language":"urd","scriptVersion":"1",
             "groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{World.Shelter}}"]} }
            """).JsonAsync(201);
        await lead.PostAsync($"/victims/{Victim}/team", $$"""{"workerId":"{{World.BlockedOfficer.Id}}"}""").JsonAsync(201);
        await supervisor.PostAsync($"/victims/{Victim}/blocks", $$"""{"id":"{{Block}}","workerId":"{{World.BlockedOfficer.Id}}","reason":"related_to_perpetrator"}""").JsonAsync(201);
        await lead.PostAsync("/referral-groups", $$"""
            {"id":"{{Group}}","kind":"family","together":false,"members":[{"id":"{{Referral}}","victimId":"{{Victim}}","needId":"{{Need}}","serviceId":"{{World.ShelterService}}","groups":["identity"]}]}
            """).JsonAsync(201);
        using var draft = await lead.ReadAsync($"/referrals/{Referral}");
        await lead.PostAsync($"/referrals/{Referral}/submit", "{}", draft.TagOf()).JsonAsync();
        await lead.PostAsync($"/victims/{Victim}/close", """{"reason":"goals_met","criteria":[]}""").JsonAsync(409);
        await supervisor.PostAsync($"/victims/{Victim}/blocks/{Block}/lift", "{}").JsonAsync();
    }

    /// <summary>As it stands, and with her named in each query that takes a victim.</summary>
    private static IEnumerable<string> PathsOf(PublishedOperation operation)
    {
        var path = operation.Filled(name => operation.Ids.Contains(name) ? IdOf(operation, name).ToString() : CodeOf(name));
        yield return path;
        if (operation.Query.Contains("victimId"))
        {
            yield return $"{path}?victimId={Victim}";
        }
        if (operation.Query.Contains("count"))
        {
            yield return $"{path}?count=true";
        }
    }

    private static Guid IdOf(PublishedOperation operation, string name) => (operation.Collection, name) switch
    {
        ("victims", "id") => Victim,
        ("households", "id") => Household,
        ("referrals", "id") => Referral,
        ("referral-groups", "id") => Group,
        ("workers", "id") => World.BlockedOfficer.Id,
        ("services", "id") => World.HospitalService,
        ("agencies", "id") => World.PoliceKasur,
        (_, "needId") => Need,
        (_, "recordId") => Record,
        (_, "basisId") => Basis,
        (_, "blockId") => Block,
        (_, "workerId") => World.BlockedOfficer.Id,
        (_, "agencyId") => World.PoliceKasur,
        _ => Victim,
    };

    private static string CodeOf(string name) => name switch
    {
        "action" => "accept",
        "population" => "girls",
        "number" => "1",
        "day" or "date" => "2026-12-25",
        "name" => "sex",
        "code" => "PK-PB",
        _ => "x",
    };

    private static async Task<string> AskAsync(TestApp app, Persona persona, PublishedOperation operation, string path, string? body = null)
    {
        var whole = (await Answered.ToAsync(app.As(persona), operation, path, body)).Whole;
        // What is made in each world has an id, a code and a secret of its own, and a tag of those.
        return operation.Method == HttpMethod.Get && !IsOwn().IsMatch(whole) ? whole : Drawn().Replace(Tags().Replace(IsOwn().Replace(whole, "id"), ""), "drawn");
    }

    [GeneratedRegex("01[0-9a-f]{6}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex IsOwn();

    [GeneratedRegex("(?m)^(ETag|Content-Length): .*$")]
    private static partial Regex Tags();

    [GeneratedRegex("[A-Z]{2}-[0-9]{2}-[0-9A-Z]{6}|(?<=\"(clientId|clientSecret|followCode)\":\")[^\"]+")]
    private static partial Regex Drawn();
}
