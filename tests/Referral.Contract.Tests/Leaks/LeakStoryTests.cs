using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// The story of the contract once more, with a word of its own in every text that somebody may write: none of them stands
/// in clear afterwards, in files, logs, refusals, mails or messages. A text that the contract gains and no example writes fails.
/// </summary>
public sealed class LeakStoryTests
{
    /// <summary>Of the story: a referral that is accepted at its end, and the plan that it writes.</summary>
    private const string Accepted = "019c5f3a-1444-7a01-8d10-5f2c7be01a21";
    private const string Plan = "/victims/019c5f3a-3101-740c-8cd6-7bb5f35c7801/records/019c5f3a-3103-740c-8cd6-7bb5f35c7803";
    private const string Provoked = "quellwasserkraut";

    private readonly HashSet<Mark> _told = [];
    private readonly Dictionary<Mark, int> _refused = [];
    private readonly List<string> _strayed = [];
    private TestApp _app = null!;
    private Traces _traces = null!;
    private Gateways _gateways = null!;
    private Dictionary<string, byte[]> _everything = null!;

    private static IEnumerable<Mark> Sealed => Mark.All.Where(mark => !mark.IsCode && !mark.IsPublic);

    private static IEnumerable<Mark> Codes => Mark.All.Where(mark => mark.IsCode);

    [OneTimeSetUp]
    public async Task TellAsync()
    {
        _gateways = await Gateways.StartAsync();
        _app = await TestApp.StartAsync(("Roles", "api,identity"));
        _traces = new Traces(_app);
        var teller = new Teller(_app);
        foreach (var name in Example.Story)
        {
            await TellAsync(teller, Example.Load(name));
        }
        await TellMoreAsync();
        await PassAsync();
        foreach (var operation in PublishedOperations.All)
        {
            await ProvokeAsync(operation);
        }
        await _app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
        _everything = _traces.Everything();
        _everything["mails and messages"] = System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _gateways.Mails.Concat(_gateways.Texts)).ToLowerInvariant());
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        await _app.DisposeAsync();
        await _gateways.DisposeAsync();
        _traces.Dispose();
    }

    [TestCaseSource(nameof(Sealed))]
    public void What_somebody_wrote_there_stands_nowhere_in_clear(Mark mark)
    {
        Assert.That(_told, Does.Contain(mark), "No example writes there. Add one, or say in Mark.cs why this is no free text.");
        foreach (var spelling in mark.Spellings)
        {
            Assert.That(Traces.PlacesOf(spelling, _everything), Is.Empty, spelling);
        }
    }

    /// <summary>So the search sees what is stored.</summary>
    [Test]
    public void What_everybody_may_read_is_found()
    {
        var open = Mark.All.Where(mark => mark.IsPublic && _told.Contains(mark)).Where(mark => Traces.PlacesOf(mark.Spellings[0], _everything).Count > 0);

        Assert.That(open.Select(mark => mark.Place), Is.SupersetOf(new[] { "putService /nameEn", "putAgency /nameUr", "createClient /name" }));
    }

    [Test]
    public void The_marks_change_nothing_of_the_story() => Assert.That(_strayed, Is.Empty);

    [Test]
    public void Mails_and_messages_were_sent() => Assert.That((_gateways.Mails.Count, _gateways.Texts.Count), Is.EqualTo((1, 1)));

    [Test]
    public void No_refusal_repeats_what_it_refuses() => Assert.That(Traces.PlacesOf(Provoked, _everything), Is.Empty);

    /// <summary>Or they are free texts, and belong among the marks.</summary>
    [TestCaseSource(nameof(Codes))]
    public void What_is_no_free_text_takes_none(Mark mark) => Assert.That(_refused.GetValueOrDefault(mark), Is.GreaterThanOrEqualTo(400));

    /// <summary>With the texts that the example leaves out as well, where the product takes them.</summary>
    private async Task TellAsync(Teller teller, Example example)
    {
        var expected = (int)example.Answer!["status"]!;
        foreach (var code in Codes.Where(code => expected < 300 && code.Operation == example.Operation))
        {
            if (example.With(code) is { } wrong)
            {
                _refused[code] = (int)(await teller.SendAsync(wrong))["status"]!;
            }
        }
        var (full, all) = example.Marked(more: true);
        var (marked, marks) = example.Marked(more: false);
        var answer = await teller.TellAsync(expected < 300 ? full : marked);
        if (expected < 300 && all.Count > marks.Count && (int)answer["status"]! != expected)
        {
            all = marks;
            answer = await teller.TellAsync(marked);
        }
        if (expected >= 400 && (int)answer["status"]! != expected)
        {
            // It was refused for its words.
            answer = await teller.TellAsync(example);
        }
        if ((int)answer["status"]! != expected)
        {
            _strayed.Add($"{example.Name}: {answer}");
        }
        if ((int)answer["status"]! >= 400)
        {
            _traces.Keep(answer.ToJsonString());
        }
        else
        {
            _told.UnionWith(all);
        }
    }

    /// <summary>What the story has no place for.</summary>
    private async Task TellMoreAsync()
    {
        await TellAsync(World.IntakeOperator, "/reports", "createReport /reporter/name", name => $$"""{"channel":"helpline","story":"Two girls.","reporter":{"name":"{{name}}"} }""");
        var referral = $"/referrals/{Accepted}";
        await TellAsync(World.Officer, $"{referral}/depart", "actOnReferral /escort", words => $$"""{"escort":"{{words}}"}""", referral);
        await TellAsync(World.ShelterDesk, $"{referral}/report-no-show", "actOnReferral /waited", words => $$"""{"reason":"no_transport","waited":"{{words}}"}""", referral);
        await _app.As(World.Officer).PostAsync($"{referral}/request-cancel", """{"reason":"served_elsewhere"}""", await TagAsync(World.Officer, referral)).JsonAsync();
        await TellAsync(World.ShelterDesk, $"{referral}/confirm-cancel", "actOnReferral /safeExit", words => $$"""{"exit":"to_sender","safeExit":"{{words}}"}""", referral);
        foreach (var pointer in new[] { "/body/goals/0/text", "/body/goals/0/actions/0/text" })
        {
            await TellAsync(
                World.Officer, Plan, $"putRecord {pointer}",
                words => $$"""{"body":{"goals":[{"category":"legal_aid","text":"{{words}}","state":"going","actions":[{"text":"{{words}}","done":false}]}]} }""", Plan, HttpMethod.Put);
        }
    }

    private async Task TellAsync(Persona by, string path, string place, Func<string, string> body, string? tagged = null, HttpMethod? method = null)
    {
        var mark = Mark.All.Single(mark => mark.Place == place);
        using var response = await _app.As(by).SendAsync(method ?? HttpMethod.Post, path, body(mark.Written(null)), tagged is null ? null : await TagAsync(by, tagged));
        Assert.That(response.IsSuccessStatusCode, $"{place}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        _told.Add(mark);
    }

    private async Task<string> TagAsync(Persona by, string path)
    {
        using var read = await _app.As(by).ReadAsync(path);
        return read.TagOf();
    }

    /// <summary>A month in which every deadline speaks, and somebody is told by mail and SMS.</summary>
    private async Task PassAsync()
    {
        await using var jobs = _app.Another([("Roles", "api"), .. _gateways.Settings]);
        _traces.Watch(jobs);
        var desk = jobs.As(World.ShelterDesk);
        using var read = await desk.ReadAsync("/me/contact");
        await desk.PutAsync("/me/contact", """{"email":"desk@invented.example","phone":"0300 1234567","byEmail":true,"bySms":true,"language":"eng"}""", read.TagOf()).JsonAsync();
        _app.Clock.Advance(TimeSpan.FromDays(30));
        Assert.That(await jobs.Services.GetRequiredService<ClockJob>().RunAsync(CancellationToken.None), Is.GreaterThan(0));
        foreach (var channel in jobs.Services.GetRequiredService<MessageChannels>().All)
        {
            await jobs.Services.GetRequiredService<MessageJob>().RunAsync(channel, CancellationToken.None);
        }
    }

    /// <summary>One word wherever it cannot be read: in each member, in the path, in each parameter and header.</summary>
    private async Task ProvokeAsync(PublishedOperation operation)
    {
        var places = operation.BodyShape is { } shape ? BadMembers.PlacesOf(shape, []).Where(place => PublishedOperations.TypeOf(place.Schema) is "string" or "integer" or "boolean") : [];
        foreach (var place in places)
        {
            var word = BadMembers.IsText(place.Schema) ? $"{Provoked}\u0000" : Provoked;
            await RefuseAsync(operation, operation.WithRandomIds(), BadMembers.Spoilt(operation, place, body => body.Set(word)));
        }
        var body = operation.BodyShape is null ? null : ValidBodies.Text(operation);
        if (operation.Path.Contains('{', StringComparison.Ordinal))
        {
            await RefuseAsync(operation, operation.Filled(_ => Provoked), body);
        }
        foreach (var (name, _) in PublishedOperations.Parameters(operation, "query"))
        {
            await RefuseAsync(operation, $"{operation.WithRandomIds()}?{name}={Provoked}%F0%9F%99%82", body);
        }
        foreach (var (name, _) in PublishedOperations.Parameters(operation, "header"))
        {
            await RefuseAsync(operation, operation.WithRandomIds(), body, name);
        }
    }

    private async Task RefuseAsync(PublishedOperation operation, string path, string? body, string? header = null)
    {
        using var request = Request(operation, path, body);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, $"{Provoked} {Provoked}");
        }
        using var response = await _app.As(World.Omnipotent).SendAsync(request);
        if ((int)response.StatusCode >= 400)
        {
            await _traces.KeepAsync(response);
        }
    }

    private static HttpRequestMessage Request(PublishedOperation operation, string path, string? body) => new(operation.Method, $"/api/v1{path}")
    {
        Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
    };
}
