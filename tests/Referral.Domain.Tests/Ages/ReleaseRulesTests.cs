namespace NationalReferral.Tests;

/// <summary>What comes of law data and what somebody says anew of it.</summary>
public sealed class ReleaseRulesTests
{
    private static readonly LawRelease Shipped = GivenLaw.Shipped;

    private static readonly HashSet<string> Places =
        [.. Shipped.Rules.Select(rule => rule.Jurisdiction).Concat(Shipped.Instruments.Select(one => one.Jurisdiction)).Where(place => place.StartsWith("PK-", StringComparison.Ordinal))];

    private static readonly AgeRule First = Shipped.Rules[0];
    private static readonly string Next = $"{First.Id}-next";
    private static readonly string New = $"{Shipped.Instruments[0].Id}-new";

    [Test]
    public void What_is_shipped_could_be_proposed_where_nothing_was()
    {
        Assert.That(ReleaseRules.Follow(LawRelease.None, 1, Shipped.Instruments, Shipped.Rules, Places, out var after), Is.Empty);
        Assert.That(after!.Rules, Is.EqualTo(Shipped.Rules));
    }

    [Test]
    public void One_rule_ends_another_begins_and_nothing_goes_missing()
    {
        var (ended, next) = (First with { To = new(2027, 1, 1) }, First with { Id = Next, From = new(2027, 1, 1), To = null, Limit = 18 });

        Assert.That(Faults([ended, next], out var after), Is.Empty);

        Assert.That(after!.Number, Is.EqualTo(2));
        Assert.That(after.Rules, Is.EquivalentTo([.. Shipped.Rules.Skip(1), ended, next]));
        Assert.That(after.Instruments, Is.EquivalentTo(Shipped.Instruments));
        Assert.That(ReleaseDiff.Of(Shipped, after).Select(change => change.After!.Id), Is.EquivalentTo([First.Id, Next]));
    }

    [Test]
    public void What_says_the_same_is_no_release() =>
        Assert.That(Faults([.. Shipped.Rules.Reverse().Take(5)], out _), Is.EqualTo(new[] { ":nothing_new" }));

    [Test]
    public void An_id_names_one_thing() =>
        Assert.That(Faults([First with { Limit = 3 }, First with { Limit = 4 }], out _), Is.EqualTo(new[] { "/rules/1/id:named_twice" }));

    [TestCase("Two Words", "2016")]
    [TestCase("", "2016")]
    [TestCase("elsewhere-act-1", "2016")]
    [TestCase("{place}-", "2016")]
    [TestCase("{place}-act-1", "16 March 2016")]
    [TestCase("{place}-act-1", "2016-13")]
    public void What_is_no_id_or_day_is_named(string id, string from)
    {
        var place = Shipped.Instruments[0].Jurisdiction.ToLowerInvariant();
        var wrong = Shipped.Instruments[0] with { Id = id.Replace("{place}", place, StringComparison.Ordinal), From = from };

        Assert.That(ReleaseRules.Follow(Shipped, 2, [wrong], [], Places, out _).Select(fault => fault.Code), Is.EqualTo(new[] { "wrong_form" }));
    }

    [Test]
    public void A_rule_may_name_an_instrument_that_is_new() =>
        Assert.That(
            ReleaseRules.Follow(Shipped, 2, [Shipped.Instruments[0] with { Id = New }], [First with { Id = Next, InstrumentId = New }], Places, out _), Is.Empty);

    [Test]
    public void A_rule_names_an_instrument_and_a_place_and_ends_after_it_began()
    {
        var faults = Faults([First with { Id = "pk-xx-next", InstrumentId = "nowhere", Jurisdiction = "PK-XX", From = new(2027, 1, 1), To = new(2027, 1, 1) }], out var after);

        Assert.That(faults, Is.EquivalentTo(new[] { "/rules/0/instrumentId:not_found", "/rules/0/jurisdiction:not_found", "/rules/0/to:wrong_order" }));
        Assert.That(after, Is.Null);
    }

    private static IReadOnlyList<string> Faults(IReadOnlyList<AgeRule> rules, out LawRelease? after) =>
        [.. ReleaseRules.Follow(Shipped, 2, [], rules, Places, out after).Select(fault => $"{fault.Pointer}:{fault.Code}")];
}
