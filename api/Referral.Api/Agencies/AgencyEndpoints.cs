using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Agencies and their units: who takes part, and the directory entries of those who do not yet.</summary>
internal static class AgencyEndpoints
{
    public static void MapAgencies(this IEndpointRouteBuilder api)
    {
        var agencies = api.MapGroup("/agencies").WithTags("Agencies");
        agencies.MapGet("", ListAsync).May(Permissions.ReadDirectory)
            .WithName("listAgencies")
            .WithSummary("List agencies and units")
            .WithDescription("By name. Public bodies without an account are among them. A confidential agency names no district to others, and is not found by it.")
            .Refuses(Unreadable);
        agencies.MapPost("", CreateAsync).May(Permissions.ManageAgencies)
            .WithName("createAgency")
            .WithSummary("Create an agency or a unit")
            .WithDescription("A system administrator creates any; an administrator of an agency creates units under it.")
            .Refuses(Unreadable, RuleBroken, IdTaken, KeyReused);
        agencies.MapGet("/{id}", GetAsync).May(Permissions.ReadDirectory)
            .WithName("getAgency")
            .WithSummary("Read an agency")
            .WithDescription("Address and district of a confidential one are shown to its own people only.")
            .Refuses(Unknown);
        agencies.MapPut("/{id}", PutAsync).May(Permissions.ManageAgencies)
            .WithName("putAgency")
            .WithSummary("Change an agency")
            .WithDescription("By a system administrator, or by an administrator of it or of an agency above it.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
        agencies.MapPost("/{id}/suspend", (Id id, Call call, Keys keys) => MoveAsync(id, "suspended", JournalActions.AgencySuspended, call, keys)).May(Permissions.ManageAgencies)
            .WithName("suspendAgency")
            .WithSummary("Suspend an agency")
            .WithDescription("Nobody acts in it or its units, and their services are not found, until it is resumed.")
            .Refuses(Unknown, MatchRequired, Stale, AgencyRefusals.AgencyLeft, AgencyRefusals.NotYourself, KeyReused);
        agencies.MapPost("/{id}/resume", (Id id, Call call, Keys keys) => MoveAsync(id, "active", JournalActions.AgencyResumed, call, keys)).May(Permissions.ManageAgencies)
            .WithName("resumeAgency")
            .WithSummary("Resume an agency")
            .WithDescription("With all its units.")
            .Refuses(Unknown, MatchRequired, Stale, AgencyRefusals.AgencyLeft, AgencyRefusals.NotYourself, KeyReused);
    }

    internal static async Task<Results<Listed<AgencyRow>, Refused>> ListAsync(
        Call call, Paging paging, Districts districts, [CodeOf("agency_kind")] string? kind, string? province, string? district, bool? hasAccount, Guid? parentId)
    {
        if (districts.ProvinceFault("province", province) is { } noProvince)
        {
            return Refused.Because(noProvince);
        }
        if (district is not null && districts.Find(district) is null)
        {
            return Refused.Because(new Refusal(Unreadable) { Errors = [new FieldError("district", "unknown_code")] });
        }
        return await call.ReadAsync<Results<Listed<AgencyRow>, Refused>>(async work => Listed.Of(
            await AgencyStore.ListAsync(work, new AgencyFilter(kind, province, district, hasAccount, parentId), paging, call.Cancellation),
            paging,
            agency => new Cursor(null, agency.Id),
            Row));
    }

    internal static Task<Results<Found<AgencyView>, Refused>> GetAsync(Id id, Call call, Keys keys) =>
        call.ReadAsync<Results<Found<AgencyView>, Refused>>(async work =>
            await AgencyStore.FindAsync(work, id, call.Cancellation) is { } agency
                ? new Found<AgencyView>(View(agency, keys), TagOf(agency))
                : Refused.Because(Unknown));

    internal static async Task<Results<Made<AgencyView>, Refused>> CreateAsync(AgencyDraft draft, Call call, Keys keys, Districts districts)
    {
        if (AgencyRules.Unread(districts, draft.Province, draft.District) is { } unplaced)
        {
            return Refused.Because(unplaced);
        }
        return await call.ActAsync<Results<Made<AgencyView>, Refused>>(
            async work =>
            {
                if (await AgencyRules.CheckAsync(work, draft, call.Cancellation) is { } refusal)
                {
                    return refusal;
                }
                var agency = AgencyRules.New(draft.Id ?? Ids.New(work.Now), draft);
                try
                {
                    await AgencyStore.InsertAsync(work, agency, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_agencies"))
                {
                    return IdTaken;
                }
                if (draft.Address is not null)
                {
                    // The key names the agency as its subject, so the agency comes first.
                    await AgencyStore.SaveAsync(work, await SealAsync(work, keys, agency, draft.Address, call.Cancellation), call.Cancellation);
                }
                await AppendAsync(work, JournalActions.AgencyCreated, agency, call.Cancellation);
                return Done.Made(agency.Id);
            },
            async (work, done) => await AgencyStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } agency
                ? new Made<AgencyView>($"/api/v1/agencies/{agency.Id}", View(agency, keys), TagOf(agency))
                : Refused.Because(Unknown),
            refused => refused);
    }

    internal static async Task<Results<Found<AgencyView>, Refused>> PutAsync(Id id, AgencyChange change, Call call, Keys keys, Districts districts)
    {
        if (AgencyRules.Unread(districts, change.Province, change.District) is { } unplaced)
        {
            return Refused.Because(unplaced);
        }
        return await call.ChangeAsync<Results<Found<AgencyView>, Refused>>(async work =>
        {
            if (await AgencyStore.FindAsync(work, id, call.Cancellation) is not { } agency || !AgencyRules.Governs(work.Caller, agency))
            {
                return Refused.Because(Unknown);
            }
            if (call.Mismatch(TagOf(agency)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (AgencyRules.Check(work.Caller, agency, change) is { } refusal)
            {
                return Refused.Because(refusal);
            }
            var before = Address(agency, keys);
            var address = change.Address ?? (agency.ShowsPlace ? null : before);
            if (address == before && AgencyRules.Changed(agency, change) == agency)
            {
                return new Found<AgencyView>(View(agency, keys), TagOf(agency));
            }
            var saved = await SealAsync(work, keys, AgencyRules.Changed(agency, change), address, call.Cancellation);
            if (!await AgencyStore.SaveAsync(work, saved, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await AppendAsync(work, JournalActions.AgencyChanged, saved, call.Cancellation);
            return await AnswerAsync(work, id, keys, call.Cancellation);
        });
    }

    private static Task<Results<Found<AgencyView>, Refused>> MoveAsync(Id id, string status, string action, Call call, Keys keys) =>
        call.ActAsync<Results<Found<AgencyView>, Refused>>(
            async work =>
            {
                if (await AgencyStore.FindAsync(work, id, call.Cancellation) is not { } agency || !AgencyRules.Governs(work.Caller, agency))
                {
                    return Unknown;
                }
                if (call.Mismatch(TagOf(agency)) is { } mismatch)
                {
                    return mismatch;
                }
                if (agency.Status == "left")
                {
                    return AgencyRefusals.AgencyLeft;
                }
                var line = await AgencyStore.LineAsync(work, agency.Id, call.Cancellation);
                if (line.Any(unit => unit.Id == work.Caller.UnitId))
                {
                    return AgencyRefusals.NotYourself;
                }
                foreach (var unit in line.Where(unit => unit.Status != "left" && unit.Status != status))
                {
                    var saved = await SealAsync(work, keys, unit with { Status = status }, Address(unit, keys), call.Cancellation);
                    if (!await AgencyStore.SaveAsync(work, saved, call.Cancellation))
                    {
                        return Stale;
                    }
                    await AppendAsync(work, action, saved, call.Cancellation);
                }
                return Done.Changed(agency.Id);
            },
            async (work, done) => await AnswerAsync(work, done.ResourceId!.Value, keys, call.Cancellation),
            refused => refused);

    private static async Task<Results<Found<AgencyView>, Refused>> AnswerAsync(Work work, Guid id, Keys keys, CancellationToken cancellation) =>
        await AgencyStore.FindAsync(work, id, cancellation) is { } agency
            ? new Found<AgencyView>(View(agency, keys), TagOf(agency))
            : Refused.Because(Unknown);

    /// <summary>The agency with its address sealed for the version that the next save gives it: a seal opens as that version only.</summary>
    private static async Task<Agency> SealAsync(Work work, Keys keys, Agency agency, string? address, CancellationToken cancellation)
    {
        if (address is null)
        {
            return agency with { Address = null };
        }
        using var key = agency.Key is { } wrapped ? keys.Unwrap(wrapped) : await keys.CreateAsync(work, "agency", agency.Id, cancellation);
        return agency with
        {
            KeyId = key.Id,
            Address = keys.Seal(key, PlaceOf(agency.Id, agency.Version + 1), new AgencyAddress(address), AgencyJson.Default.AgencyAddress),
        };
    }

    private static string? Address(Agency agency, Keys keys) => agency is { Address: { } bytes, Key: { } key }
        ? keys.Open(key, bytes, PlaceOf(agency.Id, agency.Version), AgencyJson.Default.AgencyAddress).Text
        : null;

    private static SealedPlace PlaceOf(Guid id, long version) => new("agencies", id, "address", version);

    private static Tag TagOf(Agency agency) => Tag.Of(agency.Version, agency.ShowsPlace ? ["place"] : []);

    private static AgencyRow Row(Agency agency) => new(
        agency.Id, agency.ParentId, agency.Code, agency.Kind, agency.NameEn, agency.NameUr, agency.Province, agency.ShowsPlace ? agency.District : null,
        agency.Status, agency.HasAccount, agency.Confidential, agency.Helpline);

    private static AgencyView View(Agency agency, Keys keys) => new(
        agency.Id, agency.ParentId, agency.Code, agency.Kind, agency.NameEn, agency.NameUr, agency.Province, agency.ShowsPlace ? agency.District : null,
        agency.Status, agency.HasAccount, agency.Confidential, agency.Helpline, agency.ShowsPlace ? Address(agency, keys) : null, agency.Lat, agency.Lon,
        agency.Calendar, agency.IsOwn);

    private static Task<Guid> AppendAsync(Work work, string action, Agency agency, CancellationToken cancellation) =>
        Journal.AppendAsync(work, new JournalEntry
        {
            Action = action,
            SubjectKind = "agency",
            SubjectId = agency.Id,
            Facts = [("kind", agency.Kind), ("status", agency.Status), ("hasAccount", agency.HasAccount ? "true" : "false"), ("confidential", agency.Confidential ? "true" : "false")],
        }, cancellation);
}
