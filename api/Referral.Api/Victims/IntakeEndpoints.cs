using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>A family, or all whom a rescue operation found, in one request; and the family afterwards.</summary>
internal static class IntakeEndpoints
{
    private const string Family = "family";

    public static void MapIntake(this IEndpointRouteBuilder api)
    {
        api.MapPost("/victims/intake", TakeAsync).WithTags("Victims").May(Permissions.Register)
            .WithName("registerTogether")
            .WithSummary("Register a family or a rescue operation")
            .WithDescription("All of them or none, at most 100, each as in POST /victims. The ids are the caller's own, so that what refers to them without a network stays true. A family becomes one household. The caller joins the team of each.")
            .Refuses(Unreadable, RuleBroken, IdTaken, KeyReused);
        api.MapGet("/households/{id}", HouseholdAsync).WithTags("Victims").May(Permissions.ReadCases)
            .WithName("getHousehold")
            .WithSummary("List a family")
            .WithDescription("Those who were registered together and whose cases the caller works on. Codes only.")
            .Refuses(Unknown);
    }

    internal static async Task<Results<Made<IntakeView>, Refused>> TakeAsync(IntakeDraft draft, Call call, Keys keys, SearchTokens tokens, Districts districts)
    {
        var (members, fault) = Read(draft, districts);
        if (fault is not null)
        {
            return Refused.Because(fault);
        }
        return await call.ActAsync<Results<Made<IntakeView>, Refused>>(
            work => WriteAsync(work, draft, members, keys, tokens, call.Cancellation),
            // A replay has the same body, and so the same ids.
            (work, _) => AnswerAsync(work, members, call),
            refused => refused);
    }

    /// <summary>The members with their names in one spelling, and all that is wrong with any of them. What cannot be read comes first.</summary>
    private static (IReadOnlyList<VictimDraft> Members, Refusal? Fault) Read(IntakeDraft draft, Districts districts)
    {
        var members = new List<VictimDraft>();
        var faults = new List<Refusal>();
        var rules = new List<FieldError>();
        for (var i = 0; i < draft.Members.Count; i++)
        {
            var member = draft.Members[i].ToDraft();
            if (VictimEndpoints.Fault(ref member, districts, $"/members/{i}") is { } fault)
            {
                faults.Add(fault);
            }
            if (members.Exists(other => other.Id == member.Id))
            {
                rules.Add(new FieldError($"/members/{i}/id", "named_twice"));
            }
            members.Add(member);
        }
        if (members.Count == 0)
        {
            rules.Add(new FieldError("/members", "required"));
        }
        if (draft.HouseholdId is not null && draft.Kind != Family)
        {
            rules.Add(new FieldError("/householdId", "not_taken"));
        }
        if (rules.Count > 0)
        {
            faults.Add(new Refusal(RuleBroken) { Errors = rules });
        }
        var first = faults.Exists(fault => fault.Kind == Unreadable) ? Unreadable : RuleBroken;
        var errors = faults.Where(fault => fault.Kind == first).SelectMany(fault => fault.Errors).ToArray();
        return (members, errors.Length == 0 ? null : new Refusal(first) { Errors = errors });
    }

    private static async Task<Done> WriteAsync(
        Work work, IntakeDraft draft, IReadOnlyList<VictimDraft> members, Keys keys, SearchTokens tokens, CancellationToken cancellation)
    {
        Guid? householdId = draft.Kind == Family ? draft.HouseholdId ?? Ids.New(work.Now) : null;
        if (draft.HouseholdId is { } asked && await VictimStore.IsHouseholdTakenAsync(work, asked, cancellation))
        {
            return Taken("/householdId");
        }
        // Ascending, as everything that takes turns of several victims does.
        foreach (var (member, i) in members.Select((member, i) => (member, i)).OrderBy(one => one.member.Id))
        {
            try
            {
                await VictimEndpoints.WriteAsync(work, member.Id!.Value, member, householdId, work.Now, keys, tokens, cancellation);
            }
            catch (ConstraintViolation violation) when (violation.Is("pk_victims") || violation.Is("uq_data_keys_subject"))
            {
                return Taken($"/members/{i}/id");
            }
        }
        return Done.Made(members[0].Id!.Value);
    }

    private static Refusal Taken(string pointer) => new(IdTaken) { Errors = [new FieldError(pointer, IdTaken.Code)] };

    private static async Task<Results<Made<IntakeView>, Refused>> AnswerAsync(Work work, IReadOnlyList<VictimDraft> members, Call call)
    {
        var views = new List<VictimView>();
        foreach (var member in members)
        {
            if (await VictimStore.FindAsync(work, member.Id!.Value, call.Cancellation) is { } victim)
            {
                views.Add(VictimEndpoints.View(victim, await VictimStore.DoorsAsync(work, victim.Id, call.Cancellation), call.Caller));
            }
        }
        if (views.Count == 0)
        {
            return Refused.Because(Unknown);
        }
        var householdId = views.Select(view => view.HouseholdId).FirstOrDefault(id => id is not null);
        return new Made<IntakeView>(householdId is { } id ? $"/api/v1/households/{id}" : $"/api/v1/victims/{views[0].Id}", new IntakeView(householdId, views));
    }

    internal static Task<Results<Listed<VictimRow>, Refused>> HouseholdAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<VictimRow>, Refused>>(async work =>
            await VictimStore.OfHouseholdAsync(work, id, call.Cancellation) is { Count: > 0 } rows
                ? Listed.Whole<VictimRow>([.. rows.Select(VictimEndpoints.RowOf)])
                : Refused.Because(Unknown));
}
