using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What will be published: <c>contracts/events</c>, one schema a type, made of the table in the product.</summary>
public sealed class EventTests
{
    private const string Folder = "events";

    private static readonly EvaluationOptions Strict = new() { RequireFormatValidation = true, OutputFormat = OutputFormat.List };

    private static readonly ConcurrentDictionary<string, JsonSchema> Schemas = [];

    private static IEnumerable<string> Types => PublishedEvents.All.Select(one => one.Type);

    [TestCaseSource(nameof(Types))]
    public void The_committed_schema_is_what_the_code_says(string type)
    {
        Directory.CreateDirectory(Contracts.PathOf(Folder));

        Contracts.Golden($"{Folder}/{type}.schema.json", Example.Indented(EventSchemas.SchemaOf(Published(type))) + "\n");
    }

    [Test]
    public void There_is_no_other_schema() => Assert.That(
        Directory.GetFiles(Contracts.PathOf(Folder)).Select(Path.GetFileName), Is.EquivalentTo(Types.Select(type => $"{type}.schema.json")));

    [Test]
    public void Every_change_is_published_or_kept_on_purpose_and_none_is_both()
    {
        var changes = JournalActions.All.Where(action => !action.EndsWith(".read", StringComparison.Ordinal) && !action.StartsWith("refused.", StringComparison.Ordinal));

        Assert.That(Types.Concat(PublishedEvents.Kept), Is.EquivalentTo(changes));
    }

    [Test]
    public void Every_move_of_a_referral_is_published() => Assert.That(ReferralLifecycle.Moves.Select(move => move.Event).Except(Types), Is.Empty);

    [TestCaseSource(nameof(Types))]
    public void An_example_is_what_its_schema_asks_for(string type)
    {
        var schema = Built(type);

        foreach (var example in Committed(type)["examples"]!.AsArray())
        {
            Assert.That(Judge(schema, example!), Is.Empty);
        }
    }

    [TestCaseSource(nameof(Types))]
    public void An_example_with_one_member_changed_is_not(string type)
    {
        var schema = Built(type);

        using (Assert.EnterMultipleScope())
        {
            foreach (var changed in Changed((JsonObject)Committed(type)["examples"]![0]!))
            {
                Assert.That(Judge(schema, changed), Is.Not.Empty, changed.ToJsonString());
            }
        }
    }

    [TestCaseSource(nameof(Types))]
    public void No_member_takes_free_text(string type) => Assert.That(Free("", Committed(type)), Is.Empty);

    [Test]
    public void Free_text_would_be_found()
    {
        var open = Committed(JournalActions.ReferralSubmitted);
        open["properties"]!["data"]!["properties"]!["note"] = new JsonObject { ["type"] = "string", ["maxLength"] = 20 };

        Assert.That(Free("", open), Is.EqualTo(["/data/note"]));
    }

    /// <summary>What is wrong with an event, by its own schema.</summary>
    internal static IReadOnlyList<string> Wrong(JsonObject told) => Judge(Built((string)told["type"]!), told);

    private static PublishedEvent Published(string type) => PublishedEvents.All.Single(one => one.Type == type);

    private static JsonObject Committed(string type) => (JsonObject)JsonNode.Parse(File.ReadAllText(Contracts.PathOf($"{Folder}/{type}.schema.json")))!;

    private static JsonSchema Built(string type) =>
        Schemas.GetOrAdd(type, one => JsonSchema.FromText(Committed(one).ToJsonString(), new BuildOptions { Dialect = Dialect.Draft202012, SchemaRegistry = new SchemaRegistry() }));

    private static string[] Judge(JsonSchema schema, JsonNode told)
    {
        using var text = JsonDocument.Parse(told.ToJsonString());
        var judged = schema.Evaluate(text.RootElement, Strict);
        return judged.IsValid
            ? []
            : [.. (judged.Details ?? []).SelectMany(one => (one.Errors ?? []).Select(why => $"{one.InstanceLocation}: {why.Value}")), "not valid"];
    }

    /// <summary>Each member once left out, once another text, and a member too many at both places.</summary>
    private static IEnumerable<JsonObject> Changed(JsonObject example)
    {
        foreach (var path in new[] { (string[])[], ["data"] })
        {
            foreach (var name in At(example, path).Select(member => member.Key).ToArray())
            {
                yield return With(example, path, at => at.Remove(name));
                yield return With(example, path, at => at[name] = "Ayesha, of Kasur");
            }
            yield return With(example, path, at => at["note"] = "Ayesha, of Kasur");
        }
    }

    private static JsonObject With(JsonObject example, string[] path, Action<JsonObject> change)
    {
        var copy = (JsonObject)example.DeepClone();
        change(At(copy, path));
        return copy;
    }

    private static JsonObject At(JsonObject root, string[] path) => path.Aggregate(root, (at, name) => (JsonObject)at[name]!);

    /// <summary>A text is one of a list, or bound by a pattern of an id or a moment; an object names all of its members.</summary>
    private static IEnumerable<string> Free(string place, JsonObject schema)
    {
        if ((string?)schema["type"] == "object")
        {
            return (schema["additionalProperties"] is JsonValue { } more && !(bool)more ? [] : new[] { $"{place}/*" })
                .Concat(schema["properties"]!.AsObject().SelectMany(member => Free($"{place}/{member.Key}", (JsonObject)member.Value!)));
        }
        var isBound = schema["const"] is not null || schema["enum"] is not null
            || ((string?)schema["format"] is "uuid" or "date-time" && (string?)schema["pattern"] is ['^', .., '$']);
        return (string?)schema["type"] == "string" && isBound ? [] : [place];
    }
}
