using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Identity;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Workers and their memberships. Roles are what somebody may try; which child is a matter of grants, never of these routes.</summary>
internal static class WorkerEndpoints
{
    /// <summary>An administrator of an agency hands out the work of the agency; what is national comes from a system administrator.</summary>
    private static readonly string[] OfAgencies =
        [Role.Caseworker.Code(), Role.Supervisor.Code(), Role.ProviderStaff.Code(), Role.IntakeOperator.Code(), Role.AgencyAdmin.Code()];

    private static readonly string[] OfTheSystem =
        [Role.AgencyAdmin.Code(), Role.ProtectionOfficer.Code(), Role.NationalCoordinator.Code(), Role.Auditor.Code(), Role.SystemAdmin.Code()];

    /// <summary>Of those who are called alike: whoever asks has to know the name.</summary>
    private const int Most = 5;

    public static void MapWorkers(this IEndpointRouteBuilder api)
    {
        var workers = api.MapGroup("/workers").WithTags("Agencies");
        workers.MapGet("", ListAsync).May(Permissions.ReadWorkers)
            .WithName("listWorkers")
            .WithSummary("List workers")
            .WithDescription("An administrator sees the own unit and every one below, a supervisor the own unit, a system administrator all.")
            .Refuses(Unreadable);
        workers.MapPost("/match", MatchAsync).May(Permissions.Reports)
            .WithName("matchWorkers")
            .WithSummary("Find out who is meant by a name")
            .WithDescription("For reports about a member of staff: at most five workers of an agency or below it who are called so, in any script and spelling, the likeliest first. Nobody else is named.")
            .Refuses(Unreadable);
        workers.MapGet("/{id}", GetAsync).May(Permissions.ReadWorkers)
            .WithName("getWorker")
            .WithSummary("Read a worker")
            .WithDescription("Memberships within the caller's reach only.")
            .Refuses(Unknown);
        workers.MapPut("/{id}", PutAsync).May(Permissions.ManageWorkers)
            .WithName("putWorker")
            .WithSummary("Change a worker")
            .WithDescription("The name that others see, until when the worker is away, and who he is: that is sealed, shown to nobody, and left out stays as it was.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
        workers.MapPost("/{id}/deactivate", DeactivateAsync).May(Permissions.ManageWorkers)
            .WithName("deactivateWorker")
            .WithSummary("Deactivate a worker")
            .WithDescription("Bites on the worker's next request. One who works for other agencies as well loses a membership instead.")
            .Refuses(Unknown, MatchRequired, Stale, AgencyRefusals.NotYourself, AgencyRefusals.WorksElsewhere, KeyReused);
        workers.MapPut("/{id}/memberships/{agencyId}", PutMembershipAsync).May(Permissions.ManageWorkers)
            .WithName("putMembership")
            .WithSummary("Set a worker's roles in an agency")
            .WithDescription("Never one's own. Administrator and supervisor are never one membership. If-Match names the worker's tag.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken, AgencyRefusals.NotYourself, AgencyRefusals.RolesExclude);
        workers.MapDelete("/{id}/memberships/{agencyId}", EndMembershipAsync).May(Permissions.ManageWorkers)
            .WithName("deleteMembership")
            .WithSummary("End a membership")
            .WithDescription("Never one's own. If-Match names the worker's tag.")
            .Refuses(Unknown, MatchRequired, Stale, AgencyRefusals.NotYourself);
    }

    internal static Task<Listed<WorkerView>> ListAsync(Call call, Paging paging) =>
        call.ReadAsync(async work =>
        {
            var reach = WorkerReach.Of(work.Caller);
            var workers = await WorkerStore.ListAsync(work, reach, paging, call.Cancellation);
            var memberships = (await WorkerStore.MembershipsAsync(work, workers.Select(worker => worker.Id), reach, call.Cancellation)).ToLookup(row => row.WorkerId);
            return Listed.Of(workers, paging, worker => new Cursor(null, worker.Id), worker => View(worker, memberships[worker.Id]));
        });

    internal static Task<Ok<MatchedWorkers>> MatchAsync(WorkerQuery query, Call call) =>
        call.ReadAsync(async work => TypedResults.Ok(new MatchedWorkers(
        [
            .. (await WorkerStore.OfAgencyAsync(work, query.AgencyId, call.Cancellation))
                .Select(worker => (Worker: worker, Likeness: NameLikeness.Between(worker.DisplayName, query.Name)))
                .Where(one => one.Likeness >= NameLikeness.Likely)
                .OrderByDescending(one => one.Likeness)
                .Take(Most)
                .Select(one => new WorkerRef(one.Worker.Id, one.Worker.DisplayName)),
        ])));

    internal static Task<Results<Found<WorkerView>, Refused>> GetAsync(Id id, Call call) =>
        call.ReadAsync(work => AnswerAsync(work, id, call.Cancellation));

    internal static Task<Results<Found<WorkerView>, Refused>> PutAsync(Id id, WorkerChange change, Call call, WorkerPersons persons) =>
        ChangeAsync(id, call, async (work, worker) =>
        {
            if (Names.Fault(("/displayName", change.DisplayName)) is { } nameless)
            {
                return nameless;
            }
            if (WorkerPersons.Read(change, out var person) is { } fault)
            {
                return fault;
            }
            var changed = worker with { DisplayName = change.DisplayName, UnavailableUntil = change.UnavailableUntil };
            if (changed == worker && person is null)
            {
                return null;
            }
            if (!await WorkerStore.SaveAsync(work, changed, call.Cancellation))
            {
                return new Refusal(Stale);
            }
            await persons.SaveAsync(work, worker.Id, person, call.Cancellation);
            await AppendAsync(work, JournalActions.WorkerChanged, worker.Id, [], call.Cancellation);
            return null;
        });

    internal static async Task<Results<Found<WorkerView>, Refused>> DeactivateAsync(Id id, Call call, IdentityAccounts accounts)
    {
        IReadOnlyList<string> subjects = [];
        var answer = await call.ActAsync<Results<Found<WorkerView>, Refused>>(
            async work =>
            {
                if (await WorkerStore.FindAsync(work, id, WorkerReach.Of(work.Caller), call.Cancellation) is not { } worker)
                {
                    return Unknown;
                }
                if (call.Mismatch(Tag.Of(worker.Version)) is { } mismatch)
                {
                    return mismatch;
                }
                if (worker.Id == work.Caller.WorkerId)
                {
                    return AgencyRefusals.NotYourself;
                }
                if (!AgencyRules.IsSystemAdmin(work.Caller) && await WorkerStore.WorksElsewhereAsync(work, worker.Id, call.Cancellation))
                {
                    return AgencyRefusals.WorksElsewhere;
                }
                if (worker.Status == "active")
                {
                    if (!await WorkerStore.DeactivateAsync(work, worker, call.Cancellation))
                    {
                        return Stale;
                    }
                    await AppendAsync(work, JournalActions.WorkerDeactivated, worker.Id, [], call.Cancellation);
                }
                subjects = await WorkerStore.SubjectsAsync(work, worker.Id, accounts.Issuer, call.Cancellation);
                return Done.Changed(worker.Id);
            },
            (work, done) => AnswerAsync(work, done.ResourceId!.Value, call.Cancellation),
            refused => refused);
        if (answer.Result is not Refused)
        {
            // The row above already bites; this only shuts the sign-in page, which has a database of its own.
            foreach (var subject in subjects)
            {
                await accounts.DeactivateAsync(subject, CancellationToken.None);
            }
        }
        return answer;
    }

    internal static Task<Results<Found<WorkerView>, Refused>> PutMembershipAsync(Id id, Id agencyId, MembershipChange change, Call call) =>
        ChangeAsync(id, call, async (work, worker) =>
        {
            if (await AgencyStore.FindAsync(work, agencyId, call.Cancellation) is not { } agency || !AgencyRules.Governs(work.Caller, agency))
            {
                return new Refusal(Unknown);
            }
            if (worker.Id == work.Caller.WorkerId)
            {
                return new Refusal(AgencyRefusals.NotYourself);
            }
            string[] roles = [.. change.Roles.Distinct().Order(StringComparer.Ordinal)];
            if (Check(work.Caller, agency, roles) is { } refusal)
            {
                return refusal;
            }
            var set = string.Join(' ', roles);
            var before = await WorkerStore.MembershipsAsync(work, [worker.Id], WorkerReach.Of(work.Caller), call.Cancellation);
            if (before.Any(membership => membership.AgencyId == agency.Id && membership.Roles == set))
            {
                return null;
            }
            await WorkerStore.EndMembershipAsync(work, worker.Id, agency.Id, call.Cancellation);
            await WorkerStore.OpenMembershipAsync(work, worker.Id, agency.Id, set, call.Cancellation);
            return await TouchAsync(
                work, worker, JournalActions.MembershipSet, [("agencyId", agency.Id.ToString()), .. roles.Select(role => (role, "set"))], call.Cancellation);
        });

    internal static Task<Results<Found<WorkerView>, Refused>> EndMembershipAsync(Id id, Id agencyId, Call call) =>
        ChangeAsync(id, call, async (work, worker) =>
        {
            if (await AgencyStore.FindAsync(work, agencyId, call.Cancellation) is not { } agency || !AgencyRules.Governs(work.Caller, agency))
            {
                return new Refusal(Unknown);
            }
            if (worker.Id == work.Caller.WorkerId)
            {
                return new Refusal(AgencyRefusals.NotYourself);
            }
            return await WorkerStore.EndMembershipAsync(work, worker.Id, agency.Id, call.Cancellation)
                ? await TouchAsync(work, worker, JournalActions.MembershipEnded, [("agencyId", agency.Id.ToString())], call.Cancellation)
                : new Refusal(Unknown);
        });

    /// <summary>Finds, compares the tag, changes, answers. The worker may be out of reach afterwards: then the answer is his last view.</summary>
    private static Task<Results<Found<WorkerView>, Refused>> ChangeAsync(Id id, Call call, Func<Work, WorkerRow, Task<Refusal?>> change) =>
        call.ChangeAsync<Results<Found<WorkerView>, Refused>>(async work =>
        {
            if (await WorkerStore.FindAsync(work, id, WorkerReach.Of(work.Caller), call.Cancellation) is not { } worker)
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(Tag.Of(worker.Version)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (await change(work, worker) is { } refusal)
            {
                return Refused.Because(refusal);
            }
            return await WorkerStore.FindAsync(work, id, WorkerReach.Of(work.Caller), call.Cancellation) is null
                ? new Found<WorkerView>(View(worker, []), Tag.Of(worker.Version + 1))
                : await AnswerAsync(work, id, call.Cancellation);
        });

    private static Refusal? Check(Caller caller, Agency agency, string[] roles)
    {
        string[] allowed = AgencyRules.IsSystemAdmin(caller) ? [.. OfTheSystem, .. agency.IsOwn && caller.Roles.Contains(Role.AgencyAdmin.Code()) ? OfAgencies : []] : OfAgencies;
        var errors = roles.Length == 0
            ? [new FieldError("/roles", "required")]
            : roles.Where(role => !allowed.Contains(role)).Select(_ => new FieldError("/roles", "not_offered", allowed)).Take(1).ToArray();
        return errors.Length > 0 ? new Refusal(RuleBroken) { Errors = errors }
            : roles.Contains(Role.AgencyAdmin.Code()) && roles.Contains(Role.Supervisor.Code()) ? new Refusal(AgencyRefusals.RolesExclude)
            : null;
    }

    private static async Task<Refusal?> TouchAsync(
        Work work, WorkerRow worker, string action, IReadOnlyList<(string, string)> facts, CancellationToken cancellation)
    {
        if (!await WorkerStore.TouchAsync(work, worker, cancellation))
        {
            return new Refusal(Stale);
        }
        await AppendAsync(work, action, worker.Id, facts, cancellation);
        return null;
    }

    private static async Task<Results<Found<WorkerView>, Refused>> AnswerAsync(Work work, Guid id, CancellationToken cancellation)
    {
        var reach = WorkerReach.Of(work.Caller);
        return await WorkerStore.FindAsync(work, id, reach, cancellation) is { } worker
            ? new Found<WorkerView>(View(worker, await WorkerStore.MembershipsAsync(work, [id], reach, cancellation)), Tag.Of(worker.Version))
            : Refused.Because(Unknown);
    }

    private static WorkerView View(WorkerRow worker, IEnumerable<MembershipRow> memberships) =>
        new(worker.Id, worker.DisplayName, worker.Status, worker.UnavailableUntil, [.. memberships.Select(View)]);

    internal static MembershipView View(MembershipRow row) =>
        new(new Ref(row.AgencyId, row.NameEn, row.NameUr), row.Roles.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static Task<Guid> AppendAsync(Work work, string action, Guid workerId, IReadOnlyList<(string, string)> facts, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry { Action = action, SubjectKind = "worker", SubjectId = workerId, Facts = facts }, cancellation);
}
