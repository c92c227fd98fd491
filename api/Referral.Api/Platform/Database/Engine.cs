namespace NationalReferral.Platform;

/// <summary>How one provider runs units of work.</summary>
internal abstract class Engine : IAsyncDisposable
{
    public abstract Task<T> ReadAsync<T>(Caller caller, Func<Work, Task<T>> read, CancellationToken cancellation);

    public abstract Task<T> ChangeAsync<T>(Caller caller, Func<Work, Task<T>> change, Func<T, bool> keep, CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
