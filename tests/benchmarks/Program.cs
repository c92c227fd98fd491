using System.Globalization;
using System.Runtime.CompilerServices;
using NationalReferral.Benchmarks;

if (args is ["limit", .. var rest])
{
    await Limit.RunAsync(rest);
    return 0;
}
if (args is ["names"])
{
    Names.Print();
    return 0;
}
if (args is ["search", ..])
{
    return await Searches.RunAsync(Benchmark.Folder(), victims: Option("--victims", 200_000), asks: Option("--asks", 500), connections: Option("--connections", 2));
}
if (args is ["families", ..])
{
    return await Benchmark.AloneAsync(victims: Option("--victims", 2_000), sides => Families.RunAsync(sides, Option("--rounds", 7), Option("--families", 200)));
}
if (args is ["protection", ..])
{
    return await Protection.RunAloneAsync(victims: Option("--victims", 2_000), rounds: Option("--rounds", 7), families: Option("--families", 100));
}
if (args is ["worklist", ..])
{
    return await Million.RunAsync(Benchmark.Folder(), victims: Option("--victims", 200_000), few: Option("--few", 11_700), rounds: Option("--rounds", 21), asks: Option("--asks", 2000));
}
if (args is ["reads", ..])
{
    return await Benchmark.AloneAsync(victims: Option("--victims", 200_000), sides => Benchmark.ReadAsync(sides, rounds: Option("--rounds", 7), reads: Option("--reads", 8_000)));
}
return await Benchmark.RunAsync(
    victims: Option("--victims", 200_000),
    few: Option("--few", 2_000),
    rounds: Option("--rounds", 5),
    writes: Option("--writes", 2_000));

int Option(string name, int usual) => Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : usual;

namespace NationalReferral.Benchmarks
{
    /// <summary>Product and limit program by turns on the same requests; what counts is the median of the ratios of the rounds.</summary>
    internal static class Benchmark
    {
        public const string Command = "dotnet run -c Release --project tests/benchmarks";
        private const int Connections = 32;

        /// <summary>Rounds that do not count: the runtime compiles its hot paths once more while they run.</summary>
        private const int WarmUps = 3;

        /// <summary>
        /// Of what is asked first. A server that has run for a minute has compiled all of it: after three rounds a good part of the
        /// product still runs with the counters that the compiler put into it, when the limit program, so much smaller, no longer does.
        /// </summary>
        internal const int FirstWarmUps = 12;
        internal static readonly Report Report = new();

        public static async Task<int> RunAsync(int victims, int few, int rounds, int writes)
        {
            var home = Path.Combine(Folder(), "results");
            await StartsAsync(await Country.PrepareAsync(home, 300));
            var small = (await Country.PrepareAsync(home, few)).CopyTo(Path.Combine(home, "few"));
            var pristine = await Country.PrepareAsync(home, victims);
            var large = pristine.CopyTo(Path.Combine(home, "product"));
            var same = pristine.CopyTo(Path.Combine(home, "limit"));

            await using var authority = await Authority.StartAsync();
            foreach (var country in new[] { small, large, same })
            {
                country.AdmitAll(authority.Issuer);
            }
            var token = OneFor(authority);
            Ask[] Gets(IEnumerable<(string Path, string Subject)> all) => [.. all.Select(one => Ask.Get(one.Path, token(one.Subject)))];

            using var limit = await Host.LimitAsync(same.File, authority.Issuer);
            using var product = await Host.ProductAsync(large.Folder, victims, authority.Issuer);
            var reads = Gets(large.Referrals(4 * writes));
            await CompareAsync("GET /referrals/{id}", product, limit, rounds, 0.6, _ => reads);
            var groups = Gets(large.Groups(2 * writes));
            await CompareAsync("GET /victims/{id}/{group}", product, limit, rounds, 0.5, _ => groups);
            await ChainsAsync(product, limit, large, same, rounds, writes, token);

            using (var other = await Host.ProductAsync(small.Folder, few, authority.Issuer))
            {
                await WorklistAsync(product, other, rounds, writes, Gets(large.Worklists()), Gets(small.Worklists()));
            }
            Report.Add(new("Resident memory afterwards", null, null, product.ResidentBytes / 1024.0 / 1024.0, "MB", 300, IsLeast: false));
            var sides = new Sides(product, limit, large, same, token);
            await Families.RunAsync(sides, rounds, Math.Max(Connections, writes / Family.Size));
            var isProtectionReached = await Protection.RunAsync(sides, rounds, Math.Max(Connections, writes / 20), Command);
            await product.StopAsync();
            Report.Write(Path.Combine(Folder(), "README.md"), Path.Combine(home, "figures.json"), Command);
            return Report.IsReached && isProtectionReached ? 0 : 1;
        }

        /// <summary>One part alone, for whoever changes what it costs. Writes no table.</summary>
        public static async Task<int> AloneAsync(int victims, Func<Sides, Task> measure)
        {
            await Sides.AloneAsync(Path.Combine(Folder(), "results"), victims, measure);
            return Report.IsReached ? 0 : 1;
        }

        public static async Task ReadAsync(Sides sides, int rounds, int reads)
        {
            Ask[] asks = [.. sides.Own.Referrals(reads).Select(one => Ask.Get(one.Path, sides.Token(one.Subject)))];
            await CompareAsync("GET /referrals/{id}", sides.Product, sides.Limit, rounds, 0.6, _ => asks);
        }

        /// <summary>One token for each worker, as a client that keeps hers.</summary>
        internal static Func<string, string> OneFor(Authority authority)
        {
            var known = new Dictionary<string, string>();
            return subject => known.TryGetValue(subject, out var token) ? token : known[subject] = authority.TokenFor(subject);
        }

        /// <summary>From the start of the process to the first 200.</summary>
        private static async Task StartsAsync(Country demo)
        {
            var copy = demo.CopyTo(Path.Combine(Path.GetDirectoryName(demo.Folder)!, "start"));
            var seconds = new List<double>();
            for (var i = 0; i < 3; i++)
            {
                using var host = await Host.ProductAsync(copy.Folder, 300, null);
                seconds.Add(host.Watch.Elapsed.TotalSeconds);
                await host.StopAsync();
            }
            Report.Add(new("First 200 after starting the built dll", null, null, Median(seconds), "s", 3, IsLeast: false));
        }

        /// <summary>Each child's referral is drafted, sent and accepted anew, on both sides; then both must have written as many rows.</summary>
        private static async Task ChainsAsync(Host product, Host limit, Country large, Country same, int rounds, int writes, Func<string, string> token)
        {
            var before = (Product: large.Sizes(), Limit: same.Sizes());
            var chains = large.Chains((WarmUps + rounds) * writes).Chunk(writes).ToArray();
            if (chains.Length < WarmUps + rounds)
            {
                throw new InvalidOperationException($"The country has children for {chains.Length} rounds of {writes} and not for {WarmUps + rounds}: take fewer --rounds or --writes, or more --victims.");
            }
            var made = new Dictionary<Host, Answer[]>();
            var ratios = new Ratios[3];
            for (var round = 0; round < WarmUps + rounds; round++)
            {
                var part = chains[round];
                var isWarm = round < WarmUps;
                ratios[0] = ratios[0].With(isWarm, await RoundAsync(product, limit, round, host => [.. part.Select(chain => Ask.Post("/referrals", token(chain.Sender), chain.Draft))], made));
                var drafts = await TagsAsync(product, part.Select((chain, i) => ($"/referrals/{made[product][i].Text("id")}", token(chain.Sender))));
                ratios[1] = ratios[1].With(isWarm, await RoundAsync(product, limit, round, host => [.. part.Select((chain, i) => Ask.Post($"/referrals/{made[host][i].Text("id")}/submit", token(chain.Sender), "{}", drafts[i]))], null));
                var sent = await TagsAsync(product, part.Select((chain, i) => ($"/referrals/{made[product][i].Text("id")}", token(chain.Provider))));
                ratios[2] = ratios[2].With(isWarm, await RoundAsync(product, limit, round, host => [.. part.Select((chain, i) => Ask.Post($"/referrals/{made[host][i].Text("id")}/accept", token(chain.Provider), chain.Acceptance, sent[i]))], null));
            }
            foreach (var (name, ratio) in new[] { "POST /referrals", "POST /referrals/{id}/submit", "POST /referrals/{id}/accept" }.Zip(ratios))
            {
                Report.Add(ratio.Figure(name, 0.5));
            }
            AssertSame(before, (large.Sizes(), same.Sizes()));
        }

        /// <exception cref="InvalidOperationException">The two sides have not done the same work.</exception>
        internal static void AssertSame(
            (IReadOnlyDictionary<string, long> Product, IReadOnlyDictionary<string, long> Limit) before,
            (IReadOnlyDictionary<string, long> Product, IReadOnlyDictionary<string, long> Limit) after)
        {
            foreach (var table in before.Product.Keys)
            {
                var (own, others) = (after.Product[table] - before.Product[table], after.Limit[table] - before.Limit[table]);
                if (own != others)
                {
                    throw new InvalidOperationException($"The product wrote {own} rows to {table}, the limit program {others}: the ratios would not be about the same work.");
                }
            }
        }

        internal static async Task<string[]> TagsAsync(Host host, IEnumerable<(string Path, string Token)> things)
        {
            var (answers, _) = await Load.SendAsync(host.Port, [.. things.Select(one => Ask.Get(one.Path, one.Token))], Connections);
            return [.. answers.Select(answer => answer.Tag!)];
        }

        private static async Task CompareAsync(string what, Host product, Host limit, int rounds, double bound, Func<Host, Ask[]> asks)
        {
            var ratios = default(Ratios);
            for (var round = 0; round < FirstWarmUps + rounds; round++)
            {
                ratios = ratios.With(round < FirstWarmUps, await RoundAsync(product, limit, round, asks, null));
            }
            Report.Add(ratios.Figure(what, bound));
        }

        /// <summary>Both by turns, so that neither always runs on a warmer machine.</summary>
        internal static async Task<(Measure Product, Measure Limit)> RoundAsync(Host product, Host limit, int round, Func<Host, Ask[]> asks, Dictionary<Host, Answer[]>? made)
        {
            var results = new Dictionary<Host, Measure>();
            foreach (var host in round % 2 == 0 ? [product, limit] : new[] { limit, product })
            {
                results[host] = await MeasureAsync(host, asks(host), made);
            }
            return (results[product], results[limit]);
        }

        private static async Task<Measure> MeasureAsync(Host host, Ask[] asks, Dictionary<Host, Answer[]>? made)
        {
            var before = host.Processor;
            var (answers, took) = await Load.SendAsync(host.Port, asks, Connections);
            var spent = host.Processor - before;
            made?[host] = answers;
            return new(asks.Length / took.TotalSeconds, spent.TotalMicroseconds / asks.Length);
        }

        private static async Task WorklistAsync(Host large, Host small, int rounds, int requests, Ask[] inLarge, Ask[] inSmall)
        {
            Ask[] Many(Ask[] some) => [.. Enumerable.Range(0, requests).Select(i => some[i % some.Length])];
            var (many, few) = (Many(inLarge), Many(inSmall));
            var ratios = default(Ratios);
            for (var round = 0; round < WarmUps + rounds; round++)
            {
                ratios = ratios.With(round < WarmUps, await RoundAsync(large, small, round, host => host == large ? many : few, null));
            }
            Report.Add(ratios.Slowdown("GET /referrals: time with all victims to time with few", 1.3));
        }

        public static double Median(IEnumerable<double> values)
        {
            double[] sorted = [.. values.Order()];
            return sorted[sorted.Length / 2];
        }

        public static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
    }

    /// <param name="PerSecond">Requests answered.</param>
    /// <param name="Microseconds">Of processor time that the server spent on one.</param>
    internal readonly record struct Measure(double PerSecond, double Microseconds);

    /// <summary>What the rounds gave that counted.</summary>
    internal readonly record struct Ratios(IReadOnlyList<(Measure Product, Measure Limit)>? All)
    {
        private IReadOnlyList<(Measure Product, Measure Limit)> Rounds => All ?? [];

        public Ratios With(bool isWarm, (Measure, Measure) round) => isWarm ? this : new([.. Rounds, round]);

        public Figure Figure(string what, double least) => new(
            what, Text(Rounds.Select(round => round.Product)), Text(Rounds.Select(round => round.Limit)),
            100 * Benchmark.Median(Rounds.Select(round => round.Product.PerSecond / round.Limit.PerSecond)), "%", 100 * least, IsLeast: true);

        public Figure Slowdown(string what, double most) => new(
            what, Text(Rounds.Select(round => round.Product)), Text(Rounds.Select(round => round.Limit)),
            Benchmark.Median(Rounds.Select(round => round.Limit.PerSecond / round.Product.PerSecond)), "x", most, IsLeast: false);

        private static string Text(IEnumerable<Measure> measures)
        {
            Measure[] all = [.. measures];
            return string.Create(
                CultureInfo.InvariantCulture,
                $"{Benchmark.Median(all.Select(one => one.PerSecond)):#,0}/s, {Benchmark.Median(all.Select(one => one.Microseconds)):0} µs CPU");
        }
    }
}
