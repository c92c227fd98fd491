using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What is known of a file without opening it.</summary>
/// <param name="Size">Bytes.</param>
public sealed record AttachmentView(string MediaType, int Size);

/// <summary>Files of a case: papers and pictures, sealed in the database.</summary>
internal static class AttachmentEndpoints
{
    public static void MapAttachments(this IEndpointRouteBuilder api)
    {
        var files = api.MapGroup("/victims/{id}/attachments").WithTags("Victims");
        files.MapPost("", AddAsync).May(Permissions.WriteCases)
            .WithName("addAttachment")
            .WithSummary("Add a file to a case")
            .WithDescription("The body is the file itself: a JPEG, PNG or WebP picture or a PDF of at most 5 MB. What it is, is read from its bytes. A picture with anything beside what is "
                + "seen on it (Exif, XMP, comments: they tell where and by which phone it was taken) is refused; send it without. The answer is an item of the case, and like any "
                + "new item it goes to nobody outside the team until a referral or an order names it.")
            .Refuses(Unreadable, TooLarge, Unknown, FileRefusals.NotTaken, FileRefusals.TellsMore, FileRefusals.Infected, IdTaken, KeyReused);
        files.MapGet("/{attachmentId}", GetAsync).May(Permissions.ReadCases)
            .WithName("getAttachment")
            .WithSummary("Open a file")
            .WithDescription("A read that is recorded: its journal row is durable before the first byte leaves. What stands beside the file (what it shows, since when it is there) is the item of the same id.")
            .Refuses(Unknown);
    }

    internal static async Task<Results<Made<RecordView>, Refused>> AddAsync(
        Id id, FileBody file, Call call, Keys keys, VirusScan scan,
        [CodeOf("document_kind")] string? shows, bool? restricted, Guid? attachmentId)
    {
        if (await call.ReadAsync(work => VictimStore.FindCaseAsync(work, id, call.Cancellation)) is not { } seen)
        {
            return Refused.Because(Unknown);
        }
        var refusal = FileRefusals.Judge(file.Bytes) ?? (await scan.IsCleanAsync(file.Bytes, call.Cancellation) ? null : FileRefusals.Infected);
        if (refusal is not null)
        {
            return Refused.Because(refusal);
        }
        var recordId = attachmentId ?? Guid.CreateVersion7();
        var body = new Item(Shows: shows ?? ItemKinds.OtherDocument);
        var group = ItemKinds.GroupOf(ItemKinds.Attachment, body);
        // Looked through and sealed before the change begins: a writer waits for nobody's megabytes.
        var mediaType = FileKind.Of(file.Bytes)!.MediaType;
        using var key = keys.Unwrap(seen.Key);
        var chunks = AttachmentStore.Seal(key, recordId, file.Bytes);
        return await call.ActAsync<Results<Made<RecordView>, Refused>>(
            async work =>
            {
                if (await VictimStore.FindCaseAsync(work, id, call.Cancellation) is not { } victim)
                {
                    return Unknown;
                }
                try
                {
                    await RecordStore.InsertAsync(
                        work, keys, key, recordId, id, ItemKinds.Attachment, group, restricted ?? false, work.Now, body, VictimJson.Default.Item, call.Cancellation);
                }
                catch (ConstraintViolation violation) when (violation.Is("pk_records"))
                {
                    return IdTaken;
                }
                await AttachmentStore.InsertAsync(work, recordId, mediaType, file.Bytes.Length, chunks, call.Cancellation);
                await RecordEndpoints.AppendAsync(work, JournalActions.RecordAdded, recordId, id, ItemKinds.Attachment, group, victim.AccessVersion, call.Cancellation);
                return Done.Made(recordId);
            },
            (work, done) => RecordEndpoints.AnswerAsync(work, id, done, keys, call.Cancellation),
            refused => refused);
    }

    internal static async Task<Results<FileAnswer, Refused>> GetAsync(Id id, Id attachmentId, Call call)
    {
        SealedFile? file = null;
        await call.ChangeAsync<Results<NoContent, Refused>>(async work =>
        {
            if (await AttachmentStore.FindAsync(work, id, attachmentId, call.Cancellation) is not { } found)
            {
                return Refused.Because(Unknown);
            }
            await Turns.HoldAsync(work, found.VictimId, found.AccessVersion, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.FileRead,
                SubjectKind = "record",
                SubjectId = found.Id,
                VictimId = found.VictimId,
                AccessVersion = found.AccessVersion,
                Groups = [found.GroupCode],
            }, call.Cancellation);
            file = found;
            return TypedResults.NoContent();
        });
        if (file is null)
        {
            return Refused.Because(Unknown);
        }
        // Megabytes are read beside the changes of others. Whoever lost access since is refused here; the row says that it was asked for.
        var chunks = await call.ReadAsync(work => AttachmentStore.ChunksAsync(work, attachmentId, call.Cancellation));
        return chunks.Count == file.Chunks ? new FileAnswer(file, chunks) : Refused.Because(Unknown);
    }
}
