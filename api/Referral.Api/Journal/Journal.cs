using System.Text.Json.Serialization.Metadata;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// The public verb of this slice. A row is part of the unit of work that it tells of: both are there, or neither is.
/// Its position comes later, from the sealer.
/// </summary>
internal static class Journal
{
    /// <summary>What sealed changes of journal rows belong to, as <see cref="SealedPlace.Table"/> and group.</summary>
    private const string Table = "journal";

    private const string AppendSql = """
        INSERT INTO journal (id, at, access_version, worker_id, client_id, agency_id, role, action, outcome,
                             subject_kind, subject_id, victim_id, groups, facts, change, key_id)
        VALUES (@id, @now, @accessVersion, @workerId, @clientId, @agencyId, @role, @action, @outcome,
                @subjectKind, @subjectId, @victimId, @groups, @facts, @change, @keyId)
        """;

    /// <summary>Who acted and when come from <paramref name="work"/>.</summary>
    /// <returns>The row's id, for what the row causes (notifications).</returns>
    public static Task<Guid> AppendAsync(Work work, JournalEntry entry, CancellationToken cancellation) =>
        AppendAsync(work, Ids.New(work.Now), entry, null, null, cancellation);

    /// <summary>The same with what was before and after, sealed with the key of whom it is about.</summary>
    public static Task<Guid> AppendAsync<T>(
        Work work, JournalEntry entry, Keys keys, DataKey key, T change, JsonTypeInfo<T> type, CancellationToken cancellation) where T : ISealed
    {
        var id = Ids.New(work.Now);
        return AppendAsync(work, id, entry, keys.Seal(key, ChangeOf(id), change, type), key.Id, cancellation);
    }

    /// <summary>Where the sealed change of a journal row belongs.</summary>
    public static SealedPlace ChangeOf(Guid rowId) => new(Table, rowId, "change", 0);

    /// <summary>What one worker at one desk read of one victim in a while, both ends included.</summary>
    public static Task<IReadOnlyList<JournalReading>> ReadingsAsync(
        Work work, Guid victimId, Guid workerId, Guid agencyId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation) =>
        JournalStore.ReadingsAsync(work, victimId, workerId, agencyId, from, to, cancellation);

    private static async Task<Guid> AppendAsync(
        Work work, Guid id, JournalEntry entry, byte[]? change, Guid? keyId, CancellationToken cancellation)
    {
        if (!JournalActions.All.Contains(entry.Action))
        {
            throw new ArgumentException($"'{entry.Action}' is not among the journal's actions.", nameof(entry));
        }
        var caller = work.Caller;
        await work.ExecuteAsync(AppendSql, new
        {
            id,
            accessVersion = entry.AccessVersion,
            workerId = caller.WorkerId,
            clientId = caller.ClientId,
            agencyId = caller.UnitId == Guid.Empty ? (Guid?)null : caller.UnitId,
            role = string.Join(',', caller.Roles.Order(StringComparer.Ordinal)),
            action = entry.Action,
            outcome = entry.Outcome,
            subjectKind = entry.SubjectKind,
            subjectId = entry.SubjectId,
            victimId = entry.VictimId,
            groups = entry.Groups.Count == 0 ? null : string.Join(',', entry.Groups),
            facts = JournalFacts.Write(entry.Facts),
            change,
            keyId,
        }, cancellation);
        return id;
    }
}
