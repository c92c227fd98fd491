using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// What a caller may not see answers as what does not exist, for every operation whose path has an id (generated from the
/// contract, so that a new route is tested on the day it is published): for strangers, for people of the same unit who are
/// not on the case, and for those who were on it and are blocked from her now. Compared are status, headers and body byte for
/// byte (date and trace id aside), the statements that the database ran (number, text and order, observed inside SQLite), and
/// the time.
/// </summary>
public sealed class UnseenTests
{
    /// <summary>Never shown to anybody outside; of the others only changes are refused as unknown.</summary>
    private static readonly string[] Hidden = ["victims", "households", "referrals", "referral-groups", "transfers", "approvals", "break-glass", "reports", "notifications", "clients", "workers", "silent-alerts"];

    private static readonly Persona[] Outsiders = [World.StrangerOfAllTrades, World.OtherOfficer, World.HospitalDesk, World.ProtectionOfficer, World.StrangerAdmin, World.ScopelessClient];

    /// <summary>Whoever works where she does not want to be known.</summary>
    private static readonly Persona[] Hiding = [World.ShelterDesk, World.ShelterSupervisor, World.ShelterClient];

    private TestApp _app = null!;
    private OwnCase _hers = null!;
    private OwnCase _sisters = null!;
    private OwnCase _theirs = null!;
    private OwnCase _officers = null!;
    private OwnCase _keepers = null!;
    private OwnCase _hidden = null!;

    public static IEnumerable<PublishedOperation> WithId => PublishedOperations.All.Where(operation => operation.Ids.Count > 0);

    public static IEnumerable<PublishedOperation> Refusing => WithId.Where(operation => !IsPublic(operation));

    public static IEnumerable<PublishedOperation> WithChild => PublishedOperations.All.Where(operation => operation.Ids.Count > 1);

    public static IEnumerable<PublishedOperation> NamingVictim => PublishedOperations.All.Where(operation =>
        operation.Query.Contains("victimId") || (operation.BodyShape is { } shape && PublishedOperations.Schema(shape).GetProperty("properties").TryGetProperty("victimId", out _)));

    /// <summary>Everybody reads the directory.</summary>
    private static bool IsPublic(PublishedOperation operation) => operation.Method == HttpMethod.Get && !Hidden.Contains(operation.Collection);

    private string File => Path.Combine(_app.Folder, "data", "referral.db");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Statements.Listen();
        _app = await TestApp.StartAsync(("Roles", "api"));
        foreach (var persona in World.Blocked)
        {
            await _app.AddAsync(persona);
        }
        _hers = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor);
        _sisters = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor, member: World.OtherOfficer);
        _theirs = await OwnCase.MakeAsync(_app, World.StrangerCaseworker, World.StrangerSupervisor);
        _officers = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor, member: World.BlockedOfficer, blocked: World.BlockedOfficer);
        await _app.As(World.ShelterDesk).PutAsync($"/services/{World.ShelterService}/capacity/girls", """{"licensed":9,"occupied":0,"waiting":0}""", "\"5\"").JsonAsync();
        _keepers = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor, blocked: World.BlockedKeeper);
        _hidden = await OwnCase.MakeAsync(_app, World.Officer, World.PoliceSupervisor, opener: World.ShelterDesk);
        await _app.As(World.Officer).PostAsync($"/victims/{_hidden.Victim}/bases", $$$"""
            {"kind":"consent","givenBy":{"relation":"self"},"capacity":"self_mature_child","form":"thumb_print","language":"urd","scriptVersion":"1","groups":[],"purposes":["provide_service"],
             "recipients":{"agencies":["{{{World.Hospital}}}"]},"hideFrom":{"agencies":["{{{World.Shelter}}}"]} }
            """).JsonAsync(201);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCaseSource(nameof(Refusing))]
    public async Task A_stranger_meets_what_does_not_exist(PublishedOperation operation)
    {
        foreach (var persona in Outsiders)
        {
            // The national office keeps people away from a case that it may not open; it names her by id alone.
            if (persona != World.ProtectionOfficer || !operation.Path.Contains("/blocks", StringComparison.Ordinal))
            {
                await AssertUnseenAsync(persona, operation, PathOf(operation, _hers));
            }
        }
    }

    [TestCaseSource(nameof(WithId))]
    public async Task Who_is_blocked_meets_what_does_not_exist(PublishedOperation operation)
    {
        foreach (var (persona, hers) in new[] { (World.BlockedOfficer, _officers), (World.BlockedKeeper, _keepers) })
        {
            if (operation.Collection is "victims" or "households" or "referrals" or "referral-groups" or "transfers" or "approvals" or "break-glass" or "notifications")
            {
                await AssertUnseenAsync(persona, operation, PathOf(operation, hers));
            }
        }
    }

    /// <summary>It had accepted her, opened what was disclosed, and was offered her case: since she does not want it to know, none of that was ever there.</summary>
    [TestCaseSource(nameof(WithId))]
    public async Task Whom_she_does_not_want_to_know_meets_what_does_not_exist(PublishedOperation operation)
    {
        if (operation.Collection is not ("victims" or "households" or "referrals" or "referral-groups" or "transfers" or "approvals" or "break-glass"))
        {
            return;
        }
        foreach (var persona in Hiding)
        {
            await AssertUnseenAsync(persona, operation, PathOf(operation, _hidden));
        }
    }

    [Test]
    public async Task No_list_of_theirs_shows_whom_she_does_not_want_to_know()
    {
        var code = (await _app.As(World.Officer).ReadAsync($"/victims/{_hidden.Victim}").JsonAsync()).GetProperty("caseCode").GetString();
        foreach (var persona in Hiding)
        {
            foreach (var list in new[] { "/victims", "/referrals?box=received", "/referral-groups", "/transfers", "/approvals", "/break-glass", "/reports" })
            {
                using var answer = await _app.As(persona).ReadAsync(list);
                Assert.That(await answer.Content.ReadAsStringAsync(), Does.Not.Contain(code).And.Not.Contain(_hidden.Victim.ToString()), $"{persona} {list}");
            }
        }
    }

    [TestCaseSource(nameof(NamingVictim))]
    public async Task A_victim_named_elsewhere_than_in_the_path_is_as_unknown(PublishedOperation operation)
    {
        foreach (var (persona, hers) in new[] { (World.BlockedOfficer, _officers), (World.BlockedKeeper, _keepers), (World.StrangerOfAllTrades, _hers), (World.OtherOfficer, _hers) })
        {
            var client = _app.As(persona);
            Task<Answered> AskAsync(Guid victim) => operation.Query.Contains("victimId")
                ? Answered.ToAsync(client, operation, $"{operation.WithRandomIds()}?victimId={victim}")
                : Answered.ToAsync(client, operation, operation.WithRandomIds(), Naming(operation, victim));

            var (none, noneRan) = await ObservedAsync(() => AskAsync(Guid.NewGuid()));
            var (seen, seenRan) = await ObservedAsync(() => AskAsync(hers.Victim));

            Assert.That(seen.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(seenRan, Is.EqualTo(noneRan), persona.Key);
        }
    }

    [Test]
    public async Task Names_of_who_is_not_seen_are_left_out_as_those_of_nobody()
    {
        var operation = PublishedOperations.All.Single(one => one.Name == "readNames");
        foreach (var (persona, hers) in new[] { (World.BlockedOfficer, _officers), (World.BlockedKeeper, _keepers), (World.StrangerOfAllTrades, _hers) })
        {
            var client = _app.As(persona);
            var (none, noneRan) = await ObservedAsync(() => Answered.ToAsync(client, operation, "/victims/names", $$"""{"ids":["{{Guid.NewGuid()}}"]}"""));
            var (seen, seenRan) = await ObservedAsync(() => Answered.ToAsync(client, operation, "/victims/names", $$"""{"ids":["{{hers.Victim}}"]}"""));

            Assert.That(seen.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(seenRan, Is.EqualTo(noneRan), persona.Key);
        }
    }

    [Test]
    public async Task Who_is_not_seen_is_not_found_as_nobody_is()
    {
        var operation = PublishedOperations.All.Single(one => one.Name == "searchVictims");
        foreach (var (persona, hers) in new[] { (World.BlockedOfficer, _officers), (World.BlockedKeeper, _keepers), (World.StrangerOfAllTrades, _hers), (World.OtherOfficer, _hers) })
        {
            var client = _app.As(persona);
            var shell = await _app.As(World.Officer).ReadAsync($"/victims/{hers.Victim}").JsonAsync();
            await GivePapersAsync(hers.Victim);
            Task<Answered> AskAsync(string name, string cnic, string code) => Answered.ToAsync(
                client, operation, "/victims/search", $$"""{"name":"{{name}}","cnic":"{{cnic}}","phone":"{{cnic[..5]}}{{cnic[6..8]}}","caseCode":"{{code}}"}""");

            var (none, noneRan) = await ObservedAsync(() => AskAsync("Chandni", "61101-7654321-9", CaseCode.Make("PK-PB", 2026, 12345).Text));
            var (seen, seenRan) = await ObservedAsync(() => AskAsync("Zarghuna", "35202-7418529-6", shell.GetProperty("caseCode").GetString()!));

            Assert.That(none.Status, Is.EqualTo(200), none.Whole);
            Assert.That(seen.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(seenRan, Is.EqualTo(noneRan).And.Not.Empty, persona.Key);
        }
    }

    [Test]
    public async Task The_code_of_who_is_not_seen_opens_as_little_as_a_code_of_nobody()
    {
        var operation = PublishedOperations.All.Single(one => one.Name == "breakGlass");
        foreach (var (persona, hers) in new[] { (World.BlockedOfficer, _officers), (World.BlockedKeeper, _keepers), (World.ShelterSupervisor, _hidden), (World.ShelterDesk, _hidden) })
        {
            var client = _app.As(persona);
            var shell = await _app.As(World.Officer).ReadAsync($"/victims/{hers.Victim}").JsonAsync();
            Task<Answered> AskAsync(string code) => Answered.ToAsync(
                client, operation, "/break-glass", $$"""{"caseCode":"{{code}}","reason":"life_at_risk","note":"She is in the river.","groups":["identity"]}""");

            var (none, noneRan) = await ObservedAsync(() => AskAsync(CaseCode.Make("PK-PB", 2026, 12345).Text));
            var (seen, seenRan) = await ObservedAsync(() => AskAsync(shell.GetProperty("caseCode").GetString()!));

            Assert.That(none.Status, Is.EqualTo(404), none.Whole);
            Assert.That(seen.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(seenRan, Is.EqualTo(noneRan).And.Not.Empty, persona.Key);
        }
    }

    /// <summary>So that there is something to be found by: her name, the number of her papers, a telephone.</summary>
    private async Task GivePapersAsync(Guid victim)
    {
        foreach (var (document, body) in new[] { ("identity", """{"name":{"ur":"زرغونہ"},"nationalId":"35202-7418529-6"}"""), ("contact", """{"phones":[{"number":"03003520274","mayRing":false}]}""") })
        {
            using var read = await _app.As(World.Officer).ReadAsync($"/victims/{victim}/{document}");
            await _app.As(World.Officer).PutAsync($"/victims/{victim}/{document}", body, read.TagOf()).JsonAsync();
        }
    }

    [TestCaseSource(nameof(WithChild))]
    public async Task Somebody_elses_child_under_an_own_parent_is_unknown(PublishedOperation operation)
    {
        var client = _app.As(operation.Collection == "workers" ? World.PoliceAdmin : World.PoliceSupervisor);
        var child = operation.Ids[^1];
        string With(Guid id) => operation.Filled(name => name == child ? id.ToString() : Segment(operation, name, _hers));
        var foreign = new List<Guid>();
        if (operation.Collection == "victims")
        {
            foreign.AddRange(new[] { _theirs, _sisters, _officers }.Select(other => other.Find(operation, child)!.Value));
        }
        else
        {
            foreign.AddRange([World.Stranger, World.Shelter]);
        }

        var (none, _) = await ObservedAsync(() => Answered.ToAsync(client, operation, With(Guid.NewGuid())));

        Assert.That(none.Status, Is.EqualTo(404), none.Whole);
        foreach (var id in foreign)
        {
            var (seen, _) = await ObservedAsync(() => Answered.ToAsync(client, operation, With(id)));
            Assert.That(seen.Whole, Is.EqualTo(none.Whole));
        }
    }

    /// <summary>
    /// The medians of interleaved tries. Equal statements were shown above; this would find what they cannot, such as
    /// unsealing before refusing. Generous, and tried again before it fails, for machines that do other things as well.
    /// </summary>
    [TestCaseSource(nameof(Refusing))]
    public async Task It_takes_no_longer_to_refuse_what_exists(PublishedOperation operation)
    {
        var (persona, hers) = operation.Collection is "victims" or "referrals" or "transfers" or "approvals" ? (World.BlockedOfficer, _officers) : (World.StrangerOfAllTrades, _hers);
        var client = _app.As(persona);
        var path = PathOf(operation, hers);
        var ratio = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var (seen, none) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var i = 0; i < 11; i++)
            {
                none.Add((await Answered.ToAsync(client, operation, RandomOf(operation))).Took);
                seen.Add((await Answered.ToAsync(client, operation, path)).Took);
            }
            ratio = Median(seen) / Median(none);
            if (ratio is > 0.5 and < 2)
            {
                return;
            }
        }
        Assert.Fail($"What exists takes {ratio:0.00} times as long to refuse.");
    }

    private async Task AssertUnseenAsync(Persona persona, PublishedOperation operation, string path)
    {
        var client = _app.As(persona);
        var (none, noneRan) = await ObservedAsync(() => Answered.ToAsync(client, operation, RandomOf(operation)));
        var (seen, seenRan) = await ObservedAsync(() => Answered.ToAsync(client, operation, path));
        var unread = await Answered.ToAsync(client, operation, operation.Filled(name => operation.Ids.Contains(name) ? "nobody" : CodeOf(name)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(none.Status, Is.AnyOf(403, 404), $"{persona}: {none.Whole}");
            Assert.That(seen.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(unread.Whole, Is.EqualTo(none.Whole), persona.Key);
            Assert.That(noneRan, none.Status == 404 ? Is.Not.Empty : Is.Not.Null, "Statements are observed.");
            Assert.That(seenRan, Is.EqualTo(noneRan), persona.Key);
        }
    }

    /// <summary>The second time: what the host reads once and keeps is not counted.</summary>
    private async Task<(Answered Answer, IReadOnlyList<string> Ran)> ObservedAsync(Func<Task<Answered>> ask)
    {
        await ask();
        Statements.Take(File);
        var answer = await ask();
        return (answer, Statements.Take(File));
    }

    private static string PathOf(PublishedOperation operation, OwnCase hers) => operation.Filled(name => Segment(operation, name, hers));

    private static string RandomOf(PublishedOperation operation) => operation.Filled(name => operation.Ids.Contains(name) ? Guid.NewGuid().ToString() : CodeOf(name));

    private static string Segment(PublishedOperation operation, string name, OwnCase hers) =>
        operation.Ids.Contains(name) ? (hers.Find(operation, name) ?? Guid.NewGuid()).ToString() : CodeOf(name);

    private static string CodeOf(string name) => name switch
    {
        "action" => "accept",
        "population" => "girls",
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A path with an id has a part that this test does not know."),
    };

    private static string Naming(PublishedOperation operation, Guid victim)
    {
        var body = ValidBodies.Of(operation)!;
        body["victimId"] = victim.ToString();
        body["id"] = null;
        return body.ToJsonString();
    }

    private static TimeSpan Median(List<TimeSpan> times)
    {
        times.Sort();
        return times[times.Count / 2];
    }
}
