using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>One referral of a registered girl, moved over HTTP as far as a test needs it.</summary>
internal sealed class GivenReferral
{
    private const string Basis = """
        INSERT INTO bases (id, victim_id, kind, status, detail, valid_from, valid_to, recorded_by, recorded_at, version)
        VALUES (@id, @victimId, 'consent', 'active', @detail, @now, @toAt, @recordedBy, @now, 1)
        """;

    private const string Scope = """
        INSERT INTO basis_scopes (id, basis_id, effect, purpose, group_code, agency_id)
        VALUES (@id, @basisId, 'allow', @purpose, @groupCode, @agencyId)
        """;

    private const string Widen = "UPDATE capacity SET licensed = 100000 WHERE service_id = @serviceId";

    private GivenReferral(TestApp app) => App = app;

    public TestApp App { get; }

    public Guid VictimId { get; private init; }

    public Guid NeedId { get; private init; }

    public Guid Id { get; private init; }

    public Guid BasisId { get; private init; }

    public Persona Sender { get; private init; } = World.PoliceSupervisor;

    public Persona Provider { get; private init; } = World.ShelterSupervisor;

    public string Path => $"/referrals/{Id}";

    /// <summary>So many places that none of the tests in one app runs out.</summary>
    public static Task WidenAsync(TestApp app) => ChangeAsync(app, work => work.ExecuteAsync(Widen, new { serviceId = World.ShelterService }, CancellationToken.None));

    /// <param name="groups">Chosen, and allowed by a consent unless <paramref name="allowed"/> says otherwise.</param>
    public static async Task<GivenReferral> DraftAsync(
        TestApp app, Persona? officer = null, string urgency = "high", string[]? groups = null, string[]? allowed = null,
        Guid? serviceId = null, Guid? recipient = null, DateTimeOffset? basisTo = null, string category = "safe_shelter")
    {
        officer ??= World.Officer;
        groups ??= ["identity", "health"];
        var client = app.As(officer);
        var victimId = await client.GivenVictimAsync();
        var need = await client.PostAsync($"/victims/{victimId}/needs", $$"""{"category":"{{category}}","urgency":"{{urgency}}","constraints":["female_staff"]}""").JsonAsync(201);
        var needId = need.GetProperty("id").GetGuid();
        var basisId = await ConsentAsync(app, victimId, allowed ?? groups, recipient ?? World.Shelter, basisTo);
        var listed = string.Join(',', groups.Select(group => $"\"{group}\""));
        var referral = await client.PostAsync(
            "/referrals",
            $$"""{"victimId":"{{victimId}}","needId":"{{needId}}","serviceId":"{{serviceId ?? World.ShelterService}}","groups":[{{listed}}],"population":"girls","note":"She is afraid of dogs."}""")
            .JsonAsync(201);
        Tick(app);
        return new GivenReferral(app)
        {
            VictimId = victimId,
            NeedId = needId,
            BasisId = basisId,
            Id = referral.GetProperty("id").GetGuid(),
            Sender = officer.IsClient ? officer : World.PoliceSupervisor,
        };
    }

    public static async Task<GivenReferral> InAsync(TestApp app, string state, string urgency = "high", DateTimeOffset? basisTo = null)
    {
        var referral = await DraftAsync(app, urgency: urgency, basisTo: basisTo);
        foreach (var (action, bySender) in Way(state))
        {
            await referral.DoAsync(action, bySender);
        }
        if (state == "withdrawn")
        {
            await referral.WithdrawAsync();
        }
        if (state == "expired")
        {
            await ChangeAsync(app, async work =>
            {
                Assert.That(await NationalReferral.Referrals.ExpireAsync(work, referral.Id, app.Services.GetRequiredService<Keys>(), CancellationToken.None), Is.Null);
                return 0;
            });
        }
        return referral;
    }

    /// <summary>As the end of a basis does it.</summary>
    public Task WithdrawAsync() => ChangeAsync(App, async work =>
    {
        await Turns.TakeAsync(work, VictimId, CancellationToken.None);
        Assert.That(await NationalReferral.Referrals.WithdrawAsync(work, Id, "person_withdrew", App.Services.GetRequiredService<Keys>(), CancellationToken.None), Is.Null);
        return 0;
    });

    public async Task<string> TagAsync(Persona reader)
    {
        using var response = await App.As(reader).ReadAsync(Path);
        return response.TagOf();
    }

    /// <summary>Takes a move that must succeed.</summary>
    public async Task<JsonElement> DoAsync(string action, bool bySender)
    {
        var persona = bySender ? Sender : Provider;
        if (action == "arrive")
        {
            await HandOverAsync(persona);
        }
        using var response = await ActAsync(persona, action, await TagAsync(persona));
        var body = await response.Content.ReadAsStringAsync();
        Tick(App);
        Assert.That(response.IsSuccessStatusCode, $"{action}: {(int)response.StatusCode} {body}");
        return body.Length == 0 ? default : JsonDocument.Parse(body).RootElement.Clone();
    }

    /// <summary>The provider has received her, and says so.</summary>
    public Task<JsonElement> HandOverAsync(Persona receiver, int children = 1) => App.As(receiver).PostAsync($"{Path}/handovers", HandoverBody(children)).JsonAsync(201);

    public string HandoverBody(int children = 1, string direction = "arrival", string reason = "to_shelter", string more = "") =>
        HandoverBody(App, children, direction, reason, more);

    public static string HandoverBody(TestApp app, int children, string direction = "arrival", string reason = "to_shelter", string more = "") => $$"""
        {"direction":"{{direction}}","reason":"{{reason}}","children":{{children}},"occurredAt":"{{In(app, -TimeSpan.FromMinutes(1))}}",
         "givenBy":"Constable Gul","receivedBy":"The warden","place":"At the gate","belongings":"A red bag"{{more}}}
        """;

    public Task<HttpResponseMessage> ActAsync(Persona persona, string action, string? tag, string? body = null, string? key = null) =>
        App.As(persona).PostAsync($"{Path}/{action.Replace('_', '-')}", body ?? BodyOf(action), tag, key);

    /// <summary>What each action needs, at its least.</summary>
    public string BodyOf(string action) => BodyOf(App, action);

    public static string BodyOf(TestApp app, string action) => action switch
    {
        "request_info" => """{"question":"Does she need a wheelchair?"}""",
        "answer_info" => """{"answer":"No."}""",
        "accept" => """{"population":"girls"}""",
        "decline" => """{"reason":"no_capacity"}""",
        "arrive" => $$"""{"at":"{{app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}}"}""",
        "schedule" or "reschedule" => $$"""{"plannedAt":"{{In(app, TimeSpan.FromHours(2))}}"}""",
        "depart" => """{"escort":"The head constable brings her."}""",
        "report_no_show" => """{"reason":"no_transport","waited":"The warden, until eleven."}""",
        "end_early" => """{"reason":"left_by_choice"}""",
        "request_cancel" => """{"reason":"served_elsewhere"}""",
        "confirm_cancel" => """{"exit":"to_sender","safeExit":"The constable fetches her."}""",
        "refuse_cancel" => """{"reason":"no_safe_exit"}""",
        "hold" => $$"""{"reason":"awaiting_documents","reviewAt":"{{In(app, TimeSpan.FromHours(20))}}"}""",
        "enter_in_error" => """{"reason":"wrong_person"}""",
        "reroute" => $$"""{"serviceId":"{{World.HospitalService}}"}""",
        "complete" => """{"outcome":"need_met","note":"She is well."}""",
        "cancel" => """{"reason":"no_longer_needed"}""",
        _ => "{}",
    };

    private static string In(TestApp app, TimeSpan time) => $"{app.Clock.GetUtcNow() + time:yyyy-MM-ddTHH:mm:ss.fffZ}";

    public static async Task<Guid> ConsentAsync(TestApp app, Guid victimId, IEnumerable<string> groups, Guid recipient, DateTimeOffset? toAt = null)
    {
        var id = Guid.CreateVersion7();
        await ChangeAsync(app, async work =>
        {
            await work.ExecuteAsync(Basis, new { id, victimId, detail = new byte[] { 0 }, toAt, recordedBy = World.Officer.Id }, CancellationToken.None);
            (string? Purpose, string? Group, Guid? Agency)[] rows =
                [("provide_service", null, null), (null, null, recipient), (null, "minimum", null), .. groups.Select(group => ((string?)null, (string?)group, (Guid?)null))];
            foreach (var (purpose, groupCode, agencyId) in rows)
            {
                await work.ExecuteAsync(Scope, new { id = Guid.CreateVersion7(), basisId = id, purpose, groupCode, agencyId }, CancellationToken.None);
            }
            return 0;
        });
        return id;
    }

    public static Task<T> ChangeAsync<T>(TestApp app, Func<Work, Task<T>> change) =>
        app.Database.ChangeAsync(Caller.System, change, _ => true, CancellationToken.None);

    public static Task<T> ReadAsync<T>(TestApp app, Func<Work, Task<T>> read) => app.Database.ReadAsync(Caller.System, read, CancellationToken.None);

    /// <summary>What follows is later, also where order is by time.</summary>
    private static void Tick(TestApp app) => app.Clock.Advance(TimeSpan.FromMilliseconds(1));

    private static (string Action, bool BySender)[] Way(string state) => state switch
    {
        "draft" => [],
        "submitted" or "withdrawn" or "expired" => [("submit", true)],
        "acknowledged" => [("submit", true), ("acknowledge", false)],
        "info_requested" => [("submit", true), ("request_info", false)],
        "accepted" => [("submit", true), ("accept", false)],
        "in_service" => [("submit", true), ("accept", false), ("arrive", false)],
        "completed" => [("submit", true), ("accept", false), ("arrive", false), ("complete", false)],
        "declined" => [("submit", true), ("decline", false)],
        "cancelled" => [("submit", true), ("cancel", true)],
        "scheduled" => [.. Way("accepted"), ("schedule", false)],
        "in_transit" => [.. Way("scheduled"), ("depart", true)],
        "no_show" => [.. Way("accepted"), ("report_no_show", false)],
        "ended_early" => [.. Way("in_service"), ("end_early", false)],
        "entered_in_error" => [("submit", true), ("enter_in_error", true)],
        _ when state.Split(" from ") is ["on_hold", var prior] => [.. Way(prior), ("hold", true)],
        _ when state.Split(" from ") is ["cancel_requested", var prior] => [.. Way(prior), ("request_cancel", true)],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No way leads there yet."),
    };
}
