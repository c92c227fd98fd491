using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;

namespace NationalReferral.Platform;

/// <summary>How JSON is read and written at every edge: strictly in, camelCase with ISO times out (design: API conventions).</summary>
public static class Json
{
    public static void Configure(JsonSerializerOptions options, IEnumerable<IJsonTypeInfoResolver> contexts)
    {
        options.PropertyNamingPolicy = JsonNamingPolicy.CamelCase;
        options.PropertyNameCaseInsensitive = false;
        options.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        options.AllowDuplicateProperties = false;
        options.RespectNullableAnnotations = true;
        options.RespectRequiredConstructorParameters = true;
        options.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
        options.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All);
        options.MaxDepth = 16;
        options.Converters.Add(new InstantConverter());
        options.TypeInfoResolverChain.Clear();
        foreach (var context in contexts)
        {
            options.TypeInfoResolverChain.Add(context);
        }
    }

    /// <summary>RFC 3339 with an offset on the way in; UTC with milliseconds and <c>Z</c> on the way out.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return text is { Length: >= 20 } && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-') && reader.TryGetDateTimeOffset(out var at)
                ? new DateTimeOffset(at.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero)
                : throw new JsonException();
        }

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Written(value, stackalloc byte[24]));

        /// <summary>By hand, as <see cref="Instants.Parse"/>: an answer holds several.</summary>
        private static Span<byte> Written(DateTimeOffset value, Span<byte> text)
        {
            "0000-00-00T00:00:00.000Z"u8.CopyTo(text);
            Instants.Fill(text, value.UtcDateTime);
            return text;
        }
    }
}
