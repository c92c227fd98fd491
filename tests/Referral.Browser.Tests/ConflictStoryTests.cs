using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>An officer and her inspector write the same document at the same time, on two phones: neither loses a word.</summary>
public sealed class ConflictStoryTests
{
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task What_two_people_wrote_is_decided_field_by_field()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        await Deeds.RegisterAsync(officer, "Naheed Azmaishi", "ناہید آزمائشی");
        await officer.SeesHeadingAsync("Who allows us to share?");
        var identity = new Uri(officer.Page.Url).AbsolutePath.Replace("/refer/permission", "/about/identity", StringComparison.Ordinal);
        await officer.GoAsync(identity);
        await officer.WriteAsync("Name in English letters", "Naheed of Kasur");
        await officer.WriteAsync("CNIC or B-form number", "35102-1234567-8");

        await using var inspector = await Actor.EnterAsync(Phone);
        await inspector.SignInAsync("inspector@police.example");
        await inspector.GoAsync(identity);
        await inspector.WriteAsync("Name in English letters", "Nahid Azmaishi");
        await inspector.WriteAsync("Father's name in English letters", "Ghulam Azmaishi");
        await inspector.TapAsync("Save");
        await inspector.SeesHeadingAsync("Needs");

        officer.Expects("/identity");
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Changed meanwhile. Look again");
        await officer.PictureAsync("conflict-1-both", Phone);
        var name = officer.Named(AriaRole.Region, "Name in English letters");
        await Assertions.Expect(name).ToContainTextAsync("Naheed Azmaishi");
        await officer.SeesWrittenAsync("Ghulam Azmaishi");
        await officer.Named(AriaRole.Radio, "Now in the record", name, starts: true).CheckAsync();
        await officer.TapAsync("Save");
        await officer.SeesHeadingAsync("Needs");

        await inspector.GoAsync(identity);
        await Assertions.Expect(inspector.Field("Name in English letters")).ToHaveValueAsync("Nahid Azmaishi");
        await Assertions.Expect(inspector.Field("Father's name in English letters")).ToHaveValueAsync("Ghulam Azmaishi");
        await Assertions.Expect(inspector.Field("CNIC or B-form number")).ToHaveValueAsync("35102-1234567-8");
        officer.HadNoFaults();
        inspector.HadNoFaults();
    }
}
