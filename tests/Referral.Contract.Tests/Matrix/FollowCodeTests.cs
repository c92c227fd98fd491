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
        var file = Path.Combine(_app.Folder, "data", "referral.db");
        await AskAsync(operation, _held);
        Statements.Take(file);

        var held = await AskAsync(operation, _held);
        var heldRan = Statements.Take(file);
        var none = await AskAsync(operation, FollowCode.Make(1).Text);
        var noneRan = Statements.Take(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.Status, Is.EqualTo(200), held.Whole);
            Assert.That(none.Whole, Is.EqualTo(held.Whole));
            Assert.That(noneRan, Is.EqualTo(heldRan).And.Not.Empty);
        }
    }

    /// <summary>The medians of interleaved tries, and tried again before it fails, for machines that do other things as well.</summary>
    [TestCaseSource(nameof(Open))]
    public async Task It_takes_no_longer_to_answer_a_code_that_somebody_holds(PublishedOperation operation)
    {
        var ratio = 0.0;
        for (var round = 0; round < 5; round++)
        {
            var (held, none) = (new List<TimeSpan>(), new List<TimeSpan>());
            for (var i = 0; i < 11; i++)
            {
                held.Add((await AskAsync(operation, _held)).Took);
                none.Add((await AskAsync(operation, FollowCode.Make((ulong)i + 1).Text)).Took);
            }
            ratio = held.Order().ElementAt(5) / none.Order().ElementAt(5);
            if (ratio is > 0.5 and < 2)
            {
                return;
            }
        }
        Assert.Fail($"A code that somebody holds takes {ratio:0.00} times as long.");
    }

    private Task<Answered> AskAsync(PublishedOperation operation, string code)
    {
        var body = ValidBodies.Of(operation)!;
        body["followCode"] = code;
        return Answered.ToAsync(_app.As(null), operation, operation.WithRandomIds(), body.ToJsonString());
    }
}
