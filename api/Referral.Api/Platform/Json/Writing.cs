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
        var options = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        http.Response.ContentType = "application/json; charset=utf-8";
        using (var json = new Utf8JsonWriter(http.Response.BodyWriter, new JsonWriterOptions { Encoder = options.Encoder, SkipValidation = true }))
        {
            JsonSerializer.Serialize(json, value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        }
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
