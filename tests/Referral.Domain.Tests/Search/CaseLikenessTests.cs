namespace NationalReferral.Tests;

public sealed class CaseLikenessTests
{
    private static readonly CaseWords Kept = new("PB-26-00000R", ["زرتاشیہ گیلانی", "Zari"], ["Quilmarzad"], "3520274185296", ["9876543"]);

    [TestCase("0312-9876543", "9876543")]
    [TestCase("+92 (312) 987.6543", "9876543")]
    [TestCase("۹۸۷۶۵۴۳", "9876543")]
    [TestCase("987 654", null)]
    [TestCase("zero300", null)]
    [TestCase("1234567890123456", null, Description = "Sixteen digits are no telephone.")]
    [TestCase("", null)]
    [TestCase(null, null)]
    public void The_end_of_a_number_is_read_in_any_writing(string? text, string? end)
    {
        Assert.That(PhoneEnd.TryParse(text, out var read), Is.EqualTo(end is not null));
        Assert.That(read, Is.EqualTo(end));
    }

    [Test]
    public void A_kept_number_ends_as_an_asked_one() => Assert.That(PhoneEnd.Of("+923129876543"), Is.EqualTo("9876543"));

    [TestCase("Zartashia Gilani", null, null, null, Likeness.Possible, "Name")]
    [TestCase("زري", null, null, null, Likeness.Possible, "Name", Description = "Another name of hers")]
    [TestCase("Zartashia", "قل مرزاد", null, null, Likeness.Likely, "Name,FatherName")]
    [TestCase("Shabnam", "Quilmarzad", null, null, Likeness.Possible, "FatherName")]
    [TestCase("Shabnam", null, "0312 9876543", null, Likeness.Possible, "Phone")]
    [TestCase("Zartashia", null, "9876543", null, Likeness.Likely, "Phone,Name")]
    [TestCase("Shabnam", null, null, "35202-7418529-6", Likeness.Exact, "NationalId")]
    [TestCase(null, null, "9876543", "3520274185296", Likeness.Exact, "NationalId,Phone")]
    public void It_says_how_likely_and_why(string? name, string? father, string? phone, string? cnic, Likeness likeness, string because)
    {
        var like = CaseLikeness.Between(CaseSearch.Read(name, father, null, phone, cnic).Asked, Kept);

        Assert.That(like?.Likeness, Is.EqualTo(likeness));
        Assert.That(string.Join(',', like!.Because), Is.EqualTo(because));
    }

    [TestCase("Shabnam", null)]
    [TestCase("Shabnam", "Sikandar")]
    public void Who_shares_only_a_token_is_somebody_else(string name, string? father) =>
        Assert.That(CaseLikeness.Between(CaseSearch.Read(name, father, null, "5550101", "61101-7654321-9").Asked, Kept), Is.Null);

    [Test]
    public void A_number_that_is_the_same_comes_before_any_likeness_of_names()
    {
        var number = CaseLikeness.Between(CaseSearch.Read("Shabnam", null, null, null, "3520274185296").Asked, Kept)!;
        var names = CaseLikeness.Between(CaseSearch.Read("Zartashia Gilani", "Quilmarzad", null, "9876543", null).Asked, Kept)!;

        Assert.That(number.Score, Is.GreaterThan(names.Score));
    }

    [Test]
    public void A_nearer_name_comes_first()
    {
        var near = CaseLikeness.Between(CaseSearch.Read("Zartashia Gilani", null, null, null, null).Asked, Kept)!;
        var far = CaseLikeness.Between(CaseSearch.Read("Zartaj Gilani", null, null, null, null).Asked, Kept);

        Assert.That(near.Score, Is.GreaterThan(far?.Score ?? 0));
    }

    [Test]
    public void The_codes_are_those_of_the_published_lists()
    {
        Assert.That(Codes.All<Likeness>(), Is.EqualTo(new[] { "exact", "likely", "possible" }));
        Assert.That(Codes.All<LikeBecause>(), Is.EqualTo(new[] { "case_code", "national_id", "phone", "name", "father_name" }));
    }
}
