using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>One law's answer for one purpose, place and day.</summary>
/// <param name="District">Of that place.</param>
/// <param name="On">The day that counts there: of the act for the place of the act.</param>
/// <param name="RecordId">The incident, for the place of an act.</param>
/// <param name="Answer">Whether she was under the limit on that day.</param>
/// <param name="Status">How far the law can be relied on there.</param>
/// <param name="Benchmark">What a treaty says of the same purpose, in years.</param>
public sealed record AgeRowView(
    [property: CodeOf("age_place")] string Place,
    string District,
    string Province,
    DateOnly On,
    Guid? RecordId,
    [property: CodeOf("law_purpose")] string Purpose,
    [property: CodeOf("age_answer")] string Answer,
    [property: CodeOf("law_answer_status")] string Status,
    AgeRuleView? Rule,
    int? Benchmark);

/// <summary>The one answer that holds wherever a rule protects children.</summary>
public sealed record ProtectiveView(bool AsChild, [property: CodeOf("protective_reason")] string Reason);

/// <summary>Is she a child?</summary>
/// <param name="AsOf">The day that was asked for. What was known at its end answers; today, what is known now.</param>
/// <param name="Release">Which release of law data answers.</param>
/// <param name="KnownAt">Since when that was known.</param>
/// <param name="Least">Fewest completed years on that day; null while nothing is known.</param>
/// <param name="Most">Most completed years on that day.</param>
/// <param name="ProtectiveAnswer">Holds whatever single laws say.</param>
/// <param name="Rows">By purpose, then home, where she is, where it happened. What the caller may not open is left out.</param>
/// <param name="NotKnown">Places of which nothing is known.</param>
public sealed record AgeView(
    DateOnly AsOf,
    int Release,
    DateTimeOffset KnownAt,
    [property: CodeOf("age_band")] string AgeBand,
    [property: CodeOf("age_status")] string AgeStatus,
    int? Least,
    int? Most,
    ProtectiveView ProtectiveAnswer,
    IReadOnlyList<AgeRowView> Rows,
    [property: CodeOf("age_place")] IReadOnlyList<string> NotKnown);

/// <summary>Somebody says that her age is not what is written.</summary>
public sealed record AgeDispute([property: Text(2000)] string Reason, Guid? Id = null);

/// <summary>Which evidence counts, and why. The age is not typed: it is what the strongest of it says.</summary>
/// <param name="RestsOn">Items of evidence on which it rests.</param>
/// <param name="SetAside">Items of evidence that do not count; the reason says why.</param>
public sealed record AgeDetermination(
    [property: Most(50)] IReadOnlyList<Guid> RestsOn,
    [property: Text(2000)] string Reason,
    [property: Most(50)] IReadOnlyList<Guid>? SetAside = null,
    Guid? Id = null);

/// <summary>A dispute or a determination, with its words.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="By">Who; null for a client.</param>
/// <param name="BornFrom">Of a determination: the earliest day on which she can have been born.</param>
/// <param name="BornTo">The latest; the same as the earliest when a document names the day.</param>
/// <param name="Stands">Nothing later has been said.</param>
public sealed record AgeDecisionView(
    Guid Id,
    [property: CodeOf("age_decision_kind")] string Kind,
    DateTimeOffset At,
    WorkerRef? By,
    Ref Agency,
    string Reason,
    IReadOnlyList<Guid> RestsOn,
    IReadOnlyList<Guid> SetAside,
    [property: CodeOf("age_evidence_kind")] string? Evidence,
    DateOnly? BornFrom,
    DateOnly? BornTo,
    bool Stands);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AgeView))]
[JsonSerializable(typeof(AgeDispute))]
[JsonSerializable(typeof(AgeDetermination))]
[JsonSerializable(typeof(AgeDecisionView))]
[JsonSerializable(typeof(Page<AgeDecisionView>))]
[JsonSerializable(typeof(AgeFacts))]
[JsonSerializable(typeof(AgeDecision))]
internal sealed partial class AgeJson : JsonSerializerContext;
