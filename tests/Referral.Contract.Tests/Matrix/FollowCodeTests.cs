using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Trying follow-codes teaches nothing: what nobody holds gets the same answer, from the same statements, in the same time.</summary>
public sealed class FollowCodeTests
{
    private TestApp _app = null!;
    private string _held = string.Empty;

    public static IEnumerable<PublishedOperation> Open => PublishedOperations.All.Where(operation => operation.Path.Contains("/public/codes/", StringComparison.Ordinal));

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        Statements.Listen();
        _app = await TestApp.StartAsync(("Roles", "api"));
        var receipt = await _app.As(World.IntakeOperator).PostAsync("/reports", """{"channel":"helpline","story":"Two girls."}""").JsonAsync(201);
        _held = receipt.GetProperty("followCode").GetString()!;
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [TestCaseSource(nameof(Open))]
    public async Task A_code_that_nobody_holds_is_answered_like_one_that_somebody_does(PublishedOperation operation)
    {
        var (held, heldRan, heldTook) = await AskAsync(operation, _ => _held);
        var (none, noneRan, noneTook) = await AskAsync(operation, i => FollowCode.Make((ulong)i + 1).Text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Status, Is.EqualTo(200), held.Whole);
            Assert.That(none.Whole, Is.EqualTo(held.Whole));
            Assert.That(noneRan, Is.EqualTo(heldRan).And.Not.Empty);
            Assert.That(noneTook / heldTook, Is.InRange(0.4, 2.5));
        }
    }

    /// <summary>The last answer, what it ran, and the median time of many.</summary>
    private async Task<(Answered Answer, IReadOnlyList<string> Ran, TimeSpan Took)> AskAsync(PublishedOperation operation, Func<int, string> code)
    {
        var client = _app.As(null);
        var file = Path.Combine(_app.Folder, "data", "referral.db");
        var times = new List<TimeSpan>();
        Answered? last = null;
        for (var i = 0; i < 21; i++)
        {
            var body = ValidBodies.Of(operation)!;
            body["followCode"] = code(i);
            Statements.Take(file);
            last = await Answered.ToAsync(client, operation, operation.WithRandomIds(), body.ToJsonString());
            times.Add(last.Took);
        }
        times.Sort();
        return (last!, Statements.Take(file), times[times.Count / 2]);
    }
}
