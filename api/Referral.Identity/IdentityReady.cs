using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;

namespace NationalReferral.Identity;

/// <summary>
/// Loads the keys before the host listens; makes the own applications, and thereby warms the mapper (more than a second of
/// processor time), once somebody signs in or a moment has passed, so that neither the start nor the first answers are held
/// up by it. Later keeps keys current and throws away what has expired.
/// </summary>
internal sealed partial class IdentityReady(
    ServerKeys keys, IdentityClients clients, Attempts attempts, IServer server, IHostApplicationLifetime lifetime,
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<IdentityReady> log) : BackgroundService
{
    private static readonly TimeSpan KeysEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);
    private const int PruneEvery = 60;
    private readonly TaskCompletionSource _wanted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done when codes and tokens can be asked for; asking for it hurries it.</summary>
    public Task ReadyAsync()
    {
        _wanted.TrySetResult();
        return _ready.Task;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await keys.RefreshAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.WhenAny(_wanted.Task, Task.Delay(Moment, stoppingToken));
        for (var second = 1; ; second = Math.Min(second * 2, 30))
        {
            try
            {
                await clients.EnsureOwnAsync(Addresses(), stoppingToken);
                _ready.TrySetResult();
                break;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.NotReady(log, second, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(second), stoppingToken);
            }
        }
        using var timer = new PeriodicTimer(KeysEvery, clock);
        for (var minute = 0; await timer.WaitForNextTickAsync(stoppingToken); minute++)
        {
            try
            {
                await keys.RefreshAsync(stoppingToken);
                if (minute % PruneEvery == 0)
                {
                    await PruneAsync(stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Log.Upkeep(log, fault.GetType().Name);
            }
        }
    }

    private async Task PruneAsync(CancellationToken cancellation)
    {
        await attempts.PruneAsync(cancellation);
        await using var scope = scopes.CreateAsyncScope();
        var before = clock.GetUtcNow() - TimeSpan.FromDays(15);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictTokenManager>().PruneAsync(before, cancellation);
        await scope.ServiceProvider.GetRequiredService<IOpenIddictAuthorizationManager>().PruneAsync(before, cancellation);
    }

    private IEnumerable<Uri> Addresses()
    {
        foreach (var text in server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [])
        {
            // 0.0.0.0, [::], * and + are no origins.
            if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.IsLoopback)
            {
                yield return address;
                yield return new UriBuilder(address) { Host = "localhost" }.Uri;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6010, LogLevel.Error, "The sign-in server is not ready ({Fault}); trying again in {Seconds} s. Is the identity database reachable?")]
        public static partial void NotReady(ILogger log, int seconds, string fault);

        [LoggerMessage(6011, LogLevel.Warning, "Upkeep of keys and tokens failed ({Fault}); it runs again in a minute.")]
        public static partial void Upkeep(ILogger log, string fault);
    }
}
