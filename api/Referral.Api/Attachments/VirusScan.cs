using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace NationalReferral;

/// <summary>
/// ClamAV over its socket, where <c>Files:ClamAv</c> names one (<c>host:port</c>, or the path of a Unix socket). It is asked
/// before anything is stored; when it does not answer, nothing is.
/// </summary>
internal sealed partial class VirusScan(IConfiguration settings, ILogger<VirusScan> log)
{
    private const int AnswerLimit = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string? _address = settings["Files:ClamAv"] is { Length: > 0 } address ? address : null;

    /// <returns>True when there is nothing in it, or no scanner is configured.</returns>
    /// <exception cref="ScannerUnavailableException">It did not answer, or not as it should.</exception>
    public async Task<bool> IsCleanAsync(byte[] file, CancellationToken cancellation)
    {
        if (_address is null)
        {
            return true;
        }
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ends.CancelAfter(Patience);
        string answer;
        try
        {
            answer = await AskAsync(_address, file, ends.Token);
        }
        catch (Exception fault) when (fault is SocketException or IOException or FormatException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            Log.Silent(log, fault.GetType().Name);
            throw new ScannerUnavailableException();
        }
        return answer.EndsWith("OK", StringComparison.Ordinal) || (answer.EndsWith("FOUND", StringComparison.Ordinal) ? false : throw new ScannerUnavailableException());
    }

    /// <summary>INSTREAM (clamd(8)): each piece with its length in front, none of length 0 but the last.</summary>
    private static async Task<string> AskAsync(string address, byte[] file, CancellationToken cancellation)
    {
        using var socket = await ConnectAsync(address, cancellation);
        await using var stream = new NetworkStream(socket);
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, file.Length);
        await stream.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellation);
        await stream.WriteAsync(length, cancellation);
        await stream.WriteAsync(file, cancellation);
        await stream.WriteAsync(new byte[4], cancellation);
        var answer = new byte[AnswerLimit];
        var read = await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false, cancellation);
        return Encoding.ASCII.GetString(answer, 0, read).TrimEnd('\0', '\n');
    }

    private static async Task<Socket> ConnectAsync(string address, CancellationToken cancellation)
    {
        var isPath = address.StartsWith('/');
        var socket = isPath ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            var colon = address.LastIndexOf(':');
            await (isPath
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(address), cancellation)
                : socket.ConnectAsync(address[..colon], int.Parse(address[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), cancellation));
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Error, "The virus scanner at Files:ClamAv does not answer ({Fault}). No file is taken until it does.")]
        public static partial void Silent(ILogger log, string fault);
    }
}

/// <summary>No answer from the virus scanner: becomes 503.</summary>
internal sealed class ScannerUnavailableException : Exception;
