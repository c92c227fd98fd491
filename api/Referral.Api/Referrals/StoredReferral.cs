using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A referral as a list tells of it, with what its row joins and on which sides the caller stands.</summary>
internal record ListedReferral
{
    public required Guid Id { get; init; }
    public Guid? GroupId { get; init; }
    public required Guid VictimId { get; init; }
    public required Guid NeedId { get; init; }
    public required Guid SenderAgencyId { get; init; }
    public required Guid ProviderAgencyId { get; init; }
    public required Guid ServiceId { get; init; }
    public Guid? AssigneeId { get; init; }
    public required ReferralState State { get; init; }
    public ReferralPhase? Phase { get; init; }
    public ReferralState? PriorState { get; init; }
    public required Urgency AskedUrgency { get; init; }
    public required Urgency Urgency { get; init; }
    public string? UrgencyRule { get; init; }
    public string? Reason { get; init; }
    public string? Outcome { get; init; }
    public required Party ReportedBy { get; init; }
    public Guid? ReroutedFrom { get; init; }
    public string? Population { get; init; }
    public required string AgeBand { get; init; }
    public required string Sex { get; init; }
    public required string District { get; init; }
    public required string Constraints { get; init; }
    public required string Flags { get; init; }
    public required Place Place { get; init; }
    public required int InfoRounds { get; init; }
    public Guid? SuggestedServiceId { get; init; }
    public required string Purpose { get; init; }
    public required Guid CreatedBy { get; init; }
    public DateTimeOffset? FirstSubmittedAt { get; init; }
    public DateTimeOffset? SubmittedAt { get; init; }
    public DateTimeOffset? AcknowledgedAt { get; init; }
    public DateTimeOffset? AnsweredAt { get; init; }
    public DateTimeOffset? PlannedAt { get; init; }
    public DateTimeOffset? PlannedEndAt { get; init; }
    public DateTimeOffset? ReviewAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? EndedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public required long Version { get; init; }

    public required string CaseCode { get; init; }
    public required string Category { get; init; }
    public required string SenderNameEn { get; init; }
    public required string SenderNameUr { get; init; }
    public required string ProviderNameEn { get; init; }
    public required string ProviderNameUr { get; init; }
    public required bool ProviderHasAccount { get; init; }
    public required string ServiceNameEn { get; init; }
    public required string ServiceNameUr { get; init; }

    public string? ClockKind { get; init; }
    public DateTimeOffset? ClockDueAt { get; init; }
    public DateTimeOffset? ClockStartedAt { get; init; }
    public string? ClockState { get; init; }
    public string? ClockStage { get; init; }

    public required bool Sends { get; init; }
    public required bool Provides { get; init; }
}

/// <summary>A referral as the database holds it: lists do without what only its view and its moves ask.</summary>
internal sealed record StoredReferral : ListedReferral
{
    public required long AccessVersion { get; init; }
    public required string KnownAgeBand { get; init; }
    public required string KnownSex { get; init; }
    public required string KnownDistrict { get; init; }
    public required bool AsChild { get; init; }

    /// <summary>Of its service.</summary>
    public int? ServiceMinAge { get; init; }
    public required bool CountsPlaces { get; init; }

    /// <summary>Where the child is by the handovers (<see cref="Handovers"/>); null: nobody has spoken of it.</summary>
    public string? Handover { get; init; }

    /// <summary>She is treated as a child, and nobody at the provider has said yet that she was handed over.</summary>
    public bool AwaitsHandover => AsChild && Handover is not (Handovers.Received or Handovers.Released);

    /// <summary>She is treated as a child, and no family has received her by the word of both sides.</summary>
    public bool AwaitsRelease => AsChild && Handover != Handovers.Released;

    public DateTimeOffset? HelpedAt { get; init; }

    /// <summary>Services that it goes to by itself, in this order, when it is declined or expires.</summary>
    public string? Fallbacks { get; init; }

    /// <summary>The referral that went to another provider instead.</summary>
    public Guid? ReroutedTo { get; init; }

    /// <summary>How many grants of this referral reach the caller now. Between two versions doors only close, so their number tells.</summary>
    public required int Doors { get; init; }

    /// <summary>True when the caller sees the whole case. Of a party it is not looked for: a party is shown all of the referral anyway.</summary>
    public required bool Whole { get; init; }

    /// <summary>
    /// True for an agency that sent it and leads the case no more: it sees where the referral stands, and neither reads nor
    /// writes what the parties say to each other.
    /// </summary>
    public bool OnlySees(Caller caller) => !Sends && !Provides && !Whole && !caller.May(Permissions.Oversee);

    /// <summary>What is known of her now, not when the draft was written.</summary>
    public Minimum Known => new(KnownAgeBand, KnownSex, KnownDistrict, AsChild);

    public Actor ActorFor(Caller caller) => Actor.Of(Sends, Provides, ProviderHasAccount) with
    {
        Supervises = Sends && caller.Supervises,
        Oversees = caller.May(Permissions.Oversee),
    };

    public Tag Tag => Tag.Of(Version, [Doors.ToString(System.Globalization.CultureInfo.InvariantCulture)]);

    public Referral ToReferral() => new()
    {
        Id = Id,
        GroupId = GroupId,
        VictimId = VictimId,
        NeedId = NeedId,
        SenderAgencyId = SenderAgencyId,
        ProviderAgencyId = ProviderAgencyId,
        ServiceId = ServiceId,
        AssigneeId = AssigneeId,
        State = State,
        Phase = Phase,
        PriorState = PriorState,
        AskedUrgency = AskedUrgency,
        Urgency = Urgency,
        UrgencyRule = UrgencyRule,
        Reason = Reason,
        Outcome = Outcome,
        ReportedBy = ReportedBy,
        Population = Population,
        Place = Place,
        InfoRounds = InfoRounds,
        Flags = Words.Split(Flags),
        SuggestedServiceId = SuggestedServiceId,
        FirstSubmittedAt = FirstSubmittedAt,
        HelpedAt = HelpedAt,
        SubmittedAt = SubmittedAt,
        AcknowledgedAt = AcknowledgedAt,
        AnsweredAt = AnsweredAt,
        PlannedAt = PlannedAt,
        PlannedEndAt = PlannedEndAt,
        ReviewAt = ReviewAt,
        StartedAt = StartedAt,
        EndedAt = EndedAt,
        ChangedAt = ChangedAt,
        CreatedBy = CreatedBy,
        Version = Version,
    };
}
