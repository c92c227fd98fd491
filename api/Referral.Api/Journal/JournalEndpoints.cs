using System.Buffers.Binary;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>The journal as a team sees it of its own case, and as auditors see it of all. Words never leave it.</summary>
internal static class JournalEndpoints
{
    public static void MapJournal(this IEndpointRouteBuilder api)
    {
        var victims = api.MapGroup("/victims/{id}").WithTags("Journal");
        victims.MapGet("/access-log", AccessLogAsync).May(Permissions.ReadCases)
            .WithName("readAccessLog")
            .WithSummary("See who looked at a case")
            .WithDescription("Newest first; reads, changes and refusals by agency and role, for her team. Who is kept away from her shows only to those who may set blocks.")
            .Refuses(Unreadable, Unknown);
        victims.MapGet("/readers", ReadersAsync).May(Permissions.ReadCases)
            .WithName("listReaders")
            .WithSummary("See who read what of a case")
            .WithDescription("One row for each agency, role and kind of data, the latest first: first time, last time, how often. For her team, to be read aloud to her or printed.")
            .Refuses(Unknown);
        victims.MapGet("/history", HistoryAsync).May(Permissions.ReadCases)
            .WithName("readHistory")
            .WithSummary("See what changed in a case")
            .WithDescription("Newest first; for her team.")
            .Refuses(Unreadable, Unknown);
        var audit = api.MapGroup("/audit").WithTags("Journal");
        audit.MapGet("", AuditAsync).May(Permissions.ReadAudit)
            .WithName("readAudit")
            .WithSummary("Search the journal")
            .WithDescription("Newest first, without words; filters add up. from is included, to is not. The search itself is recorded.")
            .Refuses(Unreadable);
        audit.MapGet("/seals", SealsAsync).May(Permissions.ReadAudit)
            .WithName("listSeals")
            .WithSummary("List the seals of the journal")
            .WithDescription("Oldest first, each linked to the one before it: to be compared with the witness file. after is the number of a seal, of which only later ones are listed.")
            .Refuses(Unreadable);
        audit.MapPost("/verify", VerifyAsync).May(Permissions.ReadAudit)
            .WithName("verifyAudit")
            .WithSummary("Verify a part of the journal")
            .WithDescription(
                "Whether rows and seals are as they were written: the MAC of each row, the hash, link and signature of each seal, and what the witness remembers of it. "
                + "At most 100 seals a call; next says where to go on, and at the end of the journal what lies behind the last seal is looked at as well. "
                + "Nothing is changed, and each call is recorded.")
            .Refuses(Unreadable);
    }

    internal static Task<Results<Listed<AccessLogRow>, Refused>> AccessLogAsync(Id id, Call call, Paging paging) =>
        call.ReadAsync<Results<Listed<AccessLogRow>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var lines = await JournalStore.AccessLogAsync(work, id, SeesBlocks(call), Place(paging), paging.Take, call.Cancellation);
            var agencies = await AgenciesAsync(work, lines, call.Cancellation);
            return Listed.Of(lines, paging, Mark, line => new AccessLogRow(line.At, Agency(line, agencies), line.Role, line.Action, Groups(line), line.Outcome));
        });

    internal static Task<Results<Listed<ReaderRow>, Refused>> ReadersAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<ReaderRow>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var lines = await JournalStore.ReadersAsync(work, id, call.Cancellation);
            var agencies = await AgencyRefs.OfAsync(work, lines.Select(line => line.AgencyId).OfType<Guid>(), call.Cancellation);
            return Listed.Whole<ReaderRow>([.. lines.Select(line => new ReaderRow(
                line.AgencyId is { } agency ? agencies.GetValueOrDefault(agency) : null, line.Role, line.Groups.Split(','), line.FirstAt, line.LastAt, line.Times))]);
        });

    internal static Task<Results<Listed<HistoryRow>, Refused>> HistoryAsync(Id id, Call call, Paging paging) =>
        call.ReadAsync<Results<Listed<HistoryRow>, Refused>>(async work =>
        {
            if (await Cases.FindAsync(work, id, call.Cancellation) is null)
            {
                return Refused.Because(Unknown);
            }
            var lines = await JournalStore.VictimHistoryAsync(work, id, SeesBlocks(call), Place(paging), paging.Take, call.Cancellation);
            var agencies = await AgenciesAsync(work, lines, call.Cancellation);
            return Listed.Of(lines, paging, Mark, line => new HistoryRow(
                line.At, Agency(line, agencies), line.Role, line.Action, line.SubjectKind, line.SubjectId, Groups(line), JournalFacts.Read(line.Facts)));
        });

    internal static async Task<Results<Listed<AuditRow>, Refused>> AuditAsync(
        Call call, Paging paging, DateTimeOffset? from, DateTimeOffset? to, Guid? workerId, Guid? agencyId, Guid? victimId, string? action)
    {
        if (action is not null && !JournalActions.All.Contains(action))
        {
            return Refused.Because(new Refusal(Unreadable) { Errors = [new FieldError("action", "unknown_code", [.. JournalActions.All.Order(StringComparer.Ordinal)])] });
        }
        var question = new AuditQuestion { FromAt = from, ToAt = to, WorkerId = workerId, AgencyId = agencyId, VictimId = victimId, Action = action };
        return await call.ChangeAsync<Results<Listed<AuditRow>, Refused>>(async work =>
        {
            var lines = await JournalStore.AuditAsync(work, question, Place(paging), paging.Take, call.Cancellation);
            var agencies = await AgenciesAsync(work, lines, call.Cancellation);
            await AppendAsync(work, question, call.Cancellation);
            return Listed.Of(lines, paging, Mark, line => new AuditRow(
                line.Id, line.Position, line.At, line.WorkerId, line.ClientId, Agency(line, agencies), line.Role, line.Action, line.Outcome,
                line.SubjectKind, line.SubjectId, line.VictimId, Groups(line), JournalFacts.Read(line.Facts)));
        });
    }

    /// <summary>More than any journal has.</summary>
    private const long MostSeals = 1_000_000_000;

    internal static async Task<Results<Listed<SealRow>, Refused>> SealsAsync(Call call, Paging paging, [Within(0, MostSeals)] long? after) =>
        after is < 0 or > MostSeals
            ? Refused.Because(new Refusal(Unreadable) { Errors = [new FieldError("after", "out_of_range")] })
            : await call.ReadAsync<Results<Listed<SealRow>, Refused>>(async work => Listed.Of(
                await SealStore.SealsAsync(work, Math.Max(NumberOf(paging.AfterId), after ?? 0), paging.Take, call.Cancellation),
                paging,
                seal => new Cursor(seal.At, IdOf(seal.N)),
                seal => new SealRow(
                    seal.N, seal.FromPosition, seal.ToPosition, Hex(seal.Hash), Hex(seal.Previous), seal.MacKey, Hex(seal.Signature), seal.SigningKey, seal.At)));

    /// <summary>Reckoned first, for nobody who writes shall wait meanwhile; what was found is in the journal before it is told.</summary>
    internal static async Task<Results<Ok<SealsVerdict>, Refused>> VerifyAsync(SealRange range, Call call, JournalVerifier verifier, Witness witness)
    {
        var part = await verifier.VerifyAsync(range.FromSeal, range.Most, call.Cancellation);
        return await call.ChangeAsync<Results<Ok<SealsVerdict>, Refused>>(async work =>
        {
            var newest = (await SealStore.HeadAsync(work, call.Cancellation))?.N ?? 0;
            var waiting = await SealStore.CountWaitingAsync(work, call.Cancellation);
            await AppendAsync(work, range, part, call.Cancellation);
            return TypedResults.Ok(new SealsVerdict(
                part.Seals, part.Rows, part.BadPosition, part.Fault?.Code(), part.IsEnd || part.Fault is not null ? null : part.Last!.N + 1,
                newest, waiting, witness.Last()?.N ?? 0));
        });
    }

    private static Task<Guid> AppendAsync(Work work, SealRange range, JournalPart part, CancellationToken cancellation)
    {
        (string, string)[] found = part is { BadPosition: { } position, Fault: { } fault } ? [("badPosition", Text(position)), ("fault", fault.Code())] : [];
        return Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.AuditVerified,
            Facts = [("fromSeal", Text(range.FromSeal)), ("seals", Text(part.Seals)), ("rows", Text(part.Rows)), .. found],
        }, cancellation);
    }

    private static string Text(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Who asked for what: the answer itself can be had again by asking the same.</summary>
    private static Task<Guid> AppendAsync(Work work, AuditQuestion question, CancellationToken cancellation)
    {
        (string Name, string? Value)[] asked =
        [
            ("from", question.FromAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            ("to", question.ToAt?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)),
            ("workerId", question.WorkerId?.ToString()),
            ("agencyId", question.AgencyId?.ToString()),
            ("victimId", question.VictimId?.ToString()),
            ("action", question.Action),
        ];
        return Journal.AppendAsync(work, new JournalEntry
        {
            Action = JournalActions.AuditRead,
            Facts = [.. asked.Where(one => one.Value is not null).Select(one => (one.Name, one.Value!))],
        }, cancellation);
    }

    private static bool SeesBlocks(Call call) => Permissions.SetBlocks.AllowsWorker(call.Caller.Roles);

    private static JournalPlace Place(Paging paging) => paging.After is { At: { } at, Id: var id } ? new JournalPlace(at, id) : JournalPlace.Newest;

    private static Cursor Mark(JournalLine line) => new(line.At, line.Id);

    private static Task<IReadOnlyDictionary<Guid, Ref>> AgenciesAsync(Work work, IReadOnlyList<JournalLine> lines, CancellationToken cancellation) =>
        AgencyRefs.OfAsync(work, lines.Select(line => line.AgencyId).OfType<Guid>(), cancellation);

    private static Ref? Agency(JournalLine line, IReadOnlyDictionary<Guid, Ref> agencies) =>
        line.AgencyId is { } id ? agencies.GetValueOrDefault(id) : null;

    private static string[] Groups(JournalLine line) => line.Groups?.Split(',') ?? [];

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A cursor's place is an id; a seal's place is its number.</summary>
    private static Guid IdOf(long n)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        BinaryPrimitives.WriteInt64BigEndian(bytes, n);
        return new Guid(bytes, bigEndian: true);
    }

    private static long NumberOf(Guid? id) => id is { } place ? BinaryPrimitives.ReadInt64BigEndian(place.ToByteArray(bigEndian: true)) : 0;
}
