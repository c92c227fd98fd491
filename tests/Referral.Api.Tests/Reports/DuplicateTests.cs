using System.Text.Json;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Two callers tell of the same.</summary>
public sealed class DuplicateTests
{
    private TestApp _app = null!;

    private HttpClient Operator => _app.As(World.IntakeOperator);

    [OneTimeSetUp]
    public async Task StartAsync() => _app = await TestApp.StartAsync(("Roles", "api"));

    [OneTimeTearDown]
    public async Task StopAsync() => await _app.DisposeAsync();

    [Test]
    public async Task A_duplicate_names_the_first_that_told_it_and_that_one_shows_those_that_tell_it_again()
    {
        var (first, second, third) = (await TakeAsync(), await TakeAsync(), await TakeAsync());
        var sorted = await SortAsync(second, Duplicate(first)).JsonAsync();
        var later = await SortAsync(third, Duplicate(second)).JsonAsync();

        var shown = await Operator.ReadAsync($"/reports/{first}").JsonAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sorted.GetProperty("relatedId").GetGuid(), Is.EqualTo(first));
            Assert.That(later.GetProperty("relatedId").GetGuid(), Is.EqualTo(first), "A duplicate of a duplicate is one of the first.");
            Assert.That(shown.GetProperty("duplicates").EnumerateArray().Select(one => one.GetGuid()), Is.EquivalentTo(new[] { second, third }));
            Assert.That(shown.GetProperty("relatedId").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(later.GetProperty("duplicates").GetArrayLength(), Is.Zero);
        }
    }

    [Test]
    public async Task Which_one_it_was_can_be_said_again_and_taken_back()
    {
        var (first, other, second) = (await TakeAsync(), await TakeAsync(), await TakeAsync());
        await SortAsync(second, Duplicate(first)).JsonAsync();

        var moved = await SortAsync(second, Duplicate(other)).JsonAsync();
        var back = await SortAsync(second, """{"outcome":"passed_on","urgency":null,"district":null,"story":null}""").JsonAsync();

        Assert.That(moved.GetProperty("relatedId").GetGuid(), Is.EqualTo(other));
        Assert.That(back.GetProperty("relatedId").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Only_a_duplicate_names_another_and_only_one_that_is_seen()
    {
        var report = await TakeAsync();
        var foreign = (await _app.As(World.StrangerSupervisor).PostAsync("/reports", """{"channel":"helpline"}""").JsonAsync(201)).GetProperty("id").GetGuid();
        var other = await TakeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await FaultAsync(report, Duplicate(other).Replace("duplicate", "passed_on", StringComparison.Ordinal)), Is.EqualTo("/relatedId not_taken"));
            Assert.That(await FaultAsync(report, Duplicate(foreign)), Is.EqualTo("/relatedId unknown_reference"));
            Assert.That(await FaultAsync(report, Duplicate(Guid.NewGuid())), Is.EqualTo("/relatedId unknown_reference"));
            Assert.That(await FaultAsync(report, Duplicate(report)), Is.EqualTo("/relatedId unknown_reference"));
        }
    }

    [Test]
    public async Task Two_do_not_tell_each_other_again()
    {
        var (first, second) = (await TakeAsync(), await TakeAsync());
        await SortAsync(second, Duplicate(first)).JsonAsync();

        Assert.That(await FaultAsync(first, Duplicate(second)), Is.EqualTo("/relatedId unknown_reference"));
    }

    [Test]
    public async Task Of_three_none_tells_another_again_in_a_ring()
    {
        var (first, second, third) = (await TakeAsync(), await TakeAsync(), await TakeAsync());
        await SortAsync(first, Duplicate(second)).JsonAsync();

        var onwards = await FaultAsync(second, Duplicate(third));
        var back = await SortAsync(third, Duplicate(first)).JsonAsync();

        Assert.That(onwards, Is.EqualTo("/relatedId unknown_reference"), "Another names it as the first.");
        Assert.That(back.GetProperty("relatedId").GetGuid(), Is.EqualTo(second));
    }

    [Test]
    public async Task The_first_is_found_however_far_back_it_is_and_is_never_the_report_itself()
    {
        var (first, second, third, fourth) = (await TakeAsync(), await TakeAsync(), await TakeAsync(), await TakeAsync());
        await RelateAsync(second, first);
        await RelateAsync(third, second);

        var sorted = await SortAsync(fourth, Duplicate(third)).JsonAsync();
        await RelateAsync(first, third);
        var ring = await FaultAsync(await TakeAsync(), Duplicate(first));

        Assert.That(sorted.GetProperty("relatedId").GetGuid(), Is.EqualTo(first));
        Assert.That(ring, Is.EqualTo("/relatedId unknown_reference"));
    }

    private Task<int> RelateAsync(Guid id, Guid relatedId) => _app.Database.ChangeAsync(
        Caller.System, work => work.ExecuteAsync("UPDATE reports SET related_id = @relatedId WHERE id = @id", new { id, relatedId }, CancellationToken.None), _ => true, CancellationToken.None);

    private static string Duplicate(Guid of) => $$"""{"outcome":"duplicate","urgency":null,"district":null,"story":null,"relatedId":"{{of}}"}""";

    private async Task<Guid> TakeAsync() => (await Operator.PostAsync("/reports", """{"channel":"helpline"}""").JsonAsync(201)).GetProperty("id").GetGuid();

    private async Task<HttpResponseMessage> SortAsync(Guid id, string body)
    {
        using var read = await Operator.ReadAsync($"/reports/{id}");
        return await Operator.PutAsync($"/reports/{id}", body, read.TagOf());
    }

    private async Task<string> FaultAsync(Guid id, string body)
    {
        var problem = await SortAsync(id, body).JsonAsync(422);
        var error = problem.GetProperty("errors")[0];
        return $"{error.GetProperty("pointer").GetString()} {error.GetProperty("code").GetString()}";
    }
}
