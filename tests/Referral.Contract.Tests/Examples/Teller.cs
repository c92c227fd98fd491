using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace NationalReferral.Tests;

/// <summary>Sends examples to the product and takes down what it answers.</summary>
internal sealed class Teller(TestApp app)
{
    /// <summary>Longer than the 65 seconds by which ids of one moment are mixed: lists come in the order of the story.</summary>
    private static readonly TimeSpan BetweenTwo = TimeSpan.FromMinutes(2);

    private static readonly string[] Headers = ["ETag", "Location", "Link", "Retry-After", "WWW-Authenticate"];

    private readonly Drawn _drawn = new();

    /// <summary>The answer in the values of the committed files.</summary>
    public async Task<JsonObject> TellAsync(Example example)
    {
        await app.Services.GetRequiredService<JournalSealer>().SealAsync(CancellationToken.None);
        await app.Services.GetRequiredService<SilentAlerts>().RunAsync(CancellationToken.None);
        var answer = await SendAsync(example);
        app.Clock.Advance(BetweenTwo);
        return answer;
    }

    /// <summary>The same, and no time goes by.</summary>
    public async Task<JsonObject> SendAsync(Example example)
    {
        var operation = PublishedOperations.All.Single(o => o.Name == example.Operation);
        var persona = example.By == "nobody" ? null : World.Everybody.Single(p => p.Key == example.By);
        using var request = new HttpRequestMessage(operation.Method, _drawn.Today($"/api/v1{Address(operation, example.Send)}"));
        foreach (var (name, value) in example.Send["headers"] as JsonObject ?? [])
        {
            request.Headers.TryAddWithoutValidation(name, _drawn.Today((string)value!));
        }
        if (example.Send["body"] is { } body)
        {
            request.Content = new StringContent(_drawn.Today(Example.Indented(body)), System.Text.Encoding.UTF8, "application/json");
        }
        if (example.Send["file"] is { } file)
        {
            request.Content = new ByteArrayContent(Convert.FromBase64String((string)file["base64"]!));
            request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue((string)file["type"]!);
        }
        using var client = app.As(persona, example.SignedInMinutesAgo);
        using var response = await client.SendAsync(request);

        var answer = new JsonObject { ["status"] = (int)response.StatusCode };
        if (HeadersOf(response) is { Count: > 0 } headers)
        {
            answer["headers"] = headers;
        }
        if (response.Content.Headers.ContentDisposition is not null)
        {
            answer["file"] = new JsonObject { ["type"] = response.Content.Headers.ContentType!.MediaType, ["base64"] = Convert.ToBase64String(await response.Content.ReadAsByteArrayAsync()) };
        }
        else if (await response.Content.ReadAsStringAsync() is { Length: > 0 } text)
        {
            answer["body"] = JsonNode.Parse(text);
        }
        _drawn.Learn(example.Answer, answer);
        return (JsonObject)JsonNode.Parse(_drawn.Committed(Example.Indented(answer)))!;
    }

    private static string Address(PublishedOperation operation, JsonObject send)
    {
        var path = operation.Filled(name => Uri.EscapeDataString((string)send["path"]![name]!));
        var query = (send["query"] as JsonObject ?? []).Select(q => $"{q.Key}={Uri.EscapeDataString(q.Value!.ToString())}");
        return send["query"] is null ? path : $"{path}?{string.Join('&', query)}";
    }

    private static JsonObject HeadersOf(HttpResponseMessage response) => new(
        from name in Headers
        where response.Headers.Contains(name)
        select KeyValuePair.Create(name, (JsonNode?)string.Join(", ", response.Headers.GetValues(name))));
}
