using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The one handler of all moves that a caller can take: <c>POST /referrals/{id}/{action}</c>.</summary>
internal static class Actions
{
    /// <summary>As they stand in the URL: with a dash.</summary>
    private static readonly FrozenDictionary<string, Move> ByPath = ReferralLifecycle.Moves
        .Where(move => move.By is not (Party.Clock or Party.BasisEnd))
        .DistinctBy(move => move.Action)
        .ToFrozenDictionary(move => move.Action.Code().Replace('_', '-'), move => move, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Paths => ByPath.Keys;

    /// <summary>A party's moves need that party's permission; who stands for a provider without account only refers.</summary>
    public static bool Allows(Caller caller, Move move, bool speaksForProvider = false) =>
        Allows(caller, move.By, speaksForProvider) || (move.OrBy is { } other && Allows(caller, other, speaksForProvider));

    private static bool Allows(Caller caller, Party by, bool speaksForProvider) => by switch
    {
        Party.Sender or Party.Supervisor => caller.May(Permissions.Refer),
        Party.Provider => caller.May(speaksForProvider ? Permissions.Refer : Permissions.Answer),
        Party.Either => caller.May(Permissions.Refer) || caller.May(Permissions.Answer),
        Party.ProtectionOfficer => caller.May(Permissions.Oversee),
        _ => false,
    };

    /// <summary>Before the body is read: a move of the other party's is nobody's who could not stand for that party.</summary>
    public static bool MayTry(RouteValueDictionary route, Caller caller) =>
        !ByPath.TryGetValue(route["action"] as string ?? string.Empty, out var asked) || caller.May(Permissions.Refer) || Allows(caller, asked);

    public static async Task<Results<Found<ReferralView>, NoContent, Refused>> ActAsync(
        Id id, string action, Call call, Keys keys, Taxonomies taxonomies, ActionBody body)
    {
        if (!ByPath.TryGetValue(action, out var asked))
        {
            return Refused.Because(Unknown);
        }
        var given = GivenBy(body);
        if (Unread(asked.Action, given, taxonomies) is { } unreadable)
        {
            return Refused.Because(unreadable);
        }
        return await call.ActAsync<Results<Found<ReferralView>, NoContent, Refused>>(
            async work => await TakeAsync(work, id, asked.Action, given, call, keys) is { } refusal ? Done.FromRefusal(refusal) : Done.Changed(id),
            async (work, _) => await ReferralStore.FindAsync(work, id, call.Cancellation) is { } referral
                ? new Found<ReferralView>(await ReferralViews.OfAsync(work, referral, call.Cancellation), referral.Tag)
                : TypedResults.NoContent(),
            refused => refused);
    }

    /// <summary>The design's order: not visible, tag, permission of the side, lifecycle, rules, write.</summary>
    private static async Task<Refusal?> TakeAsync(
        Work work, Guid id, ReferralAction action, Given given, Call call, Keys keys)
    {
        if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } stored)
        {
            return new Refusal(Unknown);
        }
        return call.Mismatch(stored.Tag) ?? await MoveAsync(work, stored, action, given, keys, call.Cancellation);
    }

    /// <summary>The same for whoever holds the referral as it is now.</summary>
    internal static async Task<Refusal?> MoveAsync(
        Work work, StoredReferral stored, ReferralAction action, Given given, Keys keys, CancellationToken cancellation)
    {
        var refusal = await MoveInSetAsync(work, stored, action, given, keys, cancellation);
        if (refusal is null && action != ReferralAction.Submit)
        {
            await Sets.SettleAsync(work, stored, keys, cancellation);
        }
        return refusal;
    }

    /// <summary>One of several moves that are made together: whether they part a set is looked at after the last (<see cref="Sets.SettleAsync"/>).</summary>
    internal static async Task<Refusal?> MoveInSetAsync(
        Work work, StoredReferral stored, ReferralAction action, Given given, Keys keys, CancellationToken cancellation)
    {
        var actor = stored.ActorFor(work.Caller);
        var before = stored.ToReferral();
        var move = before.Find(action);
        if (!Allows(work.Caller, move ?? ReferralLifecycle.Moves.First(any => any.Action == action), actor.SpeaksForProvider))
        {
            return new Refusal(NotPermitted);
        }
        var takesPlace = stored.CountsPlaces && move is { Place: PlaceEffect.Reserve };
        var counted = takesPlace ? await Capacity.CountedAsync(work, before.ServiceId, cancellation) : [];
        var longestHold = move?.Action == ReferralAction.Hold ? await LongestHoldAsync(work, before, actor.TakesAs(move), cancellation) : (ClockLength?)null;
        if (before.Attempt(action, actor, given, counted, work.Now, out var after, longestHold) is { } refusal)
        {
            return refusal;
        }
        var known = stored.Known;
        // Sending and admitting: whatever was accepted before stands.
        if (action is ReferralAction.Submit or ReferralAction.Accept && Drafts.ForAdults(known, stored.ServiceMinAge, after.Population) is { } notForHer)
        {
            return notForHer;
        }
        if (action == ReferralAction.Submit)
        {
            if (await Drafts.OfferAsync(work, before.ServiceId, before.VictimId, cancellation) is not { } offer)
            {
                return new Refusal(RuleBroken) { Errors = [new FieldError("/serviceId", "not_available")] };
            }
            after = await Drafts.AfreshAsync(work, stored, after, offer, keys, cancellation);
            if (await Rerouting.UncoveredAsync(work, stored, cancellation) is { Count: > 0 } uncovered)
            {
                return new Refusal(BasisRefusals.NoBasis) { Errors = uncovered };
            }
        }
        if (await Referrals.MoveAsync(work, stored, before, after, action, actor, given, cancellation) is { } late)
        {
            return late.Kind == ReferralRefusals.CapacityExhausted ? await SuggestAsync(work, stored, after.Population!, cancellation) : late;
        }
        if (action == ReferralAction.Reroute && await Rerouting.SendOnAsync(work, stored, given.ServiceId!.Value, keys, cancellation) is { } unsent)
        {
            return unsent;
        }
        if (action == ReferralAction.Complete && FollowUps.BeginAfter(stored.Category))
        {
            await Clocks.FollowUpAsync(work, stored.VictimId, stored.SenderAgencyId, cancellation);
        }
        if (action == ReferralAction.Decline)
        {
            await Doubts.LearnAsync(work, stored.ServiceId, stored.Population, given.Reason, cancellation);
            await Rerouting.FallBackAsync(work, stored, keys, cancellation);
        }
        // What the provider is shown of her is what is known on sending, however old the draft is.
        if (action == ReferralAction.Submit && !known.IsSaidBy(stored))
        {
            await Drafts.SaveMinimumAsync(work, before.Id, known, cancellation);
        }
        await SayAsync(work, stored, action, given, keys, cancellation);
        return null;
    }

    /// <summary>Of the side that holds: it looks at it again.</summary>
    private static Task<ClockLength> LongestHoldAsync(Work work, Referral referral, Party party, CancellationToken cancellation) => new ClockLengths(work).OfAsync(
        ClockKind.HoldReview, referral.Urgency, referral.Id, party == Party.Provider ? referral.ProviderAgencyId : referral.SenderAgencyId, cancellation);

    /// <summary>Words that go along with a move are entries: both sides read them, and the journal holds none.</summary>
    private static async Task SayAsync(Work work, StoredReferral stored, ReferralAction action, Given given, Keys keys, CancellationToken cancellation)
    {
        if ((given.Question ?? given.Answer ?? given.Escort ?? given.Waited ?? given.SafeExit) is { } message)
        {
            await Entries.WriteAsync(work, stored, "message", message, [], keys, cancellation);
        }
        if (action == ReferralAction.Complete)
        {
            await Entries.WriteAsync(work, stored, "outcome", given.Note, [given.Outcome!], keys, cancellation);
        }
        else if (given.Note is { } note)
        {
            await Entries.WriteAsync(work, stored, "message", note, [], keys, cancellation);
        }
    }

    private const string SuggestSql = """
        SELECT s.id
          FROM services s
          JOIN agencies a ON a.id = s.agency_id
          JOIN capacity c ON c.service_id = s.id
          JOIN services full_one ON full_one.id = @serviceId
          JOIN agencies full_agency ON full_agency.id = full_one.agency_id
         WHERE s.category = full_one.category
           AND s.id <> full_one.id
           AND s.status = 'active'
           AND a.status = 'active'
           AND c.population = @population
           AND c.reserved + c.occupied < c.licensed
         ORDER BY CASE WHEN a.district = full_agency.district THEN 0 WHEN a.province = full_agency.province THEN 1 ELSE 2 END, s.id
        """;

    private const int Suggestions = 5;

    /// <summary>Somebody else took the last place: who else has one, the nearest first.</summary>
    private static async Task<Refusal> SuggestAsync(Work work, StoredReferral stored, string population, CancellationToken cancellation) =>
        new(ReferralRefusals.CapacityExhausted, ("population", population))
        {
            Lists = [("suggestions", [.. (await work.PageAsync<Guid>(SuggestSql, new { serviceId = stored.ServiceId, population }, Suggestions, cancellation)).Select(id => id.ToString())])],
        };

    /// <summary>The codes of a reason are another set for each action, so that the shape alone cannot check them.</summary>
    private static Refusal? Unread(ReferralAction action, Given given, Taxonomies taxonomies)
    {
        var set = ReferralLifecycle.Moves.First(move => move.Action == action).Needs.FirstOrDefault(need => need.Name == Needs.WhyDeclined.Name)?.Set;
        return given.Reason is { } reason && set is not null && !taxonomies.Codes(set).Contains(reason)
            ? new Refusal(Unreadable) { Errors = [new FieldError("/reason", "unknown_code", taxonomies.Codes(set))] }
            : null;
    }

    private static Given GivenBy(ActionBody body) => new()
    {
        Question = body.Question,
        Answer = body.Answer,
        Population = body.Population,
        Reason = body.Reason,
        SuggestedServiceId = body.SuggestedServiceId,
        At = body.At,
        PlannedAt = body.PlannedAt,
        PlannedEndAt = body.PlannedEndAt,
        ReviewAt = body.ReviewAt,
        Escort = body.Escort,
        Waited = body.Waited,
        Exit = body.Exit,
        SafeExit = body.SafeExit,
        ServiceId = body.ServiceId,
        Outcome = body.Outcome,
        Note = body.Note,
    };
}
