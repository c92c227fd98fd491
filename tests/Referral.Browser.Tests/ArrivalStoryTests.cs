using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// She is brought to the girls' home: who gave her, what she carried, and both sides count her. Then she is there, and later the outcome is
/// recorded; a child who was not among them is an alarm.
/// </summary>
public sealed class ArrivalStoryTests
{
    private const string Escort = "ASI Nasreen Demo";
    private const string Belongings = "A blue school bag";
    private const string Papers = "Copy of the first report";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task Both_sides_say_that_she_came_and_what_she_carried()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, "Parveen Khudabakhsh", "پروین خدا بخش");
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await ReceiveAsync(desk, caseCode);

        await officer.GoAsync("/referrals/sent");
        await officer.OpenReferralAsync(caseCode);
        await officer.TapLinkAsync("Handover");
        await officer.SeesWrittenAsync(Belongings);
        await officer.SeesWrittenAsync(Papers);
        await CountAsync(officer, "Yes");
        await officer.PictureAsync("arrival-2-confirm", Phone);
        await officer.TapAsync("Confirm");
        await officer.SeesHeadingAsync("What has happened");

        await ArriveAsync(desk, caseCode);
        await officer.GoAsync("/cases");
        await officer.OpenCardAsync(caseCode);
        await officer.TapLinkAsync("Visits");
        foreach (var visit in new[] { "Three-month check", "Six-month check", "Twelve-month check" })
        {
            await officer.SeesAsync(visit);
        }
        await officer.PictureAsync("arrival-5-visits-due", Phone);
        officer.HadNoFaults();
        desk.HadNoFaults();
    }

    [Test]
    public async Task A_child_who_was_not_among_them_is_told_to_both_supervisors()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, "Rukhsana Dilawar", "رخسانہ دلاور");
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await ReceiveAsync(desk, caseCode);

        await officer.GoAsync("/referrals/sent");
        await officer.OpenReferralAsync(caseCode);
        await officer.TapLinkAsync("Handover");
        await CountAsync(officer, "No");
        await officer.TapAsync("Confirm");
        await officer.SeesAsync("This child is missing. Ring the other side and the police now; supervisors of both have been told.");
        await officer.PictureAsync("arrival-6-missing", Phone);

        foreach (var supervisor in new[] { "inspector@police.example", "manager@shelter.example" })
        {
            await using var told = await Actor.EnterAsync(Phone);
            await told.SignInAsync(supervisor);
            await told.TapLinkAsync("Notices", starts: true);
            await told.SeesAsync("A child may be missing on the way");
            told.HadNoFaults();
        }
        officer.HadNoFaults();
    }

    /// <summary>Accepts, and writes down who brought her.</summary>
    private static async Task ReceiveAsync(Actor desk, string caseCode)
    {
        await desk.OpenReferralAsync(caseCode);
        await Deeds.AcceptAsync(desk);
        await desk.TapAsync("Receive the child");
        await desk.WriteAsync("Given by", Escort);
        await desk.WriteAsync("Received by", "Shahida");
        await desk.WriteAsync("Where", "At the gate");
        await desk.WriteAsync("Belongings", Belongings);
        await desk.WriteAsync("Papers", Papers);
        await desk.PictureAsync("arrival-1-receive", Phone);
        await desk.TapAsync("Save the handover");
        await desk.SeesAsync("A handover was written down");
    }

    private static async Task CountAsync(Actor officer, string isThere)
    {
        await officer.TickAsync(AriaRole.Radio, isThere, starts: true);
        await officer.WriteAsync("How many children did you count?", "1");
    }

    /// <summary>She is there, and later what came of it.</summary>
    private static async Task ArriveAsync(Actor desk, string caseCode)
    {
        await desk.GoAsync("/referrals/received");
        await desk.OpenReferralAsync(caseCode);
        await desk.TapAsync("Record arrival");
        await desk.ConfirmAsync("Record arrival");
        await desk.SeesAsync("Record the outcome when the service ends.");
        await desk.PictureAsync("arrival-3-there", Phone);
        await desk.TapAsync("Record the outcome");
        await desk.TickAsync(AriaRole.Radio, "Need met");
        await desk.PictureAsync("arrival-4-outcome", Phone);
        await desk.ConfirmAsync("Record the outcome");
        await desk.SeesAsync("Completed. What was shared stays open for 30 days.");
    }
}
