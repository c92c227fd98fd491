namespace NationalReferral.Platform;

/// <summary>The one door to the application's data: a read sees one consistent snapshot, a change is one transaction.</summary>
public sealed class Database : IAsyncDisposable
{
    private static readonly AsyncLocal<bool> Inside = new();
    private readonly Engine _engine;

    internal Database(DatabaseOptions options, TimeProvider clock)
    {
        TypeHandlers.Register();
        _engine = options.Provider == DatabaseProvider.Sqlite
            ? new SqliteEngine(options, clock)
            : new SqlServerEngine(options, clock);
    }

    /// <summary>Runs <paramref name="read"/> over one snapshot. Writing in it is an error.</summary>
    /// <exception cref="InvalidOperationException">Called from inside another unit of work.</exception>
    public async Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation)
    {
        Enter();
        return await _engine.ReadAsync(caller, read, cancellation);
    }

    /// <summary>The same for one statement and no more: what every request asks first costs no transaction.</summary>
    /// <exception cref="InvalidOperationException">Called from inside another unit of work.</exception>
    public async Task<T> ReadOneAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation)
    {
        Enter();
        return await _engine.ReadOneAsync(caller, read, cancellation);
    }

    /// <summary>
    /// Runs <paramref name="change"/> in a transaction and answers after its COMMIT. The body holds SQL and a few
    /// milliseconds of arithmetic, nothing else: on SQLite every other change waits for it, on SQL Server it may run
    /// again from the start after a deadlock or a lost connection.
    /// </summary>
    /// <param name="caller">Who acts; bound to the ambient parameters of every text.</param>
    /// <param name="change">The whole change.</param>
    /// <param name="keep">False for a result that must leave no trace (a refusal): everything is undone, the result is still returned.</param>
    /// <param name="cancellation">Undoes the change until its last statement has run; the COMMIT itself is not cancelled.</param>
    /// <exception cref="InvalidOperationException">Called from inside another unit of work.</exception>
    /// <exception cref="DatabaseUnavailableException">The COMMIT failed, or more changes wait than can be answered in time.</exception>
    public async Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation)
    {
        Enter();
        return await _engine.ChangeAsync(caller, change, keep, cancellation);
    }

    /// <summary>Waits for the changes that were accepted, then closes.</summary>
    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>Flows into the body only, because the callers above are async methods: theirs is undone when they return.</summary>
    private static void Enter()
    {
        if (Inside.Value)
        {
            throw new InvalidOperationException("A unit of work cannot open another: it would wait for itself, or see other data.");
        }
        Inside.Value = true;
    }
}
