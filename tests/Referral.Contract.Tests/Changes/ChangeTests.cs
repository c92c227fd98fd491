using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Nothing that somebody built against <c>contracts/baseline</c> stops working. The rules are our own: api-smart-diff, which we
/// tried, calls a new member or code of an answer a break and says each thing many times.
/// </summary>
public sealed class ChangeTests
{
    private const string Given = "components/schemas/ReferralView";
    private const string Taken = "components/schemas/ReferralDraft";
    private const string List = "paths|/api/v1/referrals|get";
    private const string Create = "paths|/api/v1/referrals|post";

    private static readonly string Baseline = File.ReadAllText(Contracts.PathOf("baseline/referral.v1.json"));

    private static IEnumerable<TestCaseData> Planted()
    {
        static TestCaseData Break(string name, string says, Action<JsonNode> plant) => new TestCaseData(plant, says).SetArgDisplayNames(name);

        yield return Break("an operation is gone", "createReferral: gone", d => Remove(d, Create));
        yield return Break("a path is gone", "getMe: gone", d => Remove(d, "paths|/api/v1/me"));
        yield return Break("an operation is renamed", "createReferral: renamed to draftReferral", d => At(d, Create)["operationId"] = "draftReferral");
        yield return Break("an answer is gone", "createReferral 409: gone", d => Remove(d, $"{Create}|responses|409"));
        yield return Break("an answer's header is gone", "header Location is gone", d => Remove(d, $"{Create}|responses|201|headers|Location"));
        yield return Break("a member of an answer is gone", ": state is gone", d => Remove(d, $"{Given}/properties/state"));
        yield return Break("a member of an answer is renamed", ": clock is gone", d => Rename(d, $"{Given}/properties", "clock", "timer"));
        yield return Break("a member deep in an answer is gone", "clock: kind is gone", d => Remove(d, "components/schemas/ClockView/properties/kind"));
        yield return Break("a member of an answer can be missing", ": state is no longer always there", d => Strike(d, $"{Given}/required", "state"));
        yield return Break("a member of an answer can be null", "can now be null", d => At(d, $"{Given}/properties/caseCode")["type"] = new JsonArray("null", "string"));
        yield return Break("an answer can be null where it was a thing", "can now be null", d => OrNull(d, $"{Given}/properties", "sender"));
        yield return Break("a code of an answer is gone", "the code declined is gone", d => Strike(d, $"{Given}/properties/state/enum", "declined"));
        yield return Break("a number of an answer is a text", "can now be string", d => At(d, "components/schemas/CapacityView/properties/licensed")["type"] = "string");
        yield return Break("a time of an answer is a day", "the format was date-time and is date", d => At(d, $"{Given}/properties/changedAt")["format"] = "date");
        yield return Break("a new member of a request is required", "reason is required now", d => Add(d, Taken, "reason", isRequired: true));
        yield return Break("a known member of a request is required", "population is required now", d => ((JsonArray)At(d, $"{Taken}/required")).Add((JsonNode)"population"));
        yield return Break("a member of a request is not taken", ": note is gone", d => Remove(d, $"{Taken}/properties/note"));
        yield return Break("a code of a request is not taken", "the code low is gone", d => Strike(d, $"{Taken}/properties/urgency/enum", "low"));
        yield return Break("null is not taken", "no longer takes null", d => At(d, $"{Taken}/properties/note")["type"] = "string");
        yield return Break("a text of a request is shorter", "maxLength is 10 now", d => At(d, $"{Taken}/properties/note")["maxLength"] = 10);
        yield return Break("a list of a request is shorter", "maxItems is 1 now", d => At(d, $"{Taken}/properties/groups")["maxItems"] = 1);
        yield return Break("a text of a request has another form", "another pattern", d => At(d, $"{Taken}/properties/note")["pattern"] = "^x$");
        yield return Break("a parameter is gone", "parameter query box is gone", d => Strike(d, $"{List}|parameters", p => (string?)p["name"] == "box"));
        yield return Break("a new parameter is required", "query z is required now", d => ((JsonArray)At(d, $"{List}|parameters")).Add(Query(isRequired: true)));
        yield return Break("a scope is added", "createReferral: asks for more", d => At(d, $"{Create}|security")[0]!["session"]!.AsArray().Add((JsonNode)"victims.write"));
        yield return Break("what was open asks for a sign-in", "listProvinces: asks for more than 'nothing'", d => At(d, "paths|/api/v1/provinces|get")["security"] = At(d, $"{Create}|security").DeepClone());
    }

    private static IEnumerable<TestCaseData> Harmless()
    {
        static TestCaseData Change(string name, Action<JsonNode> plant) => new TestCaseData(plant).SetArgDisplayNames(name);

        yield return Change("a new operation", d => At(d, "paths")["/api/v1/more"] = new JsonObject { ["get"] = At(d, List).DeepClone() });
        yield return Change("a new member of an answer", d => Add(d, Given, "more", isRequired: true));
        yield return Change("a new code of an answer", d => ((JsonArray)At(d, $"{Given}/properties/state/enum")).Add((JsonNode)"rerouted"));
        yield return Change("a new member of a request", d => Add(d, Taken, "more", isRequired: false));
        yield return Change("a new code of a request", d => ((JsonArray)At(d, $"{Taken}/properties/urgency/enum")).Add((JsonNode)"someday"));
        yield return Change("a longer text of a request", d => At(d, $"{Taken}/properties/note")["maxLength"] = 100_000);
        yield return Change("a member of a request that may be left out", d => Strike(d, $"{Taken}/required", "groups"));
        yield return Change("a new parameter", d => ((JsonArray)At(d, $"{List}|parameters")).Add(Query(isRequired: false)));
        yield return Change("a new answer", d => At(d, $"{Create}|responses")["418"] = new JsonObject { ["description"] = "tea" });
        yield return Change("other words", d => At(d, "info")["description"] = "Something else.");
    }

    [Test]
    public void The_contract_breaks_nothing_that_stands_in_the_baseline() =>
        Assert.That(
            Breaks.Between(Parsed(Baseline), Parsed(File.ReadAllText(Contracts.PathOf("referral.v1.json")))), Is.Empty,
            "Partners depend on this. Add beside it, or make a v2 (contracts/README.md).");

    [TestCaseSource(nameof(Planted))]
    public void A_break_is_found(Action<JsonNode> plant, string says) => Assert.That(After(plant), Has.Some.Contains(says));

    [TestCaseSource(nameof(Harmless))]
    public void An_addition_breaks_nothing(Action<JsonNode> plant) => Assert.That(After(plant), Is.Empty);

    private static IReadOnlyList<string> After(Action<JsonNode> plant)
    {
        var document = JsonNode.Parse(Baseline)!;
        plant(document);
        return Breaks.Between(Parsed(Baseline), Parsed(document.ToJsonString()));
    }

    private static JsonElement Parsed(string text) => JsonDocument.Parse(text).RootElement;

    /// <summary>Apart by / or, where names hold slashes, by |.</summary>
    private static JsonNode At(JsonNode document, string path) =>
        Names(path).Aggregate(document, (node, name) => node[name] ?? throw new InvalidOperationException($"The baseline has no {name} in {path}."));

    private static string[] Names(string path) => path.Split(path.Contains('|') ? '|' : '/');

    private static void Remove(JsonNode document, string path)
    {
        var names = Names(path);
        var parent = names[..^1].Aggregate(document, (node, name) => node[name]!);
        Assert.That(((JsonObject)parent).Remove(names[^1]), Is.True, path);
    }

    private static void Rename(JsonNode document, string path, string from, string to)
    {
        var members = (JsonObject)At(document, path);
        members[to] = members[from]!.DeepClone();
        members.Remove(from);
    }

    private static void OrNull(JsonNode document, string path, string name)
    {
        var members = At(document, path);
        members[name] = new JsonObject { ["anyOf"] = new JsonArray(members[name]!.DeepClone(), new JsonObject { ["type"] = "null" }) };
    }

    private static void Strike(JsonNode document, string path, string word) => Strike(document, path, node => node.ToString() == word);

    private static void Strike(JsonNode document, string path, Func<JsonNode, bool> which)
    {
        var list = (JsonArray)At(document, path);
        Assert.That(list.Remove(list.First(node => node is not null && which(node))), Is.True, path);
    }

    private static void Add(JsonNode document, string schema, string member, bool isRequired)
    {
        At(document, $"{schema}/properties")[member] = new JsonObject { ["type"] = "string" };
        if (isRequired)
        {
            ((JsonArray)At(document, $"{schema}/required")).Add((JsonNode)member);
        }
    }

    private static JsonObject Query(bool isRequired) =>
        new() { ["name"] = "z", ["in"] = "query", ["required"] = isRequired, ["schema"] = new JsonObject { ["type"] = "string" } };
}
