using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What agencies offer. Everybody reads it; a unit and those above it write it.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this IEndpointRouteBuilder api)
    {
        var services = api.MapGroup("/services").WithTags("Services");
        services.MapGet("", ListAsync).May(Permissions.ReadDirectory)
            .WithName("listServices")
            .WithSummary("List services")
            .WithDescription("By name; with an agency, those of its units too. Offered ones unless told.")
            .Refuses(Unreadable);
        services.MapPost("", CreateAsync).May(Permissions.WriteServices)
            .WithName("createService")
            .WithSummary("Offer a service")
            .WithDescription("By the own unit or one below it; its place is the unit's.")
            .Refuses(Unreadable, RuleBroken, IdTaken, KeyReused);
        services.MapGet("/{id}", GetAsync).May(Permissions.ReadDirectory)
            .WithName("getService")
            .WithSummary("Read a service")
            .WithDescription("Of a confidential unit: no district and no position, except for its own people.")
            .Refuses(Unknown);
        services.MapPut("/{id}", PutAsync).May(Permissions.WriteServices)
            .WithName("putService")
            .WithSummary("Describe a service anew")
            .WithDescription("The whole description. Counts as saying that it is still offered. Its unit stays the same.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, ServiceRefusals.ServiceRetired, RuleBroken);
        services.MapPost("/{id}/retire", (Id id, Call call) => MoveAsync(id, call, JournalActions.ServiceRetired, (service, _) => service with { Status = "retired" })).May(Permissions.WriteServices)
            .WithName("retireService")
            .WithSummary("Offer a service no longer")
            .WithDescription("It is found and proposed no more; referrals that name it go on.")
            .Refuses(Unknown, MatchRequired, Stale, ServiceRefusals.ServiceRetired, KeyReused);
        services.MapPost("/{id}/assure", (Id id, Call call) => MoveAsync(id, call, JournalActions.ServiceAssured, ServiceRules.Assured)).May(Permissions.WriteServices)
            .WithName("assureService")
            .WithSummary("Say that a description is still true")
            .WithDescription("Others see on which day that was last said.")
            .Refuses(Unknown, MatchRequired, Stale, ServiceRefusals.ServiceRetired, KeyReused);
    }

    internal static Task<Listed<ServiceView>> ListAsync(
        Call call, Paging paging, Guid? agencyId, [CodeOf("service_category")] string? category, [CodeOf("service_status")] string? status) =>
        call.ReadAsync(async work =>
        {
            var rows = await ServiceStore.ListAsync(work, agencyId, category, status ?? "active", paging, call.Cancellation);
            var views = await Services.ViewsAsync(work, [.. rows.Select(row => row.Id)], call.Cancellation);
            return Listed.Of(rows, paging, row => new Cursor(null, row.Id), row => views[row.Id]);
        });

    internal static Task<Results<Found<ServiceView>, Refused>> GetAsync(Id id, Call call) => call.ReadAsync(work => AnswerAsync(work, id, call.Cancellation));

    internal static async Task<Results<Made<ServiceView>, Refused>> CreateAsync(ServiceDraft draft, Call call, Districts districts)
    {
        if (ServiceRules.Unread(draft, districts) is { } wrong)
        {
            return Refused.Because(wrong);
        }
        return await call.ActAsync<Results<Made<ServiceView>, Refused>>(
            async work =>
            {
                if (ServiceRules.Check(draft) is { } broken)
                {
                    return broken;
                }
                var unit = draft.AgencyId ?? work.Caller.UnitId;
                if (await Agencies.IsOwnAsync(work, unit, call.Cancellation) is not true)
                {
                    return new Refusal(RuleBroken) { Errors = [new FieldError("/agencyId", "outside_own_agency")] };
                }
                var service = ServiceRules.New(draft.Id ?? Ids.New(work.Now), unit, draft, Karachi.DateOf(work.Now));
                try
                {
                    await ServiceStore.InsertAsync(work, service, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_services"))
                {
                    return IdTaken;
                }
                await ServiceStore.SetTermsAsync(work, service.Id, ServiceRules.Terms(draft), call.Cancellation);
                await AppendAsync(work, JournalActions.ServiceCreated, service, call.Cancellation);
                return Done.Made(service.Id);
            },
            async (work, done) => await ServiceStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } service
                ? new Made<ServiceView>($"/api/v1/services/{service.Id}", (await ServiceViews.OfAsync(work, [service], call.Cancellation))[0], TagOf(service))
                : Refused.Because(Unknown),
            refused => refused);
    }

    internal static async Task<Results<Found<ServiceView>, Refused>> PutAsync(Id id, ServiceDraft draft, Call call, Districts districts)
    {
        if (ServiceRules.Unread(draft, districts) is { } wrong)
        {
            return Refused.Because(wrong);
        }
        return await call.ChangeAsync<Results<Found<ServiceView>, Refused>>(async work =>
        {
            if (await FindOwnAsync(work, id, call) is var (service, refusal) && refusal is not null)
            {
                return Refused.Because(refusal);
            }
            if (ServiceRules.Check(draft) is { } broken)
            {
                return Refused.Because(broken);
            }
            if ((draft.Id ?? service!.Id) != service!.Id || (draft.AgencyId ?? service.AgencyId) != service.AgencyId)
            {
                return Refused.Because(new Refusal(RuleBroken) { Errors = [new FieldError(draft.Id is { } sent && sent != service.Id ? "/id" : "/agencyId", "not_taken")] });
            }
            var changed = ServiceRules.Changed(service, draft, Karachi.DateOf(work.Now));
            var terms = ServiceRules.Terms(draft).ToHashSet();
            var before = (await ServiceStore.TermsAsync(work, [service.Id], call.Cancellation))[service.Id].Select(term => (term.Kind, term.Code));
            if (changed == service && terms.SetEquals(before))
            {
                return await AnswerAsync(work, service.Id, call.Cancellation);
            }
            if (!await ServiceStore.SaveAsync(work, changed, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await ServiceStore.SetTermsAsync(work, service.Id, terms, call.Cancellation);
            await AppendAsync(work, JournalActions.ServiceChanged, service with { Category = draft.Category }, call.Cancellation);
            return await AnswerAsync(work, service.Id, call.Cancellation);
        });
    }

    private static Task<Results<Found<ServiceView>, Refused>> MoveAsync(Id id, Call call, string action, Func<ServiceRow, DateOnly, ServiceRow> change) =>
        call.ActAsync<Results<Found<ServiceView>, Refused>>(
            async work =>
            {
                var (service, refusal) = await FindOwnAsync(work, id, call);
                if (refusal is not null)
                {
                    return refusal;
                }
                var changed = change(service!, Karachi.DateOf(work.Now));
                if (changed != service)
                {
                    if (!await ServiceStore.SaveAsync(work, changed, call.Cancellation))
                    {
                        return Stale;
                    }
                    await AppendAsync(work, action, changed, call.Cancellation);
                }
                return Done.Changed(changed.Id);
            },
            (work, done) => AnswerAsync(work, done.ResourceId!.Value, call.Cancellation),
            refused => refused);

    /// <summary>Another agency's service cannot be changed, and answers like one that does not exist.</summary>
    private static async Task<(ServiceRow? Service, Refusal? Refusal)> FindOwnAsync(Work work, Guid id, Call call) =>
        await ServiceStore.FindAsync(work, id, call.Cancellation) is not { IsOwn: true } service ? (null, new Refusal(Unknown))
        : call.Mismatch(TagOf(service)) is { } mismatch ? (null, mismatch)
        : service.Status == "retired" ? (null, new Refusal(ServiceRefusals.ServiceRetired))
        : (service, null);

    private static async Task<Results<Found<ServiceView>, Refused>> AnswerAsync(Work work, Guid id, CancellationToken cancellation) =>
        await ServiceStore.FindAsync(work, id, cancellation) is { } service
            ? new Found<ServiceView>((await ServiceViews.OfAsync(work, [service], cancellation))[0], TagOf(service))
            : Refused.Because(Unknown);

    /// <summary>Places have tags of their own: a child never bumps its parent.</summary>
    private static Tag TagOf(ServiceRow service) => Tag.Of(service.Version, service.IsOwn ? ["own"] : []);

    private static Task<Guid> AppendAsync(Work work, string action, ServiceRow service, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "service",
            SubjectId = service.Id,
            Facts = [("agencyId", service.AgencyId.ToString()), ("category", service.Category), ("status", service.Status)],
        }, cancellation);
}
