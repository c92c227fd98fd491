using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace NationalReferral.Platform;

/// <summary>Serves the built web client, and the headers that let nothing else in.</summary>
internal static class WebClient
{
    /// <summary>A file of a case is shown from memory (blob:), so that no cache has it.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
        + "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>The contract page needs inline styles and scripts of its own; it shows no data until somebody signs in there.</summary>
    private const string ContractPolicy =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public static void UseHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        http.Response.OnStarting(static state =>
        {
            var response = ((HttpContext)state).Response;
            var headers = response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = headers["Referrer-Policy"].Count > 0 ? headers["Referrer-Policy"] : "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(self), interest-cohort=()";
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = response.HttpContext.Request.Path.StartsWithSegments("/swagger") ? ContractPolicy : Policy;
            }
            if (response.HttpContext.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000";
            }
            return Task.CompletedTask;
        }, http);
        return next(http);
    });

    public static void UseWebClient(this WebApplication app)
    {
        var files = Files(app);
        if (files is null)
        {
            return;
        }
        var types = new FileExtensionContentTypeProvider();
        types.Mappings[".webmanifest"] = "application/manifest+json";
        foreach (var (ending, _) in Twins)
        {
            types.Mappings[ending] = "application/octet-stream";
        }
        app.Use((http, next) =>
        {
            TakeTwin(http.Request, files);
            return next(http);
        });
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = types,
            OnPrepareResponse = context => Describe(context.Context, context.File.Name, types),
        });
        app.MapFallback(async http =>
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            http.Response.Headers.CacheControl = "no-cache";
            await http.Response.SendFileAsync(files.GetFileInfo("index.html"), http.RequestAborted);
        }).ExcludeFromDescription();
    }

    /// <summary>The build leaves a compressed twin beside each script and style; the smaller comes first.</summary>
    private static readonly IReadOnlyList<(string Ending, string Encoding)> Twins = [(".br", "br"), (".gz", "gzip")];

    private static void TakeTwin(HttpRequest request, PhysicalFileProvider files)
    {
        if (!request.Path.StartsWithSegments("/assets"))
        {
            return;
        }
        var accepted = request.Headers.AcceptEncoding.ToString().Split(',', StringSplitOptions.TrimEntries);
        foreach (var (ending, encoding) in Twins)
        {
            if (accepted.Contains(encoding, StringComparer.OrdinalIgnoreCase) && files.GetFileInfo(request.Path + ending).Exists)
            {
                request.Path += ending;
                return;
            }
        }
    }

    private static void Describe(HttpContext http, string file, FileExtensionContentTypeProvider types)
    {
        var headers = http.Response.Headers;
        if (!http.Request.Path.StartsWithSegments("/assets"))
        {
            headers.CacheControl = "no-cache";
            return;
        }
        // Built files carry a hash in their name; the page and the service worker do not.
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        foreach (var (ending, encoding) in Twins)
        {
            if (file.EndsWith(ending, StringComparison.Ordinal))
            {
                headers.ContentEncoding = encoding;
                http.Response.ContentType = types.TryGetContentType(file[..^ending.Length], out var type) ? type : null;
            }
        }
    }

    /// <summary>Null where the client was not built: the API runs without it.</summary>
    private static PhysicalFileProvider? Files(WebApplication app)
    {
        var folder = app.Configuration["Web:Root"] ?? app.Environment.WebRootPath ?? Path.Combine(app.Environment.ContentRootPath, "wwwroot");
        return File.Exists(Path.Combine(folder, "index.html")) ? new PhysicalFileProvider(Path.GetFullPath(folder)) : null;
    }
}
