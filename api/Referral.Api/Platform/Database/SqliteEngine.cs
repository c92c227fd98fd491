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

    /// <summary>Apart, so that the few pages that every request asks first stay where they are.</summary>
    private readonly ConcurrentStack<SqliteSession> _idleForOne = new();
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

    public override async Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation)
    {
        // Without the token: a turn comes in microseconds, and to be able to give up waiting costs more than to wait.
        await _turns.WaitAsync(CancellationToken.None);
        try
        {
            return await ReadAsync(_idle, caller, read, cancellation);
        }
        finally
        {
            _turns.Release();
        }
    }

    /// <summary>Without a turn: it is over sooner than a wait for one would be.</summary>
    public override Task<T> ReadOneAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation) =>
        ReadAsync(_idleForOne, caller, read, cancellation);

    private async Task<T> ReadAsync<T>(ConcurrentStack<SqliteSession> idle, Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var session = idle.TryPop(out var known) ? known : Open(isForOne: idle == _idleForOne);
        var isSound = false;
        try
        {
            if (!session.StandsAlone)
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
                if (!session.StandsAlone)
                {
                    session.Rollback();
                }
                isSound = true;
            }
        }
        finally
        {
            // After a burst no more stay open than are of use.
            if (isSound && idle.Count < MostReaders)
            {
                idle.Push(session);
            }
            else
            {
                session.Dispose();
            }
        }
    }

    public override Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation) =>
        _writer.RunAsync(caller, change, keep, cancellation);

    public override async ValueTask DisposeAsync()
    {
        await _writer.DisposeAsync();
        while (_idle.TryPop(out var session) || _idleForOne.TryPop(out session))
        {
            session.Dispose();
        }
        _turns.Dispose();
    }

    private SqliteSession Open(bool isForOne)
    {
        try
        {
            return new(_connectionString, _dialect, writerCacheMegabytes: null) { StandsAlone = isForOne };
        }
        catch (SqliteException e)
        {
            throw _dialect.Explain(e);
        }
    }
}
