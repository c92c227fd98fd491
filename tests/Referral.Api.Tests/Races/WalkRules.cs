namespace NationalReferral.Tests;

/// <summary>What holds at every moment, whoever did what (design: access, referral lifecycle, clocks). Said anew here, not asked of the product.</summary>
internal static class WalkRules
{
    private const string Minimum = "minimum";

    private static readonly ClockKind[] RunAfterTheEnd = [ClockKind.AttestDeletion, ClockKind.MissingInTransit];

    public static IEnumerable<string> Broken(WalkRows rows) =>
    [
        .. Capacity(rows), .. rows.Referrals.SelectMany(row => (IEnumerable<string>)[.. Access(rows, row), .. Clocks(rows, row)]), .. Sets(rows),
    ];

    /// <summary>The provider sees it: sent, not turned away, and up to thirty days after the service.</summary>
    public static bool IsGranting(WalkRows.Row row, DateTimeOffset at) => row.State switch
    {
        ReferralState.Draft => false,
        ReferralState.Completed => at < row.EndedAt + TimeSpan.FromDays(30),
        ReferralState.EndedEarly => row.Reason != "moved_to_other_provider" && at < row.EndedAt + TimeSpan.FromDays(30),
        _ => row.State.IsOpen(),
    };

    /// <summary>Doors shut while nothing else ended: only because no permission is left for what lay behind them.</summary>
    public static IEnumerable<string> Lost(WalkRows before, WalkRows after) =>
        from row in after.Referrals
        where IsGranting(row, after.At) && before.Find(row.Id) is { } earlier && IsGranting(earlier, before.At)
        from what in Groups(before, row).Except(Groups(after, row))
        where after.IsCovered(row, what)
        select $"{row.State.Code()}: {what} was shut, and a permission for it is live";

    public static string StateOf(WalkRows rows, IReadOnlyCollection<WalkRows.Row> members)
    {
        var counted = members.Where(row => !rows.IsFollowed(row) && row.State is not (ReferralState.Cancelled or ReferralState.Withdrawn or ReferralState.EnteredInError)).ToArray();
        return members.All(row => !row.State.IsOpen()) ? "closed"
            : counted.Any(row => Stands(row) is ReferralState.InService or ReferralState.Completed or ReferralState.EndedEarly) ? "partially_served"
            : counted.All(row => Stands(row) is ReferralState.Accepted or ReferralState.NoShow) ? "accepted"
            : counted.Any(row => Stands(row) is ReferralState.Accepted or ReferralState.NoShow) ? "partially_accepted"
            : "open";
    }

    private static ReferralState Stands(WalkRows.Row row) =>
        row is { State: ReferralState.OnHold or ReferralState.CancelRequested, PriorState: { } prior } ? prior : row.State;

    private static IEnumerable<string> Groups(WalkRows rows, WalkRows.Row row) => rows.ProviderDoors(row).Select(door => door.GroupCode).Distinct();

    private static IEnumerable<string> Capacity(WalkRows rows)
    {
        foreach (var place in rows.Capacity)
        {
            int Held(Place kind) => rows.Referrals.Count(row => row.ServiceId == place.ServiceId && row.Population == place.Population && row.Place == kind);
            if (place.Reserved < 0 || place.Occupied < 0 || place.Reserved + place.Occupied > place.Licensed)
            {
                yield return $"capacity: {place.Reserved} reserved and {place.Occupied} occupied of {place.Licensed}";
            }
            if ((Held(Place.Reserved), Held(Place.Occupied)) != (place.Reserved, place.Occupied))
            {
                yield return $"capacity: {place.Reserved} reserved and {place.Occupied} occupied, of referrals {Held(Place.Reserved)} and {Held(Place.Occupied)}";
            }
        }
        foreach (var row in rows.Referrals.Where(row => row.Place != Place.None && !row.State.IsOpen()))
        {
            yield return $"{row.State.Code()}: still holds a place ({row.Place})";
        }
    }

    private static IEnumerable<string> Access(WalkRows rows, WalkRows.Row row)
    {
        var doors = rows.ProviderDoors(row).ToArray();
        string[] open = [.. doors.Select(door => door.GroupCode).Distinct()];
        string[] opened = [.. rows.Disclosures[row.Id].Where(one => one.IsOpened).Select(one => one.GroupCode)];
        if (!IsGranting(row, rows.At))
        {
            if (doors.Length > 0)
            {
                yield return $"{row.State.Code()}: {string.Join(',', open)} stays open to the provider";
            }
            if (opened.Length > 0 && row.State is not (ReferralState.Completed or ReferralState.EndedEarly))
            {
                yield return $"{row.State.Code()}: a receipt has no end";
            }
            yield break;
        }
        foreach (var door in doors.Where(door => door.AgencyId != row.ProviderAgencyId
            || !rows.Covers.Any(cover => cover.Id == door.BasisId && cover.AgencyId == row.ProviderAgencyId && (door.GroupCode == Minimum || cover.GroupCode == door.GroupCode))))
        {
            yield return $"{row.State.Code()}: {door.GroupCode} is open to {door.Audience} without a live permission";
        }
        if (doors.Length != 2 * open.Length || doors.DistinctBy(door => (door.Audience, door.GroupCode)).Count() != doors.Length)
        {
            yield return $"{row.State.Code()}: doors are {string.Join(' ', doors.Select(door => $"{door.Audience}:{door.GroupCode}"))}";
        }
        if (row.State.IsOpen() && !open.Contains(Minimum))
        {
            yield return $"{row.State.Code()}: the provider does not see the minimum";
        }
        if (!open.Where(group => group != Minimum).ToHashSet().SetEquals(opened))
        {
            yield return $"{row.State.Code()}: open is [{string.Join(',', open)}], receipts say [{string.Join(',', opened)}]";
        }
        var isDisclosed = Stands(row) is ReferralState.Accepted or ReferralState.NoShow or ReferralState.InService;
        if (isDisclosed && rows.Disclosures[row.Id].Any(one => !one.IsOpened))
        {
            yield return $"{row.State.Code()}: something that it carries was not opened on accepting";
        }
        if (!isDisclosed && row.State.IsOpen() && opened.Length > 0)
        {
            yield return $"{row.State.Code()}: opened before accepting";
        }
    }

    private static IEnumerable<string> Clocks(WalkRows rows, WalkRows.Row row)
    {
        var alive = rows.Clocks[row.Id].Where(clock => clock.State != ClockState.Missed).ToArray();
        if (!row.State.IsOpen())
        {
            foreach (var clock in alive.Where(clock => !RunAfterTheEnd.Contains(clock.Kind)))
            {
                yield return $"{row.State.Code()}: the clock {clock.Kind.Code()} is still {clock.State.Code()}";
            }
            if (row.DueAt != row.EndedAt)
            {
                yield return $"{row.State.Code()}: due_at is not when it ended";
            }
            yield break;
        }
        var first = alive.Where(clock => clock.State == ClockState.Running).Select(clock => (DateTimeOffset?)clock.DueAt).Min() ?? ReferralStore.Never;
        // What was missed stays due until the next move.
        var isMissed = row.DueAt < first && rows.Clocks[row.Id].Any(clock => clock.State == ClockState.Missed && clock.DueAt == row.DueAt);
        if (row.DueAt != first && !isMissed)
        {
            yield return $"{row.State.Code()}: due_at {row.DueAt:u} is no clock's, the first is {first:u} of [{string.Join(',', alive.Select(clock => $"{clock.Kind.Code()} {clock.State.Code()}"))}]";
        }
    }

    /// <summary>Nobody is asked about a child who is not kept apart (any more).</summary>
    private static IEnumerable<string> Sets(WalkRows rows)
    {
        foreach (var asked in rows.Approvals)
        {
            var row = rows.Find(asked.SubjectId)!;
            var members = rows.Referrals.Where(other => other.GroupId == row.GroupId).Select(other => new GroupMember(
                other.Id, other.VictimId, other.ProviderAgencyId, other.Category, other.State, other.PriorState, rows.IsFollowed(other)));
            if (ReferralGroups.HeldBack(members).All(member => member.ReferralId != row.Id))
            {
                yield return $"{row.State.Code()}: a second person is asked about a set that is not parted";
            }
        }
    }
}
