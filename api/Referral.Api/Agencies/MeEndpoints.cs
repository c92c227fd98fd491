using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Who is calling, so that no client of this API has to test a role.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        var me = api.MapGroup("/me").WithTags("Agencies");
        me.MapGet("", GetAsync).May(Permissions.Me)
            .WithName("getMe")
            .WithSummary("Read who is calling")
            .WithDescription("The unit, the roles or scopes, the areas of the web client, and every place that a worker may act in.")
            .Refuses(Unknown);
        me.MapPut("", PutAsync).May(Permissions.Me)
            .WithName("putMe")
            .WithSummary("Change the own name")
            .WithDescription("The name that colleagues see. A client's name is its agency's to change.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken, NotPermitted);
    }

    internal static Task<Results<Found<MeView>, Refused>> GetAsync(Call call) => call.ReadAsync(work => AnswerAsync(work, call.Cancellation));

    internal static Task<Results<Found<MeView>, Refused>> PutAsync(MeChange change, Call call, WorkerPersons persons) =>
        call.ChangeAsync<Results<Found<MeView>, Refused>>(async work =>
        {
            if (await WorkerStore.OwnAsync(work, call.Cancellation) is not { } worker)
            {
                return Refused.Because(NotPermitted);
            }
            if (call.Mismatch(TagOf(worker, work.Caller)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (Names.Fault(("/displayName", change.DisplayName)) is { } nameless)
            {
                return Refused.Because(nameless);
            }
            if (worker.DisplayName == change.DisplayName)
            {
                return await AnswerAsync(work, call.Cancellation);
            }
            if (!await WorkerStore.SaveAsync(work, worker with { DisplayName = change.DisplayName }, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await persons.FollowAsync(work, worker.Id, call.Cancellation);
            await Journal.AppendAsync(
                work, new JournalEntry { Action = JournalActions.WorkerChanged, SubjectKind = "worker", SubjectId = worker.Id }, call.Cancellation);
            return await AnswerAsync(work, call.Cancellation);
        });

    private static async Task<Results<Found<MeView>, Refused>> AnswerAsync(Work work, CancellationToken cancellation)
    {
        var caller = work.Caller;
        if (await AgencyStore.FindAsync(work, caller.UnitId, cancellation) is not { } unit)
        {
            return Refused.Because(Unknown);
        }
        var agency = new Ref(unit.Id, unit.NameEn, unit.NameUr);
        if (await WorkerStore.OwnAsync(work, cancellation) is not { } worker)
        {
            var name = await ClientStore.NameAsync(work, cancellation);
            return name is null
                ? Refused.Because(Unknown)
                : new Found<MeView>(
                    new MeView("client", caller.PrincipalId, name, agency, unit.Kind, unit.District, [], [.. caller.Scopes.Order(StringComparer.Ordinal)], [], []),
                    Tag.Of(unit.Version, [name, .. caller.Scopes]));
        }
        string[] roles = [.. caller.Roles.Order(StringComparer.Ordinal)];
        var memberships = await WorkerStore.OwnMembershipsAsync(work, cancellation);
        return new Found<MeView>(
            new MeView(
                "worker", worker.Id, worker.DisplayName, agency, unit.Kind, unit.District, roles, [], Areas.Of(caller.Roles),
                [.. memberships.Select(WorkerEndpoints.View)]),
            TagOf(worker, caller));
    }

    private static Tag TagOf(WorkerRow worker, Caller caller) => Tag.Of(worker.Version, [caller.UnitId.ToString(), .. caller.Roles]);
}
