using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace NationalReferral.Platform;

internal static class Writing
{
    /// <summary>The whole answer at once: none is so large that it has to be written in pieces, and each piece would be waited for.</summary>
    public static async Task WriteAsync<T>(this HttpContext http, T value)
    {
        http.Response.ContentType = Type;
        Write(http, value, http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    /// <summary>The same with the tag of what is written; nothing but 304 for whoever holds it already.</summary>
    /// <param name="version">Of what has one.</param>
    public static async Task WriteTaggedAsync<T>(this HttpContext http, T value, Tag? version = null)
    {
        var written = new ArrayBufferWriter<byte>(4096);
        Write(http, value, written);
        var tag = version?.Showing(written.WrittenSpan) ?? Tag.Of(written.WrittenSpan);
        http.Response.Headers.ETag = tag.Text;
        if (tag.IsHeldBy(http.Request))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        http.Response.ContentType = Type;
        await http.Response.BodyWriter.WriteAsync(written.WrittenMemory, http.RequestAborted);
    }

    private const string Type = "application/json; charset=utf-8";

    private static void Write<T>(HttpContext http, T value, IBufferWriter<byte> to)
    {
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true });
        JsonSerializer.Serialize(json, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
    }
}
