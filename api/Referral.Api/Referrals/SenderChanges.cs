using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// A case that another agency leads from now on: it speaks for the sender of what had been sent, so that questions are
/// answered by somebody who knows her. Who sent it stays in the journal, and keeps it in sight.
/// </summary>
internal static class SenderChanges
{
    private const string GoesOnSql = """
        SELECT r.id, r.sender_agency_id, r.provider_agency_id, r.is_open, r.submitted_at, r.version
          FROM referrals r
         WHERE r.victim_id = @victimId
           AND r.sender_agency_id <> @agencyId
           AND r.state NOT IN ('completed', 'withdrawn', 'entered_in_error')
         ORDER BY r.id
        """;

    private const string SaveSql = """
        UPDATE referrals
           SET sender_agency_id = @agencyId, changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>What can still be answered, sent on or sent at all. The caller holds the victim's turn.</summary>
    public static async Task FollowAsync(Work work, Guid victimId, Guid agencyId, long turn, CancellationToken cancellation)
    {
        foreach (var referral in await work.ListAsync<Row>(GoesOnSql, new { victimId, agencyId }, cancellation))
        {
            if (await work.ExecuteAsync(SaveSql, new { id = referral.Id, read = referral.Version, agencyId }, cancellation) == 0)
            {
                throw new ChangedMeanwhileException();
            }
            var row = await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.ReferralSenderChanged,
                SubjectKind = "referral",
                SubjectId = referral.Id,
                VictimId = victimId,
                AccessVersion = turn,
                Facts = [(FromFact, referral.SenderAgencyId.ToString()), ("toAgencyId", agencyId.ToString()), ("party", Party.Sender.Code())],
            }, cancellation);
            if (referral is { IsOpen: true, SubmittedAt: not null })
            {
                await Notifications.TellDeskAsync(
                    work, referral.ProviderAgencyId, new Notice(JournalActions.ReferralSenderChanged, row, "referral", referral.Id, victimId), cancellation);
            }
        }
    }

    /// <summary>Who was the sender until when, the first one first; nothing when it always was who it is now.</summary>
    public static async Task<IReadOnlyList<(DateTimeOffset Until, Ref Sender)>> OfAsync(Work work, Guid referralId, CancellationToken cancellation)
    {
        var lines = await JournalStore.SubjectActionsAsync(work, "referral", referralId, JournalActions.ReferralSenderChanged, cancellation);
        var changes = lines.Select(line => (line.At, AgencyId: Guid.Parse(JournalFacts.Read(line.Facts)[FromFact]))).ToArray();
        var agencies = await AgencyRefs.OfAsync(work, changes.Select(change => change.AgencyId), cancellation);
        return [.. changes.Select(change => (change.At, agencies[change.AgencyId]))];
    }

    private const string FromFact = "fromAgencyId";

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid SenderAgencyId { get; init; }
        public required Guid ProviderAgencyId { get; init; }
        public required bool IsOpen { get; init; }
        public DateTimeOffset? SubmittedAt { get; init; }
        public required long Version { get; init; }
    }
}
