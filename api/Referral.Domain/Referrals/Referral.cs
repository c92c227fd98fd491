namespace NationalReferral;

/// <summary>A request from a sending agency to a provider's service, for one victim.</summary>
public sealed record Referral
{
    public required Guid Id { get; init; }

    public Guid? GroupId { get; init; }

    public required Guid VictimId { get; init; }

    public required Guid NeedId { get; init; }

    public required Guid SenderAgencyId { get; init; }

    public required Guid ProviderAgencyId { get; init; }

    public required Guid ServiceId { get; init; }

    public Guid? AssigneeId { get; init; }

    public ReferralState State { get; init; } = ReferralState.Draft;

    public ReferralPhase? Phase { get; init; }

    /// <summary>Where a question, a hold or a wish to cancel returns to; null outside these.</summary>
    public ReferralState? PriorState { get; init; }

    public required Urgency AskedUrgency { get; init; }

    /// <summary>Never lower than what was asked.</summary>
    public required Urgency Urgency { get; init; }

    /// <summary>The rule that raised the urgency; named to the sender only.</summary>
    public string? UrgencyRule { get; init; }

    /// <summary>Why it was declined, cancelled or withdrawn.</summary>
    public string? Reason { get; init; }

    public string? Outcome { get; init; }

    /// <summary><see cref="Party.Sender"/> when it answered for a provider without an account.</summary>
    public Party ReportedBy { get; init; } = Party.Provider;

    public string? Population { get; init; }

    public Place Place { get; init; }

    public int InfoRounds { get; init; }

    public IReadOnlyList<string> Flags { get; init; } = [];

    public Guid? SuggestedServiceId { get; init; }

    /// <summary>When help was first asked for: later providers do not set it anew.</summary>
    public DateTimeOffset? FirstSubmittedAt { get; init; }

    /// <summary>When a service first began, here or at an earlier provider of the same need.</summary>
    public DateTimeOffset? HelpedAt { get; init; }

    /// <summary>From the first submission to the first service, over all providers; null as long as none has begun.</summary>
    public TimeSpan? TimeToHelp => HelpedAt - FirstSubmittedAt is { } time ? TimeSpan.FromTicks(Math.Max(0, time.Ticks)) : null;

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    /// <summary>When the service is meant to end; from then on the outcome is awaited.</summary>
    public DateTimeOffset? PlannedEndAt { get; init; }

    /// <summary>When a hold is looked at again.</summary>
    public DateTimeOffset? ReviewAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>What <paramref name="actor"/> may do now, in the order of the table.</summary>
    public IReadOnlyList<Move> AllowedActions(Actor actor) =>
    [
        .. ReferralLifecycle.From(State, PriorState).Where(move =>
            actor.MayTake(move) && !(move.Action == ReferralAction.RequestInfo && InfoRounds >= ReferralLifecycle.InfoRounds)),
    ];

    /// <returns>Null when the action is not possible from where the referral stands.</returns>
    public Move? Find(ReferralAction action) => ReferralLifecycle.Find(State, action, PriorState);

    /// <summary>The referral after <paramref name="action"/>, or why <paramref name="actor"/> may not take it now.</summary>
    /// <param name="counted">Populations for which the service counts places; none: it is unlimited.</param>
    public Refusal? Attempt(
        ReferralAction action, Actor actor, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now, out Referral after,
        ClockLength? longestHold = null)
    {
        after = this;
        if (Find(action) is not { } move)
        {
            return new(ReferralRefusals.IllegalMove, ("from", State.Code()), ("action", action.Code()))
            {
                Lists = [("allowedActions", [.. AllowedActions(actor).Select(m => m.Action.Code())])],
            };
        }
        if (!actor.MayTake(move))
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", action.Code()), ("party", move.By.Code()));
        }
        if (action == ReferralAction.RequestInfo && InfoRounds >= ReferralLifecycle.InfoRounds)
        {
            return new(ReferralRefusals.InfoRoundsSpent, ("rounds", InfoRounds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        var taken = action == ReferralAction.Accept ? given with { Population = given.Population ?? Population } : given;
        // Time has nothing to say, and has waited.
        if (actor.System != Party.Clock)
        {
            if (Faults(move, taken, counted, now, longestHold) is { Count: > 0 } errors)
            {
                return new(ReferralRefusals.NeedsMissing, ("action", action.Code())) { Errors = errors };
            }
            if (action == ReferralAction.ReportNoShow && PlannedAt > now)
            {
                return new(ReferralRefusals.NotDueYet, ("plannedAt", PlannedAt.Value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture)));
            }
        }
        after = Moved(move, actor, taken, counted, now);
        return null;
    }

    private IReadOnlyList<FieldError> Faults(Move move, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now, ClockLength? longestHold)
    {
        var errors = Needs.Check(move, given, counted, now);
        // A hold is looked at again before the urgency of the referral is forgotten.
        return move.Action == ReferralAction.Hold && errors.Count == 0 && given.ReviewAt > now + ReferralLifecycle.LongestHold(Urgency, longestHold)
            ? [new FieldError("/reviewAt", "too_far")]
            : errors;
    }

    private Referral Moved(Move move, Actor actor, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now)
    {
        var next = this with
        {
            State = move.To ?? PriorState ?? throw new InvalidOperationException($"Referral {Id} has no prior state to return to."),
            PriorState = null,
            ReviewAt = null,
            Place = PlaceAfter(move.Place, counted),
            ReportedBy = move.By == Party.Provider && actor.Provides ? (actor.SpeaksForProvider ? Party.Sender : Party.Provider) : ReportedBy,
            ChangedAt = now,
            Version = Version + 1,
        };
        // Whatever the provider does with a referral it has not acknowledged shows that it has seen it.
        if (State == ReferralState.Submitted && actor.TakesAs(move) == Party.Provider)
        {
            next = next with { AcknowledgedAt = now };
        }
        if (!next.State.IsOpen())
        {
            next = next with { EndedAt = EndedAt ?? now };
        }
        if (!(next.State is ReferralState.Accepted or ReferralState.OnHold or ReferralState.CancelRequested))
        {
            next = next with { Phase = null };
        }
        return move.Action switch
        {
            ReferralAction.Submit => next with { SubmittedAt = now, FirstSubmittedAt = FirstSubmittedAt ?? now },
            ReferralAction.RequestInfo => next with { PriorState = ReferralState.Acknowledged, InfoRounds = InfoRounds + 1 },
            ReferralAction.Accept => next with { AnsweredAt = now, Population = given.Population },
            ReferralAction.Decline => next with { AnsweredAt = now, Reason = given.Reason, SuggestedServiceId = given.SuggestedServiceId },
            ReferralAction.Schedule or ReferralAction.Reschedule => next with { Phase = ReferralPhase.Scheduled, PlannedAt = given.PlannedAt },
            ReferralAction.Depart => next with { Phase = ReferralPhase.InTransit },
            ReferralAction.Arrive => next.Arrived(given, now) with { PlannedEndAt = given.PlannedEndAt },
            ReferralAction.Complete => next with { Outcome = given.Outcome },
            // Whoever holds a referral for the provider has seen it.
            ReferralAction.Hold => next with
            {
                PriorState = State == ReferralState.Submitted && next.AcknowledgedAt is not null ? ReferralState.Acknowledged : State,
                ReviewAt = given.ReviewAt,
                Reason = given.Reason,
            },
            ReferralAction.RequestCancel => next with { PriorState = State == ReferralState.OnHold ? PriorState : State, Reason = given.Reason },
            ReferralAction.Resume or ReferralAction.RefuseCancel => next with { Reason = null },
            ReferralAction.Reroute when State == ReferralState.NoShow => next with { Reason = MovedOn },
            ReferralAction.Cancel or ReferralAction.Withdraw or ReferralAction.EndEarly or ReferralAction.ReportNoShow or ReferralAction.EnterInError
                => next with { Reason = given.Reason },
            _ => next,
        };
    }

    private Referral Arrived(Given given, DateTimeOffset now)
    {
        ClientTime.TryTake(given.At!.Value, now, out var time);
        return this with { StartedAt = time.At, HelpedAt = HelpedAt ?? time.At, Flags = time.IsLate ? [.. Flags.Union([LateEntry])] : Flags };
    }

    private Place PlaceAfter(PlaceEffect effect, IReadOnlyCollection<string> counted) => effect switch
    {
        // What is still held for a child who did not arrive is hers again.
        PlaceEffect.Reserve => counted.Count > 0 ? Place.Reserved : Place.None,
        PlaceEffect.Occupy => Place == Place.Reserved ? Place.Occupied : Place,
        PlaceEffect.Release => Place.None,
        _ => Place,
    };

    /// <summary>The place of a child who never came, given to somebody else. No move: she may still be expected.</summary>
    public Referral PlaceFreed(DateTimeOffset now) => this with { Place = Place.None, ChangedAt = now, Version = Version + 1 };

    public const string MissingInTransit = "missing_in_transit";

    private const string LateEntry = "late_entry";
    private const string MovedOn = "moved_to_other_provider";
}
