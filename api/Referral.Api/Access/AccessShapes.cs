using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Somebody who can open the whole case.</summary>
/// <param name="Kind"><c>worker</c> or <c>client</c>.</param>
public sealed record TeamMember(Guid Id, string Kind, string DisplayName, Ref Agency, DateTimeOffset FromAt);

public sealed record TeamDraft(Guid WorkerId);

/// <summary>Somebody who could join the team.</summary>
/// <param name="CanBeAssigned">False for leave and for every other reason: which one is never said.</param>
public sealed record AssignableView(Guid Id, string DisplayName, bool CanBeAssigned);

/// <summary>One row of access.</summary>
/// <param name="WorkerName">Of a grant to one person.</param>
/// <param name="Group">A data group, <c>minimum</c> or <c>all</c>.</param>
public sealed record GrantView(
    Guid Id,
    Ref Agency,
    [property: CodeOf("grant_audience")] string Audience,
    string? WorkerName,
    string Group,
    Guid? RecordId,
    [property: CodeOf("grant_source")] string Source,
    Guid SourceId,
    Guid? BasisId,
    DateTimeOffset FromAt,
    DateTimeOffset? ToAt);

/// <summary>Keeps one person, or one agency with all its units, away from a victim and from every case of hers.</summary>
/// <param name="Person">Who is no worker yet, or whose account nobody knows.</param>
public sealed record BlockDraft(
    [property: CodeOf("block_reason")] string Reason,
    Guid? Id = null,
    Guid? WorkerId = null,
    Guid? AgencyId = null,
    [property: Text(1000)] string? Note = null,
    BlockedPerson? Person = null);

/// <summary>What somebody would be recognised by, should he ever work here: kept as keyed marks, never as it was written.</summary>
/// <param name="NationalId">CNIC, with or without dashes.</param>
/// <param name="Phone">In any Pakistani writing, or international with +.</param>
/// <param name="Name">In any script; counts together with <paramref name="FatherName"/> only.</param>
public sealed record BlockedPerson(
    [property: Text(30)] string? NationalId = null,
    [property: Text(30)] string? Phone = null,
    [property: Text(200)] string? Name = null,
    [property: Text(200)] string? FatherName = null);

public sealed record WorkerRef(Guid Id, string DisplayName);

/// <summary>Why somebody need not be kept away any more.</summary>
/// <param name="Why">For whoever decides.</param>
/// <param name="Id">Of what waits then.</param>
public sealed record BlockLift([property: Text(1000)] string? Why = null, Guid? Id = null);

/// <summary>That a block is lifted was proposed, and waits for a second person.</summary>
/// <param name="Id">Of the approval.</param>
public sealed record WaitingLift(Guid Id, WorkerRef? AskedBy, DateTimeOffset AskedAt, DateTimeOffset DueAt);

/// <param name="Note">For those who see the case, and for who wrote it.</param>
/// <param name="WatchedUntil">Of a lifted one: until then whatever was kept away is watched when it opens her.</param>
/// <param name="Marks">Of a block on somebody who is no worker yet: by what he is recognised. Whether anybody was is never said.</param>
/// <param name="Lift">What waits for a second person; null where nobody proposed it.</param>
public sealed record BlockView(
    Guid Id,
    WorkerRef? Worker,
    Ref? Agency,
    [property: CodeOf("block_reason")] string Reason,
    string? Note,
    DateTimeOffset FromAt,
    DateTimeOffset? LiftedAt,
    DateTimeOffset? WatchedUntil,
    WaitingLift? Lift,
    [property: CodeOf("person_mark")] IReadOnlyList<string> Marks);

/// <summary>Why somebody is kept away, in words: sealed with her key.</summary>
internal sealed record BlockNote(string Text) : ISealed
{
    public static int Schema => 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<TeamMember>))]
[JsonSerializable(typeof(TeamMember))]
[JsonSerializable(typeof(TeamDraft))]
[JsonSerializable(typeof(Page<AssignableView>))]
[JsonSerializable(typeof(Page<GrantView>))]
[JsonSerializable(typeof(BlockDraft))]
[JsonSerializable(typeof(BlockLift))]
[JsonSerializable(typeof(BlockView))]
[JsonSerializable(typeof(Page<BlockView>))]
[JsonSerializable(typeof(BlockNote))]
[JsonSerializable(typeof(TransferDraft))]
[JsonSerializable(typeof(TransferAcceptance))]
[JsonSerializable(typeof(TransferDecline))]
[JsonSerializable(typeof(TransferView))]
[JsonSerializable(typeof(Page<TransferView>))]
[JsonSerializable(typeof(ApprovalVerdict))]
[JsonSerializable(typeof(ApprovalView))]
[JsonSerializable(typeof(Page<ApprovalView>))]
[JsonSerializable(typeof(ApprovalWords))]
[JsonSerializable(typeof(BreakGlassDraft))]
[JsonSerializable(typeof(BreakGlassVerdict))]
[JsonSerializable(typeof(BreakGlassView))]
[JsonSerializable(typeof(Page<BreakGlassView>))]
[JsonSerializable(typeof(BreakGlassWords))]
[JsonSerializable(typeof(SilentAlertView))]
[JsonSerializable(typeof(Page<SilentAlertView>))]
[JsonSerializable(typeof(AlertSettled))]
[JsonSerializable(typeof(AlertWords))]
internal sealed partial class AccessJson : JsonSerializerContext;
