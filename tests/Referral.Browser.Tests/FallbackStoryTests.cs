using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>One note goes along, and the referral goes on by itself: the first cannot help, the second sees exactly that note.</summary>
public sealed class FallbackStoryTests
{
    private const string Name = "Mahparah Azmaishi";
    private const string NameUr = "ماہ پارہ آزمائشی";
    private const string Told = "She asks for her little sister.";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task The_next_provider_sees_exactly_the_item_that_was_ticked()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        await Deeds.RegisterAsync(officer, Name, NameUr);
        await officer.SeesHeadingAsync("Who allows us to share?");
        await officer.TapAsync("Save and come back");
        await WriteNoteAsync(officer);
        await WriteIncidentAsync(officer);
        await AllowAsync(officer);
        var caseCode = await SendAsync(officer);

        await using (var first = await Actor.EnterAsync(Phone))
        {
            await first.SignInAsync("desk@shelter.example");
            await DeclineAsync(first, caseCode);
            first.HadNoFaults();
        }
        await using var second = await Actor.EnterAsync(Phone);
        await second.SignInAsync("desk@refuge.example");
        await TakeInAsync(second, caseCode);

        await officer.GoAsync("/referrals/sent");
        await officer.OpenReferralAsync(caseCode);
        await officer.SeesAsync("Accepted");
        await officer.SeesAsync("Demo Refuge for Women and Girls");
        officer.HadNoFaults();
        second.HadNoFaults();
    }

    private static async Task WriteNoteAsync(Actor officer)
    {
        await officer.TapAsync("Add more");
        await officer.TapLinkAsync("Note");
        await officer.WriteAsync("In words", Told);
        await officer.TapAsync("Save");
        await officer.SeesAsync("What happened: 1 entry");
    }

    /// <summary>Stays in the case: nobody ticks it.</summary>
    private static async Task WriteIncidentAsync(Actor officer)
    {
        await officer.TapAsync("Add more");
        await officer.TapLinkAsync("Incident");
        await officer.TickAsync(AriaRole.Checkbox, "Bonded labour");
        await officer.TapAsync("Save");
        await officer.SeesAsync("What happened: 2 entries");
    }

    private static async Task AllowAsync(Actor officer)
    {
        await officer.TapAsync("Refer");
        await officer.TapAsync("Continue");
        await officer.TapAsync("The child, able to decide");
        await officer.SeesHeadingAsync("Read this aloud");
        await Item(officer, "Note").CheckAsync();
        await officer.SeesAsync("And what is written here: Note, ….");
        await officer.TickAsync(AriaRole.Radio, "Thumb print");
        await officer.PictureAsync("fallback-1-permission", Phone);
        await officer.TapAsync("They agree");
    }

    private static async Task<string> SendAsync(Actor officer)
    {
        await officer.SeesHeadingAsync("Who can help?");
        await officer.SeesAsync("Safe home for girls");
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("What goes along?");
        await Assertions.Expect(Item(officer, "Note")).ToBeCheckedAsync();
        await Assertions.Expect(Item(officer, "Incident")).Not.ToBeCheckedAsync();
        await officer.PictureAsync("fallback-2-share", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check before you send");
        await officer.SeesAsync("1 other entry of the case");
        await officer.UnfoldAsync("Choose who is asked next");
        await officer.TickAsync(AriaRole.Checkbox, "Refuge for women and girls", starts: true);
        await officer.SeesAsync("1. Refuge for women and girls");
        await officer.PictureAsync("fallback-3-next", Phone);
        await officer.TapAsync("Send 1 referral");
        await officer.SeesHeadingAsync("Sent");
        await officer.SeesAsync("Goes on by itself to 1 more provider");
        await Deeds.NothingIsLeftBehindAsync(officer, Name, NameUr);
        return await officer.Page.Locator(".code").InnerTextAsync();
    }

    private static async Task DeclineAsync(Actor desk, string caseCode)
    {
        await desk.OpenReferralAsync(caseCode);
        await desk.TapAsync("We cannot help");
        await desk.TickAsync(AriaRole.Radio, "Not safe for the person");
        await desk.ConfirmAsync("We cannot help");
        await desk.SeesAsync("You said that you cannot help. The sender was told.");
        // The list is read again behind that sentence.
        await Assertions.Expect(desk.Page.Locator("body")).Not.ToContainTextAsync(caseCode);
    }

    private static async Task TakeInAsync(Actor desk, string caseCode)
    {
        await desk.OpenReferralAsync(caseCode);
        await desk.SeesAsync("You see the least that is needed to decide. Name and details open when you accept.");
        await desk.TapAsync("Accept");
        await desk.ConfirmAsync("Accept");
        await desk.Named(AriaRole.Button, "Show", desk.Named(AriaRole.Region, "Note")).ClickAsync();
        await desk.SeesWrittenAsync(Told);
        await desk.PictureAsync("fallback-4-seen", Phone);

        var referral = await desk.AsksAsync($"/referrals/{desk.Page.Url.Split('/')[^1]}");
        var items = referral.GetProperty("open").EnumerateArray().Where(one => one.GetProperty("recordId").ValueKind != System.Text.Json.JsonValueKind.Null).ToArray();
        Assert.That(items.Select(one => one.GetProperty("kind").GetString()), Is.EqualTo(new[] { "note" }));
        var records = await desk.AsksAsync($"/victims/{referral.GetProperty("victimId").GetString()}/records");
        Assert.That(records.GetProperty("items").GetArrayLength(), Is.EqualTo(1), "what was not ticked is not there");
        await Deeds.NothingIsLeftBehindAsync(desk, Name, NameUr);
    }

    private static ILocator Item(Actor officer, string kind) => officer.Named(AriaRole.Checkbox, $"{kind}, …");
}
