using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.WebUtilities;

namespace NationalReferral.Platform;

/// <summary>How much of a list is asked for, and after which row. <c>?limit=</c> 1 to 200, 50 unless told; <c>?cursor=</c> from the page before.</summary>
/// <param name="Limit">Rows on the page.</param>
/// <param name="After">The sort value and id of the last row of the page before; null on the first page.</param>
public sealed record Paging(int Limit, Cursor? After)
{
    public const int Most = 200;
    public const int Usual = 50;

    /// <summary>Row to ask for beyond the page, to know whether there is a next one.</summary>
    public int Take => Limit + 1;

    public DateTimeOffset? AfterAt => After?.At;

    public Guid? AfterId => After?.Id;

    public static ValueTask<Paging?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var query = context.Request.Query;
        var limit = Usual;
        if (query.TryGetValue("limit", out var asked)
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
        {
            throw UnreadableException.At("limit", "out_of_range");
        }
        Cursor? after = null;
        if (query.TryGetValue("cursor", out var cursor))
        {
            var key = context.RequestServices.GetRequiredService<IndexKey>();
            after = Cursor.Open(key, cursor.ToString(), context.Operation()) ?? throw UnreadableException.At("cursor", "bad_cursor");
        }
        return ValueTask.FromResult<Paging?>(new Paging(limit, after));
    }
}

/// <summary>Where a page ended: the sort value of its last row (null sorts first) and that row's id, the tie breaker.</summary>
public sealed record Cursor(DateTimeOffset? At, Guid Id)
{
    private const int Length = 8 + 16 + 8;

    /// <summary>Opaque to the caller, and worth nothing for another list: the operation is part of its check.</summary>
    public string Seal(IndexKey key, string operation)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BitConverter.TryWriteBytes(bytes, At?.UtcTicks ?? -1);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        Check(key, bytes[..24], operation).CopyTo(bytes[24..]);
        return WebEncoders.Base64UrlEncode(bytes);
    }

    /// <returns>Null when the text is not a cursor that this system gave for this list.</returns>
    public static Cursor? Open(IndexKey key, string text, string operation)
    {
        byte[] bytes;
        try
        {
            bytes = text.Length <= 64 ? WebEncoders.Base64UrlDecode(text) : [];
        }
        catch (FormatException)
        {
            return null;
        }
        if (bytes.Length != Length)
        {
            return null;
        }
        if (!CryptographicOperations.FixedTimeEquals(Check(key, bytes.AsSpan(0, 24), operation), bytes.AsSpan(24)))
        {
            return null;
        }
        var ticks = BitConverter.ToInt64(bytes);
        return new Cursor(ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes.AsSpan(8, 16), bigEndian: true));
    }

    private static ReadOnlySpan<byte> Check(IndexKey key, ReadOnlySpan<byte> body, string operation) =>
        key.Mac($"cursor {operation}", body).AsSpan(0, 8);
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The rows, in the order of the list.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record Page<T>([property: Most(Paging.Most)] IReadOnlyList<T> Items, string? Next);
