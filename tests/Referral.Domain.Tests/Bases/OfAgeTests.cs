namespace NationalReferral.Tests;

/// <summary>When what a guardian allowed ends by itself.</summary>
public sealed class OfAgeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 6, 0, 0, TimeSpan.Zero);

    [TestCase("2009-03-15", "2027-03-01")]
    [TestCase("2009-03-01", "2027-03-01")]
    [TestCase("2008-11-30", "2026-12-01", Description = "The month has begun: as it ends.")]
    [TestCase("2008-12-01", "2026-12-01")]
    public void It_ends_as_the_month_begins_in_which_she_comes_of_age(string born, string ends) =>
        Assert.That(EndsOn("guardian_with_assent", Age.Documented(Date(born))), Is.EqualTo(Date(ends)));

    [TestCase("2008-11-24")]
    [TestCase("2001-01-01")]
    public void Of_somebody_who_is_of_age_nothing_is_said(string born) =>
        Assert.That(EndsOn("guardian_with_assent", Age.Documented(Date(born))), Is.Null);

    [TestCase("self", false)]
    [TestCase("self_mature_child", false)]
    [TestCase("supported_decision", false)]
    [TestCase("court_appointed_guardian", false)]
    [TestCase("guardian_with_assent", true)]
    [TestCase("guardian_child_too_young", true)]
    [TestCase("state_custodian", true)]
    public void Only_who_speaks_for_a_child_stops_when_she_is_none(string capacity, bool ends) =>
        Assert.That(EndsOn(capacity, Age.Documented(new DateOnly(2012, 5, 5))) is not null, Is.EqualTo(ends));

    [Test]
    public void An_estimate_counts_from_when_she_is_surely_of_age_and_nobody_knows_of_a_disputed_one()
    {
        var about = Age.About(16, new DateOnly(2026, 11, 24));

        Assert.That(EndsOn("guardian_with_assent", about), Is.EqualTo(new DateOnly(2030, 11, 1)));
        Assert.That(EndsOn("guardian_with_assent", about with { IsDisputed = true }), Is.Null);
        Assert.That(EndsOn("guardian_with_assent", Age.NotKnown), Is.Null);
    }

    private static DateOnly Date(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly? EndsOn(string capacity, Age age) =>
        ConsentRules.EndsOfAge(capacity, age, Now) is { } at ? Karachi.DateOf(at) : null;
}
