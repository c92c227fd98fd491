using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace NationalReferral.Tests;

/// <summary>Speaks as clamd does (INSTREAM), on a socket of its own: finds the test file that all scanners find (EICAR), and counts what it was asked.</summary>
internal sealed class Scanner : IAsyncDisposable
{
    /// <summary>Written apart, or a scanner on this machine finds it in the source.</summary>
    public static readonly string TestVirus = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public Scanner()
    {
        _listener.Start();
        Address = $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _serving = ServeAsync();
    }

    public string Address { get; }

    public int Asked { get; private set; }

    /// <summary>Says something that is neither yes nor no.</summary>
    public bool IsConfused { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            using var client = await _listener.AcceptTcpClientAsync(_end.Token);
            await AnswerAsync(client.GetStream());
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, _end.Token);
        using var file = new MemoryStream();
        var length = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(length, _end.Token);
            if (BinaryPrimitives.ReadInt32BigEndian(length) is not (> 0 and var size))
            {
                break;
            }
            var piece = new byte[size];
            await stream.ReadExactlyAsync(piece, _end.Token);
            file.Write(piece);
        }
        Asked++;
        var answer = IsConfused ? "INSTREAM size limit exceeded. ERROR"
            : Encoding.Latin1.GetString(file.ToArray()).Contains(TestVirus, StringComparison.Ordinal) ? "stream: Eicar-Test-Signature FOUND"
            : "stream: OK";
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{(Encoding.ASCII.GetString(command) == "zINSTREAM\0" ? answer : "UNKNOWN COMMAND")}\0"), _end.Token);
    }
}
