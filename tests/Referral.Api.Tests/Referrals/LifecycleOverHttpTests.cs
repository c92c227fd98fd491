using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Every state x action x party over HTTP, against the table in contracts/.</summary>
public sealed class LifecycleOverHttpTests
{
    private static readonly string[] States =
    [
        "draft", "submitted", "acknowledged", "info_requested", "accepted", "scheduled", "in_transit", "no_show", "in_service",
        "on_hold from submitted", "on_hold from acknowledged", "on_hold from accepted", "on_hold from in_service",
        "cancel_requested from accepted", "cancel_requested from no_show", "cancel_requested from in_service",
        "completed", "ended_early", "declined", "cancelled", "expired", "withdrawn", "entered_in_error",
    ];

    private static readonly string[] Actions =
    [
        "submit", "acknowledge", "request_info", "answer_info", "accept", "decline", "schedule", "depart", "arrive", "report_no_show", "reschedule",
        "complete", "end_early", "cancel", "request_cancel", "confirm_cancel", "refuse_cancel", "hold", "resume", "enter_in_error", "reroute",
    ];

    /// <summary>Where the provider sees nothing: not yet, or not any more.</summary>
    private static readonly string[] Hidden = ["draft", "declined", "cancelled", "expired", "withdrawn", "entered_in_error"];

    private readonly JsonElement[] _moves = ReadMoves();
    private TestApp _app = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _app = await TestApp.StartAsync();
        await GivenReferral.WidenAsync(_app);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task Every_party_can_do_in_every_state_exactly_what_the_table_says([ValueSource(nameof(States))] string state)
    {
        foreach (var action in Actions)
        {
            foreach (var party in new[] { "sender", "provider", "stranger" })
            {
                var referral = await GivenReferral.InAsync(_app, state);
                var persona = party switch
                {
                    "sender" => World.PoliceSupervisor,
                    "provider" => World.ShelterSupervisor,
                    _ => World.StrangerCaseworker,
                };
                if (action == "arrive")
                {
                    // Where there is nothing to hand over yet, arriving is refused for its own reason.
                    using var handover = await _app.As(persona).PostAsync($"{referral.Path}/handovers", referral.HandoverBody());
                }
                var tag = await referral.TagAsync(persona);

                using var response = await referral.ActAsync(persona, action, tag.Length == 0 ? "\"1\"" : tag);

                var body = await response.Content.ReadAsStringAsync();
                var code = body.Length > 0 && JsonDocument.Parse(body).RootElement.TryGetProperty("code", out var found) ? found.GetString() : null;
                Assert.That(((int)response.StatusCode, code), Is.EqualTo(Expected(state, action, party)), $"{party} {action} in {state}: {body}");
            }
        }
    }

    [Test]
    public async Task What_a_party_may_do_is_what_the_view_offers_it([ValueSource(nameof(States))] string state)
    {
        var referral = await GivenReferral.InAsync(_app, state);
        foreach (var (party, persona) in new[] { ("sender", World.PoliceSupervisor), ("provider", World.ShelterSupervisor) })
        {
            if (party == "provider" && Hidden.Contains(state))
            {
                continue;
            }
            var view = await _app.As(persona).ReadAsync(referral.Path).JsonAsync();

            var offered = view.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetProperty("action").GetString()).ToArray();

            var expected = _moves.Where(move => IsBy(move, party) && StartsFrom(move, state)).Select(move => move.GetProperty("action").GetString());
            Assert.That(offered, Is.EquivalentTo(expected), $"{party} in {state}");
        }
    }

    private (int Status, string? Code) Expected(string state, string action, string party)
    {
        if (party == "stranger" || (party == "provider" && Hidden.Contains(state)))
        {
            return (404, "unknown");
        }
        if (_moves.FirstOrDefault(move => move.GetProperty("action").GetString() == action && StartsFrom(move, state)) is not { ValueKind: JsonValueKind.Object } legal)
        {
            return (409, "illegal_move");
        }
        if (!IsBy(legal, party))
        {
            return (409, "other_party_acts");
        }
        if (action == "report_no_show" && state != "accepted")
        {
            return (422, "not_due_yet");
        }
        return action is "decline" or "confirm_cancel" ? (204, null) : (200, null);
    }

    /// <param name="state">With where it came from, and the phases of an accepted one by their name.</param>
    private static bool StartsFrom(JsonElement move, string state)
    {
        bool Names(string list, string? value) => move.TryGetProperty(list, out var from) && from.EnumerateArray().Any(one => one.GetString() == value);
        var stand = state.Split(" from ");
        return Names("from", stand[0] is "scheduled" or "in_transit" ? "accepted" : stand[0]) || (stand[0] == "on_hold" && Names("heldFrom", stand[1]));
    }

    /// <summary>Both personas are supervisors; the sender's corrects what was entered in error.</summary>
    private static bool IsBy(JsonElement move, string party) => move.GetProperty("by").GetString() switch
    {
        "either" => true,
        "supervisor" => party == "sender",
        var by => by == party,
    };

    private static JsonElement[] ReadMoves()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Referral.sln")))
        {
            folder = folder.Parent!;
        }
        using var table = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder.FullName, "contracts", "lifecycle.json")));
        return [.. table.RootElement.GetProperty("moves").EnumerateArray().Select(move => move.Clone())];
    }
}
