using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a draft of any basis says of what would be opened, to whom, for what, until when.</summary>
internal interface IExtentDraft
{
    public IReadOnlyList<string> Groups { get; }

    public IReadOnlyList<string> Purposes { get; }

    public RecipientsDraft Recipients { get; }

    public DateTimeOffset? ValidTo { get; }

    public IReadOnlyList<Guid>? Records { get; }

    public HideFromDraft? HideFrom { get; }
}

/// <summary>Sharing for a child without its guardian, as one person proposes it. It opens nothing before a second one has approved.</summary>
/// <param name="Reason">Why this is best for her.</param>
/// <param name="ChildSaid">Her own words, or how she showed what she wants.</param>
/// <param name="Tried">What else was tried.</param>
/// <param name="Risks">What could come of it.</param>
/// <param name="ValidTo">At most half a year ahead.</param>
/// <param name="SupersedesId">An earlier decision that this one replaces once it is approved.</param>
public sealed record BestInterestsDraft(
    [property: CodeOf("best_interests_ground")] string Ground,
    [property: Text(2000)] string Reason,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    [property: CodeOf("purpose_of_sharing")] IReadOnlyList<string> Purposes,
    RecipientsDraft Recipients,
    DateTimeOffset? ValidTo,
    Guid? Id = null,
    [property: Text(2000)] string? ChildSaid = null,
    [property: Text(2000)] string? Tried = null,
    [property: Text(2000)] string? Risks = null,
    IReadOnlyList<Guid>? Records = null,
    HideFromDraft? HideFrom = null,
    Guid? SupersedesId = null) : IExtentDraft;

/// <summary>Why it was decided for a child, and what was weighed.</summary>
public sealed record BestInterestsWords([property: CodeOf("best_interests_ground")] string Ground, string Reason, string? ChildSaid, string? Tried, string? Risks);

/// <summary>What a court ordered, as it stands on the paper. It opens nothing before a second person has checked it.</summary>
/// <param name="OrderNumber">Of the order or of the case at that court.</param>
/// <param name="Members">Others of her household about whom it is as well: each gets an order of their own, and a check of its own.</param>
/// <param name="Records">Items of hers, or of a member.</param>
/// <param name="Agencies">To whom: each by name.</param>
/// <param name="SupersedesId">An earlier order that this one amends: it ends once this one is approved.</param>
public sealed record OrderDraft(
    [property: Text(200)] string Court,
    [property: Text(80)] string OrderNumber,
    [property: Past] DateOnly OrderedOn,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    [property: CodeOf("purpose_of_sharing")] IReadOnlyList<string> Purposes,
    IReadOnlyList<Guid> Agencies,
    DateTimeOffset? ValidTo,
    Guid? Id = null,
    [property: Text(120)] string? Judge = null,
    IReadOnlyList<Guid>? Records = null,
    [property: Most(20)] IReadOnlyList<Guid>? Members = null,
    [property: Text(2000)] string? Note = null,
    Guid? SupersedesId = null);

/// <summary>Who ordered it, under which number, when.</summary>
public sealed record OrderWords(string Court, string? OrderNumber, string? Judge, DateOnly OrderedOn);

/// <summary>A law that asks for a report or an act, and so for sharing.</summary>
/// <param name="InstrumentId">Of the newest release of the law data; one that is in force.</param>
/// <param name="Section">Which section of it.</param>
/// <param name="ValidTo">At most a year ahead.</param>
public sealed record DutyDraft(
    [property: Text(80)] string InstrumentId,
    [property: Text(80)] string Section,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    [property: CodeOf("purpose_of_sharing")] IReadOnlyList<string> Purposes,
    RecipientsDraft Recipients,
    DateTimeOffset? ValidTo,
    Guid? Id = null,
    IReadOnlyList<Guid>? Records = null,
    HideFromDraft? HideFrom = null,
    [property: Text(2000)] string? Note = null) : IExtentDraft;

/// <summary>Which law asks for it, and as of which release of the law data.</summary>
public sealed record LawWords(string InstrumentId, string ShortName, string Section, int Release);

/// <summary>Life or serious harm, and nobody can be asked in time.</summary>
/// <param name="WhyNotAsked">Why no permission could be had.</param>
/// <param name="Hours">For how long: 72 at most.</param>
public sealed record EmergencyDraft(
    [property: Text(2000)] string WhyNotAsked,
    [property: Within(1, BasisRules.LongestEmergencyHours)] int Hours,
    [property: CodeOf("data_group", Also = [Piece.Minimum])] IReadOnlyList<string> Groups,
    RecipientsDraft Recipients,
    Guid? Id = null,
    IReadOnlyList<Guid>? Records = null);

/// <summary>A court, or an institution by law, named who decides for her.</summary>
/// <param name="Guardian">What the guardian is to her, and the name.</param>
/// <param name="Authority">Who named the guardian.</param>
/// <param name="ValidTo">Where the order names a day.</param>
/// <param name="SupersedesId">An earlier guardianship that this one replaces.</param>
public sealed record GuardianshipDraft(
    GivenBy Guardian,
    [property: CodeOf("consent_capacity", Only = ["court_appointed_guardian", "state_custodian"])] string Capacity,
    [property: Text(200)] string Authority,
    [property: Past] DateOnly OrderedOn,
    Guid? Id = null,
    [property: Text(80)] string? OrderNumber = null,
    [property: Text(120)] string? Judge = null,
    DateTimeOffset? ValidTo = null,
    [property: Text(2000)] string? Note = null,
    Guid? SupersedesId = null);

/// <summary>What a trial or a review needs is kept, whoever asks that it is forgotten.</summary>
public sealed record LegalHoldDraft(
    [property: Text(200)] string Authority,
    [property: Past] DateOnly OrderedOn,
    [property: Text(2000)] string Reason,
    Guid? Id = null,
    [property: Text(80)] string? OrderNumber = null,
    DateTimeOffset? ValidTo = null);

/// <summary>A court stays an order, or lets it run on.</summary>
/// <param name="OrderedOn">When the court said so.</param>
public sealed record OrderMove([property: Past] DateOnly OrderedOn);

/// <summary>Why a basis that nobody gave ends before its date.</summary>
public sealed record BasisEnd([property: CodeOf("withdrawal_reason", Only = ["order_ended", "not_needed"])] string Reason);
