using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Two sisters, registered as a family, go to the girls' home together: one press of the shelter holds both places, one form hands both over,
/// and they are counted and received in one step.
/// </summary>
public sealed class GroupStoryTests
{
    private static readonly (string Name, string NameUr, string Age)[] Sisters = [("Mehwish Namoona", "مہوش نمونہ", "12-13"), ("Rimsha Namoona", "رمشا نمونہ", "14-15")];
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_family_is_referred_as_a_set_and_accepted_as_one()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        officer.Expects("/submit");
        await officer.SignInAsync("officer@police.example");
        await RegisterAsync(officer);
        var group = await ReferAsync(officer);
        await SendAsync(officer, group);

        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await AcceptAsync(desk, await CaseCodeAsync(officer, group));

        await officer.GoAsync(group);
        await officer.SeesAsync("Accepted");
        await officer.PictureAsync("group-7-accepted", Phone);
        await HandOverAsync(officer);
        await ReceiveAsync(desk, group);
        officer.HadNoFaults();
        desk.HadNoFaults();
    }

    private static async Task RegisterAsync(Actor officer)
    {
        await officer.TapLinkAsync("New");
        await officer.TapLinkAsync("A family was found");
        foreach (var (name, nameUr, age) in Sisters)
        {
            await officer.ChooseAsync("Who is with you?", "Girl");
            await officer.ChooseAsync("About how old?", age);
            await officer.WriteAsync("Name in Urdu", nameUr);
            await officer.WriteAsync("Name in English letters", name);
            await officer.TapAsync("Add to the family");
        }
        await officer.PictureAsync("group-1-family", Phone);
        await officer.TapAsync("Register 2 people");
        await officer.SeesHeadingAsync("Refer them together");
        foreach (var (name, nameUr, _) in Sisters)
        {
            await Deeds.NothingIsLeftBehindAsync(officer, name, nameUr);
        }
    }

    /// <returns>Where the group stands.</returns>
    private static async Task<string> ReferAsync(Actor officer)
    {
        await officer.ChooseAsync("What do they need?", "Safe shelter");
        await officer.PictureAsync("group-2-refer", Phone);
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Who can take all of them?");
        await officer.TickAsync(AriaRole.Radio, "Safe home for girls", starts: true);
        await officer.PictureAsync("group-3-whither", Phone);
        await officer.TapAsync("Prepare 2 referrals");
        await officer.SeesAsync("They must stay together. Nobody who is kept apart arrives before a supervisor of the sender has approved it.");
        return new Uri(officer.Page.Url).AbsolutePath;
    }

    /// <summary>Nobody was asked yet: the sheet names both, each is asked before anything goes, and she comes back to the set.</summary>
    private static async Task SendAsync(Actor officer, string group)
    {
        foreach (var (_, _, age) in Sisters)
        {
            await PressSendAsync(officer);
            await officer.PictureAsync("group-4-to-ask", Phone);
            await officer.TapLinkAsync($"Ask: Girl, {age}");
            await officer.TapAsync("The child, able to decide");
            await officer.SeesHeadingAsync("Read this aloud");
            await officer.TickAsync(AriaRole.Radio, "Thumb print");
            await officer.TapAsync("They agree");
            // Asked until it is so: a step inside the client can be over before anybody waits for it.
            await Assertions.Expect(officer.Page).ToHaveURLAsync(new Regex($"{group}$"));
        }
        await PressSendAsync(officer);
        await Assertions.Expect(officer.Said("Sent", isWhole: true, inside: "main li")).ToHaveCountAsync(2);
        await officer.PictureAsync("group-5-sent", Phone);
    }

    private static async Task PressSendAsync(Actor officer)
    {
        await officer.TapAsync("Send 2 referrals");
        await officer.ConfirmAsync("Send 2 referrals");
    }

    private static async Task<string> CaseCodeAsync(Actor officer, string group) =>
        (await officer.AsksAsync($"/referral-groups/{group.Split('/')[^1]}")).GetProperty("members")[0].GetProperty("referral").GetProperty("caseCode").GetString()!;

    private static async Task AcceptAsync(Actor desk, string caseCode)
    {
        await desk.OpenReferralAsync(caseCode);
        await desk.SeesAsync("1 other was sent with this one. They must stay together: answer for all in one step.");
        await desk.TapLinkAsync("See all of them");
        await desk.SeesAsync("They must stay together. If you take only some of them, a supervisor of the sender has to approve it before anybody arrives.");
        await desk.TapAsync("Accept and hold 2 places");
        await desk.PictureAsync("group-6-accept", Phone);
        await desk.ConfirmAsync("Accept and hold 2 places");
        await Assertions.Expect(desk.Said("Accepted", isWhole: true, inside: "main li")).ToHaveCountAsync(2);
    }

    private static async Task HandOverAsync(Actor officer)
    {
        await officer.TapAsync("Write down the handover of 2");
        await officer.WriteAsync("Given by", "ASI Nasreen Demo");
        await officer.WriteAsync("Received by", "Shahida");
        await officer.WriteAsync("Where", "At the gate");
        await officer.PictureAsync("group-8-handover", Phone);
        await officer.ConfirmAsync("Write down the handover of 2");
        await Assertions.Expect(officer.Named(AriaRole.Button, "Write down the handover of 2")).ToHaveCountAsync(0);
    }

    private static async Task ReceiveAsync(Actor desk, string group)
    {
        await desk.GoAsync(group);
        await desk.TapAsync("Count them and confirm");
        await desk.Sheet.Locator("input[name=there]").Nth(0).CheckAsync();
        await desk.Sheet.Locator("input[name=there]").Nth(1).CheckAsync();
        await desk.WriteAsync("How many children did you count?", "2");
        await desk.PictureAsync("group-9-count", Phone);
        await desk.ConfirmAsync("Count them and confirm");
        await desk.TapAsync("Record 2 arrivals");
        await desk.ConfirmAsync("Record 2 arrivals");
        await Assertions.Expect(desk.Said("Being helped", isWhole: true, inside: "main li")).ToHaveCountAsync(2);
        await desk.PictureAsync("group-10-there", Phone);
    }
}
