namespace NationalReferral.Tests;

public sealed class ClockLengthTests
{
    [Test]
    public void What_the_product_has_can_be_set([ValueSource(nameof(Rules))] ClockRule rule) => Assert.That(ClockBounds.Faults(rule), Is.Empty);

    [Test]
    public void Nobody_waits_more_than_twice_as_long()
    {
        var rule = ClockRules.Of(ClockKind.Decide);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ClockBounds.Faults(rule with { Emergency = ClockLength.Hours(8), High = ClockLength.Days(4) }), Is.Empty);
            Assert.That(ClockBounds.Faults(rule with { Emergency = ClockLength.Hours(9) }), Is.EqualTo(new[] { (Urgency.Emergency, "too_long") }));
            Assert.That(ClockBounds.Faults(rule with { High = ClockLength.Days(5) }), Is.EqualTo(new[] { (Urgency.High, "too_long") }));
            Assert.That(ClockBounds.Faults(rule with { Medium = ClockLength.Hours(80) }), Is.Empty, "Ten working days of eight hours.");
            Assert.That(ClockBounds.Faults(rule with { Medium = ClockLength.Hours(81) }), Is.EqualTo(new[] { (Urgency.Medium, "too_long") }));
            Assert.That(ClockBounds.Faults(ClockRules.Of(ClockKind.ReportBack) with { Low = ClockLength.Days(31) }), Is.EqualTo(new[] { (Urgency.Low, "too_long") }), "Longer than holidays are known.");
            Assert.That(ClockBounds.Faults(ClockRules.Of(ClockKind.HoldReview) with { Low = ClockLength.Days(120) }), Is.Empty, "A hold ends on a day that somebody names.");
        }
    }

    [Test]
    public void What_is_urgent_is_never_later_than_what_is_less()
    {
        var rule = ClockRules.Of(ClockKind.Acknowledge) with { Emergency = ClockLength.Hours(2), High = ClockLength.Hours(1) };

        Assert.That(ClockBounds.Faults(rule), Is.EqualTo(new[] { (Urgency.High, "sooner_than_more_urgent") }));
    }

    [Test]
    public void A_length_is_read_as_it_was_written([Values("1h", "48h", "30d")] string code) => Assert.That(ClockLength.Parse(code).Code, Is.EqualTo(code));

    [Test]
    public void What_is_no_length_is_not_read([Values("", "h", "-1h", "3w", "1.5d")] string code) => Assert.Throws<FormatException>(() => ClockLength.Parse(code));

    [Test]
    public void A_hold_lasts_as_long_as_was_set()
    {
        var now = new DateTimeOffset(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
        var referral = GivenReferrals.GivenReferral(one => one with { State = ReferralState.Submitted, Urgency = Urgency.Emergency });
        var given = new Given { Reason = "awaiting_documents", ReviewAt = now.AddHours(20) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(referral.Attempt(ReferralAction.Hold, new Actor(true, false), given, [], now, out _), Is.Null);
            Assert.That(referral.Attempt(ReferralAction.Hold, new Actor(true, false), given, [], now, out _, ClockLength.Hours(19))?.Errors[0].Code, Is.EqualTo("too_far"));
        }
    }

    private static IEnumerable<ClockRule> Rules() => ClockRules.All;
}
