using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The first home cannot help: the police are told why, and two taps send her on to the next, with nothing typed twice.</summary>
public sealed class SentOnStoryTests
{
    private const string Name = "Shagufta Sikandar";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task Where_one_cannot_help_the_next_is_two_taps_away()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, "شگفتہ سکندر");

        await using var first = await Actor.EnterAsync(Phone);
        await first.SignInAsync("desk@shelter.example");
        await first.OpenReferralAsync(caseCode);
        await first.TapAsync("We cannot help");
        await first.TickAsync(AriaRole.Radio, "Needs more specialised care");
        await first.PictureAsync("sent-on-1-cannot", Phone);
        await first.ConfirmAsync("We cannot help");
        await first.SeesAsync("You said that you cannot help. The sender was told.");

        await officer.TapLinkAsync("Notices", starts: true);
        await officer.SeesAsync("They could not help: choose the next provider");
        await officer.GoAsync("/referrals/sent?show=closed");
        await officer.OpenReferralAsync(caseCode);
        await officer.SeesAsync("Needs more specialised care");
        await officer.SeesAsync("The permission covers it");
        await officer.PictureAsync("sent-on-2-next", Phone);
        await officer.TapAsync("Send to the next provider");
        await officer.SeesAsync("Demo Refuge for Women and Girls");
        await officer.SeesAsync("The provider must answer.");
        await officer.PictureAsync("sent-on-3-sent", Phone);

        await using var second = await Actor.EnterAsync(Phone);
        await second.SignInAsync("desk@refuge.example");
        await second.OpenReferralAsync(caseCode);
        await second.TapAsync("Accept");
        await second.ConfirmAsync("Accept");
        await second.TapAsync("Show name");
        await second.SeesWrittenAsync(Name);
        officer.HadNoFaults();
        first.HadNoFaults();
        second.HadNoFaults();
    }
}
