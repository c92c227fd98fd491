using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Places by population: the provider says what is licensed and occupied, referrals say what is reserved.</summary>
internal static class CapacityEndpoints
{
    public static void MapCapacity(this IEndpointRouteBuilder api)
    {
        var capacity = api.MapGroup("/services/{id}/capacity").WithTags("Services");
        capacity.MapGet("", ListAsync).May(Permissions.ReadDirectory)
            .WithName("listCapacity")
            .WithSummary("List the places of a service")
            .WithDescription("By population; none: the service does not count places and is never full.")
            .Refuses(Unknown);
        capacity.MapGet("/{population}", GetAsync).May(Permissions.ReadDirectory)
            .WithName("getCapacity")
            .WithSummary("Read the places for one population")
            .WithDescription("All zero with the tag \"0\" while nothing was said of it.")
            .Refuses(Unreadable, Unknown);
        capacity.MapPut("/{population}", PutAsync).May(Permissions.WriteCapacity)
            .WithName("putCapacity")
            .WithSummary("Say how many places there are and how many are occupied")
            .WithDescription("Never less than what is reserved and occupied. The first row makes the service one that counts places.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, ServiceRefusals.ServiceRetired, ServiceRefusals.CapacityBelowTaken);
    }

    internal static Task<Results<Listed<CapacityView>, Refused>> ListAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<CapacityView>, Refused>>(async work =>
            await ServiceStore.FindAsync(work, id, call.Cancellation) is null
                ? Refused.Because(Unknown)
                : Listed.Whole<CapacityView>([.. (await CapacityStore.ListAsync(work, [id], call.Cancellation))[id].Select(ServiceViews.Of)]));

    internal static Task<Results<Found<CapacityView>, Refused>> GetAsync(Id id, [CodeOf("population")] string population, Call call) =>
        call.ReadAsync<Results<Found<CapacityView>, Refused>>(async work =>
            await ServiceStore.FindAsync(work, id, call.Cancellation) is null
                ? Refused.Because(Unknown)
                : Answer(await FindAsync(work, id, population, call.Cancellation), population));

    internal static Task<Results<Found<CapacityView>, Refused>> PutAsync(Id id, [CodeOf("population")] string population, CapacityChange change, Call call) =>
        call.ChangeAsync<Results<Found<CapacityView>, Refused>>(async work =>
        {
            if (await ServiceStore.FindAsync(work, id, call.Cancellation) is not { IsOwn: true } service)
            {
                return Refused.Because(Unknown);
            }
            var places = await FindAsync(work, id, population, call.Cancellation);
            if (call.Mismatch(TagOf(places)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (service.Status == "retired")
            {
                return Refused.Because(ServiceRefusals.ServiceRetired);
            }
            try
            {
                if (!await CapacityStore.SetAsync(work, service.Id, population, change, places?.Version, call.Cancellation))
                {
                    return Refused.Because(Stale);
                }
            }
            catch (ConstraintViolation violation) when (violation.Is(CapacityStore.Check))
            {
                return Refused.Because(new Refusal(ServiceRefusals.CapacityBelowTaken, ("reserved", Text(places?.Reserved ?? 0)), ("occupied", Text(change.Occupied))));
            }
            catch (ConstraintViolation violation) when (violation.Is("pk_capacity"))
            {
                return Refused.Because(Stale);
            }
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.CapacitySet,
                SubjectKind = "service",
                SubjectId = service.Id,
                Facts = [("population", population), ("licensed", Text(change.Licensed)), ("occupied", Text(change.Occupied)), ("waiting", Text(change.Waiting))],
            }, call.Cancellation);
            return Answer(await FindAsync(work, id, population, call.Cancellation), population);
        });

    private static async Task<Places?> FindAsync(Work work, Guid id, string population, CancellationToken cancellation) =>
        (await CapacityStore.ListAsync(work, [id], cancellation))[id].FirstOrDefault(places => places.Population == population);

    private static Found<CapacityView> Answer(Places? places, string population) =>
        new(places is null ? new CapacityView(population, 0, 0, 0, 0, 0, null, null, Tag.None.Text) : ServiceViews.Of(places), TagOf(places));

    private static Tag TagOf(Places? places) => places is null ? Tag.None : Tag.Of(places.Version);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
