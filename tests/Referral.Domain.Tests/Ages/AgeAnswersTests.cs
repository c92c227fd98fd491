using CsCheck;

namespace NationalReferral.Tests;

public sealed class AgeAnswersTests
{
    private static readonly LawRelease Law = GivenLaw.Shipped;
    private static readonly string[] Provinces = ["PK-PB", "PK-SD", "PK-KP", "PK-BA", "PK-GB", "PK-IS", "PK-JK"];
    private static readonly Gen<DateOnly> AnyDay = Gen.Int[0, 40 * 365].Select(n => new DateOnly(1995, 1, 1).AddDays(n));
    private static readonly Gen<string> AnyProvince = Gen.Int[0, Provinces.Length - 1].Select(n => Provinces[n]);
    private static readonly Gen<string?> AnySex = Gen.Int[0, 2].Select(n => n switch { 0 => "female", 1 => "male", _ => null });

    private static IEnumerable<TestCaseData> Rules => Law.Rules.Where(rule => rule.Kind != LawRuleKind.Benchmark).Select(rule => new TestCaseData(rule).SetArgDisplayNames(rule.Id));

    /// <summary>The day before the birthday of its limit she is under it, on the day she is not: on the first and on the last day on which the rule holds.</summary>
    [TestCaseSource(nameof(Rules))]
    public void A_rule_counts_completed_years_to_the_day(AgeRule rule)
    {
        foreach (var day in new[] { rule.From, rule.To?.AddDays(-1) ?? new DateOnly(2026, 11, 29) })
        {
            var bornOn = day.AddYears(-rule.Limit);

            Assert.That(AgeAnswers.Answer(Age.Documented(bornOn), rule, day), Is.EqualTo(AgeAnswer.No));
            Assert.That(AgeAnswers.Answer(Age.Documented(bornOn.AddDays(1)), rule, day), Is.EqualTo(AgeAnswer.Yes));
        }
    }

    /// <summary>From its first day it is the answer in its place, unless one that protects longer may still stand; on the day it ends it is not.</summary>
    [TestCaseSource(nameof(Rules))]
    public void A_rule_begins_and_ends_on_its_days(AgeRule rule)
    {
        var province = rule.Jurisdiction == LawRelease.Federation ? "PK-PB" : rule.Jurisdiction;

        Assert.That(rule.HoldsOn(rule.From.AddDays(-1)), Is.False);
        Assert.That(Law.Find(rule.Purpose, province, rule.From.AddDays(-1), rule.Sex).Rule, Is.Not.EqualTo(rule));
        Assert.That(rule.HoldsOn(rule.From));
        if (rule.Jurisdiction != LawRelease.Federation)
        {
            var found = Law.Find(rule.Purpose, province, rule.FromAtLatest, rule.Sex);

            Assert.That(found.Rule, Is.EqualTo(rule));
            Assert.That(found.Status, Is.Not.EqualTo(LawAnswerStatus.DateUncertain));
        }
        if (rule.To is { } to)
        {
            Assert.That(rule.HoldsOn(to.AddDays(-1)));
            Assert.That(rule.HoldsOn(to), Is.False);
        }
    }

    /// <summary>In every province, for every purpose and sex, on every day on which a rule that could reach there begins or ends, and the day before.</summary>
    [TestCaseSource(nameof(Provinces))]
    public void A_province_is_answered_by_its_own_law_and_never_by_a_weaker_one_that_holds_there(string province)
    {
        foreach (var purpose in Law.Purposes)
        {
            AgeRule[] reaching = [.. Law.Rules.Where(rule => rule.Purpose == purpose && (rule.Jurisdiction == province || rule.Jurisdiction == LawRelease.Federation))];
            foreach (var day in reaching.SelectMany(rule => new[] { rule.From, rule.From.AddDays(-1), rule.To ?? rule.From, (rule.To ?? rule.From).AddDays(-1) }).Distinct())
            {
                foreach (var sex in new[] { "female", "male", null })
                {
                    var found = Law.Find(purpose, province, day, sex);
                    AgeRule[] holding = [.. reaching.Where(rule => rule.HoldsOn(day) && rule.Concerns(sex))];
                    AgeRule[] own = [.. holding.Where(rule => rule.Jurisdiction == province)];
                    var counting = own.Length > 0 ? own : holding;

                    Assert.That(found.Rule is null, Is.EqualTo(counting.Length == 0), $"{purpose} {day} {sex}");
                    Assert.That(found.Status == LawAnswerStatus.NoRule, Is.EqualTo(counting.Length == 0));
                    if (found.Rule is { } rule)
                    {
                        Assert.That(rule.Jurisdiction, Is.EqualTo(own.Length > 0 ? province : LawRelease.Federation), $"{purpose} {day} {sex}");
                        Assert.That(rule.Concerns(sex));
                        Assert.That(rule.Limit, Is.GreaterThanOrEqualTo(counting.Max(one => one.Limit)), $"{purpose} {day} {sex}");
                        Assert.That(rule.Limit > counting.Max(one => one.Limit) && found.Status is LawAnswerStatus.InForce, Is.False, "a longer protection than the law's says why");
                    }
                }
            }
        }
    }

    [Test]
    public void No_two_rules_for_one_purpose_place_and_sex_hold_on_one_day()
    {
        var pairs = from one in Law.Rules
                    from other in Law.Rules
                    where string.CompareOrdinal(one.Id, other.Id) < 0 && one.Jurisdiction == other.Jurisdiction && one.Purpose == other.Purpose
                        && (one.Sex is null || other.Sex is null || one.Sex == other.Sex)
                        && (one.HoldsOn(other.From) || other.HoldsOn(one.From))
                    select (one.Id, other.Id);

        Assert.That(pairs, Is.Empty);
    }

    [TestCase("PK-SD", "2014-06-10", 16, "pk-sd-marriage-female-1")]
    [TestCase("PK-SD", "2014-06-11", 18, "pk-sd-marriage-female-2")]
    [TestCase("PK-PB", "2026-02-10", 16, "pk-pb-marriage-female-1")]
    [TestCase("PK-PB", "2026-02-11", 18, "pk-pb-marriage-female-2")]
    [TestCase("PK-KP", "2026-11-29", 16, "pk-kp-marriage-female-1")]
    public void The_age_of_a_bride_is_that_of_the_province_and_the_day(string province, string day, int limit, string rule)
    {
        var found = Law.Find("marriage_female", province, DateOnly.Parse(day, null), "female");

        Assert.That(found.Rule, Has.Property(nameof(AgeRule.Id)).EqualTo(rule).And.Property(nameof(AgeRule.Limit)).EqualTo(limit));
    }

    [TestCase("2026-05-12", LawAnswerStatus.Ordinance)]
    [TestCase("2026-05-13", LawAnswerStatus.Unverified)]
    public void An_ordinance_that_nobody_confirmed_is_unverified_and_still_protects(string day, LawAnswerStatus status)
    {
        var found = Law.Find("marriage_female", "PK-PB", DateOnly.Parse(day, null), "female");

        Assert.That(found.Status, Is.EqualTo(status));
        Assert.That(found.Rule!.Limit, Is.EqualTo(18), "the age of 16 may have revived: the longer protection holds");
    }

    /// <summary>Only the year is known: until it is over the older, lower limit may hold, and the answer says so.</summary>
    [Test]
    public void In_the_year_in_which_a_rule_began_the_longer_protection_holds()
    {
        var found = Law.Find("child_protection", "PK-SD", new DateOnly(2011, 6, 10), null);

        Assert.That(found, Is.EqualTo(new LawAnswer(Law.Rules.Single(rule => rule.Id == "pk-sd-child-protection-2"), LawAnswerStatus.DateUncertain)));
        Assert.That(Law.Find("child_protection", "PK-SD", new DateOnly(2011, 6, 30), null).Status, Is.EqualTo(LawAnswerStatus.InForce));
    }

    [Test]
    public void A_province_without_a_law_has_that_of_the_federation_and_a_territory_has_its_doubt()
    {
        var day = new DateOnly(2026, 11, 29);

        Assert.That(Law.Find("trafficking", "PK-BA", day, null), Is.EqualTo(new LawAnswer(Law.Rules.Single(rule => rule.Id == "pk-trafficking-2"), LawAnswerStatus.InForce)));
        Assert.That(Law.Find("trafficking", "PK-GB", day, null).Status, Is.EqualTo(LawAnswerStatus.ReachUncertain));
        Assert.That(Law.Find("sexual_abuse", "PK-JK", day, null).Status, Is.EqualTo(LawAnswerStatus.ReachUncertain), "of the federation, which reaches there by adoption");
        Assert.That(Law.Find("brick_kiln_work", "PK-SD", day, null), Is.EqualTo(new LawAnswer(null, LawAnswerStatus.NoRule)));
    }

    [Test]
    public void While_her_sex_is_not_known_the_higher_limit_counts()
    {
        var day = new DateOnly(2026, 11, 29);

        Assert.That(Law.Find("kidnapping_from_guardian", "PK-PB", day, "male").Rule!.Limit, Is.EqualTo(14));
        Assert.That(Law.Find("kidnapping_from_guardian", "PK-PB", day, null).Rule!.Limit, Is.EqualTo(16));
    }

    /// <summary>At no instant is somebody whose age is disputed or unknown counted as adult by any rule.</summary>
    [Test]
    public void Who_is_disputed_is_never_surely_of_age()
    {
        var ages = Gen.OneOf(
            AnyDay.Select(born => Age.Documented(born) with { IsDisputed = true }),
            Gen.Select(Gen.Int[0, 60], AnyDay, (years, asOf) => Age.About(years, asOf) with { IsDisputed = true }),
            Gen.Const(Age.NotKnown));
        Gen.Select(ages, AnyDay, AnySex, AnyProvince).Sample((age, day, sex, province) =>
        {
            var rows = AgeAnswers.Rows(Law, age, sex, [new(AgePlace.Present, province, day)], null);

            return rows.All(row => row.Answer is AgeAnswer.MayBe or AgeAnswer.NoRule) && AgeAnswers.Protective(age, day).AsChild;
        });
    }

    /// <summary>Somebody treated as an adult is surely 18, and no law that protects for as long says otherwise of her.</summary>
    [Test]
    public void The_protective_answer_is_never_weaker_than_a_law()
    {
        var ages = Gen.OneOf(AnyDay.Select(born => Age.Documented(born)), Gen.Select(Gen.Int[0, 60], AnyDay, (years, asOf) => Age.About(years, asOf)));
        Gen.Select(ages, AnyDay, AnySex, AnyProvince).Sample((age, day, sex, province) =>
            AgeAnswers.Protective(age, day).AsChild == age.AsChildOn(day)
            && (AgeAnswers.Protective(age, day).AsChild
                || AgeAnswers.Rows(Law, age, sex, [new(AgePlace.Present, province, day)], null)
                    .All(row => row.Law.Rule is not { Limit: <= Age.Majority } || row.Answer == AgeAnswer.No)));
    }

    [Test]
    public void A_rule_that_only_ends_rewrites_nothing_and_another_limit_does()
    {
        var rules = Law.Rules.ToList();
        var at = rules.FindIndex(rule => rule.Id == "pk-kp-marriage-female-1");
        rules[at] = rules[at] with { To = new DateOnly(2027, 1, 1) };
        rules.Add(rules[at] with { Id = "pk-kp-marriage-female-2", From = new DateOnly(2027, 1, 1), To = null, Limit = 18 });
        var next = new LawRelease(2, Law.Instruments, rules);

        Assert.That(ReleaseDiff.Of(Law, next).Select(change => change.After!.Id), Is.EqualTo(new[] { "pk-kp-marriage-female-1", "pk-kp-marriage-female-2" }));
        Assert.That(ReleaseDiff.Of(Law, next)[0].Members, Is.EqualTo(new[] { nameof(AgeRule.To) }));
        Assert.That(ReleaseDiff.Of(Law, next).Where(change => change.RewritesPast), Is.Empty);

        rules[0] = rules[0] with { Limit = 16 };
        Assert.That(ReleaseDiff.Of(Law, new LawRelease(2, Law.Instruments, rules)).Where(change => change.RewritesPast).Select(change => change.Before), Is.EqualTo(new[] { Law.Rules[0] }));
    }
}
