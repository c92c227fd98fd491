namespace NationalReferral.Tests;

public sealed class NameSearchTests
{
    [TestCase("Mohammad Ali", "محمد علی")]
    [TestCase("Gulnaz", "گل ناز")]
    [TestCase("Abdur Rahman", "عبدالرحمن")]
    [TestCase("Abdurrehman", "عبد الرحمن")]
    [TestCase("Fatimah", "فاطمة")]
    [TestCase("Rahmat Ullah", "رحمت اللہ")]
    [TestCase("Laxmi", "لکشمی")]
    [TestCase("Mst. Kulsoom Bibi", "کلثوم")]
    [TestCase("Nasreen d/o Waqar", "نسرین")]
    public void A_name_is_found_in_the_other_script(string asked, string kept)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NameKeys.Of(asked).Intersect(NameKeys.Of(kept)), Is.Not.Empty);
            Assert.That(NameLikeness.Between(asked, kept), Is.GreaterThanOrEqualTo(NameLikeness.Likely));
        }
    }

    [TestCase("Muhammad")]
    [TestCase("علی")]
    [TestCase("Bibi")]
    [TestCase("s/o")]
    [TestCase("")]
    [TestCase(null)]
    public void What_everybody_is_called_is_too_little_to_search_by(string? name) => Assert.That(NameKeys.Of(name), Is.Empty);

    [TestCase("Zarghun Gul Khan", "زرغون")]
    [TestCase("Khan Zarghun Sherbaz", "Sherbaz Zarghun")]
    [TestCase("Muhammad Ali", "علی محمد")]
    public void A_whole_name_is_one_in_every_script_and_order_without_what_half_the_country_is_called(string one, string other) =>
        Assert.That(NameKeys.Whole(one), Is.EqualTo(NameKeys.Whole(other)).And.Not.Empty);

    [TestCase("Zarghun Sherbaz", "Zarghun")]
    [TestCase("Muhammad Ali", "Muhammad")]
    [TestCase("Zarghun", "Sherbaz")]
    public void A_whole_name_is_no_part_of_it_nor_another(string one, string other) => Assert.That(NameKeys.Whole(one), Is.Not.EqualTo(NameKeys.Whole(other)));

    [TestCase("...")]
    [TestCase(null)]
    public void What_is_no_name_has_no_key(string? name) => Assert.That(NameKeys.Whole(name), Is.Empty);

    [Test]
    public void Likeness_is_the_same_both_ways_and_never_outside_its_ends(
        [Values("Ali", "علی", "Abdullah", "گل", "x", "é", "Bibi Gul")] string one, [Values("Aly", "حسین", "Zulfiqar Ali", "", "ئ")] string other)
    {
        var there = NameLikeness.Between(one, other);

        Assert.That(there, Is.InRange(0, 1).And.EqualTo(NameLikeness.Between(other, one)).Within(1e-9));
    }

    /// <summary>Floors a little below what the run in tests/benchmarks/README.md measured.</summary>
    [TestCase(LabelledNames.Training, 0.80, 0.91)]
    [TestCase(LabelledNames.HeldOut, 0.86, 0.91)]
    public void Spellings_of_the_labelled_set_are_found(int half, double precision, double recall)
    {
        var found = LabelledNames.Measure(Repository.Root, half);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(found.Precision, Is.GreaterThanOrEqualTo(precision), found.ToString());
            Assert.That(found.Recall, Is.GreaterThanOrEqualTo(recall), found.ToString());
        }
    }
}
