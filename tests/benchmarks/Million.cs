using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Benchmarks;

/// <summary>
/// How long a worklist takes among a million referrals, against ten thousand, each asked for by turns. The million are the demo country's,
/// copied: each child with her need, her referrals, what they opened and their deadlines, under ids of her own and in the same agencies.
/// </summary>
internal static class Million
{
    private const double Bound = 1.2;
    private const int Connections = 2;
    private const int WarmUps = 5;
    private const int Referrals = 1_000_000;

    public static async Task<int> RunAsync(string folder, int victims, int few, int rounds, int asks)
    {
        var home = Path.Combine(folder, "results");
        var small = (await Country.PrepareAsync(home, few)).CopyTo(Path.Combine(home, "few"));
        var large = Directory.Exists(Path.Combine(home, "million"))
            ? new Country(Path.Combine(home, "million"))
            : Multiply(await Country.PrepareAsync(home, victims), Path.Combine(home, "million"));
        await using var authority = await Authority.StartAsync();
        Ask[] Of(Country country)
        {
            country.AdmitAll(authority.Issuer);
            Ask[] lists = [.. country.Worklists().Select(one => Ask.Get(one.Path, authority.TokenFor(one.Subject)))];
            return [.. Enumerable.Range(0, asks).Select(i => lists[i % lists.Length])];
        }
        var (inLarge, inSmall) = (Of(large), Of(small));
        using var many = await Host.ProductAsync(large.Folder, victims, authority.Issuer);
        using var little = await Host.ProductAsync(small.Folder, few, authority.Issuer);
        var all = new List<(double Large, double Small)>();
        for (var round = 0; round < WarmUps + rounds; round++)
        {
            var isFirst = round % 2 == 0;
            var first = await MedianAsync(isFirst ? many : little, isFirst ? inLarge : inSmall);
            var second = await MedianAsync(isFirst ? little : many, isFirst ? inSmall : inLarge);
            if (round >= WarmUps)
            {
                all.Add(isFirst ? (first, second) : (second, first));
            }
        }
        var report = new Report("worklist");
        report.Add(new(
            $"GET /referrals, p50: among {Count(large)} to among {Count(small)}", Text(all.Select(one => one.Large)), Text(all.Select(one => one.Small)),
            Benchmark.Median(all.Select(one => one.Large / one.Small)), "x", Bound, IsLeast: false));
        await many.StopAsync();
        await little.StopAsync();
        report.Write(Path.Combine(folder, "README.md"), Path.Combine(home, "worklist.json"), "dotnet run -c Release --project tests/benchmarks -- worklist");
        return report.IsReached ? 0 : 1;
    }

    private static async Task<double> MedianAsync(Host host, Ask[] asks)
    {
        var (answers, _) = await Load.SendAsync(host.Port, asks, Connections);
        return Benchmark.Median(answers.Select(answer => answer.Took.TotalMilliseconds));
    }

    private static string Text(IEnumerable<double> milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{Benchmark.Median(milliseconds):0.00} ms");

    private static string Count(Country country) => country.Number("SELECT count(*) FROM referrals").ToString("#,0", CultureInfo.InvariantCulture);

    private static Country Multiply(Country country, string folder)
    {
        var begun = country.CopyTo(folder + ".begun");
        using (var link = new SqliteConnection($"Data Source={begun.File};Pooling=False"))
        {
            link.Open();
            var have = begun.Number("SELECT count(*) FROM referrals");
            Console.WriteLine($"{have} referrals are multiplied; that happens once.");
            Run(link, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -4000000");
            for (var copy = 1; copy * have < Referrals; copy++)
            {
                foreach (var (table, ids, also) in Copied)
                {
                    CopyRows(link, table, ids, also, copy);
                }
            }
            Run(link, "PRAGMA journal_mode = WAL");
        }
        Directory.Move(begun.Folder, folder);
        return new(folder);
    }

    /// <summary>Tables, which of their columns are ids of what is copied, and which of their rows are meant: the originals only, and no past deadlines.</summary>
    private static readonly (string Table, string[] Ids, string Where)[] Copied =
    [
        ("victims", ["id", "person_id"], "1 = 1"),
        ("needs", ["id", "victim_id"], "1 = 1"),
        ("referrals", ["id", "victim_id", "need_id"], "1 = 1"),
        ("grants", ["id", "victim_id", "source_id"], "1 = 1"),
        ("clocks", ["id", "victim_id", "subject_id"], "state IN ('running', 'missed')"),
    ];

    private static void CopyRows(SqliteConnection link, string table, string[] ids, string where, int copy)
    {
        var columns = new List<string>();
        using (var names = link.CreateCommand())
        {
            names.CommandText = $"SELECT name FROM pragma_table_info('{table}')";
            using var rows = names.ExecuteReader();
            while (rows.Read())
            {
                columns.Add(rows.GetString(0));
            }
        }
        // The time in an id stays, so that copies stand beside their originals; the half byte after it tells the copies apart.
        string Value(string column) =>
            ids.Contains(column) ? $"CAST(substr({column}, 1, 6) || x'{0x80 + copy:x2}' || substr({column}, 8) AS BLOB)"
            : column == "case_code" ? $"case_code || '-{copy}'"
            : column == "next_at" ? "NULL"
            : column;
        Run(link, $"""
            INSERT INTO {table} ({string.Join(", ", columns)})
            SELECT {string.Join(", ", columns.Select(Value))}
              FROM {table}
             WHERE {where}
               AND substr(id, 7, 1) < x'80'
            """);
    }

    private static void Run(SqliteConnection link, string sql)
    {
        using var command = link.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 0;
        command.ExecuteNonQuery();
    }
}
