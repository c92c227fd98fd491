using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Taking a report down: what is checked, what is kept, what is sealed with which key.</summary>
internal static class ReportTaking
{
    public static ReportOutcome? OutcomeOf(string? code) => code is null ? null : Codes.Parse<ReportOutcome>(code);

    /// <returns>The draft with its number in one spelling, and what is wrong with it.</returns>
    public static (ReportDraft Kept, IReadOnlyList<FieldError> Errors) Check(ReportDraft draft)
    {
        var reporter = draft.Reporter;
        Telling? teller = reporter is null ? null : new Telling(reporter.IsAnonymous, reporter.AgreesToKeep, IsGiven(reporter.Name), IsGiven(reporter.Phone));
        var errors = ReportRules.Check(Codes.Parse<ReportKind>(draft.Kind), OutcomeOf(draft.Outcome), teller, new(draft.AboutAgencyId, draft.AboutWorkerId)).ToList();
        if (IsGiven(reporter?.Phone))
        {
            if (PhoneNumber.TryParse(reporter.Phone, out var number))
            {
                reporter = reporter with { Phone = number.E164 };
            }
            else
            {
                errors.Add(new("/reporter/phone", "wrong_form"));
            }
        }
        return (draft with { Reporter = reporter }, errors);
    }

    public static async Task<Done> WriteAsync(Work work, ReportDraft draft, Keys keys, IndexKey index, CancellationToken cancellation)
    {
        var about = new Concerned(draft.AboutAgencyId, draft.AboutWorkerId);
        var (handlerId, refusal) = await ReportRouting.OfAsync(work, Codes.Parse<ReportKind>(draft.Kind), about, cancellation);
        if (refusal is not null)
        {
            return refusal;
        }
        var id = draft.Id ?? Ids.New(work.Now);
        // A time to come was refused where the request was read.
        ClientTime.TryTake(draft.ReportedAt ?? work.Now, work.Now, out var time);
        try
        {
            using var key = await keys.CreateAsync(work, "report", id, cancellation);
            var story = draft.Story is { } told ? keys.Seal(key, Report.StoryPlace(id, 1), new ReportStory(told), ReportJson.Default.ReportStory) : null;
            var (reporterKeyId, reporter) = await SealReporterAsync(work, id, draft.Reporter, keys, cancellation);
            await ReportStore.InsertAsync(work, new NewReport(id, draft, time, handlerId, key.Id, story, reporterKeyId, reporter), cancellation);
            if (!ReportRules.IsEmpty(OutcomeOf(draft.Outcome)))
            {
                await FollowCodes.GiveAsync(work, "report", id, keys, key, index, cancellation);
            }
        }
        catch (ConstraintViolation violation) when (violation.Is("pk_reports") || violation.Is("uq_data_keys_subject"))
        {
            return IdTaken;
        }
        if (draft.Outcome is null)
        {
            await Reports.KeepTimeAsync(work, id, handlerId, time.At, draft.Urgency, isSorted: false, cancellation);
        }
        var row = await ReportEndpoints.AppendAsync(
            work, JournalActions.ReportTaken, id, null,
            [("kind", draft.Kind), ("channel", draft.Channel), ("outcome", draft.Outcome ?? "none"), ("handlerId", handlerId.ToString())], cancellation);
        if (handlerId != work.Caller.UnitId)
        {
            await Notifications.TellHandlersAsync(work, handlerId, draft.AboutWorkerId, above: false, new Notice(JournalActions.ReportTaken, row, "report", id, null), cancellation);
        }
        return Done.Made(id);
    }

    /// <summary>Nothing is sealed of a caller of whom nothing is kept.</summary>
    private static async Task<(Guid? KeyId, byte[]? Body)> SealReporterAsync(Work work, Guid id, ReporterDraft? said, Keys keys, CancellationToken cancellation)
    {
        if (said is null || !(IsGiven(said.Name) || IsGiven(said.Phone) || IsGiven(said.CallNote)))
        {
            return (null, null);
        }
        using var key = await keys.CreateAsync(work, "reporter", id, cancellation);
        var kept = new ReporterRecord(said.Name, said.Phone, said.MayRing, said.CallNote);
        return (key.Id, keys.Seal(key, Report.ReporterPlace(id), kept, ReportJson.Default.ReporterRecord));
    }

    private static bool IsGiven([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) => !string.IsNullOrWhiteSpace(text);
}
