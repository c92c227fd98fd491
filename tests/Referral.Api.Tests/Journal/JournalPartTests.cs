using NUnit.Framework;

namespace NationalReferral;

/// <summary>Verified in parts, the journal proves what it proves in one go.</summary>
public sealed class JournalPartTests
{
    /// <summary>Long enough that the witness is not read from its beginning for the last of them.</summary>
    private const int Seals = 60;

    [Test]
    public async Task Parts_that_follow_each_other_reach_the_end_and_count_everything_once()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync(3, 2, 4);

        var first = await PartAsync(home, 1, 2);
        var second = await PartAsync(home, 3, 2);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first.Seals, first.Rows, first.Fault, first.IsEnd), Is.EqualTo((2L, 5L, (JournalFault?)null, false)));
            Assert.That((second.Seals, second.Rows, second.Fault, second.IsEnd), Is.EqualTo((1L, 4L, (JournalFault?)null, true)));
        }
    }

    [TestCase("UPDATE journal SET outcome = 'dome' WHERE position = 112", 112, nameof(JournalFault.RowChanged))]
    [TestCase("DELETE FROM journal WHERE position = 112", 112, nameof(JournalFault.RowMissing))]
    [TestCase("DELETE FROM seals WHERE n = 50", 99, nameof(JournalFault.SealMissing))]
    [TestCase("DELETE FROM seals WHERE n = 49", 97, nameof(JournalFault.SealMissing))]
    [TestCase("UPDATE seals SET hash = zeroblob(32) WHERE n = 49", 99, nameof(JournalFault.SealChanged))]
    [TestCase("DELETE FROM seals WHERE n > 55; DELETE FROM journal WHERE position > 110", 111, nameof(JournalFault.DatabaseOlder))]
    [TestCase("DELETE FROM seals WHERE n > 55", 111, nameof(JournalFault.RowUnsealed))]
    public async Task What_is_wrong_is_found_by_the_part_that_it_lies_in(string attack, long position, string fault)
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync([.. Enumerable.Repeat(2, Seals)]);

        await home.AttackAsync(attack);

        var before = await PartAsync(home, 1, 48);
        var part = await PartAsync(home, 50, 20);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((before.Fault, before.Rows), Is.EqualTo(((JournalFault?)null, 96L)));
            Assert.That((part.BadPosition, part.Fault), Is.EqualTo(((long?)position, (JournalFault?)Enum.Parse<JournalFault>(fault))));
        }
    }

    [Test]
    public async Task The_witness_is_asked_about_late_seals_too()
    {
        await using var home = await JournalHome.OpenAsync();
        await home.GivenSealedRowsAsync([.. Enumerable.Repeat(2, Seals)]);
        var text = await File.ReadAllLinesAsync(home.Witness.File);
        text[54] = text[54].Replace(Convert.ToHexStringLower((await home.SealsAsync())[54].Hash), new string('0', 64), StringComparison.Ordinal);
        await File.WriteAllTextAsync(home.Witness.File, string.Concat(text.Select(line => line + "\n")));

        var part = await PartAsync(home, 50, 20);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((part.BadPosition, part.Fault), Is.EqualTo(((long?)109, (JournalFault?)JournalFault.WitnessDiffers)));
            Assert.That(home.Witness.Lines(50, home.Witness.Length).First().N, Is.InRange(2, 50), "read from near there, not from the beginning");
        }
    }

    [Test]
    public void Its_faults_are_those_of_the_taxonomy() =>
        Assert.That(Codes.All<JournalFault>(), Is.EqualTo(new Taxonomies().Codes("journal_fault")));

    private static Task<JournalPart> PartAsync(JournalHome home, long from, long most) =>
        new JournalVerifier(home.Database, home.Keys, home.Witness, home.Clock).VerifyAsync(from, most, CancellationToken.None);
}
