using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace NationalReferral.Platform;

/// <summary>200 with its entity tag; 304 when the caller holds that tag already (judged only after it may see the thing).</summary>
/// <param name="moves">Something in it moves without a new version (<see cref="Tag.Showing"/>).</param>
internal sealed class Found<T>(T value, Tag tag, bool moves = false) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
{
    public T? Value => value;

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        if (moves && HttpMethods.IsGet(httpContext.Request.Method))
        {
            return httpContext.WriteTaggedAsync(value, tag);
        }
        httpContext.Response.Headers.ETag = tag.Text;
        if (tag.IsHeldBy(httpContext.Request))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return httpContext.WriteAsync(value);
    }
}

/// <summary>201 with the address of what was made, and its entity tag where it has one.</summary>
internal sealed class Made<T>(string location, T value, Tag? tag = null) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
{
    public T? Value => value;

    public int? StatusCode => StatusCodes.Status201Created;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status201Created, typeof(T), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status201Created;
        httpContext.Response.Headers.Location = location;
        httpContext.Response.Headers.CacheControl = "no-store";
        if (tag is { } known)
        {
            httpContext.Response.Headers.ETag = known.Text;
        }
        return httpContext.WriteAsync(value);
    }
}

/// <summary>
/// One page, with the address of the next one in the <c>Link</c> header (RFC 8288). Whoever reads it again and again is sent
/// only what has changed: 304 when the caller holds the same page already.
/// </summary>
internal sealed class Listed<T>(IReadOnlyList<T> items, Cursor? next) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    public int? StatusCode => StatusCodes.Status200OK;

    public IReadOnlyList<T> Items => items;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Page<T>), ["application/json"]));

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.CacheControl = "no-store";
        string? cursor = null;
        if (next is not null)
        {
            cursor = next.Seal(httpContext.RequestServices.GetRequiredService<IndexKey>(), httpContext.Operation());
            var others = httpContext.Request.Query.Where(q => q.Key != "cursor").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v)));
            var address = QueryString.Create(others.Append(KeyValuePair.Create("cursor", (string?)cursor)));
            httpContext.Response.Headers.Link = $"<{httpContext.Request.Path}{address}>; rel=\"next\"";
        }
        var page = new Page<T>(items, cursor);
        return HttpMethods.IsGet(httpContext.Request.Method) ? httpContext.WriteTaggedAsync(page) : httpContext.WriteAsync(page);
    }
}

/// <summary>Makes answers of lists.</summary>
internal static class Listed
{
    /// <summary>A list that is always whole.</summary>
    public static Listed<T> Whole<T>(IReadOnlyList<T> items) => new(items, null);

    /// <param name="rows">Up to <see cref="Paging.Take"/> rows; the one beyond the page only says that there is a next.</param>
    /// <param name="paging">What was asked for.</param>
    /// <param name="place">The sort value and id of a row.</param>
    /// <param name="view">What the caller is shown of a row.</param>
    public static Listed<TView> Of<TRow, TView>(IReadOnlyList<TRow> rows, Paging paging, Func<TRow, Cursor> place, Func<TRow, TView> view)
    {
        var shown = rows.Take(paging.Limit).ToArray();
        return new Listed<TView>([.. shown.Select(view)], rows.Count > paging.Limit ? place(shown[^1]) : null);
    }
}
