using System.Collections.Frozen;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>An invented agency, or a unit of one.</summary>
internal sealed record DemoAgency(
    string Key, string? Parent, string Kind, string NameEn, string NameUr, string District, string Calendar = "usual", bool Confidential = false)
{
    public Guid Id { get; } = ReferenceData.IdOf("demo-agency", Key);
}

/// <summary>An invented worker. The label is what the sign-in page shows beside the e-mail.</summary>
internal sealed record DemoWorker(string Email, string Agency, string Roles, string Name, string LabelEn, string LabelUr)
{
    public Guid Id { get; } = ReferenceData.IdOf("demo-worker", Email);

    /// <summary>As whom the worker's requests would be done.</summary>
    public Caller Caller { get; } = CallerOf(ReferenceData.IdOf("demo-worker", Email), DemoWorld.IdOf(Agency), Roles.Split(' '));

    private static Caller CallerOf(Guid id, Guid unit, string[] roles) =>
        new() { PrincipalId = id, WorkerId = id, UnitId = unit, Roles = roles.ToFrozenSet(StringComparer.Ordinal), Supervises = roles.Contains("supervisor") };
}

/// <summary>A partner system with a secret that everybody knows.</summary>
internal sealed record DemoClient(string ClientId, string Secret, string Agency, string Name, IReadOnlyList<string> Scopes);

/// <summary>What an invented agency offers.</summary>
/// <param name="Population">The places it counts; null: it is unlimited.</param>
/// <param name="IsSpare">No story is told of it: it is there to be asked next.</param>
internal sealed record DemoService(string Key, string Agency, ServiceDraft Draft, string? Population = null, bool IsSpare = false)
{
    public Guid Id { get; } = ReferenceData.IdOf("demo-service", Key);

    public bool Takes(string sex, int age) => !IsSpare && (Draft.Sex is null || Draft.Sex == sex) && age >= (Draft.MinAge ?? 0) && age <= (Draft.MaxAge ?? 120);
}

/// <summary>The agencies of the demo country and who works there. Everybody and everything in it is invented.</summary>
internal static class DemoWorld
{
    private const string Always = "always";
    private static readonly OpeningTimes DayAndNight = new(true, []);
    private static readonly OpeningTimes OfficeHours = new(false, [.. Days("monday", "tuesday", "wednesday", "thursday"), new("09:00", "12:30", "friday")]);

    public static IReadOnlyList<DemoAgency> Agencies { get; } =
    [
        new("office", null, "ministry", "Demo National Protection Office", "نمائشی قومی تحفظ دفتر", "PK-IS-ISB"),
        new("police", null, "police", "Demo Provincial Police", "نمائشی صوبائی پولیس", "PK-PB-LHR", Always),
        new("police-kasur", "police", "police", "Demo Police, Kasur", "نمائشی پولیس، قصور", "PK-PB-KSR", Always),
        new("police-faisalabad", "police", "police", "Demo Police, Faisalabad", "نمائشی پولیس، فیصل آباد", "PK-PB-FSD", Always),
        new("bureau", null, "child_protection", "Demo Child Protection Bureau", "نمائشی ادارہ تحفظ اطفال", "PK-PB-LHR", "six_days"),
        new("labour", null, "labour", "Demo Labour Department", "نمائشی محکمہ محنت", "PK-SD-HYD"),
        new("ngo", null, "ngo", "Demo Roshan Rasta Trust", "نمائشی روشن راستہ ٹرسٹ", "PK-KP-PEW", "six_days"),
        new("shelter", null, "shelter", "Demo Girls' Home", "نمائشی بچیوں کا گھر", "PK-PB-LHR", Always, Confidential: true),
        new("refuge", null, "women_protection", "Demo Refuge for Women and Girls", "نمائشی پناہ گاہ برائے خواتین و بچیاں", "PK-PB-FSD", Confidential: true),
        new("boys", null, "shelter", "Demo Boys' Home", "نمائشی بچوں کا گھر", "PK-SD-KHE", Always),
        new("hospital", null, "health", "Demo City Hospital", "نمائشی شہری ہسپتال", "PK-PB-LHR", Always),
        new("legal", null, "legal_aid", "Demo Legal Aid Centre", "نمائشی قانونی امداد مرکز", "PK-SD-KHS"),
        new("helpline", null, "helpline", "Demo Protection Helpline", "نمائشی تحفظ ہیلپ لائن", "PK-IS-ISB", Always),
    ];

    public static IReadOnlyList<DemoService> Services { get; } =
    [
        new("girls-home", "shelter", new("Safe home for girls", "بچیوں کی محفوظ رہائش", "safe_shelter", DayAndNight, true, MinAge: 0, MaxAge: 17, Sex: "female",
            Languages: ["urd", "pnb"], Accessibility: ["step_free"], Constraints: ["female_staff", "with_siblings"], Coverage: ["PK"], Accreditation: "licensed_shelter"), "girls"),
        new("refuge", "refuge", new("Refuge for women and girls", "خواتین اور بچیوں کی پناہ گاہ", "safe_shelter", DayAndNight, true, MinAge: 0, Sex: "female",
            Languages: ["urd", "pnb"], Constraints: ["female_staff", "with_children"], Coverage: ["PK-PB"], Accreditation: "government_body"), IsSpare: true),
        new("boys-home", "boys", new("Safe home for boys", "بچوں کی محفوظ رہائش", "safe_shelter", DayAndNight, true, MinAge: 5, MaxAge: 17, Sex: "male",
            Languages: ["urd", "snd"], Constraints: ["with_siblings", "interpreter"], Coverage: ["PK"], Accreditation: "licensed_shelter"), "boys"),
        new("emergency-ward", "hospital", new("Emergency ward", "ایمرجنسی وارڈ", "medical_care", DayAndNight, true,
            Languages: ["urd", "pnb"], Accessibility: ["step_free"], Constraints: ["female_staff", "wheelchair", "interpreter"], Coverage: ["PK-PB", "PK-KP", "PK-IS"],
            Accreditation: "health_facility_licence")),
        new("counselling", "hospital", new("Counselling for children and families", "بچوں اور خاندانوں کی نفسیاتی مدد", "mental_health_psychosocial", OfficeHours, false,
            Languages: ["urd", "pnb"], Accessibility: ["step_free", "quiet_room"], Constraints: ["female_staff"], Coverage: ["PK-PB", "PK-KP", "PK-IS"])),
        new("lawyers", "legal", new("Lawyers free of charge", "مفت وکیل", "legal_aid", OfficeHours, false,
            Languages: ["urd", "snd", "eng"], Constraints: ["female_staff", "interpreter"], Coverage: ["PK"], Accreditation: "legal_aid_panel")),
        new("case-work", "bureau", new("Child protection case work", "بچوں کے تحفظ کا کیس ورک", "child_protection_case_management", OfficeHours, true, MinAge: 0, MaxAge: 17,
            Languages: ["urd", "pnb"], Constraints: ["female_staff"], Coverage: ["PK-PB"], Accreditation: "government_body")),
        new("tracing", "bureau", new("Family tracing", "خاندان کی تلاش", "family_tracing_reunification", OfficeHours, false, MinAge: 0, MaxAge: 17,
            Languages: ["urd", "pnb"], Coverage: ["PK"], Accreditation: "government_body")),
        new("release", "labour", new("Release from debt bondage", "قرض کی غلامی سے رہائی", "bonded_debt_release", OfficeHours, false,
            Languages: ["urd", "snd", "mki"], Constraints: ["female_staff"], Coverage: ["PK-SD"], Accreditation: "government_body")),
        new("wages", "labour", new("Recovery of unpaid wages", "غیر ادا شدہ اجرت کی وصولی", "wage_recovery_compensation", OfficeHours, false,
            Languages: ["urd", "snd", "mki"], Coverage: ["PK"], Accreditation: "government_body")),
        new("school", "ngo", new("Bridge school", "عبوری اسکول", "non_formal_education", OfficeHours, false, MinAge: 5, MaxAge: 17,
            Languages: ["urd", "pus"], Constraints: ["female_staff", "with_siblings"], Coverage: ["PK"], Accreditation: "registered_ngo")),
        new("skills", "ngo", new("Skills and a first wage", "ہنر اور پہلی اجرت", "vocational_training", OfficeHours, false, MinAge: 14,
            Languages: ["urd", "pus", "hno"], Coverage: ["PK-KP", "PK-IS", "PK-PB"], Accreditation: "registered_ngo")),
    ];

    public static IReadOnlyList<DemoWorker> Workers { get; } =
    [
        new("officer@police.example", "police-kasur", "caseworker", "Officer Kasur", "Police officer, Kasur", "پولیس افسر، قصور"),
        new("desk@shelter.example", "shelter", "provider_staff", "Desk Girls' Home", "Shelter desk, girls", "پناہ گاہ ڈیسک، بچیاں"),
        new("inspector@police.example", "police-kasur", "supervisor", "Inspector Kasur", "Police supervisor, Kasur", "پولیس نگران، قصور"),
        new("faisalabad@police.example", "police-faisalabad", "caseworker", "Officer Faisalabad", "Police officer, Faisalabad", "پولیس افسر، فیصل آباد"),
        new("chief@police.example", "police", "supervisor", "Chief of Police", "Police supervisor, province", "پولیس نگران، صوبہ"),
        new("admin@police.example", "police", "agency_admin", "Police Administrator", "Police administrator", "پولیس منتظم"),
        new("officer@bureau.example", "bureau", "caseworker", "Bureau Officer", "Child protection officer", "تحفظ اطفال افسر"),
        new("desk@bureau.example", "bureau", "provider_staff", "Bureau Desk", "Child protection desk", "تحفظ اطفال ڈیسک"),
        new("supervisor@bureau.example", "bureau", "supervisor", "Bureau Supervisor", "Child protection supervisor", "تحفظ اطفال نگران"),
        new("inspector@labour.example", "labour", "caseworker", "Labour Inspector", "Labour inspector", "لیبر انسپکٹر"),
        new("desk@labour.example", "labour", "provider_staff", "Labour Desk", "Labour desk", "محکمہ محنت ڈیسک"),
        new("supervisor@labour.example", "labour", "supervisor", "Labour Supervisor", "Labour supervisor", "محکمہ محنت نگران"),
        new("worker@ngo.example", "ngo", "caseworker", "Trust Worker", "NGO worker", "این جی او کارکن"),
        new("desk@ngo.example", "ngo", "provider_staff", "Trust Desk", "NGO desk", "این جی او ڈیسک"),
        new("supervisor@ngo.example", "ngo", "supervisor", "Trust Supervisor", "NGO supervisor", "این جی او نگران"),
        new("manager@shelter.example", "shelter", "supervisor", "Manager Girls' Home", "Shelter manager, girls", "پناہ گاہ منیجر، بچیاں"),
        new("desk@refuge.example", "refuge", "provider_staff", "Refuge Desk", "Refuge desk, women and girls", "پناہ گاہ ڈیسک، خواتین و بچیاں"),
        new("desk@boys.example", "boys", "provider_staff", "Desk Boys' Home", "Shelter desk, boys", "پناہ گاہ ڈیسک، بچے"),
        new("manager@boys.example", "boys", "supervisor", "Manager Boys' Home", "Shelter manager, boys", "پناہ گاہ منیجر، بچے"),
        new("desk@hospital.example", "hospital", "provider_staff", "Hospital Desk", "Hospital desk", "ہسپتال ڈیسک"),
        new("doctor@hospital.example", "hospital", "provider_staff supervisor", "Hospital Doctor", "Hospital doctor", "ہسپتال ڈاکٹر"),
        new("lawyer@legal.example", "legal", "provider_staff caseworker", "Legal Aid Lawyer", "Legal aid lawyer", "قانونی امداد وکیل"),
        new("operator@helpline.example", "helpline", "intake_operator", "Helpline Operator", "Helpline operator", "ہیلپ لائن آپریٹر"),
        new("supervisor@helpline.example", "helpline", "supervisor", "Helpline Supervisor", "Helpline supervisor", "ہیلپ لائن نگران"),
        new("protection@office.example", "office", "protection_officer", "National Protection Officer", "National protection officer", "قومی تحفظ افسر"),
        new("coordinator@office.example", "office", "national_coordinator", "National Coordinator", "National coordinator", "قومی رابطہ کار"),
        new("auditor@office.example", "office", "auditor", "National Auditor", "Auditor", "آڈیٹر"),
        new("admin@office.example", "office", "system_admin", "System Administrator", "System administrator", "نظام کا منتظم"),
    ];

    public static IReadOnlyList<DemoClient> Clients { get; } =
    [
        new("demo-police", "demo-police-secret", "police", "Police records system",
            ["directory.read", "victims.read", "victims.write", "bases.write", "referrals.read", "referrals.write"]),
        new("demo-shelter", "demo-shelter-secret", "shelter", "Shelter register",
            ["directory.read", "capacity.write", "victims.read", "referrals.read", "referrals.write"]),
    ];

    public static Guid IdOf(string agency) => ReferenceData.IdOf("demo-agency", agency);

    /// <summary>Who answers for an agency that offers services.</summary>
    public static DemoWorker DeskOf(string agency) => Workers.First(worker => worker.Agency == agency && worker.Roles.Contains("provider_staff", StringComparison.Ordinal));

    /// <summary>Of the agency itself, or of the one above it.</summary>
    public static DemoWorker SupervisorOf(string agency) =>
        Workers.FirstOrDefault(worker => worker.Agency == agency && worker.Roles.Contains("supervisor", StringComparison.Ordinal))
        ?? SupervisorOf(Agencies.First(one => one.Key == agency).Parent ?? throw new InvalidOperationException($"Nobody supervises {agency}."));

    private static IEnumerable<OpeningStretch> Days(params string[] days) => days.Select(day => new OpeningStretch("09:00", "17:00", day));
}
