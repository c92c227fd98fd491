using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace NationalReferral.Platform;

public sealed class SealingTests
{
    private static readonly Guid Row = Guid.Parse("01920000-0000-7000-8000-000000000001");
    private static readonly SealedPlace Place = new("records", Row, "identity", 3);
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero));

    private string _folder = string.Empty;

    private static CancellationToken None => CancellationToken.None;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("referral-seal-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void What_is_sealed_opens_in_its_place_and_shows_nothing_of_itself()
    {
        var keys = new Keys(Ring("kek"));
        using var key = SomeKey();
        var paper = new Paper { Name = "زینب", Papers = ["cnic"] };

        var bytes = keys.Seal(key, Place, paper, PaperJson.Default.Paper);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(keys.Open(key, bytes, Place, PaperJson.Default.Paper), Is.EqualTo(paper).UsingPropertiesComparer());
            Assert.That(bytes[0], Is.EqualTo(1), "the format byte");
            Assert.That(Convert.ToHexString(bytes), Does.Not.Contain(Convert.ToHexString("زینب"u8.ToArray())));
            Assert.That(keys.Seal(key, Place, paper, PaperJson.Default.Paper), Is.Not.EqualTo(bytes), "a nonce is never used twice");
        }
    }

    [Test]
    public void Any_bytes_open_again_and_any_changed_byte_closes_them()
    {
        using var key = SomeKey();

        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 100_000], Gen.Int[1, 255]).Sample((plain, at, flip) =>
        {
            var bytes = Keys.SealBytes(key, Place, plain);
            Assert.That(Keys.OpenBytes(key, bytes, Place), Is.EqualTo(plain));

            bytes[at % bytes.Length] ^= (byte)flip;
            Assert.That(() => Keys.OpenBytes(key, bytes, Place), Throws.TypeOf<SealBrokenException>());
        }, iter: 500);
    }

    [TestCase("another table")]
    [TestCase("another row")]
    [TestCase("another group")]
    [TestCase("an older version")]
    [TestCase("another key of the same bytes")]
    [TestCase("another key")]
    public void Sealed_bytes_open_nowhere_else(string elsewhere)
    {
        var secret = RandomNumberGenerator.GetBytes(32);
        using var key = new DataKey(Row, secret);
        var bytes = Keys.SealBytes(key, Place, "text"u8);
        var (otherKey, place) = elsewhere switch
        {
            "another table" => (key, Place with { Table = "entries" }),
            "another row" => (key, Place with { RowId = Guid.NewGuid() }),
            "another group" => (key, Place with { Group = "health" }),
            "an older version" => (key, Place with { Version = 2 }),
            "another key of the same bytes" => (new DataKey(Guid.NewGuid(), [.. secret]), Place),
            _ => (new DataKey(Row, RandomNumberGenerator.GetBytes(32)), Place),
        };

        var fault = Assert.Throws<SealBrokenException>(() => Keys.OpenBytes(otherKey, bytes, place));

        Assert.That(fault.Message, Does.Contain(place.RowId.ToString()).And.Not.Contain("text"));
    }

    [Test]
    public void Neighbouring_values_cannot_trade_letters()
    {
        var one = new CanonicalBytes().Add("ab").Add("c").Add((string?)null).Written.ToArray();
        var other = new CanonicalBytes().Add("a").Add("bc").Add((string?)null).Written.ToArray();
        var empty = new CanonicalBytes().Add("ab").Add("c").Add(string.Empty).Written.ToArray();

        Assert.That(new[] { one, other, empty }.Select(Convert.ToHexString), Is.Unique);
    }

    /// <summary>
    /// Sealed on 24 November 2026 by format 1, schema 1, with the keys below. It must open for as long as the product
    /// lives; a change that breaks this test makes every record in the field unreadable.
    /// </summary>
    [Test]
    public void A_seal_of_the_first_version_still_opens_and_is_upgraded()
    {
        var file = Path.Combine(_folder, "kek.keys");
        File.WriteAllText(file, "kek-golden " + Convert.ToBase64String(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()));
        var keys = new Keys(new(new("kek", "Sealing:Key", file, null, false, KeySource.Symmetric)));
        var wrapped = new WrappedKey(Guid.Parse("01920000-0000-7000-8000-00000000000a"), "kek-golden", Convert.FromBase64String(Golden.Wrapped));

        var paper = keys.Open(wrapped, Convert.FromBase64String(Golden.Sealed), Place, PaperJson.Default.Paper);

        Assert.That(paper, Is.EqualTo(new Paper { Name = "زینب", Papers = ["b_form"] }).UsingPropertiesComparer());
    }

    /// <summary>Sealed by another program from the description of the format; schema 1 of both, key 00 to 1f.</summary>
    [Test]
    public void What_a_consent_says_and_why_somebody_is_blocked_still_open()
    {
        var keys = new Keys(Ring("kek"));
        using var key = new DataKey(Guid.Parse("01920000-0000-7000-8000-00000000000a"), [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

        var detail = keys.Open(key, Convert.FromBase64String(Golden.BasisDetail), StoredBasis.PlaceOf(Row), BasisJson.Default.BasisDetail);
        var note = keys.Open(key, Convert.FromBase64String(Golden.BlockNote), StoredBlock.PlaceOf(Row), AccessJson.Default.BlockNote);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(detail, Is.EqualTo(new BasisDetail("mother", "زینب بی بی", "guardian_with_assent", "thumb_print", "Noreen", "urd", "2026-1", "She nodded.")));
            Assert.That(note, Is.EqualTo(new BlockNote("rang her uncle ماموں")));
        }
    }

    [Test]
    public void Sealed_JSON_of_a_newer_version_is_not_guessed_at()
    {
        var text = SealedJson.Write(new Paper { Name = "x", Papers = [] }, PaperJson.Default.Paper);
        text[1] = 3;

        Assert.That(() => SealedJson.Read(text, PaperJson.Default.Paper), Throws.TypeOf<JsonException>().With.Message.Contains("schema 3"));
    }

    [Test]
    public async Task A_subject_has_one_key_and_the_row_brings_it_along()
    {
        var keys = new Keys(Ring("kek"));
        await using var database = await OpenAsync();
        var victim = Guid.NewGuid();
        byte[] bytes = [];
        await ChangeAsync(database, async work =>
        {
            using var key = await keys.CreateAsync(work, "victim", victim, None);
            bytes = keys.Seal(key, Place, new Paper { Name = "Zainab", Papers = [] }, PaperJson.Default.Paper);
        });

        var found = await database.ReadAsync(Caller.System, work => Keys.FindAsync(work, "victim", victim, None), None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found, Is.Not.Null);
            Assert.That(keys.Open(found!.Value, bytes, Place, PaperJson.Default.Paper).Name, Is.EqualTo("Zainab"));
            Assert.That(await database.ReadAsync(Caller.System, work => Keys.FindAsync(work, "report", victim, None), None), Is.Null);
            Assert.That(
                () => ChangeAsync(database, async work => (await keys.CreateAsync(work, "victim", victim, None)).Dispose()),
                Throws.TypeOf<ConstraintViolation>());
        }
    }

    [Test]
    public async Task After_rotation_new_keys_use_the_new_generation_and_old_ones_still_open()
    {
        var ring = Ring("kek");
        var keys = new Keys(ring);
        var elsewhere = new Keys(Ring("kek"));
        await using var database = await OpenAsync();
        var before = await NewKeyAsync(database, keys);
        elsewhere.Unwrap(before).Dispose();

        ring.Rotate();
        var after = await NewKeyAsync(database, keys);

        Assert.That(after.Kek, Is.Not.EqualTo(before.Kek));
        keys.Unwrap(before).Dispose();
        elsewhere.Unwrap(after).Dispose();
    }

    [Test]
    public async Task Once_every_key_is_wrapped_anew_the_old_generation_can_go()
    {
        var ring = Ring("kek");
        var keys = new Keys(ring);
        await using var database = await OpenAsync();
        var before = await NewKeyAsync(database, keys);
        await NewKeyAsync(database, keys);
        ring.Rotate();
        await NewKeyAsync(database, keys);

        var wrapped = await keys.RewrapAsync(database, None);
        var again = await keys.RewrapAsync(database, None);

        var file = Path.Combine(_folder, "kek.keys");
        File.WriteAllLines(file, File.ReadAllLines(file)[^1..]);
        var later = new Keys(Ring("kek"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((wrapped, again), Is.EqualTo((2, 0)));
            Assert.That(async () => later.Unwrap((await KeyOfAsync(database, before.Id)).Key).Dispose(), Throws.Nothing);
            Assert.That(() => later.Unwrap(before), Throws.TypeOf<KeyMissingException>());
        }
    }

    private sealed record KeyRow : SealedRow;

    private static Task<KeyRow> KeyOfAsync(Database database, Guid id) => database.ReadAsync(
        Caller.System, async work => (await work.FirstOrNoneAsync<KeyRow>($"SELECT {Keys.Columns} FROM data_keys k WHERE k.id = @id", new { id }, None))!, None);

    private static async Task<WrappedKey> NewKeyAsync(Database database, Keys keys)
    {
        var subject = Guid.NewGuid();
        await ChangeAsync(database, async work => (await keys.CreateAsync(work, "victim", subject, None)).Dispose());
        return (await database.ReadAsync(Caller.System, work => Keys.FindAsync(work, "victim", subject, None), None))!.Value;
    }

    private static Task<bool> ChangeAsync(Database database, Func<Work, Task> change) => database.ChangeAsync(
        Caller.System,
        async work =>
        {
            await change(work);
            return true;
        },
        _ => true,
        None);

    private async Task<Database> OpenAsync()
    {
        var options = new DatabaseOptions { ConnectionString = $"Data Source={Path.Combine(_folder, "test.db")}", Strict = true };
        await Migrations.RunAsync(options, None);
        return new(options, Clock);
    }

    private KeyRing Ring(string name) =>
        new(new(name, "Sealing:Key", Path.Combine(_folder, $"{name}.keys"), null, true, KeySource.Symmetric));

    private static DataKey SomeKey() => new(Guid.NewGuid(), RandomNumberGenerator.GetBytes(32));

    private static class Golden
    {
        public const string Wrapped = "AU4b4ZlZEnUXpEG78Tx2B5EYgnyribaqMbfvTAGf/qi1yyZIyPJjLBYK1M1WsYhEXlpZDWcGa3eH+sO5sA==";
        public const string Sealed = "AReqLJlp7Ree4o5lPiiB0BNjZEsaxF+YupvVXRqfNwE2bj99rigcu4L6YBX3TNfYj9J3TCSLyI6rvE2yCFkGaIFfYQ==";
        public const string BasisDetail = "AQECAwQFBgcICQoLDAXrIfee8ZznOMsMKTIpyEUtN4mb5U9858Y2j0Hs+Beo4cah/bYHNxNpKmJN5QNQhhLWl0gPFRRdFB5tvQ5iXXgOXzEB2IQ8ki970RSkT2rTtW9RW5FMkLRYurRtT4xNAa3kGBXKKWw6haT4S9/UNO7v7VO2tAriTEkPv6nO9EhaIksgyYu3E0WLzyfez/zFM6DZELOtpXkL40U7+BwLM3icSA+rIQUXdLn5rbadCNBTR/Aknde4Mv63YahLqjSWuBxDLEYeM7KDCTIMtmgAnlv1";
        public const string BlockNote = "AQIDBAUGBwgJCgsMDWnH3+MNH6fGgEMBSWosmkDUnsUa33lo6dN5KRjbJBuyedt2pGAq0EA/za7AHpL3KHA0rT0/pg==";
    }
}

/// <summary>Schema 1 had one paper, in a member of its own.</summary>
internal sealed record Paper : ISealed
{
    public static int Schema => 2;

    public required string Name { get; init; }

    public required IReadOnlyList<string> Papers { get; init; }

    public static void Upgrade(int from, JsonObject body)
    {
        if (from == 1 && body.Remove("paper", out var paper))
        {
            body["papers"] = new JsonArray(paper);
        }
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Paper))]
internal sealed partial class PaperJson : JsonSerializerContext;
