using System.Data;
using System.Data.Common;

namespace NationalReferral.Platform;

/// <summary>
/// One unit of work: the statements of one read or one change. Dead once its body has returned. One statement at a
/// time. <c>@now, @principal, @unit, @supervises, @worker</c> are bound in every text that mentions them; a parameter
/// that is a list stands as <c>IN (@ids)</c>.
/// </summary>
public sealed class Work
{
    private readonly Session _session;
    private readonly Work? _whole;
    private bool _isOpen = true;

    internal Work(Session session, Caller caller, TimeProvider clock)
    {
        _session = session;
        Caller = caller;
        Now = Instants.Cut(clock.GetUtcNow());
    }

    private Work(Work whole, Caller caller, DateTimeOffset now)
    {
        _session = whole._session;
        _whole = whole;
        Caller = caller;
        Now = Instants.Cut(now);
    }

    public Caller Caller { get; }

    /// <summary>When the body began, to the millisecond.</summary>
    public DateTimeOffset Now { get; }

    /// <returns>The first row, or the default of <typeparamref name="T"/> when there is none.</returns>
    public async Task<T?> FirstOrNoneAsync<T>(string sql, object? parameters, CancellationToken cancellation)
    {
        var query = Bind(sql, parameters);
        try
        {
            using var reader = await _session.OpenAsync(query, cancellation);
            return await _session.NextAsync(reader, cancellation) ? query.Text.Reader<T>(reader)(reader) : default;
        }
        catch (Exception e) when (_session.Explain(e, query) is { } plain)
        {
            throw plain;
        }
    }

    public async Task<IReadOnlyList<T>> ListAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        await ReadAsync<T>(Bind(sql, parameters), cancellation);

    /// <param name="sql">Ends in ORDER BY; the dialect adds the limit.</param>
    /// <param name="parameters">As everywhere.</param>
    /// <param name="take">At most so many rows.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<T>> PageAsync<T>(string sql, object? parameters, int take, CancellationToken cancellation) =>
        await ReadAsync<T>(Bind(sql, parameters, take), cancellation);

    /// <returns>The first column of the first row; the default of <typeparamref name="T"/> for NULL or no row.</returns>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken cancellation) =>
        FirstOrNoneAsync<T>(sql, parameters, cancellation);

    /// <returns>How many rows were written.</returns>
    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellation)
    {
        var query = Bind(sql, parameters);
        try
        {
            return await _session.ExecuteAsync(query, cancellation);
        }
        catch (Exception e) when (_session.Explain(e, query) is { } plain)
        {
            throw plain;
        }
    }

    /// <summary>The same unit of work as somebody else at another time: for the demo country, whose past is written in one go.</summary>
    internal Work As(Caller caller, DateTimeOffset now) => new(this, caller, now);

    internal void Close() => _isOpen = false;

    private async Task<List<T>> ReadAsync<T>(Query query, CancellationToken cancellation)
    {
        var rows = new List<T>();
        try
        {
            using var reader = await _session.OpenAsync(query, cancellation);
            if (await _session.NextAsync(reader, cancellation))
            {
                var read = query.Text.Reader<T>(reader);
                do
                {
                    rows.Add(read(reader));
                }
                while (await _session.NextAsync(reader, cancellation));
            }
        }
        catch (Exception e) when (_session.Explain(e, query) is { } plain)
        {
            throw plain;
        }
        return rows;
    }

    private Query Bind(string sql, object? parameters, int? take = null)
    {
        if (!(_whole ?? this)._isOpen)
        {
            throw new InvalidOperationException("This unit of work has ended.");
        }
        var text = SqlText.Of(take is null ? sql : SqlText.Of(sql).Paged(_session.Dialect.PageTail));
        return text.Bind(this, parameters, take);
    }
}

/// <summary>An open connection inside a transaction, as <see cref="Work"/> uses it.</summary>
internal abstract class Session
{
    public abstract Dialect Dialect { get; }

    public abstract ValueTask<DbDataReader> OpenAsync(Query query, CancellationToken cancellation);

    public abstract ValueTask<bool> NextAsync(DbDataReader reader, CancellationToken cancellation);

    public abstract ValueTask<int> ExecuteAsync(Query query, CancellationToken cancellation);

    /// <returns>What to throw instead, without values and without the provider's words; null to let the exception pass.</returns>
    public Exception? Explain(Exception fault, Query query) => fault switch
    {
        // Dapper quotes the value that it could not read.
        DataException => new InvalidOperationException($"A column does not fit the row type of: {query.Text.Sql}"),
        DbException database => Dialect.Explain(database),
        _ => null,
    };
}
