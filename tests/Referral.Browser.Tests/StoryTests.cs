using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Two people, two phones, one girl: found in Kasur, taken in by the girls' home.</summary>
public sealed class StoryTests
{
    private const string Name = "Zarmeen Azmaishi";
    private const string NameUr = "زرمین آزمائشی";
    private static readonly Look Phone = new();

    [Test]
    public async Task A_found_girl_is_referred_and_taken_in()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        await RegisterAsync(officer);
        await AllowAsync(officer);
        var caseCode = await SendAsync(officer);

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

    private static async Task RegisterAsync(Actor officer)
    {
        await officer.TapLinkAsync("New");
        await officer.TapAsync("Someone was found");
        await officer.WriteAsync("Name in Urdu", NameUr);
        await officer.WriteAsync("Name in English letters", Name);
        await officer.PictureAsync("story-1-name", Phone);
        await officer.TapAsync("Continue");
        await officer.TapAsync("Girl");
        await officer.TapAsync("12-13");
        await officer.TapAsync("Kasur");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Yes, now" }).ClickAsync();
        await officer.TickAsync(AriaRole.Checkbox, "Safe shelter");
        await officer.PictureAsync("story-2-needs", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check the answers");
        await NothingOfHerIsLeftBehindAsync(officer);
        await officer.TapAsync("Register as new");
    }

    private static async Task AllowAsync(Actor officer)
    {
        await officer.TapAsync("The child, able to decide");
        await officer.SeesHeadingAsync("Read this aloud");
        await officer.TickAsync(AriaRole.Radio, "Thumb print");
        await officer.PictureAsync("story-3-consent", Phone);
        await officer.TapAsync("They agree");
    }

    private static async Task<string> SendAsync(Actor officer)
    {
        await officer.SeesHeadingAsync("Who can help?");
        await officer.SeesAsync("Safe home for girls");
        await officer.PictureAsync("story-4-matches", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check before you send");
        await officer.SeesAsync("They must answer by");
        await officer.PictureAsync("story-5-check", Phone);
        await officer.TapAsync("Send 1 referral");
        await officer.SeesHeadingAsync("Sent");
        await NothingOfHerIsLeftBehindAsync(officer);
        return await officer.Page.Locator(".code").InnerTextAsync();
    }

    private static async Task TakeInAsync(Actor desk, string caseCode)
    {
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Name).And.Not.Contain(NameUr));
        await desk.OpenReferralAsync(caseCode);
        await desk.SeesAsync("Name and details open when you accept");
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Name).And.Not.Contain(NameUr));

        await desk.TapAsync("Accept and hold 1 place");
        var sheet = desk.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(sheet.GetByLabel("Whose place is held?")).ToHaveValueAsync("girls");
        await desk.PictureAsync("story-6-accept", Phone);
        await sheet.GetByRole(AriaRole.Button, new() { Name = "Accept and hold 1 place", Exact = true }).ClickAsync();

        await desk.TapAsync("Show name");
        await desk.SeesAsync(Name);
        Assert.That(await desk.ReadsAsync(), Does.Contain(NameUr));
        await NothingOfHerIsLeftBehindAsync(desk);
    }

    private static async Task NothingOfHerIsLeftBehindAsync(Actor actor) =>
        Assert.That(await actor.LeavesBehindAsync(), Does.Not.Contain(Name).And.Not.Contain(NameUr).And.Not.Contain(Uri.EscapeDataString(Name)));
}
