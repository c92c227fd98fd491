using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>A family that was registered together and is referred as one group; each may be shared with the shelter and the hospital.</summary>
internal sealed class GivenGroup
{
    private GivenGroup(TestApp app) => App = app;

    public TestApp App { get; }

    public Guid Id { get; } = Guid.CreateVersion7();

    public IReadOnlyList<Guid> Victims { get; private set; } = [];

    public IReadOnlyList<Guid> Needs { get; private set; } = [];

    /// <summary>In the order of <see cref="Victims"/>.</summary>
    public IReadOnlyList<Guid> Referrals { get; private set; } = [];

    public string Path => $"/referral-groups/{Id}";

    /// <param name="services">Whither each is referred; all to the shelter without it.</param>
    public static async Task<GivenGroup> DraftAsync(TestApp app, int size = 2, bool together = true, IReadOnlyList<Guid>? services = null, bool covered = true)
    {
        var group = await FamilyAsync(app, size, covered);
        await app.As(World.Officer).PostAsync("/referral-groups", group.Draft(together, services)).JsonAsync(201);
        Tick(app);
        return group;
    }

    public static async Task<GivenGroup> SubmittedAsync(TestApp app, int size = 2, bool together = true, IReadOnlyList<Guid>? services = null)
    {
        var group = await DraftAsync(app, size, together, services);
        await group.PostAsync(World.Officer, "submit", "{}").JsonAsync();
        Tick(app);
        return group;
    }

    /// <summary>Registered, each with the need of a shelter; nothing is drafted.</summary>
    public static async Task<GivenGroup> FamilyAsync(TestApp app, int size, bool covered = true)
    {
        var officer = app.As(World.Officer);
        var victims = IntakeTests.NewIds(size);
        await officer.PostAsync("/victims/intake", IntakeTests.Family(victims)).JsonAsync(201);
        var needs = new List<Guid>();
        foreach (var victim in victims)
        {
            needs.Add((await officer.PostAsync($"/victims/{victim}/needs", """{"category":"safe_shelter","urgency":"high"}""").JsonAsync(201)).GetProperty("id").GetGuid());
            if (covered)
            {
                await GivenReferral.ConsentAsync(app, victim, ["identity"], World.Shelter);
                await GivenReferral.ConsentAsync(app, victim, ["identity"], World.Hospital);
            }
        }
        return new GivenGroup(app) { Victims = victims, Needs = needs, Referrals = IntakeTests.NewIds(size) };
    }

    /// <summary>Some of a family as a group of their own.</summary>
    public GivenGroup Part(int first, int count) => new(App)
    {
        Victims = [.. Victims.Skip(first).Take(count)],
        Needs = [.. Needs.Skip(first).Take(count)],
        Referrals = IntakeTests.NewIds(count),
    };

    public string Draft(bool together = true, IReadOnlyList<Guid>? services = null)
    {
        var members = Victims.Select((victim, i) => $$"""
            {"id":"{{Referrals[i]}}","victimId":"{{victim}}","needId":"{{Needs[i]}}","serviceId":"{{services?[i] ?? World.ShelterService}}","groups":["identity"],"population":"girls"}
            """);
        return $$"""{"id":"{{Id}}","kind":"family","together":{{(together ? "true" : "false")}},"members":[{{string.Join(',', members)}}]}""";
    }

    public async Task<string> TagAsync(Persona reader)
    {
        using var response = await App.As(reader).ReadAsync(Path);
        return response.TagOf();
    }

    public async Task<JsonElement> ReadAsync(Persona reader) => await App.As(reader).ReadAsync(Path).JsonAsync();

    public async Task<HttpResponseMessage> PostAsync(Persona persona, string action, string body, string? tag = null, string? key = null) =>
        await App.As(persona).PostAsync($"{Path}/{action}", body, tag ?? await TagAsync(persona), key);

    /// <param name="accepts">Of each referral: accepted, or declined.</param>
    public Task<HttpResponseMessage> AnswerAsync(Persona persona, IReadOnlyList<bool> accepts, string? tag = null, string? key = null) =>
        PostAsync(persona, "answer", Answer(accepts), tag, key);

    public string Answer(IReadOnlyList<bool> accepts)
    {
        var members = accepts.Select((accept, i) => accept
            ? $$"""{"referralId":"{{Referrals[i]}}","answer":"accept","population":"girls"}"""
            : $$"""{"referralId":"{{Referrals[i]}}","answer":"decline","reason":"no_capacity"}""");
        return $$"""{"members":[{{string.Join(',', members)}}]}""";
    }

    /// <summary>One move of one member, as its own route takes it.</summary>
    public async Task<HttpResponseMessage> ActAsync(Persona persona, int member, string action, string body)
    {
        if (action == "arrive")
        {
            await ReceiveAsync(persona, Referrals[member]);
        }
        using var read = await App.As(persona).ReadAsync($"/referrals/{Referrals[member]}");
        return await App.As(persona).PostAsync($"/referrals/{Referrals[member]}/{action}", body, read.TagOf());
    }

    /// <summary>Somebody has brought the child; once is enough, also where she may not stay yet.</summary>
    public async Task ReceiveAsync(Persona receiver, Guid referral)
    {
        using var handover = await App.As(receiver).PostAsync($"/referrals/{referral}/handovers", GivenReferral.HandoverBody(App, 1));
        Assert.That((int)handover.StatusCode, Is.EqualTo(201).Or.EqualTo(409));
    }

    public string Arrived => string.Create(CultureInfo.InvariantCulture, $$"""{"at":"{{App.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ}}"}""");

    public static IReadOnlyList<string?> States(JsonElement view) =>
        [.. view.GetProperty("members").EnumerateArray().Select(member => member.GetProperty("referral").GetProperty("state").GetString())];

    private static void Tick(TestApp app) => app.Clock.Advance(TimeSpan.FromMilliseconds(1));
}
