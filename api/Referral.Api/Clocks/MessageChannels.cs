using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace NationalReferral;

/// <summary>One way out of the product. What it carries says that something waits, and nothing else.</summary>
internal interface IMessageChannel
{
    /// <summary>Set message_channel: email or sms.</summary>
    public string Name { get; }

    /// <returns>Null when the worker has no such address.</returns>
    public string? AddressIn(WorkerProfile profile);

    /// <param name="messageId">The same however often it is sent: whoever receives it twice can tell.</param>
    /// <exception cref="Exception">Any: it was not taken, and is tried again later.</exception>
    public Task SendAsync(string address, string text, Guid messageId, CancellationToken cancellation);
}

/// <summary>Those that the settings describe, each with its own patience: one that fails keeps nobody else waiting.</summary>
internal sealed class MessageChannels(IEnumerable<IMessageChannel> channels)
{
    private readonly IReadOnlyList<(IMessageChannel Channel, ResiliencePipeline Patience)> _all = [.. channels.Select(one => (one, Patience()))];

    public IReadOnlyList<string> Names => [.. _all.Select(one => one.Channel.Name)];

    public IEnumerable<IMessageChannel> All => _all.Select(one => one.Channel);

    /// <exception cref="Exception">Not taken; also when it has failed so often that it is left alone for a minute.</exception>
    public async Task SendAsync(IMessageChannel channel, string address, string text, Guid messageId, CancellationToken cancellation) =>
        await _all.First(one => one.Channel == channel).Patience.ExecuteAsync(
            async stop => await channel.SendAsync(address, text, messageId, stop), cancellation);

    private static ResiliencePipeline Patience() => new ResiliencePipelineBuilder()
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions { FailureRatio = 0.8, MinimumThroughput = 5, SamplingDuration = TimeSpan.FromMinutes(1), BreakDuration = TimeSpan.FromMinutes(1) })
        .AddRetry(new RetryStrategyOptions { MaxRetryAttempts = 2, Delay = TimeSpan.FromSeconds(1), BackoffType = DelayBackoffType.Exponential, UseJitter = true })
        .AddTimeout(TimeSpan.FromSeconds(20))
        .Build();
}

/// <summary>Mail by SMTP: <c>Mail:Host</c>, <c>Mail:Port</c> (587), <c>Mail:Security</c> (starttls, tls, none), <c>Mail:From</c>, <c>Mail:User</c>, <c>Mail:Password</c>.</summary>
internal sealed class MailChannel(IConfiguration settings) : IMessageChannel
{
    public string Name => "email";

    public string? AddressIn(WorkerProfile profile) => profile.Email;

    public async Task SendAsync(string address, string text, Guid messageId, CancellationToken cancellation)
    {
        var from = MailboxAddress.Parse(settings["Mail:From"] ?? throw new InvalidOperationException("Mail:From is missing."));
        using var mail = new MimeMessage { Subject = text, Body = new TextPart("plain") { Text = text }, MessageId = $"{messageId:N}@{from.Domain}" };
        mail.From.Add(from);
        mail.To.Add(MailboxAddress.Parse(address));
        using var smtp = new SmtpClient();
        await smtp.ConnectAsync(settings["Mail:Host"]!, settings.GetValue("Mail:Port", 587), settings["Mail:Security"] switch
        {
            "tls" => SecureSocketOptions.SslOnConnect,
            "none" => SecureSocketOptions.None,
            _ => SecureSocketOptions.StartTls,
        }, cancellation);
        if (settings["Mail:User"] is { Length: > 0 } user)
        {
            await smtp.AuthenticateAsync(user, settings["Mail:Password"] ?? string.Empty, cancellation);
        }
        await smtp.SendAsync(mail, cancellation);
        await smtp.DisconnectAsync(true, cancellation);
    }
}

/// <summary>
/// SMS through any gateway that takes a POST: <c>Sms:Url</c>, <c>Sms:Body</c> with <c>{to}</c>, <c>{text}</c> and <c>{id}</c>,
/// <c>Sms:ContentType</c> (application/json, or application/x-www-form-urlencoded), <c>Sms:Authorization</c>.
/// </summary>
internal sealed class SmsChannel(IConfiguration settings) : IMessageChannel, IDisposable
{
    private const string UsualBody = """{"to":"{to}","text":"{text}","id":"{id}"}""";
    private readonly HttpClient _gateway = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });

    public string Name => "sms";

    public string? AddressIn(WorkerProfile profile) => profile.Phone;

    public async Task SendAsync(string address, string text, Guid messageId, CancellationToken cancellation)
    {
        var kind = settings["Sms:ContentType"] ?? "application/json";
        Func<string, string> written = kind.Contains("json", StringComparison.OrdinalIgnoreCase) ? JavaScriptEncoder.Default.Encode : Uri.EscapeDataString;
        using var request = new HttpRequestMessage(HttpMethod.Post, settings["Sms:Url"])
        {
            Content = new StringContent(
                (settings["Sms:Body"] ?? UsualBody)
                    .Replace("{to}", written(address), StringComparison.Ordinal)
                    .Replace("{text}", written(text), StringComparison.Ordinal)
                    .Replace("{id}", written(messageId.ToString("N")), StringComparison.Ordinal),
                Encoding.UTF8, MediaTypeHeaderValue.Parse(kind)),
        };
        if (settings["Sms:Authorization"] is { Length: > 0 } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }
        using var response = await _gateway.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
    }

    public void Dispose() => _gateway.Dispose();
}

internal static class MessageSetup
{
    /// <summary>Only ways that somebody has set up are offered to anybody.</summary>
    public static IServiceCollection AddMessages(this IServiceCollection services, IConfiguration settings)
    {
        if (settings["Mail:Host"] is { Length: > 0 })
        {
            services.AddSingleton<IMessageChannel, MailChannel>();
        }
        if (settings["Sms:Url"] is { Length: > 0 })
        {
            services.AddSingleton<IMessageChannel, SmsChannel>();
        }
        return services.AddSingleton<MessageChannels>().AddSingleton<MessageJob>();
    }

    public static IServiceCollection AddMessageJob(this IServiceCollection services) => services.AddHostedService(provider => provider.GetRequiredService<MessageJob>());
}
