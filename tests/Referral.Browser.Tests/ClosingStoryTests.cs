using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A case closes by the word of two people on two phones, opens again by the word of one, and what cannot wait is told at once.</summary>
public sealed class ClosingStoryTests
{
    private const string Note = "She learns to sew and wants no more visits.";
    private static readonly Look Phone = new();

    [Test]
    public async Task One_proposes_another_approves_and_the_way_back_is_short()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var (id, caseCode) = await QuietCaseAsync(officer);
        await officer.GoAsync($"/cases/{id}");
        await officer.TapAsync("Propose to close");
        await officer.TickAsync(AriaRole.Radio, "Goals met");
        await officer.TickAsync(AriaRole.Checkbox, "The person agrees");
        await officer.WriteAsync("What else should the supervisor know?", Note);
        await officer.PictureAsync("closing-1-propose", Phone);
        await ConfirmAsync(officer, "Propose to close");
        await officer.SeesAsync("Waits for a supervisor's decision");

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await inspector.TapLinkAsync("Desk");
        await inspector.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = caseCode }).GetByRole(AriaRole.Link).ClickAsync();
        await inspector.SeesAsync(Note);
        await inspector.PictureAsync("closing-2-desk", Phone);
        await inspector.TapAsync("Approve");
        await ConfirmAsync(inspector, "Approve");
        await inspector.SeesAsync("Decided. Whoever asked is told.");

        await officer.GoAsync($"/cases/{id}");
        await officer.SeesAsync("Closed on");
        await officer.PictureAsync("closing-3-closed", Phone);
        await officer.TapAsync("Open the case again");
        await officer.TickAsync(AriaRole.Radio, "New danger");
        await ConfirmAsync(officer, "Open the case again");
        await officer.SeesHeadingAsync("Close the case");

        await officer.TapLinkAsync("Something serious happened");
        await officer.TickAsync(AriaRole.Radio, "Left without notice");
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Close the case");
        await inspector.GoAsync("/notices");
        await inspector.SeesAsync("Something serious happened: look at the case now");
        officer.HadNoFaults();
        inspector.HadNoFaults();
    }

    private static async Task<(string Id, string Code)> QuietCaseAsync(Actor officer)
    {
        var cases = await officer.AsksAsync("/victims?limit=200");
        var quiet = cases.GetProperty("items").EnumerateArray().Last(one => one.GetProperty("openReferrals").GetInt32() == 0);
        return (quiet.GetProperty("id").GetString()!, quiet.GetProperty("caseCode").GetString()!);
    }

    private static Task ConfirmAsync(Actor actor, string verb) =>
        actor.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = verb, Exact = true }).ClickAsync();
}
