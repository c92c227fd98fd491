using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Every state x action x party over HTTP, against the table in contracts/. Moves of the clock and of the end of a basis have no route.</summary>
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
        var refuses = await GivenReferral.InAsync(_app, state);
        var overseen = await OverseenAsync(state);
        var before = (await refuses.TagAsync(World.PoliceSupervisor), await overseen.TagAsync(World.PoliceSupervisor));
        foreach (var action in Actions)
        {
            foreach (var side in Side.All)
            {
                var expected = Expected(state, action, side);
                // What refuses stays as it is, and refuses the next; what there must be to hand over before arriving is written.
                var referral = expected.Status >= 400 && action != "arrive" ? (side.IsOverseer ? overseen : refuses)
                    : side.IsOverseer ? await OverseenAsync(state) : await GivenReferral.InAsync(_app, state);
                if (action == "arrive")
                {
                    // Where there is nothing to hand over yet, arriving is refused for its own reason.
                    using var handover = await _app.As(side.Persona).PostAsync($"{referral.Path}/handovers", referral.HandoverBody());
                }
                var tag = await referral.TagAsync(side.Persona);

                using var response = await referral.ActAsync(side.Persona, action, tag.Length == 0 ? "\"1\"" : tag);

                var body = await response.Content.ReadAsStringAsync();
                var code = body.Length > 0 && JsonDocument.Parse(body).RootElement.TryGetProperty("code", out var found) ? found.GetString() : null;
                Assert.That(((int)response.StatusCode, code), Is.EqualTo(expected), $"{side.Name} {action} in {state}: {body}");
            }
        }
        Assert.That((await refuses.TagAsync(World.PoliceSupervisor), await overseen.TagAsync(World.PoliceSupervisor)), Is.EqualTo(before), "What was refused changed something.");
    }

    [Test]
    public async Task What_a_party_may_do_is_what_the_view_offers_it([ValueSource(nameof(States))] string state)
    {
        var referral = await OverseenAsync(state);
        foreach (var side in Side.All.Where(side => !IsHidden(state, side) && (side.IsOverseer || side.Party != "protection_officer")))
        {
            var view = await _app.As(side.Persona).ReadAsync(referral.Path).JsonAsync();

            var offered = view.GetProperty("allowedActions").EnumerateArray().Select(action => action.GetProperty("action").GetString()).ToArray();

            var expected = _moves.Where(move => side.Is(move) && StartsFrom(move, state)).Select(move => move.GetProperty("action").GetString());
            Assert.That(offered, Is.EquivalentTo(expected), $"{side.Name} in {state}");
        }
    }

    [Test]
    public async Task What_the_clock_does_or_the_end_of_a_basis_nobody_can_ask_for([Values("expire", "withdraw")] string action)
    {
        var referral = await OverseenAsync("submitted");
        foreach (var side in Side.All)
        {
            using var response = await referral.ActAsync(side.Persona, action, "\"1\"", "{}");

            Assert.That((int)response.StatusCode, Is.EqualTo(404), side.Name);
        }
    }

    /// <summary>A deadline or a complaint has brought it before the national protection office.</summary>
    private async Task<GivenReferral> OverseenAsync(string state)
    {
        var referral = await GivenReferral.InAsync(_app, state);
        await GivenReferral.ChangeAsync(_app, async work =>
        {
            await Turns.TakeAsync(work, referral.VictimId, CancellationToken.None);
            await Oversight.OpenAsync(work, referral.VictimId, referral.Id, CancellationToken.None);
            return 0;
        });
        return referral;
    }

    /// <summary>In the order of the design: what a role can never do, what is not there for the caller, what is not his to do, what cannot be done now.</summary>
    private (int Status, string? Code) Expected(string state, string action, Side side)
    {
        var legal = _moves.FirstOrDefault(move => move.GetProperty("action").GetString() == action && StartsFrom(move, state));
        var isLegal = legal.ValueKind == JsonValueKind.Object;
        var asked = isLegal ? legal : _moves.First(move => move.GetProperty("action").GetString() == action);
        if (!side.Refers && !side.Could(asked))
        {
            return (403, "not_permitted");
        }
        if (IsHidden(state, side))
        {
            return (404, "unknown");
        }
        if (!side.Could(asked))
        {
            return (403, "not_permitted");
        }
        if (!isLegal)
        {
            return (409, "illegal_move");
        }
        if (!side.Is(legal))
        {
            return (409, "other_party_acts");
        }
        if (action == "report_no_show" && state != "accepted")
        {
            return (422, "not_due_yet");
        }
        // The office sees it until it is settled.
        return action is "decline" or "confirm_cancel" || side.IsOverseer ? (204, null) : (200, null);
    }

    private static bool IsHidden(string state, Side side) => side.Party switch
    {
        "provider" => Hidden.Contains(state),
        "protection_officer" => !side.IsOverseer,
        "stranger" => true,
        _ => false,
    };

    /// <param name="state">With where it came from, and the phases of an accepted one by their name.</param>
    private static bool StartsFrom(JsonElement move, string state)
    {
        bool Names(string list, string? value) => move.TryGetProperty(list, out var from) && from.EnumerateArray().Any(one => one.GetString() == value);
        var stand = state.Split(" from ");
        return Names("from", stand[0] is "scheduled" or "in_transit" ? "accepted" : stand[0]) || (stand[0] == "on_hold" && Names("heldFrom", stand[1]));
    }

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

    /// <summary>Somebody of a party, and for which party's moves the roles are.</summary>
    private sealed record Side(string Name, Persona Persona, string Party, bool Refers = false, bool Answers = false, bool IsOverseer = false)
    {
        public static readonly Side[] All =
        [
            new("the sender's supervisor", World.PoliceSupervisor, "sender", Refers: true, Answers: true),
            new("the sender's caseworker", World.Officer, "sender", Refers: true),
            new("the provider's supervisor", World.ShelterSupervisor, "provider", Refers: true, Answers: true),
            new("the provider's desk", World.ShelterDesk, "provider", Answers: true),
            new("a protection officer", World.ProtectionOfficer, "protection_officer"),
            new("a protection officer who was asked to look", World.ProtectionOfficer, "protection_officer", IsOverseer: true),
            new("another provider's desk", World.HospitalDesk, "stranger", Answers: true),
            new("a stranger", World.StrangerCaseworker, "stranger", Refers: true, Answers: true),
            new("a strange supervisor", World.StrangerSupervisor, "stranger", Refers: true, Answers: true),
        ];

        /// <summary>It is this party's move.</summary>
        public bool Is(JsonElement move) => Parties(move).Any(by => by switch
        {
            "either" => Party is "sender" or "provider",
            "supervisor" => Party == "sender" && Answers,
            _ => by == Party,
        });

        /// <summary>Somebody with these roles could be of the party whose move it is.</summary>
        public bool Could(JsonElement move) => Parties(move).Any(by => by switch
        {
            "sender" or "supervisor" => Refers,
            "provider" => Answers,
            "either" => Refers || Answers,
            _ => by == "protection_officer" && Party == by,
        });

        private static IEnumerable<string> Parties(JsonElement move) =>
            new[] { "by", "orBy" }.Where(name => move.TryGetProperty(name, out _)).Select(name => move.GetProperty(name).GetString()!);
    }
}
