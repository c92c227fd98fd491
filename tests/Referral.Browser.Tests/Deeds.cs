using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>What people do in more than one story, as they tap it on a phone.</summary>
internal static class Deeds
{
    private static readonly Look Phone = Look.Phone;

    /// <summary>A girl of twelve, found in Kasur, who agrees herself, goes to the girls' home. Her case code.</summary>
    public static async Task<string> ReferGirlAsync(Actor officer, string name, string nameUr)
    {
        await RegisterAsync(officer, name, nameUr);
        await AllowAsync(officer);
        return await SendAsync(officer, name, nameUr);
    }

    /// <summary>A place for girls is suggested, and held.</summary>
    public static async Task AcceptAsync(Actor desk)
    {
        await desk.TapAsync("Accept and hold 1 place");
        await Assertions.Expect(desk.Field("Whose place is held?")).ToHaveValueAsync("girls");
        await desk.PictureAsync("story-6-accept", Phone);
        await desk.ConfirmAsync("Accept and hold 1 place");
    }

    public static async Task NothingIsLeftBehindAsync(Actor actor, string name, string nameUr) =>
        Assert.That(await actor.LeavesBehindAsync(), Does.Not.Contain(name).And.Not.Contain(nameUr).And.Not.Contain(Uri.EscapeDataString(name)));

    /// <summary>A girl of twelve in Kasur, in danger now, who needs a shelter. The next page asks for her permission.</summary>
    public static async Task RegisterAsync(Actor officer, string name, string nameUr)
    {
        await officer.TapLinkAsync("New");
        await officer.TapAsync("Someone was found");
        await officer.WriteAsync("Name in Urdu", nameUr);
        await officer.WriteAsync("Name in English letters", name);
        await officer.PictureAsync("story-1-name", Phone);
        await officer.TapAsync("Search");
        await officer.SeesHeadingAsync("Who is with you?");
        await officer.SeesAsync("Nobody like this among the cases that you may see.");
        await officer.TapAsync("Girl");
        await officer.TapAsync("12-13");
        await officer.TapAsync("Kasur");
        await officer.TapAsync("Yes, now", starts: true);
        await officer.TickAsync(AriaRole.Checkbox, "Safe shelter");
        await officer.PictureAsync("story-2-needs", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check the answers");
        await NothingIsLeftBehindAsync(officer, name, nameUr);
        await officer.TapAsync("Register as new");
    }

    /// <summary>The same girl, and nobody was asked yet what may be shared.</summary>
    /// <returns>Where her case stands, and its code.</returns>
    public static async Task<(string Address, string Code)> FoundAsync(Actor officer, string name, string nameUr)
    {
        await RegisterAsync(officer, name, nameUr);
        await officer.SeesHeadingAsync("Who allows us to share?");
        await officer.TapAsync("Save and come back");
        await officer.SeesHeadingAsync("Needs");
        var address = new Uri(officer.Page.Url).AbsolutePath;
        var victim = await officer.AsksAsync($"/victims/{address.Split('/')[^1]}");
        return (address, victim.GetProperty("caseCode").GetString()!);
    }

    /// <summary>What a job tells comes some seconds later, and the list is read again each minute: whoever waits for it looks again.</summary>
    public static async Task OpenNoticeAsync(Actor actor, string words)
    {
        for (var looks = 0; looks < 60 && await actor.Named(AriaRole.Link, words).CountAsync() == 0; looks++)
        {
            await actor.GoAsync("/notices");
        }
        await actor.TapLinkAsync(words);
    }

    /// <summary>From the list that shrinks as one types.</summary>
    public static async Task NameAgencyAsync(Actor actor, string key)
    {
        var name = DemoWorld.Agencies.First(one => one.Key == key).NameEn;
        await actor.WriteAsync("Find an agency", name);
        await actor.TapAsync(name, starts: true);
    }

    private static async Task AllowAsync(Actor officer)
    {
        await officer.TapAsync("The child, able to decide");
        await officer.SeesHeadingAsync("Read this aloud");
        await officer.TickAsync(AriaRole.Radio, "Thumb print");
        await officer.PictureAsync("story-3-consent", Phone);
        await officer.TapAsync("They agree");
    }

    private static async Task<string> SendAsync(Actor officer, string name, string nameUr)
    {
        await officer.SeesHeadingAsync("Who can help?");
        await officer.SeesAsync("Safe home for girls");
        await officer.PictureAsync("story-4-matches", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check before you send");
        await officer.SeesAsync("They must answer by …");
        await officer.PictureAsync("story-5-check", Phone);
        await officer.TapAsync("Send 1 referral");
        await officer.SeesHeadingAsync("Sent");
        await NothingIsLeftBehindAsync(officer, name, nameUr);
        return await officer.Page.Locator(".code").InnerTextAsync();
    }
}
