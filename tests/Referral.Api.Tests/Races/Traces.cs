using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace NationalReferral.Tests;

/// <summary>What an installation leaves behind: its files, every line that it would print, its refusals; and where a word stands in them.</summary>
internal sealed class Traces : IDisposable
{
    public const string LogPlace = "log";
    public const string RefusalPlace = "refusal";

    private readonly string _folder;
    private readonly CapturedLog _log = new();
    private readonly List<string> _refusals = [];

    public Traces(TestApp app)
    {
        _folder = app.Folder;
        Watch(app);
    }

    public string Log => _log.Text;

    /// <summary>Another instance of the same installation prints here too.</summary>
    public void Watch(TestApp app) => app.Services.GetRequiredService<ILoggerFactory>().AddProvider(_log);

    /// <summary>Headers and body of an answer that said no.</summary>
    public async Task KeepAsync(HttpResponseMessage refusal) =>
        Keep($"{refusal.Headers}{refusal.Content.Headers}{await refusal.Content.ReadAsStringAsync()}");

    /// <summary>The same, already read.</summary>
    public void Keep(string refusal) => _refusals.Add(refusal);

    /// <summary>By file, with the log and the refusals beside the files.</summary>
    public Dictionary<string, byte[]> Everything()
    {
        var all = Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, Read);
        all[LogPlace] = Encoding.UTF8.GetBytes(Log);
        all[RefusalPlace] = Encoding.UTF8.GetBytes(string.Join('\n', _refusals));
        foreach (var bytes in all.Values)
        {
            Lower(bytes);
        }
        return all;
    }

    /// <summary>In capitals or not.</summary>
    public static List<string> PlacesOf(string word, Dictionary<string, byte[]> everything) =>
        [.. everything.Where(place => Forms(word).Any(form => place.Value.AsSpan().IndexOf(form) >= 0)).Select(place => place.Key)];

    public void Dispose() => _log.Dispose();

    /// <summary>As UTF-8, UTF-16, escaped in JSON, escaped in a URL.</summary>
    private static byte[][] Forms(string told) =>
    [
        .. new[]
        {
            Encoding.UTF8.GetBytes(told),
            Encoding.Unicode.GetBytes(told),
            JsonEncodedText.Encode(told).EncodedUtf8Bytes.ToArray(),
            Encoding.UTF8.GetBytes(Uri.EscapeDataString(told)),
        }.Select(Lower),
    ];

    private static byte[] Lower(byte[] bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] |= (byte)(bytes[i] is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0);
        }
        return bytes;
    }

    private static byte[] Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }

    private sealed class CapturedLog : ILoggerProvider, ILogger
    {
        private readonly StringBuilder _text = new();
        private readonly Lock _turn = new();

        public string Text
        {
            get
            {
                lock (_turn)
                {
                    return _text.ToString();
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_turn)
            {
                _text.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
            }
        }

        public void Dispose()
        {
        }
    }
}
