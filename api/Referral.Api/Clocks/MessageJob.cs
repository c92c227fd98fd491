using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// Tells workers by mail and SMS that something waits. Each message goes at least once, always under the same id, and never from
/// within a transaction: a gateway that hangs holds up nothing but its own messages.
/// </summary>
internal sealed partial class MessageJob(Database database, Leases leases, MessageChannels channels, Keys keys, TimeProvider clock, ILogger<MessageJob> log) : BackgroundService
{
    private const int Batch = 50;

    /// <summary>After that many a message is given up: whoever it was for has long seen what waits.</summary>
    private const int MostAttempts = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaseLength = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, string> Sentences = new()
    {
        ["eng"] = "National Referral System: something waits for you. Sign in.",
        ["urd"] = "قومی ریفرل نظام: آپ کے لیے کچھ منتظر ہے۔ سائن ان کریں۔",
    };

    /// <summary>Sends what waits on one channel.</summary>
    /// <returns>How many messages were taken by the gateway.</returns>
    public async Task<int> RunAsync(IMessageChannel channel, CancellationToken cancellation)
    {
        foreach (var workerId in await database.ReadAsync(Caller.System, work => MessageStore.NewAsync(work, channel.Name, Batch, cancellation), cancellation))
        {
            await database.ChangeAsync(
                Caller.System, work => MessageStore.GatherAsync(work, workerId, channel.Name, Ids.New(work.Now), cancellation), _ => true, cancellation);
        }
        var sent = 0;
        foreach (var message in await database.ReadAsync(Caller.System, work => MessageStore.DueAsync(work, channel.Name, Batch, cancellation), cancellation))
        {
            sent += await SendAsync(channel, message, cancellation) ? 1 : 0;
        }
        return sent;
    }

    private async Task<bool> SendAsync(IMessageChannel channel, DueMessage message, CancellationToken cancellation)
    {
        var contact = await database.ReadAsync(Caller.System, work => WorkerContacts.FindAsync(work, message.WorkerId, cancellation), cancellation);
        var profile = contact?.Open(keys) ?? WorkerProfile.Empty;
        if (channel.AddressIn(profile) is not { } address || message.Attempts >= MostAttempts)
        {
            Log.GivenUp(log, message.MessageId, channel.Name, message.Attempts);
            await database.ChangeAsync(Caller.System, work => MessageStore.SentAsync(work, message.MessageId, cancellation), _ => true, cancellation);
            return false;
        }
        var now = clock.GetUtcNow();
        var earliest = message.IsUrgent ? now : contact!.Quiet.Earliest(now);
        var isQuiet = earliest > now;
        var nextAt = isQuiet ? earliest : now + Wait(message.Attempts);
        var isMine = await database.ChangeAsync(
            Caller.System, work => MessageStore.TakeAsync(work, message.MessageId, nextAt, isQuiet ? 0 : 1, cancellation), taken => taken, cancellation);
        if (!isMine || isQuiet)
        {
            return false;
        }
        try
        {
            await channels.SendAsync(channel, address, Sentences[profile.Language], message.MessageId, cancellation);
        }
        catch (Exception fault) when (!cancellation.IsCancellationRequested)
        {
            Log.NotTaken(log, message.MessageId, channel.Name, fault.GetType().Name, message.Attempts + 1);
            return false;
        }
        await database.ChangeAsync(Caller.System, work => MessageStore.SentAsync(work, message.MessageId, CancellationToken.None), _ => true, CancellationToken.None);
        return true;
    }

    /// <summary>1, 2, 4 … minutes, at most an hour.</summary>
    private static TimeSpan Wait(int attempts) => TimeSpan.FromMinutes(Math.Min(60, 1 << attempts));

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(channels.All.Select(channel => LoopAsync(channel, stoppingToken)));

    /// <summary>At the end, what was not taken waits where it stands.</summary>
    private Task LoopAsync(IMessageChannel channel, CancellationToken stopping) => Rounds.RunAsync(
        Pause, clock,
        async stop =>
        {
            if (await leases.HoldAsync($"messages.{channel.Name}", LeaseLength, stop))
            {
                await RunAsync(channel, stop);
            }
        },
        fault => Log.CannotLook(log, channel.Name, fault.GetType().Name), stopping);

    private static partial class Log
    {
        [LoggerMessage(1321, LogLevel.Warning, "Message {Message} was not taken by {Channel} ({Fault}), attempt {Attempt}; it is tried again later. See whether the gateway answers.")]
        public static partial void NotTaken(ILogger log, Guid message, string channel, string fault, int attempt);

        [LoggerMessage(1322, LogLevel.Warning, "Message {Message} by {Channel} is given up after {Attempts} attempts: no address, no active worker, or a gateway that does not take it.")]
        public static partial void GivenUp(ILogger log, Guid message, string channel, int attempts);

        [LoggerMessage(1323, LogLevel.Error, "What waits for {Channel} could not be looked at ({Fault}); it is tried again in five seconds.")]
        public static partial void CannotLook(ILogger log, string channel, string fault);
    }
}
