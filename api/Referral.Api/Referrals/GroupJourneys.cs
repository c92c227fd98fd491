using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Those of a group who travel together set out, are handed over and arrive in one step, all who are named or none. Each by the
/// same rules as alone: <see cref="Actions"/> moves her, <see cref="Handovers"/> writes who gave her to whom and sounds the alarm.
/// </summary>
internal static class GroupJourneys
{
    public const string HandOver = "hand_over";
    public const string Confirm = "confirm";

    /// <summary>What the caller may do now with this one of the group, together with others.</summary>
    /// <param name="awaited">Her handover into the provider's care that one side has written and the other has not confirmed.</param>
    /// <param name="isHeldBack">She is kept apart from the others, and nobody has approved it.</param>
    public static IReadOnlyList<string> AllowedActions(Caller caller, StoredReferral member, Handover? awaited, bool isHeldBack) =>
    [
        .. MayDepart(caller, member) ? [ReferralAction.Depart.Code()] : Array.Empty<string>(),
        .. MayHandOver(caller, member, awaited) ? [HandOver] : Array.Empty<string>(),
        .. MayConfirm(caller, member, awaited) ? [Confirm] : Array.Empty<string>(),
        .. !isHeldBack && !member.AwaitsHandover && Groups.MayTake(caller, member, ReferralAction.Arrive) ? [ReferralAction.Arrive.Code()] : Array.Empty<string>(),
    ];

    /// <returns>Null when nothing waits for the caller's side to count her.</returns>
    public static DateTimeOffset? AwaitsCountSince(Caller caller, StoredReferral member, ArrivingHandover? arriving) =>
        MayConfirm(caller, member, arriving?.ToHandover()) ? arriving!.At : null;

    private static bool MayDepart(Caller caller, StoredReferral member) =>
        member is { Phase: not ReferralPhase.InTransit, Handover: null } && Groups.MayTake(caller, member, ReferralAction.Depart);

    private static bool MayHandOver(Caller caller, StoredReferral member, Handover? awaited) =>
        awaited is null && member is { State: ReferralState.Accepted, Handover: not Handovers.Received }
        && Handovers.WritableBy(caller, member).Contains(HandoverDirection.Arrival.Code());

    private static bool MayConfirm(Caller caller, StoredReferral member, Handover? awaited) =>
        awaited is not null && Handovers.SideOf(caller, member, awaited) is { } side && awaited.Confirm(side, 0, false) is not null;

    /// <summary>Some of the group set out or arrive. Whoever is named is tried, whatever is offered: a refusal says why not, and for whom.</summary>
    public static async Task<Refusal?> MoveAsync(Work work, IReadOnlyList<StoredReferral> members, GroupMove move, Keys keys, CancellationToken cancellation)
    {
        if (Named(members, move.ReferralIds, out var named) is { } wrong)
        {
            return wrong;
        }
        var given = new Given { Escort = move.Escort, At = move.At, PlannedEndAt = move.PlannedEndAt };
        await foreach (var member in Groups.TakeTurnsAsync(work, named, cancellation))
        {
            if (await Actions.MoveInSetAsync(work, member, Codes.Parse<ReferralAction>(move.Action), given, keys, cancellation) is { } refusal)
            {
                return For(member, move.ReferralIds, refusal);
            }
        }
        await Sets.SettleAsync(work, named[^1], keys, cancellation);
        return null;
    }

    /// <summary>One side writes down, once for all of them, who gave them to whom; each has it as her own, under her own key.</summary>
    public static async Task<Refusal?> HandOverAsync(
        Work work, IReadOnlyList<StoredReferral> members, GroupHandover handover, Keys keys, CancellationToken cancellation)
    {
        if (Named(members, handover.ReferralIds, out var named) is { } wrong)
        {
            return wrong;
        }
        if (named.DistinctBy(member => member.ProviderAgencyId).Count() > 1)
        {
            return Groups.Broken(new FieldError("/referralIds", "not_together"));
        }
        if (handover.Children < named.DistinctBy(member => member.VictimId).Count())
        {
            return Groups.Broken(new FieldError("/children", "out_of_range"));
        }
        foreach (var member in named)
        {
            if ((await Handovers.WriteAsync(work, member, handover.OfOne(), keys, cancellation)).Refusal is { } refusal)
            {
                return For(member, handover.ReferralIds, refusal);
            }
        }
        return null;
    }

    /// <summary>
    /// The other side has counted them, and says of each whether she is there: of everybody of whom the same was written at once,
    /// so that nobody is forgotten by leaving her out, and nobody is missed who came at another time.
    /// </summary>
    public static async Task<Refusal?> ConfirmAsync(
        Work work, IReadOnlyList<StoredReferral> members, GroupConfirmation given, Keys keys, CancellationToken cancellation)
    {
        if (Named(members, given.ReferralIds, out var named) is { } wrong)
        {
            return wrong;
        }
        if (given.Missing.Except(given.ReferralIds).Any())
        {
            return Groups.Broken(new FieldError("/missing", "not_found"));
        }
        var arriving = await HandoverStore.ArrivingAsync(work, [.. members.Select(member => member.Id)], cancellation);
        if (Apart(work.Caller, members, named, arriving, given.ReferralIds) is { } apart)
        {
            return apart;
        }
        foreach (var member in named)
        {
            var stored = await HandoverStore.FindAsync(work, member.Id, arriving[member.Id].Id, cancellation) ?? throw new ChangedMeanwhileException();
            var said = new HandoverConfirmation(given.Children, !given.Missing.Contains(member.Id), given.Note);
            if ((await Handovers.ConfirmAsync(work, member, stored, said, keys, cancellation)).Refusal is { } refusal)
            {
                return For(member, given.ReferralIds, refusal);
            }
        }
        return null;
    }

    /// <returns>Null when those who are named are all of whom the same was written at once, and the caller's side has to count them.</returns>
    private static Refusal? Apart(
        Caller caller, IReadOnlyList<StoredReferral> members, StoredReferral[] named, IReadOnlyDictionary<Guid, ArrivingHandover> arriving, IReadOnlyList<Guid> ids)
    {
        var awaited = members.Where(member => MayConfirm(caller, member, arriving.GetValueOrDefault(member.Id)?.ToHandover())).ToArray();
        if (named.FirstOrDefault(member => !awaited.Contains(member)) is { } other)
        {
            return For(other, ids, new Refusal(ReferralRefusals.HandoverNotAwaited));
        }
        var together = awaited.Count(member => named.Any(one => arriving[one.Id].At == arriving[member.Id].At));
        return together > named.Length ? Groups.Broken(new FieldError("/referralIds", "answer_all"))
            : named.DistinctBy(member => arriving[member.Id].At).Count() > 1 ? Groups.Broken(new FieldError("/referralIds", "not_together"))
            : null;
    }

    /// <param name="named">In the order in which their turns are taken.</param>
    /// <returns>Null when each is one of the group, and named once.</returns>
    private static Refusal? Named(IReadOnlyList<StoredReferral> members, IReadOnlyList<Guid> ids, out StoredReferral[] named)
    {
        var known = members.ToDictionary(member => member.Id);
        named = [.. Groups.InTurn(ids.Where(known.ContainsKey).Distinct().Select(id => known[id]))];
        FieldError[] errors =
        [
            .. ids.Count == 0 ? [new FieldError("/referralIds", "required")] : Array.Empty<FieldError>(),
            .. ids.Select((id, i) => (id, i)).Where(one => !known.ContainsKey(one.id) || ids.Take(one.i).Contains(one.id))
                .Select(one => new FieldError($"/referralIds/{one.i}", known.ContainsKey(one.id) ? "named_twice" : "not_found")),
        ];
        return errors.Length == 0 ? null : Groups.Broken(errors);
    }

    /// <summary>A field that is wrong is wrong for all of them; anything else is said of the one it holds for.</summary>
    private static Refusal For(StoredReferral member, IReadOnlyList<Guid> ids, Refusal refusal) => refusal.Errors.Count > 0
        ? refusal
        : new Refusal(refusal.Kind, [.. refusal.Facts]) { Errors = [new FieldError($"/referralIds/{ids.ToList().IndexOf(member.Id)}", refusal.Kind.Code)] };
}
