using System.Text.Json.Serialization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who looked at a case, wrote in it or was turned away: agencies and roles, no names.</summary>
/// <param name="Agency">Null for the system itself.</param>
/// <param name="Role">Codes apart by commas; empty for a partner client and the system.</param>
public sealed record AccessLogRow(DateTimeOffset At, Ref? Agency, string Role, string Action, IReadOnlyList<string> Groups, string Outcome);

/// <summary>Who read what of a case, in one row for each agency, role and kind of data: to be read aloud to her.</summary>
/// <param name="Role">Codes apart by commas; empty for a partner client.</param>
/// <param name="Groups">Data groups.</param>
/// <param name="Times">How often.</param>
public sealed record ReaderRow(Ref? Agency, string Role, IReadOnlyList<string> Groups, DateTimeOffset FirstAt, DateTimeOffset LastAt, int Times);

/// <summary>One change of a case: codes and ids.</summary>
public sealed record HistoryRow(
    DateTimeOffset At, Ref? Agency, string Role, string Action, string? SubjectKind, Guid? SubjectId, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, string> Facts);

/// <summary>A journal row without its sealed words.</summary>
/// <param name="Position">Null until it is sealed.</param>
public sealed record AuditRow(
    Guid Id, long? Position, DateTimeOffset At, Guid? WorkerId, Guid? ClientId, Ref? Agency, string Role, string Action, string Outcome,
    string? SubjectKind, Guid? SubjectId, Guid? VictimId, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, string> Facts);

/// <summary>A signed batch of journal rows, linked to the one before it. Bytes in hexadecimal.</summary>
public sealed record SealRow(
    long N, long FromPosition, long ToPosition, string Hash, string Previous, string MacKey, string Signature, string SigningKey, DateTimeOffset At);

/// <summary>Which seals are verified, with the rows that they cover.</summary>
/// <param name="FromSeal">The first. What lies before it is taken as it stands.</param>
/// <param name="Most">How many at most: a seal covers up to 200 rows.</param>
public sealed record SealRange([property: Within(1, 9007199254740991)] long FromSeal, [property: Within(1, SealRange.Limit)] int Most = SealRange.Limit)
{
    internal const int Limit = 100;
}

/// <summary>What a verification of some seals found.</summary>
/// <param name="Seals">How many were found good.</param>
/// <param name="Rows">How many rows were found as they were written.</param>
/// <param name="BadPosition">The first row's that is not; null when all are.</param>
/// <param name="Next">The seal to go on with; null after the last seal, and after a bad position.</param>
/// <param name="Newest">The number of the newest seal; 0 before the first.</param>
/// <param name="Waiting">Rows that are not sealed yet.</param>
/// <param name="Witnessed">The last seal that the witness remembers; 0 for none.</param>
public sealed record SealsVerdict(
    long Seals, long Rows, long? BadPosition, [property: CodeOf("journal_fault")] string? Fault, long? Next, long Newest, long Waiting, long Witnessed);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Page<AccessLogRow>))]
[JsonSerializable(typeof(Page<ReaderRow>))]
[JsonSerializable(typeof(Page<HistoryRow>))]
[JsonSerializable(typeof(Page<AuditRow>))]
[JsonSerializable(typeof(Page<SealRow>))]
[JsonSerializable(typeof(SealRange))]
[JsonSerializable(typeof(SealsVerdict))]
internal sealed partial class JournalJson : JsonSerializerContext;
