using Microsoft.Extensions.DependencyInjection;
using NationalReferral.Platform;
using NUnit.Framework;

namespace NationalReferral;

/// <summary>Each kind of tampering is found, at its first position.</summary>
public sealed class JournalVerifierTests
{
    private static readonly byte[] Id = new byte[16];

    private static CancellationToken None => CancellationToken.None;

    [Test]
    public async Task Rows_that_wait_are_no_fault_and_their_age_is_told()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(3);
        await home.GivenRowsAsync(2);
        home.Clock.Advance(TimeSpan.FromMilliseconds(1286));

        var verdict = await home.VerifyAsync();

        Assert.That(verdict, Is.EqualTo(new JournalVerdict(null, null, 3, 1, 2, TimeSpan.FromMilliseconds(1300), 1)));
    }

    [TestCase("id", "@id")]
    [TestCase("at", "'2026-11-24 10:00:00.001'")]
    [TestCase("access_version", "access_version + 1")]
    [TestCase("worker_id", "@id")]
    [TestCase("client_id", "@id")]
    [TestCase("agency_id", "@id")]
    [TestCase("role", "'Caseworker,supervisor'")]
    [TestCase("action", "'record.reae'")]
    [TestCase("outcome", "'dome'")]
    [TestCase("subject_kind", "'recoré'")]
    [TestCase("subject_id", "@id")]
    [TestCase("victim_id", "NULL")]
    [TestCase("groups", "'identity,healtj'")]
    [TestCase("facts", """'{"count":"2"}'""")]
    [TestCase("change", "@id")]
    [TestCase("key_id", "@id")]
    [TestCase("row_hash", "zeroblob(32)")]
    [TestCase("row_hash", "NULL")]
    public async Task One_character_changed_in_any_column_shows(string column, string value)
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);

        await home.AttackAsync($"UPDATE journal SET {column} = {value} WHERE position = 6 AND @id = @id", ("@id", Id));

        await AssertBrokenAsync(home, 6, JournalFault.RowChanged);
    }

    [Test]
    public async Task Every_column_of_the_schema_is_tried_above()
    {
        await using var home = await JournalHome.OpenAsync();
        var columns = await home.ReadAsync(work => work.ListAsync<string>("SELECT name FROM pragma_table_info('journal')", null, None));
        var tried = GetType().GetMethod(nameof(One_character_changed_in_any_column_shows))!
            .GetCustomAttributes(typeof(TestCaseAttribute), false).Select(tried => (string)((TestCaseAttribute)tried).Arguments[0]!);

        Assert.That(tried.Append("position").Distinct(), Is.EquivalentTo(columns));
    }

    [Test]
    public async Task A_middle_row_deleted_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);

        await home.AttackAsync("DELETE FROM journal WHERE position = 5");

        await AssertBrokenAsync(home, 5, JournalFault.RowMissing);
    }

    [Test]
    public async Task A_row_set_back_to_unsealed_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);

        await home.AttackAsync("UPDATE journal SET position = NULL, row_hash = NULL WHERE position = 3");

        await AssertBrokenAsync(home, 3, JournalFault.RowMissing);
    }

    [Test]
    public async Task A_tail_cut_off_shows_whether_or_not_its_seals_went_too()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4, 4);

        await home.AttackAsync("DELETE FROM journal WHERE position > 8");
        await AssertBrokenAsync(home, 9, JournalFault.RowMissing);

        await home.AttackAsync("DELETE FROM seals WHERE n > 2");
        await AssertBrokenAsync(home, 9, JournalFault.DatabaseOlder);
    }

    [Test]
    public async Task An_emptied_journal_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4);

        await home.AttackAsync("DELETE FROM journal; DELETE FROM seals");

        await AssertBrokenAsync(home, 1, JournalFault.DatabaseOlder);
    }

    [TestCase("")]
    [TestCase(", row_hash = (SELECT o.row_hash FROM journal o WHERE abs(o.position) = 10 - abs(journal.position))")]
    public async Task Two_rows_swapped_show(string also)
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);

        await home.AttackAsync($"""
            UPDATE journal SET position = -position WHERE position IN (3, 7);
            UPDATE journal SET position = 10 + position {also} WHERE position < 0
            """);

        await AssertBrokenAsync(home, 3, JournalFault.RowChanged);
    }

    [Test]
    public async Task A_chain_hashed_again_without_the_keys_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);
        await home.AttackAsync("UPDATE journal SET outcome = 'none' WHERE position = 2");

        await ForgeAsync(home, home.OtherKeys(), first: 1);

        await AssertBrokenAsync(home, 1, JournalFault.RowChanged);
    }

    [Test]
    public async Task A_chain_hashed_again_with_the_stolen_key_of_the_rows_alone_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);
        await home.AttackAsync("UPDATE journal SET outcome = 'none' WHERE position = 6");

        await ForgeAsync(home, new(home.Ring("mac", KeySource.Symmetric), home.Ring("other-signing", KeySource.Signing)), first: 2);

        await AssertBrokenAsync(home, 5, JournalFault.SealForged);
    }

    [Test]
    public async Task A_chain_made_again_with_every_stolen_key_still_differs_from_the_witness()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);
        await home.AttackAsync("UPDATE journal SET outcome = 'none' WHERE position = 6");

        await ForgeAsync(home, home.Keys, first: 2);

        await AssertBrokenAsync(home, 5, JournalFault.WitnessDiffers);
    }

    [Test]
    public async Task A_batch_from_another_branch_shows_by_its_link_where_no_witness_knows_it()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);
        await home.AttackAsync("UPDATE journal SET outcome = 'none' WHERE position = 2");
        await ForgeAsync(home, home.Keys, first: 1, last: 1);
        home.UseWitness("empty");

        await AssertBrokenAsync(home, 5, JournalFault.SealChanged);
    }

    [Test]
    public async Task An_older_database_shows_at_once_and_after_it_has_gone_on()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4);
        var older = await home.BackUpAsync();
        await home.GivenSealedRowsAsync(4, 4);
        var witness = home.Witness;
        home.Restore(older);

        await AssertBrokenAsync(home, 5, JournalFault.DatabaseOlder);

        home.UseWitness("another");
        home.Clock.Advance(TimeSpan.FromSeconds(7));
        await home.GivenSealedRowsAsync(3, 3, 3);
        Assert.That((await home.VerifyAsync()).IsWhole, "with the witness of another host, which has seen nothing else");
        home.UseWitness(Path.GetFileName(witness.File));
        await AssertBrokenAsync(home, 5, JournalFault.WitnessDiffers);
    }

    [TestCase("DELETE FROM seals WHERE n = 2", nameof(JournalFault.SealMissing))]
    [TestCase("UPDATE seals SET to_position = 7 WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("UPDATE seals SET from_position = 6 WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("UPDATE seals SET at = '2026-11-24 10:00:00.000' WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("UPDATE seals SET hash = zeroblob(32) WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("UPDATE seals SET previous = zeroblob(32) WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("UPDATE seals SET signature = (SELECT signature FROM seals WHERE n = 1) WHERE n = 2", nameof(JournalFault.SealForged))]
    [TestCase("UPDATE seals SET mac_key = 'none' WHERE n = 2", nameof(JournalFault.SealForged))]
    [TestCase("UPDATE seals SET signing_key = 'none' WHERE n = 2", nameof(JournalFault.SealChanged))]
    [TestCase("DELETE FROM seals WHERE n > 1", nameof(JournalFault.RowUnsealed))]
    public async Task A_seal_tampered_with_shows(string attack, string fault)
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4, 4);

        await home.AttackAsync(attack);

        await AssertBrokenAsync(home, 5, Enum.Parse<JournalFault>(fault));
    }

    [Test]
    public async Task A_row_put_in_behind_the_last_seal_shows()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4);
        await home.GivenRowsAsync(1);

        await home.AttackAsync("UPDATE journal SET position = 9 WHERE position IS NULL");

        await AssertBrokenAsync(home, 9, JournalFault.RowUnsealed);
    }

    [Test]
    public async Task Seals_of_older_keys_stay_good_after_rotation()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4);
        home.Ring("mac", KeySource.Symmetric).Rotate();
        home.Ring("signing", KeySource.Signing).Rotate();
        var rotated = new JournalKeys(home.Ring("mac", KeySource.Symmetric), home.Ring("signing", KeySource.Signing));
        await home.GivenRowsAsync(4);
        home.Clock.Advance(TimeSpan.FromSeconds(7));

        await home.InstanceWith(rotated).SealAsync(None);

        var seals = await home.SealsAsync();
        var verdict = await home.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seals.Select(seal => seal.MacKey), Is.Unique);
            Assert.That(seals.Select(seal => seal.SigningKey), Is.Unique);
            Assert.That((verdict.IsWhole, verdict.Rows), Is.EqualTo((true, 8L)), "keys that another instance has begun to use are looked for");
        }
    }

    [Test]
    public async Task The_command_names_the_position_and_fails()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(4, 4);
        await using var services = new ServiceCollection()
            .AddSingleton(new JournalVerifier(home.Database, home.Keys, home.Witness, home.Clock))
            .BuildServiceProvider();

        var (good, goodText) = await RunAsync(services);
        await home.AttackAsync("UPDATE journal SET outcome = 'dome' WHERE position = 6");
        var (bad, badText) = await RunAsync(services);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((good, bad), Is.EqualTo((0, 1)));
            Assert.That(goodText, Does.Contain("8 in 2 seals").And.Contain("whole"));
            Assert.That(badText, Does.Contain("position 6: row_changed").And.Not.Contain("whole"));
        }
    }

    private static async Task<(int Exit, string Text)> RunAsync(ServiceProvider services)
    {
        await using var output = new StringWriter();
        return (await VerifyCommand.RunAsync(services, output, None), output.ToString());
    }

    private static async Task AssertBrokenAsync(JournalHome home, long position, JournalFault fault)
    {
        var verdict = await home.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((verdict.BadPosition, verdict.Fault), Is.EqualTo(((long?)position, (JournalFault?)fault)));
            Assert.That(verdict.Rows, Is.EqualTo(position - 1));
            Assert.That(verdict.ExitCode, Is.EqualTo(1));
        }
    }

    /// <summary>For some of the seals, makes every MAC, hash, link and signature anew over the rows as they are now.</summary>
    private static async Task ForgeAsync(JournalHome home, JournalKeys keys, long first, long last = long.MaxValue)
    {
        JournalSeal? previous = null;
        foreach (var seal in await home.SealsAsync())
        {
            if (seal.N < first || seal.N > last)
            {
                previous = seal;
                continue;
            }
            var rows = await home.ReadAsync(work => SealStore.RowsAsync(work, seal.FromPosition, seal.ToPosition, 1000, None));
            byte[][] macs = [.. rows.Select(row => row.Mac(keys, keys.NewestMac, row.Position!.Value))];
            for (var i = 0; i < rows.Count; i++)
            {
                await home.AttackAsync("UPDATE journal SET row_hash = @mac WHERE position = @position", ("@mac", macs[i]), ("@position", rows[i].Position!.Value));
            }
            // The ids of the keys stay what they were: the attacker hides that others were used.
            var forged = seal with { Previous = previous?.Hash ?? JournalSeal.Beginning };
            forged = forged with { Hash = forged.HashOver(macs) };
            forged = forged with { Signature = keys.Sign(keys.NewestSigning, forged.Hash) };
            await home.AttackAsync(
                "UPDATE seals SET hash = @hash, previous = @previous, signature = @signature WHERE n = @n",
                ("@hash", forged.Hash), ("@previous", forged.Previous), ("@signature", forged.Signature), ("@n", forged.N));
            previous = forged;
        }
    }
}
