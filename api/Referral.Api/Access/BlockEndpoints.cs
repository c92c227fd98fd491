using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>
/// People and agencies that must never learn of a victim. A block beats every grant and ends none: lifted, things are
/// as they were. Set by those who see the case, or by the national office, which names the victim by id and opens nothing.
/// </summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder api)
    {
        var blocks = api.MapGroup("/victims/{id}/blocks").WithTags("Access");
        blocks.MapGet("", ListAsync).May(Permissions.SetBlocks)
            .WithName("listBlocks")
            .WithSummary("List who is kept away from a victim")
            .WithDescription("Newest first, lifted ones too. A read that is recorded. Who is blocked gets 404 here as everywhere.")
            .Refuses(Unknown);
        blocks.MapPost("", SetAsync).May(Permissions.SetBlocks)
            .WithName("setBlock")
            .WithSummary("Keep a person or an agency away")
            .WithDescription("Exactly one of workerId, agencyId (with all its units) and person: somebody who is no worker yet, by CNIC, telephone, or name with the father's. It holds for every case of hers, for every account of his, beats every grant, and is never shown to whom it is about; nor does the answer say whether anybody was recognised.")
            .Refuses(Unreadable, Unknown, RuleBroken, AccessRefusals.OwnBlock, IdTaken, KeyReused);
        blocks.MapPost("/{blockId}/lift", LiftAsync).May(Permissions.SetBlocks)
            .WithName("liftBlock")
            .WithSummary("Propose to lift a block")
            .WithDescription("Nothing changes before a second person approves: somebody of the national protection office, or who supervises her case and neither works with whom it is about nor stands above him. Then grants that were there all the time reach their holders again, and for 90 days it is watched who opens her. The answer says what waits; one that is lifted already stays as it is.")
            .Refuses(Unreadable, Unknown, ApprovalRefusals.ApprovalOpen, IdTaken, KeyReused);
    }

    internal static Task<Results<Listed<BlockView>, Refused>> ListAsync(Id id, Call call, Keys keys) =>
        call.ChangeAsync<Results<Listed<BlockView>, Refused>>(async work =>
        {
            if (await SightAsync(work, id, call.Cancellation) is not { } sight)
            {
                return Refused.Because(Unknown);
            }
            await Turns.HoldAsync(work, id, sight.Victim.AccessVersion, call.Cancellation);
            await Blocks.AppendAsync(work, JournalActions.BlocksRead, sight.Victim.Id, null, sight.Victim.AccessVersion, [], call.Cancellation);
            return Listed.Whole(await ViewsAsync(work, keys, await BlockStore.ListAsync(work, id, call.Cancellation), sight.IsWhole, call.Cancellation));
        });

    internal static Task<Results<Made<BlockView>, Refused>> SetAsync(Id id, BlockDraft draft, Call call, Keys keys, PersonTokens tokens) =>
        call.ActAsync<Results<Made<BlockView>, Refused>>(
            async work =>
            {
                if (await SightAsync(work, id, call.Cancellation) is not { Victim: var victim })
                {
                    return Unknown;
                }
                if (await FaultAsync(work, draft, call.Cancellation) is { } fault)
                {
                    return fault;
                }
                var blockId = draft.Id ?? Ids.New(work.Now);
                var note = draft.Note is null ? null : keys.Seal(victim.Key, StoredBlock.PlaceOf(blockId), new BlockNote(draft.Note), AccessJson.Default.BlockNote);
                try
                {
                    await Blocks.SetAsync(work, victim, blockId, draft, note, BlockedPersons.Marks(tokens, draft.Person), call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_blocks"))
                {
                    return IdTaken;
                }
                return Done.Made(blockId);
            },
            async (work, done) => await ViewAsync(work, keys, id, done, call.Cancellation) is { } view
                ? new Made<BlockView>($"/api/v1/victims/{id.Value}/blocks/{view.Id}", view)
                : Refused.Because(Unknown),
            refused => refused);

    internal static Task<Results<Ok<BlockView>, Refused>> LiftAsync(Id id, Id blockId, BlockLift? lift, Call call, Keys keys) =>
        call.ActAsync<Results<Ok<BlockView>, Refused>>(
            async work =>
            {
                if (await SightAsync(work, id, call.Cancellation) is not { Victim: var victim }
                    || await BlockStore.FindAsync(work, id, blockId, call.Cancellation) is not { } block)
                {
                    return Unknown;
                }
                if (block.LiftedAt is not null)
                {
                    return Done.Changed(block.Id);
                }
                if (await Approvals.IsOpenAsync(work, ApprovalKind.BlockLift, block.Id, call.Cancellation))
                {
                    return ApprovalRefusals.ApprovalOpen;
                }
                try
                {
                    await Blocks.AskLiftAsync(work, keys, victim, block.Id, lift, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("uq_approvals_open"))
                {
                    return ApprovalRefusals.ApprovalOpen;
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_approvals"))
                {
                    return IdTaken;
                }
                return Done.Changed(block.Id);
            },
            async (work, done) => await ViewAsync(work, keys, id, done, call.Cancellation) is { } view ? TypedResults.Ok(view) : Refused.Because(Unknown),
            refused => refused);

    /// <summary>The block of an approval or alert that the caller sees; its note only for who wrote it or sees the whole case.</summary>
    public static async Task<BlockView?> OfCaseAsync(Work work, Keys keys, Guid blockId, CancellationToken cancellation) =>
        await BlockStore.FindAsync(work, blockId, cancellation) is { } block
            ? (await ViewsAsync(work, keys, [block], await Cases.FindAsync(work, block.VictimId, cancellation) is not null, cancellation))[0]
            : null;

    /// <summary>How the caller meets her: the whole case, or as the national office by her id alone.</summary>
    private sealed record Sight(Case Victim, bool IsWhole);

    private static async Task<Sight?> SightAsync(Work work, Guid id, CancellationToken cancellation) =>
        await Cases.FindAsync(work, id, cancellation) is { } whole ? new Sight(whole, true)
        : work.Caller.Roles.Contains(Role.ProtectionOfficer.Code()) && await Cases.FindUnblockedAsync(work, id, cancellation) is { } victim ? new Sight(victim, false)
        : null;

    private static async Task<Refusal?> FaultAsync(Work work, BlockDraft draft, CancellationToken cancellation)
    {
        FieldError[] errors = (draft.WorkerId, draft.AgencyId, draft.Person) switch
        {
            (null, null, null) => [new("/workerId", "required")],
            ({ } _, { } _, _) => [new("/agencyId", "not_taken")],
            (null, null, { } person) => [.. BlockedPersons.Faults(person)],
            (_, _, { } _) => [new("/person", "not_taken")],
            ({ } worker, _, _) when !await BlockStore.IsWorkerAsync(work, worker, cancellation) => [new("/workerId", "unknown_reference")],
            (_, { } agency, _) when (await AgencyRefs.OfAsync(work, [agency], cancellation)).Count == 0 => [new("/agencyId", "unknown_reference")],
            _ => [],
        };
        if (errors.Length > 0)
        {
            return new Refusal(RuleBroken) { Errors = errors };
        }
        var isOwn = draft switch
        {
            { WorkerId: { } own } => own == work.Caller.WorkerId,
            { AgencyId: { } agency } => await BlockStore.IsOwnAsync(work, agency, cancellation),
            _ => false,
        };
        return isOwn ? new Refusal(AccessRefusals.OwnBlock) : null;
    }

    private static async Task<BlockView?> ViewAsync(Work work, Keys keys, Guid victimId, Done done, CancellationToken cancellation) =>
        await SightAsync(work, victimId, cancellation) is { } sight && await BlockStore.FindAsync(work, victimId, done.ResourceId!.Value, cancellation) is { } block
            ? (await ViewsAsync(work, keys, [block], sight.IsWhole, cancellation))[0]
            : null;

    private static async Task<IReadOnlyList<BlockView>> ViewsAsync(
        Work work, Keys keys, IReadOnlyList<StoredBlock> blocks, bool isWhole, CancellationToken cancellation)
    {
        var agencies = await AgencyRefs.OfAsync(work, blocks.Select(block => block.AgencyId).OfType<Guid>(), cancellation);
        var lifts = (await ApprovalStore.OpenSeenAsync(work, ApprovalKind.BlockLift, [.. blocks.Select(block => block.Id)], cancellation)).ToDictionary(lift => lift.SubjectId);
        var marks = await PersonBlocks.MarksAsync(work, [.. blocks.Select(block => block.Id)], cancellation);
        return [.. blocks.Select(block => new BlockView(
            block.Id,
            block.WorkerId is { } worker ? new WorkerRef(worker, block.WorkerName ?? string.Empty) : null,
            block.AgencyId is { } agency ? agencies.GetValueOrDefault(agency) : null,
            block.ReasonCode,
            block.Reason is { } note && (isWhole || block.SetBy == work.Caller.PrincipalId)
                ? keys.Open(block.Key, note, StoredBlock.PlaceOf(block.Id), AccessJson.Default.BlockNote).Text
                : null,
            block.FromAt,
            block.LiftedAt,
            block.WatchUntil,
            lifts.GetValueOrDefault(block.Id) is { } lift ? new WaitingLift(lift.Id, lift.AskedName is { } name ? new WorkerRef(lift.AskedBy, name) : null, lift.AskedAt, lift.DueAt) : null,
            block.IsPerson ? [.. marks[block.Id]] : []))];
    }
}
