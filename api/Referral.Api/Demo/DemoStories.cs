using Bogus;

namespace NationalReferral;

/// <summary>Invents what happened to the victims of the demo country: the same for the same number and the same day.</summary>
internal sealed class DemoStories(DateTimeOffset now)
{
    private const int Seed = 20_261_124;

    /// <summary>From this number on victims have fewer documents: they are there to be many.</summary>
    private const int FewerDocumentsFrom = 1000;

    private const int Days = 60;

    private static readonly (string Worker, string[] Districts, string Language)[] Desks =
    [
        ("officer@police.example", ["PK-PB-KSR", "PK-PB-OKR"], "pnb"),
        ("officer@bureau.example", ["PK-PB-LHR", "PK-PB-SKP", "PK-PB-KSR"], "pnb"),
        ("faisalabad@police.example", ["PK-PB-FSD", "PK-PB-JHG", "PK-PB-CNT"], "pnb"),
        ("inspector@labour.example", ["PK-SD-HYD", "PK-SD-TPK", "PK-SD-BDN", "PK-SD-KHS"], "snd"),
        ("worker@ngo.example", ["PK-KP-PEW", "PK-KP-NWS", "PK-KP-SWT", "PK-IS-ISB"], "pus"),
    ];

    // Drawn from in turn, so that every state is there even in a small country.
    private static readonly ReferralState?[] Ends =
    [
        ReferralState.Completed, ReferralState.Submitted, ReferralState.InService, null, ReferralState.Accepted, ReferralState.Acknowledged,
        ReferralState.Completed, ReferralState.Declined, ReferralState.Draft, ReferralState.InfoRequested, ReferralState.InService, null,
        ReferralState.Cancelled, ReferralState.Submitted, ReferralState.Completed, ReferralState.Withdrawn, ReferralState.Accepted, null,
        ReferralState.Expired, ReferralState.Acknowledged, ReferralState.InService, ReferralState.Completed, null,
        ReferralState.NoShow, ReferralState.OnHold, ReferralState.CancelRequested, ReferralState.EndedEarly, ReferralState.EnteredInError,
    ];

    private readonly DemoNames _names = new();

    public DemoStory Of(int number)
    {
        var random = new Randomizer(Seed + number);
        var desk = Desks[number % Desks.Length];
        var worker = DemoWorld.Workers.First(w => w.Email == desk.Worker);
        var person = PersonOf(random);
        var district = random.ArrayElement(desk.Districts);
        var finding = random.ArrayElement(DemoFinding.All.Where(one => one.Fits(person.Sex)).ToArray());
        var inUrdu = number % 2 == 0;
        var text = inUrdu ? finding.TextUr : finding.TextEn;
        var end = Ends[number % Ends.Length];
        var journeyAt = BeginningOf(end, number, random);
        var openedAt = journeyAt.AddMinutes(-random.Int(50, 600));
        var service = ServiceFor(person, worker.Agency, random);
        var urgency = UrgencyOf(end, random);
        return new DemoStory
        {
            Worker = worker,
            OpenedAt = openedAt,
            Draft = new VictimDraft(
                new FoundDraft(district, inUrdu ? finding.PlaceUr : finding.PlaceEn, openedAt.AddMinutes(-random.Int(20, 300))), person.Sex,
                person.HasPapers ? new AgeDraft(DocumentedOn: BirthdayOf(person, openedAt), Evidence: person.Age < 18 ? "b_form_crc" : "identity_card")
                    : new AgeDraft(Years: person.Age, Evidence: person.Age < 18 ? "appearance" : "statement"),
                Identification: random.ArrayElement(["presumed", "presumed", "confirmed"]),
                Languages: ["urd", desk.Language],
                Name: person.Name,
                Note: text),
            Papers = number < FewerDocumentsFrom ? PapersOf(person, district, desk.Language, openedAt, random) : null,
            Incident = new Item(
                Types: [finding.Type], Means: [finding.Means], Industry: finding.Industry, PlaceKind: finding.PlaceKind, District: district,
                From: Karachi.DateOf(openedAt).AddDays(-random.Int(60, 700)), To: Karachi.DateOf(openedAt).AddDays(-random.Int(5, 40)), Text: text),
            Need = new NeedDraft(service.Draft.Category, urgency, Constraints: person.Sex == "female" && random.Bool(0.3f) ? ["female_staff"] : []),
            Consent = end is null && random.Bool(0.4f) ? null : ConsentOf(person, service, desk.Language, isRefused: end is null, random),
            Journey = end is { } state ? JourneyOf(state, service, urgency, person, journeyAt, random) : null,
        };
    }

    private static DateOnly BirthdayOf(Person person, DateTimeOffset at) => Karachi.DateOf(at).AddYears(-person.Age).AddDays(-person.DaysSinceBirthday);

    private Person PersonOf(Randomizer random)
    {
        var isFemale = random.Bool(0.6f);
        var age = random.Bool(0.8f) ? random.Int(5, 17) : random.Int(23, 45);
        return new Person(
            isFemale ? "female" : "male", age, random.Int(1, 300), random.Bool(0.35f), isFemale ? _names.Girl(random) : _names.Boy(random), _names.Boy(random), _names.Girl(random));
    }

    private static DemoService ServiceFor(Person person, string sender, Randomizer random)
    {
        var fitting = DemoWorld.Services.Where(service => service.Agency != sender && service.Takes(person.Sex, person.Age)).ToArray();
        return random.ArrayElement(fitting);
    }

    /// <summary>Deadlines that still run began a short while ago; a few ran out on purpose.</summary>
    private DateTimeOffset BeginningOf(ReferralState? end, int number, Randomizer random)
    {
        var at = end switch
        {
            ReferralState.Submitted or ReferralState.Acknowledged or ReferralState.InfoRequested =>
                number % 50 == 1 ? now.AddDays(-20) : now.AddMinutes(-random.Int(45, 11 * 60)),
            ReferralState.Draft => now.AddMinutes(-random.Int(30, 4 * 24 * 60)),
            ReferralState.Accepted or ReferralState.OnHold => now.AddMinutes(-random.Int(8 * 60, 5 * 24 * 60)),
            ReferralState.NoShow or ReferralState.CancelRequested => now.AddMinutes(-random.Int(14 * 60, 30 * 60)),
            ReferralState.InService => now.AddMinutes(-random.Int(3 * 24 * 60, 13 * 24 * 60)),
            _ => now.AddMinutes(-random.Int(4 * 24 * 60, Days * 24 * 60)),
        };
        return at;
    }

    private static string UrgencyOf(ReferralState? end, Randomizer random) => end switch
    {
        // One whose deadline runs out soon would not be waiting for long.
        ReferralState.Submitted or ReferralState.Acknowledged or ReferralState.InfoRequested => random.ArrayElement(["high", "medium", "medium", "low"]),
        ReferralState.Expired => "high",
        ReferralState.Accepted or ReferralState.InService or ReferralState.OnHold or ReferralState.NoShow or ReferralState.CancelRequested =>
            random.ArrayElement(["medium", "medium", "low"]),
        _ => random.ArrayElement(["emergency", "high", "high", "medium", "low"]),
    };

    private static DemoPapers PapersOf(Person person, string district, string language, DateTimeOffset at, Randomizer random)
    {
        var own = DemoNames.Phone(random);
        var mayRing = random.Bool();
        return new DemoPapers(
            new IdentityRecord(
                person.Name, person.Father, NationalId: person.HasPapers ? DemoNames.NationalId(random) : null,
                NationalIdKind: !person.HasPapers ? null : person.Age < 18 ? "b_form_crc" : "identity_card",
                Birth: person.HasPapers
                    ? new Birth(On: BirthdayOf(person, at), AsOf: Karachi.DateOf(at), Evidence: person.Age < 18 ? "b_form_crc" : "identity_card")
                    : new Birth(Years: person.Age, AsOf: Karachi.DateOf(at), Evidence: person.Age < 18 ? "appearance" : "statement"),
                Nationality: "PK"),
            new ContactRecord(
                [new Phone(own, mayRing, "mother", When: "after six in the evening", AskFor: person.Mother.Latin, NeverSay: mayRing ? null : "Never say where you call from.")],
                $"House {random.Int(1, 400)}, Street {random.Int(1, 40)}", district,
                new SafeContactRules(mayRing, Message: false, Visit: random.Bool(0.2f), Times: "weekdays, morning", Language: language)),
            new DemographicsRecord(
                ["urd", language], Schooling: random.ArrayElement(["none", "class 2", "class 5", "left school"]),
                MaritalStatus: person.Age < 18 ? null : random.ArrayElement(["unmarried", "married", "widowed"])),
            random.Bool(0.5f)
                ? new HealthRecord(
                    [new Difficulty(random.ArrayElement(["seeing", "hearing", "walking"]), random.ArrayElement(["no_difficulty", "some_difficulty"]))],
                    UrgentNotes: random.ArrayElement(["Burns on one hand.", "Cough for some weeks.", "Very thin.", "Nothing urgent."]))
                : null,
            new Item(Indicators: [.. random.ArrayElements(["child_works_underage", "child_out_of_school", "debt_bondage", "withholding_of_wages", "restriction_of_movement", "isolation"], 3)]));
    }

    private static BasisDraft ConsentOf(Person person, DemoService service, string language, bool isRefused, Randomizer random)
    {
        var speaksForHerself = person.Age >= 14;
        var relation = speaksForHerself ? "self" : random.ArrayElement(["mother", "father", "grandmother"]);
        var giver = relation == "father" ? person.Father.Latin : person.Mother.Latin;
        return new BasisDraft(
            "consent",
            new GivenBy(relation, relation == "self" ? null : giver),
            person.Age >= 18 ? "self" : speaksForHerself ? "self_mature_child" : "guardian_with_assent",
            random.ArrayElement(["signed", "thumb_print", "thumb_print", "verbal_recorded"]),
            isRefused ? [] : [Piece.Minimum, "identity", "contact", "demographics", "health", "protection"],
            isRefused ? [] : ["provide_service"],
            isRefused ? new RecipientsDraft() : new RecipientsDraft([DemoWorld.IdOf(service.Agency)]),
            language, "2026-1", Refused: isRefused);
    }

    private static bool WasAccepted(ReferralState end) => end is ReferralState.Accepted or ReferralState.InService or ReferralState.Completed
        or ReferralState.Withdrawn or ReferralState.NoShow or ReferralState.OnHold or ReferralState.CancelRequested or ReferralState.EndedEarly;

    private DemoJourney JourneyOf(ReferralState end, DemoService service, string urgency, Person person, DateTimeOffset at, Randomizer random)
    {
        var moves = new List<DemoMove>();
        if (end != ReferralState.Draft)
        {
            Add(ReferralAction.Submit, 5);
        }
        if (end is ReferralState.Cancelled)
        {
            Add(ReferralAction.Cancel, random.Int(10, 50), new Given { Reason = random.ArrayElement(["no_longer_needed", "served_elsewhere", "person_moved"]) });
        }
        if (end is ReferralState.Expired)
        {
            Add(ReferralAction.Expire, (24 * 60) + 6);
        }
        if (end is not (ReferralState.Draft or ReferralState.Submitted or ReferralState.Cancelled or ReferralState.Expired))
        {
            Add(ReferralAction.Acknowledge, random.Int(4, 20));
        }
        switch (end)
        {
            case ReferralState.InfoRequested:
                Add(ReferralAction.RequestInfo, 5, new Given { Question = "Can she travel tonight, and with whom?" });
                break;
            case ReferralState.Declined:
                Add(ReferralAction.Decline, random.Int(10, 100), new Given { Reason = random.ArrayElement(["no_capacity", "out_of_area", "needs_specialised_care", "no_staff"]) });
                break;
            case ReferralState.EnteredInError:
                Add(ReferralAction.EnterInError, random.Int(10, 100), new Given { Reason = random.ArrayElement(["duplicate", "wrong_service"]) });
                break;
            case var accepted when WasAccepted(accepted):
                if (random.Bool(0.15f))
                {
                    Add(ReferralAction.RequestInfo, 5, new Given { Question = "Which language does the interpreter need?" });
                    Add(ReferralAction.AnswerInfo, 15, new Given { Answer = "Urdu is enough." });
                }
                Add(ReferralAction.Accept, random.Int(10, 100), new Given { Population = service.Population });
                break;
        }
        switch (end)
        {
            case ReferralState.InService or ReferralState.Completed or ReferralState.EndedEarly:
                Add(ReferralAction.Arrive, random.Int(120, 1200));
                break;
            case ReferralState.NoShow:
                Add(ReferralAction.ReportNoShow, random.Int(60, 300), new Given { Reason = "no_transport", Waited = "The night warden waited until eleven." });
                break;
            case ReferralState.OnHold:
                Add(ReferralAction.Hold, random.Int(30, 200), new Given { Reason = random.ArrayElement(["awaiting_documents", "travel_or_security"]), ReviewAt = now.AddDays(3) });
                break;
            case ReferralState.CancelRequested:
                Add(ReferralAction.RequestCancel, random.Int(30, 200), new Given { Reason = "served_elsewhere" });
                break;
        }
        if (end is ReferralState.EndedEarly)
        {
            Add(ReferralAction.EndEarly, random.Int(600, 2 * 24 * 60), new Given { Reason = random.ArrayElement(["placement_broke_down", "left_by_choice"]) });
        }
        if (end is ReferralState.Completed)
        {
            Add(ReferralAction.Complete, random.Int(600, 2 * 24 * 60), new Given { Outcome = random.ArrayElement(["need_met", "need_met", "need_partly_met", "referred_onward"]), Note = "Done as agreed." });
        }
        if (end is ReferralState.Withdrawn)
        {
            Add(ReferralAction.Withdraw, random.Int(200, 2000), new Given { Reason = person.Age >= 14 ? "person_withdrew" : "guardian_withdrew" });
        }
        return new DemoJourney(
            service, at, ["identity", "contact", .. service.Draft.Category is "medical_care" or "mental_health_psychosocial" ? ["health"] : Array.Empty<string>()],
            random.Bool(0.4f), random.Bool(0.3f) ? "Please ring the desk before she comes." : null, moves);

        void Add(ReferralAction action, int minutesLater, Given? given = null)
        {
            var before = moves.Count == 0 ? at : moves[^1].At;
            var then = before.AddMinutes(minutesLater);
            given ??= Given.Nothing;
            moves.Add(new DemoMove(action, then, action == ReferralAction.Arrive ? given with { At = then.AddMinutes(-4) } : given));
        }
    }

    private sealed record Person(string Sex, int Age, int DaysSinceBirthday, bool HasPapers, NameDraft Name, NameDraft Father, NameDraft Mother);
}
