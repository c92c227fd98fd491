using static NationalReferral.Tests.GivenReferrals;

namespace NationalReferral.Tests;

public sealed class AttemptTests
{
    [Test]
    public void An_illegal_move_is_refused_with_what_is_allowed()
    {
        var refusal = InState(ReferralState.Submitted).Attempt(ReferralAction.Complete, Provider, Given.Nothing, Unlimited, Now, out _);

        Assert.That(refusal?.Kind, Is.EqualTo(ReferralRefusals.IllegalMove));
        Assert.That(refusal!.Lists.Single().Values, Is.EqualTo(["acknowledge", "request_info", "accept", "decline", "hold"]));
    }

    [Test]
    public void Whatever_the_provider_does_first_shows_that_it_has_seen_the_referral(
        [Values(ReferralAction.Acknowledge, ReferralAction.RequestInfo, ReferralAction.Accept, ReferralAction.Decline)] ReferralAction action)
    {
        var after = Done(InState(ReferralState.Submitted), action, Provider);

        Assert.That(after.AcknowledgedAt, Is.EqualTo(Now));
    }

    [Test]
    public void A_later_answer_leaves_the_time_of_seeing_alone()
    {
        var seen = InState(ReferralState.Acknowledged) with { AcknowledgedAt = Now.AddHours(-3) };

        Assert.That(Done(seen, ReferralAction.Accept, Provider).AcknowledgedAt, Is.EqualTo(Now.AddHours(-3)));
    }

    [Test]
    public void An_answer_returns_to_acknowledged_even_when_the_question_came_first()
    {
        var asked = Done(InState(ReferralState.Submitted), ReferralAction.RequestInfo, Provider);

        var answered = Done(asked, ReferralAction.AnswerInfo, Sender);

        Assert.That(answered, Has.Property(nameof(Referral.State)).EqualTo(ReferralState.Acknowledged).And.Property(nameof(Referral.PriorState)).Null);
    }

    [Test]
    public void A_third_question_is_refused_and_not_offered()
    {
        var referral = InState(ReferralState.Acknowledged) with { InfoRounds = 2 };

        var refusal = referral.Attempt(ReferralAction.RequestInfo, Provider, new Given { Question = "Again?" }, Unlimited, Now, out _);

        Assert.That(refusal?.Kind, Is.EqualTo(ReferralRefusals.InfoRoundsSpent));
        Assert.That(referral.AllowedActions(Provider).Select(m => m.Action), Has.None.EqualTo(ReferralAction.RequestInfo));
    }

    [Test]
    public void What_is_missing_is_named_by_pointer([Values] bool blank)
    {
        var given = blank ? new Given { Question = "  " } : Given.Nothing;

        var refusal = InState(ReferralState.Submitted).Attempt(ReferralAction.RequestInfo, Provider, given, Unlimited, Now, out _);

        Assert.That(refusal?.Kind, Is.EqualTo(ReferralRefusals.NeedsMissing));
        Assert.That(refusal!.Errors.Single(), Is.EqualTo(new FieldError("/question", blank ? "blank" : "required")));
    }

    [Test]
    public void A_field_that_the_action_does_not_take_is_refused()
    {
        var refusal = InState(ReferralState.Submitted).Attempt(ReferralAction.Acknowledge, Provider, new Given { Outcome = "need_met" }, Unlimited, Now, out _);

        Assert.That(refusal!.Errors.Single(), Is.EqualTo(new FieldError("/outcome", "not_taken")));
    }

    [Test]
    public void Accepting_needs_a_population_only_where_places_are_counted()
    {
        var referral = InState(ReferralState.Acknowledged);

        var missing = referral.Attempt(ReferralAction.Accept, Provider, Given.Nothing, GirlsAndBoys, Now, out _);
        var wrong = referral.Attempt(ReferralAction.Accept, Provider, new Given { Population = "men" }, GirlsAndBoys, Now, out _);
        var unlimited = referral.Attempt(ReferralAction.Accept, Provider, Given.Nothing, Unlimited, Now, out var accepted);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(missing?.Errors.Single(), Has.Property(nameof(FieldError.Code)).EqualTo("required").And.Property(nameof(FieldError.Allowed)).EqualTo(GirlsAndBoys));
            Assert.That(wrong?.Errors.Single().Code, Is.EqualTo("not_offered"));
            Assert.That(unlimited, Is.Null);
            Assert.That(accepted.Place, Is.EqualTo(Place.None));
        }
    }

    [Test]
    public void The_population_that_the_sender_named_is_taken_when_the_provider_names_none()
    {
        var referral = InState(ReferralState.Acknowledged) with { Population = "girls" };

        var refusal = referral.Attempt(ReferralAction.Accept, Provider, Given.Nothing, GirlsAndBoys, Now, out var accepted);

        Assert.That(refusal, Is.Null);
        Assert.That(accepted, Has.Property(nameof(Referral.Population)).EqualTo("girls").And.Property(nameof(Referral.Place)).EqualTo(Place.Reserved));
    }

    [Test]
    public void A_place_is_reserved_occupied_and_given_back()
    {
        var accepted = Done(InState(ReferralState.Submitted), ReferralAction.Accept, Provider);
        var arrived = Done(accepted, ReferralAction.Arrive, Provider);
        var completed = Done(arrived, ReferralAction.Complete, Provider);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted.Place, Is.EqualTo(Place.Reserved));
            Assert.That(arrived.Place, Is.EqualTo(Place.Occupied));
            Assert.That(completed, Has.Property(nameof(Referral.Place)).EqualTo(Place.None).And.Property(nameof(Referral.EndedAt)).EqualTo(Now));
        }
    }

    [Test]
    public void Withdrawal_gives_the_place_back([Values(Place.Reserved, Place.Occupied)] Place place)
    {
        var held = InState(ReferralState.InService) with { Place = place };

        Assert.That(Done(held, ReferralAction.Withdraw, Actor.BasisEnd), Has.Property(nameof(Referral.Place)).EqualTo(Place.None).And.Property(nameof(Referral.Reason)).EqualTo("other"));
    }

    [Test]
    public void An_arrival_cannot_lie_in_the_future_and_a_late_entry_is_marked()
    {
        var accepted = InState(ReferralState.Accepted);

        var early = accepted.Attempt(ReferralAction.Arrive, Provider, new Given { At = Now.AddMinutes(3) }, Unlimited, Now, out _);
        accepted.Attempt(ReferralAction.Arrive, Provider, new Given { At = Now.AddSeconds(30) }, Unlimited, Now, out var ahead);
        accepted.Attempt(ReferralAction.Arrive, Provider, new Given { At = Now.AddHours(-6) }, Unlimited, Now, out var late);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early?.Errors.Single(), Is.EqualTo(new FieldError("/at", "in_future")));
            Assert.That(ahead, Has.Property(nameof(Referral.StartedAt)).EqualTo(Now).And.Property(nameof(Referral.Flags)).Empty);
            Assert.That(late, Has.Property(nameof(Referral.StartedAt)).EqualTo(Now.AddHours(-6)).And.Property(nameof(Referral.Flags)).EqualTo(LateEntry));
        }
    }

    [Test]
    public void Submitting_keeps_the_first_time_of_submission()
    {
        var again = Done(GivenReferral(r => r with { FirstSubmittedAt = Now.AddDays(-1) }), ReferralAction.Submit, Sender);

        Assert.That(again, Has.Property(nameof(Referral.SubmittedAt)).EqualTo(Now).And.Property(nameof(Referral.FirstSubmittedAt)).EqualTo(Now.AddDays(-1)));
    }

    [Test]
    public void A_supervisor_above_a_unit_is_its_party_and_a_colleague_beside_it_is_not()
    {
        var referral = GivenReferral();
        var district = Guid.CreateVersion7(Now);
        Guid[] senderAbove = [Police, district];
        Guid[] providerAbove = [Shelter];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Actor.Of(Police, false, referral, senderAbove, providerAbove, true), Is.EqualTo(Sender));
            Assert.That(Actor.Of(district, true, referral, senderAbove, providerAbove, true), Is.EqualTo(Sender));
            Assert.That(Actor.Of(district, false, referral, senderAbove, providerAbove, true), Is.EqualTo(Outsider));
            Assert.That(Actor.Of(Shelter, false, referral, senderAbove, providerAbove, true), Is.EqualTo(Provider));
        }
    }

    [Test]
    public void The_sender_answers_for_a_provider_without_account_and_is_counted_apart()
    {
        var actor = Actor.Of(Police, false, GivenReferral(), [Police], [Shelter], providerHasAccount: false);

        var accepted = Done(InState(ReferralState.Submitted), ReferralAction.Accept, actor);

        Assert.That(accepted.ReportedBy, Is.EqualTo(Party.Sender));
    }

    [Test]
    public void Sexual_violence_within_72_hours_and_a_health_need_is_an_emergency(
        [Values(71, 73)] int hoursAgo, [Values("medical_care", "legal_aid")] string need, [Values] Urgency asked)
    {
        IncidentFacts[] incidents = [new([], ["sexual_violence"], Now.AddHours(-hoursAgo))];

        var (urgency, rule) = UrgencyRules.Raise(asked, need, incidents, Now);

        var raised = hoursAgo == 71 && need == "medical_care" && asked != Urgency.Emergency;
        Assert.That(urgency, Is.EqualTo(raised ? Urgency.Emergency : asked));
        Assert.That(rule, Is.EqualTo(raised ? "sexual_violence_72h" : null));
    }

    private static readonly string[] LateEntry = ["late_entry"];

    private static Referral Done(Referral referral, ReferralAction action, Actor actor)
    {
        var given = EverythingFor(ReferralLifecycle.Find(referral.State, action)!);
        Assert.That(referral.Attempt(action, actor, given, GirlsAndBoys, Now, out var after), Is.Null);
        return after;
    }
}
