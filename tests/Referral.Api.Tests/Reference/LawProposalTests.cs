using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A new release of law data, from whoever proposes it to whoever approves it.</summary>
public sealed class LawProposalTests
{
    private const string Question = "/law/rules?purpose=marriage_female&province=PK-KP&on=2027-02-01";
    private TestApp _app = null!;

    [SetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task It_answers_from_the_yes_of_a_second_person_on_and_the_old_answer_stays()
    {
        var before = await AskAsync(Question);
        var made = await ProposeAsync(World.SystemAdmin, await NextAsync());
        Assert.That(made.GetProperty("number").GetInt32(), Is.EqualTo(2));
        Assert.That(await AskAsync(Question), Is.EqualTo(before), "it is only proposed");
        Assert.That(await AllowedAsync(World.SystemAdmin), Is.Empty);
        Assert.That(await AllowedAsync(World.ProtectionOfficer), Is.EqualTo(new[] { "approve", "refuse" }));

        await DecideAsync(World.ProtectionOfficer, """{"decision":"approve"}""").JsonAsync();

        Assert.That(JsonDocument.Parse(await AskAsync(Question)).RootElement.GetProperty("limit").GetInt32(), Is.EqualTo(18));
        Assert.That(await AskAsync($"{Question}&release=1"), Is.EqualTo(before));
        var changes = (await _app.As(null).ReadAsync("/law/releases/2/changes").JsonAsync()).GetProperty("items").EnumerateArray().ToList();
        Assert.That(changes.Select(change => change.GetProperty("rewritesPast").GetBoolean()), Is.EqualTo(new[] { false, false }));
    }

    [Test]
    public async Task Who_proposes_never_decides()
    {
        await ProposeAsync(World.ProtectionOfficer, await NextAsync());

        Assert.That(await CodeAsync(DecideAsync(World.ProtectionOfficer, """{"decision":"approve"}"""), 422), Is.EqualTo("own_proposal"));
        Assert.That(await StateAsync(), Is.EqualTo("proposed"));
    }

    [Test]
    public async Task A_refusal_says_why_answers_nothing_and_its_number_is_not_given_again()
    {
        var before = await AskAsync(Question);
        await ProposeAsync(World.SystemAdmin, await NextAsync());
        Assert.That(await CodeAsync(DecideAsync(World.ProtectionOfficer, """{"decision":"refuse"}"""), 422), Is.EqualTo("needs_missing"));

        var refused = await DecideAsync(World.ProtectionOfficer, """{"decision":"refuse","line":"The act is not in the gazette."}""").JsonAsync();

        Assert.That(refused.GetProperty("line").GetString(), Is.EqualTo("The act is not in the gazette."));
        Assert.That(await AskAsync(Question), Is.EqualTo(before));
        Assert.That(await CodeAsync(DecideAsync(World.ProtectionOfficer, """{"decision":"approve"}"""), 409), Is.EqualTo("approval_ended"));
        Assert.That((await ProposeAsync(World.SystemAdmin, await NextAsync())).GetProperty("number").GetInt32(), Is.EqualTo(3));
    }

    [Test]
    public async Task One_waits_at_a_time_until_it_is_decided_or_taken_back_by_whoever_proposed_it()
    {
        await ProposeAsync(World.SystemAdmin, await NextAsync());
        Assert.That(await CodeAsync(SendAsync(World.ProtectionOfficer, "/law/releases", await NextAsync()), 409), Is.EqualTo("approval_open"));
        Assert.That(await CodeAsync(SendAsync(World.ProtectionOfficer, "/law/releases/2/withdraw", null), 409), Is.EqualTo("other_party_acts"));

        await SendAsync(World.SystemAdmin, "/law/releases/2/withdraw", null).JsonAsync();

        Assert.That(await StateAsync(), Is.EqualTo("withdrawn"));
        await ProposeAsync(World.ProtectionOfficer, await NextAsync());
    }

    [Test]
    public async Task Sent_twice_under_one_key_it_is_proposed_once()
    {
        var (draft, key) = (await NextAsync(), Guid.NewGuid().ToString());
        var first = await _app.As(World.SystemAdmin).PostAsync("/law/releases", draft, key: key).JsonAsync(201);
        var again = await _app.As(World.SystemAdmin).PostAsync("/law/releases", draft, key: key).JsonAsync(201);

        Assert.That(again.GetRawText(), Is.EqualTo(first.GetRawText()));
    }

    [Test]
    public async Task What_changes_nothing_is_told_so()
    {
        var draft = JsonNode.Parse(await NextAsync())!;
        draft["rules"] = new JsonArray();

        var refused = await SendAsync(World.SystemAdmin, "/law/releases", draft.ToJsonString()).JsonAsync(422);

        Assert.That(refused.GetProperty("errors")[0].GetProperty("code").GetString(), Is.EqualTo("nothing_new"));
    }

    [Test]
    public async Task Of_two_who_decide_at_once_one_does()
    {
        await ProposeAsync(World.SystemAdmin, await NextAsync());

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => DecideAsync(World.ProtectionOfficer, i % 2 == 0 ? """{"decision":"approve"}""" : """{"decision":"refuse","line":"No."}""")));

        Assert.That(answers.Select(answer => (int)answer.StatusCode).Order(), Is.EqualTo(new[] { 200, 409, 409, 409 }));
    }

    /// <summary>A rule of the first release as it is read, which ends, and another that begins.</summary>
    private async Task<string> NextAsync()
    {
        var release = JsonNode.Parse((await _app.As(null).ReadAsync("/law/releases/1").JsonAsync()).GetRawText())!;
        var old = release["rules"]!.AsArray().Single(rule => rule!["id"]!.GetValue<string>() == "pk-kp-marriage-female-1")!.DeepClone().AsObject();
        old.Remove("law");
        var next = old.DeepClone();
        old["to"] = "2027-01-01";
        next["id"] = "pk-kp-marriage-female-2";
        next["from"] = "2027-01-01";
        next["limit"] = 18;
        return new JsonObject { ["note"] = "A test.", ["instruments"] = new JsonArray(), ["rules"] = new JsonArray(old, next) }.ToJsonString();
    }

    private Task<JsonElement> ProposeAsync(Persona who, string draft) => SendAsync(who, "/law/releases", draft).JsonAsync(201);

    private Task<HttpResponseMessage> DecideAsync(Persona who, string verdict) => SendAsync(who, "/law/releases/2/decide", verdict);

    private Task<HttpResponseMessage> SendAsync(Persona who, string path, string? body) => _app.As(who).SendAsync(HttpMethod.Post, path, body);

    private static async Task<string?> CodeAsync(Task<HttpResponseMessage> sending, int status) => (await sending.JsonAsync(status)).GetProperty("code").GetString();

    private async Task<string> AskAsync(string path) => (await _app.As(null).ReadAsync(path).JsonAsync()).GetProperty("items").EnumerateArray().Single().GetRawText();

    private async Task<JsonElement> NewestAsync(Persona who) => (await _app.As(who).ReadAsync("/law/proposals").JsonAsync()).GetProperty("items")[0];

    private async Task<string?> StateAsync() => (await NewestAsync(World.SystemAdmin)).GetProperty("state").GetString();

    private async Task<IEnumerable<string?>> AllowedAsync(Persona who) => (await NewestAsync(who)).GetProperty("allowedDecisions").EnumerateArray().Select(one => one.GetString());
}
