using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NationalReferral.Tests;

/// <summary>One file of <c>contracts/examples</c>: who sends what, and what comes back.</summary>
internal sealed record Example(string Name, JsonObject Text)
{
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Folder => Contracts.PathOf("examples");

    /// <summary>In the order in which they are sent; each finds what those before it left.</summary>
    public static IReadOnlyList<string> Story { get; } =
        [.. File.ReadAllLines(Path.Combine(Folder, "story.txt")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Trim())];

    public string Operation => Name.Split('.')[0];

    public string By => (string)Text["by"]!;

    /// <summary>Where that matters; else this moment.</summary>
    public int SignedInMinutesAgo => (int?)Text["signedInMinutesAgo"] ?? 0;

    public JsonObject Send => (JsonObject)Text["send"]!;

    public JsonObject? Answer => (JsonObject?)Text["answer"];

    public static Example Load(string name) => new(name, (JsonObject)JsonNode.Parse(File.ReadAllText(FileOf(name)))!);

    public void Save(JsonObject answer)
    {
        Text["answer"] = answer.DeepClone();
        File.WriteAllText(FileOf(Name), Indented(Text) + "\n");
    }

    /// <summary>As it is committed: characters as people read them.</summary>
    public static string Indented(JsonNode? node) => node?.ToJsonString(Written).ReplaceLineEndings("\n") ?? string.Empty;

    private static string FileOf(string name) => Path.Combine(Folder, $"{name}.json");
}
