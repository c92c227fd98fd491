using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace NationalReferral.Identity;

/// <summary>One fault of a form: shown in the summary, and beside its field when it has one.</summary>
internal sealed record FormFault(string? Field, string Text);

/// <summary>What all pages share: head, mark, language, "Leave now", and headers that let nothing else in.</summary>
internal static class Page
{
    public const string StylePath = "/identity/style.css";
    public const string FontPath = "/identity/naskh-{weight:int}.woff2";

    private static readonly Html Mark = new(
        """<svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true"><path d="M5 21V11c0-4 3-7 7-9 4 2 7 5 7 9v10" fill="none" stroke="currentColor" stroke-width="2.4"/><circle cx="12" cy="15" r="2.6" fill="currentColor"/></svg>""");

    public static ContentHttpResult Style(HttpContext http)
    {
        http.Response.Headers.CacheControl = "public, max-age=3600";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Content(Embedded.Text("style.css"), "text/css; charset=utf-8");
    }

    public static IResult Font(HttpContext http, int weight)
    {
        if (weight is not (400 or 600))
        {
            return TypedResults.NotFound();
        }
        http.Response.Headers.CacheControl = "public, max-age=604800";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return TypedResults.Stream(Embedded.Open($"naskh-{weight}.woff2"), "font/woff2");
    }

    /// <param name="http">The request that the page answers.</param>
    /// <param name="texts">Its language.</param>
    /// <param name="title">Names the kind of page; heading and title.</param>
    /// <param name="body">Under the heading.</param>
    /// <param name="status">Of the answer.</param>
    /// <param name="formTarget">Origin that a sent form may be led on to, besides this one.</param>
    public static IResult Show(HttpContext http, Texts texts, string title, Html body, int status = StatusCodes.Status200OK, string? formTarget = null)
    {
        var settings = http.RequestServices.GetRequiredService<IdentitySettings>();
        var other = texts == Texts.Urdu ? Texts.English : Texts.Urdu;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'{(formTarget is null ? "" : " " + formTarget)}; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        headers.ContentLanguage = texts.Language;
        headers.Vary = "Accept-Language";
        var page = Html.Of($"""
            <!doctype html>
            <html lang="{texts.Language}" dir="{texts.Direction}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="description" content="{texts.Product}">
            <meta name="color-scheme" content="light dark">
            <title>{title} - {texts.Product}</title>
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            <link rel="stylesheet" href="{StylePath}">
            </head>
            <body>
            <a class="skip" href="#main">{texts.ToContent}</a>
            <header>
            <span class="product">{Mark}<span>{texts.Product}</span></span>
            <a class="leave" href="{settings.LeaveTo}" rel="noreferrer">{texts.LeaveNow}</a>
            </header>
            <main id="main">
            <div class="title">
            <h1>{title}</h1>
            <a lang="{other.Language}" dir="{other.Direction}" href="{InLanguage(http.Request, other)}">{(other == Texts.Urdu ? "اردو" : "English")}</a>
            </div>
            {body}
            </main>
            </body>
            </html>
            """);
        return TypedResults.Content(page.Text, "text/html; charset=utf-8", statusCode: status);
    }

    /// <summary>All faults at the top, each leading to its field; it has the focus, so that it is read out first.</summary>
    public static Html Summary(Texts texts, IReadOnlyList<FormFault> faults) => faults.Count == 0 ? Html.Nothing : Html.Of($"""
        <div class="summary" role="alert" tabindex="-1" autofocus aria-labelledby="summary">
        <h2 id="summary">{texts.ThereIsAProblem}</h2>
        <ul>{Html.Join(faults.Select(fault => fault.Field is null ? Html.Of($"<li>{fault.Text}</li>") : Html.Of($"""<li><a href="#{fault.Field}">{fault.Text}</a></li>""")))}</ul>
        </div>
        """);

    public static Html Field(string name, string label, Html attributes, IReadOnlyList<FormFault> faults, string? hint = null)
    {
        var fault = faults.FirstOrDefault(f => f.Field == name);
        var described = string.Join(' ', new[] { hint is null ? null : name + "-hint", fault is null ? null : name + "-fault" }.Where(id => id is not null));
        return Html.Of($"""
            <div class="field">
            <label for="{name}">{label}</label>
            {(hint is null ? Html.Nothing : Html.Of($"""<p class="hint" id="{name}-hint">{hint}</p>"""))}
            {(fault is null ? Html.Nothing : Html.Of($"""<p class="fault" id="{name}-fault">{fault.Text}</p>"""))}
            <input id="{name}" name="{name}" {attributes}{(described.Length == 0 ? Html.Nothing : Html.Of($""" aria-describedby="{described}" """))}{(fault is null ? Html.Nothing : new Html(" aria-invalid=\"true\""))}>
            </div>
            """);
    }

    /// <summary>A hidden field that the same browser must send back.</summary>
    public static Html Token(HttpContext http)
    {
        var tokens = http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http);
        return Html.Of($"""<input type="hidden" name="{tokens.FormFieldName}" value="{tokens.RequestToken}">""");
    }

    public static async Task<bool> IsOwnFormAsync(HttpContext http)
    {
        // Reading the form first turns a body that is none into "not ours" instead of an exception.
        return http.Request.HasFormContentType && await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
    }

    public static string Seconds(string sentence, TimeSpan wait) =>
        string.Format(CultureInfo.InvariantCulture, sentence, Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));

    private static string InLanguage(HttpRequest request, Texts texts)
    {
        var query = request.Query.Where(pair => pair.Key != "lang").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value ?? string.Empty));
        return request.PathBase + request.Path + new QueryBuilder(query) { { "lang", texts.Language } }.ToQueryString();
    }
}
