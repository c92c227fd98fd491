using System.Collections.Concurrent;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class SqliteWriterTests
{
    private TestDatabase _store = null!;

    [SetUp]
    public async Task Open() => _store = await TestDatabase.CreateAsync("sqlite");

    [TearDown]
    public async Task Close() => await _store.DisposeAsync();

    [TestCase(1)]
    [TestCase(2)]
    public async Task Whatever_goes_wrong_beside_it_an_acknowledged_change_is_there(int instances)
    {
        var databases = Enumerable.Range(0, instances).Select(_ => _store.Open(strict: false)).ToList();
        await databases[0].WithSamplesAsync();
        await databases[0].AddAsync(Samples.Of("taken") with { Phone = "taken", Beds = 0 });
        var acknowledged = new ConcurrentBag<Guid>();

        await Task.WhenAll(Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 100; n++)
            {
                if (await TryAsync(databases[writer % instances], (writer + n) % 7) is { } id)
                {
                    acknowledged.Add(id);
                }
            }
        })));

        var stored = (await databases[^1].SamplesAsync()).Where(s => s.Name != "taken").Select(s => s.Id).ToList();
        Assert.That(stored, Is.EquivalentTo(acknowledged));
        Assert.That(stored, Has.Count.GreaterThan(1000));
        Assert.That(await databases[0].ValueAsync<int>("SELECT beds FROM samples WHERE name = 'taken'"), Is.EqualTo(stored.Count));
    }

    /// <returns>The id of the row that was acknowledged; null when the change was meant to fail and did.</returns>
    private static async Task<Guid?> TryAsync(Database database, int kind)
    {
        using var cancel = new CancellationTokenSource();
        var sample = Samples.Of(Guid.NewGuid().ToString("N"));
        var change = database.ChangeAsync(Caller.System, async work =>
        {
            await work.AddAsync(sample);
            await work.ExecuteAsync("UPDATE samples SET beds = beds + 1 WHERE name = @name", new { name = "taken" }, default);
            switch (kind)
            {
                case 0:
                    throw new FormatException();
                case 1:
                    await work.AddAsync(Samples.Of("again") with { Phone = "taken" });
                    break;
                case 2:
                    await cancel.CancelAsync();
                    await work.ExecuteAsync("DELETE FROM samples", null, cancel.Token);
                    break;
                case 3:
                    await Task.Yield();
                    break;
            }
            return kind;
        }, result => result != 4, cancel.Token);
        try
        {
            return await change == 4 ? null : sample.Id;
        }
        catch (Exception e) when (e is FormatException or ConstraintViolation or OperationCanceledException)
        {
            return null;
        }
    }

    [Test]
    public async Task Changes_that_were_accepted_are_made_before_closing()
    {
        var database = await _store.Open().WithSamplesAsync();

        var changes = Enumerable.Range(0, 500).Select(n => database.AddAsync(Samples.Of($"n{n}"))).ToList();
        await database.DisposeAsync();

        Assert.That(await Task.WhenAll(changes), Has.All.EqualTo(1));
        Assert.That(() => database.AddAsync(Samples.Of("late")), Throws.TypeOf<DatabaseUnavailableException>());
        Assert.That(await _store.Open().SamplesAsync(), Has.Count.EqualTo(500));
    }

    [Test]
    public async Task A_failed_commit_is_told_to_all_and_the_writer_lives_on()
    {
        var database = await _store.Open(strict: false).WithSamplesAsync();
        await ExecuteAsync(database, "CREATE TABLE late (id binary(16) NOT NULL REFERENCES samples (id) DEFERRABLE INITIALLY DEFERRED)");
        var gate = new TaskCompletionSource();

        // Holds the batch open until the others wait, so that all of them share the commit that fails.
        var first = database.ChangeAsync(Caller.System, async work =>
        {
            await gate.Task;
            return await work.AddAsync(Samples.Of("first"));
        }, _ => true, default);
        var wrong = ExecuteAsync(database, "INSERT INTO late (id) VALUES (@id)", new { id = Guid.NewGuid() });
        var refused = database.ChangeAsync(Caller.System, work => work.AddAsync(Samples.Of("refused")), _ => false, default);
        gate.SetResult();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => first, Throws.TypeOf<DatabaseUnavailableException>());
            Assert.That(() => wrong, Throws.TypeOf<DatabaseUnavailableException>());
            Assert.That(() => refused, Throws.TypeOf<DatabaseUnavailableException>());
        }
        await database.AddAsync(Samples.Of("next"));
        Assert.That((await database.SamplesAsync()).Single().Name, Is.EqualTo("next"));
    }

    [Test]
    public async Task A_saturated_writer_says_so()
    {
        var database = await _store.Open(strict: false).WithSamplesAsync();
        var gate = new TaskCompletionSource();
        var first = database.ChangeAsync(Caller.System, async _ =>
        {
            await gate.Task;
            return 0;
        }, _ => true, default);

        var waiting = Enumerable.Range(0, 5000).Select(_ => database.ChangeAsync(Caller.System, _ => Task.FromResult(1), _ => true, default)).ToList();
        gate.SetResult();
        await first;
        var answers = waiting.Select(w => w.ContinueWith(t => t.Exception?.InnerException, TaskScheduler.Default)).ToList();

        Assert.That((await Task.WhenAll(answers)).OfType<DatabaseUnavailableException>(), Is.Not.Empty);
        await database.AddAsync(Samples.Of("next"));
    }

    [Test]
    public async Task In_tests_a_change_that_waits_for_something_else_fails()
    {
        var database = await _store.Open(strict: true).WithSamplesAsync();

        Assert.That(
            () => database.ChangeAsync(Caller.System, async work =>
            {
                await work.AddAsync(Samples.Of("a"));
                await Task.Delay(1);
                return 0;
            }, _ => true, default),
            Throws.InvalidOperationException);
        Assert.That(await database.SamplesAsync(), Is.Empty);
    }

    private static Task<int> ExecuteAsync(Database database, string sql, object? parameters = null) =>
        database.ChangeAsync(Caller.System, work => work.ExecuteAsync(sql, parameters, default), _ => true, default);
}
