using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Platform;

/// <summary>SQLite: one writer for the process (<see cref="SqliteWriter"/>), and a pool of connections that only read.</summary>
internal sealed class SqliteEngine : Engine
{
    /// <summary>A read is work for a processor, not waiting: more at once would only push pages out of each other's caches.</summary>
    private static readonly int MostReaders = Environment.ProcessorCount + 1;
    private readonly SemaphoreSlim _turns = new(MostReaders);
    private readonly ConcurrentStack<SqliteSession> _idle = new();
    private readonly string _connectionString;
    private readonly SqliteDialect _dialect;
    private readonly TimeProvider _clock;
    private readonly SqliteWriter _writer;

    public SqliteEngine(DatabaseOptions options, TimeProvider clock)
    {
        _connectionString = SqliteSession.ConnectionString(options.ConnectionString);
        _dialect = new(_connectionString);
        _clock = clock;
        _writer = new(() => new(_connectionString, _dialect, options.WriterCacheMegabytes), clock, options.Strict);
    }

    public override Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation) =>
        ReadAsync(caller, read, isOne: false, cancellation);

    public override Task<T> ReadOneAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation) =>
        ReadAsync(caller, read, isOne: true, cancellation);

    private async Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, bool isOne, CancellationToken cancellation)
    {
        // Without the token: a turn comes in microseconds, and to be able to give up waiting costs more than to wait.
        await _turns.WaitAsync(CancellationToken.None);
        SqliteSession? session = null;
        var isSound = false;
        try
        {
            cancellation.ThrowIfCancellationRequested();
            session = _idle.TryPop(out var idle) ? idle : Open();
            session.StandsAlone = isOne;
            if (!isOne)
            {
                session.Begin();
            }
            var work = new Work(session, caller, _clock);
            try
            {
                return await read(work);
            }
            finally
            {
                work.Close();
                if (!isOne)
                {
                    session.Rollback();
                }
                isSound = true;
            }
        }
        finally
        {
            if (isSound)
            {
                _idle.Push(session!);
            }
            else
            {
                session?.Dispose();
            }
            _turns.Release();
        }
    }

    public override Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation) =>
        _writer.RunAsync(caller, change, keep, cancellation);

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        while (_idle.TryPop(out var session))
        {
            session.Dispose();
        }
        _turns.Dispose();
    }

    private SqliteSession Open()
    {
        try
        {
            return new(_connectionString, _dialect, writerCacheMegabytes: null);
        }
        catch (SqliteException e)
        {
            throw _dialect.Explain(e);
        }
    }
}
