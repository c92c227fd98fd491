using System.Globalization;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>What may be said of a service, and how it is kept.</summary>
internal static class ServiceRules
{
    private const string Country = "PK";

    /// <summary>400 for what is no place and no time.</summary>
    public static Refusal? Unread(ServiceDraft draft, Districts districts)
    {
        var unreadable = new List<FieldError>();
        var coverage = draft.Coverage ?? [];
        for (var i = 0; i < coverage.Count; i++)
        {
            if (coverage[i] != Country && districts.ProvinceFault("/coverage", coverage[i]) is not null && districts.Fault("/coverage", coverage[i]) is not null)
            {
                unreadable.Add(new FieldError($"/coverage/{i}", "unknown_code"));
            }
        }
        for (var i = 0; i < draft.Hours.Weekly.Count; i++)
        {
            var (from, to) = (draft.Hours.Weekly[i].From, draft.Hours.Weekly[i].To);
            if ((Time(from) is null ? "from" : Time(to) is null ? "to" : null) is { } wrong)
            {
                unreadable.Add(new FieldError($"/hours/weekly/{i}/{wrong}", "wrong_form"));
            }
        }
        return unreadable.Count > 0 ? new Refusal(GeneralRefusals.Unreadable) { Errors = unreadable } : null;
    }

    /// <summary>422 for what contradicts itself.</summary>
    public static Refusal? Check(ServiceDraft draft)
    {
        var broken = Names.Check(("/nameEn", draft.NameEn), ("/nameUr", draft.NameUr)).ToList();
        if (draft.Hours.Always && draft.Hours.Weekly.Count > 0)
        {
            broken.Add(new FieldError("/hours/weekly", "not_taken"));
        }
        else if (!OpeningHours.TryMake(Weekly(draft.Hours), out _))
        {
            broken.Add(new FieldError("/hours/weekly", "wrong_order"));
        }
        if (draft.MinAge > draft.MaxAge)
        {
            broken.Add(new FieldError("/maxAge", "wrong_order"));
        }
        if (draft.AccreditedTo is not null && draft.Accreditation is null)
        {
            broken.Add(new FieldError("/accreditation", "needs_other"));
        }
        return broken.Count > 0 ? new Refusal(GeneralRefusals.RuleBroken) { Errors = broken } : null;
    }

    public static ServiceRow New(Guid id, Guid agencyId, ServiceDraft draft, DateOnly today) => Changed(
        new ServiceRow
        {
            Id = id,
            AgencyId = agencyId,
            AgencyNameEn = string.Empty,
            AgencyNameUr = string.Empty,
            AgencyStatus = "active",
            NameEn = string.Empty,
            NameUr = string.Empty,
            Category = string.Empty,
            Hours = string.Empty,
            Emergency = false,
            AssuredOn = today,
            Status = "active",
            Confidential = false,
            Version = 1,
            IsOwn = true,
        }, draft, today);

    /// <summary>Whoever describes a service says by that that it is still offered.</summary>
    public static ServiceRow Changed(ServiceRow service, ServiceDraft draft, DateOnly today) => Assured(service with
    {
        NameEn = draft.NameEn,
        NameUr = draft.NameUr,
        Category = draft.Category,
        MinAge = draft.MinAge,
        MaxAge = draft.MaxAge,
        Sex = draft.Sex,
        Hours = HoursOf(draft.Hours).ToString(),
        Emergency = draft.Emergency,
        Accreditation = draft.Accreditation,
        AccreditedTo = draft.AccreditedTo,
    }, today);

    public static ServiceRow Assured(ServiceRow service, DateOnly today) => service with { AssuredOn = today, QuestionedAt = null };

    public static IEnumerable<(string Kind, string Code)> Terms(ServiceDraft draft) =>
    [
        .. (draft.Languages ?? []).Select(code => (ServiceStore.Language, code)),
        .. (draft.Accessibility ?? []).Select(code => (ServiceStore.Access, code)),
        .. (draft.Constraints ?? []).Select(code => (ServiceStore.Constraint, code)),
        .. (draft.Coverage ?? []).Select(code => (ServiceStore.Coverage, code)),
    ];

    public static OpeningTimes TimesOf(OpeningHours hours) => new(hours.IsAlways, [.. hours.Weekly.Select(time => new OpeningStretch(
        time.From.ToString("HH:mm", CultureInfo.InvariantCulture), time.To.ToString("HH:mm", CultureInfo.InvariantCulture), time.Day?.Code()))]);

    private static OpeningHours HoursOf(OpeningTimes times) =>
        times.Always ? OpeningHours.DayAndNight : OpeningHours.TryMake(Weekly(times), out var hours) ? hours : OpeningHours.None;

    private static WeeklyTime[] Weekly(OpeningTimes times) => [.. times.Weekly.Select(Stretch).OfType<WeeklyTime>()];

    private static WeeklyTime? Stretch(OpeningStretch stretch) => Time(stretch.From) is { } from && Time(stretch.To) is { } to
        ? new WeeklyTime(Codes.TryParse<DayOfWeek>(stretch.Day, out var day) ? day : null, from, to)
        : null;

    private static TimeOnly? Time(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
