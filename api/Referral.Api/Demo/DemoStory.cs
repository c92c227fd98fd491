namespace NationalReferral;

/// <summary>What happened to one invented victim: only values, so that a unit of work that runs again writes the same.</summary>
internal sealed record DemoStory
{
    public required DemoWorker Worker { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required VictimDraft Draft { get; init; }

    /// <summary>Null where nobody has written more than a registration asks for.</summary>
    public DemoPapers? Papers { get; init; }

    public required Item Incident { get; init; }

    public required NeedDraft Need { get; init; }

    public BasisDraft? Consent { get; init; }

    public DemoJourney? Journey { get; init; }
}

/// <summary>The documents of a victim, and what a screening saw.</summary>
internal sealed record DemoPapers(IdentityRecord Identity, ContactRecord Contact, DemographicsRecord Demographics, HealthRecord? Health, Item Screening);

/// <summary>A referral and the moves it takes, in order.</summary>
internal sealed record DemoJourney(DemoService Service, DateTimeOffset CreatedAt, IReadOnlyList<string> Groups, bool WithIncident, string? Note, IReadOnlyList<DemoMove> Moves);

/// <param name="Action">Withdraw is the victim's: she takes her consent back.</param>
internal sealed record DemoMove(ReferralAction Action, DateTimeOffset At, Given Given);
