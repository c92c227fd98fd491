using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A girl whose guardian cannot decide: one person proposes on a phone, a supervisor decides at the desk, and then it may be shared.</summary>
public sealed class DecisionStoryTests
{
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task Two_people_decide_for_a_child_and_a_court_stops_what_it_ordered()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var girl = await Scene.FoundAsync(officer);
        await ProposeAsync(officer, girl);

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        var decision = await WaitingAsync(inspector, girl);
        await inspector.GoAsync($"/desk/{decision}");
        await inspector.SeesWrittenAsync("I want to go to school.");
        await inspector.PictureAsync("decision-2-desk", Phone);
        await inspector.TapAsync("Approve");
        await inspector.ConfirmAsync("Approve");
        await inspector.SeesAsync("Decided. Whoever asked is told.");

        await officer.GoAsync($"/cases/{girl}");
        await officer.SeesAsync("In force");
        await officer.PictureAsync("decision-3-in-force", Phone);
        await OrderAsync(officer, girl);
        await inspector.SendsAsync("POST", $"/approvals/{await WaitingAsync(inspector, girl)}/decide", new { decision = "approve" });
        await StayAsync(officer, girl);

        officer.HadNoFaults();
        inspector.HadNoFaults();
    }

    [Test]
    public async Task Whoever_signed_in_long_ago_signs_in_again_beside_and_decides_with_the_words_still_there()
    {
        const string Words = "Visit her once more, please.";
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var girl = await Scene.FoundAsync(officer);
        var asked = (await officer.SendsAsync("POST", $"/victims/{girl}/close", new { reason = "goals_met", criteria = Array.Empty<string>() })).GetProperty("id").GetString();
        await using var inspector = await Actor.EnterAsync(Phone, isKept: true);
        await inspector.SignInAsync("inspector@police.example");
        await Stage.Product.AgeSignInAsync((await inspector.AsksAsync("/me")).GetProperty("id").GetGuid());

        await inspector.GoAsync($"/desk/{asked}");
        await inspector.TapAsync("Send back");
        await inspector.Sheet.GetByRole(AriaRole.Textbox).FillAsync(Words);
        inspector.Expects("/decide");
        await inspector.ConfirmAsync("Send back");
        var again = inspector.Named(AriaRole.Dialog, "Sign in again to decide");
        await again.WaitForAsync();
        await inspector.PictureAsync("again-1-asked", Phone);
        await inspector.SignInBesideAsync("inspector@police.example", () => inspector.Named(AriaRole.Button, "Sign in again", again).ClickAsync());
        await inspector.PictureAsync("again-2-back", Phone);
        await inspector.Named(AriaRole.Button, "Decide", again).ClickAsync();
        await inspector.SeesAsync("Decided. Whoever asked is told.");

        var answered = await officer.AsksAsync($"/approvals/{asked}");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answered.GetProperty("state").GetString(), Is.EqualTo("sent_back"));
            Assert.That(answered.GetProperty("line").GetString(), Is.EqualTo(Words));
        }
        officer.HadNoFaults();
        inspector.HadNoFaults();
    }

    private static async Task ProposeAsync(Actor officer, string girl)
    {
        await officer.GoAsync($"/cases/{girl}");
        await officer.UnfoldAsync("Nobody can be asked, or a law or court says so");
        await officer.TapLinkAsync("Best-interests decision");
        await officer.TickAsync(AriaRole.Radio, "The guardian has a conflict of interest");
        await officer.WriteAsync("Why", "Her uncle works for the kiln.");
        await officer.WriteAsync("What the child said", "I want to go to school.");
        await Deeds.NameAgencyAsync(officer, "shelter");
        await officer.WriteAsync("Until", Day(30));
        await officer.PictureAsync("decision-1-propose", Phone);
        await officer.TapAsync("Propose");
        await officer.SeesHeadingAsync("Waits for a second person");
    }

    private static async Task OrderAsync(Actor officer, string girl)
    {
        await officer.GoAsync($"/cases/{girl}/permissions/new/orders");
        await officer.WriteAsync("Court", "Sessions Court Kasur");
        await officer.WriteAsync("Number of the order", "112/2026");
        await officer.WriteAsync("Date of the order", Day(-3));
        await Deeds.NameAgencyAsync(officer, "shelter");
        await officer.WriteAsync("Until", Day(20));
        await officer.TapAsync("Propose");
        await officer.SeesHeadingAsync("Waits for a second person");
    }

    private static async Task StayAsync(Actor officer, string girl)
    {
        await officer.GoAsync($"/cases/{girl}");
        await officer.TapAsync("The court stayed it");
        await officer.SeesAsync("These lose access at once");
        await officer.WriteAsync("Date of the order", Day(-1));
        await officer.PictureAsync("decision-4-stay", Phone);
        await officer.ConfirmAsync("The court stayed it");
        await officer.SeesAsync("Written down at …. It holds from this moment.");
        await officer.SeesAsync("Stayed");
    }

    private static async Task<string> WaitingAsync(Actor inspector, string girl) =>
        (await inspector.AsksAsync($"/approvals?victimId={girl}")).GetProperty("items").EnumerateArray()
            .First(one => one.GetProperty("state").GetString() == "open").GetProperty("id").GetString()!;

    private static string Day(int days) => DateTime.UtcNow.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
