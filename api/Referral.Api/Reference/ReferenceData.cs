using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Brings the embedded files into the database: real public bodies as directory entries without accounts, and
/// holidays; and the first release of law data. A second start with the same files only compares a fingerprint.
/// </summary>
internal static class ReferenceData
{
    private static readonly string[] Files = ["agencies.csv", "holidays.csv", "legal-instruments.csv", "age-definitions.csv"];

    private const string KnownSql = """
        SELECT l.fingerprint
          FROM reference_loads l
         WHERE l.name = @name
        """;

    private const string RememberSql = """
        UPDATE reference_loads
           SET fingerprint = @fingerprint, at = @now
         WHERE name = @name
        """;

    private const string FirstSql = """
        INSERT INTO reference_loads (name, fingerprint, at)
        VALUES (@name, @fingerprint, @now)
        """;

    public static async Task LoadAsync(Database database, CancellationToken cancellation)
    {
        var print = new { name = "files", fingerprint = Fingerprint() };
        Task<string?> Known(Work work) => work.ScalarAsync<string>(KnownSql, print, cancellation);
        if (await database.ReadAsync(Caller.System, Known, cancellation) == print.fingerprint)
        {
            return;
        }
        await database.ChangeAsync(Caller.System, async work =>
        {
            // Instances that start together: whoever comes second finds the work done.
            if (await Known(work) == print.fingerprint)
            {
                return false;
            }
            await AgenciesAsync(work, cancellation);
            await HolidaysAsync(work, cancellation);
            await Laws.BringAsync(work, cancellation);
            if (await work.ExecuteAsync(RememberSql, print, cancellation) == 0)
            {
                await work.ExecuteAsync(FirstSql, print, cancellation);
            }
            return true;
        }, static _ => true, cancellation);
    }

    /// <summary>The same in every installation: an UUID of version 8 (RFC 9562), made of what the file says.</summary>
    public static Guid IdOf(string kind, string key)
    {
        Span<byte> bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{kind}:{key}")).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Files)
        {
            using var stream = ReferenceFiles.Open(file);
            hash.AppendData(SHA256.HashData(stream));
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private const string RenameAgencySql = """
        UPDATE agencies
           SET kind = @kind, name_en = @nameEn, name_ur = @nameUr, province = @province, helpline = @helpline, version = version + 1
         WHERE id = @id
           AND has_account = 0
        """;

    private const string InsertAgencySql = """
        INSERT INTO agencies (id, code, kind, name_en, name_ur, province, status, has_account, confidential, helpline, calendar, version)
        VALUES (@id, @code, @kind, @nameEn, @nameUr, @province, 'active', 0, 0, @helpline, 'usual', 1)
        """;

    private const string InsertSelfSql = """
        INSERT INTO agency_tree (ancestor_id, descendant_id)
        VALUES (@id, @id)
        """;

    private const string IdsSql = """
        SELECT a.id
          FROM agencies a
         WHERE a.code IS NOT NULL
        """;

    /// <summary>One that has taken an account since keeps what it says of itself.</summary>
    private static async Task AgenciesAsync(Work work, CancellationToken cancellation)
    {
        var known = (await work.ListAsync<Guid>(IdsSql, null, cancellation)).ToHashSet();
        foreach (var row in Csv.Rows("agencies.csv"))
        {
            var agency = new
            {
                id = IdOf("agency", row("code")),
                code = row("code"),
                kind = row("kind"),
                nameEn = row("name_en"),
                nameUr = row("name_ur"),
                province = Csv.Known(row("province_code")),
                helpline = Csv.Known(row("helpline")),
            };
            if (known.Contains(agency.id))
            {
                await work.ExecuteAsync(RenameAgencySql, agency, cancellation);
                continue;
            }
            await work.ExecuteAsync(InsertAgencySql, agency, cancellation);
            await work.ExecuteAsync(InsertSelfSql, new { agency.id }, cancellation);
        }
    }

    /// <summary>A day of which somebody has said something else stays as it was said.</summary>
    private static async Task HolidaysAsync(Work work, CancellationToken cancellation)
    {
        var days = (await HolidayStore.DaysAsync(work, cancellation)).ToHashSet();
        foreach (var row in Csv.Rows("holidays.csv"))
        {
            var id = IdOf("holiday", $"{row("date")}:{row("province_code")}:{row("name_en")}");
            var on = DateOnly.Parse(row("date"), CultureInfo.InvariantCulture);
            if (days.Contains(on))
            {
                await HolidayStore.ConfirmAsync(work, id, row("status"), cancellation);
                continue;
            }
            await HolidayStore.InsertAsync(work, new Holiday
            {
                Id = id,
                HolidayOn = on,
                Province = Csv.Known(row("province_code")),
                NameEn = row("name_en"),
                NameUr = row("name_ur"),
                Kind = row("kind"),
                Status = row("status"),
            }, cancellation);
        }
    }
}
