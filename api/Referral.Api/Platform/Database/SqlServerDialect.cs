using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.Data.SqlClient;

namespace NationalReferral.Platform;

/// <summary>A fault after which the same change may succeed: a deadlock, a lost connection. Stays inside the engine.</summary>
internal sealed class PassingFaultException(int code) : Exception($"SQL Server error {code}.");

internal sealed partial class SqlServerDialect : Dialect
{
    /// <summary>Deadlock, snapshot conflict, lost or refused connection, fail-over, too busy.</summary>
    private static readonly HashSet<int> Passing =
    [
        1205, 3960, 3961, 20, 64, 233, 4060, 4221, 10053, 10054, 10060, 10928, 10929, 11001, 40197, 40501, 40613, 49918, 49919, 49920, 983, 976,
    ];

    public override string PageTail => "\nOFFSET 0 ROWS FETCH NEXT @take ROWS ONLY";

    public override IReadOnlyDictionary<string, string> SchemaTokens { get; } = new Dictionary<string, string>
    {
        ["bigtext"] = "nvarchar(max)",
        ["bigbinary"] = "varbinary(max)",
        ["bin2"] = "Latin1_General_100_BIN2",
    };

    public static bool IsPassing(SqlException fault) => fault.Errors.Cast<SqlError>().Any(e => Passing.Contains(e.Number));

    /// <summary>Types are given, for NULL has none of its own and a text parameter of changing length would spoil the plan cache.</summary>
    public static SqlParameter Parameter(string name, object? value, ValueKind kind)
    {
        var parameter = kind switch
        {
            ValueKind.Id => new SqlParameter(name, SqlDbType.Binary, 16),
            ValueKind.Instant => new SqlParameter(name, SqlDbType.DateTime2) { Scale = 3 },
            ValueKind.Day => new SqlParameter(name, SqlDbType.Date),
            ValueKind.Text => new SqlParameter(name, SqlDbType.NVarChar, value is string { Length: > 4000 } ? -1 : 4000),
            ValueKind.Bytes => new SqlParameter(name, SqlDbType.VarBinary, value is byte[] { Length: > 8000 } ? -1 : 8000),
            ValueKind.Whole => new SqlParameter(name, SqlDbType.BigInt),
            ValueKind.Truth => new SqlParameter(name, SqlDbType.Bit),
            ValueKind.Real => new SqlParameter(name, SqlDbType.Float),
            _ => new SqlParameter(name, SqlDbType.Decimal),
        };
        parameter.Value = value switch
        {
            null => DBNull.Value,
            DateTimeOffset instant => instant.UtcDateTime,
            DateOnly day => day.ToDateTime(TimeOnly.MinValue),
            _ => value,
        };
        return parameter;
    }

    /// <summary>Its messages quote values (2627, 2628): only names and numbers go on.</summary>
    public override Exception Explain(DbException fault)
    {
        if (fault is not SqlException sql)
        {
            return fault;
        }
        if (IsPassing(sql))
        {
            return new PassingFaultException(sql.Number);
        }
        return sql.Number switch
        {
            2627 or 547 => new ConstraintViolation(Name(Constraint().Match(sql.Message))),
            2601 => new ConstraintViolation(Name(UniqueIndex().Match(sql.Message))),
            -2 or 1222 => new DatabaseUnavailableException("The database did not answer in time."),
            _ => new DatabaseFaultException("SQL Server", sql.Number, $"line {sql.LineNumber}"),
        };
    }

    private static string Name(Match match) => match.Success ? match.Groups["name"].Value : "unknown";

    [GeneratedRegex("""constraint ['"](?<name>\w+)['"]""")]
    private static partial Regex Constraint();

    [GeneratedRegex("unique index '(?<name>\\w+)'")]
    private static partial Regex UniqueIndex();
}
