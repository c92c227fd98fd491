using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// How a person is treated has changed: her open referrals say so to both sides. Nobody is moved: whoever sent her decides,
/// and what was accepted stands.
/// </summary>
internal static class ChildFlags
{
    private const string OpenSql = """
        SELECT r.id, r.sender_agency_id, r.provider_agency_id, r.flags, r.submitted_at, r.version
          FROM referrals r
         WHERE r.victim_id = @victimId
           AND r.is_open = 1
         ORDER BY r.id
        """;

    private const string SaveSql = """
        UPDATE referrals
           SET flags = @flags, changed_at = @now, version = version + 1
         WHERE id = @id
           AND version = @read
        """;

    /// <summary>The caller holds her turn.</summary>
    /// <param name="known">How she is treated from now on.</param>
    public static async Task SetAsync(Work work, Guid victimId, Minimum known, long turn, CancellationToken cancellation)
    {
        foreach (var referral in await work.ListAsync<Row>(OpenSql, new { victimId }, cancellation))
        {
            var flags = Words.Split(referral.Flags).Where(flag => flag != Drafts.TreatedAsChild).ToList();
            if (Drafts.IsToBeSaid(known))
            {
                flags.Add(Drafts.TreatedAsChild);
            }
            if (Words.Join(flags) == referral.Flags)
            {
                continue;
            }
            if (await work.ExecuteAsync(SaveSql, new { id = referral.Id, read = referral.Version, flags = Words.Join(flags) }, cancellation) == 0)
            {
                throw new ChangedMeanwhileException();
            }
            var row = await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.ReferralFlagged,
                SubjectKind = "referral",
                SubjectId = referral.Id,
                VictimId = victimId,
                AccessVersion = turn,
                Facts = [("asChild", known.AsChild ? "true" : "false")],
            }, cancellation);
            var notice = new Notice(JournalActions.ReferralFlagged, row, "referral", referral.Id, victimId);
            await Notifications.TellSendersAsync(work, referral.SenderAgencyId, notice, cancellation);
            if (referral.SubmittedAt is not null)
            {
                await Notifications.TellDeskAsync(work, referral.ProviderAgencyId, notice, cancellation);
            }
        }
    }

    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid SenderAgencyId { get; init; }
        public required Guid ProviderAgencyId { get; init; }
        public required string Flags { get; init; }
        public DateTimeOffset? SubmittedAt { get; init; }
        public required long Version { get; init; }
    }
}
