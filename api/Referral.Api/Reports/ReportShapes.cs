using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who told it. Sealed apart from the story: whoever goes on to work on a case never opens it.</summary>
/// <param name="IsAnonymous">Wants to stay unknown: no name then, and a number only with <paramref name="AgreesToKeep"/>.</param>
/// <param name="AgreesToKeep">The number may be kept, to call back.</param>
/// <param name="MayRing">It is safe to ring that number.</param>
/// <param name="CallNote">When, whom to ask for, what never to say.</param>
public sealed record ReporterDraft(
    [property: Text(TextRules.Name)] string? Name = null,
    [property: Text(40)] string? Phone = null,
    bool IsAnonymous = false,
    bool AgreesToKeep = false,
    bool MayRing = false,
    [property: Text(TextRules.Line)] string? CallNote = null);

/// <summary>A call, a visit, a message. Channel and outcome are enough for one that needs nothing more.</summary>
/// <param name="Outcome">What became of it at once; none while somebody still has to sort it.</param>
/// <param name="ReportedAt">When it was told, for what was written down without a connection.</param>
/// <param name="AboutAgencyId">Of a complaint.</param>
/// <param name="AboutWorkerId">Of a complaint; of an intake the member of staff whose own household is meant.</param>
public sealed record ReportDraft(
    [property: CodeOf("report_channel")] string Channel,
    [property: CodeOf("report_kind", Only = ["intake", "complaint", "feedback"])] string Kind = "intake",
    Guid? Id = null,
    [property: CodeOf("report_outcome")] string? Outcome = null,
    [property: CodeOf("urgency")] string? Urgency = null,
    string? District = null,
    [property: Past] DateTimeOffset? ReportedAt = null,
    [property: Text(TextRules.Story)] string? Story = null,
    ReporterDraft? Reporter = null,
    Guid? AboutAgencyId = null,
    Guid? AboutWorkerId = null);

/// <summary>A grown person refused to be registered or referred: what is counted of it. No name, no words, no case.</summary>
/// <param name="District">Where it happened, or where she was found.</param>
public sealed record UnnamedDraft(
    [property: CodeOf("exploitation_type")] IReadOnlyList<string> Types,
    [property: CodeOf("sex")] string? Sex = null,
    string? District = null);

/// <summary>What sorting says of a report, whole.</summary>
/// <param name="RelatedId">Of a duplicate: the report that it tells again. Where that is a duplicate itself, the first of them is kept.</param>
public sealed record ReportChange(
    [property: CodeOf("report_outcome")] string? Outcome,
    [property: CodeOf("urgency")] string? Urgency,
    string? District,
    [property: Text(TextRules.Story)] string? Story,
    Guid? RelatedId = null);

/// <summary>That it was taken down, and by whom it is handled. It may be out of sight of whoever wrote it.</summary>
/// <param name="IsLate">Written down more than 15 minutes after it was told.</param>
/// <param name="FollowCode">For whoever told it, and told nowhere else; none for a call that was nothing.</param>
public sealed record ReportReceipt(Guid Id, bool IsLate, Ref Handler, string? FollowCode);

/// <summary>A report in a list: no words.</summary>
/// <param name="Unread">Messages that came by its follow-code and wait to be read.</param>
/// <param name="CallBackBy">Somebody waits to be called, until then or since then.</param>
/// <param name="StopBy">Somebody asked that it stops and waits for an answer, until then or since then.</param>
public sealed record ReportRow(
    Guid Id,
    [property: CodeOf("report_kind")] string Kind,
    [property: CodeOf("report_channel")] string Channel,
    [property: CodeOf("report_outcome")] string? Outcome,
    [property: CodeOf("urgency")] string? Urgency,
    string? District,
    DateTimeOffset ReportedAt,
    DateTimeOffset ReceivedAt,
    bool IsLate,
    int Unread,
    DateTimeOffset? CallBackBy,
    DateTimeOffset? StopBy,
    Guid? VictimId);

/// <summary>Which buttons a screen shows; the server decides again on each request.</summary>
public sealed record ReportMay(bool Sort, bool Link);

/// <summary>To which case a report belongs.</summary>
public sealed record ReportLink(Guid VictimId);

/// <summary>A report with its words.</summary>
/// <param name="Reporter">Null when nothing of the caller was kept.</param>
/// <param name="RelatedId">Of a duplicate: the report that it tells again.</param>
/// <param name="Duplicates">Reports that tell this one again.</param>
/// <param name="CallBackBy">Somebody waits to be called, until then or since then.</param>
/// <param name="StopBy">Somebody asked that it stops and waits for an answer, until then or since then.</param>
/// <param name="Messages">What came by its follow-code, the newest first.</param>
public sealed record ReportView(
    Guid Id,
    [property: CodeOf("report_kind")] string Kind,
    [property: CodeOf("report_channel")] string Channel,
    [property: CodeOf("report_outcome")] string? Outcome,
    [property: CodeOf("urgency")] string? Urgency,
    string? District,
    DateTimeOffset ReportedAt,
    DateTimeOffset ReceivedAt,
    bool IsLate,
    bool IsAnonymous,
    [property: Text(TextRules.Story)] string? Story,
    ReporterRecord? Reporter,
    Ref Handler,
    Ref? AboutAgency,
    WorkerRef? AboutWorker,
    Guid? VictimId,
    Guid? RelatedId,
    IReadOnlyList<Guid> Duplicates,
    DateTimeOffset? CallBackBy,
    DateTimeOffset? StopBy,
    IReadOnlyList<FollowMessage> Messages,
    ReportMay May);

/// <summary>What is kept of the caller, sealed with a key of its own.</summary>
public sealed record ReporterRecord(string? Name, string? Phone, bool MayRing, string? CallNote) : ISealed
{
    public static int Schema => 1;
}

/// <summary>What was told, sealed with the report's key.</summary>
internal sealed record ReportStory(string Text) : ISealed
{
    public static int Schema => 1;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ReportDraft))]
[JsonSerializable(typeof(ReportChange))]
[JsonSerializable(typeof(UnnamedDraft))]
[JsonSerializable(typeof(ReportLink))]
[JsonSerializable(typeof(ReportReceipt))]
[JsonSerializable(typeof(Page<ReportRow>))]
[JsonSerializable(typeof(ReportView))]
[JsonSerializable(typeof(ReporterRecord))]
[JsonSerializable(typeof(ReportStory))]
internal sealed partial class ReportJson : JsonSerializerContext;
