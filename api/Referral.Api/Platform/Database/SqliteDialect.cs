using System.Collections.Frozen;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace NationalReferral.Platform;

internal sealed partial class SqliteDialect(string connectionString) : Dialect
{
    private readonly Lazy<FrozenDictionary<string, string>> _namesByColumns = new(() => ReadNames(connectionString), LazyThreadSafetyMode.PublicationOnly);

    public override string PageTail => "\nLIMIT @take";

    public override IReadOnlyDictionary<string, string> SchemaTokens { get; } = new Dictionary<string, string>
    {
        ["bigtext"] = "text",
        ["bigbinary"] = "blob",
        ["bin2"] = "BINARY",
    };

    public static object Value(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset instant => Instants.Text(instant),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool truth => truth ? 1L : 0L,
        _ => value,
    };

    /// <summary>SQLite's messages name tables, columns and check constraints, never values.</summary>
    public override Exception Explain(DbException fault)
    {
        if (fault is not SqliteException sqlite)
        {
            return fault;
        }
        return sqlite.SqliteExtendedErrorCode switch
        {
            raw.SQLITE_CONSTRAINT_UNIQUE or raw.SQLITE_CONSTRAINT_PRIMARYKEY or raw.SQLITE_CONSTRAINT_ROWID => new ConstraintViolation(UniqueName(sqlite.Message)),
            raw.SQLITE_CONSTRAINT_CHECK => new ConstraintViolation(Subject(sqlite.Message)),
            raw.SQLITE_CONSTRAINT_FOREIGNKEY => new ConstraintViolation("foreign_key"),
            _ when sqlite.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new DatabaseUnavailableException("The database is busy."),
            _ => new DatabaseFaultException("SQLite", sqlite.SqliteExtendedErrorCode, sqlite.Message),
        };
    }

    private string UniqueName(string message)
    {
        var columns = Subject(message);
        return _namesByColumns.Value.GetValueOrDefault(columns, columns);
    }

    /// <summary><c>SQLite Error 19: 'UNIQUE constraint failed: slots.a, slots.b'.</c> gives <c>slots.a, slots.b</c>.</summary>
    private static string Subject(string message)
    {
        var match = Failed().Match(message);
        return match.Success ? match.Groups["subject"].Value : "unknown";
    }

    /// <summary>SQLite keeps the names of unique constraints only in the text of the table.</summary>
    private static FrozenDictionary<string, string> ReadNames(string connectionString)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var table = reader.GetString(0);
            foreach (Match match in NamedKey().Matches(reader.GetString(1)).Concat(NamedColumnKey().Matches(reader.GetString(1))))
            {
                var columns = match.Groups["columns"].Value.Split(',').Select(c => $"{table}.{c.Trim().Split(' ')[0]}");
                names[string.Join(", ", columns)] = match.Groups["name"].Value;
            }
        }
        return names.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"^\s*(?<columns>\w+) [^\n]*?CONSTRAINT\s+(?<name>\w+)\s+(?:UNIQUE|PRIMARY\s+KEY)\b(?!\s*\()", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex NamedColumnKey();

    [GeneratedRegex(@"constraint failed: (?<subject>[^']+)'")]
    private static partial Regex Failed();

    [GeneratedRegex(@"(?:CONSTRAINT\s+(?<name>\w+)\s+(?:UNIQUE|PRIMARY\s+KEY)(?:\s+(?:NON)?CLUSTERED)?|UNIQUE\s+INDEX\s+(?<name>\w+)\s+ON\s+\w+)\s*\((?<columns>[^)]*)\)", RegexOptions.IgnoreCase)]
    private static partial Regex NamedKey();
}
