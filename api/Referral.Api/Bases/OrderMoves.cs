using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>A basis that nobody gave is stayed, runs on, or ends before its date. A court says so of the order, in every case in which it stands.</summary>
internal static class OrderMoves
{
    /// <summary>Of the set withdrawal_reason: for what a stay ends.</summary>
    private const string OrderEnded = "order_ended";

    /// <param name="orderedOn">When the court said so; null where no court did.</param>
    /// <returns>Null when it is done, and everything that follows is written.</returns>
    public static async Task<Refusal?> MoveAsync(
        Work work, Keys keys, StoredBasis named, BasisAction action, string reason, DateOnly? orderedOn, CancellationToken cancellation)
    {
        if (BasisMoves.Check(named.Kind, named.Status, action) is { } refusal)
        {
            return refusal;
        }
        if (action == BasisAction.Resume && named.ValidTo <= work.Now)
        {
            return new Refusal(BasisRefusals.BasisNotLive);
        }
        var all = named.OccurrenceId is { } occurrence ? await BasisStore.OfOccurrenceAsync(work, occurrence, cancellation) : [named];
        StoredBasis[] moving = [.. all.Where(one => BasisMoves.Check(one.Kind, one.Status, action) is null)];
        var turns = new Dictionary<Guid, long>();
        foreach (var stored in moving)
        {
            turns[stored.Id] = await Turns.TakeAsync(work, stored.VictimId, cancellation);
        }
        foreach (var stored in moving)
        {
            var turn = turns[stored.Id];
            if (!await WriteAsync(work, stored, action, reason, cancellation))
            {
                throw new ChangedMeanwhileException();
            }
            await AppendAsync(work, stored, action, reason, orderedOn, turn, cancellation);
            await Aftermath.ApplyAsync(work, stored.VictimId, turn, reason, expired: null, keys, cancellation);
            if (action == BasisAction.End)
            {
                await Grants.EndOfBasisAsync(work, stored.Id, cancellation);
                await Oversight.EndAsync(work, stored.Id, cancellation);
            }
        }
        return null;
    }

    /// <summary>What a stay or its end is to what hangs on the order.</summary>
    public static string ReasonOf(BasisAction action) => action == BasisAction.Stay ? OrderEnded : "superseded";

    private static Task<bool> WriteAsync(Work work, StoredBasis stored, BasisAction action, string reason, CancellationToken cancellation) => action switch
    {
        BasisAction.Stay => BasisStates.MoveAsync(work, stored.Id, BasisStatus.Active, BasisStatus.Stayed, cancellation),
        BasisAction.Resume => BasisStates.MoveAsync(work, stored.Id, BasisStatus.Stayed, BasisStatus.Active, cancellation),
        _ => BasisStates.EndAsync(work, stored.Id, BasisStatus.Ended, reason, cancellation),
    };

    private static Task<Guid> AppendAsync(
        Work work, StoredBasis stored, BasisAction action, string reason, DateOnly? orderedOn, long turn, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action switch
            {
                BasisAction.Stay => JournalActions.BasisStayed,
                BasisAction.Resume => JournalActions.BasisResumed,
                _ => JournalActions.BasisEnded,
            },
            SubjectKind = "basis",
            SubjectId = stored.Id,
            VictimId = stored.VictimId,
            AccessVersion = turn,
            Facts =
            [
                ("kind", stored.Kind.Code()),
                ("reason", reason),
                .. orderedOn is { } on ? [("orderedOn", on.ToString("O", System.Globalization.CultureInfo.InvariantCulture))] : Array.Empty<(string, string)>(),
            ],
        }, cancellation);
}
