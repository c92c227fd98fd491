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
public sealed record BlockDraft(
    [property: CodeOf("block_reason")] string Reason,
    Guid? Id = null,
    Guid? WorkerId = null,
    Guid? AgencyId = null,
    [property: Text(1000)] string? Note = null);

public sealed record WorkerRef(Guid Id, string DisplayName);

/// <param name="Note">For those who see the case, and for who wrote it.</param>
public sealed record BlockView(
    Guid Id,
    WorkerRef? Worker,
    Ref? Agency,
    [property: CodeOf("block_reason")] string Reason,
    string? Note,
    DateTimeOffset FromAt,
    DateTimeOffset? LiftedAt);

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
internal sealed partial class AccessJson : JsonSerializerContext;
