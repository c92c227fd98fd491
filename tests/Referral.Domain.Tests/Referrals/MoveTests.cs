using static NationalReferral.Tests.GivenReferrals;

namespace NationalReferral.Tests;

/// <summary>What the moves of the closed loop do beyond the table.</summary>
public sealed class MoveTests
{
    [Test]
    public void A_hold_returns_to_where_it_began_and_counts_as_seen_when_the_provider_holds([Values] bool byProvider)
    {
        var held = Done(InState(ReferralState.Submitted), ReferralAction.Hold, byProvider ? Provider : Sender);
        var resumed = Done(held, ReferralAction.Resume, Sender);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(held.ReviewAt, Is.EqualTo(Now.AddHours(20)));
            Assert.That(held.AcknowledgedAt, byProvider ? Is.EqualTo(Now) : Is.Null);
            Assert.That(resumed.State, Is.EqualTo(byProvider ? ReferralState.Acknowledged : ReferralState.Submitted));
            Assert.That(resumed.ReviewAt, Is.Null);
        }
    }

    [TestCase(Urgency.Emergency, 24)]
    [TestCase(Urgency.High, 7 * 24)]
    [TestCase(Urgency.Medium, 30 * 24)]
    [TestCase(Urgency.Low, 60 * 24)]
    public void A_hold_is_looked_at_again_before_its_urgency_is_forgotten(Urgency urgency, int hours)
    {
        var referral = InState(ReferralState.Accepted) with { Urgency = urgency };
        Refusal? Hold(double after) => referral.Attempt(
            ReferralAction.Hold, Provider, new Given { Reason = "awaiting_court", ReviewAt = Now.AddHours(after) }, Unlimited, Now, out _);

        Assert.That(Hold(hours), Is.Null);
        Assert.That(Hold(hours + 0.1)?.Errors.Single(), Is.EqualTo(new FieldError("/reviewAt", "too_far")));
    }

    [Test]
    public void Plans_lie_ahead()
    {
        var accepted = InState(ReferralState.Accepted);
        FieldError? Fault(DateTimeOffset at)
        {
            var refusal = accepted.Attempt(ReferralAction.Schedule, Provider, new Given { PlannedAt = at }, Unlimited, Now, out _);
            return refusal?.Errors.Single();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Fault(Now), Is.EqualTo(new FieldError("/plannedAt", "in_past")));
            Assert.That(Fault(Now.AddDays(367)), Is.EqualTo(new FieldError("/plannedAt", "too_far")));
            Assert.That(Fault(Now.AddDays(1)), Is.Null);
        }
    }

    [Test]
    public void She_is_not_late_before_the_time_that_was_planned()
    {
        var scheduled = Done(InState(ReferralState.Accepted), ReferralAction.Schedule, Provider);
        var given = new Given { Reason = "not_known", Waited = "The warden." };

        var early = scheduled.Attempt(ReferralAction.ReportNoShow, Provider, given, Unlimited, Now.AddHours(2), out _);
        var late = scheduled.Attempt(ReferralAction.ReportNoShow, Provider, given, Unlimited, Now.AddHours(3), out var missing);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early?.Kind, Is.EqualTo(ReferralRefusals.NotDueYet));
            Assert.That(late, Is.Null);
            Assert.That(missing, Has.Property(nameof(Referral.State)).EqualTo(ReferralState.NoShow).And.Property(nameof(Referral.Phase)).Null);
        }
    }

    [Test]
    public void Time_reports_without_words()
    {
        var refusal = InState(ReferralState.Accepted).Attempt(ReferralAction.ReportNoShow, Actor.Clock, Given.Nothing, GirlsAndBoys, Now, out var missing);

        Assert.That(refusal, Is.Null);
        Assert.That(missing.State, Is.EqualTo(ReferralState.NoShow));
    }

    [Test]
    public void A_wish_to_cancel_ends_a_hold_and_refusing_it_leads_to_where_the_hold_began()
    {
        var held = Done(InState(ReferralState.InService) with { Place = Place.Occupied }, ReferralAction.Hold, Provider);
        var asked = Done(held, ReferralAction.RequestCancel, Sender);
        var kept = Done(asked, ReferralAction.RefuseCancel, Provider);
        var left = Done(asked, ReferralAction.ConfirmCancel, new Actor(false, false) { Oversees = true });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(asked.PriorState, Is.EqualTo(ReferralState.InService));
            Assert.That(kept, Has.Property(nameof(Referral.State)).EqualTo(ReferralState.InService).And.Property(nameof(Referral.Place)).EqualTo(Place.Occupied));
            Assert.That(left, Has.Property(nameof(Referral.State)).EqualTo(ReferralState.Cancelled).And.Property(nameof(Referral.Place)).EqualTo(Place.None));
            Assert.That(left.ReportedBy, Is.EqualTo(Party.Provider), "An officer does not speak for a provider.");
        }
    }

    [Test]
    public void A_place_that_was_given_away_is_taken_anew_and_one_that_was_kept_is_hers_still([Values] bool freed)
    {
        var missing = InState(ReferralState.NoShow) with { Place = Place.Reserved, Population = "girls" };
        var before = freed ? missing.PlaceFreed(Now) : missing;

        var again = Done(before, ReferralAction.Reschedule, Provider);

        Assert.That(before.Place, Is.EqualTo(freed ? Place.None : Place.Reserved));
        Assert.That(again, Has.Property(nameof(Referral.Place)).EqualTo(Place.Reserved).And.Property(nameof(Referral.Phase)).EqualTo(ReferralPhase.Scheduled));
    }

    [Test]
    public void Only_a_supervisor_of_the_sender_says_that_it_was_an_error([Values] bool supervises)
    {
        var closed = InState(ReferralState.Completed) with { EndedAt = Now.AddDays(-3) };

        var refusal = closed.Attempt(ReferralAction.EnterInError, Sender with { Supervises = supervises }, new Given { Reason = "test" }, Unlimited, Now, out var after);

        Assert.That(refusal?.Kind, supervises ? Is.Null : Is.EqualTo(ReferralRefusals.OtherPartyActs));
        Assert.That(after, Has.Property(nameof(Referral.EndedAt)).EqualTo(Now.AddDays(-3)));
    }

    [Test]
    public void A_child_on_the_way_stays_on_the_way_through_a_hold_and_is_there_after_arriving()
    {
        var travelling = Done(InState(ReferralState.Accepted), ReferralAction.Depart, Sender);
        var resumed = Done(Done(travelling, ReferralAction.Hold, Sender), ReferralAction.Resume, Sender);
        var there = Done(resumed, ReferralAction.Arrive, Provider);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(resumed.Phase, Is.EqualTo(ReferralPhase.InTransit));
            Assert.That(there, Has.Property(nameof(Referral.Phase)).Null.And.Property(nameof(Referral.PlannedEndAt)).EqualTo(Now.AddDays(30)));
        }
    }

    [Test]
    public void A_date_of_its_own_speaks_three_days_a_day_and_six_hours_before_and_not_of_what_was_over()
    {
        var far = Deadline.Until(ClockKind.ActBefore, Now, Now.AddDays(10));
        var near = Deadline.Until(ClockKind.ActBefore, Now, Now.AddHours(20));
        var always = WorkingCalendar.DayAndNight;
        var moments = new List<(ClockStage, TimeSpan)>();
        for (var clock = far; clock.NextAt is { } next;)
        {
            (clock, var reached) = clock.Reach(always, next);
            moments.Add((reached.Single(), clock.DueAt - next));
        }

        Assert.That(moments, Is.EqualTo(new[]
        {
            (ClockStage.Reminded, TimeSpan.FromHours(72)), (ClockStage.Escalated, TimeSpan.FromHours(24)),
            (ClockStage.Urged, TimeSpan.FromHours(6)), (ClockStage.Missed, TimeSpan.Zero),
        }));
        Assert.That(near.NextAt, Is.EqualTo(near.DueAt.AddHours(-6)));
    }

    private static Referral Done(Referral referral, ReferralAction action, Actor actor)
    {
        Assert.That(referral.Attempt(action, actor, EverythingFor(referral.Find(action)!), GirlsAndBoys, Now, out var after), Is.Null);
        return after;
    }
}
