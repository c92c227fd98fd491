using System.Diagnostics;
using System.Text.Json;

namespace NationalReferral.Platform;

/// <summary>The answer "no", as RFC 9457 problem details. Inside a change it undoes everything that the change wrote.</summary>
public sealed class Refused : IResult, IStatusCodeHttpResult
{
    private Refused(Refusal refusal) => Refusal = refusal;

    public Refusal Refusal { get; }

    public int? StatusCode => Refusal.Kind.Status;

    public static Refused Because(Refusal refusal) => new(refusal);

    public static Refused Because(RefusalKind kind, params (string Name, string Value)[] facts) => new(new Refusal(kind, facts));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await Denials.RecordAsync(httpContext, Refusal);
        await WriteAsync(httpContext, Refusal);
    }

    /// <summary>Writes the problem without recording a denial: for faults, and for callers that nobody knows.</summary>
    public static async Task WriteAsync(HttpContext http, Refusal refusal)
    {
        var urdu = Sentences.PrefersUrdu(http.Request);
        var kind = refusal.Kind;
        http.Response.StatusCode = kind.Status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentLanguage = urdu ? "ur" : "en";
        if (kind.Status is 429 or 503)
        {
            http.Response.Headers.RetryAfter = refusal.Facts.FirstOrDefault(f => f.Name == "retryAfter").Value ?? "2";
        }
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", ProblemTypes.Of(kind.Code));
            json.WriteString("title", kind.Code.Replace('_', ' '));
            json.WriteNumber("status", kind.Status);
            json.WriteString("detail", Sentences.Of(kind.Code, urdu, refusal.Facts));
            json.WriteString("code", kind.Code);
            if (kind != GeneralRefusals.Unknown)
            {
                // What cannot be seen answers with one constant body (design: access, 6).
                json.WriteString("traceId", Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);
            }
            WriteErrors(json, refusal.Errors, urdu);
            foreach (var (name, value) in refusal.Facts)
            {
                json.WriteString(name, value);
            }
            foreach (var (name, values) in refusal.Lists)
            {
                WriteList(json, name, values);
            }
            json.WriteEndObject();
        }
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<FieldError> errors, bool urdu)
    {
        if (errors.Count == 0)
        {
            return;
        }
        json.WriteStartArray("errors");
        foreach (var error in errors)
        {
            json.WriteStartObject();
            json.WriteString("pointer", error.Pointer);
            json.WriteString("code", error.Code);
            json.WriteString("detail", Sentences.Of(error.Code, urdu, []));
            if (error.Allowed is { } allowed)
            {
                WriteList(json, "allowed", allowed);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }
        json.WriteEndArray();
    }
}

/// <summary>Stable addresses of problem types: names, not pages that must be fetched.</summary>
public static class ProblemTypes
{
    public static string Of(string code) => $"urn:nrs:problem:{code}";
}
