using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace NationalReferral.Tests;

/// <summary>One state of one screen, where it stands, and how somebody gets there.</summary>
internal sealed record Screen(string Name, string Path, Func<Actor, Task> OpenAsync);

/// <summary>What a finder's screens show.</summary>
/// <param name="Girl">A case of the demo that has something of everything, and its code.</param>
/// <param name="Item">An incident of hers.</param>
/// <param name="Household">Two sisters, and the drafts that refer them together.</param>
/// <param name="Referrals">One in each state.</param>
internal sealed record FinderScene(string Girl, string Code, string Item, string Household, string Group, IReadOnlyDictionary<string, string> Referrals);

/// <summary>Every screen of the product, in every state that looks different, with the demo's data.</summary>
internal static class Screens
{
    private static readonly string Nobody = Guid.AllBitsSet.ToString();

    /// <summary>All of them, for whoever asks which routes are looked at: the ids are of nothing.</summary>
    public static IEnumerable<Screen> All { get; } =
    [
        .. Outside(),
        .. OfFinder(new FinderScene(Nobody, string.Empty, Nobody, Nobody, Nobody, AnyState), AnyScene),
        .. OfSupervisor(Nobody, AnyScene), .. OfReceiver(AnyScene), .. OfOperator(), .. OfDesk(AnyState, AnyScene), .. OfOffice(), .. OfAuditor(), .. OfManifold(),
    ];

    private static Scene AnyScene => new(Nobody, Nobody, Nobody, Nobody);

    private static Dictionary<string, string> AnyState => new[] { "submitted", "accepted", "in_service" }.ToDictionary(state => state, _ => Nobody);

    /// <summary>Before somebody signs in: the client's door, and what is open to everybody.</summary>
    public static IEnumerable<Screen> Outside() =>
    [
        At("welcome", "/"),
        At("follow", "/follow"),
        At("open-age", "/open/age"),
        new("follow-asked", "/follow", async visitor =>
        {
            await visitor.GoAsync("/follow");
            await visitor.WriteAsync("Code", FollowCode.Make(7).Text);
            await visitor.TapAsync("How far is it?");
            await visitor.SeesAsync("Received");
        }),
    ];

    public static IEnumerable<Screen> SignIn(string language) =>
    [
        At("sign-in", $"/web/signin?return=%2F&lang={language}"),
        new("sign-in-empty", "/web/signin", actor => actor.Page.Locator("form button").First.ClickAsync()),
        new("sign-in-wrong", "/web/signin", async actor =>
        {
            await actor.Page.Locator("#email").FillAsync("nobody@police.example");
            await actor.Page.Locator("#password").FillAsync("not the password");
            await actor.Page.Locator("form button").First.ClickAsync();
        }),
        At("signed-out", $"/identity/signed-out?lang={language}"),
        At("dead-link", $"/identity/password?user={Nobody}&token=old&lang={language}"),
    ];

    public static async Task<FinderScene> FinderSceneAsync(Actor officer)
    {
        // Stories register as well; the demo's own has something of everything.
        var cases = (await officer.AsksAsync("/victims?limit=200")).GetProperty("items").EnumerateArray().Where(one => IsOfDemo(one.GetProperty("openedAt")));
        var (girl, code, item) = (string.Empty, string.Empty, string.Empty);
        foreach (var one in cases)
        {
            girl = one.GetProperty("id").GetString()!;
            code = one.GetProperty("caseCode").GetString()!;
            if ((await officer.AsksAsync($"/victims/{girl}/records?kind=incident")).GetProperty("items").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } incident)
            {
                item = incident.GetProperty("id").GetString()!;
                break;
            }
        }
        var (household, group) = await FamilyAsync(officer);
        return new(girl, code, item, household, group, await StatesAsync(officer, "sent"));
    }

    public static IEnumerable<Screen> OfFinder(FinderScene finder, Scene scene)
    {
        var (girl, code, item, household, group, referrals) = finder;
        var draft = Guid.NewGuid().ToString();
        return
        [
            Turn("sent", "/referrals/sent"),
            Turn("sent-late", "/referrals/sent?show=overdue"),
            Turn("sent-closed", "/referrals/sent?show=closed"),
            Turn("received-empty", "/referrals/received"),
            Turn("cases", "/cases"),
            Turn("cases-named", "/cases", "Show names"),
            Turn("cases-closed", "/cases?show=closed"),
            Turn("case", $"/cases/{girl}"),
            Turn("case-looked", $"/cases/{girl}", "summaries"),
            Turn("take-back", $"/cases/{girl}", "Take back the permission"),
            Turn("take-back-some", $"/cases/{girl}", "Take back the permission", "radio:Only some of it"),
            Turn("about", $"/cases/{girl}/about"),
            Turn("about-identity", $"/cases/{girl}/about/identity", "radio:From a paper"),
            new("about-conflict", $"/cases/{Nobody}/about/identity", ConflictAsync),
            Turn("decision-propose", $"/cases/{girl}/permissions/new/best-interests"),
            Turn("decision-wrong", $"/cases/{girl}/permissions/new/best-interests", "Propose"),
            Turn("order-write", $"/cases/{girl}/permissions/new/orders"),
            Turn("duty-write", $"/cases/{girl}/permissions/new/duties"),
            Turn("emergency-write", $"/cases/{girl}/permissions/new/emergencies"),
            Turn("guardianship-write", $"/cases/{girl}/permissions/new/guardianships"),
            Turn("hold-write", $"/cases/{girl}/permissions/new/legal-holds"),
            Turn("voice", $"/cases/{girl}/voice"),
            Turn("voice-code", $"/cases/{girl}/voice", "Give her a code"),
            Turn("seen", $"/cases/{girl}/seen"),
            Turn("slip", $"/cases/{girl}/slip"),
            Turn("age", $"/cases/{girl}/age"),
            Turn("files", $"/cases/{girl}/files"),
            Turn("files-wrong", $"/cases/{girl}/files", "Save the file"),
            new("files-kept", $"/cases/{girl}/files", async officer =>
            {
                await officer.TurnToAsync($"/cases/{girl}/files");
                await officer.ChooseAsync("What does it show?", "Permission form");
                await officer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "paper.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.4\n%%EOF\n"u8.ToArray() });
                await officer.TapAsync("Save the file");
                await officer.SeesAsync("Saved. Only the team can open it.");
            }),
            Turn("about-contact", $"/cases/{girl}/about/contact", "Add a phone number"),
            Turn("about-health", $"/cases/{girl}/about/health", "summary:Difficulty seeing, hearing, walking and so on"),
            Turn("incident", $"/cases/{girl}/items/incident", "summaries"),
            Turn("incident-wrong", $"/cases/{girl}/items/incident", "Save"),
            Turn("item-correct", $"/cases/{girl}/records/{item}"),
            Turn("screening", $"/cases/{girl}/items/screening"),
            Turn("note", $"/cases/{girl}/items/note"),
            Turn("plan", $"/cases/{girl}/plan"),
            Turn("plan-make", $"/cases/{girl}/items/plan"),
            Turn("plan-wrong", $"/cases/{girl}/items/plan", "Save"),
            Turn("visits", $"/cases/{girl}/visits"),
            Turn("visit-write", $"/cases/{girl}/items/visit"),
            Turn("age", $"/cases/{girl}/age"),
            Turn("age-dispute", $"/cases/{girl}/age", "Dispute the age"),
            Turn("age-evidence", $"/cases/{girl}/items/age_evidence"),
            Turn("age-evidence-wrong", $"/cases/{girl}/items/age_evidence", "Save"),
            Turn("critical-incident", $"/cases/{girl}/items/critical_incident"),
            Turn("deadlines", "/deadlines"),
            Turn("find", "/find"),
            Turn("find-wrong", "/find", "Search"),
            Searched("find-found", "/find", "Case code", code, "1 person may be the same"),
            Searched("find-nobody", "/find", "Phone", "0000000", "Nobody like this among the cases that you may see."),
            Turn("register", "/register"),
            Turn("register-name", $"/register/{draft}/name"),
            Turn("register-again", $"/register/{draft}/name", "I do not know the name"),
            Turn("register-name-wrong", $"/register/{draft}/name", "Search"),
            Searched("register-found", $"/register/{Guid.NewGuid()}/name", "Name in English letters", "Muhammad Ali", "Is it one of these?|Not registered before"),
            Turn("register-who", $"/register/{draft}/who"),
            Turn("register-age", $"/register/{draft}/age"),
            Turn("register-district", $"/register/{draft}/district", "summary:Add where exactly"),
            Turn("register-danger", $"/register/{draft}/danger"),
            Turn("register-needs", $"/register/{draft}/needs", "summary:Something else"),
            Turn("register-family", "/register/family"),
            Turn("register-family-wrong", "/register/family", "Register 0 people"),
            Turn("household-refer", $"/households/{household}/refer"),
            Turn("household-refer-wrong", $"/households/{household}/refer", "Continue"),
            Turn("group-draft", $"/groups/{group}"),
            Turn("group-send", $"/groups/{group}", "Send 2 referrals"),
            Refused("group-unknown", $"/groups/{Nobody}", $"/v1/referral-groups/{Nobody}", 404, "unknown"),
            Refused("household-unknown", $"/households/{Nobody}/refer", $"/v1/households/{Nobody}", 404, "unknown"),
            new("register-check", $"/register/{draft}/check", officer => RegisterAsync(officer, draft)),
            Turn("register-kept", "/register"),
            Turn("refer-needs", $"/cases/{girl}/refer/needs"),
            Turn("refer-permission", $"/cases/{girl}/refer/permission"),
            Turn("refer-agree", $"/cases/{girl}/refer/permission", "choice:0"),
            Turn("refer-agree-wrong", $"/cases/{girl}/refer/permission", "choice:0", "They agree"),
            Turn("refer-matches", $"/cases/{girl}/refer/matches"),
            Turn("refer-matches-others", $"/cases/{girl}/refer/matches", "summaries"),
            Turn("refer-share", $"/cases/{girl}/refer/matches", "Continue", "heading:What goes along?"),
            Turn("refer-check", $"/cases/{girl}/refer/matches", "Continue", "heading:What goes along?", "Continue", "heading:Check before you send"),
            Turn("refer-next", $"/cases/{girl}/refer/matches", "Continue", "heading:What goes along?", "Continue", "heading:Check before you send", "summaries"),
            .. InEachState("sent", referrals),
            Turn("handover-confirm", $"/referrals/{scene.HandedOver}/handover"),
            Turn("handover-confirm-wrong", $"/referrals/{scene.HandedOver}/handover", "Confirm"),
            Turn("emergency", "/emergency"),
            Turn("emergency-wrong", "/emergency", "Open for four hours"),
            Refused("emergency-unknown", $"/emergency/{Nobody}", $"/v1/break-glass/{Nobody}", 404, "unknown"),
            Turn("notices", "/notices"),
            Turn("notices-all", "/notices?show=all"),
            Turn("waiting-empty", "/waiting"),
            Turn("more", "/more"),
            Turn("signed-in", "/signed-in"),
            Turn("reached", "/account/messages"),
            Turn("pin", "/account/pin"),
            Turn("pin-wrong", "/account/pin", "Save the PIN"),
            Turn("not-here", "/nowhere"),
            new("waiting", "/waiting", WaitingAsync),
            Refused("case-unknown", $"/cases/{Nobody}", $"/victims/{Nobody}", 404, "unknown"),
            Refused("sent-unavailable", "/referrals/sent?show=due", "/referrals?", 503, "unavailable"),
            Refused("cases-too-many", "/cases", "/victims?", 429, "too_many"),
            Slow("sent-loading", "/referrals/sent?show=due", "/referrals?"),
            Refused("locked", "/referrals/received?show=closed", "/referrals?", 401, "sign_in"),
        ];
    }

    /// <summary>Two sisters of one household, and a group of drafts for them.</summary>
    private static async Task<(string Household, string Group)> FamilyAsync(Actor officer)
    {
        var made = await officer.Page.EvaluateAsync<string[]>("""
            async () => {
              const post = (path, body) => fetch('/api/v1' + path, {
                method: 'POST', headers: { 'Content-Type': 'application/json', 'X-NRS': '1' }, body: JSON.stringify(body),
              }).then(it => it.json());
              const ids = [crypto.randomUUID(), crypto.randomUUID()];
              const family = await post('/victims/intake', { kind: 'family', members: ids.map(id => ({ id, found: { district: 'PK-PB-KSR' }, sex: 'female', age: { band: 'age_12_13' } })) });
              const needs = [];
              for (const id of ids) {
                needs.push(await post(`/victims/${id}/needs`, { category: 'safe_shelter', urgency: 'high' }));
              }
              const matches = await fetch(`/api/v1/victims/${ids[0]}/needs/${needs[0].id}/matches`).then(it => it.json());
              const group = await post('/referral-groups', {
                kind: 'family', together: true,
                members: ids.map((victimId, i) => ({ victimId, needId: needs[i].id, serviceId: matches.items[0].service.id, groups: ['identity'] })),
              });
              return [family.householdId, group.id];
            }
            """);
        return (made[0], made[1]);
    }

    /// <summary>What only a supervisor meets.</summary>
    public static IEnumerable<Screen> OfSupervisor(string girl, Scene scene)
    {
        return
        [
            Turn("team-add", $"/cases/{girl}", "Add to the team"),
            Turn("desk", "/desk"),
            Turn("approval", $"/desk/{scene.Proposal}"),
            Turn("approval-approve", $"/desk/{scene.Proposal}", "Approve"),
            Turn("approval-refuse-wrong", $"/desk/{scene.Proposal}", "Refuse", "submit"),
            Turn("approval-own", $"/desk/{scene.OwnProposal}"),
            Turn("blocks", $"/cases/{girl}/blocks"),
            Turn("blocks-keep-wrong", $"/cases/{girl}/blocks", "Keep somebody away", "submit"),
            Turn("blocks-keep-person", $"/cases/{girl}/blocks", "Keep somebody away", "radio:Somebody who does not work here yet"),
            Turn("case-close", $"/cases/{girl}", "Propose to close"),
            Turn("age-determine", $"/cases/{girl}/age", "Decide the age"),
            Refused("approval-unknown", $"/desk/{Nobody}", $"/v1/approvals/{Nobody}", 404, "unknown"),
            Turn("transfers", "/transfers?box=sent"),
            Turn("transfer-sent", $"/transfers/{scene.Transfer}"),
            Turn("case-transfer", $"/cases/{girl}/transfer"),
            Turn("case-transfer-wrong", $"/cases/{girl}/transfer", "choice:0", "Offer the case"),
            Refused("transfer-unknown", $"/transfers/{Nobody}", $"/v1/transfers/{Nobody}", 404, "unknown"),
        ];
    }

    /// <summary>Of a supervisor to whom a case is offered.</summary>
    public static IEnumerable<Screen> OfReceiver(Scene scene) =>
    [
        Turn("transfers-received", "/transfers"),
        Turn("transfer", $"/transfers/{scene.Transfer}"),
        Turn("transfer-accept", $"/transfers/{scene.Transfer}", "Take over the case"),
        Turn("transfer-decline", $"/transfers/{scene.Transfer}", "Decline"),
    ];

    /// <summary>Of somebody who works in two agencies, before she has chosen one.</summary>
    public static IEnumerable<Screen> OfManifold() => [At("choose-agency", "/referrals/received")];

    /// <summary>Of the national office, which keeps what the laws say: nothing waits, and then something that it has proposed.</summary>
    public static IEnumerable<Screen> OfOffice() =>
    [
        Refused("alert-unknown", $"/desk/alerts/{Nobody}", $"/v1/silent-alerts/{Nobody}", 404, "unknown"),
        At("law", "/law"),
        new("law-lacking", "/law", async office =>
        {
            await office.GoAsync("/law");
            await office.TapAsync("Propose a release");
        }),
        new("law-proposed", "/law", async office =>
        {
            await office.SendsAsync("POST", "/law/releases", await NextReleaseAsync(office));
            await office.GoAsync("/law");
            await office.SeesAsync("Take it back");
        }),
    ];

    /// <summary>Of whoever audits the journal.</summary>
    public static IEnumerable<Screen> OfAuditor() =>
    [
        At("audit", "/audit"),
        new("audit-found", "/audit", async auditor =>
        {
            await auditor.GoAsync("/audit");
            await auditor.TapAsync("Search");
            await auditor.SeesAsync("Found, newest first");
        }),
        new("audit-verified", "/audit/verify", async auditor =>
        {
            await auditor.GoAsync("/audit/verify");
            await auditor.TapAsync("Prove it now");
            await auditor.SeesAsync("The newest seals");
        }),
    ];

    /// <summary>One rule ends, and another begins.</summary>
    private static async Task<JsonObject> NextReleaseAsync(Actor office)
    {
        var rules = JsonNode.Parse((await office.AsksAsync("/law/releases/1?purpose=marriage_female")).GetRawText())!["rules"]!.AsArray();
        var ended = rules.Single(rule => (string?)rule!["id"] == "pk-kp-marriage-female-1")!.DeepClone().AsObject();
        ended.Remove("law");
        var next = ended.DeepClone();
        (ended["to"], next["from"], next["id"], next["limit"]) = ("2027-01-01", "2027-01-01", "pk-kp-marriage-female-2", 18);
        return new JsonObject { ["note"] = "An invented act, to be looked at.", ["instruments"] = new JsonArray(), ["rules"] = new JsonArray(ended, next) };
    }

    /// <summary>Of whoever takes calls. One is taken on the way, so that there is one to look at.</summary>
    public static IEnumerable<Screen> OfOperator() =>
    [
        Turn("reports-empty", "/reports"),
        Turn("reports-new", "/reports/new"),
        Turn("reports-new-wrong", "/reports/new", "Save, next call"),
        Turn("reports-help", "/reports/new", "radio:5 Needs help, or complains"),
        Turn("reports-complaint", "/reports/new", "radio:5 Needs help, or complains", "starts:A complaint about an agency or its staff"),
        new("reports-saved", "/reports/new", async desk =>
        {
            await desk.TurnToAsync("/reports/new");
            await desk.TickAsync(AriaRole.Radio, "5 Needs help, or complains");
            await desk.WriteAsync("What was told", "Two girls carry bricks at night.");
            await desk.TapAsync("Save, next call");
            await desk.SeesAsync("Tell the caller this code, once. With it they can ask how far it has come:");
        }),
        Turn("reports", "/reports"),
        new("report", "/reports/:id", ReportAsync),
        Then("report-sort", new("report", "/reports/:id", ReportAsync), "Sort it"),
        Then("report-case", new("report", "/reports/:id", ReportAsync), "Make it a case"),
        Then("report-link", new("report", "/reports/:id", ReportAsync), "Belongs to a known case"),
    ];

    private static async Task ReportAsync(Actor desk)
    {
        var page = await desk.AsksAsync("/reports?limit=1");
        await desk.TurnToAsync($"/reports/{page.GetProperty("items")[0].GetProperty("id").GetString()}");
    }

    public static IEnumerable<Screen> OfDesk(IReadOnlyDictionary<string, string> states, Scene scene)
    {
        var referrals = InEachState("received", states);
        var waiting = referrals.First(screen => screen.Name == "received-submitted");
        return
        [
            Turn("received", "/referrals/received"),
            Turn("received-due", "/referrals/received?show=due"),
            Turn("received-closed", "/referrals/received?show=closed"),
            Turn("sent-empty", "/referrals/sent"),
            Turn("places", "/places"),
            new("places-count", "/places", async desk =>
            {
                await desk.TurnToAsync("/places");
                await desk.TapAsync("Change", starts: true);
                await desk.Sheet.WaitForAsync();
            }),
            .. referrals,
            Then("accept", waiting, "Accept and hold 1 place"),
            Then("decline", waiting, "We cannot help"),
            Then("ask", waiting, "Ask a question"),
            Then("ask-wrong", waiting, "Ask a question", "submit"),
            new("accept-lost", waiting.Path, async desk =>
            {
                await waiting.OpenAsync(desk);
                await desk.TapAsync("Accept and hold 1 place");
                await desk.PlantAsync("/accept", 409, "capacity_exhausted");
                await desk.TapAsync(desk.Page.Locator("dialog button.button[type=submit]"));
                await desk.Page.Locator("dialog .banner").WaitForAsync();
            }),
            Then("acts", waiting, "More"),
            Then("message", waiting, "summary:Write a message", "Send message"),
            Then("named", referrals.First(screen => screen.Name == "received-accepted"), "Show name"),
            Then("receive", referrals.First(screen => screen.Name == "received-accepted"), "Receive the child") with { Path = $"/referrals/{Nobody}/handover" },
            Then("receive-wrong", referrals.First(screen => screen.Name == "received-accepted"), "Receive the child", "Save the handover") with { Path = $"/referrals/{Nobody}/handover" },
            Turn("handover-written", $"/referrals/{scene.HandedOver}/handover"),
            Then("complete", referrals.First(screen => screen.Name == "received-in_service"), "Record the outcome"),
        ];
    }

    private static bool IsOfDemo(JsonElement at) => at.GetDateTimeOffset() < DateTimeOffset.UtcNow.AddMinutes(-30);

    /// <summary>One referral in each state that there is: the oldest, which no story is about to change.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> StatesAsync(Actor actor, string box)
    {
        Dictionary<string, string> found = [];
        foreach (var show in new[] { "open", "closed" })
        {
            var page = await actor.AsksAsync($"/referrals?box={box}&show={show}&limit=200");
            foreach (var row in page.GetProperty("items").EnumerateArray().OrderBy(row => row.GetProperty("changedAt").GetDateTimeOffset()))
            {
                found.TryAdd(row.GetProperty("state").GetString()!, row.GetProperty("id").GetString()!);
            }
        }
        return found;
    }

    private static Screen[] InEachState(string box, IReadOnlyDictionary<string, string> states) => [.. states.Select(pair => Turn($"{box}-{pair.Key}", $"/referrals/{pair.Value}"))];

    private static Screen Searched(string name, string path, string field, string asked, string then) => new(name, path, async officer =>
    {
        await officer.TurnToAsync(path);
        await officer.WriteAsync(field, asked);
        await officer.TapAsync("Search");
        await officer.Page.GetByText(new Regex(then)).First.WaitForAsync();
        await officer.ArrivedAsync();
    });

    /// <summary>Somebody else was faster with the same field.</summary>
    private static async Task ConflictAsync(Actor officer)
    {
        var girl = await Scene.FoundAsync(officer);
        await officer.TurnToAsync($"/cases/{girl}/about/identity");
        await officer.WriteAsync("Name in English letters", "One of two");
        var written = JsonNode.Parse((await officer.AsksAsync($"/victims/{girl}/identity")).GetRawText())!;
        written["name"] = new JsonObject { ["latin"] = "The other of two" };
        await officer.SendsAsync("PUT", $"/victims/{girl}/identity", written, read: $"/victims/{girl}/identity");
        officer.Expects("/identity");
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Changed meanwhile. Look again");
    }

    /// <summary>A note that could not be sent waits on the phone.</summary>
    private static async Task WaitingAsync(Actor officer)
    {
        await officer.TurnToAsync("/cases");
        var note = await officer.Page.Locator("main a[href^='/cases/'][href*='-']").First.GetAttributeAsync("href") + "/items/note";
        await officer.TurnToAsync(note);
        await officer.WriteAsync("In words", "Waits for a connection.");
        officer.Expects("/api/");
        officer.Expects("/icon.svg");
        await officer.DisconnectAsync();
        await officer.TapAsync("Save");
        await officer.SeesAsync("No connection. Kept on this phone");
    }

    private static async Task RegisterAsync(Actor officer, string draft)
    {
        await officer.TurnToAsync($"/register/{draft}/name");
        foreach (var answer in new[] { "I do not know the name", "Girl", "12-13", "Kasur", "No" })
        {
            await officer.TapAsync(answer);
        }
        await officer.TickAsync(AriaRole.Checkbox, "Safe shelter");
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check the answers");
    }

    private static Screen At(string name, string path) => new(name, path, actor => actor.GoAsync(path));

    private static Screen Turn(string name, string path, params string[] taps) => Then(name, new(name, path, actor => actor.TurnToAsync(path)), taps);

    private static Screen Then(string name, Screen screen, params string[] taps) => new(name, screen.Path, async actor =>
    {
        await screen.OpenAsync(actor);
        foreach (var tap in taps)
        {
            await TapAsync(actor, tap);
            await actor.ArrivedAsync();
        }
    });

    private static Task TapAsync(Actor actor, string tap) => tap.Split(':', 2) switch
    {
        ["summary", var words] => actor.UnfoldAsync(words),
        ["summaries"] => actor.Page.EvaluateAsync("() => document.querySelectorAll('main details').forEach(it => it.open = true)"),
        ["heading", var words] => actor.SeesHeadingAsync(words),
        ["submit"] => actor.TapAsync(actor.Page.Locator("dialog button.button[type=submit]")),
        ["starts", var words] => actor.TickAsync(AriaRole.Radio, words, starts: true),
        ["radio", var words] => actor.TickAsync(AriaRole.Radio, words),
        ["choice", var index] => actor.TapAsync(actor.Page.Locator(".choice").Nth(int.Parse(index, CultureInfo.InvariantCulture))),
        _ => actor.TapAsync(tap),
    };

    private static Screen Refused(string name, string path, string asked, int status, string code) => new(name, path, async actor =>
    {
        await actor.PlantAsync(asked, status, code);
        await actor.GoAsync(path);
        await actor.Page.Locator("[role=alert], .lock").First.WaitForAsync();
    });

    private static Screen Slow(string name, string path, string asked) => new(name, path, async actor =>
    {
        await actor.UprootAsync();
        await actor.Page.RouteAsync(address => address.Contains(asked, StringComparison.Ordinal), _ => Task.CompletedTask);
        await actor.Page.GotoAsync(path);
        await actor.Page.Locator("main p.quiet[role=status]").GetByText("Loading").WaitForAsync();
    });
}
