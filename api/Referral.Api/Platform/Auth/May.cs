using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;

namespace NationalReferral.Platform;

/// <summary>The row of <see cref="Permissions"/> that a route stands under.</summary>
/// <param name="Also">What else the place in the URL asks of the caller; null: nothing.</param>
public sealed record PermissionMetadata(Permission Permission, Func<RouteValueDictionary, Caller, bool>? Also = null)
{
    public bool Admits(HttpContext http, Caller caller) => caller.May(Permission) && (Also is null || Also(http.Request.RouteValues, caller));
}

/// <summary>A route where somebody could try codes until one fits.</summary>
public sealed record GuessableMetadata;

internal static class MayExtensions
{
    /// <summary>A few calls a minute for each caller; where nobody signed in, for each address.</summary>
    public static TBuilder Guessable<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(new GuessableMetadata());

    /// <summary>Every route names its permission, or says with AllowAnonymous that it is open to the public.</summary>
    public static TBuilder May<TBuilder>(this TBuilder builder, Permission permission, Func<RouteValueDictionary, Caller, bool>? also = null) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new PermissionMetadata(permission, also)).Refuses(GeneralRefusals.SignIn, GeneralRefusals.NotPermitted);
}

/// <summary>
/// The first checks of every request, in the design's order: signed in (lately, where that is asked) 401, permission 403 with no
/// id looked at, rate 429. Runs after authentication, before anything is bound.
/// </summary>
internal sealed class Gate(RequestDelegate next, Rates rates, AuthSettings settings, TimeProvider clock)
{
    public async Task InvokeAsync(HttpContext http)
    {
        var endpoint = http.GetEndpoint();
        var permission = endpoint?.Metadata.GetMetadata<PermissionMetadata>();
        var isOpen = endpoint?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        if (http.Request.Path.StartsWithSegments("/api") && !isOpen)
        {
            if (http.CallerOrNone() is not { } caller)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer";
                await Refused.Because(GeneralRefusals.SignIn).ExecuteAsync(http);
                return;
            }
            if (endpoint?.Metadata.GetMetadata<ProofMetadata>() is not null && Proof.IsLate(caller, settings, clock.GetUtcNow()))
            {
                http.Response.Headers.WWWAuthenticate = Proof.Challenge(settings);
                await Refused.Because(GeneralRefusals.SignInAgain).ExecuteAsync(http);
                return;
            }
            // No permission named: no such route (404), or a route somebody forgot to close (403).
            if (endpoint is not null && permission?.Admits(http, caller) != true)
            {
                await Refused.Because(GeneralRefusals.NotPermitted).ExecuteAsync(http);
                return;
            }
        }
        if (http.Request.Path.StartsWithSegments("/api") && !rates.Admit(CallerOf(http)))
        {
            await Refused.Because(GeneralRefusals.TooMany, ("retryAfter", "2")).ExecuteAsync(http);
            return;
        }
        if (endpoint?.Metadata.GetMetadata<GuessableMetadata>() is not null && !rates.AdmitGuess(CallerOf(http)))
        {
            await Refused.Because(GeneralRefusals.TooMany, ("retryAfter", "60")).ExecuteAsync(http);
            return;
        }
        await next(http);
    }

    /// <summary>Whoever calls; where nobody signed in, the address.</summary>
    private static string CallerOf(HttpContext http) => http.CallerOrNone()?.PrincipalId.ToString() ?? http.Connection.RemoteIpAddress?.ToString() ?? "-";
}

/// <summary>
/// A token bucket for each caller, in this instance; <c>Rates:PerSecond</c> (50) and <c>Rates:Burst</c> (500). Where codes
/// could be tried, another for each: <c>Rates:GuessesPerMinute</c> (10).
/// </summary>
internal sealed class Rates(IConfiguration settings) : IDisposable
{
    private readonly ConcurrentDictionary<string, (TokenBucketRateLimiter Bucket, long Seen)> _buckets = new();
    private readonly int _perSecond = settings.GetValue("Rates:PerSecond", 50);
    private readonly int _burst = settings.GetValue("Rates:Burst", 500);
    private readonly int _guesses = settings.GetValue("Rates:GuessesPerMinute", 10);
    private long _calls;

    public bool Admit(string caller) => Admit(caller, () => Make(_burst, _perSecond, TimeSpan.FromSeconds(1)));

    public bool AdmitGuess(string caller) => Admit($"guess {caller}", () => Make(_guesses, _guesses, TimeSpan.FromMinutes(1)));

    private bool Admit(string caller, Func<TokenBucketRateLimiter> make)
    {
        var now = Environment.TickCount64;
        if (Interlocked.Increment(ref _calls) % 10_000 == 0)
        {
            Forget(now - 600_000);
        }
        var bucket = _buckets.AddOrUpdate(caller, _ => (make(), now), (_, entry) => (entry.Bucket, now)).Bucket;
        using var lease = bucket.AttemptAcquire();
        return lease.IsAcquired;
    }

    public void Dispose() => Forget(long.MaxValue);

    private static TokenBucketRateLimiter Make(int most, int each, TimeSpan period) => new(new TokenBucketRateLimiterOptions
    {
        TokenLimit = most,
        TokensPerPeriod = each,
        ReplenishmentPeriod = period,
        QueueLimit = 0,
        AutoReplenishment = true,
    });

    private void Forget(long before)
    {
        foreach (var (caller, entry) in _buckets)
        {
            if (entry.Seen < before && _buckets.TryRemove(caller, out var gone))
            {
                gone.Bucket.Dispose();
            }
        }
    }
}
