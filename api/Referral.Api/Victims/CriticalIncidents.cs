using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// She ran away, died, was hurt, is back with who exploited her: the team, the supervisors and the national protection office
/// are told in the moment in which it is written down. The office sees the minimum of her case for thirty days: nobody need
/// remember to take that away again.
/// </summary>
internal static class CriticalIncidents
{
    private static readonly TimeSpan Overseen = TimeSpan.FromDays(30);

    /// <summary>The caller holds her turn.</summary>
    public static async Task AlertAsync(Work work, Victim victim, Guid recordId, long turn, CancellationToken cancellation)
    {
        await Oversight.OpenAsync(work, victim.Id, recordId, cancellation, work.Now + Overseen);
        // What happened is among her words: neither the journal nor a notice says it.
        var row = await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.IncidentAlerted,
            SubjectKind = "victim",
            SubjectId = victim.Id,
            VictimId = victim.Id,
            AccessVersion = turn,
            Facts = [("recordId", recordId.ToString())],
        }, cancellation);
        var notice = new Notice(JournalActions.IncidentAlerted, row, "victim", victim.Id, victim.Id, IsUrgent: true);
        await Notifications.TellSendersAsync(work, victim.LeadAgencyId, notice, cancellation);
        await Notifications.TellSupervisorsAsync(work, victim.LeadAgencyId, notice, cancellation);
        await Notifications.TellProtectionAsync(work, notice, cancellation);
    }
}
