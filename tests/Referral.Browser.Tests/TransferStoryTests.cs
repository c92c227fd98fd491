using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The police give a case to the bureau that must lead it, on two phones: who was in is out, and who was out is in.</summary>
public sealed class TransferStoryTests
{
    private const string Name = "Wajeeha Khudadad";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_case_changes_hands_when_the_other_side_accepts_it()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, "وجیہہ خداداد");

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        var address = await OfferAsync(inspector, caseCode);

        await using var bureau = await Actor.EnterAsync(Phone);
        await bureau.SignInAsync("supervisor@bureau.example");
        await TakeOverAsync(bureau, caseCode);

        await inspector.GoAsync(address);
        await inspector.SeesAsync("Your agency sees only this much of the case.");
        await inspector.PictureAsync("transfer-5-stays", Phone);
        Assert.That(await inspector.Named(AriaRole.Button, "Show name").CountAsync(), Is.Zero);
        await inspector.GoAsync("/notices");
        await inspector.SeesAsync("A case has moved to another agency");
        inspector.HadNoFaults();
        bureau.HadNoFaults();
    }

    /// <returns>Where the case stands.</returns>
    private static async Task<string> OfferAsync(Actor inspector, string caseCode)
    {
        await inspector.GoAsync("/cases");
        await inspector.OpenCardAsync(caseCode);
        await inspector.TapAsync("Move the case");
        await inspector.WriteAsync("Name of the agency", "child protection bureau");
        await inspector.TapAsync("Demo Child Protection Bureau", starts: true);
        await inspector.TickAsync(AriaRole.Radio, "Another law applies there");
        await inspector.TickAsync(AriaRole.Radio, "Stays", starts: true);
        await inspector.PictureAsync("transfer-1-offer", Phone);
        await inspector.TapAsync("Offer the case");
        await inspector.SeesAsync("Nothing changes until they accept.");
        await inspector.PictureAsync("transfer-2-waits", Phone);
        return new Uri(inspector.Page.Url).AbsolutePath.Replace("/transfer", "", StringComparison.Ordinal);
    }

    private static async Task TakeOverAsync(Actor bureau, string caseCode)
    {
        await bureau.TapLinkAsync("Menu");
        await bureau.TapLinkAsync("Cases that move");
        await bureau.OpenCardAsync(caseCode);
        await bureau.SeesAsync("Name and records open when you accept.");
        await bureau.PictureAsync("transfer-3-offered", Phone);
        await bureau.TapAsync("Take over the case");
        await bureau.ConfirmAsync("Take over the case");
        await bureau.TapLinkAsync("Open the case");
        await bureau.TapAsync("Show name");
        await bureau.SeesWrittenAsync(Name);
        await bureau.PictureAsync("transfer-4-leads", Phone);
        await Deeds.NothingIsLeftBehindAsync(bureau, Name, "وجیہہ خداداد");

        await bureau.SeesAsync("Nobody yet: only supervisors can open this case.");
        await bureau.TapAsync("Add to the team");
        await bureau.TickAsync(AriaRole.Radio, "Bureau Officer");
        await bureau.ConfirmAsync("Add to the team");
        await bureau.SeesAsync("Take off the team");
    }
}
