using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace NationalReferral.Platform;

/// <summary>
/// The only owner of the connection that writes. Changes that wait together share one COMMIT (one write to the disk),
/// each inside a savepoint of its own, so that one that fails takes nothing from the others.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    private const int MostWaiting = 4096;
    private const int MostShared = 256;
    private static readonly Meter Meter = new("Referral.Database");
    private static readonly Histogram<int> Shared = Meter.CreateHistogram<int>("referral.database.commit.changes", description: "Changes that shared one COMMIT");
    private readonly Channel<Job> _waiting = Channel.CreateBounded<Job>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Func<SqliteSession> _open;
    private readonly TimeProvider _clock;
    private readonly bool _strict;
    private readonly Task _loop;
    private SqliteSession? _session;

    public SqliteWriter(Func<SqliteSession> open, TimeProvider clock, bool strict)
    {
        _open = open;
        _clock = clock;
        _strict = strict;
        using (ExecutionContext.SuppressFlow())
        {
            _loop = Task.Run(LoopAsync);
        }
    }

    public Task<T> RunAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation)
    {
        var job = new Job<T>(caller, change, keep, cancellation);
        return _waiting.Writer.TryWrite(job)
            ? job.Answered
            : throw new DatabaseUnavailableException("More changes wait than can be answered in time, or the database is closing.");
    }

    /// <summary>Every accepted change is still run and answered.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        _session?.Dispose();
    }

    private async Task LoopAsync()
    {
        var batch = new List<Job>(MostShared);
        while (await _waiting.Reader.WaitToReadAsync())
        {
            batch.Clear();
            var failure = await RunBatchAsync(batch);
            foreach (var job in batch)
            {
                // Also a change that was undone may rest on rows of its neighbours that now are not there.
                if (failure is not null && job.Fault is null or Refused or ConstraintViolation)
                {
                    job.Fault = failure;
                }
                job.Answer();
            }
        }
    }

    /// <returns>Null after a COMMIT; otherwise why nothing of the batch was stored.</returns>
    private async Task<DatabaseUnavailableException?> RunBatchAsync(List<Job> batch)
    {
        try
        {
            _session ??= _open();
            _session.BeginImmediate();
            while (batch.Count < MostShared && _waiting.Reader.TryRead(out var job))
            {
                batch.Add(job);
                await RunAsync(_session, job);
            }
            _session.Commit();
            Shared.Record(batch.Count);
            return null;
        }
        catch (Exception e)
        {
            // Closing undoes whatever is open; the next batch begins with a fresh connection.
            _session?.Dispose();
            _session = null;
            while (batch.Count < MostShared && _waiting.Reader.TryRead(out var job))
            {
                batch.Add(job);
            }
            return new($"The database could not store the change ({(e is SqliteException sqlite ? $"SQLite error {sqlite.SqliteExtendedErrorCode}" : e.GetType().Name)}).");
        }
    }

    private async Task RunAsync(SqliteSession session, Job job)
    {
        if (job.Cancellation.IsCancellationRequested)
        {
            job.Fault = new OperationCanceledException(job.Cancellation);
            return;
        }
        session.Save();
        var work = new Work(session, job.Caller, _clock);
        var run = job.RunAsync(work);
        if (_strict && !run.IsCompleted)
        {
            job.Fault = new InvalidOperationException("A change awaited something other than its own statements.");
        }
        await run;
        work.Close();
        if (session.IsOutsideTransaction)
        {
            throw new DatabaseUnavailableException("The database ended the transaction.");
        }
        if (job.Fault is not null)
        {
            session.Undo();
        }
        session.Release();
    }

    private sealed class Refused : Exception;

    private abstract class Job(Caller caller, CancellationToken cancellation)
    {
        protected static readonly Refused Refusal = new();
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public Caller Caller => caller;

        public CancellationToken Cancellation => cancellation;

        /// <summary>Why the change is undone; null to keep it.</summary>
        public Exception? Fault { get; set; }

        public abstract void Answer();

        /// <summary>Runs the body in the context of its request, so that traces and log scopes are its own. Never throws.</summary>
        public Task RunAsync(Work work)
        {
            if (_context is null)
            {
                return BodyAsync(work);
            }
            var run = Task.CompletedTask;
            ExecutionContext.Run(_context, _ => run = BodyAsync(work), null);
            return run;
        }

        protected abstract Task BodyAsync(Work work);
    }

    private sealed class Job<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation) : Job(caller, cancellation)
    {
        // Asynchronously, or the request would go on running on the writer.
        private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;

        public Task<T> Answered => _answer.Task;

        public override void Answer()
        {
            switch (Fault)
            {
                case null or Refused:
                    _answer.SetResult(_result!);
                    break;
                case OperationCanceledException cancelled:
                    _answer.SetCanceled(cancelled.CancellationToken);
                    break;
                default:
                    _answer.SetException(Fault);
                    break;
            }
        }

        protected override async Task BodyAsync(Work work)
        {
            try
            {
                _result = await change(work);
                if (!keep(_result))
                {
                    Fault ??= Refusal;
                }
            }
            catch (Exception e)
            {
                Fault ??= e;
            }
        }
    }
}
