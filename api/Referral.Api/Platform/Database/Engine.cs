namespace NationalReferral.Platform;

/// <summary>How one provider runs units of work.</summary>
internal abstract class Engine : IAsyncDisposable
{
    public abstract Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation);

    /// <summary>For a body of one statement, which needs no transaction to be consistent.</summary>
    public virtual Task<T> ReadOneAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation) => ReadAsync(caller, read, cancellation);

    public abstract Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
