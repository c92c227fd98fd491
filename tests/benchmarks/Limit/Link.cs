using System.Globalization;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Benchmarks;

/// <summary>A SQLite connection with the product's settings, and every statement that it has met prepared.</summary>
internal sealed class Link : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<object, SqliteCommand> _prepared = new(ReferenceEqualityComparer.Instance);

    /// <param name="cacheMegabytes">As the product's: 5 to read, 16 to write.</param>
    public Link(string file, int cacheMegabytes = 5)
    {
        _connection = new($"Data Source={file};Pooling=False");
        _connection.Open();
        using var pragmas = _connection.CreateCommand();
        pragmas.CommandText = $"PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 10000; PRAGMA cache_size = -{1024 * cacheMegabytes}; PRAGMA wal_autocheckpoint = {256 * cacheMegabytes}";
        pragmas.ExecuteNonQuery();
    }

    /// <summary>Text of an INSERT with parameters ?1, ?2 … in the order of <paramref name="columns"/>.</summary>
    public static string Insert(string table, string columns) =>
        $"INSERT INTO {table} ({columns}) VALUES ({string.Join(", ", Enumerable.Range(1, columns.Split(',').Length).Select(i => $"?{i}"))})";

    public int Run(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteNonQuery();

    public SqliteDataReader Read(string sql, params ReadOnlySpan<object?> values) => Bind(sql, values).ExecuteReader();

    /// <summary>The first column of each row.</summary>
    public List<byte[]> Ids(string sql, params ReadOnlySpan<object?> values)
    {
        var ids = new List<byte[]>();
        using var rows = Read(sql, values);
        while (rows.Read())
        {
            ids.Add((byte[])rows[0]);
        }
        return ids;
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
        {
            command.Dispose();
        }
        _connection.Dispose();
    }

    /// <param name="sql">A constant: statements are told apart by reference.</param>
    private SqliteCommand Bind(string sql, ReadOnlySpan<object?> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= values.Length; i++)
            {
                command.Parameters.Add(new SqliteParameter { ParameterName = $"?{i.ToString(CultureInfo.InvariantCulture)}" });
            }
            _prepared.Add(sql, command);
        }
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
        return command;
    }
}
