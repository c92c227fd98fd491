using System.Text;

namespace NationalReferral.Benchmarks;

/// <summary>Somebody who has just been taken in. Both sides know her, and what is written of her, by the same ids.</summary>
/// <param name="Sender">Subject of whoever took her in.</param>
/// <param name="Supervisor">Subject of somebody who supervises that desk.</param>
internal sealed record Person(string Id, string Sender, string Supervisor)
{
    private static readonly string OrderedUntil = DateTime.UtcNow.AddDays(60).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);

    public string FileId { get; } = NewId();

    public string Path => $"/victims/{Id}";

    /// <param name="recipient">The agency that may be told.</param>
    public static string Consent(string recipient) => $$"""
        {"id":"{{NewId()}}","kind":"consent","givenBy":{"relation":"mother","name":"Sabiha"},"capacity":"guardian_with_assent","form":"signed","language":"urd",
         "scriptVersion":"2026-1","groups":["identity"],"purposes":["provide_service"],"recipients":{"agencies":["{{recipient}}"]} }
        """;

    public static string Order(string recipient) => $$"""
        {"id":"{{NewId()}}","court":"Court of the Sessions Judge","orderNumber":"112/2026","orderedOn":"2026-01-20","judge":"Justice Invented","groups":["identity"],
         "purposes":["legal_proceedings"],"agencies":["{{recipient}}"],"validTo":"{{OrderedUntil}}","note":"Read out in court."}
        """;

    public static string Block(string worker) => $$"""{"id":"{{NewId()}}","workerId":"{{worker}}","reason":"related_to_perpetrator","note":"Cousin of the kiln owner."}""";

    public static string BreakGlass(string caseCode) => $$"""
        {"id":"{{NewId()}}","caseCode":"{{caseCode}}","reason":"medical_emergency","note":"She bleeds and cannot speak; nobody of hers is here.","groups":["identity"]}
        """;

    public static string Message(string followCode) => $$"""{"followCode":"{{followCode}}","text":"Please tell my aunt that I am well."}""";

    private static string NewId() => Guid.CreateVersion7().ToString();
}

/// <summary>What protects, by turns on both sides: each round takes people in and does everything once about each of them.</summary>
internal static class Protection
{
    /// <summary>Files are a quarter of what else is asked: each of them is as large as a hundred rows.</summary>
    private const int PeopleToAFile = 4;

    private static readonly byte[] Paper = [.. Encoding.ASCII.GetBytes($"%PDF-1.7\n%{new string('-', (64 * 1024) - 16)}"), .. "\n%%EOF"u8];

    public static async Task<int> RunAloneAsync(int victims, int rounds, int families)
    {
        var isReached = false;
        await Sides.AloneAsync(
            Path.Combine(Benchmark.Folder(), "results"), victims,
            async sides => isReached = await RunAsync(sides, rounds, families, $"{Benchmark.Command} -- protection --victims {victims} --rounds {rounds}"));
        return isReached ? 0 : 1;
    }

    /// <param name="command">By which it is measured, for the table that is written.</param>
    public static async Task<bool> RunAsync(Sides sides, int rounds, int families, string command)
    {
        var report = new Report("protection");
        var places = sides.Own.Places();
        var senders = sides.Own.Senders(places).Select(sender => (Sender: sender, Supervisor: sides.Own.SupervisorOf(sender))).ToList();
        var kept = sides.Own.Operator();
        var steps = new Steps(sides, report);
        await steps.RunAsync(rounds, async () =>
        {
            Family[] part = [.. Enumerable.Range(0, families).Select(i => new Family(senders[i % senders.Count].Sender, places))];
            await steps.PrepareAsync(part.Select(one => Ask.Post("/victims/intake", sides.Token(one.Sender), one.Intake)));
            Person[] people = [.. part.SelectMany((family, i) => family.Members.Select(member => new Person(member.Victim, family.Sender, senders[i % senders.Count].Supervisor)))];
            await OfHerAsync(steps, sides, people, places);
            await FilesAsync(steps, sides, people);
            await KeptAwayAsync(steps, sides, people, places, kept);
        });
        report.Write(Path.Combine(Benchmark.Folder(), "README.md"), Path.Combine(Benchmark.Folder(), "results", "protection.json"), command);
        return report.IsReached;
    }

    /// <summary>How old she is, what allows sharing, and what she says herself.</summary>
    private static async Task OfHerAsync(Steps steps, Sides sides, Person[] people, PlacesOf places)
    {
        await steps.StepAsync("GET /victims/{id}/age", 0.45, people.Select(one => Ask.Get($"{one.Path}/age", sides.Token(one.Sender))));
        await steps.StepAsync("POST /victims/{id}/bases, a consent", 0.4, people.Select(one => Ask.Post($"{one.Path}/bases", sides.Token(one.Sender), Person.Consent(places.AgencyId))));
        await steps.StepAsync("POST /victims/{id}/orders", 0.35, people.Select(one => Ask.Post($"{one.Path}/orders", sides.Token(one.Sender), Person.Order(places.AgencyId))));
        var codes = await steps.StepAsync("POST /victims/{id}/follow-code", 0.55, people.Select(one => Ask.Post($"{one.Path}/follow-code", sides.Token(one.Sender), string.Empty)));
        await steps.StepAsync(
            "POST /public/codes/messages", 0.4,
            host => [.. codes[host].Select(answer => Ask.Post("/public/codes/messages", null, Person.Message(answer.Text("followCode"))))]);
    }

    private static async Task FilesAsync(Steps steps, Sides sides, Person[] people)
    {
        Person[] some = [.. people.Where((_, i) => i % PeopleToAFile == 0)];
        await steps.StepAsync(
            "POST /victims/{id}/attachments, 64 kB", 0.65,
            some.Select(one => Ask.Post($"{one.Path}/attachments?shows=fir&attachmentId={one.FileId}", sides.Token(one.Sender), "application/pdf", Paper)));
        await steps.StepAsync(
            "GET /victims/{id}/attachments/{attachmentId}, 64 kB", 0.45,
            some.Select(one => Ask.Get($"{one.Path}/attachments/{one.FileId}", sides.Token(one.Sender))));
    }

    /// <summary>Somebody opens her case with its code; then somebody is kept away from it.</summary>
    private static async Task KeptAwayAsync(Steps steps, Sides sides, Person[] people, PlacesOf places, string kept)
    {
        await steps.StepAsync("POST /break-glass", 0.45, host =>
        {
            var codes = sides.CountryOf(host).CaseCodes(people.Select(one => one.Id));
            return [.. people.Select(one => Ask.Post("/break-glass", sides.Token(places.Provider), Person.BreakGlass(codes[one.Id])))];
        });
        await steps.StepAsync("POST /victims/{id}/blocks", 0.4, people.Select(one => Ask.Post($"{one.Path}/blocks", sides.Token(one.Supervisor), Person.Block(kept))));
    }
}
