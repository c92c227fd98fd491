using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What follows when a clock has run out (design: clocks, when missed). Telling whom it concerns is <see cref="ClockJob"/>'s.</summary>
internal static class ClockMisses
{
    /// <summary>What writes access takes the victim's turn before anything else.</summary>
    public static bool TakesTurn(WhenMissed missed) => missed is WhenMissed.ExpireReferral or WhenMissed.FreePlace or WhenMissed.ProtectionOfficer or WhenMissed.ExpireTransfer;

    /// <summary>It is told as the end that it brings, once.</summary>
    public static bool TellsItself(WhenMissed? missed) => missed is WhenMissed.ExpireReferral or WhenMissed.ExpireTransfer;

    public static async Task FollowAsync(Work work, Clock clock, WhenMissed missed, Keys keys, CancellationToken cancellation)
    {
        await JournalAsync(work, clock, JournalActions.ClockMissed, cancellation);
        switch (missed)
        {
            case WhenMissed.ExpireReferral:
                // Refused when it has moved on since; then its clocks have been stopped or met as well.
                await Referrals.ExpireAsync(work, clock.SubjectId, keys, cancellation);
                break;
            case WhenMissed.ExpireTransfer:
                await Transfers.ExpireAsync(work, clock.SubjectId, cancellation);
                break;
            case WhenMissed.RunDecisionOn:
                await ClocksAsync(work, clock, new ClockEffect(ClockVerb.Resume, ClockKind.Decide), cancellation);
                break;
            case WhenMissed.ReportNoShow:
                await ClocksAsync(work, clock, new ClockEffect(ClockVerb.Begin, ClockKind.NoShowGrace), cancellation);
                break;
            case WhenMissed.FreePlace:
                // The first grace makes it a no-show, which has a grace of its own; the second gives the place away.
                if (await Referrals.ReportNoShowAsync(work, clock.SubjectId, cancellation) is not null)
                {
                    await Referrals.FreePlaceAsync(work, clock.SubjectId, cancellation);
                }
                break;
            case WhenMissed.ProtectionOfficer when clock.VictimId is { } victimId:
                await Oversight.OpenAsync(work, victimId, clock.SubjectId, cancellation);
                await JournalAsync(work, clock, EscalatedBy(clock.Kind), cancellation);
                await Notifications.TellProtectionAsync(work, ClockJob.NoticeOf(clock, ClockStage.Missed), cancellation);
                break;
        }
    }

    private static string EscalatedBy(ClockKind kind) => kind switch
    {
        ClockKind.Approval => JournalActions.ApprovalEscalated,
        ClockKind.BreakGlassReview => JournalActions.BreakGlassEscalated,
        _ => JournalActions.ReferralEscalated,
    };

    /// <summary>Clocks that follow of themselves are no change of the referral.</summary>
    private static async Task ClocksAsync(Work work, Clock clock, ClockEffect effect, CancellationToken cancellation)
    {
        var dueAt = await Clocks.ApplyAsync(
            work, new ClockSubject(clock.SubjectKind, clock.SubjectId, clock.VictimId, clock.Urgency), [effect], _ => new(clock.AgencyId), cancellation);
        await ReferralStore.SaveDueAsync(work, clock.SubjectId, dueAt, cancellation);
    }

    private static Task<Guid> JournalAsync(Work work, Clock clock, string action, CancellationToken cancellation) =>
        Clocks.AppendAsync(work, action, clock, cancellation, ("agencyId", clock.AgencyId.ToString()));
}
