using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// She speaks for herself: a code on paper, and by it that it should stop and that she wants to be called; her team answers, and she is
/// told who read what of her, by agency and role.
/// </summary>
public sealed class VoiceStoryTests
{
    private const string Name = "Mehrunnisa Azmaishi";
    private const string Wish = "Nobody shall come to the house.";
    private const string Words = "The visits end, the school goes on.";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task She_asks_that_it_stops_is_answered_and_learns_who_read_of_her()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var girl = await SharedAsync(officer);
        var code = await GiveAsync(officer, girl);

        await using var her = await Actor.EnterAsync(Phone);
        await AskAsync(her, code, "Being acted on");
        await SayAsync(her, "Please stop", Wish);
        await SayAsync(her, "Call me back", "After dark.");
        await her.PictureAsync("voice-2-said", Phone);
        Assert.That(await her.LeavesBehindAsync(), Does.Not.Contain(Wish).And.Not.Contain(code), "nothing tells what this phone was used for");

        await Deeds.OpenNoticeAsync(officer, "Somebody asks that it stops");
        await Assertions.Expect(officer.Page).ToHaveURLAsync($"{Stage.Address}/cases/{girl}/voice");
        await TakeBackAsync(officer);
        await officer.TapLinkAsync("What she says");
        await AnswerAsync(officer);

        await AskAsync(her, code, "Being acted on");
        await HowItWentAsync(her);
        await officer.GoAsync($"/cases/{girl}/voice");
        await officer.SeesAsync("Did you feel safe?");
        await officer.PictureAsync("voice-4-all", Phone);
        await LearnAsync(officer, girl);
        officer.HadNoFaults();
        her.HadNoFaults();
    }

    [Test]
    public async Task A_code_that_nobody_holds_is_answered_like_any_other()
    {
        await using var stranger = await Actor.EnterAsync(Phone);
        await AskAsync(stranger, FollowCode.Make(987_654_321).Text, "Received");
        await SayAsync(stranger, "Please stop", Wish);
        await HowItWentAsync(stranger);
        stranger.HadNoFaults();
    }

    /// <summary>A shelter has accepted her, and opened who she is.</summary>
    private static async Task<string> SharedAsync(Actor officer)
    {
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, "مہرالنسا آزمائشی");
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await desk.OpenReferralAsync(caseCode);
        await Deeds.AcceptAsync(desk);
        await desk.TapAsync("Show name");
        await desk.SeesWrittenAsync(Name);
        await officer.GoAsync("/cases");
        await officer.OpenCardAsync(caseCode);
        return new Uri(officer.Page.Url).Segments[^1];
    }

    /// <returns>What stands on her paper.</returns>
    private static async Task<string> GiveAsync(Actor officer, string girl)
    {
        await officer.TapLinkAsync("What she says");
        await Assertions.Expect(officer.Page).ToHaveURLAsync($"{Stage.Address}/cases/{girl}/voice");
        await officer.TapAsync("Give her a code");
        await officer.SeesAsync("This code is shown once. Print it or write it down, and ask her where she can keep it safely. An earlier code does not work any more.");
        await officer.PictureAsync("voice-1-paper", Phone);
        var paper = officer.Page.Locator(".slip");
        Assert.That(await paper.InnerTextAsync(), Does.Contain("/follow").And.Not.Contain(Name), "others may find it");
        return await paper.Locator(".code").InnerTextAsync();
    }

    private static async Task AskAsync(Actor her, string code, string status)
    {
        await her.GoAsync("/follow");
        await her.WriteAsync("Code", code);
        await her.TapAsync("How far is it?");
        await her.SeesAsync(status);
    }

    private static async Task SayAsync(Actor her, string what, string words)
    {
        await her.TickAsync(AriaRole.Radio, what);
        await her.WriteAsync("Your words", words);
        await her.Page.RunAndWaitForResponseAsync(() => her.TapAsync("Send"), answer => answer.Url.EndsWith("/public/codes/messages", StringComparison.Ordinal) && answer.Ok);
        await her.SeesAsync("It was sent.");
    }

    /// <summary>What she wants is done before it is answered.</summary>
    private static async Task TakeBackAsync(Actor officer)
    {
        await officer.SeesWrittenAsync(Wish);
        await officer.SeesAsync("Answer by: …");
        await officer.TapLinkAsync("Her permissions");
        await Assertions.Expect(officer.Named(AriaRole.Button, "Take back the permission")).ToBeInViewportAsync();
        await officer.TapAsync("Take back the permission");
        await officer.SeesAsync("1 referral ends");
        await officer.ConfirmAsync("Take back the permission");
        await officer.SeesAsync("Ended at …. Access ended in the same moment; those who had it were told.");
    }

    private static async Task AnswerAsync(Actor officer)
    {
        var stop = officer.Page.GetByRole(AriaRole.Article).Filter(new() { Has = officer.Named(AriaRole.Heading, "She asks that it stops") });
        await officer.Named(AriaRole.Button, "Write down what became of it", stop).ClickAsync();
        await officer.TickAsync(AriaRole.Radio, "A part of it stops");
        await officer.WriteAsync("What was done, or why not", Words);
        await officer.PictureAsync("voice-3-answer", Phone);
        await officer.ConfirmAsync("Write down what became of it");
        await officer.SeesWrittenAsync(Words);

        await officer.TapAsync("Write down what became of it");
        await officer.ConfirmAsync("Write down what became of it");
        await officer.SeesAsync("She was called");
        await Assertions.Expect(officer.Said("Answer by: …")).ToHaveCountAsync(0);
    }

    private static async Task HowItWentAsync(Actor her)
    {
        foreach (var (question, answer) in new[] { ("Did they listen to you?", "Yes"), ("Did it help?", "Not sure"), ("Did you feel safe?", "No"), ("Would you ask again?", "Yes") })
        {
            await her.Named(AriaRole.Radio, answer, her.Named(AriaRole.Group, question)).CheckAsync();
        }
        await her.Named(AriaRole.Button, "Send").Last.ClickAsync();
        await her.SeesAsync("It was sent.");
    }

    private static async Task LearnAsync(Actor officer, string girl)
    {
        await officer.GoAsync($"/cases/{girl}");
        await officer.TapLinkAsync("Who saw her data");
        await officer.SeesAsync("Demo Girls' Home, Provider staff");
        await officer.PictureAsync("voice-5-seen", Phone);
        var read = await officer.Page.Locator("main").InnerTextAsync();
        Assert.That(DemoWorld.Workers.Select(worker => worker.Name).Where(name => read.Contains(name, StringComparison.Ordinal)), Is.Empty);
    }
}
