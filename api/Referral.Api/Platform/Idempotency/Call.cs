using System.Reflection;

namespace NationalReferral.Platform;

/// <summary>What a change did, kept for replays: the status and the id of what it made or moved. Or why it did nothing.</summary>
public readonly record struct Done(int Status, Guid? ResourceId, Refusal? Refusal = null)
{
    public static Done Made(Guid id) => new(StatusCodes.Status201Created, id);

    public static Done Changed(Guid id) => new(StatusCodes.Status200OK, id);

    public static implicit operator Done(Refusal refusal) => new(0, null, refusal);

    public static implicit operator Done(RefusalKind kind) => new(0, null, new Refusal(kind));

    public static Done FromRefusal(Refusal refusal) => refusal;
}

/// <summary>
/// One request on its way through a handler: who calls, with which tag and key, and the ways to read and to change.
/// Handlers name it as a parameter; nothing else of HTTP reaches them.
/// </summary>
internal sealed class Call
{
    private readonly HttpContext _http;
    private readonly Database _database;

    private Call(HttpContext http)
    {
        _http = http;
        _database = http.RequestServices.GetRequiredService<Database>();
        Caller = http.CallerOrNone() ?? Caller.System;
    }

    public Caller Caller { get; }

    public CancellationToken Cancellation => _http.RequestAborted;

    /// <summary>The operation's name in the contract, e.g. <c>acceptReferral</c>.</summary>
    public string Operation => _http.Operation();

    public static ValueTask<Call?> BindAsync(HttpContext context, ParameterInfo parameter) => ValueTask.FromResult<Call?>(new Call(context));

    public T Service<T>() where T : notnull => _http.RequestServices.GetRequiredService<T>();

    /// <summary>Null when the caller names the tag that is true now; else 428 or 412.</summary>
    public Refusal? Mismatch(Tag now)
    {
        var sent = _http.Request.Headers.IfMatch.ToString();
        return sent.Length == 0 ? new Refusal(GeneralRefusals.MatchRequired)
            : now.IsReadBy(sent) ? null
            : new Refusal(GeneralRefusals.Stale);
    }

    /// <summary>Reads one consistent state; writes nothing.</summary>
    public Task<T> ReadAsync<T>(Func<Work, Task<T>> read) => _database.ReadAsync(Caller, read, Cancellation);

    /// <summary>
    /// A change without a key to replay it by (PUT, DELETE, and reads that must leave a journal row first). An answer
    /// commits; a refusal or an exception undoes everything.
    /// </summary>
    public Task<TResult> ChangeAsync<TResult>(Func<Work, Task<TResult>> change) where TResult : IResult =>
        _database.ChangeAsync(Caller, change, Keeps, Cancellation);

    /// <summary>
    /// A change that makes or moves one thing, harmless to send twice: with an <c>Idempotency-Key</c> the second time
    /// only answers, with the first status and what the caller may see now (design: API conventions).
    /// </summary>
    /// <param name="change">Writes, and says what it did.</param>
    /// <param name="answer">Builds the answer; runs in the same transaction, on the first time and on every replay.</param>
    public Task<TResult> ActAsync<TResult>(Func<Work, Task<Done>> change, Func<Work, Done, Task<TResult>> answer, Func<Refused, TResult> refused)
        where TResult : IResult =>
        _database.ChangeAsync(Caller, async work =>
        {
            var request = Replays.Read(_http);
            if (request is not null && await Replays.FindAsync(work, request, Cancellation) is { } before)
            {
                return before.Refusal is { } reused ? refused(Refused.Because(reused)) : await answer(work, before);
            }
            var done = await change(work);
            if (done.Refusal is { } refusal)
            {
                return refused(Refused.Because(refusal));
            }
            if (request is not null)
            {
                await Replays.KeepAsync(work, request, done, Cancellation);
            }
            return await answer(work, done);
        }, Keeps, Cancellation);

    private static bool Keeps<TResult>(TResult result) where TResult : IResult =>
        result is not Refused && (result as INestedHttpResult)?.Result is not Refused;
}
