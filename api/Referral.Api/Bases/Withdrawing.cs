using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>Takes a consent back, whole or for some groups; and tells beforehand what that would do.</summary>
internal static class Withdrawing
{
    /// <returns>Null when it is taken back and everything that follows is written.</returns>
    public static async Task<Refusal?> WithdrawAsync(Work work, Keys keys, Case victim, StoredBasis stored, Withdrawal withdrawal, CancellationToken cancellation)
    {
        if (BasisMoves.Check(stored.Kind, stored.Status, BasisAction.Withdraw) is { } refusal)
        {
            return stored.Kind == BasisKind.Consent ? new Refusal(BasisRefusals.BasisNotLive) : refusal;
        }
        var basis = stored.With((await BasisStore.ScopesAsync(work, [stored.Id], cancellation))[stored.Id]);
        if (Check(basis, withdrawal) is { Count: > 0 } errors)
        {
            return new Refusal(GeneralRefusals.RuleBroken) { Errors = errors };
        }
        if (await Guardians.BarAsync(work, keys, victim.Id, withdrawal.By, withdrawal.RelationId, null, "/by", cancellation) is { } barred)
        {
            return barred;
        }
        var turn = await Turns.TakeAsync(work, victim.Id, victim.AccessVersion, cancellation);
        var items = await BasisRows.PiecesAsync(work, victim.Id, basis.Records, cancellation);
        var left = Left(basis, withdrawal.Groups, items);
        var ofAge = await Clocks.RenewsAsync(work, basis.Id, cancellation);
        if (!await BasisStates.EndAsync(work, basis.Id, left is null ? BasisStatus.Withdrawn : BasisStatus.Superseded, withdrawal.Reason, cancellation))
        {
            return new Refusal(GeneralRefusals.Stale);
        }
        if (left is not null)
        {
            left = left with { Id = Ids.New(work.Now), ValidFrom = work.Now };
            await ReplaceAsync(work, keys, stored, left, items, cancellation);
            if (left.ValidTo is { } until)
            {
                await Clocks.BasisEndsAsync(work, left.Id, victim.Id, victim.LeadAgencyId, until, ofAge, cancellation);
            }
        }
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.BasisWithdrawn,
            SubjectKind = "basis",
            SubjectId = basis.Id,
            VictimId = victim.Id,
            AccessVersion = turn,
            Groups = [.. basis.Groups.Except(left?.Groups ?? [])],
            Facts = [("reason", withdrawal.Reason), ("by", withdrawal.By), ("whole", left is null ? "true" : "false")],
        }, cancellation);
        await Aftermath.ApplyAsync(work, victim.Id, turn, withdrawal.Reason, expired: null, keys, cancellation);
        // Whatever else stood under it, by whichever source.
        await Grants.EndOfBasisAsync(work, basis.Id, cancellation);
        return null;
    }

    /// <summary>The same reckoning without a word written.</summary>
    public static async Task<WhatIfView> WhatIfAsync(Work work, Case victim, StoredBasis stored, IReadOnlyList<string>? groups, CancellationToken cancellation)
    {
        var live = await BasisRows.LiveAsync(work, victim.Id, cancellation);
        if (live.FirstOrDefault(basis => basis.Id == stored.Id) is not { } basis)
        {
            return new WhatIfView([], [], [], []);
        }
        var items = await BasisRows.PiecesAsync(work, victim.Id, basis.Records, cancellation);
        Basis[] then = [.. live.Where(other => other.Id != basis.Id), .. Left(basis, groups, items) is { } left ? [left] : Array.Empty<Basis>()];
        Ending[] endings = [.. (await HoldingRows.ListAsync(work, victim.Id, expired: null, cancellation)).Select(held => Endings.Of(held.Holding, then, work.Now))];
        var (shut, doors) = await DoorsAsync(work, victim.Id, live, then, cancellation);
        var agencies = await AgencyRefs.OfAsync(
            work, endings.Select(ending => ending.Holding.Provider.Id).Concat(shut.Concat(doors).Select(door => door.AgencyId)).Append(victim.LeadAgencyId), cancellation);
        return new WhatIfView(
            [.. endings.Where(ending => ending.Lost.Any()).Select(ending => new LosingView(
                agencies[ending.Holding.Provider.Id], [.. ending.Lost.Select(piece => piece.Group).Distinct()], ending.Holding.ReferralId))],
            [.. endings.Where(ending => ending.Withdraws).Select(ending => ending.Holding.ReferralId)],
            [
                new StayingView(agencies[victim.LeadAgencyId], "leads_case"),
                .. endings.Where(ending => !ending.Withdraws && ending.Minimum.IsCovered)
                    .Select(ending => new StayingView(agencies[ending.Holding.Provider.Id], ending.Minimum.BasisId == basis.Id ? "same_basis" : "other_basis"))
                    .Distinct(),
                .. doors.GroupBy(door => door.AgencyId).Select(to => new StayingView(agencies[to.Key], "order", to.Max(door => door.ToAt))),
            ],
            [.. shut.GroupBy(door => door.AgencyId).Select(from => new OrderLosingView(agencies[from.Key], [.. from.Select(door => door.Group).Distinct()]))]);
    }

    /// <returns>What orders open now and would no more; and what they would open then.</returns>
    private static async Task<(IReadOnlyList<Door> Shut, IReadOnlyList<Door> Left)> DoorsAsync(
        Work work, Guid victimId, IReadOnlyCollection<Basis> now, IReadOnlyCollection<Basis> then, CancellationToken cancellation)
    {
        var left = await OrderGrants.WantedAsync(work, victimId, then, cancellation);
        var held = left.Select(door => (door.AgencyId, door.Group, door.RecordId)).ToHashSet();
        var open = await OrderGrants.WantedAsync(work, victimId, now, cancellation);
        return ([.. open.Where(door => !held.Contains((door.AgencyId, door.Group, door.RecordId)))], left);
    }

    private static List<FieldError> Check(Basis basis, Withdrawal withdrawal)
    {
        var errors = new List<FieldError>();
        var allowed = ConsentRules.WithdrawnBy(withdrawal.Reason);
        if (!allowed.Contains(withdrawal.By))
        {
            errors.Add(new FieldError("/by", "cannot_decide", allowed));
        }
        var groups = withdrawal.Groups ?? [];
        for (var i = 0; i < groups.Count; i++)
        {
            if (!basis.Groups.Contains(groups[i]))
            {
                errors.Add(new FieldError($"/groups/{i}", "not_offered", basis.Groups));
            }
        }
        return errors;
    }

    /// <returns>What is left of a basis without some groups and their items; null when nothing is.</returns>
    private static Basis? Left(Basis basis, IReadOnlyList<string>? groups, IReadOnlyDictionary<Guid, Piece> items) =>
        groups is not { Count: > 0 } || groups.Contains(Piece.Minimum) ? null : basis with
        {
            Groups = [.. basis.Groups.Except(groups)],
            Records = [.. basis.Records.Where(record => !groups.Contains(items.GetValueOrDefault(record)?.Group))],
        };

    private static Task ReplaceAsync(
        Work work, Keys keys, StoredBasis before, Basis left, IReadOnlyDictionary<Guid, Piece> items, CancellationToken cancellation)
    {
        var detail = keys.Seal(before.Key, StoredBasis.PlaceOf(left.Id), before.Open(keys), BasisJson.Default.BasisDetail);
        return BasisStore.InsertAsync(work, before.VictimId, left, detail, before.Id, record => items[record].Group, cancellation);
    }
}
