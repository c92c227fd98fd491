using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A desk that knows nothing but a code opens a case in an emergency; a supervisor of the case reads what was read, and answers.</summary>
public sealed class EmergencyStoryTests
{
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_desk_opens_a_case_in_an_emergency_and_its_supervisor_answers_for_that()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var girl = await Scene.FoundAsync(officer);
        var code = (await officer.AsksAsync($"/victims/{girl}")).GetProperty("caseCode").GetString()!;

        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await OpenAsync(desk, code);

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await AnswerAsync(inspector, code);

        desk.Expects($"/victims/{girl}");
        await desk.GoAsync($"/cases/{girl}");
        await desk.SeesAsync("Nothing is here, or it is not open to you.");
        officer.HadNoFaults();
        desk.HadNoFaults();
        inspector.HadNoFaults();
    }

    private static async Task OpenAsync(Actor desk, string code)
    {
        await desk.GoAsync("/emergency");
        await desk.WriteAsync("Case code", code);
        await desk.TickAsync(AriaRole.Radio, "Medical emergency");
        await desk.WriteAsync("What is happening?", "She bleeds and cannot speak.");
        await desk.TickAsync(AriaRole.Checkbox, "Who the person is");
        await desk.PictureAsync("emergency-1-open", Phone);
        await desk.TapAsync("Open for four hours");
        await desk.SeesAsync("Emergency access. All that you open here is written down.");
        await desk.TapAsync("Show name");
        await desk.PictureAsync("emergency-2-case", Phone);
    }

    private static async Task AnswerAsync(Actor inspector, string code)
    {
        var waiting = (await inspector.AsksAsync("/break-glass?limit=200")).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("caseCode").GetString() == code);
        await inspector.GoAsync($"/emergency/{waiting.GetProperty("id").GetString()}");
        await inspector.SeesWrittenAsync("She bleeds and cannot speak.");
        await inspector.PictureAsync("emergency-3-review", Phone);
        await inspector.TapAsync("It was not right");
        await inspector.WriteAsync("Why?", "Nobody of hers was asked.");
        await inspector.ConfirmAsync("It was not right");
        await inspector.SeesAsync("Answered. Whoever opened it is told.");
    }
}
