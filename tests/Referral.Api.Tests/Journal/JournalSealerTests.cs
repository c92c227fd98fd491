using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral;

public sealed class JournalSealerTests
{
    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Committed_rows_get_positions_in_batches_and_the_witness_every_head()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenRowsAsync(SealStore.BatchSize + 5);

        var sealedRows = await home.Sealer.SealAsync(None);

        var seals = await home.SealsAsync();
        var verdict = await home.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sealedRows, Is.EqualTo(SealStore.BatchSize + 5));
            Assert.That(seals.Select(seal => (seal.FromPosition, seal.ToPosition)), Is.EqualTo(new[] { (1L, 200L), (201L, 205L) }));
            Assert.That(home.Witness.Lines(1, home.Witness.Length).Zip(seals, (line, seal) => line.Confirms(seal)), Has.Exactly(2).True);
            Assert.That(verdict, Is.EqualTo(new JournalVerdict(null, null, 205, 2, 0, TimeSpan.Zero, 2)));
            Assert.That(verdict.ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task Instances_that_seal_at_once_give_every_row_one_position()
    {
        await using var home = await JournalHome.OpenAsync();
        JournalSealer[] sealers = [home.Sealer, home.Instance(), home.Instance()];
        var writing = home.GivenRowsAsync(300);

        var busy = sealers.Select(sealer => Task.Run(async () =>
        {
            while (!writing.IsCompleted)
            {
                // Their leases run out at once: what holds is that a seal has one number.
                home.Clock.Advance(TimeSpan.FromSeconds(7));
                await SealUnlessTakenAsync(sealer);
            }
        }));
        await Task.WhenAll([writing, .. busy]);
        home.Clock.Advance(TimeSpan.FromSeconds(7));
        await home.Sealer.SealAsync(None);

        var verdict = await home.VerifyAsync();
        Assert.That((verdict.BadPosition, verdict.Rows, verdict.Waiting), Is.EqualTo(((long?)null, 300L, 0L)), verdict.ToString());
    }

    /// <summary>Two first holders may meet at the lease's primary key; the product tries again half a second later.</summary>
    private static async Task SealUnlessTakenAsync(JournalSealer sealer)
    {
        try
        {
            await sealer.SealAsync(None);
        }
        catch (ConstraintViolation taken) when (taken.Is("pk_job_leases") || taken.Is("pk_seals"))
        {
        }
    }

    [Test]
    public async Task Another_instance_seals_only_after_the_holder_s_lease_is_over()
    {
        await using var home = await JournalHome.OpenAsync();
        var other = home.Instance();
        await home.GivenSealedRowsAsync(1);
        await home.GivenRowsAsync(3);

        var early = await other.SealAsync(None);
        home.Clock.Advance(TimeSpan.FromSeconds(6));
        var late = await other.SealAsync(None);

        Assert.That((early, late), Is.EqualTo((0, 3)));
    }

    [Test]
    public async Task A_lease_that_is_let_go_is_free_at_once_and_is_prolonged_while_needed()
    {
        await using var home = await JournalHome.OpenAsync();
        var (mine, other) = (new Leases(home.Database, home.Clock), new Leases(home.Database, home.Clock));
        var length = TimeSpan.FromSeconds(10);

        Assert.That(await mine.HoldAsync("job", length, None));
        Assert.That(await other.HoldAsync("another job", length, None));
        home.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.That(await mine.HoldAsync("job", length, None));
        home.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.That(await other.HoldAsync("job", length, None), Is.False, "prolonged");
        await mine.ReleaseAsync("job", None);
        Assert.That(await other.HoldAsync("job", length, None));
        Assert.That(await mine.HoldAsync("job", length, None), Is.False);
    }

    [Test]
    public async Task The_job_seals_by_itself_within_its_pause()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenRowsAsync(3);
        using var timeUp = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        await home.Sealer.StartAsync(None);
        while (home.Witness.Length == 0)
        {
            home.Clock.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(5, timeUp.Token);
        }
        await home.Sealer.StopAsync(None);

        Assert.That((await home.VerifyAsync()).Rows, Is.EqualTo(3));
        Assert.That(await new Leases(home.Database, home.Clock).HoldAsync("journal.seal", TimeSpan.FromSeconds(6), None), "let go on a graceful stop");
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(40)]
    public async Task What_a_crash_kept_from_the_witness_it_gets_later(int lost)
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(2, 3, 4);
        var text = await File.ReadAllTextAsync(home.Witness.File);
        var second = text.IndexOf('\n') + 1;
        await File.WriteAllTextAsync(home.Witness.File, text[..(second + lost)]);

        await home.Sealer.SealAsync(None);

        var seals = await home.SealsAsync();
        var lines = home.Witness.Lines(1, home.Witness.Length).ToList();
        Assert.That(string.Join(" ", lines.Select(line => line.N)), Is.EqualTo("1 2 3"));
        Assert.That(lines.Zip(seals, (line, seal) => line.Confirms(seal)), Has.All.True);
        Assert.That((await home.VerifyAsync()).IsWhole);
    }

    [Test]
    public async Task The_witness_s_last_line_is_found_behind_any_amount_of_other_lines()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(2, 3);
        await File.AppendAllTextAsync(home.Witness.File, string.Concat(Enumerable.Repeat("note of another kind\n", 1000)));

        Assert.That(home.Witness.Last(), Is.EqualTo(home.Witness.Lines(1, home.Witness.Length).Last()));
        Assert.That(home.Witness.Last()!.N, Is.EqualTo(2));
    }

    [Test]
    public async Task Nothing_is_sealed_over_a_database_that_the_witness_does_not_know()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(3);
        var older = await home.BackUpAsync();
        await home.GivenSealedRowsAsync(3);
        home.Restore(older);
        await home.GivenRowsAsync(1);
        home.Clock.Advance(TimeSpan.FromSeconds(6));

        var fault = Assert.ThrowsAsync<WitnessAheadException>(() => home.Sealer.SealAsync(None));
        Assert.That(fault.Message, Does.Contain(home.Witness.File).And.Contain("seal 2"));

        home.Witness.SetAside(home.Clock.GetUtcNow());
        Assert.That(await home.Sealer.SealAsync(None), Is.EqualTo(1), "once the operator has put the witness away");
        Assert.That((await home.VerifyAsync()).Witnessed, Is.EqualTo(2));
    }
}
