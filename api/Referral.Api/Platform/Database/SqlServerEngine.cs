using System.Data;
using System.Data.Common;
using Microsoft.Data.SqlClient;
using Polly;
using Polly.Retry;

namespace NationalReferral.Platform;

/// <summary>SQL Server: a transaction for each unit of work; a change that met a passing fault runs again from the start.</summary>
internal sealed class SqlServerEngine : Engine
{
    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly SqlServerDialect _dialect = new();
    private readonly ResiliencePipeline _again;
    private IsolationLevel? _reading;

    public SqlServerEngine(DatabaseOptions options, TimeProvider clock)
    {
        _connectionString = SqlServerSession.ConnectionString(options.ConnectionString);
        _clock = clock;
        _again = new ResiliencePipelineBuilder()
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<SqlException>(SqlServerDialect.IsPassing).Handle<PassingFaultException>().Handle<ChangedMeanwhileException>(),
                MaxRetryAttempts = 5,
                Delay = TimeSpan.FromMilliseconds(20),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
            })
            .Build();
    }

    public override async Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            _reading ??= await ReadingLevelAsync(cancellation);
        }
        catch (SqlException e)
        {
            throw new DatabaseUnavailableException($"SQL Server error {e.Number}.");
        }
        return await RunAsync(caller, read, static _ => false, _reading.Value, cancellation);
    }

    public override Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation) =>
        RunAsync(caller, change, keep, IsolationLevel.ReadCommitted, cancellation);

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqlConnection(_connectionString);
        SqlConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }

    private async Task<T> RunAsync<T>(Caller caller, Func<Work, Task<T>> body, Func<T, bool> keep, IsolationLevel level, CancellationToken cancellation)
    {
        try
        {
            return await _again.ExecuteAsync(async token => await OnceAsync(caller, body, keep, level, token), cancellation);
        }
        catch (DatabaseFaultException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (PassingFaultException e)
        {
            throw new DatabaseUnavailableException(e.Message);
        }
        catch (SqlException e)
        {
            throw new DatabaseUnavailableException($"SQL Server error {e.Number}.");
        }
    }

    private async Task<T> OnceAsync<T>(Caller caller, Func<Work, Task<T>> body, Func<T, bool> keep, IsolationLevel level, CancellationToken cancellation)
    {
        await using var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        await using var transaction = (SqlTransaction)await connection.BeginTransactionAsync(level, cancellation);
        var work = new Work(new SqlServerSession(connection, transaction, _dialect), caller, _clock);
        T result;
        try
        {
            result = await body(work);
        }
        finally
        {
            work.Close();
        }
        if (keep(result))
        {
            await CommitAsync(transaction);
        }
        return result;
    }

    /// <summary>A COMMIT whose answer is lost may have happened: never run again here, the idempotency row settles it.</summary>
    private static async Task CommitAsync(SqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync(CancellationToken.None);
        }
        catch (DbException e)
        {
            throw new DatabaseUnavailableException($"The COMMIT was not answered (SQL Server error {(e as SqlException)?.Number}).");
        }
    }

    /// <summary>A snapshot where the database allows it; otherwise each statement sees its own (read-committed snapshot).</summary>
    private async Task<IsolationLevel> ReadingLevelAsync(CancellationToken cancellation)
    {
        await using var connection = new SqlConnection(_connectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT snapshot_isolation_state FROM sys.databases WHERE database_id = DB_ID()";
        return await command.ExecuteScalarAsync(cancellation) is (byte)1 ? IsolationLevel.Snapshot : IsolationLevel.ReadCommitted;
    }
}

internal sealed class SqlServerSession(SqlConnection connection, SqlTransaction transaction, SqlServerDialect dialect) : Session
{
    public override SqlServerDialect Dialect => dialect;

    /// <summary>English, because the names of constraints are read out of messages.</summary>
    public static string ConnectionString(string connectionString) =>
        new SqlConnectionStringBuilder(connectionString) { CurrentLanguage = "us_english" }.ConnectionString;

    public override async ValueTask<DbDataReader> OpenAsync(Query query, CancellationToken cancellation)
    {
        await using var command = Command(query);
        return await command.ExecuteReaderAsync(cancellation);
    }

    public override ValueTask<bool> NextAsync(DbDataReader reader, CancellationToken cancellation) => new(reader.ReadAsync(cancellation));

    public override async ValueTask<int> ExecuteAsync(Query query, CancellationToken cancellation)
    {
        await using var command = Command(query);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private SqlCommand Command(Query query)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = query.Text.Sql;
        for (var i = 0; i < query.Values.Length; i++)
        {
            command.Parameters.Add(SqlServerDialect.Parameter("@" + query.Text.Parameters[i], query.Values[i], query.Kinds[i]));
        }
        return command;
    }
}
