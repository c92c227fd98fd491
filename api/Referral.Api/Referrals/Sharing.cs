using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>What a referral shares: before it is sent (preview), once it was opened (receipts), and all that happened (history).</summary>
internal static class Sharing
{
    /// <summary>The minimum, by the names of the referral's own members.</summary>
    private static readonly string[] Minimum = ["caseCode", "category", "ageBand", "sex", "district", "urgency", "constraints", "flags"];

    public static void MapSharing(this IEndpointRouteBuilder api)
    {
        var referral = api.MapGroup("/referrals/{id}").WithTags("Referrals");
        referral.MapGet("/preview", PreviewAsync).May(Permissions.Refer)
            .WithName("previewReferral")
            .WithSummary("See what the provider would see")
            .WithDescription("What is shown on sending, what opens on accepting and by which basis, what no basis covers, and until when the provider has to answer if it is sent now.")
            .Refuses(Unknown);
        referral.MapGet("/receipts", ReceiptsAsync).May(Permissions.ReadReferrals)
            .WithName("listReceipts")
            .WithSummary("List what was opened to the provider")
            .WithDescription("One receipt for each moment, with versions and bases. A later receipt replaces what it repeats.")
            .Refuses(Unknown);
        referral.MapGet("/history", HistoryAsync).May(Permissions.ReadReferrals)
            .WithName("listReferralHistory")
            .WithSummary("List what happened to a referral")
            .WithDescription("Newest first, from the journal. The provider sees it from the moment at which it was sent.")
            .Refuses(Unreadable, Unknown);
    }

    internal static Task<Results<Ok<PreviewView>, Refused>> PreviewAsync(Id id, Call call) =>
        call.ReadAsync<Results<Ok<PreviewView>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral || !ReferralViews.IsSender(referral) || referral.OnlySees(call.Caller))
            {
                return Refused.Because(Unknown);
            }
            var chosen = await Disclosures.ListAsync(work, referral.Id, referral.VictimId, call.Cancellation);
            var covered = await Referrals.CoversAsync(work, referral, [.. chosen.Where(one => one.EndedAt is null).Select(one => one.Piece)], call.Cancellation);
            var kinds = chosen.Where(one => one.RecordId is not null).ToLookup(one => one.RecordId, one => one.Kind);
            CoveredPiece[] pieces = [.. covered.Select(one => new CoveredPiece(
                one.Piece.Group, one.Piece.RecordId, one.Piece.RecordId is { } item ? kinds[item].FirstOrDefault() : null, one.IsCovered, one.BasisId))];
            var calendars = new Calendars(work);
            return TypedResults.Ok(new PreviewView(
                Minimum,
                pieces[1..],
                [.. pieces.Where(piece => !piece.Covered).Select(piece => new DataPiece(piece.Group, piece.RecordId, piece.Kind))],
                new RespondBy(
                    await DueAsync(work, calendars, ClockKind.Acknowledge, referral, call.Cancellation), await DueAsync(work, calendars, ClockKind.Decide, referral, call.Cancellation))));
        });

    private static async Task<DateTimeOffset> DueAsync(Work work, Calendars calendars, ClockKind kind, StoredReferral referral, CancellationToken cancellation)
    {
        var (_, calendar) = await calendars.OfAsync(kind, referral.Urgency, referral.ProviderAgencyId, cancellation);
        var length = await calendars.Lengths.OfAsync(kind, referral.Urgency, referral.Id, referral.ProviderAgencyId, cancellation);
        return Instants.Cut(Deadline.Begin(kind, referral.Urgency, calendar, work.Now, length).DueAt);
    }

    internal static Task<Results<Listed<ReceiptView>, Refused>> ReceiptsAsync(Id id, Call call) =>
        call.ReadAsync<Results<Listed<ReceiptView>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral)
            {
                return Refused.Because(Unknown);
            }
            // A basis tells how she was asked: for the sender only.
            var isSender = ReferralViews.IsSender(referral);
            var opened = (await Disclosures.ListAsync(work, referral.Id, referral.VictimId, call.Cancellation)).Where(one => one.OpenedAt is not null);
            return Listed.Whole<ReceiptView>([.. opened.GroupBy(one => one.OpenedAt!.Value).OrderBy(receipt => receipt.Key).Select(receipt => new ReceiptView(
                receipt.Key,
                [.. receipt.Select(one => new ReceiptItem(
                    one.GroupCode, one.RecordId, one.RecordVersion, isSender ? one.BasisId : null, one.EndedAt ?? EndOf(referral)))]))]);
        });

    /// <summary>After the service, what was opened stays open for a while.</summary>
    private static DateTimeOffset? EndOf(StoredReferral referral) =>
        referral.State is ReferralState.Completed or ReferralState.EndedEarly ? referral.EndedAt + ReferralLifecycle.AccessAfterService : null;

    internal static Task<Results<Listed<ReferralMoment>, Refused>> HistoryAsync(Id id, Call call, Paging paging) =>
        call.ReadAsync<Results<Listed<ReferralMoment>, Refused>>(async work =>
        {
            if (await ReferralStore.FindAsync(work, id, call.Cancellation) is not { } referral)
            {
                return Refused.Because(Unknown);
            }
            var after = paging.After is { At: { } at } cursor ? new JournalPlace(at, cursor.Id) : JournalPlace.Newest;
            var lines = await JournalStore.SubjectHistoryAsync(work, "referral", referral.Id, after, paging.Take, call.Cancellation);
            if (!ReferralViews.IsSender(referral))
            {
                lines = [.. lines.Where(line => line.At >= referral.SubmittedAt)];
            }
            var earlier = await SenderChanges.OfAsync(work, referral.Id, call.Cancellation);
            return Listed.Of(lines, paging, line => new Cursor(line.At, line.Id), line => MomentOf(
                line, referral, earlier.Where(one => line.At < one.Until).Select(one => one.Sender).FirstOrDefault() ?? ReferralViews.SenderOf(referral)));
        });

    /// <param name="line">What the journal says of it.</param>
    /// <param name="referral">As it is now.</param>
    /// <param name="sender">Who was the sender then: the lead of a case can move.</param>
    private static ReferralMoment MomentOf(JournalLine line, StoredReferral referral, Ref sender)
    {
        var facts = JournalFacts.Read(line.Facts);
        var (from, party) = (facts.GetValueOrDefault("from"), facts.GetValueOrDefault("party"));
        return new ReferralMoment(
            line.At, line.Action, from, facts.GetValueOrDefault("to"), party ?? PartyOf(line, referral).Code(), AgencyOf(line, referral, sender),
            party is Sender or Provider && ReferralLifecycle.Moves.Any(move => move.Event == line.Action && move.By == Party.Provider && move.From.Any(state => state.Code() == from)) ? party : null);
    }

    private const string Sender = "sender";
    private const string Provider = "provider";

    private static Party PartyOf(JournalLine line, StoredReferral referral) =>
        line.AgencyId is null ? Party.Clock : line.AgencyId == referral.ProviderAgencyId ? Party.Provider : Party.Sender;

    /// <summary>Which side it was; that a supervisor above did it is that side's own matter.</summary>
    private static Ref? AgencyOf(JournalLine line, StoredReferral referral, Ref sender) => line.AgencyId switch
    {
        null => null,
        { } agency when agency == sender.Id => sender,
        { } agency when agency == referral.ProviderAgencyId => ReferralViews.ProviderOf(referral),
        _ => JournalFacts.Read(line.Facts).GetValueOrDefault("party") == Provider ? ReferralViews.ProviderOf(referral) : sender,
    };
}
