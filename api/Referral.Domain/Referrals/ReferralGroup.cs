namespace NationalReferral;

/// <summary>Where a group of referrals stands (taxonomy <c>group_state</c>). Nobody sets it: its members say it.</summary>
public enum GroupState
{
    Open,
    PartiallyAccepted,
    Accepted,
    PartiallyServed,
    Closed,
}

/// <summary>One referral of a group, as far as the group is judged by it.</summary>
/// <param name="Category">Who is kept together is judged by service: her brother's doctor is not another shelter.</param>
/// <param name="IsFollowed">It went on to another provider; the referral that follows stands in its place.</param>
public sealed record GroupMember(
    Guid ReferralId, Guid VictimId, Guid ProviderAgencyId, string Category, ReferralState State, ReferralState? PriorState, bool IsFollowed)
{
    /// <summary>The state behind a hold or a wish to cancel.</summary>
    private ReferralState Stands => State is ReferralState.OnHold or ReferralState.CancelRequested ? PriorState ?? State : State;

    /// <summary>Neither replaced by another referral nor given up by the sender's side.</summary>
    public bool Counts => !IsFollowed && State is not (ReferralState.Cancelled or ReferralState.Withdrawn or ReferralState.EnteredInError);

    public bool IsServed => Stands is ReferralState.InService or ReferralState.Completed or ReferralState.EndedEarly;

    public bool IsAccepted => IsServed || Stands is ReferralState.Accepted or ReferralState.NoShow;

    /// <summary>A provider keeps a place for her or has her.</summary>
    public bool IsKept => IsAccepted && State.IsOpen();

    public bool IsTurnedAway => State is ReferralState.Declined or ReferralState.Expired;
}

/// <summary>What follows for a group from its members (design: referral lifecycle).</summary>
public static class ReferralGroups
{
    public static GroupState StateOf(IReadOnlyCollection<GroupMember> members)
    {
        if (!members.Any(member => member.State.IsOpen()))
        {
            return GroupState.Closed;
        }
        var counted = members.Where(member => member.Counts).ToArray();
        return counted.Any(member => member.IsServed) ? GroupState.PartiallyServed
            : counted.All(member => member.IsAccepted) ? GroupState.Accepted
            : counted.Any(member => member.IsAccepted) ? GroupState.PartiallyAccepted
            : GroupState.Open;
    }

    /// <summary>
    /// The answers have parted those who must stay together: one is kept and another was turned away, or they are kept in
    /// different places. While an answer is awaited nothing is parted yet.
    /// </summary>
    public static bool IsParted(IEnumerable<GroupMember> members) => Parted(members).Any();

    /// <summary>Those for whom a place is kept apart from the others: they wait for a second person before they arrive.</summary>
    public static IEnumerable<GroupMember> HeldBack(IEnumerable<GroupMember> members) =>
        Parted(members).SelectMany(alike => alike).Where(member => member is { IsKept: true, IsServed: false });

    private static IEnumerable<GroupMember[]> Parted(IEnumerable<GroupMember> members) =>
        members.Where(member => member.Counts).GroupBy(member => member.Category).Select(alike => alike.ToArray()).Where(IsParted);

    private static bool IsParted(GroupMember[] alike)
    {
        var kept = alike.Where(member => member.IsKept).ToArray();
        return kept.Length > 0
            && (kept.DistinctBy(member => member.ProviderAgencyId).Count() > 1
                || alike.Any(member => member.IsTurnedAway && kept.All(one => one.VictimId != member.VictimId)));
    }
}
