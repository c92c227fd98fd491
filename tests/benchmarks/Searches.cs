using System.Globalization;
using System.Text;

namespace NationalReferral.Benchmarks;

/// <summary>
/// How long a search takes, as people search: each desk of the demo country and its supervisors look for names in both scripts,
/// with and without the father's, for numbers and for case codes. What counts is the time that 95 of 100 stay under.
/// </summary>
internal static class Searches
{
    private const double Bound = 300;

    public static async Task<int> RunAsync(string folder, int victims, int asks, int connections)
    {
        var home = Path.Combine(folder, "results");
        var country = (await Country.PrepareAsync(home, victims)).CopyTo(Path.Combine(home, "search"));
        if (!country.HasTokens())
        {
            Console.WriteLine("This country is older than the search: it is indexed.");
            await Host.CommandAsync(country.Folder, "reindex");
        }
        await using var authority = await Authority.StartAsync();
        country.AdmitAll(authority.Issuer);
        using var product = await Host.ProductAsync(country.Folder, victims, authority.Issuer);
        var kinds = new Sought(country, authority).Kinds();
        // The runtime compiles its hot paths first.
        foreach (var (_, make) in kinds)
        {
            await Load.SendAsync(product.Port, [.. Enumerable.Range(0, asks).Select(make)], connections);
        }
        var report = new Report("search");
        var all = new List<double>();
        foreach (var (what, make) in kinds)
        {
            var (answers, _) = await Load.SendAsync(product.Port, [.. Enumerable.Range(asks, asks).Select(make)], connections);
            double[] times = [.. answers.Select(answer => answer.Took.TotalMilliseconds)];
            all.AddRange(times);
            report.Add(Line($"{what}, p95", times, answers));
        }
        report.Add(Line($"all searches among {victims.ToString("#,0", CultureInfo.InvariantCulture)} victims, p95", [.. all], null));
        await product.StopAsync();
        report.Write(Path.Combine(folder, "README.md"), Path.Combine(home, "search.json"), $"dotnet run -c Release --project tests/benchmarks -- search --victims {victims}");
        return report.IsReached ? 0 : 1;
    }

    private static Figure Line(string what, double[] times, Answer[]? answers)
    {
        Array.Sort(times);
        double At(double share) => times[(int)Math.Min(times.Length - 1, share * times.Length)];
        var found = answers is null ? "" : $", found by {answers.Count(answer => !Encoding.UTF8.GetString(answer.Body).StartsWith("{\"items\":[]", StringComparison.Ordinal)) * 100 / answers.Length} %";
        return new(what, string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.0} ms, most {times[^1]:0} ms{found}"), null, At(0.95), "ms", Bound, IsLeast: false);
    }

    /// <summary>What is asked: the same for the same number, so that two runs can be compared.</summary>
    private sealed class Sought(Country country, Authority authority)
    {
        private readonly IReadOnlyList<string> _desks = [.. country.Desks().Select(authority.TokenFor)];
        private readonly IReadOnlyList<string> _codes = country.CaseCodes(2_000);
        private readonly (string Ur, string[] Latin)[] _given = Part("given");
        private readonly (string Ur, string[] Latin)[] _families = Part("family");

        // A name that very many people have is refused alone.
        private readonly (string Ur, string[] Latin)[] _telling = [.. Part("given").Where(name => name.Latin.All(spelling => NameKeys.Of(spelling).Count > 0))];
        private readonly IReadOnlyList<string> _phones = [.. Papers.SelectMany(papers => papers.Contact.Phones ?? []).Select(phone => phone.Number[^7..])];
        private readonly IReadOnlyList<string> _numbers = [.. Papers.Select(papers => papers.Identity.NationalId).OfType<string>()];

        /// <summary>The first victims of the demo country have them, the same in every country.</summary>
        private static IEnumerable<DemoPapers> Papers => Enumerable.Range(0, 1000).Select(new DemoStories(DateTimeOffset.UtcNow).Of).Select(story => story.Papers).OfType<DemoPapers>();

        public IReadOnlyList<(string What, Func<int, Ask> Make)> Kinds() =>
        [
            ("Name in Latin letters", i => Ask(i, $$"""{"name":"{{Latin(_given, i)}} {{Latin(_families, i / 7)}}"}""")),
            ("Name in Urdu", i => Ask(i, $$"""{"name":"{{Urdu(_given, i)}} {{Urdu(_families, i / 7)}}"}""")),
            ("Given name alone", i => Ask(i, $$"""{"name":"{{Latin(_telling, i)}}"}""")),
            ("Name and father's name", i => Ask(i, $$"""{"name":"{{Urdu(_given, i)}} {{Urdu(_families, i / 7)}}","fatherName":"{{Latin(_given, i * 3)}} {{Latin(_families, i / 5)}}"}""")),
            ("Phone", i => Ask(i, $$"""{"phone":"{{_phones[i % _phones.Count]}}"}""")),
            ("CNIC", i => Ask(i, $$"""{"cnic":"{{_numbers[i % _numbers.Count]}}"}""")),
            ("Case code", i => Ask(i, $$"""{"caseCode":"{{_codes[i % _codes.Count]}}"}""")),
        ];

        // Each desk meets everything in turn, its own and what is others'.
        private Ask Ask(int i, string body) => Benchmarks.Ask.Post("/victims/search", _desks[(i + (i / _desks.Count)) % _desks.Count], body);

        private static string Latin((string Ur, string[] Latin)[] parts, int i) => parts[i % parts.Length].Latin[i / parts.Length % parts[i % parts.Length].Latin.Length];

        private static string Urdu((string Ur, string[] Latin)[] parts, int i) => parts[i % parts.Length].Ur;

        private static (string Ur, string[] Latin)[] Part(string part) =>
            [.. Csv.Rows("name-variants.csv").Where(row => row("part") == part).Select(row => (row("urdu"), row("latin_variants").Split('|')))];
    }
}
