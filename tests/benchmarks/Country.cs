using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Benchmarks;

/// <summary>A referral that could be sent once more: same child, same need, same service, same pieces.</summary>
/// <param name="Sender">Subject of whoever sent it.</param>
/// <param name="Provider">Subject of somebody who answers for the service.</param>
/// <param name="Population">Null where the service counts no places.</param>
internal sealed record Chain(string VictimId, string NeedId, string ServiceId, string Groups, string Records, string Sender, string Provider, string? Population)
{
    public string Draft { get; } = $$"""{"victimId":"{{VictimId}}","needId":"{{NeedId}}","serviceId":"{{ServiceId}}","groups":[{{Groups}}],"records":[{{Records}}]}""";

    public string Acceptance { get; } = Population is null ? "{}" : $$"""{"population":"{{Population}}"}""";
}

/// <summary>The demo country on disk: made once by the product itself, copied for each run.</summary>
internal sealed partial class Country(string folder)
{
    /// <summary>What is written to. Deadlines of the demo country run out meanwhile: what the system itself did does not count.</summary>
    private static readonly string[] Written =
    [
        "referrals", "grants", "disclosures", "clocks", "idempotency", "victims", "records", "data_keys", "tokens", "referral_groups", "approvals",
        "age_facts", "bases", "basis_scopes", "blocks", "block_workers", "break_glass", "attachments", "attachment_chunks", "follow_codes", "follow_messages",
        "journal WHERE worker_id IS NOT NULL OR action = 'victim.spoke'",
        "notifications WHERE kind IN ('referral.submitted', 'referral.accepted', 'approval.asked', 'breakglass.opened')",
    ];

    public string Folder => folder;

    public string File => Path.Combine(folder, "data", "referral.db");

    /// <summary>A country of so many victims, sealed to its last row. Making one takes about 5 ms a victim; the next run finds it.</summary>
    public static async Task<Country> PrepareAsync(string home, int victims)
    {
        var ready = Path.Combine(home, $"{victims}");
        if (!Directory.Exists(ready))
        {
            Console.WriteLine($"A country of {victims} victims is made; that happens once.");
            var begun = ready + ".begun";
            if (Directory.Exists(begun))
            {
                Directory.Delete(begun, recursive: true);
            }
            Directory.CreateDirectory(begun);
            using var host = await Host.ProductAsync(begun, victims, null);
            while (new Country(begun).Number(Unfinished) > 0)
            {
                await Task.Delay(1000);
            }
            await host.StopAsync();
            Directory.Move(begun, ready);
        }
        return new(ready);
    }

    // Rows to seal, and deadlines that are over and have not spoken: they would end referrals while these are asked for.
    private const string Unfinished = """
        SELECT (SELECT count(*) FROM journal WHERE position IS NULL)
             + (SELECT count(*) FROM clocks WHERE next_at <= strftime('%Y-%m-%d %H:%M:%f', 'now'))
        """;

    public Country CopyTo(string copy)
    {
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            System.IO.File.Copy(file, to);
        }
        return new(copy);
    }

    /// <summary>Every worker gets a login at <paramref name="issuer"/>, with the worker's id as subject.</summary>
    public void AdmitAll(string issuer)
    {
        using var link = Open();
        using var command = link.CreateCommand();
        command.CommandText = """
            INSERT INTO logins (id, issuer, subject, worker_id, name, scopes, epoch, status, created_at, version)
            SELECT randomblob(16), $issuer, lower(hex(w.id)), w.id, 'benchmark', '', 0, 'active', '2026-01-01 00:00:00.000', 1 FROM workers w
            """;
        command.Parameters.AddWithValue("$issuer", issuer);
        command.ExecuteNonQuery();
    }

    /// <summary>Referrals of every agency to every other, in no order; each child once.</summary>
    public IReadOnlyList<Chain> Chains(int take) => Rows($"""
        SELECT hex(r.victim_id), hex(r.need_id), hex(r.service_id), lower(hex(r.created_by)),
               (SELECT lower(hex(m.worker_id)) FROM memberships m WHERE m.agency_id = r.provider_agency_id AND m.roles LIKE '%provider%' ORDER BY m.worker_id LIMIT 1),
               (SELECT c.population FROM capacity c WHERE c.service_id = r.service_id),
               (SELECT group_concat('"' || d.group_code || '"') FROM disclosures d WHERE d.referral_id = r.id AND d.record_id IS NULL),
               (SELECT group_concat(hex(d.record_id)) FROM disclosures d WHERE d.referral_id = r.id AND d.record_id IS NOT NULL)
          FROM referrals r
         WHERE r.state IN ('submitted', 'acknowledged', 'accepted', 'in_service')
           AND r.urgency = r.asked_urgency
         ORDER BY substr(r.id, 9)
         LIMIT {take}
        """, row => new Chain(
            Id(row.GetString(0)), Id(row.GetString(1)), Id(row.GetString(2)), row.IsDBNull(6) ? "" : row.GetString(6),
            row.IsDBNull(7) ? "" : string.Join(',', row.GetString(7).Split(',').Select(id => $"\"{Id(id)}\"")),
            row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5)));

    /// <summary>Path of a referral, and the subject of one who sees it: its sender or its provider by turns.</summary>
    public IReadOnlyList<(string Path, string Subject)> Referrals(int take) => Rows($"""
        SELECT hex(r.id), lower(hex(r.created_by)),
               (SELECT lower(hex(m.worker_id)) FROM memberships m WHERE m.agency_id = r.provider_agency_id AND m.roles LIKE '%provider%' ORDER BY m.worker_id LIMIT 1)
          FROM referrals r
         WHERE r.state IN ('submitted', 'acknowledged', 'accepted', 'in_service')
         ORDER BY substr(r.id, 9)
         LIMIT {take}
        """, row => (Id(row.GetString(0)), row.GetString(1), row.GetString(2))).Select((one, i) => ($"/referrals/{one.Item1}", i % 2 == 0 ? one.Item2 : one.Item3)).ToList();

    /// <summary>Path of a data group that a provider has been opened.</summary>
    public IReadOnlyList<(string Path, string Subject)> Groups(int take) => Rows($"""
        SELECT hex(r.victim_id), d.group_code,
               (SELECT lower(hex(m.worker_id)) FROM memberships m WHERE m.agency_id = r.provider_agency_id AND m.roles LIKE '%provider%' ORDER BY m.worker_id LIMIT 1)
          FROM referrals r
          JOIN disclosures d ON d.referral_id = r.id
         WHERE r.state IN ('accepted', 'in_service')
           AND d.record_id IS NULL
           AND EXISTS (SELECT 1 FROM records x WHERE x.victim_id = r.victim_id AND x.kind = d.group_code)
         ORDER BY substr(d.id, 9)
         LIMIT {take}
        """, row => ($"/victims/{Id(row.GetString(0))}/{row.GetString(1)}", row.GetString(2)));

    /// <summary>Worklists of every agency, a page that is full in a small country too: what it received, where somebody answers; what it sent, where somebody refers.</summary>
    public IReadOnlyList<(string Path, string Subject)> Worklists() => Rows("""
        SELECT DISTINCT 'received', (SELECT lower(hex(m.worker_id)) FROM memberships m WHERE m.agency_id = s.agency_id AND m.roles LIKE '%provider%' ORDER BY m.worker_id LIMIT 1)
          FROM services s
         WHERE EXISTS (SELECT 1 FROM referrals r WHERE r.service_id = s.id)
         UNION ALL
        SELECT DISTINCT 'sent', lower(hex(r.created_by))
          FROM referrals r
        """, row => ($"/referrals?box={row.GetString(0)}&limit=25", row.GetString(1)));

    /// <summary>Those who register, and those who supervise them.</summary>
    public IReadOnlyList<string> Desks() => Rows("""
        SELECT DISTINCT lower(hex(m.worker_id))
          FROM memberships m
         WHERE m.to_at IS NULL
           AND (m.worker_id IN (SELECT v.created_by FROM victims v)
             OR (m.roles LIKE '%supervisor%' AND m.agency_id IN (SELECT t.ancestor_id FROM agency_tree t WHERE t.descendant_id IN (SELECT v.lead_agency_id FROM victims v))))
         ORDER BY 1
        """, row => row.GetString(0));

    public IReadOnlyList<string> CaseCodes(int take) => Rows($"SELECT v.case_code FROM victims v ORDER BY substr(v.id, 9) LIMIT {take}", row => row.GetString(0));

    /// <returns>False for a country that was made before victims could be searched for.</returns>
    public bool HasTokens() =>
        Number("SELECT count(*) FROM sqlite_master WHERE name = 'tokens'") > 0 && Number("SELECT count(*) FROM (SELECT 1 FROM tokens LIMIT 1)") > 0;

    /// <summary>How many rows each table has that something measured writes to.</summary>
    public IReadOnlyDictionary<string, long> Sizes() => Written.ToDictionary(rows => rows, rows => Number($"SELECT count(*) FROM {rows}"));

    public long Number(string sql) => Rows(sql, row => row.GetInt64(0))[0];

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read)
    {
        using var link = Open();
        using var command = link.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>In one transaction, beside a server that may have the file open.</summary>
    private void Change(Action<SqliteConnection> change)
    {
        using var link = Open();
        Run(link, "PRAGMA busy_timeout = 30000; BEGIN IMMEDIATE");
        change(link);
        Run(link, "COMMIT");
    }

    private static void Run(SqliteConnection link, string sql)
    {
        using var command = link.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var link = new SqliteConnection(string.Create(CultureInfo.InvariantCulture, $"Data Source={File};Pooling=False"));
        link.Open();
        return link;
    }

    private static string Hex(string id) => Convert.ToHexString(Guid.Parse(id).ToByteArray(bigEndian: true));

    private static string Id(string hex) => new Guid(Convert.FromHexString(hex), bigEndian: true).ToString();
}
