using System.Diagnostics;
using System.Text.RegularExpressions;

namespace NationalReferral.Tests;

/// <summary>All that a caller can tell apart: status, every header but the date, every byte of the body but the trace id; and what it cost.</summary>
internal sealed partial record Answered(int Status, string Whole, TimeSpan Took)
{
    /// <param name="client">Who asks.</param>
    /// <param name="operation">Gets a body that can be read where it takes one, and a tag that could be right.</param>
    /// <param name="path">Below /api/v1.</param>
    /// <param name="body">Instead of the usual one.</param>
    public static async Task<Answered> ToAsync(HttpClient client, PublishedOperation operation, string path, string? body = null)
    {
        var sent = body ?? (operation.BodyShape is null ? null : ValidBodies.Text(operation));
        var begun = Stopwatch.GetTimestamp();
        using var response = await client.SendAsync(operation.Method, path, sent, ifMatch: "\"1\"");
        var text = await response.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(begun);
        var headers = response.Headers.Concat(response.Content.Headers)
            .Where(header => header.Key != "Date")
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}")
            .Order(StringComparer.Ordinal);
        return new Answered((int)response.StatusCode, $"{(int)response.StatusCode}\n{string.Join('\n', headers)}\n{Trace().Replace(text, "")}", took);
    }

    [GeneratedRegex("\"traceId\":\"[0-9a-f]*\",?")]
    private static partial Regex Trace();
}
