using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What a second person is asked.</summary>
/// <param name="SubjectKind"><c>victim</c>, <c>referral</c>, <c>basis</c> or <c>block</c>: what the kind is about.</param>
/// <param name="VictimId">Whose block keeps it from somebody, and with whose key the words are sealed.</param>
/// <param name="AgencyId">Whose supervisors decide, and those above them.</param>
/// <param name="Urgency">How soon (design: clocks, approval).</param>
/// <param name="Reason">Of a closure: set closure_reason.</param>
/// <param name="Criteria">Of a closure: set closure_criterion.</param>
/// <param name="Words">Why, in the words of whoever asks.</param>
internal sealed record ApprovalAsk(
    ApprovalKind Kind,
    string SubjectKind,
    Guid SubjectId,
    Guid VictimId,
    Guid AgencyId,
    Urgency Urgency,
    string? Reason = null,
    IReadOnlyList<string>? Criteria = null,
    string? Words = null,
    Guid? Id = null);

/// <summary>The public verb of every rule that needs two people.</summary>
internal static class Approvals
{
    private const string Subject = "approval";

    /// <summary>Asks for a second person: the row, its clock, and those who may decide are told.</summary>
    /// <returns>The id of what waits now.</returns>
    /// <exception cref="ConstraintViolation"><c>uq_approvals_open</c>: the same is asked already. <c>pk_approvals</c>: the id is taken.</exception>
    public static async Task<Guid> RequireAsync(Work work, ApprovalAsk ask, Keys keys, CancellationToken cancellation)
    {
        var id = ask.Id ?? Ids.New(work.Now);
        await ApprovalStore.InsertAsync(work, id, ask, await SealAsync(work, keys, ask.VictimId, id, "question", ask.Words, cancellation), cancellation);
        var dueAt = await Clocks.ApplyAsync(
            work, new ClockSubject(Subject, id, ask.VictimId, ask.Urgency, IsNew: true), [new ClockEffect(ClockVerb.Begin, ClockKind.Approval)], _ => new(ask.AgencyId), cancellation);
        var row = await AppendAsync(work, JournalActions.ApprovalAsked, id, ask.VictimId, null, cancellation,
            ("kind", ask.Kind.Code()), ("subjectKind", ask.SubjectKind), ("subjectId", ask.SubjectId.ToString()));
        await Notifications.TellSupervisorsAsync(work, ask.AgencyId, new Notice(JournalActions.ApprovalAsked, row, Subject, id, ask.VictimId, DueAt: dueAt), cancellation);
        return id;
    }

    /// <summary>What waits, without its words.</summary>
    /// <returns>Null when there is no such approval, or the caller may not see it.</returns>
    public static async Task<ApprovalView?> ViewAsync(Work work, Guid id, CancellationToken cancellation) =>
        await ApprovalStore.FindAsync(work, id, cancellation) is { } stored ? ApprovalEndpoints.View(stored, work.Caller) : null;

    /// <summary>Somebody asked, and nobody has decided.</summary>
    public static Task<bool> IsOpenAsync(Work work, ApprovalKind kind, Guid subjectId, CancellationToken cancellation) =>
        ApprovalStore.IsAsync(work, kind, subjectId, ApprovalState.Open, cancellation);

    /// <returns>Those of the subjects about which somebody asked, and nobody has decided.</returns>
    public static async Task<IReadOnlyCollection<Guid>> OpenAmongAsync(
        Work work, ApprovalKind kind, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation) =>
        [.. (await ApprovalStore.OpenAboutAsync(work, kind, subjectIds, cancellation)).Select(open => open.SubjectId)];

    /// <summary>A second person said yes.</summary>
    public static Task<bool> IsGivenAsync(Work work, ApprovalKind kind, Guid subjectId, CancellationToken cancellation) =>
        ApprovalStore.IsAsync(work, kind, subjectId, ApprovalState.Approved, cancellation);

    /// <summary>The design's order: lifecycle, rules, write; then what the kind brings, in the same transaction.</summary>
    /// <returns>Why nothing was done; null when it is decided.</returns>
    public static async Task<Refusal?> DecideAsync(Work work, StoredApproval stored, ApprovalDecision decision, string? line, Keys keys, CancellationToken cancellation)
    {
        if (stored.ToApproval().Attempt(decision, work.Caller.PrincipalId, stored.Decides, !string.IsNullOrWhiteSpace(line), work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        var turn = await ApprovalKinds.TakeTurnAsync(work, stored, cancellation);
        var answer = await SealAsync(work, keys, stored.VictimId, stored.Id, "answer", line, cancellation);
        await EndAsync(work, after, answer, stored.Version, stored.SubjectId, stored.VictimId, stored.Urgency, cancellation);
        var action = after.State switch
        {
            ApprovalState.Approved => JournalActions.ApprovalApproved,
            ApprovalState.SentBack => JournalActions.ApprovalSentBack,
            _ => JournalActions.ApprovalRefused,
        };
        var row = await AppendAsync(work, action, stored.Id, stored.VictimId, turn, cancellation, ("kind", stored.Kind.Code()));
        await Notifications.TellWorkerAsync(work, stored.AskedBy, new Notice(action, row, Subject, stored.Id, stored.VictimId), cancellation);
        await ApprovalKinds.TellAsync(work, stored, row, cancellation);
        return after.State == ApprovalState.Approved ? await ApprovalKinds.FollowAsync(work, stored, turn, keys, cancellation) : null;
    }

    /// <summary>What is asked about these, as far as the caller sees it, and nobody has decided.</summary>
    public static Task<IReadOnlyList<StoredApproval>> OpenSeenAsync(
        Work work, ApprovalKind kind, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation) =>
        ApprovalStore.OpenSeenAsync(work, kind, subjectIds, cancellation);

    /// <summary>What the caller may say now about all of these at once.</summary>
    public static IReadOnlyList<ApprovalDecision> AllowedOf(Caller caller, IReadOnlyList<StoredApproval> open) =>
        open.Count == 0 || !caller.May(Permissions.Decide) ? []
        : [.. Enum.GetValues<ApprovalDecision>().Where(decision => open.All(one => one.ToApproval().AllowedDecisions(caller.PrincipalId, one.Decides).Contains(decision)))];

    /// <summary>The same word about several: each has her own row, clock and notice, all or none.</summary>
    /// <param name="open">Victims ascending, as their turns are taken.</param>
    public static async Task<Refusal?> DecideAllAsync(
        Work work, IReadOnlyList<StoredApproval> open, ApprovalDecision decision, string? line, Keys keys, CancellationToken cancellation)
    {
        foreach (var one in open)
        {
            // Read again: a victim who is asked about twice has just had her turn.
            var stored = await ApprovalStore.FindAsync(work, one.Id, cancellation) ?? throw new ChangedMeanwhileException();
            if (await DecideAsync(work, stored, decision, line, keys, cancellation) is { } refusal)
            {
                return refusal;
            }
        }
        return null;
    }

    /// <summary>Whoever proposed it does not want it any more.</summary>
    /// <returns>Why nothing was done; null when it is taken back.</returns>
    public static async Task<Refusal?> TakeBackAsync(Work work, StoredApproval stored, CancellationToken cancellation)
    {
        if (stored.ToApproval().AttemptTakeBack(work.Caller.PrincipalId, work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        var turn = await Turns.TakeAsync(work, stored.VictimId, stored.AccessVersion, cancellation);
        await EndAsync(work, after, null, stored.Version, stored.SubjectId, stored.VictimId, stored.Urgency, cancellation);
        await AppendAsync(work, JournalActions.ApprovalWithdrawn, stored.Id, stored.VictimId, turn, cancellation, ("kind", stored.Kind.Code()));
        return null;
    }

    /// <summary>The case is led by another agency, which asks anew for what it needs. The caller holds her turn.</summary>
    public static async Task WithdrawAsync(Work work, Guid victimId, long turn, CancellationToken cancellation)
    {
        foreach (var open in await ApprovalStore.OpenOfAsync(work, victimId, cancellation))
        {
            await WithdrawAsync(work, open, turn, cancellation);
        }
    }

    /// <summary>What was asked about these has answered itself: nobody need decide any more.</summary>
    public static async Task WithdrawAsync(Work work, ApprovalKind kind, IReadOnlyCollection<Guid> subjectIds, CancellationToken cancellation)
    {
        foreach (var open in (await ApprovalStore.OpenAboutAsync(work, kind, subjectIds, cancellation)).OrderBy(open => open.VictimId))
        {
            // It may have been brought before the national office: what it sees ends here, so her turn is taken.
            await WithdrawAsync(work, open, await Turns.TakeAsync(work, open.VictimId, cancellation), cancellation);
        }
    }

    private static async Task WithdrawAsync(Work work, AskedApproval open, long turn, CancellationToken cancellation)
    {
        await EndAsync(work, open.ToApproval().Withdraw(work.Now), null, open.Version, open.SubjectId, open.VictimId, open.Urgency, cancellation);
        var row = await AppendAsync(work, JournalActions.ApprovalWithdrawn, open.Id, open.VictimId, turn, cancellation, ("kind", open.Kind.Code()));
        await Notifications.TellWorkerAsync(work, open.AskedBy, new Notice(JournalActions.ApprovalWithdrawn, row, Subject, open.Id, open.VictimId), cancellation);
    }

    /// <summary>A deadline speaks to those who may decide: never to whoever asked.</summary>
    public static async Task TellAsync(Work work, Clock clock, Notice notice, CancellationToken cancellation)
    {
        if (await ApprovalStore.FindAskedAsync(work, clock.SubjectId, cancellation) is { } asked)
        {
            await Notifications.TellSupervisorsAsync(work, asked.AgencyId, notice with { But = asked.AskedBy }, cancellation);
        }
    }

    /// <summary>Reading the words of an approval. The caller's turn is held until the row is there.</summary>
    public static async Task ReadAsync(Work work, StoredApproval stored, CancellationToken cancellation)
    {
        await Turns.HoldAsync(work, stored.VictimId, stored.AccessVersion, cancellation);
        await AppendAsync(work, JournalActions.ApprovalRead, stored.Id, stored.VictimId, stored.AccessVersion, cancellation, ("kind", stored.Kind.Code()));
    }

    private static async Task EndAsync(
        Work work, Approval after, byte[]? answer, long read, Guid subjectId, Guid victimId, Urgency urgency, CancellationToken cancellation)
    {
        if (!await ApprovalStore.SaveAsync(work, after, answer, read, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        var verb = after.State == ApprovalState.Withdrawn ? ClockVerb.Stop : ClockVerb.Meet;
        await Clocks.ApplyAsync(work, new ClockSubject(Subject, after.Id, victimId, urgency), [new ClockEffect(verb, ClockKind.Approval)], _ => null, cancellation);
        await Oversight.EndAsync(work, after.Id, cancellation);
        if (after.State != ApprovalState.Approved)
        {
            await ApprovalKinds.DropAsync(work, after.Kind, subjectId, after.State, cancellation);
        }
    }

    private static async Task<byte[]?> SealAsync(Work work, Keys keys, Guid victimId, Guid id, string column, string? words, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(words))
        {
            return null;
        }
        var key = await Keys.OfVictimAsync(work, victimId, cancellation);
        return keys.Seal(key, StoredApproval.PlaceOf(id, column), new ApprovalWords(words.Trim()), AccessJson.Default.ApprovalWords);
    }

    private static Task<Guid> AppendAsync(
        Work work, string action, Guid id, Guid victimId, long? turn, CancellationToken cancellation, params (string Name, string Value)[] facts) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = Subject,
            SubjectId = id,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = facts,
        }, cancellation);
}
