using CsCheck;

namespace NationalReferral.Tests;

public sealed class CoverageTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly Guid Shelter = new("22222222-0000-0000-0000-000000000002");
    private static readonly Guid ShelterUnit = new("22222222-0000-0000-0000-000000000022");
    private static readonly Guid Hospital = new("33333333-0000-0000-0000-000000000003");
    private static readonly Guid Screening = new("44444444-0000-0000-0000-000000000004");

    private static readonly Recipient TheShelter = new(ShelterUnit, "shelter", "PK-PB-KSR", "PK-PB", [new(ShelterUnit, "shelter"), new(Shelter, "ngo")]);
    private static readonly Recipient TheHospital = new(Hospital, "health", "PK-SD-KHE", "PK-SD", [new(Hospital, "health")]);

    private static readonly Piece TheMinimum = new(Piece.Minimum);

    private static readonly Consent ToTheShelter = new()
    {
        Relation = "mother",
        GivenBy = "Her mother",
        Capacity = "guardian_with_assent",
        Form = "thumb_print",
        Language = "pnb",
        ScriptVersion = "2026-1",
        GivenAt = Now.AddHours(-1),
        Extent = new()
        {
            Groups = [DataGroup.Identity, DataGroup.Health],
            Records = [Screening],
            Purposes = ["provide_service"],
            Agencies = [Shelter],
        },
    };

    [TestCase("minimum", null)]
    [TestCase("identity", null)]
    [TestCase("health", null)]
    [TestCase("contact", "group_not_covered")]
    [TestCase("protection", "group_not_covered", Description = "only one item of it was named")]
    public void A_named_agency_and_its_units_are_given_what_was_named(string group, string? why)
    {
        Assert.That(WhyNot(ToTheShelter, TheShelter, group), Is.EqualTo(why));
    }

    [Test]
    public void One_item_opens_alone()
    {
        var covered = Coverage.Of([Live(ToTheShelter)], TheShelter, "provide_service", [new("protection", Screening), new("protection", Hospital)], Now);

        Assert.That(covered.Select(c => c.IsCovered), Is.EqualTo(new[] { true, false }));
    }

    [Test]
    public void Another_agency_another_purpose_or_another_time_is_not_covered()
    {
        var basis = Live(ToTheShelter) with { ValidTo = Now.AddDays(1) };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Holds(basis, TheHospital, "provide_service", Now), Is.False);
            Assert.That(Holds(basis, TheShelter, "statistics", Now), Is.False);
            Assert.That(Holds(basis, TheShelter, "provide_service", Now.AddDays(1)), Is.False);
            Assert.That(Holds(basis, TheShelter, "provide_service", basis.ValidFrom.AddTicks(-1)), Is.False);
            Assert.That(Holds(basis, TheShelter, "provide_service", Now));
        }
    }

    [Test]
    public void Only_an_active_basis_opens([Values] BasisStatus status)
    {
        Assert.That(Holds(Live(ToTheShelter) with { Status = status }, TheShelter, "provide_service", Now), Is.EqualTo(status == BasisStatus.Active));
    }

    [TestCase("PK-PB-KSR", true)]
    [TestCase("PK-PB", true, Description = "a province stands for its districts")]
    [TestCase("PK-PB-KS", false)]
    [TestCase("PK-SD-KHE", false)]
    public void A_kind_of_agency_is_covered_where_it_was_named(string district, bool holds)
    {
        var consent = ToTheShelter with { Extent = ToTheShelter.Extent with { Agencies = [], Kinds = ["shelter"], Districts = [district] } };

        Assert.That(WhyNot(consent, TheShelter, "identity"), Is.EqualTo(holds ? null : "other_recipient"));
    }

    [Test]
    public void An_agency_above_does_not_lend_its_kind()
    {
        Assert.That(WhyNot(ToTheShelter with { Extent = ToTheShelter.Extent with { Agencies = [], Kinds = ["ngo"], Districts = ["PK-PB"] } }, TheShelter, "identity"), Is.EqualTo("other_recipient"));
    }

    [Test]
    public void A_restricted_item_opens_only_when_it_is_named()
    {
        var health = new Piece("health", Hospital);

        var covered = Coverage.Of([Live(ToTheShelter)], TheShelter, "provide_service", [health, health with { IsRestricted = true }, new("health", Screening, true)], Now);

        Assert.That(covered.Select(c => c.IsCovered), Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public void Hiding_wins_over_every_basis()
    {
        Consent[] hiding =
        [
            ToTheShelter with { Extent = ToTheShelter.Extent with { HideFromAgencies = [Shelter] } },
            ToTheShelter with { Extent = ToTheShelter.Extent with { HideFromKinds = ["ngo"] } },
            ToTheShelter with { Extent = ToTheShelter.Extent with { Agencies = [Hospital], HideFromKinds = ["shelter"] } },
        ];

        foreach (var hide in hiding)
        {
            var covered = Coverage.Of([Live(ToTheShelter), Live(hide)], TheShelter, "provide_service", [TheMinimum], Now);

            Assert.That(covered.Single().Why, Is.EqualTo("hidden_from"));
        }
    }

    [Test]
    public void The_basis_that_lasts_longest_is_named()
    {
        var forAWeek = Live(ToTheShelter) with { ValidTo = Now.AddDays(7) };
        var openEnd = Live(ToTheShelter);

        var covered = Coverage.Of([forAWeek, openEnd], TheShelter, "provide_service", [TheMinimum], Now).Single();

        Assert.That(covered, Has.Property(nameof(Covered.BasisId)).EqualTo(openEnd.Id).And.Property(nameof(Covered.ToAt)).Null);
    }

    [Test]
    public void A_further_allowance_never_closes_anything_and_hiding_never_opens_anything()
    {
        var anyConsent =
            from groups in Gen.Enum<DataGroup>().List[0, 4]
            from purpose in Gen.OneOf(Gen.Const("provide_service"), Gen.Const("emergency"))
            from agencies in Gen.OneOf(Gen.Const(Shelter), Gen.Const(Hospital)).List[0, 2]
            from kinds in Gen.OneOf(Gen.Const("shelter"), Gen.Const("health")).List[0, 2]
            select ToTheShelter with { Extent = ToTheShelter.Extent with { Groups = groups, Purposes = [purpose], Agencies = agencies, Kinds = kinds, Districts = ["PK-PB"] } };

        Gen.Select(anyConsent.List[0, 3], anyConsent, Gen.Bool).Sample((consents, further, hides) =>
        {
            Piece[] everything = [TheMinimum, .. Codes.All<DataGroup>().Select(group => new Piece(group)), new("protection", Screening)];
            Basis[] before = [.. consents.Select(Live)];
            var last = hides ? ToTheShelter with { Extent = ToTheShelter.Extent with { Agencies = [], HideFromAgencies = [Shelter] } } : further;
            foreach (var recipient in new[] { TheShelter, TheHospital })
            {
                var was = Coverage.Of(before, recipient, "provide_service", everything, Now);
                var now = Coverage.Of([.. before, Live(last)], recipient, "provide_service", everything, Now);
                if (was.Zip(now).Any(pair => hides ? pair.Second.IsCovered && !pair.First.IsCovered : pair.First.IsCovered && !pair.Second.IsCovered))
                {
                    return false;
                }
            }
            return true;
        });
    }

    private static Basis Live(Consent consent) => consent.AsBasis(Guid.CreateVersion7());

    private static bool Holds(Basis basis, Recipient recipient, string purpose, DateTimeOffset at) =>
        Coverage.Of([basis], recipient, purpose, [TheMinimum], at).Single().IsCovered;

    private static string? WhyNot(Consent consent, Recipient recipient, string group) =>
        Coverage.Of([Live(consent)], recipient, "provide_service", [new(group)], Now).Single().Why;
}
