using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>Where there is no connection a child is registered all the same; the tab dies twice, and the case exists once.</summary>
public sealed class OfflineStoryTests
{
    private const string Name = "Mehwish Azmaishi";
    private const string Pin = "280417";
    private static readonly Look Phone = Look.Phone;

    /// <summary>The service worker has its files, and the lists that registering needs lie on the phone.</summary>
    private const string ReadyScript = """
        async () => {
          const { active } = await navigator.serviceWorker.ready;
          const database = await new Promise((resolve, reject) => {
            const request = indexedDB.open('nrs');
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
          });
          const keys = await new Promise(resolve => {
            const request = database.transaction('kept').objectStore('kept').getAllKeys();
            request.onsuccess = () => resolve(request.result);
          });
          database.close();
          return active?.state === 'activated' && keys.includes('districts') && keys.includes('taxonomy/access_role');
        }
        """;

    private const string KeptScript = """
        async () => {
          const caches = await Promise.all((await window.caches.keys()).map(name => window.caches.open(name)));
          const requests = await Promise.all(caches.map(it => it.keys()));
          return requests.flat().map(({ url }) => new URL(url).pathname);
        }
        """;

    private const string SearchScript = """
        async name => {
          const answer = await fetch('/api/v1/victims/search', {
            method: 'POST', headers: { 'Content-Type': 'application/json', 'X-NRS': '1' }, body: JSON.stringify({ name }),
          });
          return (await answer.json()).items.length;
        }
        """;

    [Test]
    public async Task A_child_registered_without_a_connection_exists_once()
    {
        await using var officer = await Actor.EnterAsync(Phone, isKept: true);
        officer.Expects("/api/");
        officer.Expects("/web/");
        await officer.SignInAsync("officer@police.example");
        await officer.Page.WaitForFunctionAsync(ReadyScript);

        await officer.DisconnectAsync();
        await BeginAsync(officer);
        await officer.PictureAsync("offline-1-question", Phone);

        await officer.ReopenAsync("/register");
        await officer.SeesHeadingAsync("Kept on this phone");
        await officer.TapAsync("Go on", starts: true);
        await officer.SeesHeadingAsync("In which district?");
        await NameIsStillThereAsync(officer);
        await FinishAsync(officer);

        await officer.ReopenAsync("/waiting");
        await officer.SeesAsync("No connection. Kept on this phone");
        await officer.PictureAsync("offline-2-waiting", Phone);
        await officer.Named(AriaRole.Link, "1 not sent yet").WaitForAsync();
        Assert.That(await officer.ReadsAsync(), Does.Not.Contain(Name));
        await Deeds.NothingIsLeftBehindAsync(officer, Name, Name);

        await officer.DisconnectAsync(isOffline: false);
        await officer.SeesAsync("Everything has been sent.");
        await officer.PictureAsync("offline-3-sent", Phone);
        Assert.That(await officer.Page.EvaluateAsync<int>(SearchScript, Name), Is.EqualTo(1));
        await officer.TapLinkAsync("Open the case");
        await officer.SeesHeadingAsync("Needs");
        officer.HadNoFaults();
    }

    [Test]
    public async Task Whoever_picks_the_phone_up_after_Leave_now_sees_nothing_and_whoever_knows_the_PIN_goes_on()
    {
        await using var officer = await Actor.EnterAsync(Phone, isKept: true);
        officer.Expects("/api/");
        officer.Expects("/web/");
        await officer.SignInAsync("officer@police.example");
        await officer.Page.WaitForFunctionAsync(ReadyScript);
        await SetPinAsync(officer);
        await officer.DisconnectAsync();
        await BeginAsync(officer);
        await officer.TapLinkAsync("Leave now");
        await officer.Page.WaitForURLAsync("about:blank");

        await officer.ReopenAsync("/register");
        await officer.SeesHeadingAsync("No connection");
        Assert.That(await officer.Named(AriaRole.Heading, "Kept on this phone").CountAsync(), Is.Zero);

        await officer.WriteAsync("PIN", "280418");
        await officer.TapAsync("Open");
        await officer.SeesAsync("That is not the PIN. After five wrong tries only signing in opens this phone.");
        await officer.PictureAsync("offline-4-pin", Phone);
        await officer.WriteAsync("PIN", Pin);
        await officer.TapAsync("Open");
        await officer.SeesHeadingAsync("Kept on this phone");

        await officer.DisconnectAsync(isOffline: false);
        await officer.GoAsync("/register");
        await Assertions.Expect(officer.Named(AriaRole.Link, "Sign in")).ToBeVisibleAsync();
        var kept = await officer.Page.EvaluateAsync<string[]>(KeptScript);
        Assert.That(kept, Has.Length.GreaterThan(20).And.All.Matches<string>(path => path.StartsWith("/assets/", StringComparison.Ordinal) || path is "/" or "/icon.svg" or "/manifest.webmanifest"));

        await officer.SignInAsync("officer@police.example");
        await officer.GoAsync("/register");
        await officer.SeesHeadingAsync("Kept on this phone");
        officer.HadNoFaults();
    }

    private static async Task SetPinAsync(Actor officer)
    {
        await officer.GoAsync("/account/pin");
        await officer.WriteAsync("PIN", Pin);
        await officer.WriteAsync("The same PIN again", Pin);
        await officer.TapAsync("Save the PIN");
        await officer.SeesAsync("Saved. Without a connection this phone asks for the PIN now.");
        await officer.GoAsync("/register");
    }

    private static async Task BeginAsync(Actor officer)
    {
        await officer.TapLinkAsync("New");
        await officer.TapAsync("Someone was found");
        await officer.WriteAsync("Name in English letters", Name);
        await officer.TapAsync("Search");
        await officer.SeesAsync("No connection, so nobody was looked for. You can go on and register.");
        await officer.TapAsync("Register as new");
        await officer.TapAsync("Girl");
        await officer.TapAsync("12-13");
        await officer.SeesHeadingAsync("In which district?");
    }

    private static async Task NameIsStillThereAsync(Actor officer)
    {
        var here = officer.Page.Url;
        await officer.GoAsync(here.Replace("/district", "/name", StringComparison.Ordinal));
        await Assertions.Expect(officer.Field("Name in English letters")).ToHaveValueAsync(Name);
        await officer.GoAsync(here);
    }

    private static async Task FinishAsync(Actor officer)
    {
        await officer.TapAsync("Kasur");
        await officer.TapAsync("Yes, now", starts: true);
        await officer.TickAsync(AriaRole.Checkbox, "Safe shelter");
        await officer.TapAsync("Continue");
        await officer.SeesHeadingAsync("Check the answers");
        await officer.TapAsync("Register as new");
        await officer.SeesHeadingAsync("Not sent yet");
    }
}
