using static NationalReferral.ReferralState;

namespace NationalReferral.Tests;

public sealed class ReferralGroupTests
{
    private static readonly Guid A = Guid.NewGuid();
    private static readonly Guid B = Guid.NewGuid();
    private static readonly Guid Shelter = Guid.NewGuid();
    private static readonly Guid Other = Guid.NewGuid();

    [TestCase("open", Draft, Submitted)]
    [TestCase("open", Submitted, Declined)]
    [TestCase("partially_accepted", Accepted, Submitted)]
    [TestCase("partially_accepted", Accepted, Declined)]
    [TestCase("accepted", Accepted, NoShow)]
    [TestCase("accepted", Accepted, Cancelled)]
    [TestCase("partially_served", InService, Accepted)]
    [TestCase("partially_served", InService, InService)]
    [TestCase("partially_served", Completed, Accepted)]
    [TestCase("closed", Completed, Declined)]
    [TestCase("closed", Cancelled, EnteredInError)]
    public void Its_members_say_where_it_stands(string expected, ReferralState one, ReferralState two) =>
        Assert.That(ReferralGroups.StateOf([Of(A, one), Of(B, two)]).Code(), Is.EqualTo(expected));

    [Test]
    public void A_hold_does_not_forget_an_acceptance_and_a_successor_stands_for_who_went_before()
    {
        Assert.That(ReferralGroups.StateOf([Of(A, OnHold, Accepted), Of(B, CancelRequested, Accepted)]), Is.EqualTo(GroupState.Accepted));
        Assert.That(ReferralGroups.StateOf([Of(A, Declined, isFollowed: true), Of(A, Accepted, at: Other)]), Is.EqualTo(GroupState.Accepted));
    }

    [TestCase(false, Accepted, Submitted, TestName = "While an answer is awaited nothing is parted")]
    [TestCase(false, Accepted, Accepted, TestName = "Kept in one place")]
    [TestCase(false, Declined, Declined, TestName = "Nobody is kept")]
    [TestCase(false, Accepted, Cancelled, TestName = "The sender gave one up")]
    [TestCase(true, Accepted, Declined, TestName = "One is turned away")]
    [TestCase(true, InService, Expired, TestName = "One was never answered")]
    [TestCase(false, Completed, Declined, TestName = "What is over holds nobody back")]
    public void Whom_one_place_keeps_it_keeps_together(bool isParted, ReferralState one, ReferralState two) =>
        Assert.That(ReferralGroups.IsParted([Of(A, one), Of(B, two)]), Is.EqualTo(isParted));

    [Test]
    public void Two_places_part_them_but_not_when_they_offer_different_services()
    {
        Assert.That(ReferralGroups.IsParted([Of(A, Accepted), Of(B, Accepted, at: Other)]), Is.True);
        Assert.That(ReferralGroups.IsParted([Of(A, Accepted), Of(B, Accepted), Of(A, Accepted, at: Other, category: "medical_care")]), Is.False);
    }

    [Test]
    public void Held_back_is_whoever_is_kept_apart_and_has_not_arrived()
    {
        var (kept, arrived, doctor) = (Of(A, OnHold, Accepted), Of(B, InService, at: Other), Of(A, Accepted, category: "medical_care"));

        Assert.That(ReferralGroups.HeldBack([kept, arrived, doctor]), Is.EqualTo(new[] { kept }));
    }

    [Test]
    public void Who_went_on_is_judged_by_where_she_went()
    {
        GroupMember[] before = [Of(A, Accepted), Of(B, Declined, isFollowed: true)];

        Assert.That(ReferralGroups.IsParted([.. before, Of(B, Submitted, at: Other)]), Is.False);
        Assert.That(ReferralGroups.IsParted([.. before, Of(B, Accepted, at: Other)]), Is.True);
        Assert.That(ReferralGroups.IsParted([.. before, Of(B, Accepted)]), Is.False);
    }

    private static GroupMember Of(
        Guid victim, ReferralState state, ReferralState? prior = null, Guid? at = null, string category = "safe_shelter", bool isFollowed = false) =>
        new(Guid.NewGuid(), victim, at ?? Shelter, category, state, prior, isFollowed);
}
