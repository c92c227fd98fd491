using CsCheck;

namespace NationalReferral.Tests;

public sealed class AgeTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, 60 * 365].Select(n => new DateOnly(2026, 3, 2).AddDays(n));

    [Test]
    public void Bands_follow_each_other_without_a_gap()
    {
        var bands = Enumerable.Range(0, 121).Select(years => AgeBand.Of(years).Code).Distinct();

        Assert.That(bands, Is.EqualTo(AgeBand.All.Where(b => b != AgeBand.NotKnown).Select(b => b.Code)));
        Assert.That(AgeBand.Of(null), Is.EqualTo(AgeBand.NotKnown));
    }

    [Test]
    public void Bands_are_those_of_the_reference_data()
    {
        using var taxonomies = Repository.Json("api/Referral.Api/Reference/taxonomies.json");
        var codes = taxonomies.RootElement.GetProperty("sets").GetProperty("age_band").GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetString());

        Assert.That(AgeBand.All.Select(b => b.Code), Is.EqualTo(codes));
    }

    [Test]
    public void Nothing_known_is_a_child()
    {
        Assert.That(Age.NotKnown.AsChildOn(Today));
        Assert.That(Age.NotKnown, Has.Property(nameof(Age.Status)).EqualTo("not_known"));
        Assert.That(Age.NotKnown.BandOn(Today), Is.EqualTo(AgeBand.NotKnown));
    }

    [TestCase(17, true)]
    [TestCase(18, true, Description = "may be 16")]
    [TestCase(19, true, Description = "may be 17")]
    [TestCase(20, false)]
    public void Who_may_be_under_18_is_treated_as_a_child(int years, bool asChild)
    {
        Assert.That(Age.About(years, Today, "appearance").AsChildOn(Today), Is.EqualTo(asChild));
    }

    [Test]
    public void A_disputed_age_is_a_child_whatever_the_paper_says()
    {
        var age = Age.Documented(new DateOnly(2000, 1, 1), "identity_card") with { IsDisputed = true };

        Assert.That(age.AsChildOn(Today));
        Assert.That(age.Status, Is.EqualTo("disputed"));
    }

    [TestCase("2026-03-01", true)]
    [TestCase("2026-03-02", false)]
    public void A_documented_child_is_adult_on_the_18th_birthday(string day, bool asChild)
    {
        Assert.That(Age.Documented(new DateOnly(2008, 3, 2)).AsChildOn(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(asChild));
    }

    [Test]
    public void Born_on_29_February_is_18_on_1_March()
    {
        var age = Age.Documented(new DateOnly(2008, 2, 29));

        Assert.That(age.AsChildOn(new DateOnly(2026, 2, 28)));
        Assert.That(age.AsChildOn(new DateOnly(2026, 3, 1)), Is.False);
        Assert.That(age.AdultFrom, Is.EqualTo(new DateOnly(2026, 3, 1)));
    }

    [Test]
    public void An_estimate_grows_older_and_keeps_its_range()
    {
        var age = Age.About(10, Today, "appearance", 9, 11);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(age.RangeOn(Today), Is.EqualTo((9, 11)));
            Assert.That(age.RangeOn(Today.AddYears(2)), Is.EqualTo((11, 13)));
            Assert.That(age.RangeOn(Today.AddMonths(6)), Is.EqualTo((9, 12)));
            Assert.That(age.BandOn(Today).Code, Is.EqualTo("age_10_11"));
            Assert.That(age.BandOn(Today.AddYears(2)).Code, Is.EqualTo("age_12_13"));
            Assert.That(age.Status, Is.EqualTo("estimated"));
        }
    }

    [Test]
    public void The_chosen_band_is_the_band([ValueSource(nameof(Bands))] AgeBand band)
    {
        var age = Age.InBand(band, Today, "appearance");

        Assert.That(age.BandOn(Today), Is.EqualTo(band));
        Assert.That(age.AsChildOn(Today), Is.EqualTo(band != AgeBand.Adult));
    }

    [Test]
    public void A_range_holds_the_best_guess_and_never_shrinks_below_it() =>
        Gen.Select(Gen.Int[0, 100], Gen.Int[0, 5], Gen.Int[0, 5], AnyDay).Sample((years, below, above, day) =>
        {
            var age = Age.About(years, Today, "statement", Math.Max(0, years - below), years + above);
            var (least, most) = age.RangeOn(day)!.Value;
            return least <= most && age.RangeOn(Today) == (Math.Max(0, years - below), years + above);
        });

    [Test]
    public void Nobody_becomes_a_child_again_by_growing_older() =>
        Gen.Select(Gen.Int[0, 40], AnyDay, AnyDay).Sample((years, a, b) =>
        {
            var age = Age.About(years, Today);
            return age.AsChildOn(a < b ? a : b) || !age.AsChildOn(a < b ? b : a);
        });

    [TestCase(-1, null, "out_of_range")]
    [TestCase(121, null, "out_of_range")]
    [TestCase(null, "2026-03-03", "in_future")]
    [TestCase(null, "1890-01-01", "out_of_range")]
    [TestCase(12, null, null)]
    public void An_impossible_age_is_refused(int? years, string? bornOn, string? code)
    {
        DateOnly? born = bornOn is null ? null : DateOnly.Parse(bornOn, System.Globalization.CultureInfo.InvariantCulture);

        Assert.That(Age.Check("/age", years, born, Today)?.Code, Is.EqualTo(code));
    }

    private static IEnumerable<AgeBand> Bands() => AgeBand.All;

    [TestCase("2008-12-15", "2027-01-01", Description = "18 on 15 December: as that month is over")]
    [TestCase("2008-12-01", "2026-12-01", Description = "18 on the first of a month: on that day")]
    [TestCase("2012-05-20", "2026-06-01", Description = "from 13 to 14")]
    [TestCase("1990-01-01", null)]
    public void What_is_shown_is_looked_at_again_by_the_month(string born, string? on)
    {
        var age = Age.Documented(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(age.LookAgainOn(Today), Is.EqualTo(on is null ? null : (DateOnly?)DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture)));
    }

    /// <summary>Looking only then, she is treated as a child at least as long as she is one, and less than a month longer.</summary>
    [Test]
    public void Whoever_is_looked_at_by_the_month_is_a_child_until_then()
    {
        Gen.Select(Gen.Int[0, 119], Gen.Int[0, 7000], (years, days) => (Age: Age.About(years % 25, new DateOnly(2020, 1, 1).AddDays(days)), From: new DateOnly(2020, 1, 1).AddDays(days)))
            .Sample(one =>
            {
                var day = one.From;
                while (one.Age.LookAgainOn(day) is { } next)
                {
                    Assert.That(next, Is.GreaterThan(day));
                    Assert.That(next.Day, Is.EqualTo(1));
                    var last = next.AddMonths(-1);
                    Assert.That((one.Age.BandOn(last > day ? last : day), one.Age.AsChildOn(last > day ? last : day)), Is.EqualTo((one.Age.BandOn(day), one.Age.AsChildOn(day))));
                    day = next;
                }
                Assert.That(one.Age.AsChildOn(day), Is.False);
                Assert.That(one.Age.BandOn(day), Is.EqualTo(AgeBand.Adult));
            });
    }

    [Test]
    public void A_decided_age_says_so_and_a_dispute_of_it_protects_again()
    {
        var age = Age.Determined(new DateOnly(2000, 1, 1), new DateOnly(2001, 1, 1), "medical_examination");

        Assert.That((age.Status, age.AsChildOn(Today)), Is.EqualTo(("determined", false)));
        Assert.That(((age with { IsDisputed = true }).Status, (age with { IsDisputed = true }).AsChildOn(Today)), Is.EqualTo(("disputed", true)));
    }
}
