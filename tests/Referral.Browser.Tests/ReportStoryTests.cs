using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// The helpline: a prank ends in three inputs, a call for help becomes a case, and whoever called follows it with a code, from a phone on
/// which nothing tells what it is about.
/// </summary>
public sealed class ReportStoryTests
{
    private const string Told = "Two girls carry bricks at night behind the canal.";
    private const string Message = "They have been moved to the other kiln.";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_call_for_help_becomes_a_case()
    {
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("operator@helpline.example");
        await desk.TapLinkAsync("New call or visit");
        await desk.TickAsync(AriaRole.Radio, "1 Silent or prank");
        await desk.TapAsync("Save, next call");
        await desk.SeesAsync("Saved. Demo Protection Helpline handles it.");
        await TakeAsync(desk);
        await desk.PictureAsync("report-1-code", Phone);

        await desk.TapLinkAsync("Open this report");
        await desk.SeesWrittenAsync(Told);
        await desk.PictureAsync("report-2-told", Phone);
        await desk.TapAsync("Make it a case");
        await desk.TickAsync(AriaRole.Radio, "Female");
        await desk.TickAsync(AriaRole.Radio, "10-11");
        await desk.PictureAsync("report-3-case", Phone);
        await desk.ConfirmAsync("Make it a case");
        await desk.SeesHeadingAsync("Needs");
        await desk.SeesAsync("What happened: 1 entry");
        await desk.PictureAsync("report-4-opened", Phone);
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Told), "what was told stays folded");
        await Deeds.NothingIsLeftBehindAsync(desk, Told, Told);
        desk.HadNoFaults();
    }

    [Test]
    public async Task Whoever_called_follows_it_with_a_code_and_is_called_back()
    {
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("operator@helpline.example");
        await desk.TapLinkAsync("New call or visit");
        var code = await TakeAsync(desk);
        await desk.TapLinkAsync("Open this report");
        var report = new Uri(desk.Page.Url).AbsolutePath;

        await using var caller = await Actor.EnterAsync(Phone);
        await caller.GoAsync("/");
        await caller.TapLinkAsync("Ask with your code");
        await AskAsync(caller, code, "Received");
        await caller.TickAsync(AriaRole.Radio, "Call me back");
        await caller.WriteAsync("Your words", Message);
        await caller.PictureAsync("follow-2-call-back", Phone);
        await caller.TapAsync("Send");
        await caller.SeesAsync("It was sent.");
        Assert.That(await caller.LeavesBehindAsync(), Does.Not.Contain(Message).And.Not.Contain(code), "nothing tells what this phone was used for");

        await desk.GoAsync(report);
        await desk.SeesWrittenAsync(Message);
        await desk.SeesAsync("Somebody waits to be called back. Call by: …");
        await desk.PictureAsync("follow-3-waits", Phone);
        await desk.TapAsync("We have called");
        await Assertions.Expect(desk.Said("Somebody waits to be called back. Call by: …")).ToHaveCountAsync(0);
        await SortAsync(desk);

        await caller.GoAsync("/follow");
        await AskAsync(caller, code, "Closed");
        Assert.That(await caller.ReadsAsync(), Does.Not.Contain(Told).And.Not.Contain(Message).And.Not.Contain("Kasur").And.Not.Contain("قصور"));
        await HowItWentAsync(caller);
        await desk.GoAsync(report);
        await desk.SeesAsync("How it went");
        desk.HadNoFaults();
        caller.HadNoFaults();
    }

    /// <returns>The follow-code that the caller is told.</returns>
    private static async Task<string> TakeAsync(Actor desk)
    {
        await desk.TickAsync(AriaRole.Radio, "5 Needs help, or complains");
        await desk.TickAsync(AriaRole.Radio, "High");
        await desk.WriteAsync("What was told", Told);
        await desk.ChooseAsync("District", "Kasur");
        await desk.TickAsync(AriaRole.Checkbox, "Wants to stay unknown", starts: true);
        await desk.TapAsync("Save, next call");
        await desk.SeesAsync("Tell the caller this code, once. With it they can ask how far it has come:");
        return await desk.Page.Locator(".banner strong bdi").InnerTextAsync();
    }

    private static async Task AskAsync(Actor caller, string code, string status)
    {
        await caller.WriteAsync("Code", code);
        await caller.TapAsync("How far is it?");
        await caller.SeesAsync(status);
        await caller.PictureAsync($"follow-1-{status}", Phone);
    }

    private static async Task SortAsync(Actor desk)
    {
        await desk.TapAsync("Sort it");
        await desk.TickAsync(AriaRole.Radio, "Passed to another body");
        await desk.ConfirmAsync("Save");
        await desk.SeesAsync("Passed to another body");
    }

    private static async Task HowItWentAsync(Actor caller)
    {
        await caller.Named(AriaRole.Radio, "Yes", caller.Named(AriaRole.Group, "Did they listen to you?")).CheckAsync();
        await caller.Named(AriaRole.Button, "Send").Last.ClickAsync();
        await caller.SeesAsync("It was sent.");
    }
}
