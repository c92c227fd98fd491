using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Registering a victim, her shell, and the lists of cases.</summary>
internal static class VictimEndpoints
{
    public static void MapVictims(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims").WithTags("Victims");
        victims.MapPost("", RegisterAsync).May(Permissions.Register)
            .WithName("registerVictim")
            .WithSummary("Register a victim")
            .WithDescription("As little as \"a girl, about ten, found at …\". The caller joins her team; nobody else can open her but the team and its supervisors.")
            .Refuses(Unreadable, RuleBroken, IdTaken, KeyReused);
        victims.MapGet("", ListAsync).May(Permissions.ReadCases)
            .WithName("listVictims")
            .WithSummary("List the cases of the own team")
            .WithDescription("Newest first; for a supervisor the cases of every unit below. `overseen`: instead of these, the cases that lie before the caller's office, because something serious happened or a deadline was missed. No names: they are asked for with POST /victims/names.")
            .Refuses(Unreadable);
        victims.MapPost("/names", NamesAsync).May(Permissions.ReadCases)
            .WithName("readNames")
            .WithSummary("Show the names of own cases")
            .WithDescription("At most 50 cases of the own team; what is not the caller's case is left out. One journal row for each victim.")
            .Refuses(Unreadable);
        victims.MapGet("/{id}", GetAsync).May(Permissions.ReadCases)
            .WithName("getVictim")
            .WithSummary("Read the shell of a victim")
            .WithDescription("Codes only, and which data groups the caller may open now.")
            .Refuses(Unknown);
        victims.MapPut("/{id}", PutAsync).May(Permissions.WriteCases)
            .WithName("putVictim")
            .WithSummary("Change the shell of a victim")
            .WithDescription("Her age is not set here: it follows from what identity says of her birth, and from what an officer decided.")
            .Refuses(Unreadable, Unknown, MatchRequired, Stale, RuleBroken);
    }

    internal static async Task<Results<Made<VictimView>, Refused>> RegisterAsync(
        VictimDraft draft, Call call, Keys keys, SearchTokens tokens, Districts districts)
    {
        if (Fault(ref draft, districts) is { } fault)
        {
            return Refused.Because(fault);
        }
        return await call.ActAsync<Results<Made<VictimView>, Refused>>(
            async work =>
            {
                var id = draft.Id ?? Ids.New(work.Now);
                try
                {
                    await WriteAsync(work, id, draft, null, work.Now, keys, tokens, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_victims") || violation.Is("uq_data_keys_subject"))
                {
                    return IdTaken;
                }
                return Done.Made(id);
            },
            async (work, done) => await VictimStore.FindAsync(work, done.ResourceId!.Value, call.Cancellation) is { } victim
                ? Made(victim, await VictimStore.DoorsAsync(work, victim.Id, call.Cancellation), call.Caller)
                : Refused.Because(Unknown),
            refused => refused);
    }

    /// <summary>What is wrong with a registration; its names are brought to one spelling.</summary>
    /// <param name="at">Where it stands in the body.</param>
    internal static Refusal? Fault(ref VictimDraft draft, Districts districts, string at = "")
    {
        if (districts.Fault($"{at}/found/district", draft.Found.District) is { } unknownDistrict)
        {
            return unknownDistrict;
        }
        var errors = new List<FieldError>();
        draft = draft with { Name = Identities.Name($"{at}/name", draft.Name, errors), FatherName = Identities.Name($"{at}/fatherName", draft.FatherName, errors) };
        return errors.Count > 0 ? new Refusal(RuleBroken) { Errors = errors } : null;
    }

    /// <summary>Everything that a registration writes: key, shell, grants, identity with what she is found by, a note, the journal row.</summary>
    /// <param name="householdId">Of the family that she was registered with; null: alone.</param>
    /// <param name="openedAt">Since when the case runs: now, or when somebody told of her.</param>
    internal static async Task WriteAsync(
        Work work, Guid id, VictimDraft draft, Guid? householdId, DateTimeOffset openedAt, Keys keys, SearchTokens tokens, CancellationToken cancellation)
    {
        var birth = Ages.BirthOf(draft.Age, work.Now);
        var facts = new AgeFacts(birth, IsDisputed: false, null, draft.Sex, null, draft.Found.District, []);
        var age = Ages.Shown(facts.Age, work.Now);
        using var key = await keys.CreateAsync(work, "victim", id, cancellation);
        await VictimStore.InsertAsync(work, id, await CodeAsync(work, draft.Found.District, Random, cancellation), draft, householdId, age, key.Id, openedAt, cancellation);
        await OpenAsync(work, id, cancellation);
        var identity = new IdentityRecord(draft.Name, draft.FatherName, Birth: birth);
        await RecordStore.InsertAsync(
            work, keys, key, Ids.New(work.Now), id, "identity", "identity", restricted: false, work.Now,
            identity, VictimJson.Default.IdentityRecord, cancellation);
        await Ages.BeginAsync(work, keys, key, id, facts, cancellation);
        await TokenStore.SetAsync(work, id, SearchTokens.OfIdentity, tokens.Of(identity), cancellation);
        if (draft.Found.Place is not null || draft.Note is not null)
        {
            var text = string.Join("\n", new[] { draft.Found.Place, draft.Note }.Where(part => part is not null));
            await RecordStore.InsertAsync(
                work, keys, key, Ids.New(work.Now), id, "note", "protection", restricted: false, draft.Found.OccurredAt ?? work.Now,
                new Item(Text: text), VictimJson.Default.Item, cancellation);
        }
        await Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.VictimRegistered,
            SubjectKind = "victim",
            SubjectId = id,
            VictimId = id,
            AccessVersion = 1,
            Groups = ["identity"],
            Facts = [("district", draft.Found.District), ("ageBand", age.Band), ("sex", draft.Sex)],
        }, cancellation);
    }

    /// <summary>The supervisors of the unit and the one who registers: those who can open the whole case.</summary>
    private static async Task OpenAsync(Work work, Guid id, CancellationToken cancellation)
    {
        await Grants.OpenAsync(work, new Grant
        {
            VictimId = id,
            AgencyId = work.Caller.UnitId,
            Audience = "supervisors",
            GroupCode = "all",
            Source = "lead",
            SourceId = id,
        }, cancellation);
        await Grants.OpenAsync(work, new Grant
        {
            VictimId = id,
            AgencyId = work.Caller.UnitId,
            Audience = "principal",
            PrincipalId = work.Caller.PrincipalId,
            GroupCode = "all",
            Source = "team",
            SourceId = id,
        }, cancellation);
    }

    internal static async Task<Results<Listed<VictimRow>, Refused>> ListAsync(
        Call call, Paging paging, Districts districts,
        string? district, [CodeOf("age_band")] string? ageBand, [CodeOf("case_status", Only = ["open", "closed"])] string? show, bool? overseen)
    {
        if (districts.Fault("district", district) is { } unknownDistrict)
        {
            return Refused.Because(unknownDistrict);
        }
        return await call.ReadAsync<Results<Listed<VictimRow>, Refused>>(async work => Listed.Of(
            await VictimStore.ListAsync(work, overseen ?? false, show ?? "open", district, ageBand, paging, call.Cancellation),
            paging,
            row => new Cursor(row.OpenedAt, row.Id),
            RowOf));
    }

    internal static VictimRow RowOf(ListedVictim row) =>
        new(row.Id, row.CaseCode, row.Sex, row.AgeBand, row.AsChild, row.District, row.Status, row.OpenedAt, row.OpenReferrals);

    internal static Task<Results<Ok<Page<NameRow>>, Refused>> NamesAsync(NamesQuery query, Call call, Keys keys) =>
        call.ChangeAsync<Results<Ok<Page<NameRow>>, Refused>>(async work =>
        {
            var rows = new List<NameRow>();
            var records = query.Ids.Count == 0 ? [] : await RecordStore.IdentitiesAsync(work, query.Ids, call.Cancellation);
            foreach (var record in records.OrderBy(record => record.VictimId))
            {
                await Turns.HoldAsync(work, record.VictimId, record.AccessVersion, call.Cancellation);
                await Journal.AppendAsync(work, new JournalEntry
                {
                    Action = JournalActions.NamesRead,
                    SubjectKind = "victim",
                    SubjectId = record.VictimId,
                    VictimId = record.VictimId,
                    AccessVersion = record.AccessVersion,
                    Groups = ["identity"],
                }, call.Cancellation);
                rows.Add(new NameRow(record.VictimId, keys.Open(record.Key, record.Body, record.Place, VictimJson.Default.IdentityRecord).Name));
            }
            return TypedResults.Ok(new Page<NameRow>(rows, null));
        });

    internal static Task<Results<Found<VictimView>, Refused>> GetAsync(Id id, Call call) =>
        call.ReadAsync(work => AnswerAsync(work, id, call));

    internal static async Task<Results<Found<VictimView>, Refused>> AnswerAsync(Work work, Guid id, Call call) =>
        await VictimStore.FindAsync(work, id, call.Cancellation) is { } victim
            ? Found(victim, await VictimStore.DoorsAsync(work, victim.Id, call.Cancellation), call.Caller)
            : Refused.Because(Unknown);

    internal static async Task<Results<Found<VictimView>, Refused>> PutAsync(Id id, VictimChange change, Call call, Keys keys, Districts districts)
    {
        if (districts.Fault("/district", change.District) is { } unknownDistrict)
        {
            return Refused.Because(unknownDistrict);
        }
        return await call.ChangeAsync<Results<Found<VictimView>, Refused>>(async work =>
        {
            if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
            {
                return Refused.Because(Unknown);
            }
            var doors = await VictimStore.DoorsAsync(work, victim.Id, call.Cancellation);
            if (call.Mismatch(Tag.Of(victim.Version, doors.Visible)) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (IsUnchanged(victim, change))
            {
                return Found(victim, doors, call.Caller);
            }
            if (!await VictimStore.SaveAsync(work, victim, change, call.Cancellation))
            {
                return Refused.Because(Stale);
            }
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.VictimChanged,
                SubjectKind = "victim",
                SubjectId = victim.Id,
                VictimId = victim.Id,
                AccessVersion = victim.AccessVersion,
                Facts = [("district", change.District), ("sex", change.Sex), ("identification", change.Identification)],
            }, call.Cancellation);
            await Ages.FollowAsync(work, keys, victim.Id, call.Cancellation);
            var saved = await VictimStore.FindAsync(work, victim.Id, call.Cancellation) ?? victim;
            return Found(saved, doors, call.Caller);
        });
    }

    private static bool IsUnchanged(Victim victim, VictimChange change) =>
        (victim.Identification, victim.Sex, victim.District, victim.Languages) == (change.Identification, change.Sex, change.District, Words.Join(change.Languages));

    private static Made<VictimView> Made(Victim victim, Doors doors, Caller caller) =>
        new($"/api/v1/victims/{victim.Id}", View(victim, doors, caller), Tag.Of(victim.Version, doors.Visible));

    private static Found<VictimView> Found(Victim victim, Doors doors, Caller caller) =>
        new(View(victim, doors, caller), Tag.Of(victim.Version, doors.Visible));

    internal static VictimView View(Victim victim, Doors doors, Caller caller)
    {
        var whole = doors.IsWhole;
        var isOpen = victim.Status == "open";
        return new VictimView(
            victim.Id, victim.CaseCode, new Ref(victim.LeadAgencyId, victim.LeadNameEn, victim.LeadNameUr), victim.Status, victim.Identification,
            victim.Sex, victim.AgeBand, victim.AgeStatus, victim.AsChild, victim.District,
            Words.Split(victim.Languages), whole ? victim.HouseholdId : null, victim.OpenedAt, victim.ChangedAt, victim.ClosedAt, victim.ClosedReason,
            whole ? Codes.All<DataGroup>() : [.. doors.Groups.Where(group => group != "minimum").Order(StringComparer.Ordinal)],
            whole,
            new VictimMay(
                whole && caller.May(Permissions.WriteCases),
                whole && isOpen && caller.May(Permissions.Refer),
                whole && caller.May(Permissions.RecordBases),
                whole && caller.May(Permissions.ManageTeams),
                (whole || caller.May(Permissions.WatchBlocks)) && caller.May(Permissions.SetBlocks),
                whole && isOpen && caller.May(Permissions.TransferCases),
                !whole && isOpen && caller.May(Permissions.TransferCases),
                whole && isOpen && caller.May(Permissions.CloseCases),
                whole && victim.Status == "closed" && caller.May(Permissions.CloseCases),
                whole && caller.May(Permissions.DetermineAge),
                whole && caller.May(Permissions.ShareWithoutConsent),
                (whole || caller.May(Permissions.Oversee)) && caller.May(Permissions.KeepOrders)),
            doors.EmergencyUntil);
    }

    /// <returns>A case code that nobody has.</returns>
    internal static async Task<string> CodeAsync(Work work, string district, Func<uint> draw, CancellationToken cancellation)
    {
        string code;
        do
        {
            code = CaseCode.Make(district, Karachi.DateOf(work.Now).Year, draw()).Text;
        }
        while (await VictimStore.IsCodeTakenAsync(work, code, cancellation));
        return code;
    }

    private static uint Random() => (uint)RandomNumberGenerator.GetInt32(1 << CaseCode.RandomBits);
}
