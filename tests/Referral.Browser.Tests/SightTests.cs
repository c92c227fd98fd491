using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>The screens as they look with the demo's data: axe finds nothing, nothing scrolls sideways, no name leaves the page.</summary>
public sealed partial class SightTests
{
    /// <summary>Without the shortest, which a random code may spell.</summary>
    private static readonly IReadOnlySet<string> SeededNames = Csv.Rows("name-variants.csv")
        .SelectMany(row => row("latin_variants").Split('|').Append(row("urdu")))
        .Where(name => name.Length > 3)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>Each language meets each size and each colour scheme once.</summary>
    private static readonly IReadOnlyList<Look> Looks = [new("en"), new("ur", IsDark: true), new("en", IsWide: true, IsDark: true), new("ur", IsWide: true)];

    [TestCaseSource(nameof(Looks))]
    public async Task The_screens_of_a_desk_are_readable_by_everybody(object asked)
    {
        var look = (Look)asked;
        await using var desk = await Actor.EnterAsync(look, isExamined: true);
        await desk.GoAsync($"/web/signin?return=%2Freferrals%2Freceived&lang={look.Language}");
        await ExamineAsync(desk, "sign-in", look);

        await desk.SignInAsync("desk@shelter.example", look.Language);
        await ExamineAsync(desk, "received", look);

        await desk.OpenFirstReferralAsync();
        await ExamineAsync(desk, "referral", look);
        desk.HadNoFaults();
    }

    [Test]
    public async Task No_name_of_a_case_leaves_the_page()
    {
        var look = new Look();
        await using var officer = await Actor.EnterAsync(look);
        await officer.SignInAsync("officer@police.example");
        await officer.TapLinkAsync("Cases");
        await officer.TapAsync("Show names");
        await officer.Page.GetByRole(AriaRole.Button, new() { Name = "Hide", Exact = true }).WaitForAsync();
        Assert.That(NamesIn(await officer.ReadsAsync()), Is.Not.Empty, "names are shown when asked for");
        Assert.That(NamesIn(await officer.LeavesBehindAsync()), Is.Empty);
        await officer.PictureAsync("cases-named", look);
    }

    private static async Task ExamineAsync(Actor actor, string screen, Look look)
    {
        await actor.PictureAsync(screen, look);
        await actor.Page.EvaluateAsync(await File.ReadAllTextAsync(Repository.Axe));
        var violations = await actor.Page.EvaluateAsync<string[]>(
            "async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => target.join(' ') + ' ' + failureSummary).join('; ')}`)");
        var sideways = await actor.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(violations, Is.Empty, $"{screen} {look}");
            Assert.That(sideways, Is.Zero, $"{screen} {look} scrolls sideways");
            Assert.That(NamesIn(await actor.LeavesBehindAsync()), Is.Empty, $"{screen} {look}");
        }
    }

    private static string[] NamesIn(string text) => [.. Words().Matches(text).Select(word => word.Value).Where(SeededNames.Contains)];

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex Words();
}
