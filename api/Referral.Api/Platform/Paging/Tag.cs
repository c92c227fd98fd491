using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace NationalReferral.Platform;

/// <summary>
/// An entity tag: the version of the row plus what the caller can see of it, so that a tag changes when a door opens
/// or shuts, and two callers with different doors have different tags.
/// </summary>
public readonly record struct Tag(string Text)
{
    /// <summary>Of what was never written: a first PUT names it.</summary>
    public static Tag None { get; } = new("\"0\"");

    public static Tag Of(long version) => new($"\"{version}\"");

    public static Tag Of(long version, IEnumerable<string> visible)
    {
        uint print = 2166136261;
        foreach (var letter in string.Join(' ', visible.Order(StringComparer.Ordinal)))
        {
            print = (print ^ letter) * 16777619;
        }
        return new($"\"{version}-{print:x8}\"");
    }

    /// <summary>
    /// Of an answer as it was written: weak, for another release may write the same otherwise. It says no more than the answer
    /// does, so that a tag from elsewhere is worth nothing to whoever may not see the same.
    /// </summary>
    internal static Tag Of(ReadOnlySpan<byte> written) => new($"W/\"{Convert.ToHexStringLower(SHA256.HashData(written).AsSpan(0, 16))}\"");

    /// <summary>Of the number in a tag, those digits that a version does not set.</summary>
    private const int Digits = 9;

    /// <summary>
    /// Whether what was read before a change is still what it was: not what has moved by itself since (<see cref="Showing"/>),
    /// or nobody could act while a deadline nears.
    /// </summary>
    internal bool IsReadBy(string sent) =>
        sent == Text || (sent.IndexOf('-', StringComparison.Ordinal) is > Digits + 1 and var end && sent.Remove(end - Digits, Digits) == Text);

    /// <summary>
    /// The same, of an answer in which something moves without a new version: a deadline, the others of a group. Whoever reads
    /// again is sent that too. For codes only: the tag of words would tell of them in a log of somebody's proxy.
    /// </summary>
    internal Tag Showing(ReadOnlySpan<byte> written)
    {
        var print = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(written)) % 1_000_000_000;
        return new(Text.Insert(Text.IndexOf('-', StringComparison.Ordinal), print.ToString($"D{Digits}", CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether the caller holds this already (RFC 9110, 13.1.2: compared as weak ones are).</summary>
    internal bool IsHeldBy(HttpRequest request)
    {
        if (!HttpMethods.IsGet(request.Method) || request.Headers.IfNoneMatch is not { Count: > 0 } sent || !EntityTagHeaderValue.TryParseList(sent!, out var held))
        {
            return false;
        }
        var own = EntityTagHeaderValue.Parse(Text);
        return held.Any(tag => tag.Compare(own, useStrongComparison: false));
    }

    public override string ToString() => Text;

    /// <summary>Middleware: an If-Match that is no entity tag (RFC 9110, 8.8.3) cannot be read, whatever it is sent to.</summary>
    internal static Task CheckAsync(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.IfMatch is { Count: > 0 } sent && !EntityTagHeaderValue.TryParseStrictList(sent!, out _)
            ? throw UnreadableException.At(HeaderNames.IfMatch, "wrong_form")
            : next(http);
}
