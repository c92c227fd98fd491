using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Every state x action x party over HTTP, against the table in contracts/.</summary>
public sealed class LifecycleOverHttpTests
{
    private static readonly string[] States =
        ["draft", "submitted", "acknowledged", "info_requested", "accepted", "in_service", "completed", "declined", "cancelled", "expired", "withdrawn"];

    private static readonly string[] Actions =
        ["submit", "acknowledge", "request_info", "answer_info", "accept", "decline", "arrive", "complete", "cancel"];

    /// <summary>Where the provider sees nothing: not yet, or not any more.</summary>
    private static readonly string[] Hidden = ["draft", "declined", "cancelled", "expired", "withdrawn"];

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

            var expected = _moves.Where(move => By(move) == party && From(move).Contains(state)).Select(move => move.GetProperty("action").GetString());
            Assert.That(offered, Is.EquivalentTo(expected), $"{party} in {state}");
        }
    }

    private (int Status, string? Code) Expected(string state, string action, string party)
    {
        if (party == "stranger" || (party == "provider" && Hidden.Contains(state)))
        {
            return (404, "unknown");
        }
        if (_moves.FirstOrDefault(move => move.GetProperty("action").GetString() == action && From(move).Contains(state)) is not { ValueKind: JsonValueKind.Object } legal)
        {
            return (409, "illegal_move");
        }
        if (By(legal) != party)
        {
            return (409, "other_party_acts");
        }
        return action == "decline" ? (204, null) : (200, null);
    }

    private static IEnumerable<string?> From(JsonElement move) => move.GetProperty("from").EnumerateArray().Select(from => from.GetString());

    private static string? By(JsonElement move) => move.GetProperty("by").GetString();

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
