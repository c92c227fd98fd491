using CsCheck;

namespace NationalReferral.Tests;

public sealed class MatchingTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly GeoPoint Kasur = new(31.12, 74.45);
    private static readonly GeoPoint Lahore = new(31.55, 74.34);
    private static readonly GeoPoint Karachi = new(24.86, 67.01);

    private static readonly Sought Girl = new()
    {
        Category = "safe_shelter",
        Urgency = Urgency.High,
        Age = (8, 12),
        AsChild = true,
        Sex = "female",
        Languages = ["pnb"],
        District = "PK-PB-KSR",
        Province = "PK-PB",
        Near = Kasur,
        SenderUnit = new("11111111-0000-0000-0000-000000000001"),
    };

    private static readonly Candidate Shelter = new()
    {
        ServiceId = new("22222222-0000-0000-0000-000000000002"),
        AgencyId = new("22222222-0000-0000-0000-000000000003"),
        Category = "safe_shelter",
        MinAge = 6,
        MaxAge = 17,
        Sex = "female",
        Languages = ["urd", "pnb"],
        District = "PK-PB-LHR",
        Province = "PK-PB",
        Location = Lahore,
        Hours = OpeningHours.DayAndNight,
        Places = [new("girls", 3, Now.AddHours(-2))],
        AccreditedTo = new(2027, 1, 1),
        IsCovered = true,
    };

    [Test]
    public void A_service_that_fits_says_why()
    {
        var match = Matching.Rank(Girl, [Shelter], Now).Matches.Single();

        Assert.That(match.Reasons, Is.EqualTo(new[]
        {
            MatchReason.Covered, MatchReason.FreePlace, MatchReason.OpenNow, MatchReason.SpeaksHerLanguage, MatchReason.Accredited,
        }));
        Assert.That(match, Has.Property(nameof(Proposal.Free)).EqualTo(3).And.Property(nameof(Proposal.DistanceKm)).EqualTo(48.9).Within(0.5));
    }

    [Test]
    public void Places_that_were_doubted_since_stand_behind_places_that_were_not()
    {
        var far = Shelter with { ServiceId = new("22222222-0000-0000-0000-000000000004"), District = "PK-PB-MUL", Location = Karachi };
        var doubted = Shelter with { Places = [new("girls", 3, Now.AddHours(-2), IsDoubted: true)], IsQuestioned = true };

        var matches = Matching.Rank(Girl, [doubted, far], Now).Matches;

        Assert.That(matches[0].Candidate.ServiceId, Is.EqualTo(far.ServiceId));
        Assert.That(matches[1].Reasons, Does.Contain(MatchReason.PlacesDoubted).And.Contain(MatchReason.EligibilityQuestioned));
    }

    [TestCaseSource(nameof(Unfit))]
    public void A_service_that_does_not_fit_says_why((Exclusion Expected, Sought Sought, Candidate Candidate) unfit)
    {
        var (matches, excluded) = Matching.Rank(unfit.Sought, [unfit.Candidate], Now);

        Assert.That(matches, Is.Empty);
        Assert.That(excluded.Single().Reasons, Is.EqualTo(new[] { unfit.Expected }));
    }

    [Test]
    public void Every_exclusion_has_a_case()
    {
        Assert.That(Unfit().Select(u => u.Item1).Distinct(), Is.EquivalentTo(Enum.GetValues<Exclusion>()));
    }

    [TestCaseSource(nameof(Fit))]
    public void Nothing_excludes_without_need((Sought Sought, Candidate Candidate) fit)
    {
        Assert.That(Exclusions.Of(fit.Sought, fit.Candidate, Now), Is.Empty);
    }

    [Test]
    public void No_basis_is_a_warning_and_stands_last()
    {
        var nearer = Shelter with { ServiceId = Guid.CreateVersion7(), District = "PK-PB-KSR", Location = Kasur, IsCovered = false };

        var matches = Matching.Rank(Girl, [nearer, Shelter], Now).Matches;

        Assert.That(matches.Select(m => m.Candidate), Is.EqualTo(new[] { Shelter, nearer }));
        Assert.That(matches[1].Reasons, Does.Contain(MatchReason.NoBasis));
    }

    [TestCaseSource(nameof(Better))]
    public void The_better_one_stands_first((Candidate First, Candidate Second) pair)
    {
        var matches = Matching.Rank(Girl, [pair.Second, pair.First], Now).Matches;

        Assert.That(matches.Select(m => m.Candidate), Is.EqualTo(new[] { pair.First, pair.Second }));
        Assert.That(matches.Select(m => m.Rank), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void A_confidential_place_shows_neither_distance_nor_district_and_is_still_kept_from_home()
    {
        var hidden = Shelter with { District = "PK-PB-KSR", IsConfidential = true };

        var match = Matching.Rank(Girl, [hidden], Now).Matches.Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(match.DistanceKm, Is.Null);
            Assert.That(match.Reasons, Does.Not.Contain(MatchReason.SameDistrict));
            Assert.That(Exclusions.Of(Girl with { Constraints = ["not_near_home"] }, hidden, Now), Is.EqualTo(new[] { Exclusion.NearHome }));
        }
    }

    [Test]
    public void The_order_does_not_depend_on_the_order_of_asking() =>
        Gen.Select(Gen.Int[0, 5], Gen.Bool, Gen.Bool, Gen.Int[0, 40]).List[1, 12].Sample(specs =>
        {
            Candidate[] candidates =
            [
                .. specs.Select((spec, i) => Shelter with
                {
                    ServiceId = new Guid(i + 1, 0, 0, new byte[8]),
                    Places = [new("girls", spec.Item1, Now.AddHours(-spec.Item4))],
                    IsCovered = spec.Item2,
                    Location = spec.Item3 ? Karachi : Lahore,
                }),
            ];

            var one = Matching.Rank(Girl, candidates, Now);
            var two = Matching.Rank(Girl, candidates.Reverse(), Now);

            return one.Matches.Select(m => m.Candidate.ServiceId).SequenceEqual(two.Matches.Select(m => m.Candidate.ServiceId))
                && one.Matches.Count + one.Excluded.Count == candidates.Length
                && one.Matches.All(m => m.Free > 0);
        });

    [TestCase("female", true, false, "girls")]
    [TestCase("female", false, true, "women_with_children")]
    [TestCase("male", false, false, "men")]
    [TestCase("transgender", true, false, "transgender_persons")]
    [TestCase("not_known", true, false, "girls")]
    public void Populations_follow_sex_and_protection(string sex, bool asChild, bool withChildren, string population)
    {
        Assert.That(Populations.For(sex, asChild, withChildren), Does.Contain(population).And.Contain("any"));
        Assert.That(asChild && Populations.For(sex, asChild, withChildren).Intersect(["women", "men"]).Any(), Is.False);
    }

    [Test]
    public void Distance_is_symmetric_and_right()
    {
        Assert.That(Lahore.DistanceTo(Karachi), Is.EqualTo(1034).Within(2));
        Assert.That(Karachi.DistanceTo(Lahore), Is.EqualTo(Lahore.DistanceTo(Karachi)).Within(1e-9));
        Assert.That(Lahore.DistanceTo(Lahore), Is.Zero);
    }

    private static IEnumerable<(Exclusion, Sought, Candidate)> Unfit() =>
    [
        (Exclusion.OtherCategory, Girl, Shelter with { Category = "legal_aid" }),
        (Exclusion.NotAvailable, Girl, Shelter with { IsActive = false }),
        (Exclusion.NotAvailable, Girl, Shelter with { IsBlocked = true }),
        (Exclusion.OwnUnit, Girl, Shelter with { AgencyId = Girl.SenderUnit }),
        (Exclusion.NotAssured, Girl, Shelter with { AccreditedTo = new(2026, 3, 1) }),
        (Exclusion.AgeOutside, Girl with { Age = (13, 15) }, Shelter with { MaxAge = 12 }),
        (Exclusion.AgeOutside, Girl with { Age = null }, Shelter with { MinAge = 18, MaxAge = null }),
        (Exclusion.AgeOutside, Girl with { Age = (17, 21) }, Shelter with { MinAge = 18, MaxAge = null }),
        (Exclusion.SexNotServed, Girl, Shelter with { Sex = "male" }),
        (Exclusion.DistrictNotCovered, Girl, Shelter with { Coverage = ["PK-PB-LHR"] }),
        (Exclusion.DistrictNotCovered, Girl, Shelter with { District = "PK-SD-KHE", Province = "PK-SD" }),
        (Exclusion.NoFemaleStaff, Girl with { Constraints = ["female_staff"] }, Shelter),
        (Exclusion.NoInterpreter, Girl with { Constraints = ["interpreter"], Languages = ["bal"] }, Shelter),
        (Exclusion.NoStepFree, Girl with { Constraints = ["wheelchair"] }, Shelter),
        (Exclusion.NoSiblingsTogether, Girl with { Constraints = ["with_siblings"] }, Shelter),
        (Exclusion.NoChildrenWithHer, Girl with { Constraints = ["with_children"] }, Shelter),
        (Exclusion.NearHome, Girl with { Constraints = ["not_near_home"] }, Shelter with { District = "PK-PB-KSR" }),
        (Exclusion.NoFreePlace, Girl, Shelter with { Places = [new("girls", 0, Now), new("boys", 5, Now)] }),
        (Exclusion.ClosedNow, Girl with { Urgency = Urgency.Emergency }, Shelter with { Hours = OpeningHours.None }),
    ];

    private static IEnumerable<(Sought, Candidate)> Fit() =>
    [
        (Girl with { Age = null }, Shelter),
        (Girl with { Age = (16, 20) }, Shelter),
        (Girl with { Sex = "not_known" }, Shelter),
        (Girl with { Constraints = ["interpreter"] }, Shelter),
        (Girl with { Constraints = ["interpreter"], Languages = ["bal"] }, Shelter with { Constraints = ["interpreter"] }),
        (Girl with { Constraints = ["wheelchair"] }, Shelter with { Accessibility = ["step_free"] }),
        (Girl, Shelter with { Places = [] }),
        (Girl, Shelter with { Places = [new("any", 1, Now)] }),
        (Girl, Shelter with { AccreditedTo = null }),
        (Girl, Shelter with { AccreditedTo = new(2026, 3, 2) }),
        (Girl, Shelter with { Province = "PK-SD", Coverage = ["PK"] }),
        (Girl, Shelter with { Coverage = ["PK-PB"] }),
        (Girl, Shelter with { Hours = OpeningHours.None }),
        (Girl with { Urgency = Urgency.Emergency }, Shelter with { Hours = OpeningHours.None, TakesEmergencies = true }),
    ];

    private static IEnumerable<(Candidate, Candidate)> Better()
    {
        var other = Shelter with { ServiceId = new Guid(1, 0, 0, new byte[8]) };
        return
        [
            (Shelter, other with { Hours = OpeningHours.None }),
            (Shelter, other with { Places = [new("girls", 9, Now.AddHours(-30))] }),
            (Shelter, other with { Places = [] }),
            (Shelter with { District = "PK-PB-KSR" }, other),
            (Shelter, other with { Location = Karachi }),
            (Shelter, other with { Location = null }),
            (Shelter, other with { Languages = ["urd"] }),
            (Shelter, other with { Places = [new("girls", 2, Now)] }),
            (other, Shelter),
        ];
    }
}
