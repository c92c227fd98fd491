using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Identity;

/// <summary>
/// Plain statements over the identity database, for what must work before the mapper is warm (keys) or must be decided
/// in one statement (attempts). Portable SQL only.
/// </summary>
internal sealed class IdentityStore(IdentitySettings settings)
{
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var connection = Connection();
        await connection.OpenAsync(cancellation);
        await using var command = Command(connection, sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object Value)[] parameters)
    {
        await using var connection = Connection();
        await connection.OpenAsync(cancellation);
        await using var command = Command(connection, sql, parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(read(reader));
        }
        return rows;
    }

    /// <summary>True when a row with the same unique key was there first.</summary>
    public static bool IsDuplicate(DbException fault) => fault switch
    {
        SqliteException sqlite => sqlite.SqliteExtendedErrorCode is 2067 or 1555,
        SqlException server => server.Number is 2601 or 2627,
        _ => false,
    };

    public static DateTimeOffset Instant(DbDataReader reader, int column) => reader.GetValue(column) switch
    {
        DateTime at => new(DateTime.SpecifyKind(at, DateTimeKind.Utc)),
        var text => DateTimeOffset.Parse((string)text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
    };

    internal DbConnection Connection() =>
        settings.IsSqlServer ? new SqlConnection(settings.ConnectionString) : new SqliteConnection(settings.ConnectionString);

    private static DbCommand Command(DbConnection connection, string sql, (string Name, object Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            if (value is DateTimeOffset at)
            {
                // One width in a text column, so that text order is time order; milliseconds, as datetime2(3) keeps them.
                var cut = new DateTime(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);
                parameter.Value = parameter is SqliteParameter ? cut.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture) : cut;
                if (parameter is SqlParameter)
                {
                    parameter.DbType = DbType.DateTime2;
                }
            }
            else
            {
                parameter.Value = value;
            }
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
