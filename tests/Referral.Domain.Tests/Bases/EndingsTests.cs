namespace NationalReferral.Tests;

public sealed class EndingsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 5, 0, 0, TimeSpan.Zero);
    private static readonly Recipient Shelter = new(Guid.CreateVersion7(), "shelter", "PK-PB-KSR", "PK-PB", []);

    private static readonly Basis First = Consent("identity", "health");
    private static readonly Basis Second = Consent("identity") with { ValidTo = Now.AddDays(1) };

    [TestCase("identity health", "identity health", "", false, Description = "nothing changed")]
    [TestCase("identity", "identity", "health", false, Description = "goes on with what is left")]
    [TestCase("", "", "minimum identity health", true, Description = "all beyond the minimum is gone")]
    public void A_referral_goes_on_while_anything_beyond_the_minimum_is_left(string allowed, string left, string lost, bool withdraws)
    {
        var ending = Endings.Of(Carrying(isOpen: true, "identity", "health"), [Consent(Words(allowed))], Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ending.Withdraws, Is.EqualTo(withdraws));
            Assert.That(ending.Lost.Select(piece => piece.Group), Is.EqualTo(Words(lost)));
            Assert.That(ending.Carried.Where(one => one.IsCovered).Select(one => one.Piece.Group), Is.EqualTo(Words(left)));
        }
    }

    [Test]
    public void A_referral_that_carries_the_minimum_only_ends_with_the_minimum()
    {
        Assert.That(Endings.Of(Carrying(isOpen: true), [First], Now).Withdraws, Is.False);
        Assert.That(Endings.Of(Carrying(isOpen: true), [], Now).Withdraws);
    }

    [Test]
    public void A_service_that_is_over_is_not_withdrawn_but_loses_what_was_open()
    {
        var ending = Endings.Of(Carrying(isOpen: false, "identity"), [], Now);

        Assert.That(ending.Withdraws, Is.False);
        Assert.That(ending.Lost.Select(piece => piece.Group), Is.EqualTo(new[] { "minimum", "identity" }));
    }

    [TestCase(true, true, false, "identity")]
    [TestCase(false, true, true, "minimum identity", Description = "nobody has accepted her yet")]
    [TestCase(true, false, true, "minimum identity", Description = "another reason than coming of age")]
    public void Who_comes_of_age_keeps_her_place_and_the_provider_only_the_minimum(bool isPlaced, bool standing, bool withdraws, string lost)
    {
        var ending = Endings.Of(Carrying(isOpen: true, "identity") with { IsPlaced = isPlaced }, [], Now, standing);

        Assert.That((ending.Withdraws, string.Join(' ', ending.Lost.Select(piece => piece.Group))), Is.EqualTo((withdraws, lost)));
    }

    [Test]
    public void What_she_hides_ends_also_after_she_came_of_age()
    {
        var hides = First with { Id = Guid.CreateVersion7(), HiddenAgencies = [Shelter.Id] };
        var line = Shelter with { Line = [new RecipientUnit(Shelter.Id, "shelter")] };

        Assert.That(Endings.Of(Carrying(isOpen: true) with { IsPlaced = true, Provider = line }, [hides], Now, standing: true).Withdraws);
    }

    [Test]
    public void What_is_held_stays_under_its_own_basis_while_that_one_covers_it()
    {
        var identity = new Held(new Piece("identity"), Second.Id);

        var kept = Coverage.OfHeld([First, Second], Shelter, "provide_service", [identity], Now).Single();
        var moved = Coverage.OfHeld([First, Second], Shelter, "provide_service", [identity], Now.AddDays(2)).Single();

        Assert.That((kept.BasisId, moved.BasisId), Is.EqualTo((Second.Id, First.Id)));
    }

    private static Holding Carrying(bool isOpen, params string[] groups) => new(
        Guid.CreateVersion7(), Shelter, "provide_service", isOpen, new Held(new Piece(Piece.Minimum), First.Id), [.. groups.Select(group => new Held(new Piece(group), First.Id))]);

    private static Basis Consent(params string[] groups) => new()
    {
        Id = Guid.CreateVersion7(),
        ValidFrom = Now.AddHours(-1),
        Groups = [Piece.Minimum, .. groups],
        Purposes = ["provide_service"],
        Kinds = ["shelter"],
        Districts = ["PK-PB"],
    };

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
