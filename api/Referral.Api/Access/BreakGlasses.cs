using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Emergency access (ADR 0015): for four hours to what is named, to one person; the team, the supervisors and the national
/// office hear of it in the transaction that opens it, and one of them answers afterwards whether it was right.
/// </summary>
internal static class BreakGlasses
{
    private const string Source = "break_glass";
    private const string Subject = "break_glass";

    /// <summary>How long a finding stays before the national office: nobody need remember to take that away again.</summary>
    private static readonly TimeSpan Found = TimeSpan.FromDays(30);

    /// <summary>The design's order: not visible, lifecycle, write.</summary>
    public static async Task<Done> OpenAsync(Work work, CaseCode code, BreakGlassDraft draft, Keys keys, CancellationToken cancellation)
    {
        if (await BreakGlassStore.FindDoorAsync(work, code.Text, cancellation) is not { } door)
        {
            return GeneralRefusals.Unknown;
        }
        if (door.SeesCase)
        {
            return BreakGlassRefusals.SeesCaseAlready;
        }
        if (door.OpenId is { } open)
        {
            return new Refusal(BreakGlassRefusals.BreakGlassOpen, ("breakGlassId", open.ToString()));
        }
        var id = draft.Id ?? Ids.New(work.Now);
        var turn = await Turns.TakeAsync(work, door.Id, door.AccessVersion, cancellation);
        string[] groups = [.. draft.Groups.Distinct()];
        var note = keys.Seal(door.Key, StoredBreakGlass.PlaceOf(id, "note"), new BreakGlassWords(draft.Note.Trim()), AccessJson.Default.BreakGlassWords);
        try
        {
            await BreakGlassStore.InsertAsync(work, id, door.Id, draft.Reason, groups, note, cancellation);
        }
        catch (ConstraintViolation violation) when (violation.Is("pk_break_glass"))
        {
            return GeneralRefusals.IdTaken;
        }
        await GrantAsync(work, id, door.Id, groups, cancellation);
        await TellAsync(work, id, door, draft.Reason, groups, turn, cancellation);
        return Done.Made(id);
    }

    private static async Task GrantAsync(Work work, Guid id, Guid victimId, IReadOnlyList<string> groups, CancellationToken cancellation)
    {
        foreach (var group in groups.Prepend(Piece.Minimum))
        {
            await Grants.OpenAsync(work, new Grant
            {
                VictimId = victimId,
                AgencyId = work.Caller.UnitId,
                Audience = "principal",
                PrincipalId = work.Caller.PrincipalId,
                GroupCode = group,
                Source = Source,
                SourceId = id,
                ToAt = work.Now + BreakGlass.Length,
            }, cancellation);
        }
    }

    private static async Task TellAsync(Work work, Guid id, ClosedDoor door, string reason, IReadOnlyList<string> groups, long turn, CancellationToken cancellation)
    {
        await Oversight.OpenAsync(work, door.Id, id, cancellation);
        var dueAt = await Clocks.ApplyAsync(
            work, new ClockSubject(Subject, id, door.Id, Urgency.High, IsNew: true), [new ClockEffect(ClockVerb.Begin, ClockKind.BreakGlassReview)], _ => new(door.LeadAgencyId), cancellation);
        var row = await AppendAsync(work, JournalActions.BreakGlassOpened, id, door.Id, turn, groups, cancellation, ("reason", reason));
        var notice = new Notice(JournalActions.BreakGlassOpened, row, Subject, id, door.Id, DueAt: dueAt, IsUrgent: true);
        await Notifications.TellSendersAsync(work, door.LeadAgencyId, notice, cancellation);
        await Notifications.TellSupervisorsAsync(work, door.LeadAgencyId, notice, cancellation);
        await Notifications.TellProtectionAsync(work, notice, cancellation);
    }

    /// <returns>Why nothing was done; null when it is answered.</returns>
    public static async Task<Refusal?> ReviewAsync(
        Work work, StoredBreakGlass stored, BreakGlassAnswer answer, string? line, Keys keys, CancellationToken cancellation)
    {
        var before = stored.ToBreakGlass();
        if (before.Attempt(answer, work.Caller.PrincipalId, stored.Reviews, !string.IsNullOrWhiteSpace(line), work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        var turn = await Turns.TakeAsync(work, stored.VictimId, stored.AccessVersion, cancellation);
        var words = string.IsNullOrWhiteSpace(line)
            ? null
            : keys.Seal(stored.Key, StoredBreakGlass.PlaceOf(stored.Id, "line"), new BreakGlassWords(line.Trim()), AccessJson.Default.BreakGlassWords);
        await SaveAsync(work, before, after, words, cancellation);
        await Clocks.ApplyAsync(
            work, new ClockSubject(Subject, stored.Id, stored.VictimId, Urgency.High), [new ClockEffect(ClockVerb.Meet, ClockKind.BreakGlassReview)], _ => null, cancellation);
        var row = await AppendAsync(work, JournalActions.BreakGlassReviewed, stored.Id, stored.VictimId, turn, [], cancellation, ("answer", answer.Code()));
        await Notifications.TellWorkerAsync(work, stored.WorkerId, new Notice(JournalActions.BreakGlassReviewed, row, Subject, stored.Id, stored.VictimId), cancellation);
        await (answer == BreakGlassAnswer.NotJustified ? FindAsync(work, stored, turn, cancellation) : Oversight.EndAsync(work, stored.Id, cancellation));
        return null;
    }

    /// <summary>It was not right: the national office and the supervisors of whoever opened it hear of it.</summary>
    private static async Task FindAsync(Work work, StoredBreakGlass stored, long turn, CancellationToken cancellation)
    {
        await Oversight.EndAsync(work, stored.Id, cancellation, work.Now + Found);
        var row = await AppendAsync(work, JournalActions.BreakGlassFound, stored.Id, stored.VictimId, turn, [], cancellation);
        var notice = new Notice(JournalActions.BreakGlassFound, row, Subject, stored.Id, stored.VictimId, But: stored.WorkerId);
        await Notifications.TellProtectionAsync(work, notice, cancellation);
        await Notifications.TellSupervisorsAsync(work, stored.AgencyId, notice, cancellation);
    }

    /// <summary>Before its time, by whoever opened it or whoever would answer for it. It is answered all the same.</summary>
    /// <returns>Why nothing was done; null when it is over.</returns>
    public static async Task<Refusal?> EndAsync(Work work, StoredBreakGlass stored, CancellationToken cancellation)
    {
        var before = stored.ToBreakGlass();
        if (before.AttemptEnd(work.Caller.PrincipalId, stored.Reviews, work.Now, out var after) is { } refusal)
        {
            return refusal;
        }
        if (after != before)
        {
            var turn = await Turns.TakeAsync(work, stored.VictimId, stored.AccessVersion, cancellation);
            await SaveAsync(work, before, after, stored.Line, cancellation);
            var row = await AppendAsync(work, JournalActions.BreakGlassEnded, stored.Id, stored.VictimId, turn, [], cancellation);
            await Notifications.TellWorkerAsync(work, stored.WorkerId, new Notice(JournalActions.BreakGlassEnded, row, Subject, stored.Id, stored.VictimId), cancellation);
        }
        return null;
    }

    /// <summary>A deadline speaks to those who may answer: never to whoever opened it.</summary>
    public static async Task TellAsync(Work work, Clock clock, Notice notice, CancellationToken cancellation) =>
        await Notifications.TellSupervisorsAsync(
            work, clock.AgencyId, notice with { But = await BreakGlassStore.OpenerAsync(work, clock.SubjectId, cancellation) }, cancellation);

    /// <summary>Reading its words. The caller's turn is held until the row is there.</summary>
    public static async Task ReadAsync(Work work, StoredBreakGlass stored, CancellationToken cancellation)
    {
        await Turns.HoldAsync(work, stored.VictimId, stored.AccessVersion, cancellation);
        await AppendAsync(work, JournalActions.BreakGlassRead, stored.Id, stored.VictimId, stored.AccessVersion, [], cancellation);
    }

    private static async Task SaveAsync(Work work, BreakGlass before, BreakGlass after, byte[]? line, CancellationToken cancellation)
    {
        if (!await BreakGlassStore.SaveAsync(work, after, line, before.Version, cancellation))
        {
            throw new ChangedMeanwhileException();
        }
        if (after.UntilAt != before.UntilAt)
        {
            await Grants.EndAsync(work, Source, after.Id, after.UntilAt, cancellation);
        }
    }

    private static Task<Guid> AppendAsync(
        Work work, string action, Guid id, Guid victimId, long turn, IReadOnlyList<string> groups, CancellationToken cancellation, params (string Name, string Value)[] facts) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = Subject,
            SubjectId = id,
            VictimId = victimId,
            AccessVersion = turn,
            Groups = groups,
            Facts = facts,
        }, cancellation);
}
