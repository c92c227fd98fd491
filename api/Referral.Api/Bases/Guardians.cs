using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Who may decide for her: a guardian who was appointed, and what that does to what others had allowed.</summary>
internal static class Guardians
{
    /// <summary>Of the set withdrawal_reason.</summary>
    private const string Appointed = "guardian_appointed";

    /// <summary>What earlier guardians allowed is suspended, and every door that only that held open shuts. The caller holds the victim's turn.</summary>
    public static async Task SuspendAsync(Work work, Keys keys, Guid victimId, long turn, CancellationToken cancellation)
    {
        var suspended = new List<Guid>();
        foreach (var stored in await BasisStore.StandingAsync(work, victimId, BasisKind.Consent, cancellation))
        {
            if (!ConsentRules.IsAnothers(stored.Open(keys).Capacity) || !await BasisStates.EndAsync(work, stored.Id, BasisStatus.Suspended, Appointed, cancellation))
            {
                continue;
            }
            suspended.Add(stored.Id);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.BasisSuspended,
                SubjectKind = "basis",
                SubjectId = stored.Id,
                VictimId = victimId,
                AccessVersion = turn,
                Facts = [("reason", Appointed)],
            }, cancellation);
        }
        if (suspended.Count == 0)
        {
            return;
        }
        await Aftermath.ApplyAsync(work, victimId, turn, Appointed, expired: null, keys, cancellation);
        foreach (var id in suspended)
        {
            await Grants.EndOfBasisAsync(work, id, cancellation);
        }
    }

    /// <summary>Why this person cannot speak for her now, or take back what was said.</summary>
    /// <param name="relation">What he is to her; whoever speaks for herself is never barred.</param>
    /// <param name="relationId">Which relation on record it is, where several are of that kind.</param>
    /// <param name="capacity">In which he would speak.</param>
    public static async Task<Refusal?> BarAsync(
        Work work, Keys keys, Guid victimId, string relation, Guid? relationId, string? capacity, string pointer, CancellationToken cancellation)
    {
        if (relation == ConsentRules.Self)
        {
            return null;
        }
        var appointed = (await BasisStore.StandingAsync(work, victimId, BasisKind.Guardianship, cancellation)).Select(stored => stored.Open(keys)).ToArray();
        if (appointed.Length > 0 && (capacity is null ? appointed.All(one => one.Relation != relation) : !BasisRules.AppointedCapacities.Contains(capacity)))
        {
            return Barred(pointer, "other_guardian");
        }
        return await Relations.IsConflictedAsync(work, victimId, relation, relationId, keys, cancellation) ? Barred(pointer, "conflict") : null;
    }

    private static Refusal Barred(string pointer, string why) => new(BasisRefusals.GuardianConflicted)
    {
        Errors = [new FieldError(pointer, why)],
        Lists = [("waysLeft", ConsentRules.WaysLeft)],
    };
}
