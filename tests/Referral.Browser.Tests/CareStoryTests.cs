using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// After the rescue: what shall be reached is planned, she is visited, the case closes by the word of two people on two phones, opens again
/// by the word of one, and what cannot wait is told at once.
/// </summary>
public sealed class CareStoryTests
{
    private const string Name = "Gulnaz Rehmat";
    private const string NameUr = "گل ناز رحمت";
    private const string Goal = "She sews, and is paid for it.";
    private const string Step = "A place in the sewing course";
    private const string Note = "She learns to sew and wants no more visits.";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_plan_is_made_a_visit_written_down_and_the_case_closed_by_two()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var (address, caseCode) = await Deeds.FoundAsync(officer, Name, NameUr);
        await PlanAsync(officer);
        await VisitAsync(officer);
        await ProposeAsync(officer, address);

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await ApproveAsync(inspector, caseCode);

        await OpenAgainAsync(officer, address);
        await officer.TapLinkAsync("Something serious happened");
        await officer.TickAsync(AriaRole.Radio, "Left without notice");
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Close the case");
        await inspector.GoAsync("/notices");
        await inspector.SeesAsync("Something serious happened: look at the case now");
        officer.HadNoFaults();
        inspector.HadNoFaults();
    }

    private static async Task PlanAsync(Actor officer)
    {
        await officer.TapLinkAsync("Plan");
        await officer.TapLinkAsync("Make a plan");
        await officer.WriteAsync("What shall be reached?", Goal);
        await officer.ChooseAsync("Who sees to it?", "Officer Kasur");
        await officer.TapAsync("Add a step");
        await officer.WriteAsync("Step 1", Step);
        await officer.PictureAsync("care-1-plan", Phone);
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("What was agreed");
        await officer.TapAsync("Show");
        await officer.SeesWrittenAsync(Goal);
        await officer.SeesWrittenAsync(Step);
        await officer.PictureAsync("care-2-agreed", Phone);
        await Deeds.NothingIsLeftBehindAsync(officer, Goal, Step);
        await officer.TapAsync("Back");
    }

    private static async Task VisitAsync(Actor officer)
    {
        await officer.TapLinkAsync("Visits");
        await officer.TapLinkAsync("Write down a visit");
        await officer.TickAsync(AriaRole.Radio, "Three-month check");
        await officer.TickAsync(AriaRole.Checkbox, "Is safe");
        await officer.TickAsync(AriaRole.Checkbox, "Spoken to alone");
        await officer.PictureAsync("care-3-visit", Phone);
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Visits made");
        await officer.TapAsync("Show");
        await officer.SeesAsync("Three-month check");
        await officer.PictureAsync("care-4-visited", Phone);
    }

    private static async Task ProposeAsync(Actor officer, string address)
    {
        await officer.GoAsync(address);
        await officer.TapAsync("Propose to close");
        await officer.TickAsync(AriaRole.Radio, "Goals met");
        await officer.TickAsync(AriaRole.Checkbox, "The person agrees");
        await officer.WriteAsync("What else should the supervisor know?", Note);
        await officer.PictureAsync("care-5-propose", Phone);
        await officer.ConfirmAsync("Propose to close");
        await officer.SeesAsync("Waits for a supervisor's decision until ….");
    }

    private static async Task ApproveAsync(Actor inspector, string caseCode)
    {
        await inspector.TapLinkAsync("Desk");
        await inspector.OpenCardAsync(caseCode);
        await inspector.SeesWrittenAsync(Note);
        await inspector.PictureAsync("care-6-desk", Phone);
        await inspector.TapAsync("Approve");
        await inspector.ConfirmAsync("Approve");
        await inspector.SeesAsync("Decided. Whoever asked is told.");
    }

    private static async Task OpenAgainAsync(Actor officer, string address)
    {
        await officer.GoAsync(address);
        await officer.SeesAsync("Closed on …: Goals met");
        await officer.PictureAsync("care-7-closed", Phone);
        await officer.TapAsync("Open the case again");
        await officer.TickAsync(AriaRole.Radio, "New danger");
        await officer.ConfirmAsync("Open the case again");
        await officer.SeesHeadingAsync("Close the case");
    }
}
