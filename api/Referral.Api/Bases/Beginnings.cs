using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What follows when a second person has decided about a basis: it begins, or it never was one.</summary>
internal static class Beginnings
{
    private const string Superseded = "superseded";

    /// <summary>It is in force from this transaction on, and what it replaces is not. The caller holds the victim's turn.</summary>
    /// <returns>Why it cannot begin now; then the approval is not given either.</returns>
    public static async Task<Refusal?> BeginAsync(Work work, Keys keys, Guid basisId, long turn, CancellationToken cancellation)
    {
        var stored = await BasisStore.LoadAsync(work, basisId, cancellation) ?? throw new InvalidOperationException($"Basis {basisId} was approved, and is not there.");
        var basis = stored.With((await BasisStore.ScopesAsync(work, [basisId], cancellation))[basisId]);
        if (basis.Reaches(await Extents.OwnAsync(work, cancellation)))
        {
            return new Refusal(BasisRefusals.RecipientRecords);
        }
        var age = await Ages.OfAsync(work, keys, stored.VictimId, cancellation);
        // She came of age while it waited: nobody decides for her any more.
        var isLate = stored.Kind == BasisKind.BestInterestsDecision && !age.AsChildOn(Karachi.DateOf(work.Now));
        if (isLate || stored.ValidTo <= work.Now
            || (stored.SupersedesId is { } replaced && !await BasisStates.EndAsync(work, replaced, BasisStatus.Superseded, Superseded, cancellation))
            || !await BasisStates.MoveAsync(work, basisId, BasisStatus.Pending, BasisStatus.Active, cancellation))
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        var ofAge = stored.Kind == BasisKind.BestInterestsDecision && stored.ValidTo == ConsentRules.EndsOfAge(age, work.Now);
        await FollowAsync(work, keys, stored, basis, ofAge, turn, cancellation);
        return null;
    }

    private static async Task FollowAsync(Work work, Keys keys, StoredBasis stored, Basis basis, bool ofAge, long turn, CancellationToken cancellation)
    {
        if (stored.ValidTo is { } until && await Cases.LeadOfAsync(work, stored.VictimId, cancellation) is { } lead)
        {
            await Clocks.BasisEndsAsync(work, basis.Id, stored.VictimId, lead, until, ofAge, cancellation);
        }
        var row = await AppendAsync(work, JournalActions.BasisRecorded, stored, basis, turn, cancellation);
        await Aftermath.ApplyAsync(work, stored.VictimId, turn, Superseded, expired: null, keys, cancellation);
        if (stored.SupersedesId is { } replaced)
        {
            await Grants.EndOfBasisAsync(work, replaced, cancellation);
            await Oversight.EndAsync(work, replaced, cancellation);
        }
        if (stored.Kind == BasisKind.CourtOrder)
        {
            await OrderGrants.TellAsync(work, stored.VictimId, basis.Id, new Notice(JournalActions.BasisRecorded, row, "victim", stored.VictimId, stored.VictimId), cancellation);
        }
    }

    /// <summary>Nobody said yes: it was never more than proposed.</summary>
    public static async Task DropAsync(Work work, Guid basisId, ApprovalState state, CancellationToken cancellation)
    {
        var status = state == ApprovalState.Refused ? BasisStatus.Refused : BasisStatus.Withdrawn;
        await BasisStates.DropAsync(work, basisId, status, cancellation);
        await Oversight.EndAsync(work, basisId, cancellation);
    }

    public static Task<Guid> AppendAsync(Work work, string action, StoredBasis stored, Basis basis, long turn, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "basis",
            SubjectId = basis.Id,
            VictimId = stored.VictimId,
            AccessVersion = turn,
            Groups = basis.Groups,
            Facts =
            [
                ("kind", stored.Kind.Code()),
                .. stored.SupersedesId is { } replaced ? [("supersedes", replaced.ToString())] : Array.Empty<(string, string)>(),
            ],
        }, cancellation);
}
