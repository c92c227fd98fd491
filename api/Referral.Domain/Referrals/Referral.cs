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

    /// <summary>Where <c>answer_info</c> returns to; null outside a question.</summary>
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

    public DateTimeOffset? FirstSubmittedAt { get; init; }

    public DateTimeOffset? SubmittedAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    public DateTimeOffset? PlannedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DateTimeOffset ChangedAt { get; init; }

    public required Guid CreatedBy { get; init; }

    public long Version { get; init; } = 1;

    /// <summary>What <paramref name="actor"/> may do now, in the order of the table.</summary>
    public IReadOnlyList<Move> AllowedActions(Actor actor) =>
    [
        .. ReferralLifecycle.Moves.Where(move =>
            move.From.Contains(State) && actor.ActsAs(move.By) && !(move.Action == ReferralAction.RequestInfo && InfoRounds >= ReferralLifecycle.InfoRounds)),
    ];

    /// <summary>The referral after <paramref name="action"/>, or why <paramref name="actor"/> may not take it now.</summary>
    /// <param name="counted">Populations for which the service counts places; none: it is unlimited.</param>
    public Refusal? Attempt(
        ReferralAction action, Actor actor, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now, out Referral after)
    {
        after = this;
        if (ReferralLifecycle.Find(State, action) is not { } move)
        {
            return new(ReferralRefusals.IllegalMove, ("from", State.Code()), ("action", action.Code()))
            {
                Lists = [("allowedActions", [.. AllowedActions(actor).Select(m => m.Action.Code())])],
            };
        }
        if (!actor.ActsAs(move.By))
        {
            return new(ReferralRefusals.OtherPartyActs, ("action", action.Code()), ("party", move.By.Code()));
        }
        if (action == ReferralAction.RequestInfo && InfoRounds >= ReferralLifecycle.InfoRounds)
        {
            return new(ReferralRefusals.InfoRoundsSpent, ("rounds", InfoRounds.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        var taken = action == ReferralAction.Accept ? given with { Population = given.Population ?? Population } : given;
        if (Needs.Check(move, taken, counted, now) is { Count: > 0 } errors)
        {
            return new(ReferralRefusals.NeedsMissing, ("action", action.Code())) { Errors = errors };
        }
        after = Moved(move, actor, taken, counted, now);
        return null;
    }

    private Referral Moved(Move move, Actor actor, Given given, IReadOnlyCollection<string> counted, DateTimeOffset now)
    {
        var next = this with
        {
            State = move.To ?? PriorState ?? throw new InvalidOperationException($"Referral {Id} has no prior state to return to."),
            PriorState = null,
            Place = PlaceAfter(move.Place, counted),
            ReportedBy = move.By == Party.Provider ? (actor.SpeaksForProvider ? Party.Sender : Party.Provider) : ReportedBy,
            ChangedAt = now,
            Version = Version + 1,
        };
        // Whatever the provider does with a referral it has not acknowledged shows that it has seen it.
        if (State == ReferralState.Submitted && move.By == Party.Provider)
        {
            next = next with { AcknowledgedAt = now };
        }
        if (!next.State.IsOpen())
        {
            next = next with { EndedAt = now };
        }
        return move.Action switch
        {
            ReferralAction.Submit => next with { SubmittedAt = now, FirstSubmittedAt = FirstSubmittedAt ?? now },
            ReferralAction.RequestInfo => next with { PriorState = ReferralState.Acknowledged, InfoRounds = InfoRounds + 1 },
            ReferralAction.Accept => next with { AnsweredAt = now, Population = given.Population },
            ReferralAction.Decline => next with { AnsweredAt = now, Reason = given.Reason, SuggestedServiceId = given.SuggestedServiceId },
            ReferralAction.Arrive => next.Arrived(given, now),
            ReferralAction.Complete => next with { Outcome = given.Outcome },
            ReferralAction.Cancel or ReferralAction.Withdraw => next with { Reason = given.Reason },
            _ => next,
        };
    }

    private Referral Arrived(Given given, DateTimeOffset now)
    {
        ClientTime.TryTake(given.At!.Value, now, out var time);
        return this with { StartedAt = time.At, Flags = time.IsLate ? [.. Flags.Union([LateEntry])] : Flags };
    }

    private Place PlaceAfter(PlaceEffect effect, IReadOnlyCollection<string> counted) => effect switch
    {
        PlaceEffect.Reserve => counted.Count > 0 ? Place.Reserved : Place.None,
        PlaceEffect.Occupy => Place == Place.Reserved ? Place.Occupied : Place,
        PlaceEffect.Release => Place.None,
        _ => Place,
    };

    private const string LateEntry = "late_entry";
}
