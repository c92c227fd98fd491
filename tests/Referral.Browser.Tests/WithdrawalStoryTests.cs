using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>She takes her permission back, on a phone; the provider's next look finds the door shut.</summary>
public sealed class WithdrawalStoryTests
{
    private const string Name = "Noorjahan Azmaishi";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_permission_taken_back_shuts_the_door_at_once()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, "نورجہاں آزمائشی");

        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await desk.OpenReferralAsync(caseCode);
        await Deeds.AcceptAsync(desk);
        await desk.TapAsync("Show name");
        await desk.SeesWrittenAsync(Name);

        await TakeBackAsync(officer, caseCode);

        await desk.TapAsync("Hide");
        var victim = await desk.Page.RunAndWaitForResponseAsync(() => desk.TapAsync("Show name"), answer => answer.Url.EndsWith("/identity", StringComparison.Ordinal));
        Assert.That(victim.Status, Is.EqualTo(404));
        desk.Expects("/identity");
        await Assertions.Expect(desk.Page.Locator("main [role=alert]").First).ToBeVisibleAsync();
        Assert.That(await desk.ReadsAsync(), Does.Not.Contain(Name));

        await desk.GoAsync("/notices");
        await desk.SeesAsync("Permission ended, and the referral with it");
        await desk.PictureAsync("withdrawal-3-told", Phone);
        officer.HadNoFaults();
    }

    private static async Task TakeBackAsync(Actor officer, string caseCode)
    {
        await officer.GoAsync("/cases");
        await officer.OpenCardAsync(caseCode);
        await officer.TapAsync("Take back the permission");
        await officer.SeesAsync("These lose access at once");
        await officer.SeesAsync("1 referral ends");
        await officer.PictureAsync("withdrawal-1-effect", Phone);
        await officer.ConfirmAsync("Take back the permission");
        await officer.SeesAsync("Ended at …. Access ended in the same moment; those who had it were told.");
        await officer.PictureAsync("withdrawal-2-ended", Phone);
    }
}
