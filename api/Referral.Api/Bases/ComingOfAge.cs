using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>She is treated as a child no more: what guardians allowed and others decided for her ends, and her own word is asked for.</summary>
internal static class ComingOfAge
{
    private static readonly TimeSpan TimeToAsk = TimeSpan.FromDays(7);

    private const string LiveSql = $"""
        SELECT b.id, b.kind, b.detail, {Keys.Columns}
          FROM bases b
          JOIN victims v ON v.id = b.victim_id
          JOIN data_keys k ON k.id = v.key_id
         WHERE b.victim_id = @victimId
           AND b.status = 'active'
           AND b.kind IN ('consent', 'best_interests_decision')
         ORDER BY b.id
        """;

    /// <summary>The caller holds her turn.</summary>
    /// <param name="isOpen">The case is: else nobody has to ask her.</param>
    public static async Task FollowAsync(Work work, Keys keys, Guid victimId, Guid agencyId, bool isOpen, long turn, CancellationToken cancellation)
    {
        var ended = new List<Guid>();
        foreach (var row in await work.ListAsync<Row>(LiveSql, new { victimId }, cancellation))
        {
            var detail = keys.Open(row.Key, row.Detail, StoredBasis.PlaceOf(row.Id), BasisJson.Default.BasisDetail);
            // Nobody decides for her any more, neither a guardian nor two of those who help.
            if (!(row.Kind == BasisKind.BestInterestsDecision || ConsentRules.IsOfGuardian(detail.Capacity)) || !await BasisStates.EndAsync(work, row.Id, BasisStatus.Ended, Aftermath.Turned18, cancellation))
            {
                continue;
            }
            ended.Add(row.Id);
            var line = await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.BasisEnded,
                SubjectKind = "basis",
                SubjectId = row.Id,
                VictimId = victimId,
                AccessVersion = turn,
                Facts = [("reason", Aftermath.Turned18)],
            }, cancellation);
            if (isOpen)
            {
                await Clocks.BasisEndsAsync(work, row.Id, victimId, agencyId, work.Now + TimeToAsk, ofAge: true, cancellation);
                await Notifications.TellSendersAsync(work, agencyId, new Notice(JournalActions.BasisEnded, line, "victim", victimId, victimId), cancellation);
            }
        }
        if (ended.Count > 0)
        {
            await Aftermath.ApplyAsync(work, victimId, turn, Aftermath.Turned18, expired: null, keys, cancellation);
            foreach (var basisId in ended)
            {
                await Grants.EndOfBasisAsync(work, basisId, cancellation);
            }
        }
    }

    private sealed record Row : SealedRow
    {
        public required Guid Id { get; init; }
        public required BasisKind Kind { get; init; }
        public required byte[] Detail { get; init; }
    }
}
