using static NationalReferral.HandoverDirection;
using static NationalReferral.HandoverState;

namespace NationalReferral.Tests;

public sealed class HandoverTests
{
    private static readonly Handover SetOut = Handover.Begin(Arrival, Party.Sender, 3);
    private static readonly Handover Came = Handover.Begin(Arrival, Party.Provider, 3);

    [TestCase(3, true, Agreed, true)]
    [TestCase(2, true, Missing, true)]
    [TestCase(4, true, Missing, true)]
    [TestCase(3, false, Missing, false)]
    [TestCase(0, false, Missing, false)]
    public void Nobody_is_missing_only_when_both_sides_count_the_same_and_the_child_is_there(int counted, bool isThere, HandoverState state, bool arrived)
    {
        var after = SetOut.Confirm(Party.Provider, counted, isThere)!;

        Assert.That((after.State, after.HasArrived), Is.EqualTo((state, arrived)));
    }

    [Test]
    public void Whoever_receives_her_first_need_not_wait_for_the_other_side()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Came.HasArrived, Is.True);
            Assert.That(SetOut.HasArrived, Is.False);
            Assert.That(Came.Confirm(Party.Sender, 4, true)!.State, Is.EqualTo(Missing), "Four set out, and three came.");
            Assert.That(Came.Confirm(Party.Sender, 3, true)!.State, Is.EqualTo(Agreed));
        }
    }

    [Test]
    public void Nobody_confirms_his_own_word_and_nobody_twice()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(SetOut.Confirm(Party.Sender, 3, true), Is.Null);
            Assert.That(Came.Confirm(Party.Provider, 3, true), Is.Null);
            Assert.That(SetOut.Confirm(Party.Provider, 3, true)!.Confirm(Party.Provider, 2, true), Is.Null);
        }
    }

    [Test]
    public void That_she_has_come_later_is_the_providers_to_say()
    {
        var missing = SetOut.Confirm(Party.Provider, 2, false)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing.Settle(Party.Sender, HandoverFinding.ArrivedLater), Is.Null);
            Assert.That(missing.Settle(Party.Provider, HandoverFinding.ArrivedLater)!.HasArrived, Is.True);
            Assert.That(missing.Settle(Party.Sender, HandoverFinding.FoundElsewhere)!.HasArrived, Is.False);
            Assert.That(missing.Settle(Party.Sender, HandoverFinding.Miscounted)!.HasArrived, Is.False, "She was not seen, whatever the count.");
            Assert.That(SetOut.Confirm(Party.Provider, 2, true)!.Settle(Party.Sender, HandoverFinding.Miscounted)!.HasArrived, Is.True);
            Assert.That(SetOut.Settle(Party.Provider, HandoverFinding.ArrivedLater), Is.Null);
        }
    }

    [Test]
    public void On_release_the_provider_gives()
    {
        var released = Handover.Begin(Release, Party.Provider, 1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((released.Given, released.Received), Is.EqualTo(((int?)1, (int?)null)));
            Assert.That(released.HasArrived, Is.False);
            Assert.That(released.Confirm(Party.Sender, 1, true)!.State, Is.EqualTo(Agreed));
        }
    }

    [Test]
    public void She_has_left_once_both_sides_say_so()
    {
        var released = Handover.Begin(Release, Party.Provider, 1);
        var missing = released.Confirm(Party.Sender, 2, true)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(released.HasLeft, Is.False);
            Assert.That(released.Confirm(Party.Sender, 1, true)!.HasLeft, Is.True);
            Assert.That(missing.HasLeft, Is.False);
            Assert.That(missing.Settle(Party.Sender, HandoverFinding.Miscounted)!.HasLeft, Is.True);
            Assert.That(missing.Settle(Party.Provider, HandoverFinding.ArrivedLater)!.HasLeft, Is.False, "She is with the provider.");
            Assert.That(missing.Settle(Party.Sender, HandoverFinding.FoundElsewhere)!.HasLeft, Is.False);
            Assert.That(SetOut.Confirm(Party.Provider, 3, true)!.HasLeft, Is.False);
        }
    }

    [Test]
    public void A_child_is_handed_over_where_a_service_is_about_to_begin_or_has_begun()
    {
        var arrival = Enum.GetValues<ReferralState>().Where(state => Handover.CanHappen(Arrival, state));
        var release = Enum.GetValues<ReferralState>().Where(state => Handover.CanHappen(Release, state));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(arrival, Is.EqualTo(new[] { ReferralState.Accepted, ReferralState.InService }));
            Assert.That(release, Is.EqualTo(new[] { ReferralState.InService, ReferralState.CancelRequested, ReferralState.Completed, ReferralState.EndedEarly }));
        }
    }
}
