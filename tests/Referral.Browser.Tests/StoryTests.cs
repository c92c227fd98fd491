using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Two people, two phones, one girl: found in Kasur, taken in by the girls' home.</summary>
public sealed class StoryTests
{
    private const string Name = "Zarmeen Azmaishi";
    private const string NameUr = "زرمین آزمائشی";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_found_girl_is_referred_and_taken_in()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, NameUr);

        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await TakeInAsync(desk, caseCode);

        await officer.GoAsync("/referrals/sent");
        await officer.OpenReferralAsync(caseCode);
        await officer.SeesAsync("Accepted");
        await officer.PictureAsync("story-7-accepted", Phone);

        officer.HadNoFaults();
        desk.HadNoFaults();
    }

    private static async Task TakeInAsync(Actor desk, string caseCode)
    {
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Name).And.Not.Contain(NameUr));
        await desk.OpenReferralAsync(caseCode);
        await desk.SeesAsync("You see the least that is needed to decide. Name and details open when you accept.");
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Name).And.Not.Contain(NameUr));

        await Deeds.AcceptAsync(desk);

        await desk.TapAsync("Show name");
        await desk.SeesWrittenAsync(Name);
        Assert.That(await desk.ReadsAsync(), Does.Contain(NameUr));
        await NothingOfHerIsLeftBehindAsync(desk);
    }

    private static Task NothingOfHerIsLeftBehindAsync(Actor actor) => Deeds.NothingIsLeftBehindAsync(actor, Name, NameUr);
}
