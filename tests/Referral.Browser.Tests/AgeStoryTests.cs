using System.Globalization;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Papers disagree with what somebody says: until an officer has decided she is a child, and anybody can read what the laws say of that.</summary>
public sealed class AgeStoryTests
{
    private const string Said = "The owner of the kiln says she is nineteen.";
    private const string Reason = "The register of the school was seen. Nobody wrote down why she should be nineteen.";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task An_age_is_disputed_and_decided_by_somebody_else()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var girl = await Scene.FoundAsync(officer);
        await ProveAsync(officer, girl);
        await DisputeAsync(officer);

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await DecideAsync(inspector, girl);

        await officer.GoAsync($"/cases/{girl}/age");
        await officer.SeesAsync("A child: under 18.");
        await officer.SeesAsync("Decided");
        await officer.SeesWrittenAsync(Reason);
        await officer.SeesWrittenAsync(Said);
        await officer.ChooseAsync("For what?", "Work at a brick kiln");
        await officer.SeesAsync("Under 14? Yes");
        await officer.PictureAsync("age-4-decided", Phone);
        officer.HadNoFaults();
        inspector.HadNoFaults();
    }

    [Test]
    public async Task Anybody_reads_who_is_a_child()
    {
        await using var visitor = await Actor.EnterAsync(Phone);
        await visitor.GoAsync("/");
        await visitor.TapLinkAsync("Who is a child?");
        await visitor.ChooseAsync("For what?", "Marriage of a bride");
        await visitor.Said("under 18", isWhole: true).First.WaitForAsync();
        await visitor.Said("under 16", isWhole: true).First.WaitForAsync();
        await visitor.PictureAsync("age-5-law", Phone);
        visitor.HadNoFaults();
    }

    private static async Task ProveAsync(Actor officer, string girl)
    {
        await officer.GoAsync($"/cases/{girl}");
        await officer.TapLinkAsync("Age and protection");
        await officer.TapLinkAsync("Add a proof of age");
        await officer.ChooseAsync("Kind of proof", "School or board certificate");
        await officer.WriteAsync("Day of birth", DateTime.UtcNow.AddYears(-12).AddDays(-40).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        await officer.PictureAsync("age-1-proof", Phone);
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Age and protection");
        await officer.TapAsync("Show");
        await officer.SeesAsync("School or board certificate");
    }

    private static async Task DisputeAsync(Actor officer)
    {
        await Assertions.Expect(officer.Named(AriaRole.Button, "Decide the age")).ToHaveCountAsync(0);
        await officer.TapAsync("Dispute the age");
        await officer.WriteAsync("Who says what, and why?", Said);
        await officer.ConfirmAsync("Dispute the age");
        await officer.SeesAsync("Treated as a child: the age is disputed, and nobody has decided it yet.");
        await officer.PictureAsync("age-2-disputed", Phone);
    }

    private static async Task DecideAsync(Actor inspector, string girl)
    {
        await Deeds.OpenNoticeAsync(inspector, "An age is disputed: a supervisor must decide");
        await Assertions.Expect(inspector.Page).ToHaveURLAsync($"{Stage.Address}/cases/{girl}/age");
        await inspector.SeesWrittenAsync(Said);
        await inspector.TapAsync("Decide the age");
        await inspector.TickAsync(AriaRole.Checkbox, "School or board certificate", starts: true);
        await inspector.WriteAsync("Why?", Reason);
        await inspector.PictureAsync("age-3-decide", Phone);
        await inspector.ConfirmAsync("Decide the age");
        await inspector.SeesWrittenAsync(Reason);
    }
}
