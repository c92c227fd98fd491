using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace NationalReferral.Platform;

[TestFixtureSource(typeof(TestDatabase), nameof(TestDatabase.Providers))]
public sealed class DatabaseTests(string provider)
{
    private static readonly AsyncLocal<string?> Ambient = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 10, 11, 12, 345, TimeSpan.Zero).AddTicks(6789));
    private TestDatabase _store = null!;
    private Database _database = null!;

    [SetUp]
    public async Task Open()
    {
        _store = await TestDatabase.CreateAsync(provider);
        _database = await _store.Open(_clock).WithSamplesAsync();
    }

    [TearDown]
    public async Task Close() => await _store.DisposeAsync();

    [Test]
    public async Task Every_type_is_read_back_as_it_was_written()
    {
        var full = Samples.Of("شازیہ") with
        {
            Phone = "0012",
            HappenedAt = new DateTimeOffset(2026, 2, 28, 23, 59, 59, 999, TimeSpan.Zero),
            BornOn = new DateOnly(2012, 2, 29),
            Beds = int.MaxValue,
            State = SampleState.OnlyOne,
            Lat = 31.1177,
        };
        var bare = Samples.Of("b") with { IsMinor = false };

        await _database.AddAsync(bare);
        await _database.AddAsync(full);

        Assert.That(await _database.SamplesAsync(), Is.EquivalentTo([full, bare]));
    }

    [Test]
    public async Task Bytes_are_read_back()
    {
        await _database.AddAsync(Samples.Of("a") with { Photo = [0, 1, 255] });

        Assert.That((await _database.SamplesAsync())[0].Photo, Is.EqualTo(new byte[] { 0, 1, 255 }));
    }

    [Test]
    public async Task Ids_keep_the_order_of_their_time()
    {
        var ids = Enumerable.Range(0, 20).Select(minute => Ids.New(_clock.GetUtcNow().AddMinutes(2 * minute))).ToList();
        foreach (var id in ids.AsEnumerable().Reverse())
        {
            await _database.AddAsync(Samples.Of(id.ToString()) with { Id = id });
        }

        Assert.That((await _database.SamplesAsync()).Select(s => s.Id), Is.EqualTo(ids));
    }

    [Test]
    public async Task Instants_of_any_offset_are_kept_in_utc_and_whole_milliseconds()
    {
        var there = new DateTimeOffset(2026, 1, 1, 4, 59, 59, 500, TimeSpan.FromHours(5)).AddTicks(1234);

        await _database.AddAsync(Samples.Of("a") with { HappenedAt = there });

        var read = (await _database.SamplesAsync())[0].HappenedAt!.Value;
        Assert.That(read, Is.EqualTo(new DateTimeOffset(2025, 12, 31, 23, 59, 59, 500, TimeSpan.Zero)));
        Assert.That(read.Offset, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public async Task The_unit_of_work_binds_who_acts_and_when()
    {
        var caller = new Caller { PrincipalId = Guid.NewGuid(), WorkerId = Guid.NewGuid(), UnitId = Guid.NewGuid(), Supervises = true };
        await _database.AddAsync(Samples.Of("a") with { Id = caller.UnitId, HappenedAt = _clock.GetUtcNow() });

        var found = await _database.ReadAsync(
            caller,
            work => work.ScalarAsync<int>("SELECT 1 FROM samples WHERE id = @unit AND @supervises = 1 AND id <> @principal AND id <> @worker AND happened_at = @now", null, default),
            default);

        Assert.That(found, Is.EqualTo(1));
    }

    [Test]
    public async Task Now_is_cut_to_milliseconds()
    {
        var now = await _database.ReadAsync(Caller.System, work => Task.FromResult(work.Now), default);

        Assert.That(now, Is.EqualTo(new DateTimeOffset(2026, 11, 24, 10, 11, 12, 345, TimeSpan.Zero)));
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(5)]
    public async Task A_list_matches_its_values(int asked)
    {
        var samples = Enumerable.Range(0, 8).Select(n => Samples.Of($"n{n}")).ToList();
        foreach (var sample in samples)
        {
            await _database.AddAsync(sample);
        }
        var ids = samples.Take(asked).Select(s => s.Id).ToList();

        var found = await _database.ReadAsync(Caller.System, work => work.ListAsync<Guid>("SELECT id FROM samples WHERE id IN (@ids) AND name <> @name", new { ids, name = "" }, default), default);

        Assert.That(found, Is.EquivalentTo(ids));
    }

    [Test]
    public async Task A_page_has_at_most_so_many_rows()
    {
        for (var n = 0; n < 5; n++)
        {
            await _database.AddAsync(Samples.Of($"n{n}"));
        }

        Assert.That(await _database.PageAsync(3), Has.Count.EqualTo(3));
        Assert.That(await _database.PageAsync(50), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task What_is_not_kept_leaves_no_trace_and_is_still_answered()
    {
        var answer = await _database.ChangeAsync(Caller.System, work => work.AddAsync(Samples.Of("a")), rows => rows != 1, default);

        Assert.That(answer, Is.EqualTo(1));
        Assert.That(await _database.SamplesAsync(), Is.Empty);
    }

    [Test]
    public async Task An_exception_undoes_the_change()
    {
        Assert.That(
            async () => await _database.ChangeAsync<int>(Caller.System, async work =>
            {
                await work.AddAsync(Samples.Of("a"));
                throw new FormatException();
            }, _ => true, default),
            Throws.TypeOf<FormatException>());

        Assert.That(await _database.SamplesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_cancelled_change_is_not_made()
    {
        using var cancel = new CancellationTokenSource();

        Assert.That(
            async () => await _database.ChangeAsync(Caller.System, async work =>
            {
                await work.AddAsync(Samples.Of("a"));
                await cancel.CancelAsync();
                return await work.ExecuteAsync("DELETE FROM samples", null, cancel.Token);
            }, _ => true, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(
            async () => await _database.ChangeAsync(Caller.System, work => work.AddAsync(Samples.Of("a")), _ => true, cancel.Token),
            Throws.InstanceOf<OperationCanceledException>());

        Assert.That(await _database.SamplesAsync(), Is.Empty);
    }

    [Test]
    public async Task A_violated_constraint_is_named_and_its_values_are_not()
    {
        var taken = Samples.Of("Asma") with { Phone = "03001234567", Beds = 1, State = SampleState.OnlyOne };
        await _database.AddAsync(taken);
        var other = Samples.Of("Other") with { Phone = "0301" };
        var cases = new (string Constraint, Sample Sample)[]
        {
            ("pk_samples", other with { Id = taken.Id }),
            ("uq_samples_phone", other with { Phone = taken.Phone }),
            ("uq_samples_name", other with { Name = taken.Name, Beds = 1 }),
            ("uq_samples_state", other with { State = SampleState.OnlyOne }),
            ("ck_samples_beds", other with { Beds = -1 }),
        };

        using (Assert.EnterMultipleScope())
        {
            foreach (var (constraint, sample) in cases)
            {
                var violation = Assert.ThrowsAsync<ConstraintViolation>(() => _database.AddAsync(sample));
                Assert.That(violation?.Is(constraint), Is.True, $"{violation?.ConstraintName} instead of {constraint}");
                Assert.That(violation?.ToString(), Does.Not.Contain("Asma").And.Not.Contain("0300").And.Not.Contain("Other"));
                Assert.That(violation?.InnerException, Is.Null);
            }
            Assert.That(
                async () => await _database.ChangeAsync(Caller.System, work => work.ExecuteAsync("INSERT INTO sample_notes (id, sample_id) VALUES (@id, @id)", new { id = Guid.NewGuid() }, default), _ => true, default),
                Throws.TypeOf<ConstraintViolation>());
        }
    }

    [Test]
    public async Task A_change_may_go_on_after_a_violation()
    {
        await _database.AddAsync(Samples.Of("a") with { Phone = "1" });

        await _database.ChangeAsync(Caller.System, async work =>
        {
            try
            {
                return await work.AddAsync(Samples.Of("b") with { Phone = "1" });
            }
            catch (ConstraintViolation violation) when (violation.Is("uq_samples_phone"))
            {
                return await work.AddAsync(Samples.Of("b") with { Phone = "2" });
            }
        }, _ => true, default);

        Assert.That((await _database.SamplesAsync()).Select(s => s.Phone), Is.EquivalentTo(["1", "2"]));
    }

    [Test]
    public void A_unit_of_work_opens_no_other()
    {
        Task<int> Change(Func<Work, Task<int>> body) => _database.ChangeAsync(Caller.System, body, _ => true, default);
        Task<int> Read(Func<Work, Task<int>> body) => _database.ReadAsync(Caller.System, body, default);
        Task<int> Nothing(Work work) => Task.FromResult(0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => Change(_ => Change(Nothing)), Throws.InvalidOperationException);
            Assert.That(() => Change(_ => Read(Nothing)), Throws.InvalidOperationException);
            Assert.That(() => Read(_ => Change(Nothing)), Throws.InvalidOperationException);
            Assert.That(() => Read(_ => Read(Nothing)), Throws.InvalidOperationException);
        }
    }

    [Test]
    public async Task Units_of_work_may_follow_one_another()
    {
        await _database.AddAsync(Samples.Of("a"));
        await _database.SamplesAsync();
        await _database.AddAsync(Samples.Of("b"));

        Assert.That(await _database.SamplesAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Work_that_was_kept_is_dead()
    {
        var kept = await _database.ChangeAsync(Caller.System, Task.FromResult, _ => true, default);
        var read = await _database.ReadAsync(Caller.System, Task.FromResult, default);

        Assert.That(() => kept.AddAsync(Samples.Of("a")), Throws.InvalidOperationException);
        Assert.That(() => read.SamplesAsync(), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_read_sees_one_moment()
    {
        var counted = new TaskCompletionSource();
        var changed = new TaskCompletionSource();
        var reading = _database.ReadAsync(Caller.System, async work =>
        {
            var before = (await work.SamplesAsync()).Count;
            counted.SetResult();
            await changed.Task;
            return (Before: before, After: (await work.SamplesAsync()).Count);
        }, default);

        await counted.Task;
        await _database.AddAsync(Samples.Of("a"));
        changed.SetResult();

        Assert.That(await reading, Is.EqualTo((0, 0)));
        Assert.That(await _database.SamplesAsync(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_read_stores_nothing()
    {
        try
        {
            await _database.ReadAsync(Caller.System, work => work.AddAsync(Samples.Of("a")), default);
        }
        catch (DatabaseFaultException)
        {
            // SQLite refuses; SQL Server forgets.
        }

        Assert.That(await _database.SamplesAsync(), Is.Empty);
    }

    [Test]
    public async Task The_body_runs_in_the_context_of_its_request()
    {
        Ambient.Value = "trace";

        Assert.That(await _database.ChangeAsync(Caller.System, _ => Task.FromResult(Ambient.Value), _ => true, default), Is.EqualTo("trace"));
    }

    [Test]
    public void A_text_gets_all_its_values_or_does_not_run()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _database.ValueAsync<int>("SELECT 1 WHERE 1 = @missing", new { other = 1 }), Throws.InvalidOperationException.With.Message.Contains("@missing"));
            Assert.That(() => _database.ValueAsync<int>("SELECT 1 WHERE @worker = @worker", new { worker = Guid.NewGuid() }), Throws.InvalidOperationException.With.Message.Contains("@worker"));
        }
    }

    [Test]
    public async Task A_required_member_needs_its_column()
    {
        await _database.AddAsync(Samples.Of("a"));

        Assert.That(
            () => _database.ReadAsync(Caller.System, work => work.ListAsync<Sample>("SELECT id, name, is_minor FROM samples", null, default), default),
            Throws.InvalidOperationException.With.Message.Contains("State"));
    }

    [Test]
    public async Task A_value_that_does_not_fit_is_not_quoted()
    {
        await _database.AddAsync(Samples.Of("Asma"));

        var fault = Assert.ThrowsAsync<InvalidOperationException>(
            () => _database.ReadAsync(Caller.System, work => work.ListAsync<Sample>("SELECT id, name, name AS state, is_minor FROM samples", null, default), default));

        Assert.That(fault!.ToString(), Does.Not.Contain("Asma"));
    }

    [Test]
    public void A_wrong_text_is_a_fault_with_its_number() =>
        Assert.That(() => _database.ValueAsync<int>("SELECT nothing FROM samples"), Throws.TypeOf<DatabaseFaultException>());
}
