namespace NationalReferral.Tests;

public sealed class ConsentTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);

    private static readonly Consent Woman = new()
    {
        Relation = "self",
        Capacity = "self",
        Form = "signed",
        Language = "urd",
        ScriptVersion = "2026-1",
        GivenAt = Now.AddMinutes(-5),
        Extent = new()
        {
            ValidTo = Now.AddMonths(6),
            Groups = [DataGroup.Identity],
            Purposes = ["provide_service"],
            Kinds = ["shelter"],
            Districts = ["PK-PB-KSR"],
        },
    };

    private static readonly Consent Child = Woman with { Relation = "mother", GivenBy = "Her mother", Capacity = "guardian_with_assent" };

    [Test]
    public void A_complete_permission_is_recorded()
    {
        Assert.That(Woman.Check(asChild: false, isDecided: false, Now), Is.Null);
        Assert.That(Child.Check(asChild: true, isDecided: false, Now), Is.Null);
    }

    [TestCaseSource(nameof(Incomplete))]
    public void What_is_missing_is_named((Func<Consent, Consent> Change, string Pointer, string Code) wrong)
    {
        var refusal = wrong.Change(Child).Check(asChild: true, isDecided: false, Now);

        Assert.That(refusal?.Kind, Is.EqualTo(BasisRefusals.ConsentIncomplete));
        Assert.That(refusal!.Errors.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { (wrong.Pointer, wrong.Code) }));
    }

    [Test]
    public void A_child_cannot_decide_as_an_adult_and_nobody_decides_for_an_adult()
    {
        var alone = Woman.Check(asChild: true, isDecided: false, Now)!.Errors.Single();
        var forHer = Child.Check(asChild: false, isDecided: false, Now)!.Errors.Single();

        Assert.That(alone.Code, Is.EqualTo("not_for_a_child"));
        Assert.That(alone.Allowed, Does.Contain("self_mature_child").And.Not.Contain("self"));
        Assert.That(forHer.Code, Is.EqualTo("not_for_an_adult"));
    }

    [Test]
    public void A_refusal_needs_no_extent_and_opens_nothing()
    {
        var refused = Woman with { IsRefused = true, Extent = new(), Language = null, ScriptVersion = null };

        Assert.That(refused.Check(asChild: false, isDecided: false, Now), Is.Null);
        Assert.That(refused.Status, Is.EqualTo(BasisStatus.Refused));
    }

    [Test]
    public void Every_capacity_has_a_rule_and_every_relation_exists()
    {
        using var taxonomies = Repository.Json("api/Referral.Api/Reference/taxonomies.json");
        string[] Set(string name) =>
            [.. taxonomies.RootElement.GetProperty("sets").GetProperty(name).GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetString()!)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ConsentRules.Capacities.Keys, Is.EquivalentTo(Set("consent_capacity")));
            Assert.That(ConsentRules.Capacities.Values.SelectMany(r => r.Relations).Distinct().Except(Set("relation_kind")), Is.EqualTo(new[] { "self" }));
            Assert.That(Set("consent_form"), Is.SupersetOf(ConsentRules.WitnessedForms));
            Assert.That(Codes.All<BasisKind>(), Is.EqualTo(Set("legal_basis_kind")));
            Assert.That(Codes.All<BasisStatus>(), Is.EqualTo(Set("basis_status")));
            Assert.That(Codes.All<DataGroup>(), Is.EqualTo(Set("data_group")));
            Assert.That(Codes.All<GrantSource>(), Is.EqualTo(Set("grant_source")));
            Assert.That(Codes.All<GrantAudience>(), Is.EqualTo(Set("grant_audience")));
            Assert.That(Codes.All<GrantScope>(), Is.EqualTo(Set("grant_scope")));
            Assert.That(Codes.All<Role>(), Is.EqualTo(Set("access_role")));
        }
    }

    private static IEnumerable<(Func<Consent, Consent>, string, string)> Incomplete() =>
    [
        (c => c with { Capacity = "king" }, "/capacity", "unknown_code"),
        (c => c with { Capacity = "assent_with_best_interests", Relation = "self", GivenBy = null }, "/capacity", "needs_best_interests_decision"),
        (c => c with { Relation = "employer" }, "/givenBy/relation", "cannot_decide"),
        (c => c with { Relation = "husband" }, "/givenBy/relation", "cannot_decide"),
        (c => c with { GivenBy = " " }, "/givenBy/name", "blank"),
        (c => c with { GivenAt = Now.AddHours(1) }, "/givenAt", "in_future"),
        (c => c with { Form = "verbal_with_witness" }, "/witness", "required"),
        (c => c with { Form = "sign_language", Witness = "" }, "/witness", "required"),
        (c => c with { Language = null }, "/language", "required"),
        (c => c with { ScriptVersion = null }, "/scriptVersion", "required"),
        (c => c with { Extent = c.Extent with { Purposes = [] } }, "/purposes", "required"),
        (c => c with { Extent = c.Extent with { Kinds = [], Districts = [] } }, "/recipients", "required"),
        (c => c with { Extent = c.Extent with { Kinds = [], Agencies = [Guid.CreateVersion7()], Districts = ["PK-PB-KSR"] } }, "/recipients/kinds", "required"),
        (c => c with { Extent = c.Extent with { Districts = [] } }, "/recipients/districts", "required"),
        (c => c with { Extent = c.Extent with { ValidTo = Now } }, "/validTo", "not_in_future"),
        (c => c with { Extent = c.Extent with { Agencies = [.. Enumerable.Range(0, 260).Select(_ => Guid.CreateVersion7())] } }, "/recipients", "too_many_items"),
        (c => c with { Note = "bell\u0007" }, "/note", "control_character"),
    ];
}
