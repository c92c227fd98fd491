using System.Text.RegularExpressions;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// Every screen in both languages, both colours and both sizes: axe finds nothing, nothing scrolls sideways, nothing is too small for a
/// thumb, the console stays silent, and no name leaves the page.
/// </summary>
[Parallelizable(ParallelScope.Children)]
public sealed partial class SightTests
{
    /// <summary>Without the shortest, which a random code may spell.</summary>
    private static readonly IReadOnlySet<string> SeededNames = Csv.Rows("name-variants.csv")
        .SelectMany(row => row("latin_variants").Split('|').Append(row("urdu")))
        .Where(name => name.Length > 3)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>She is given a second agency.</summary>
    private const string Manifold = "faisalabad@police.example";

    // Each language in each colour and in each size, and each size in each colour, which four looks hold. Nothing but contrast depends on
    // the colours, so the rest is asked of three of them.
    private const string ExamineScript = """
        async ([structure]) => {
          await document.fonts.ready;
          const faults = [];
          const sideways = document.documentElement.scrollWidth - document.documentElement.clientWidth;
          if (sideways > 0) {
            faults.push(`scrolls sideways by ${sideways}px`);
          }
          const layer = document.querySelector('dialog[open], .lock') ?? document;
          const targets = innerWidth > 400 ? [] : layer.querySelectorAll('a[href], button, select, textarea, summary, label.tick, input:not([type=hidden], .tick input)');
          const widened = target => target.closest('.work-card, .visually-hidden') !== null;
          for (const target of targets) {
            const { width, height } = target.getBoundingClientRect();
            const inline = getComputedStyle(target).display === 'inline';
            if (!inline && !widened(target) && target.checkVisibility() && width > 1 && (width < 44 || height < 44)) {
              faults.push(`${Math.round(width)}x${Math.round(height)}px are too small for a thumb: ${target.outerHTML.slice(0, 90)}`);
            }
          }
          const { violations } = await axe.run(document, {
            resultTypes: ['violations'], ...(!structure && { runOnly: ['color-contrast'] }),
          });
          for (const { id, nodes } of violations) {
            faults.push(`axe ${id}: ${nodes.slice(0, 3).map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary}`).join('; ')}`);
          }
          return faults;
        }
        """;

    private static string? _axe;

    // One signed-in page for each of them: signing in takes as long as looking at a screen.
    private Actor _officer = null!;
    private Actor _inspector = null!;
    private Actor _desk = null!;
    private Scene _scene = null!;

    [OneTimeSetUp]
    public async Task SetAsync()
    {
        _officer = await SignedInAsync("officer@police.example");
        _inspector = await SignedInAsync("inspector@police.example");
        _desk = await SignedInAsync("desk@shelter.example");
        _scene = await Scene.SetAsync(_officer, _inspector, _desk);
    }

    [OneTimeTearDown]
    public async Task ClearAsync()
    {
        foreach (var actor in new[] { _officer, _inspector, _desk })
        {
            await actor.DisposeAsync();
        }
    }

    /// <summary>A route that nobody looks at fails here before anybody has to remember it.</summary>
    [Test]
    public void Every_route_of_the_client_is_looked_at()
    {
        var seen = Screens.All.Select(screen => ClientRoutes.Of(screen.Path)).ToHashSet();
        Assert.That(ClientRoutes.All.Except(seen), Is.Empty, "no screen in Screens.cs stands there");
    }

    [Test]
    public async Task Everybody_can_read_what_stands_before_the_door()
    {
        await using var visitor = await EnterAsync();
        // A form that was refused comes back with its faults, as 400; a link that is used up is 410.
        visitor.Expects("/identity/signin");
        visitor.Expects("/identity/password");
        var faults = await WalkAsync(visitor, Screens.Outside());
        faults.AddRange(await WalkAsync(visitor, Screens.SignIn("en"), "en"));
        faults.AddRange(await WalkAsync(visitor, Screens.SignIn("ur"), "ur"));
        HasNone(faults);
    }

    [Test]
    public async Task Everybody_can_read_what_a_finder_sees() =>
        HasNone(await WalkAsync(_officer, Screens.OfFinder(await Screens.FinderSceneAsync(_officer), _scene)));

    [Test]
    public async Task Everybody_can_read_what_a_supervisor_sees()
    {
        // Of the demo: the newest is one that is offered already.
        var oldest = (await _inspector.AsksAsync("/victims?limit=200")).GetProperty("items").EnumerateArray().Last();
        HasNone(await WalkAsync(_inspector, Screens.OfSupervisor(oldest.GetProperty("id").GetString()!, _scene)));
    }

    [Test]
    public async Task Everybody_can_read_what_a_provider_sees() =>
        HasNone(await WalkAsync(_desk, Screens.OfDesk(await Screens.StatesAsync(_desk, "received"), _scene)));

    [Test]
    public async Task Everybody_can_read_what_an_operator_sees()
    {
        await using var desk = await SignedInAsync("operator@helpline.example");
        HasNone(await WalkAsync(desk, Screens.OfOperator()));
    }

    [Test]
    public async Task Everybody_can_read_what_the_national_office_keeps()
    {
        await using var office = await SignedInAsync("protection@office.example");
        HasNone(await WalkAsync(office, Screens.OfOffice()));
    }

    [Test]
    public async Task Everybody_can_read_what_an_auditor_sees()
    {
        await using var auditor = await SignedInAsync("auditor@office.example");
        HasNone(await WalkAsync(auditor, Screens.OfAuditor()));
    }

    [Test]
    public async Task Everybody_can_read_what_is_offered_to_a_supervisor()
    {
        await using var bureau = await SignedInAsync("supervisor@bureau.example");
        HasNone(await WalkAsync(bureau, Screens.OfReceiver(_scene)));
    }

    [Test]
    public async Task Everybody_can_read_in_which_agency_they_may_work()
    {
        await using (var admin = await SignedInAsync("admin@police.example"))
        {
            var worker = $"/workers/{DemoWorld.Workers.First(one => one.Email == Manifold).Id}";
            await admin.SendsAsync("PUT", $"{worker}/memberships/{DemoWorld.IdOf("police-kasur")}", new { roles = new[] { "caseworker" } }, read: worker);
        }
        await using var manifold = await EnterAsync();
        // Who they are is refused until they have chosen.
        manifold.Expects("/api/v1/me");
        await manifold.SignInAsync(Manifold, isManifold: true);
        HasNone(await WalkAsync(manifold, Screens.OfManifold()));
    }

    [Test]
    public async Task No_name_of_a_case_leaves_the_page()
    {
        await using var officer = await Actor.EnterAsync(new Look());
        await officer.SignInAsync("officer@police.example");
        await officer.TapLinkAsync("Cases");
        await officer.TapAsync("Show names");
        await officer.Named(AriaRole.Button, "Hide").WaitForAsync();
        Assert.That(NamesIn(await officer.ReadsAsync()), Is.Not.Empty, "names are shown when asked for");
        Assert.That(NamesIn(await officer.LeavesBehindAsync()), Is.Empty);
    }

    private static async Task<Actor> SignedInAsync(string email)
    {
        var actor = await EnterAsync();
        await actor.SignInAsync(email);
        return actor;
    }

    private static async Task<Actor> EnterAsync()
    {
        var actor = await Actor.EnterAsync(new Look(), isExamined: true);
        _axe ??= await File.ReadAllTextAsync(Repository.Axe);
        await actor.Page.AddInitScriptAsync(_axe);
        actor.Page.SetDefaultTimeout(30_000);
        return actor;
    }

    /// <summary>Each screen is opened once and then looked at in every way; pages of the sign-in server speak one language only.</summary>
    private static async Task<List<string>> WalkAsync(Actor actor, IEnumerable<Screen> screens, string? only = null)
    {
        List<string> faults = [];
        string[] languages = only is null ? ["en", "ur"] : [only];
        foreach (var screen in screens)
        {
            var before = actor.Faults.Count;
            if (only is null && actor.Page.Url != "about:blank")
            {
                await actor.LookAsync(new Look());
            }
            try
            {
                await screen.OpenAsync(actor);
            }
            catch (Exception fault) when (fault is TimeoutException or PlaywrightException)
            {
                await actor.PictureAsync(screen.Name + "-lost", new Look());
                faults.Add($"{screen.Name} could not be opened: {fault.Message}");
                continue;
            }
            foreach (var look in languages.SelectMany(language => LooksIn(language, isAll: only is not null)))
            {
                await actor.LookAsync(look);
                var asked = new[] { only is null ? look is not { Language: "en", IsDark: true } : !look.IsDark };
                faults.AddRange((await actor.Page.EvaluateAsync<string[]>(ExamineScript, asked)).Select(fault => $"{screen.Name} {look}: {fault}"));
                await actor.PictureAsync(screen.Name, look);
            }
            if (ClientRoutes.Of(new Uri(actor.Page.Url).AbsolutePath) is var route && route != ClientRoutes.Of(screen.Path))
            {
                faults.Add($"{screen.Name} stands at {route}, not at {screen.Path}");
            }
            faults.AddRange(NamesIn(await actor.LeavesBehindAsync()).Select(name => $"{screen.Name} leaves {name} behind"));
            await actor.DisconnectAsync(isOffline: false);
            faults.AddRange(actor.Faults.Skip(before).Select(fault => $"{screen.Name} says: {fault}"));
        }
        return faults;
    }

    private static IEnumerable<Look> LooksIn(string language, bool isAll) =>
        from isWide in new[] { false, true }
        from isDark in new[] { false, true }
        where isAll || isWide == (isDark == (language == "en"))
        select new Look(language, isWide, isDark);

    private static void HasNone(IReadOnlyList<string> faults) => Assert.That(faults, Has.Count.Zero, string.Join(Environment.NewLine, faults.Distinct()));

    private static string[] NamesIn(string text) => [.. Words().Matches(text).Select(word => word.Value).Where(SeededNames.Contains)];

    [GeneratedRegex(@"[\p{L}\p{M}]+")]
    private static partial Regex Words();
}
