namespace NationalReferral.Benchmarks;

/// <summary>Six who are found together. Both sides know them by the same ids.</summary>
/// <param name="Sender">Subject of whoever takes them in.</param>
internal sealed record Family(string Sender, PlacesOf Places)
{
    public const int Size = 6;

    private const string Name = "Quilmarzad";

    /// <summary>By so many fingerprints of its name the product finds each of them again.</summary>
    public static int NameTokens { get; } = NameKeys.Of(Name).Distinct().Count();

    public string GroupId { get; } = NewId();

    public IReadOnlyList<(string Victim, string Need, string Referral)> Members { get; } = [.. Enumerable.Range(0, Size).Select(_ => (NewId(), NewId(), NewId()))];

    public string Intake => $$"""{"kind":"family","members":[{{Each(one =>
        $$$"""{"id":"{{{one.Victim}}}","found":{"district":"PK-PB-KSR"},"sex":"female","age":{"years":12,"evidence":"appearance"},"name":{"latin":"{{{Name}}}"} }""")}}]}""";

    public string Draft => $$"""{"id":"{{GroupId}}","kind":"family","together":true,"members":[{{Each(one =>
        $$"""{"id":"{{one.Referral}}","victimId":"{{one.Victim}}","needId":"{{one.Need}}","serviceId":"{{Places.ServiceId}}","groups":["identity"],"population":"{{Places.Population}}"}""")}}]}""";

    public string Acceptance => $$"""{"members":[{{Each(one => $$"""{"referralId":"{{one.Referral}}","answer":"accept","population":"{{Places.Population}}"}""")}}]}""";

    public string Path => $"/referral-groups/{GroupId}";

    private string Each(Func<(string Victim, string Need, string Referral), string> say) => string.Join(',', Members.Select(say));

    private static string NewId() => Guid.CreateVersion7().ToString();
}

/// <summary>Families by turns on both sides: taken in, drafted, sent and answered, all six in one request.</summary>
internal static class Families
{
    private const double Least = 0.5;

    public static async Task RunAsync(Sides sides, int rounds, int families)
    {
        var places = sides.Own.Places();
        var senders = sides.Own.Senders(places);
        sides.Both(country => country.Widen(places));
        var steps = new Steps(sides, Benchmark.Report);
        await steps.RunAsync(rounds, async () =>
        {
            Family[] part = [.. Enumerable.Range(0, families).Select(i => new Family(senders[i % senders.Count], places))];
            Task StepAsync(string what, Func<Family, Ask> ask) => steps.StepAsync(what, Least, part.Select(ask));
            async Task<Dictionary<Family, string>> TagsAsync(Func<Family, string> by) =>
                part.Zip(await Benchmark.TagsAsync(sides.Product, part.Select(one => (one.Path, sides.Token(by(one)))))).ToDictionary(pair => pair.First, pair => pair.Second);

            await StepAsync("POST /victims/intake, a family of 6", one => Ask.Post("/victims/intake", sides.Token(one.Sender), one.Intake));
            sides.Both(country => country.Permit(part));
            await StepAsync("POST /referral-groups, 6 referrals", one => Ask.Post("/referral-groups", sides.Token(one.Sender), one.Draft));
            var drafts = await TagsAsync(one => one.Sender);
            await StepAsync("POST /referral-groups/{id}/submit", one => Ask.Post($"{one.Path}/submit", sides.Token(one.Sender), "{}", drafts[one]));
            var sent = await TagsAsync(one => one.Places.Provider);
            await StepAsync("POST /referral-groups/{id}/answer", one => Ask.Post($"{one.Path}/answer", sides.Token(one.Places.Provider), one.Acceptance, sent[one]));
        });
    }
}
