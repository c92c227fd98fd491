using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace NationalReferral.Tests;

/// <summary>A mail server and an SMS gateway that keep what they are given, over real sockets; either can be out of order.</summary>
internal sealed class Gateways : IAsyncDisposable
{
    private readonly TcpListener _mail = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly WebApplication _sms;

    private Gateways(WebApplication sms) => _sms = sms;

    public List<string> Mails { get; } = [];

    public List<string> Texts { get; } = [];

    public bool IsOutOfOrder { get; set; }

    public (string, string?)[] Settings =>
    [
        ("Mail:Host", "127.0.0.1"), ("Mail:Port", ((IPEndPoint)_mail.LocalEndpoint).Port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("Mail:Security", "none"), ("Mail:From", "nrs@invented.example"),
        ("Sms:Url", _sms.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/send"),
    ];

    public static async Task<Gateways> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var gateways = new Gateways(builder.Build());
        gateways._sms.MapPost("/send", gateways.TakeAsync);
        await gateways._sms.StartAsync();
        gateways._mail.Start();
        _ = gateways.ServeAsync();
        return gateways;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _mail.Stop();
        await _sms.DisposeAsync();
        _end.Dispose();
    }

    private async Task TakeAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        Texts.Add(await reader.ReadToEndAsync(http.RequestAborted));
        http.Response.StatusCode = IsOutOfOrder ? 503 : 200;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _mail.AcceptTcpClientAsync(_end.Token);
                await SpeakAsync(client.GetStream());
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    /// <summary>As much of RFC 5321 as a client needs to leave one message.</summary>
    private async Task SpeakAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream);
        await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 invented.example");
        var mail = new System.Text.StringBuilder();
        while (await reader.ReadLineAsync(_end.Token) is { } line)
        {
            if (line == "DATA")
            {
                await writer.WriteLineAsync("354 go on");
                while (await reader.ReadLineAsync(_end.Token) is { } part and not ".")
                {
                    mail.AppendLine(part);
                }
                Mails.Add(mail.ToString());
            }
            await writer.WriteLineAsync(line == "QUIT" ? "221 bye" : "250 ok");
        }
    }
}
