using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using static NationalReferral.ReferralState;
using Row = NationalReferral.Tests.WalkRows.Row;

namespace NationalReferral.Tests;

/// <summary>
/// Some children and everybody who has to do with them, doing what chance says. After each step the database must say what the
/// rules say, and nothing may have changed but along the table of moves.
/// </summary>
internal sealed class Walk(TestApp app, Random chance)
{
    private const string OfficerSays = """{"by":"mother","reason":"guardian_withdrew"}""";

    private static readonly string[] Actions =
    [
        "submit", "acknowledge", "request_info", "answer_info", "accept", "decline", "schedule", "depart", "arrive", "report_no_show", "reschedule",
        "complete", "end_early", "cancel", "request_cancel", "confirm_cancel", "refuse_cancel", "hold", "resume", "enter_in_error", "reroute",
    ];

    /// <summary>Whither a walk shall get more often than chance alone would bring it.</summary>
    private static readonly string[] Forward = ["submit", "acknowledge", "answer_info", "accept", "schedule", "arrive", "resume", "reschedule", "refuse_cancel"];

    /// <summary>Why a move that the table allows may still be refused.</summary>
    private static readonly string[] OtherReasons =
        ["capacity_exhausted", "handover_needed", "set_broken", "not_due_yet", "no_basis", "already_rerouted", "rule_broken"];

    private const ReferralState Drafted = ReferralState.Draft;

    private static readonly double[] Hours = [1, 1, 5, 5, 13, 13, 50, 50, 150, 745];

    private readonly Dictionary<(Guid, Persona), string> _tags = [];
    private readonly List<string> _trace = [];
    private List<Guid> _victims = [];
    private List<Guid> _needs = [];
    private WalkRows _rows = null!;

    public static int Steps { get; private set; }

    public string Trace => string.Join('\n', _trace);

    /// <summary>A family that nobody has referred yet.</summary>
    public async Task RegisterAsync()
    {
        var family = await GivenGroup.FamilyAsync(app, 4, covered: false);
        _victims = [.. family.Victims];
        _needs = [.. family.Needs];
        _tags.Clear();
        _rows = await WalkRows.ReadAsync(app, _victims);
    }

    public async Task GoAsync()
    {
        _trace.Clear();
        Guid? group = null;
        await AskAsync();
        if (chance.Next(5) < 3)
        {
            await DraftAsync();
        }
        else
        {
            group = await DraftGroupAsync();
        }
        var steps = chance.Next(4, 10);
        for (var step = 0; step < steps; step++)
        {
            switch (chance.Next(20))
            {
                case < 2:
                    await PassAsync();
                    break;
                case 2:
                    await WithdrawAsync();
                    break;
                case 3 or 4 or 5 when group is { } id:
                    await ActOnGroupAsync(id);
                    break;
                case 6 when _rows.Approvals.Count > 0:
                    await DecideAsync();
                    break;
                default:
                    await ActAsync();
                    break;
            }
        }
    }

    /// <summary>Whatever still stands was a mistake; some of it stays to meet the next walk.</summary>
    /// <param name="all">Nothing stays.</param>
    public async Task ClearAsync(bool all)
    {
        foreach (var row in Open().Where(_ => all || chance.Next(10) < 7).ToArray())
        {
            await ActAsync(row, World.PoliceSupervisor, "enter_in_error");
        }
        Assert.That(!all || _rows.Capacity.All(place => place is { Reserved: 0, Occupied: 0 }), "A place is held and no child has it.");
    }

    private IEnumerable<Row> Open() => InOrder(_rows.Referrals.Where(row => row.State.IsOpen()));

    /// <summary>Ids are made of time and chance; a walk that is repeated must choose the same.</summary>
    private IEnumerable<Row> InOrder(IEnumerable<Row> rows) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => _victims.IndexOf(row.VictimId)).ThenBy(row => row.State);

    private T Any<T>(IReadOnlyList<T> all) => all[chance.Next(all.Count)];

    private string Name(Row row) => $"r{InOrder(_rows.Referrals).ToList().FindIndex(one => one.Id == row.Id)}({row.State.Code()})";

    /// <summary>Their mother is asked again where she has allowed nothing, or not enough any more.</summary>
    private async Task AskAsync()
    {
        foreach (var (victim, i) in _victims.Select((victim, i) => (victim, i)))
        {
            foreach (var recipient in new[] { World.Shelter, World.Hospital })
            {
                var has = _rows.Covers.Where(cover => cover.VictimId == victim && cover.AgencyId == recipient && cover.GroupCode is "identity" or "health").DistinctBy(cover => cover.GroupCode).Count();
                if (has == 2 && chance.Next(8) > 0)
                {
                    continue;
                }
                var until = chance.Next(5) == 0 ? $",\"validTo\":\"{app.Clock.GetUtcNow().AddHours(Any(Hours) + 0.5):yyyy-MM-ddTHH:mm:ssZ}\"" : "";
                using var asked = await SendAsync(World.Officer, $"/victims/{victim}/bases", $$"""
                    {"kind":"consent","givenBy":{"relation":"mother"},"capacity":"guardian_with_assent","form":"thumb_print","language":"urd","scriptVersion":"1",
                     "groups":["identity","health"],"purposes":["provide_service"],"recipients":{"agencies":["{{recipient}}"]}{{until}}}
                    """);
                await StepAsync($"mother allows for v{i} {(recipient == World.Shelter ? "shelter" : "hospital")} {until}", asked, (_, _) => false, settled: true);
            }
        }
    }

    private string Draft(int i, Guid? id = null)
    {
        var service = chance.Next(4) > 0 ? World.ShelterService : World.HospitalService;
        var other = service == World.ShelterService ? World.HospitalService : World.ShelterService;
        return $$"""
            {{{(id is null ? "" : $"\"id\":\"{id}\",")}}"victimId":"{{_victims[i]}}","needId":"{{_needs[i]}}","serviceId":"{{service}}","population":"girls",
             "urgency":"{{Any(["emergency", "high", "medium", "low"])}}","groups":[{{Any(["\"identity\"", "\"health\"", "\"identity\",\"health\""])}}],
             "fallbacks":[{{(chance.Next(4) == 0 ? $"\"{other}\"" : "")}}]}
            """;
    }

    private async Task DraftAsync()
    {
        var i = chance.Next(_victims.Count);
        using var made = await SendAsync(World.Officer, "/referrals", Draft(i));
        await StepAsync($"officer drafts for v{i}", made, (_, after) => after.State == Drafted);
        if (chance.Next(6) > 0)
        {
            await ActAsync(Open().Last(row => row.State == Drafted), World.Officer, "submit");
        }
    }

    private async Task<Guid> DraftGroupAsync()
    {
        var id = Guid.CreateVersion7();
        var first = chance.Next(2);
        var members = Enumerable.Range(first, chance.Next(2, 4)).Select(i => Draft(i, Guid.CreateVersion7())).ToArray();
        var together = chance.Next(3) > 0 ? "true" : "false";
        using var made = await SendAsync(World.Officer, "/referral-groups", $$"""{"id":"{{id}}","kind":"family","together":{{together}},"members":[{{string.Join(',', members)}}]}""");
        await StepAsync($"officer drafts {members.Length}, together: {together}", made, (_, after) => after.State == Drafted);
        if (chance.Next(6) > 0)
        {
            await SubmitGroupAsync(id);
        }
        return id;
    }

    private async Task SubmitGroupAsync(Guid id)
    {
        using var read = await SendAsync(World.Officer, $"/referral-groups/{id}");
        using var sent = await SendAsync(World.Officer, $"/referral-groups/{id}/submit", "{}", read.TagOf());
        await StepAsync("officer submits the group", sent, (before, after) => before?.GroupId == id && WalkTable.Goes(before, after, move => move.Action == ReferralAction.Submit));
    }

    private async Task ActOnGroupAsync(Guid id)
    {
        var waiting = InOrder(_rows.Referrals.Where(row => row.GroupId == id && row.State is Submitted or Acknowledged or InfoRequested)).ToArray();
        if (_rows.Referrals.Any(row => row.GroupId == id && row.State == Drafted) || waiting.Length == 0)
        {
            await SubmitGroupAsync(id);
            return;
        }
        var persona = chance.Next(8) == 0 ? World.StrangerSupervisor : DeskOf(Any(waiting));
        var answers = waiting.Where(row => row.ProviderAgencyId == persona.AgencyId || chance.Next(20) == 0).Select(row => chance.Next(4) > 0
            ? $$"""{"referralId":"{{row.Id}}","answer":"accept","population":"girls"}"""
            : $$"""{"referralId":"{{row.Id}}","answer":"decline","reason":"no_capacity"}""").ToArray();
        using var read = await SendAsync(persona, $"/referral-groups/{id}");
        using var sent = await SendAsync(persona, $"/referral-groups/{id}/answer", $$"""{"members":[{{string.Join(',', answers)}}]}""", read.TagOf().Length == 0 ? "\"1\"" : read.TagOf());
        await StepAsync(
            $"{persona} answers {answers.Length} of the group", sent,
            (before, after) => before is null ? IsOnward(after, row => row.State == Declined)
                : before.GroupId == id && before.ProviderAgencyId == persona.AgencyId && WalkTable.Goes(before, after, move => move.Action is ReferralAction.Accept or ReferralAction.Decline));
        await AssertGroupAsync(id);
    }

    private async Task AssertGroupAsync(Guid id)
    {
        using var read = await SendAsync(World.Officer, $"/referral-groups/{id}");
        var said = JsonDocument.Parse(await read.Content.ReadAsStringAsync()).RootElement.GetProperty("state").GetString();
        Assert.That(said, Is.EqualTo(WalkRules.StateOf(_rows, [.. _rows.Referrals.Where(row => row.GroupId == id)])), "The state of the group.");
    }

    private async Task DecideAsync()
    {
        var asked = Any([.. InOrder(_rows.Approvals.Select(one => _rows.Find(one.SubjectId)!)).Select(row => _rows.Approvals.First(one => one.SubjectId == row.Id))]);
        using var decided = await GivenApproval.DecideAsync(app, World.PoliceSupervisor, asked.Id);
        await StepAsync("police supervisor lets a set be parted", decided, (_, _) => false);
    }

    private async Task WithdrawAsync()
    {
        if (_rows.Covers.Count == 0)
        {
            return;
        }
        var cover = Any([.. _rows.Covers.Where(one => one.GroupCode is not null).OrderBy(one => _victims.IndexOf(one.VictimId)).ThenBy(one => one.GroupCode, StringComparer.Ordinal)]);
        var body = chance.Next(2) == 0 ? OfficerSays : OfficerSays.Replace("}", $",\"groups\":[\"{cover.GroupCode}\"]}}", StringComparison.Ordinal);
        using var sent = await SendAsync(World.Officer, $"/victims/{cover.VictimId}/bases/{cover.Id}/withdraw", body, string.Create(CultureInfo.InvariantCulture, $"\"{cover.Version}\""));
        await StepAsync(
            $"mother of v{_victims.IndexOf(cover.VictimId)} withdraws {body}", sent,
            (before, after) => before?.VictimId == cover.VictimId && WalkTable.Goes(before, after, move => move.By == Party.BasisEnd));
    }

    /// <summary>Either job may come first; what each does is judged by itself.</summary>
    private async Task PassAsync()
    {
        var hours = Any(Hours);
        app.Clock.Advance(TimeSpan.FromHours(hours));
        var clocksFirst = chance.Next(2) == 0;
        for (var turn = 0; turn < 2; turn++)
        {
            var isClocks = clocksFirst == (turn == 0);
            if (isClocks)
            {
                await app.SpeakAsync();
            }
            else
            {
                while (await app.Services.GetRequiredService<BasisExpiry>().RunAsync(CancellationToken.None) > 0)
                {
                }
            }
            await StepAsync(
                $"{hours} h, {(isClocks ? "clocks" : "ends of permissions")}", null,
                (before, after) => before is null ? IsOnward(after, row => row.State == Expired)
                    : WalkTable.Goes(before, after, move => isClocks ? move.IsBy(Party.Clock) : move.By == Party.BasisEnd)
                        || (isClocks && before is { State: NoShow, Place: Place.Reserved } && after.State == NoShow && after.Place == Place.None),
                settled: turn == 1);
        }
    }

    private async Task ActAsync()
    {
        var rows = chance.Next(10) == 0 ? InOrder(_rows.Referrals).ToArray() : Open().ToArray();
        if (rows.Length > 0)
        {
            var row = Any(rows);
            await ActAsync(row, Someone(row));
        }
    }

    private Persona Someone(Row row)
    {
        Persona[] all = [World.Officer, World.PoliceSupervisor, DeskOf(row), World.ShelterSupervisor, World.ProtectionOfficer, World.ShelterDesk, World.HospitalDesk, World.StrangerCaseworker, World.StrangerSupervisor];
        Persona[] able = [.. all.Take(5).Where(persona => WalkTable.Legal(_rows, row, persona).Any())];
        return able.Length > 0 && chance.Next(8) > 0 ? Any(able) : Any(all);
    }

    private static Persona DeskOf(Row row) => row.ProviderAgencyId == World.Shelter ? World.ShelterDesk : World.HospitalDesk;

    private async Task ActAsync(Row row, Persona persona, string? action = null)
    {
        var path = $"/referrals/{row.Id}";
        using var read = await SendAsync(persona, path);
        Assert.That((int)read.StatusCode, Is.EqualTo(WalkTable.Sees(_rows, row, persona) ? 200 : 404), $"{persona} reads {Name(row)}");
        var tag = read.TagOf();
        var isChosen = action is not null;
        if (read.IsSuccessStatusCode)
        {
            var view = JsonDocument.Parse(await read.Content.ReadAsStringAsync()).RootElement;
            string[] offered = [.. view.GetProperty("allowedActions").EnumerateArray().Select(one => one.GetProperty("action").GetString()!)];
            Assert.That(offered, Is.EquivalentTo(WalkTable.Legal(_rows, row, persona).Select(move => move.Action.Code())), $"{persona} is offered for {Name(row)}");
            action ??= chance.Next(6) > 0 && offered.Length > 0 ? Any([.. offered, .. offered.Intersect(Forward), .. offered.Intersect(Forward), .. offered.Intersect(Forward)]) : null;
        }
        action ??= Any(Actions);
        if (action == "arrive" && chance.Next(4) > 0)
        {
            using var handover = await SendAsync(persona, $"{path}/handovers", GivenReferral.HandoverBody(app, chance.Next(1, 3)));
            await StepAsync($"{persona} hands over {Name(row)}", handover, (before, after) => before?.Id == row.Id && (before.State, before.Place) == (after.State, after.Place));
            row = _rows.Find(row.Id)!;
            using var again = await SendAsync(persona, path);
            tag = again.TagOf();
        }
        var isStale = !isChosen && tag.Length > 0 && _tags.TryGetValue((row.Id, persona), out var earlier) && earlier.Length > 0 && VersionOf(earlier) != VersionOf(tag) && chance.Next(8) == 0;
        var sent = isStale ? _tags[(row.Id, persona)] : tag.Length == 0 ? "\"1\"" : tag;
        _tags[(row.Id, persona)] = tag;
        var legal = WalkTable.Legal(_rows, row, persona).FirstOrDefault(move => move.Action.Code() == action);
        var body = action == "reroute" && chance.Next(2) == 0 ? $$"""{"serviceId":"{{World.ShelterService}}"}""" : GivenReferral.BodyOf(app, action);

        using var answer = await SendAsync(persona, $"{path}/{action.Replace('_', '-')}", body, sent);

        var text = await answer.Content.ReadAsStringAsync();
        var code = answer.IsSuccessStatusCode ? null : JsonDocument.Parse(text).RootElement.GetProperty("code").GetString();
        var what = $"{persona} {action} {Name(row)}{(isStale ? " with a stale tag" : "")}: {(int)answer.StatusCode} {code}";
        if (answer.IsSuccessStatusCode)
        {
            Assert.That(legal is not null && !isStale && WalkTable.Sees(_rows, row, persona), $"{what}, though it is not possible");
        }
        else if (legal is not null && !isStale)
        {
            Assert.That(OtherReasons, Does.Contain(code), what);
        }
        await StepAsync(
            what, answer,
            (before, after) => before is null ? IsOnward(after, from => from.Id == row.Id) : before.Id == row.Id && WalkTable.Goes(before, after, move => ReferenceEquals(move, legal)));
    }

    /// <summary>Somebody, or nobody, sent it on to another provider.</summary>
    private bool IsOnward(Row after, Func<Row, bool> isFrom) =>
        after.State is Submitted or Drafted && _rows.Find(after.ReroutedFrom ?? Guid.Empty) is { } from && isFrom(from);

    /// <summary>Without the nine digits that say what moved by itself: If-Match does not look at them.</summary>
    private static string VersionOf(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is > 10 and var end ? tag.Remove(end - 9, 9) : tag;

    private async Task<HttpResponseMessage> SendAsync(Persona persona, string path, string? body = null, string? tag = null)
    {
        var answer = body is null ? await app.As(persona).ReadAsync(path) : await app.As(persona).PostAsync(path, body, tag);
        Assert.That((int)answer.StatusCode, Is.AnyOf(200, 201, 204, 403, 404, 409, 412, 422), $"{persona} {path.Split('/')[^1]}: {await answer.Content.ReadAsStringAsync()}");
        return answer;
    }

    /// <summary>Reads what is there now and judges it.</summary>
    /// <param name="answer">A refusal has changed nothing; null: nobody asked.</param>
    /// <param name="mayGo">Which referral may go whither; without a before it is new.</param>
    /// <param name="settled">Every job has run.</param>
    private async Task StepAsync(string what, HttpResponseMessage? answer, Func<Row?, Row, bool> mayGo, bool settled = true)
    {
        Steps++;
        _trace.Add($"{what} {(answer is null ? "" : (int)answer.StatusCode)}");
        var before = _rows;
        _rows = await WalkRows.ReadAsync(app, _victims);
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));
        var faults = new List<string>();
        if (answer is { IsSuccessStatusCode: false } && !_rows.IsSameAs(before))
        {
            faults.Add("a refusal changed something");
        }
        foreach (var row in _rows.Referrals)
        {
            var earlier = before.Find(row.Id);
            if (earlier is null ? !mayGo(null, row) : (row.State, row.PriorState, row.Place, row.Version) != (earlier.State, earlier.PriorState, earlier.Place, earlier.Version) && !mayGo(earlier, row))
            {
                faults.Add($"{earlier?.State.Code() ?? "nothing"} became {row.State.Code()}, place {earlier?.Place} became {row.Place}");
            }
        }
        faults.AddRange(settled ? [.. WalkRules.Broken(_rows), .. WalkRules.Lost(before, _rows)] : []);
        Assert.That(faults, Is.Empty, what);
    }
}
