namespace NationalReferral.Tests;

/// <summary>What allows sharing though nobody consented: what it needs, what can be done with it, and which doors an order holds open.</summary>
public sealed class UnaskedTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly Guid Court = new("11111111-0000-0000-0000-000000000001");
    private static readonly Guid Hospital = new("33333333-0000-0000-0000-000000000003");
    private static readonly Guid Screening = new("44444444-0000-0000-0000-000000000004");
    private static readonly Recipient TheHospital = new(Hospital, "health", "PK-PB-KSR", "PK-PB", [new(Hospital, "health")]);
    private static readonly Dictionary<Guid, Recipient> Known = new() { [Hospital] = TheHospital };
    private static readonly Dictionary<Guid, Piece> Items = new() { [Screening] = new("protection", Screening, IsRestricted: true) };

    private static readonly Extent Whole = new()
    {
        Groups = [DataGroup.Identity],
        Records = [Screening],
        Purposes = ["legal_proceedings"],
        Agencies = [Hospital],
        ValidTo = Now.AddDays(30),
    };

    [Test]
    public void A_whole_one_may_be_written()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(BasisRules.CheckDecision(Whole, asChild: true, "Why.", Now), Is.Null);
            Assert.That(BasisRules.CheckOrder(Whole, "Sessions Court", "1/2026", Now), Is.Null);
            Assert.That(BasisRules.CheckDuty(Whole, "section 8", Now), Is.Null);
            Assert.That(BasisRules.CheckEmergency(Whole with { ValidTo = Now.AddHours(1) }, "She is unconscious.", Now), Is.Null);
            Assert.That(BasisRules.CheckGuardianship("court_appointed_guardian", "legal_guardian", "Somebody", "Guardian Judge", null, Now), Is.Null);
            Assert.That(BasisRules.CheckHold("Sessions Court", "The trial.", null, Now), Is.Null);
        }
    }

    [TestCaseSource(nameof(Incomplete))]
    public void What_is_missing_is_named((Refusal? Refusal, string Pointer, string Code) wrong)
    {
        Assert.That(wrong.Refusal?.Kind, Is.EqualTo(BasisRefusals.BasisIncomplete));
        Assert.That(wrong.Refusal!.Errors.Select(e => (e.Pointer, e.Code)), Is.EqualTo(new[] { (wrong.Pointer, wrong.Code) }));
    }

    [Test]
    public void Only_a_consent_is_taken_back_and_only_an_order_is_stayed([Values] BasisKind kind, [Values] BasisStatus status)
    {
        var allowed = BasisMoves.Allowed(kind, status);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(allowed.Contains(BasisAction.Withdraw), Is.EqualTo((kind, status) == (BasisKind.Consent, BasisStatus.Active)));
            Assert.That(allowed.Contains(BasisAction.Stay), Is.EqualTo((kind, status) == (BasisKind.CourtOrder, BasisStatus.Active)));
            Assert.That(allowed.Contains(BasisAction.Resume), Is.EqualTo((kind, status) == (BasisKind.CourtOrder, BasisStatus.Stayed)));
            Assert.That(allowed.Contains(BasisAction.End), Is.EqualTo(kind != BasisKind.Consent && (status == BasisStatus.Active || (kind == BasisKind.CourtOrder && status == BasisStatus.Stayed))));
            Assert.That(allowed.All(action => BasisMoves.Check(kind, status, action) is null));
            Assert.That(Enum.GetValues<BasisAction>().Except(allowed).All(action => BasisMoves.Check(kind, status, action)?.Kind == BasisRefusals.NotOfThisBasis));
        }
    }

    [Test]
    public void An_order_opens_the_minimum_its_documents_and_its_items_even_restricted_ones()
    {
        var doors = OrderDoors.Of([Order], Known, Items, Now);

        Assert.That(doors.Select(door => (door.AgencyId, door.Group, door.RecordId, door.ToAt)), Is.EqualTo(new[]
        {
            (Hospital, "minimum", (Guid?)null, Order.ValidTo), (Hospital, "identity", null, Order.ValidTo), (Hospital, "protection", Screening, Order.ValidTo),
        }));
    }

    [Test]
    public void It_opens_nothing_while_it_is_stayed_before_it_is_approved_after_its_date_or_to_whom_she_does_not_want_to_know([Values] BasisStatus status)
    {
        var hides = new Basis { Id = Court, ValidFrom = Now, HiddenKinds = ["health"] };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(OrderDoors.Of([Order with { Status = status }], Known, Items, Now).Count, Is.EqualTo(status == BasisStatus.Active ? 3 : 0));
            Assert.That(OrderDoors.Of([Order], Known, Items, Now.AddDays(30)), Is.Empty);
            Assert.That(OrderDoors.Of([Order, hides], Known, Items, Now), Is.Empty);
            Assert.That(OrderDoors.Of([Order with { Excepted = [Hospital] }], Known, Items, Now), Is.Empty);
            Assert.That(OrderDoors.Of([Order with { Kind = BasisKind.BestInterestsDecision }], Known, Items, Now), Is.Empty);
        }
    }

    [Test]
    public void Every_ground_and_every_action_has_a_word()
    {
        using var taxonomies = Repository.Json("api/Referral.Api/Reference/taxonomies.json");
        string[] Set(string name) =>
            [.. taxonomies.RootElement.GetProperty("sets").GetProperty(name).GetProperty("codes").EnumerateArray().Select(c => c.GetProperty("code").GetString()!)];

        Assert.That(Codes.All<BestInterestsGround>(), Is.EqualTo(Set("best_interests_ground")));
        Assert.That(Codes.All<BasisAction>(), Is.EqualTo(Set("basis_action")));
        Assert.That(Set("purpose_of_sharing"), Is.SupersetOf(BasisRules.EmergencyPurposes));
        Assert.That(ConsentRules.Capacities.Keys, Is.SupersetOf(BasisRules.AppointedCapacities));
    }

    private static Basis Order => Whole.AsBasis(Guid.CreateVersion7(), BasisStatus.Active, Now) with { Kind = BasisKind.CourtOrder };

    private static IEnumerable<(Refusal?, string, string)> Incomplete() =>
    [
        (BasisRules.CheckDecision(Whole, asChild: false, "Why.", Now), "/ground", "not_for_an_adult"),
        (BasisRules.CheckDecision(Whole, asChild: true, " ", Now), "/reason", "blank"),
        (BasisRules.CheckDecision(Whole with { ValidTo = null }, asChild: true, "Why.", Now), "/validTo", "required"),
        (BasisRules.CheckDecision(Whole with { ValidTo = Now.AddDays(184) }, asChild: true, "Why.", Now), "/validTo", "too_far"),
        (BasisRules.CheckDecision(Whole with { Agencies = [] }, asChild: true, "Why.", Now), "/recipients", "required"),
        (BasisRules.CheckOrder(Whole with { Groups = [DataGroup.Identity, DataGroup.Protection] }, "Court", "1", Now), "/groups/1", "items_only"),
        (BasisRules.CheckOrder(Whole with { ValidTo = Now }, "Court", "1", Now), "/validTo", "not_in_future"),
        (BasisRules.CheckOrder(Whole, "", "1", Now), "/court", "blank"),
        (BasisRules.CheckOrder(Whole, "Court", "", Now), "/orderNumber", "blank"),
        (BasisRules.CheckDuty(Whole with { ValidTo = Now.AddDays(366) }, "section 8", Now), "/validTo", "too_far"),
        (BasisRules.CheckDuty(Whole, " ", Now), "/section", "blank"),
        (BasisRules.CheckEmergency(Whole, "", Now), "/whyNotAsked", "blank"),
        (BasisRules.CheckGuardianship("state_custodian", "mother", "Somebody", "Bureau", null, Now), "/guardian/relation", "cannot_decide"),
        (BasisRules.CheckGuardianship("state_custodian", "foster_carer", null, "Bureau", null, Now), "/guardian/name", "required"),
        (BasisRules.CheckGuardianship("state_custodian", "foster_carer", "Somebody", "Bureau", Now, Now), "/validTo", "not_in_future"),
        (BasisRules.CheckHold("", "The trial.", null, Now), "/authority", "blank"),
    ];
}
