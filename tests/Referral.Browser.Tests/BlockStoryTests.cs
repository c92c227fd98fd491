using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Somebody is kept away from a girl whom he had found himself: nothing leads him to her any more, and that he tried is seen by the national
/// office alone. He is let in again by the word of two people.
/// </summary>
public sealed class BlockStoryTests
{
    private const string Name = "Zarnigar Azmaishi";
    private const string Away = "Officer Kasur";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task Somebody_is_kept_away_tries_and_is_let_in_again_by_two()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var (address, caseCode) = await Deeds.FoundAsync(officer, Name, "زرنگار آزمائشی");
        await officer.GoAsync("/cases");
        await officer.Card(caseCode).WaitForAsync();
        await SearchAsync(officer, "1 person may be the same");

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await KeepAwayAsync(inspector, address);
        await FindsNothingAsync(officer, address, caseCode);

        await using var office = await Actor.EnterAsync(Phone);
        await office.SignInAsync("protection@office.example");
        await SettleAsync(office, caseCode);

        await ProposeAsync(inspector);
        await LetInAsync(office, caseCode);
        await officer.GoAsync(address);
        await officer.SeesHeadingAsync("Needs");
        foreach (var actor in new[] { officer, inspector, office })
        {
            actor.HadNoFaults();
        }
    }

    /// <summary>One who works here, and one of whom nobody knows whether he ever will.</summary>
    private static async Task KeepAwayAsync(Actor inspector, string address)
    {
        await inspector.GoAsync(address);
        await inspector.TapLinkAsync("Who must not know");
        await inspector.TapAsync("Keep somebody away");
        await Deeds.NameAgencyAsync(inspector, "police-kasur");
        await inspector.WriteAsync("Name of the worker", Away);
        await inspector.TapAsync("Look up");
        await inspector.TickAsync(AriaRole.Radio, Away);
        await inspector.TickAsync(AriaRole.Radio, "Related to the alleged perpetrator");
        await inspector.PictureAsync("block-1-keep", Phone);
        await inspector.ConfirmAsync("Keep somebody away");
        await inspector.SeesWrittenAsync(Away);

        await inspector.TapAsync("Keep somebody away");
        await inspector.TickAsync(AriaRole.Radio, "Somebody who does not work here yet");
        await inspector.WriteAsync("CNIC", "3510112345671");
        await inspector.TickAsync(AriaRole.Radio, "Is the alleged perpetrator");
        await inspector.ConfirmAsync("Keep somebody away");
        await inspector.SeesAsync("Somebody who did not work here then, by …");
        await inspector.PictureAsync("block-2-kept", Phone);
        Assert.That(await inspector.ReadsAsync(), Does.Not.Contain("3510112345671"), "it is not kept in clear");
    }

    private static async Task FindsNothingAsync(Actor officer, string address, string caseCode)
    {
        await officer.GoAsync("/cases");
        await officer.Page.Locator("main a[href^='/cases/'][href*='-']").First.WaitForAsync();
        await Assertions.Expect(officer.Card(caseCode)).ToHaveCountAsync(0);
        await SearchAsync(officer, "Nobody like this among the cases that you may see.");
        officer.Expects($"/victims/{address.Split('/')[^1]}");
        await officer.GoAsync(address);
        await officer.SeesAsync("Nothing is here, or it is not open to you.");
        await officer.PictureAsync("block-3-nothing", Phone);
    }

    private static async Task SearchAsync(Actor officer, string found)
    {
        await officer.TapLinkAsync("Find");
        await officer.WriteAsync("Name", Name);
        await officer.TapAsync("Search");
        await officer.SeesAsync(found);
    }

    private static async Task SettleAsync(Actor office, string caseCode)
    {
        await office.TapLinkAsync("Desk");
        await office.Card(caseCode).Locator("a[href^='/desk/alerts/']").ClickAsync();
        await office.SeesAsync("Neither they nor their agency knows that you see this.");
        await office.SeesWrittenAsync(Away);
        await office.PictureAsync("block-4-alert", Phone);
        await office.TapAsync("Settle it");
        await office.WriteAsync("What was found out, and what is done?", "He had written the number down before.");
        await office.ConfirmAsync("Settle it");
        await office.SeesAsync("Settled. They are told nothing.");
        await Assertions.Expect(office.Card(caseCode).Locator("a[href^='/desk/']")).ToHaveCountAsync(0);
    }

    private static async Task ProposeAsync(Actor inspector)
    {
        var kept = inspector.Page.Locator("main li.card").Filter(new() { HasText = Away });
        await inspector.Named(AriaRole.Button, "Propose to let them in again", kept).ClickAsync();
        await inspector.WriteAsync("Why, for whoever decides", "It was his brother's namesake.");
        await inspector.ConfirmAsync("Propose to let them in again");
        await inspector.SeesAsync("To let them in again waits for a second person until ….");
        await inspector.PictureAsync("block-5-proposed", Phone);
    }

    private static async Task LetInAsync(Actor office, string caseCode)
    {
        await office.GoAsync("/desk");
        await office.Card(caseCode).Locator("a[href^='/desk/']").ClickAsync();
        await office.SeesHeadingAsync("A block is lifted");
        await office.SeesWrittenAsync("It was his brother's namesake.");
        await office.PictureAsync("block-6-decide", Phone);
        await office.TapAsync("Approve");
        await office.ConfirmAsync("Approve");
        await office.SeesAsync("Decided. Whoever asked is told.");
    }
}
