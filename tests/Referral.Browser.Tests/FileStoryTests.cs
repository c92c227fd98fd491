using System.Buffers.Binary;
using System.Text;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A paper is photographed: where the phone was is not sent along, the team opens it, and a provider to whom nobody named it sees none.</summary>
public sealed class FileStoryTests
{
    private const string Name = "Nosheen Azmaishi";
    private const string Position = "31.1187N 74.4463E";
    private static readonly Look Phone = Look.Phone;

    [Test]
    public async Task A_picture_is_kept_without_its_place_and_only_for_the_team()
    {
        await using var officer = await Actor.EnterAsync(Phone);
        await officer.SignInAsync("officer@police.example");
        var caseCode = await Deeds.ReferGirlAsync(officer, Name, "نوشین آزمائشی");
        await using var desk = await Actor.EnterAsync(Phone);
        await desk.SignInAsync("desk@shelter.example");
        await desk.OpenReferralAsync(caseCode);
        await Deeds.AcceptAsync(desk);
        await desk.TapAsync("Show name");
        await desk.SeesWrittenAsync(Name);

        await officer.GoAsync("/cases");
        await officer.OpenCardAsync(caseCode);
        await officer.TapLinkAsync("Files");
        var files = new Uri(officer.Page.Url).AbsolutePath;
        await KeepAsync(officer);
        await OpenAsync(officer);

        await desk.GoAsync(files);
        await desk.SeesAsync("No file yet. A picture of a paper is kept here, sealed.");
        await desk.PictureAsync("file-3-provider", Phone);
        await using var stranger = await Actor.EnterAsync(Phone);
        await stranger.SignInAsync("desk@hospital.example");
        stranger.Expects($"/victims/{files.Split('/')[2]}");
        await stranger.GoAsync(files);
        await stranger.SeesAsync("Nothing is here, or it is not open to you.");
        foreach (var actor in new[] { officer, desk, stranger })
        {
            actor.HadNoFaults();
        }
    }

    private static async Task KeepAsync(Actor officer)
    {
        await officer.ChooseAsync("What does it show?", "School certificate");
        await officer.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "IMG_20261124_1405.jpg", MimeType = "image/jpeg", Buffer = await PhotographAsync(officer) });
        await officer.PictureAsync("file-1-chosen", Phone);
        await officer.TapAsync("Save the file");
        await officer.SeesAsync("Saved. Only the team can open it.");
    }

    private static async Task OpenAsync(Actor officer)
    {
        await officer.TapAsync("Show");
        var file = await officer.Page.RunAndWaitForResponseAsync(() => officer.TapAsync("Open the file"), answer => answer.Url.Contains("/attachments/", StringComparison.Ordinal));
        await Assertions.Expect(officer.Page.Locator("main img.paper")).ToHaveJSPropertyAsync("complete", true);
        await officer.PictureAsync("file-2-opened", Phone);
        var bytes = await officer.Page.EvaluateAsync<string>("url => fetch(url).then(it => it.arrayBuffer()).then(it => Array.from(new Uint8Array(it), byte => String.fromCharCode(byte)).join(''))", file.Url);
        Assert.That(bytes, Does.StartWith("\u00ff\u00d8").And.Not.Contain("Exif").And.Not.Contain(Position));
    }

    /// <summary>As a phone writes it: a picture, and beside it where it was taken.</summary>
    private static async Task<byte[]> PhotographAsync(Actor officer)
    {
        var drawn = await officer.Page.EvaluateAsync<string>("""
            () => {
              const canvas = Object.assign(document.createElement('canvas'), { width: 1200, height: 1600 });
              const paper = canvas.getContext('2d');
              paper.fillStyle = '#f4efe2';
              paper.fillRect(0, 0, 1200, 1600);
              paper.fillStyle = '#333';
              paper.font = '72px serif';
              paper.fillText('School leaving certificate', 120, 240);
              return canvas.toDataURL('image/jpeg').split(',')[1];
            }
            """);
        var picture = Convert.FromBase64String(drawn);
        var told = Encoding.ASCII.GetBytes($"Exif\0\0II*\0\b\0\0\0\0\0\0\0\0\0{Position}");
        var marker = new byte[] { 0xFF, 0xE1, 0, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(marker.AsSpan(2), (ushort)(told.Length + 2));
        return [.. picture[..2], .. marker, .. told, .. picture[2..]];
    }
}
