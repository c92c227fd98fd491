using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The team of a case, and every row of access to it.</summary>
internal static class TeamEndpoints
{
    public static void MapTeams(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Access");
        victims.MapGet("/grants", GrantsAsync).May(Permissions.ReadCases)
            .WithName("listGrants")
            .WithSummary("List who has access to a case, and why")
            .WithDescription("Every row of access, newest first, ended ones too; for her team.")
            .Refuses(Unreadable, Unknown);
        victims.MapGet("/team", ListAsync).May(Permissions.ReadCases)
            .WithName("listTeam")
            .WithSummary("List the team of a case")
            .WithDescription("Those who can open the whole case beside its supervisors.")
            .Refuses(Unknown);
        victims.MapPost("/team", JoinAsync).May(Permissions.ManageTeams)
            .WithName("joinTeam")
            .WithSummary("Put a worker on the team")
            .WithDescription("Of the unit that leads the case; for a supervisor of any unit below. Who cannot be assigned is refused with the same words, whatever the reason.")
            .Refuses(Unreadable, Unknown, AccessRefusals.CannotBeAssigned, KeyReused);
        victims.MapDelete("/team/{workerId}", LeaveAsync).May(Permissions.ManageTeams)
            .WithName("leaveTeam")
            .WithSummary("Take somebody off the team")
            .WithDescription("Access ends in the same transaction.")
            .Refuses(Unknown);
        victims.MapGet("/assignable", AssignableAsync).May(Permissions.ManageTeams)
            .WithName("listAssignable")
            .WithSummary("List workers who could join the team")
            .WithDescription("Without those who are on it. Why somebody cannot be assigned is never said.")
            .Refuses(Unknown);
    }

    internal static Task<Results<Listed<GrantView>, Refused>> GrantsAsync(Id id, Call call, Paging paging) =>
        call.ReadAsync<Results<Listed<GrantView>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var rows = await GrantList.PageAsync(work, id, paging, call.Cancellation);
            var agencies = await AgencyRefs.OfAsync(work, rows.Select(row => row.AgencyId), call.Cancellation);
            return Listed.Of(rows, paging, row => new Cursor(row.FromAt, row.Id), row => new GrantView(
                row.Id, agencies[row.AgencyId], row.Audience, row.WorkerName ?? row.ClientName, row.GroupCode, row.RecordId,
                row.Source, row.SourceId, row.BasisId, row.FromAt, row.ToAt));
        });

    internal static Task<Results<Listed<TeamMember>, Refused>> ListAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<TeamMember>, Refused>>(async work =>
            await Cases.FindAsync(work, id, call.Cancellation) is null
                ? Refused.Because(Unknown)
                : Listed.Whole(await MembersAsync(work, id, call.Cancellation)));

    internal static Task<Results<Made<TeamMember>, Refused>> JoinAsync(Id id, TeamDraft draft, Call call) =>
        call.ActAsync<Results<Made<TeamMember>, Refused>>(
            async work =>
            {
                if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                if ((await TeamStore.ListAsync(work, id, call.Cancellation)).Any(member => member.Id == draft.WorkerId))
                {
                    return Done.Made(draft.WorkerId);
                }
                if (await TeamStore.AssignableAsync(work, id, draft.WorkerId, call.Cancellation) is not [var worker] || !worker.CanBeAssigned(work.Now))
                {
                    return new Refusal(AccessRefusals.CannotBeAssigned) { Errors = [new FieldError("/workerId", AccessRefusals.CannotBeAssigned.Code)] };
                }
                var turn = await Turns.TakeAsync(work, id, victim.AccessVersion, call.Cancellation);
                await Grants.OpenAsync(work, new Grant
                {
                    VictimId = id,
                    AgencyId = worker.AgencyId,
                    Audience = "principal",
                    PrincipalId = worker.Id,
                    GroupCode = "all",
                    Source = "team",
                    SourceId = id,
                }, call.Cancellation);
                await AppendAsync(work, JournalActions.TeamJoined, id, worker.Id, turn, call.Cancellation);
                return Done.Made(worker.Id);
            },
            async (work, done) => await Cases.FindAsync(work, id, call.Cancellation) is not null
                    && (await MembersAsync(work, id, call.Cancellation)).FirstOrDefault(member => member.Id == done.ResourceId) is { } member
                ? new Made<TeamMember>($"/api/v1/victims/{id.Value}/team/{member.Id}", member)
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<NoContent, Refused>> LeaveAsync(Id id, Id workerId, Call call) =>
        call.ChangeAsync<Results<NoContent, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            var turn = await Turns.TakeAsync(work, id, victim.AccessVersion, call.Cancellation);
            if (await Grants.EndAsync(work, id, "team", workerId, call.Cancellation) == 0)
            {
                return Refused.Because(Unknown);
            }
            await AppendAsync(work, JournalActions.TeamLeft, id, workerId, turn, call.Cancellation);
            return TypedResults.NoContent();
        });

    internal static Task<Results<Listed<AssignableView>, Refused>> AssignableAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<AssignableView>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var team = (await TeamStore.ListAsync(work, id, call.Cancellation)).Select(member => member.Id).ToHashSet();
            return Listed.Whole<AssignableView>(
            [
                .. (await TeamStore.AssignableAsync(work, id, null, call.Cancellation))
                    .Where(worker => !team.Contains(worker.Id))
                    .Select(worker => new AssignableView(worker.Id, worker.DisplayName, worker.CanBeAssigned(work.Now))),
            ]);
        });

    private static async Task<IReadOnlyList<TeamMember>> MembersAsync(Work work, Guid victimId, CancellationToken cancellation)
    {
        var rows = await TeamStore.ListAsync(work, victimId, cancellation);
        var agencies = await AgencyRefs.OfAsync(work, rows.Select(row => row.AgencyId), cancellation);
        return [.. rows.Select(row => new TeamMember(
            row.Id, row.WorkerName is null ? "client" : "worker", row.WorkerName ?? row.ClientName ?? string.Empty, agencies[row.AgencyId], row.FromAt))];
    }

    private static Task<Guid> AppendAsync(Work work, string action, Guid victimId, Guid workerId, long turn, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "victim",
            SubjectId = victimId,
            VictimId = victimId,
            AccessVersion = turn,
            Facts = [("workerId", workerId.ToString())],
        }, cancellation);
}
