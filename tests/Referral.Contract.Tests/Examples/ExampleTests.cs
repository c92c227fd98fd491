using System.Text.Json.Nodes;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// The examples of the contract are one story, sent line by line to a fresh installation whose clock only the teller moves.
/// So an example is true, or its test is red.
/// </summary>
public sealed class ExampleTests
{
    private const int Rows = 100_000;

    private readonly Dictionary<string, (JsonObject? Committed, JsonObject Now)> _told = [];
    private IReadOnlyList<JournalLine> _journal = [];

    private static IEnumerable<string> Files => Directory.GetFiles(Example.Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file));

    [OneTimeSetUp]
    public async Task TellAsync()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api,identity"));
        var teller = new Teller(app);
        foreach (var name in Example.Story)
        {
            var example = Example.Load(name);
            var answer = await teller.TellAsync(example);
            if (Contracts.Rewrites)
            {
                example.Save(answer);
            }
            _told[name] = (example.Answer, answer);
        }
        _journal = await app.Database.ReadAsync(
            Caller.System, work => JournalStore.AuditAsync(work, new AuditQuestion(), JournalPlace.Newest, Rows, CancellationToken.None), CancellationToken.None);
    }

    [TestCaseSource(typeof(Example), nameof(Example.Story))]
    public void The_product_answers_as_the_example_says(string name)
    {
        var (committed, now) = _told[name];
        var operation = PublishedOperations.All.Single(o => o.Name == name.Split('.')[0]);

        Assert.That(Example.Indented(now), Is.EqualTo(Example.Indented(committed)), "Run the tests with UPDATE_CONTRACTS=1 and read the change.");
        Assert.That(operation.Statuses, Does.Contain(now["status"]!.ToString()), "The contract does not know this answer.");
    }

    [Test]
    public void Every_operation_has_an_example_that_succeeds() =>
        Assert.That(
            PublishedOperations.All.Select(o => o.Name).Except(_told.Where(t => (int)t.Value.Now["status"]! < 300).Select(t => t.Key.Split('.')[0])), Is.Empty);

    /// <summary>Nothing is published yet; what would be is already as the schemas say.</summary>
    [Test]
    public void All_that_the_journal_tells_can_be_published_as_its_schema_says()
    {
        var events = _journal.Select(EventSchemas.Of).OfType<JsonObject>().ToArray();
        TestContext.Out.WriteLine($"{events.Length} events of {_journal.Count} rows, {events.Select(one => (string)one["type"]!).Distinct().Count()} of {PublishedEvents.All.Count} types.");

        Assert.That(events.SelectMany(told => EventTests.Wrong(told).Select(wrong => $"{told["type"]} {wrong}")).Distinct(), Is.Empty);
    }

    [Test]
    public void The_story_tells_every_example_once()
    {
        Assert.That(Example.Story, Is.EquivalentTo(Files));
    }
}
