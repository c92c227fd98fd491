using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>
/// 200 for everybody, kept by caches for an hour: what is the same for all callers until the next release. The tag is
/// the build's own number, for these answers come from its files.
/// </summary>
internal sealed class Published<T>(T value) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult, IValueHttpResult<T>
{
    private static readonly Tag Tag = new($"\"{typeof(Published<>).Module.ModuleVersionId:N}\"");

    public T? Value => value;

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
        builder.Metadata.Add(new SameForAll());
    }

    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.Headers.ETag = Tag.Text;
        httpContext.Response.Headers.CacheControl = "public, max-age=3600";
        if (Tag.IsHeldBy(httpContext.Request))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return httpContext.WriteAsync(value);
    }
}

/// <summary>
/// Marks a route whose answers are the same for everybody. They alone are compressed on the way: where a secret and a stranger's
/// text share an answer, its length would tell of the secret (BREACH).
/// </summary>
internal sealed record SameForAll
{
    public static bool IsAskedFor(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<SameForAll>() is not null;
}
