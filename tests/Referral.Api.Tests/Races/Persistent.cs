using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using NationalReferral.Benchmarks;
using NUnit.Framework;

namespace NationalReferral.Tests;

/// <summary>
/// People whose host dies under their hands: whatever was not answered they send again, the same under the same key, until it is.
/// </summary>
internal sealed class Persistent : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly ConcurrentDictionary<string, HttpClient> _clients = new();
    private readonly ConcurrentQueue<Sent> _sent = new();
    private readonly Authority _authority;
    private readonly Uri _address;
    private int _cuts;

    public Persistent(Authority authority, int port)
    {
        _authority = authority;
        _address = new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Everything that was sent, each once, with its first answer.</summary>
    public IReadOnlyCollection<Sent> Sent => _sent;

    /// <summary>How many changes had been sent and were not answered.</summary>
    public int Cuts => _cuts;

    /// <returns>The answer to the first try that got one.</returns>
    /// <param name="by">Null: nobody, as whoever holds a code is.</param>
    public Task<JsonElement> PostAsync(Persona? by, string path, string body, string? tag = null) => AskAsync(new Sent($"loop-{Guid.NewGuid():N}", path, body, tag, by));

    /// <summary>A file into a case.</summary>
    public Task<JsonElement> AttachAsync(Persona by, Guid victim, byte[] file) =>
        AskAsync(new Sent($"loop-{Guid.NewGuid():N}", $"/victims/{victim}/attachments", string.Empty, Tag: null, by, file));

    /// <summary>The items of the first page of a list.</summary>
    public async Task<JsonElement[]> ListAsync(Persona by, string path) => [.. (await ReadAsync(by, path)).GetProperty("items").EnumerateArray()];

    public async Task<JsonElement> ReadAsync(Persona by, string path)
    {
        var (status, body, _) = await UntilAnsweredAsync(() => As(by).ReadAsync(path), () => 0);
        Assert.That(status, Is.EqualTo(200), $"{path}: {body}");
        using var answer = JsonDocument.Parse(body);
        return answer.RootElement.Clone();
    }

    private async Task<JsonElement> AskAsync(Sent one)
    {
        _sent.Enqueue(one);
        one.Answer = await SendAsync(one);
        one.Id = Sending.IdOf(one.Answer);
        return one.Answer;
    }

    /// <summary>The same with the tag of what is there now.</summary>
    public async Task<JsonElement> ActAsync(Persona by, string thing, string action, string body) => await PostAsync(by, $"{thing}/{action}", body, await TagAsync(by, thing));

    /// <summary>Everything again: the first answer, and never a second thing.</summary>
    public async Task ReplayAsync()
    {
        foreach (var one in _sent)
        {
            Assert.That(Sending.IdOf(await SendAsync(one)), Is.EqualTo(one.Id), one.Path);
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }

    private async Task<JsonElement> SendAsync(Sent one)
    {
        var (status, body, _) = await UntilAnsweredAsync(() => As(one.By).SendAsync(one), () => Interlocked.Increment(ref _cuts));
        Assert.That(status, Is.InRange(200, 204), $"{one.Path}: {body}");
        using var answer = JsonDocument.Parse(body.Length == 0 ? "{}" : body);
        return answer.RootElement.Clone();
    }

    private async Task<string> TagAsync(Persona by, string thing)
    {
        var (status, body, tag) = await UntilAnsweredAsync(() => As(by).ReadAsync(thing), () => 0);
        Assert.That(status, Is.EqualTo(200), $"{thing}: {body}");
        return tag;
    }

    private static async Task<(int Status, string Body, string Tag)> UntilAnsweredAsync(Func<Task<HttpResponseMessage>> ask, Func<int> cut)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            try
            {
                using var response = await ask();
                // Before it is ready it says 503; what it then did not do is asked for again.
                if ((int)response.StatusCode != 503)
                {
                    return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.TagOf());
                }
            }
            catch (Exception gone) when (gone is HttpRequestException or IOException && waited.Elapsed < Patience)
            {
                // Where nobody listens nothing was sent.
                if (gone is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError })
                {
                    cut();
                }
            }
        }
    }

    private HttpClient As(Persona? persona) => _clients.GetOrAdd(persona?.Key ?? string.Empty, _ =>
    {
        var client = new HttpClient { BaseAddress = _address };
        client.DefaultRequestHeaders.Authorization = persona is null ? null : new AuthenticationHeaderValue("Bearer", _authority.TokenFor(persona.Id.ToString()));
        return client;
    });
}
