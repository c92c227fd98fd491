using System.Runtime.CompilerServices;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// What is done to a group is done to each of its referrals, all or nothing. Every move goes through <see cref="Actions"/>,
/// so that lifecycle, clocks, places and access stay at their one place. Victims take their turns first, ids ascending.
/// </summary>
internal static class Groups
{
    private const string Submit = "submit";
    private const string Answer = "answer";
    private const string Ask = "ask";
    private const string Decide = "decide";

    public static async Task<Done> DraftAsync(Work work, GroupDraft draft, Keys keys, CancellationToken cancellation)
    {
        if (draft.Members.Count == 0)
        {
            return Broken(new FieldError("/members", "required"));
        }
        var id = draft.Id ?? Ids.New(work.Now);
        try
        {
            await GroupStore.InsertAsync(work, id, draft.Kind, draft.Together, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("pk_referral_groups"))
        {
            return IdTaken;
        }
        var errors = new List<FieldError>();
        foreach (var (member, i) in draft.Members.Select((member, i) => (member, i)).OrderBy(one => one.member.VictimId))
        {
            var at = $"/members/{i}";
            if (member.GroupId is not null)
            {
                errors.Add(new FieldError($"{at}/groupId", "not_taken"));
                continue;
            }
            var (prepared, refusal) = await Drafts.PrepareAsync(work, member, keys, cancellation);
            if (prepared is null)
            {
                if (refusal!.Kind != RuleBroken)
                {
                    return new Refusal(refusal.Kind) { Errors = [new FieldError($"{at}/victimId", refusal.Kind.Code)] };
                }
                errors.AddRange(Under(at, refusal.Errors));
            }
            else if (errors.Count == 0)
            {
                try
                {
                    await ReferralEndpoints.WriteAsync(work, member.Id ?? Ids.New(work.Now), member with { GroupId = id }, prepared, keys, cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_referrals"))
                {
                    return new Refusal(IdTaken) { Errors = [new FieldError($"{at}/id", IdTaken.Code)] };
                }
            }
        }
        return errors.Count > 0 ? Broken([.. errors]) : Done.Made(id);
    }

    /// <summary>What the caller may do with the group now.</summary>
    /// <param name="unasked">Whose arrival waits, and nobody is asked.</param>
    public static IReadOnlyList<string> AllowedActions(Caller caller, IReadOnlyList<StoredReferral> members, IReadOnlyCollection<Guid> unasked) =>
    [
        .. members.Any(member => IsToSend(caller, member)) ? [Submit] : Array.Empty<string>(),
        .. members.Any(member => AwaitsAnswerOf(caller, member)) ? [Answer] : Array.Empty<string>(),
        .. caller.May(Permissions.Refer) && members.Any(member => member.Sends && unasked.Contains(member.Id)) ? [Ask] : Array.Empty<string>(),
    ];

    private static bool IsToSend(Caller caller, StoredReferral member) => member is { State: ReferralState.Draft, Sends: true } && caller.May(Permissions.Refer);

    public static bool AwaitsAnswerOf(Caller caller, StoredReferral member) => MayTake(caller, member, ReferralAction.Accept);

    public static bool MayTake(Caller caller, StoredReferral member, ReferralAction action)
    {
        var actor = member.ActorFor(caller);
        return member.ToReferral().Find(action) is { } move && actor.MayTake(move) && Actions.Allows(caller, move, actor.SpeaksForProvider);
    }

    /// <summary>Sends every draft of the group. What nothing allows is named by the id of the referral that carries it, for all of them at once.</summary>
    public static async Task<Refusal?> SubmitAsync(Work work, IReadOnlyList<StoredReferral> members, Keys keys, CancellationToken cancellation)
    {
        StoredReferral[] drafts = [.. InTurn(members.Where(member => IsToSend(work.Caller, member)))];
        if (drafts.Length == 0)
        {
            return Illegal(members, Submit);
        }
        var lacking = new List<Refusal>();
        await foreach (var draft in TakeTurnsAsync(work, drafts, cancellation))
        {
            var refusal = await MoveAsync(work, draft, $"/members/{draft.Id}", ReferralAction.Submit, Given.Nothing, keys, cancellation);
            // The others are judged as well: whoever asks for permissions asks once.
            if (refusal?.Kind == BasisRefusals.NoBasis || refusal?.Kind == RuleBroken)
            {
                lacking.Add(refusal);
            }
            else if (refusal is not null)
            {
                return refusal;
            }
        }
        return lacking.Count == 0 ? null : new Refusal(lacking[0].Kind) { Errors = [.. lacking.Where(one => one.Kind == lacking[0].Kind).SelectMany(one => one.Errors)] };
    }

    /// <summary>Answers all of the group that wait for the caller's side: each is accepted or declined, and places are taken for all who are accepted or for none.</summary>
    public static async Task<Refusal?> AnswerAsync(
        Work work, IReadOnlyList<StoredReferral> members, GroupAnswer answer, Keys keys, CancellationToken cancellation)
    {
        var waiting = members.Where(member => AwaitsAnswerOf(work.Caller, member)).ToDictionary(member => member.Id);
        if (waiting.Count == 0)
        {
            return Illegal(members, Answer);
        }
        if (Wrong(answer, waiting) is { Count: > 0 } wrong)
        {
            return Broken([.. wrong]);
        }
        var answers = answer.Members.Select((one, i) => (Given: one, At: $"/members/{i}")).ToDictionary(one => one.Given.ReferralId);
        StoredReferral[] answered = [.. InTurn(waiting.Values.Where(member => answers.ContainsKey(member.Id)))];
        await foreach (var member in TakeTurnsAsync(work, answered, cancellation))
        {
            var (one, at) = answers[member.Id];
            var given = new Given { Population = one.Population, Reason = one.Reason, SuggestedServiceId = one.SuggestedServiceId };
            if (await MoveAsync(work, member, at, Codes.Parse<ReferralAction>(one.Answer), given, keys, cancellation) is { } refusal)
            {
                return refusal;
            }
        }
        await Sets.SettleAsync(work, answered[^1], keys, cancellation);
        return null;
    }

    /// <summary>Asks anew, and says why, whether those who are kept apart may arrive: after a refusal, or to say more than an answer did.</summary>
    public static async Task<Refusal?> AskAsync(
        Work work, StoredGroup group, IReadOnlyList<StoredReferral> members, string words, Keys keys, CancellationToken cancellation)
    {
        var heldBack = await Sets.HeldBackAsync(work, group, cancellation);
        Guid[] own = [.. members.Where(member => member.Sends && heldBack.Contains(member.Id)).Select(member => member.Id)];
        return string.IsNullOrWhiteSpace(words) ? Broken(new FieldError("/words", "required"))
            : await Sets.AskAsync(work, own, words, keys, cancellation) == 0 ? Illegal(members, Ask)
            : null;
    }

    /// <summary>One word of a second person about all who are kept apart: each is decided by itself, all or none.</summary>
    public static async Task<Refusal?> DecideAsync(
        Work work, IReadOnlyList<StoredReferral> members, ApprovalVerdict verdict, Keys keys, CancellationToken cancellation)
    {
        var open = await Approvals.OpenSeenAsync(work, ApprovalKind.SetBroken, [.. members.Select(member => member.Id)], cancellation);
        return open.Count == 0
            ? Illegal(members, Decide)
            : await Approvals.DecideAllAsync(work, open, Codes.Parse<ApprovalDecision>(verdict.Decision), verdict.Line, keys, cancellation);
    }

    private static List<FieldError> Wrong(GroupAnswer answer, Dictionary<Guid, StoredReferral> waiting)
    {
        var errors = new List<FieldError>();
        for (var i = 0; i < answer.Members.Count; i++)
        {
            var id = answer.Members[i].ReferralId;
            if (!waiting.ContainsKey(id) || answer.Members.Take(i).Any(other => other.ReferralId == id))
            {
                errors.Add(new FieldError($"/members/{i}/referralId", waiting.ContainsKey(id) ? "named_twice" : "not_found"));
            }
        }
        // A supervisor of two places answers for one of them at a time.
        var places = answer.Members.Where(one => waiting.ContainsKey(one.ReferralId)).Select(one => waiting[one.ReferralId].ProviderAgencyId).ToHashSet();
        if (errors.Count == 0
            && (places.Count == 0 || waiting.Values.Any(member => places.Contains(member.ProviderAgencyId) && answer.Members.All(one => one.ReferralId != member.Id))))
        {
            errors.Add(new FieldError("/members", "answer_all"));
        }
        return errors;
    }

    internal static IEnumerable<StoredReferral> InTurn(IEnumerable<StoredReferral> members) => members.OrderBy(member => member.VictimId).ThenBy(member => member.Id);

    /// <returns>
    /// Each as it was read: whose turn is taken on what was seen has not been moved since. Who is named twice, as the move before left her.
    /// </returns>
    internal static async IAsyncEnumerable<StoredReferral> TakeTurnsAsync(
        Work work, StoredReferral[] inTurn, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var turns = new Dictionary<Guid, long>();
        foreach (var member in inTurn.DistinctBy(member => member.VictimId))
        {
            turns[member.VictimId] = await Turns.TakeAsync(work, member.VictimId, member.AccessVersion, cancellation);
        }
        foreach (var member in inTurn)
        {
            yield return turns.Remove(member.VictimId, out var turn)
                ? member with { AccessVersion = turn }
                : await ReferralStore.FindAsync(work, member.Id, cancellation) ?? throw new ChangedMeanwhileException();
        }
    }

    /// <param name="at">Where the member stands in what was sent; errors are named under it.</param>
    private static async Task<Refusal?> MoveAsync(
        Work work, StoredReferral stored, string at, ReferralAction action, Given given, Keys keys, CancellationToken cancellation) =>
        await Actions.MoveInSetAsync(work, stored, action, given, keys, cancellation) is { } refusal
            ? new Refusal(refusal.Kind, [.. refusal.Facts])
            {
                Errors = refusal.Errors.Count > 0 ? [.. Under(at, refusal.Errors)] : [new FieldError(at, refusal.Kind.Code)],
                Lists = refusal.Kind == ReferralRefusals.CapacityExhausted ? refusal.Lists : [],
            }
            : null;

    private static IEnumerable<FieldError> Under(string at, IEnumerable<FieldError> errors) => errors.Select(error => error with { Pointer = at + error.Pointer });

    private static Refusal Illegal(IReadOnlyList<StoredReferral> members, string action) =>
        new(ReferralRefusals.IllegalMove, ("from", ReferralGroups.StateOf([.. members.Select(GroupViews.MemberOf)]).Code()), ("action", action));

    internal static Refusal Broken(params FieldError[] errors) => new(RuleBroken) { Errors = errors };
}
