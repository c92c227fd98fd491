using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a change of bases does to referrals and to the doors they hold open: in the transaction of that change, or nowhere.</summary>
internal static class Aftermath
{
    public const string Turned18 = "turned_18";
    public const string PersonWithdrew = "person_withdrew";

    /// <summary>Looks at every referral that carries anything of hers, and at what orders open. The caller holds her turn and has already written what changed of the bases.</summary>
    /// <param name="turn">For the journal rows.</param>
    /// <param name="reason">Set withdrawal_reason.</param>
    /// <param name="expired">The basis that ended by itself, where one did.</param>
    public static async Task ApplyAsync(Work work, Guid victimId, long turn, string reason, DueBasis? expired, Keys keys, CancellationToken cancellation)
    {
        var bases = await BasisRows.LiveAsync(work, victimId, cancellation);
        foreach (var held in await HoldingRows.ListAsync(work, victimId, expired, cancellation))
        {
            // Under no basis since she came of age: it stands until she speaks herself.
            var standing = reason == Turned18 || (held.Holding.Minimum.BasisId is null && reason != PersonWithdrew);
            var ending = Endings.Of(held.Holding, bases, work.Now, standing);
            if (ending.Withdraws)
            {
                await WithdrawAsync(work, held, reason, keys, cancellation);
            }
            else if (!ending.IsUnchanged)
            {
                await GoOnAsync(work, victimId, held, ending, cancellation);
                await TellAsync(work, victimId, ending, await AppendAsync(work, victimId, turn, ending, cancellation), cancellation);
            }
        }
        await OrderGrants.FollowAsync(work, victimId, bases, cancellation);
        await HiddenGrants.EndAsync(work, victimId, bases, cancellation);
    }

    private static async Task WithdrawAsync(Work work, HeldReferral held, string reason, Keys keys, CancellationToken cancellation)
    {
        if (await Referrals.WithdrawAsync(work, held.Holding.ReferralId, reason, keys, cancellation) is { } refusal)
        {
            // Going on would leave a door open that nothing allows any more.
            throw new InvalidOperationException($"Referral {held.Holding.ReferralId} cannot be withdrawn: {refusal}.");
        }
        await Grants.EndAsync(work, [.. held.Grants.Select(grant => grant.Id)], cancellation);
        await HoldingRows.EndDisclosuresAsync(work, [.. held.Disclosures.Select(row => row.Id)], cancellation);
    }

    private static async Task GoOnAsync(Work work, Guid victimId, HeldReferral held, Ending ending, CancellationToken cancellation)
    {
        var covered = ending.Carried.Prepend(ending.Minimum).ToDictionary(one => (one.Piece.Group, one.Piece.RecordId));
        var moving = held.Grants.Where(grant => covered.GetValueOrDefault(grant.What)?.BasisId is not { } basis || basis != grant.BasisId).ToArray();
        await Grants.EndAsync(work, [.. moving.Select(grant => grant.Id)], cancellation);
        foreach (var grant in moving)
        {
            var now = covered.GetValueOrDefault(grant.What);
            if (now is { IsCovered: true } || (ending.Stands && grant.GroupCode == Piece.Minimum))
            {
                await Grants.OpenAsync(work, new Grant
                {
                    VictimId = victimId,
                    AgencyId = grant.AgencyId,
                    Audience = grant.Audience,
                    PrincipalId = grant.PrincipalId,
                    GroupCode = grant.GroupCode,
                    RecordId = grant.RecordId,
                    Source = "referral",
                    SourceId = grant.SourceId,
                    BasisId = now?.BasisId,
                    ToAt = held.Until is { } until ? Earlier(until, now?.ToAt) : now?.ToAt,
                }, cancellation);
            }
        }
        await HoldingRows.EndDisclosuresAsync(work, [.. held.Disclosures.Select(row => row.Id)], cancellation);
        foreach (var row in held.Disclosures)
        {
            if (covered[row.What].BasisId is { } basis)
            {
                await HoldingRows.AddDisclosureAsync(work, row, basis, cancellation);
            }
        }
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;

    /// <summary>A provider that loses something hears that it did, and by the referral's own page what is left.</summary>
    private static Task TellAsync(Work work, Guid victimId, Ending ending, Guid row, CancellationToken cancellation) => ending.Lost.Any()
        ? Notifications.TellDeskAsync(
            work, ending.Holding.Provider.Id, new Notice(JournalActions.DisclosureChanged, row, "referral", ending.Holding.ReferralId, victimId), cancellation)
        : Task.CompletedTask;

    private static Task<Guid> AppendAsync(Work work, Guid victimId, long turn, Ending ending, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.DisclosureChanged,
            SubjectKind = "referral",
            SubjectId = ending.Holding.ReferralId,
            VictimId = victimId,
            AccessVersion = turn,
            Groups = [.. ending.Lost.Select(piece => piece.Group).Distinct()],
            Facts = [("lost", ending.Lost.Count().ToString(System.Globalization.CultureInfo.InvariantCulture))],
        }, cancellation);
}
