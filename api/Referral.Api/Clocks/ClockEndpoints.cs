using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>A deadline of the caller's agency. It stays when the thing itself can no longer be seen.</summary>
/// <param name="Topic">Of <c>act_before</c>: what has to be done by then.</param>
/// <param name="Visit">Of <c>follow_up</c>: which one. It is answered by writing down the visit.</param>
/// <param name="Stage">How far it has spoken: none, reminded, escalated, urged, missed.</param>
/// <param name="CanBeDone">It ends by the agency's word; the others end with a move.</param>
public sealed record ClockItem(
    Guid Id,
    [property: CodeOf("clock_kind")] string Kind,
    string SubjectKind,
    Guid SubjectId,
    [property: CodeOf("act_before_topic")] string? Topic,
    [property: CodeOf("follow_up_kind")] string? Visit,
    [property: CodeOf("urgency")] string Urgency,
    DateTimeOffset StartedAt,
    DateTimeOffset DueAt,
    [property: CodeOf("clock_state")] string State,
    string Stage,
    bool CanBeDone);

/// <summary>Something that has to be done for a victim before a moment: a hearing, a report, an appeal.</summary>
public sealed record ClockDraft(Guid VictimId, [property: CodeOf("act_before_topic")] string Topic, DateTimeOffset DueAt, Guid? Id = null);

/// <summary>The deadlines of an agency.</summary>
internal static class ClockEndpoints
{
    private static readonly ClockKind[] DoneByWord = [ClockKind.ActBefore, ClockKind.AttestDeletion];

    /// <summary>Missed, they still ask for something.</summary>
    private static readonly ClockKind[] StillAsking = [.. DoneByWord, ClockKind.FollowUp, ClockKind.RenewBasis, ClockKind.PlanReview, ClockKind.Callback, ClockKind.StopRequest];

    /// <summary>Missed, they are brought before the national protection office. A decision that nobody took is among the approvals, an answer that nobody gave among the emergency accesses.</summary>
    private static readonly ClockKind[] Overseen = [.. ClockRules.All.Where(rule => rule.Missed == WhenMissed.ProtectionOfficer && rule.Kind is not (ClockKind.Approval or ClockKind.BreakGlassReview)).Select(rule => rule.Kind)];

    public static void MapClocks(this IEndpointRouteBuilder api)
    {
        var clocks = api.MapGroup("/clocks").WithTags("Clocks");
        clocks.MapGet("", ListAsync).May(Permissions.ReadReferrals)
            .WithName("listClocks")
            .WithSummary("List the deadlines of the own agency")
            .WithDescription("Those that run, wait or were missed and still ask for something, by deadline; for a supervisor of every unit below. Of one victim with `victimId`, for whoever sees her case. With `overseen` instead what another agency did not do in time, so that it was brought before the caller's office, until it is settled. Kind, id and moment only: they stay when the referral can no longer be seen.")
            .Refuses(Unreadable);
        clocks.MapPost("", CreateAsync).May(Permissions.WriteCases)
            .WithName("createClock")
            .WithSummary("Set a deadline of one's own")
            .WithDescription("What has to be done for an own case before a moment. It speaks 72, 24 and 6 hours before.")
            .Refuses(Unreadable, RuleBroken, IdTaken, KeyReused);
        clocks.MapPost("/{id}/done", DoneAsync).May(Permissions.Act)
            .WithName("doneWithClock")
            .WithSummary("Say that it is done")
            .WithDescription("For deadlines that end by the word of the agency: what it set itself, and that what it had been shown is deleted.")
            .Refuses(Unknown, ClockRefusals.EndsWithMove, KeyReused);
    }

    internal static Task<Results<Listed<ClockItem>, Refused>> ListAsync(Call call, Paging paging, [CodeOf("clock_kind")] string? kind, Guid? victimId, bool? overseen) =>
        call.ReadAsync<Results<Listed<ClockItem>, Refused>>(async work => Listed.Of(
            await work.PageAsync<Clock>(
                overseen == true ? ListOverseenSql : ListSql,
                new { kind, victimId, asking = CodesOf(StillAsking), overseen = CodesOf(Overseen), afterAt = paging.AfterAt, afterId = paging.AfterId },
                paging.Take, call.Cancellation),
            paging,
            clock => new Cursor(clock.DueAt, clock.Id),
            clock => overseen == true ? View(clock) with { CanBeDone = false } : View(clock)));

    private static string[] CodesOf(ClockKind[] kinds) => [.. kinds.Select(one => one.Code())];

    internal static Task<Results<Made<ClockItem>, Refused>> CreateAsync(ClockDraft draft, Call call) =>
        call.ActAsync<Results<Made<ClockItem>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, draft.VictimId, call.Cancellation) is not { } victim)
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/victimId", "not_found")] };
                }
                if (Needs.PlanFault(draft.DueAt, work.Now) is { } code)
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/dueAt", code)] };
                }
                try
                {
                    return Done.Made((await Clocks.SetAsync(work, draft.Id, victim.Id, draft.Topic, draft.DueAt, call.Cancellation)).Id);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_clocks"))
                {
                    return IdTaken;
                }
            },
            async (work, done) => await FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } clock
                ? new Made<ClockItem>($"/api/v1/clocks/{clock.Id}", View(clock))
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Ok<ClockItem>, Refused>> DoneAsync(Id id, Call call) =>
        call.ActAsync<Results<Ok<ClockItem>, Refused>>(
            async work =>
            {
                if (await FindAsync(work, id, call.Cancellation) is not { } clock)
                {
                    return Unknown;
                }
                if (!DoneByWord.Contains(clock.Kind))
                {
                    return ClockRefusals.EndsWithMove;
                }
                if (clock.State is ClockState.Running or ClockState.Missed)
                {
                    await Clocks.DoneAsync(work, clock, call.Cancellation);
                }
                return Done.Changed(clock.Id);
            },
            async (work, done) => await FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } clock ? TypedResults.Ok(View(clock)) : Refused.Because(Unknown),
            refused => refused);

    private static ClockItem View(Clock clock) => new(
        clock.Id, clock.Kind.Code(), clock.Shown.Kind, clock.Shown.Id, clock.Kind == ClockKind.ActBefore ? clock.Topic : null, clock.Kind == ClockKind.FollowUp ? clock.Topic : null, clock.Urgency.Code(), clock.StartedAt, clock.DueAt,
        clock.State.Code(), clock.Stage.Code(), DoneByWord.Contains(clock.Kind) && clock.State is ClockState.Running or ClockState.Missed);

    // Whoever is kept away from a person learns of no deadline of hers, and whoever may not see a report of none of that. What is asked
    // about the lead of a case is for those who see the transfer.
    private const string Own = $"""
        SELECT {ClockStore.Columns}
          FROM clocks c
          LEFT JOIN victims v ON v.id = c.victim_id
         WHERE (c.agency_id = @unit
             OR (@supervises = 1 AND c.agency_id IN (SELECT t.descendant_id FROM agency_tree t WHERE t.ancestor_id = @unit)))
           AND (c.victim_id IS NULL OR ({Visibility.NotBlocked}))
           AND (c.subject_kind <> 'report' OR EXISTS (SELECT 1 FROM reports n WHERE n.id = c.subject_id AND {Visibility.OfReports}))
           AND (c.subject_kind <> 'transfer' OR EXISTS (SELECT 1 FROM transfers x WHERE x.id = c.subject_id AND {Visibility.OfTransfers}))
        """;

    // What was missed stays until somebody has done it: a referral's until its next move (its due_at is that of the missed clock till then),
    // a report's until it is sorted, the others by the word of whoever did it.
    private const string StillAsks = """
        (c.kind IN (@asking)
          OR EXISTS (SELECT 1 FROM referrals r WHERE r.id = c.subject_id AND r.is_open = 1 AND r.due_at = c.due_at)
          OR EXISTS (SELECT 1 FROM reports n WHERE n.id = c.subject_id AND n.outcome IS NULL))
        """;

    private const string ListSql = $"""
        {Own}
           AND (c.state IN ('running', 'paused') OR (c.state = 'missed' AND {StillAsks}))
           AND (@victimId IS NULL OR (c.victim_id = @victimId AND EXISTS (SELECT 1 FROM victims v WHERE v.id = @victimId AND {Visibility.OfVictims})))
           AND (@kind IS NULL OR c.kind = @kind)
           AND (@afterId IS NULL OR c.due_at > @afterAt OR (c.due_at = @afterAt AND c.id > @afterId))
         ORDER BY c.due_at, c.id
        """;

    private const string ListOverseenSql = $"""
        SELECT {ClockStore.Columns}
          FROM clocks c
          JOIN victims v ON v.id = c.victim_id
         WHERE c.state = 'missed'
           AND c.kind IN (@overseen)
           AND {StillAsks}
           AND {Visibility.OverseesClock}
           AND {Visibility.NotBlocked}
           AND (@victimId IS NULL OR c.victim_id = @victimId)
           AND (@kind IS NULL OR c.kind = @kind)
           AND (@afterId IS NULL OR c.due_at > @afterAt OR (c.due_at = @afterAt AND c.id > @afterId))
         ORDER BY c.due_at, c.id
        """;

    private const string FindSql = $"""
        {Own}
           AND c.id = @id
        """;

    private static Task<Clock?> FindAsync(Work work, Guid id, CancellationToken cancellation) =>
        work.FirstOrNoneAsync<Clock>(FindSql, new { id }, cancellation);
}
