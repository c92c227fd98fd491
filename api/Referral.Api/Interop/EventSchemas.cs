using System.Globalization;
using System.Text.Json.Nodes;

namespace NationalReferral;

/// <summary>
/// Events as they go over the wire: CloudEvents 1.0 in JSON (structured mode), each with a JSON Schema (2020-12) of its own. Every
/// text in them is an id, a moment or one of a list: there is no member that a name would fit into.
/// </summary>
internal static class EventSchemas
{
    private const int Version = 1;
    private const string Source = "urn:nrs:events";
    private const string OfId = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$";
    private const string OfMoment = @"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$";

    /// <summary>What <c>dataschema</c> names. What would break a reader gets the next number.</summary>
    public static string IdOf(string type) => $"urn:nrs:event:{type}:{Version}";

    public static JsonObject SchemaOf(PublishedEvent published)
    {
        var schema = Whole(
            ("specversion", One("CloudEvents.", "1.0")),
            ("id", Id("Of this event: the same when it is sent again.")),
            ("source", One("The national referral system.", Source)),
            ("type", One("What happened.", published.Type)),
            ("subject", Id("Of what it happened to: read it at its address.")),
            ("time", new JsonObject { ["type"] = "string", ["description"] = "When it happened, UTC.", ["format"] = "date-time", ["pattern"] = OfMoment }),
            ("datacontenttype", One("Of data.", "application/json")),
            ("dataschema", One("This schema.", IdOf(published.Type))),
            ("data", Whole([("subjectKind", Codes("What subject is the id of.", published.Subjects)), .. published.Members.Select(Member)])));
        JsonObject head = new()
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = IdOf(published.Type),
            ["title"] = published.Type,
            ["description"] = published.Says,
        };
        foreach (var (name, value) in schema)
        {
            head[name] = value?.DeepClone();
        }
        head["examples"] = new JsonArray(ExampleOf(published));
        return head;
    }

    /// <summary>The event of a journal row, with those of its facts that may leave the house.</summary>
    /// <returns>Null when no partner hears of such a thing.</returns>
    /// <exception cref="InvalidOperationException">The row lacks what its event has to say.</exception>
    public static JsonObject? Of(JournalLine row)
    {
        if (PublishedEvents.All.FirstOrDefault(one => one.Type == row.Action) is not { } published)
        {
            return null;
        }
        var facts = JournalFacts.Read(row.Facts);
        if (facts.GetValueOrDefault("kind") == ApprovalKind.BlockLift.Code())
        {
            return null;
        }
        return Event(
            published, row.Id, row.SubjectId ?? throw Lacks(row, "a subject"), row.At, row.SubjectKind ?? throw Lacks(row, "a subject"),
            member => (member.Name switch
            {
                "victimId" => row.VictimId?.ToString(),
                "group" => row.Groups,
                _ => facts.GetValueOrDefault(member.Name),
            }) ?? throw Lacks(row, member.Name));
    }

    private static JsonObject ExampleOf(PublishedEvent published) => Event(
        published, new Guid("01968f4e-6d2c-7c41-9b0e-5a3f8d21c7e6"), new Guid("01968f4e-1a90-7d08-8c5d-2f7be0946a13"),
        new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), published.Subjects[0], member => member.Codes?[0] ?? "01968f4d-93b7-7e52-a6f1-c48d07e35b92");

    private static JsonObject Event(PublishedEvent published, Guid id, Guid subject, DateTimeOffset at, string subjectKind, Func<EventMember, string> value) => new()
    {
        ["specversion"] = "1.0",
        ["id"] = id.ToString(),
        ["source"] = Source,
        ["type"] = published.Type,
        ["subject"] = subject.ToString(),
        ["time"] = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        ["datacontenttype"] = "application/json",
        ["dataschema"] = IdOf(published.Type),
        ["data"] = new JsonObject([
            KeyValuePair.Create("subjectKind", (JsonNode?)subjectKind),
            .. published.Members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)value(member))),
        ]),
    };

    private static (string, JsonObject) Member(EventMember member) =>
        (member.Name, member.Codes is { } codes ? Codes(member.Says, codes) : Id(member.Says));

    private static JsonObject Whole(params IReadOnlyList<(string Name, JsonObject Schema)> members) => new()
    {
        ["type"] = "object",
        ["additionalProperties"] = false,
        ["required"] = new JsonArray([.. members.Select(member => JsonValue.Create(member.Name))]),
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member.Name, (JsonNode?)member.Schema))),
    };

    private static JsonObject One(string says, string value) => new() { ["type"] = "string", ["description"] = says, ["const"] = value };

    private static JsonObject Codes(string says, IReadOnlyList<string> codes) =>
        new() { ["type"] = "string", ["description"] = says, ["enum"] = new JsonArray([.. codes.Select(code => JsonValue.Create(code))]) };

    private static JsonObject Id(string says) => new() { ["type"] = "string", ["description"] = says, ["format"] = "uuid", ["pattern"] = OfId };

    private static InvalidOperationException Lacks(JournalLine row, string what) => new($"The journal row of {row.Action} lacks {what}.");
}
