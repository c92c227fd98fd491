namespace NationalReferral.Benchmarks;

/// <summary>A service that counts places, and somebody who answers for it.</summary>
internal sealed record PlacesOf(string ServiceId, string AgencyId, string Population, string Provider);

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
    private static readonly string[] Steps = ["POST /victims/intake, a family of 6", "POST /referral-groups, 6 referrals", "POST /referral-groups/{id}/submit", "POST /referral-groups/{id}/answer"];

    /// <summary>Nothing but this, on a country of its own.</summary>
    public static async Task<int> RunAloneAsync(string folder, int victims, int rounds, int families)
    {
        var home = Path.Combine(folder, "results");
        var pristine = await Country.PrepareAsync(home, victims);
        var (large, same) = (pristine.CopyTo(Path.Combine(home, "product")), pristine.CopyTo(Path.Combine(home, "limit")));
        await using var authority = await Authority.StartAsync();
        large.AdmitAll(authority.Issuer);
        same.AdmitAll(authority.Issuer);
        using var limit = await Host.LimitAsync(same.File, authority.Issuer);
        using var product = await Host.ProductAsync(large.Folder, victims, authority.Issuer);
        // A token is checked once: whoever asks again brings the same.
        await RunAsync(product, limit, large, same, rounds, families, Benchmark.OneFor(authority));
        await product.StopAsync();
        return Benchmark.Report.IsReached ? 0 : 1;
    }

    public static async Task RunAsync(Host product, Host limit, Country large, Country same, int rounds, int families, Func<string, string> token)
    {
        var before = (Product: large.Sizes(), Limit: same.Sizes());
        var places = large.Places();
        var senders = large.Senders(places);
        foreach (var country in new[] { large, same })
        {
            country.Widen(places);
        }
        var ratios = new Ratios[Steps.Length];
        for (var round = 0; round < Benchmark.FirstWarmUps + rounds; round++)
        {
            var isWarm = round < Benchmark.FirstWarmUps;
            Family[] part = [.. Enumerable.Range(0, families).Select(i => new Family(senders[i % senders.Count], places))];
            async Task StepAsync(int step, Func<Family, Ask> ask)
            {
                Ask[] asks = [.. part.Select(ask)];
                ratios[step] = ratios[step].With(isWarm, await Benchmark.RoundAsync(product, limit, round, _ => asks, null));
            }
            Task<string[]> TagsAsync(Func<Family, string> by) => Benchmark.TagsAsync(product, part.Select(one => (one.Path, token(by(one)))));

            await StepAsync(0, one => Ask.Post("/victims/intake", token(one.Sender), one.Intake));
            foreach (var country in new[] { large, same })
            {
                country.Permit(part);
            }
            await StepAsync(1, one => Ask.Post("/referral-groups", token(one.Sender), one.Draft));
            var drafts = part.Zip(await TagsAsync(one => one.Sender)).ToDictionary(pair => pair.First, pair => pair.Second);
            await StepAsync(2, one => Ask.Post($"{one.Path}/submit", token(one.Sender), "{}", drafts[one]));
            var sent = part.Zip(await TagsAsync(one => one.Places.Provider)).ToDictionary(pair => pair.First, pair => pair.Second);
            await StepAsync(3, one => Ask.Post($"{one.Path}/answer", token(one.Places.Provider), one.Acceptance, sent[one]));
        }
        Benchmark.AssertSame(before, (large.Sizes(), same.Sizes()));
        foreach (var (name, ratio) in Steps.Zip(ratios))
        {
            Benchmark.Report.Add(ratio.Figure(name, 0.5));
        }
    }
}
