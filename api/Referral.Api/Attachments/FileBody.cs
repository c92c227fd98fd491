using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using NationalReferral.Platform;

namespace NationalReferral;

/// <summary>The bytes of a request that is a file; the whole of it, in memory, never on a disk.</summary>
internal sealed class FileBody : IEndpointParameterMetadataProvider
{
    private FileBody(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    /// <exception cref="BadHttpRequestException">More than <see cref="FileKind.Most"/> bytes.</exception>
    public static async ValueTask<FileBody?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        using var bytes = new MemoryStream();
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        return new FileBody(bytes.ToArray());
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new SizeLimit());
        builder.Metadata.Add(new FileMetadata());
    }

    private sealed class SizeLimit : IRequestSizeLimitMetadata
    {
        public long? MaxRequestBodySize => FileKind.Most;
    }
}

/// <summary>200 with the bytes of a file, for saving and not for opening here; nothing on the way keeps it.</summary>
internal sealed class FileAnswer(SealedFile file, IReadOnlyList<byte[]> chunks) : IResult, IEndpointMetadataProvider, IStatusCodeHttpResult
{
    /// <summary>Whatever is in it may not run, ask or frame, should somebody open it in a browser all the same.</summary>
    private const string Policy = "default-src 'none'; sandbox; frame-ancestors 'none'";

    public int? StatusCode => StatusCodes.Status200OK;

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => builder.Metadata.Add(new FileMetadata { IsAnswer = true });

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var kind = FileKind.Of(file.MediaType);
        var headers = httpContext.Response.Headers;
        headers.CacheControl = "no-store";
        headers.ContentSecurityPolicy = Policy;
        // The name of the file says nothing of her: who saves it chooses one.
        headers.ContentDisposition = $"attachment; filename=\"file.{kind.Ending}\"";
        headers.ContentType = kind.MediaType;
        headers.ContentLength = file.Size;
        using var key = httpContext.RequestServices.GetRequiredService<Keys>().Unwrap(file.Key);
        for (var number = 0; number < chunks.Count; number++)
        {
            var place = AttachmentStore.PlaceOf(file.Id, number, chunks.Count);
            await httpContext.Response.Body.WriteAsync(Keys.OpenBytes(key, chunks[number], place), httpContext.RequestAborted);
        }
    }
}
