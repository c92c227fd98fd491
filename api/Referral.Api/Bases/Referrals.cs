using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Seam: stands here until the slice Referrals brings its own.</summary>
internal static class Referrals
{
    private const string WithdrawSql = """
        UPDATE referrals
           SET state = 'withdrawn', is_open = 0, reason = @reason, ended_at = @now, changed_at = @now, version = version + 1
         WHERE id = @referralId
           AND is_open = 1
           AND state <> 'draft'
        """;

    public static async Task<Refusal?> WithdrawAsync(Work work, Guid referralId, string reason, CancellationToken cancellation)
    {
        await work.ExecuteAsync(WithdrawSql, new { referralId, reason }, cancellation);
        await Grants.EndAsync(work, "referral", referralId, work.Now, cancellation);
        return null;
    }
}
