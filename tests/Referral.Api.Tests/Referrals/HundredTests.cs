using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A raid finds a hundred. How long each step takes is written down and not judged: <c>tests/benchmarks/README.md</c>.</summary>
public sealed class HundredTests
{
    [Test]
    public async Task A_hundred_are_registered_sent_and_accepted_in_one_request_each()
    {
        await using var app = await TestApp.StartAsync(("Roles", "api"));
        await GivenReferral.WidenAsync(app);
        // The runtime compiles its paths first.
        await (await GivenGroup.SubmittedAsync(app)).AnswerAsync(World.ShelterDesk, [true, true]).JsonAsync();

        var ids = IntakeTests.NewIds(100);
        await TimedAsync("register", () => app.As(World.Officer).PostAsync("/victims/intake", IntakeTests.Family(ids, kind: "operation")).JsonAsync(201));
        var group = await GivenGroup.FamilyAsync(app, 100);
        await TimedAsync("draft", () => app.As(World.Officer).PostAsync("/referral-groups", group.Draft()).JsonAsync(201));
        var tag = await group.TagAsync(World.Officer);
        await TimedAsync("send", () => group.PostAsync(World.Officer, "submit", "{}", tag).JsonAsync());
        tag = await group.TagAsync(World.ShelterDesk);
        await TimedAsync("accept", () => group.AnswerAsync(World.ShelterDesk, [.. Enumerable.Repeat(true, 100)], tag).JsonAsync());

        Assert.That(GivenGroup.States(await group.ReadAsync(World.ShelterDesk)), Has.Count.EqualTo(100).And.All.EqualTo("accepted"));
    }

    private static async Task TimedAsync(string what, Func<Task> ask)
    {
        var since = Stopwatch.StartNew();
        await ask();
        await TestContext.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"100 {what}: {since.Elapsed.TotalMilliseconds:0} ms"));
    }
}
