using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace NationalReferral.Benchmarks;

/// <summary>One request, ready to be sent as it is.</summary>
internal sealed record Ask(byte[] Bytes)
{
    public static Ask Get(string path, string token) => Of("GET", path, token, null, null);

    /// <param name="token">Null where nobody signs in.</param>
    public static Ask Post(string path, string? token, string body, string? tag = null) => Of("POST", path, token, tag, ("application/json", Encoding.UTF8.GetBytes(body)));

    public static Ask Post(string path, string token, string mediaType, byte[] file) => Of("POST", path, token, null, (mediaType, file));

    private static Ask Of(string method, string path, string? token, string? tag, (string MediaType, byte[] Bytes)? body)
    {
        var head = new StringBuilder($"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        if (token is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Authorization: Bearer {token}\r\n");
        }
        if (tag is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"If-Match: {tag}\r\n");
        }
        if (body is { } sent)
        {
            head.Append(CultureInfo.InvariantCulture, $"Idempotency-Key: {Guid.NewGuid():N}\r\nContent-Type: {sent.MediaType}\r\nContent-Length: {sent.Bytes.Length}\r\n");
        }
        return new([.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body?.Bytes ?? []]);
    }
}

/// <summary>What came back. The body is kept as bytes.</summary>
internal readonly record struct Answer(int Status, string? Tag, byte[] Body)
{
    /// <summary>From the first byte sent to the last byte read.</summary>
    public TimeSpan Took { get; init; }

    /// <param name="member">Of the body, which is an object.</param>
    public string Text(string member)
    {
        using var body = JsonDocument.Parse(Body);
        return body.RootElement.GetProperty(member).GetString()!;
    }
}

/// <summary>
/// Sends requests over a fixed number of connections, each of which waits for its answer before it sends the next. Written
/// on sockets, so that little of the two cores is spent on asking.
/// </summary>
internal static class Load
{
    /// <returns>The answers in the order of <paramref name="asks"/>, and how long all of it took.</returns>
    /// <exception cref="InvalidOperationException">An answer was none of success: the figure would be about something else.</exception>
    public static async Task<(Answer[] Answers, TimeSpan Took)> SendAsync(int port, IReadOnlyList<Ask> asks, int connections)
    {
        var answers = new Answer[asks.Count];
        var next = -1;
        var lines = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Line.OpenAsync(port)));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(lines.Select(async line =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < asks.Count;)
            {
                var begun = Stopwatch.GetTimestamp();
                answers[i] = await line.SendAsync(asks[i]) with { Took = Stopwatch.GetElapsedTime(begun) };
            }
        }));
        watch.Stop();
        Array.ForEach(lines, line => line.Dispose());
        foreach (var answer in answers)
        {
            if (answer.Status is < 200 or > 299)
            {
                throw new InvalidOperationException($"{answer.Status}: {Encoding.UTF8.GetString(answer.Body)}");
            }
        }
        return (answers, watch.Elapsed);
    }

    /// <summary>One connection that is kept alive.</summary>
    private sealed class Line(Socket socket) : IDisposable
    {
        private byte[] _buffer = new byte[64 * 1024];
        private int _have;

        public static async Task<Line> OpenAsync(int port)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return new(socket);
        }

        public async ValueTask<Answer> SendAsync(Ask ask)
        {
            _have = 0;
            await socket.SendAsync(ask.Bytes, SocketFlags.None);
            int head;
            while ((head = _buffer.AsSpan(0, _have).IndexOf("\r\n\r\n"u8)) < 0)
            {
                await MoreAsync();
            }
            var headers = Encoding.ASCII.GetString(_buffer, 0, head);
            var status = int.Parse(headers.AsSpan(9, 3), CultureInfo.InvariantCulture);
            var from = head + 4;
            var tag = Header(headers, "ETag");
            if (Header(headers, "Content-Length") is { } length)
            {
                var size = int.Parse(length, CultureInfo.InvariantCulture);
                while (_have < from + size)
                {
                    await MoreAsync();
                }
                return new(status, tag, _buffer.AsSpan(from, size).ToArray());
            }
            return new(status, tag, status == 204 ? [] : await ChunksAsync(from));
        }

        public void Dispose() => socket.Dispose();

        private async ValueTask<byte[]> ChunksAsync(int at)
        {
            var body = new List<byte>();
            while (true)
            {
                int line;
                while ((line = _buffer.AsSpan(at, _have - at).IndexOf("\r\n"u8)) < 0)
                {
                    await MoreAsync();
                }
                var size = int.Parse(Encoding.ASCII.GetString(_buffer, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                at += line + 2;
                while (_have < at + size + 2)
                {
                    await MoreAsync();
                }
                if (size == 0)
                {
                    return [.. body];
                }
                body.AddRange(_buffer.AsSpan(at, size));
                at += size + 2;
            }
        }

        private async ValueTask MoreAsync()
        {
            if (_have == _buffer.Length)
            {
                Array.Resize(ref _buffer, 2 * _have);
            }
            var got = await socket.ReceiveAsync(_buffer.AsMemory(_have), SocketFlags.None);
            if (got == 0)
            {
                throw new InvalidOperationException("The server hung up.");
            }
            _have += got;
        }

        private static string? Header(string headers, string name)
        {
            var at = headers.IndexOf($"\r\n{name}: ", StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return null;
            }
            var from = at + name.Length + 4;
            var end = headers.IndexOf('\r', from);
            return end < 0 ? headers[from..] : headers[from..end];
        }
    }
}
