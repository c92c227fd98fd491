using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using NationalReferral.Platform;
using static NationalReferral.Platform.GeneralRefusals;

namespace NationalReferral;

/// <summary>Holidays are data: the moon decides late, and clocks on a working calendar follow.</summary>
internal static class HolidayEndpoints
{
    public static void MapHolidays(this IEndpointRouteBuilder api)
    {
        var holidays = api.MapGroup("/holidays").WithTags("Reference");
        holidays.MapGet("", ListAsync).AllowAnonymous()
            .WithName("listHolidays")
            .WithSummary("List holidays")
            .WithDescription("From the first to the last day, both included; a year from today unless told.")
            .Refuses(Unreadable);
        holidays.MapGet("/{date}", GetAsync).AllowAnonymous()
            .WithName("getHoliday")
            .WithSummary("Read the holidays of one day")
            .WithDescription("Empty on a working day. Its tag is needed to change the day.")
            .Refuses(Unreadable);
        holidays.MapPut("/{date}", PutAsync).May(Permissions.SetHolidays)
            .WithName("putHoliday")
            .WithSummary("Set the holidays of one day")
            .WithDescription("Replaces what was said of the day; no items make it a working day.")
            .Refuses(Unreadable, MatchRequired, Stale, RuleBroken);
    }

    internal static Task<Listed<HolidayView>> ListAsync(Call call, DateOnly? from, DateOnly? to) =>
        call.ReadAsync(async work =>
        {
            var first = from ?? Karachi.DateOf(work.Now);
            return Listed.Whole<HolidayView>([.. (await HolidayStore.ListAsync(work, first, to ?? first.AddYears(1), call.Cancellation)).Select(View)]);
        });

    internal static Task<Found<HolidaysView>> GetAsync(DateOnly date, Call call) => call.ReadAsync(work => DayAsync(work, date, call.Cancellation));

    internal static async Task<Results<Found<HolidaysView>, Refused>> PutAsync(DateOnly date, HolidaysDraft draft, Call call, Districts districts)
    {
        for (var i = 0; i < draft.Items.Count; i++)
        {
            if (districts.ProvinceFault($"/items/{i}/province", draft.Items[i].Province) is { } fault)
            {
                return Refused.Because(fault);
            }
        }
        return await call.ChangeAsync<Results<Found<HolidaysView>, Refused>>(async work =>
        {
            if (call.Mismatch(TagOf(await HolidayStore.ListAsync(work, date, date, call.Cancellation))) is { } mismatch)
            {
                return Refused.Because(mismatch);
            }
            if (Names.Fault([.. draft.Items.SelectMany((item, i) => new[] { ($"/items/{i}/nameEn", item.NameEn), ($"/items/{i}/nameUr", item.NameUr) })]) is { } nameless)
            {
                return Refused.Because(nameless);
            }
            await HolidayStore.CancelAsync(work, date, call.Cancellation);
            foreach (var item in draft.Items)
            {
                await HolidayStore.InsertAsync(work, new Holiday
                {
                    Id = Ids.New(work.Now),
                    HolidayOn = date,
                    Province = item.Province,
                    NameEn = item.NameEn,
                    NameUr = item.NameUr,
                    Kind = item.Kind,
                    Status = item.Status,
                }, call.Cancellation);
            }
            await Clocks.DaysOffChangedAsync(work, date, call.Cancellation);
            await Journal.AppendAsync(work, new JournalEntry
            {
                Action = JournalActions.HolidaySet,
                SubjectKind = "holiday",
                Facts = [("date", date.ToString("O", CultureInfo.InvariantCulture)), ("items", draft.Items.Count.ToString(CultureInfo.InvariantCulture))],
            }, call.Cancellation);
            return await DayAsync(work, date, call.Cancellation);
        });
    }

    private static async Task<Found<HolidaysView>> DayAsync(Work work, DateOnly date, CancellationToken cancellation)
    {
        var holidays = await HolidayStore.ListAsync(work, date, date, cancellation);
        return new Found<HolidaysView>(new HolidaysView(date, [.. holidays.Select(View)]), TagOf(holidays));
    }

    private static Tag TagOf(IReadOnlyList<Holiday> holidays) => Tag.Of(holidays.Count, holidays.Select(holiday => $"{holiday.Id} {holiday.Status}"));

    private static HolidayView View(Holiday holiday) =>
        new(holiday.HolidayOn, holiday.Province, holiday.NameEn, holiday.NameUr, holiday.Kind, holiday.Status);
}
